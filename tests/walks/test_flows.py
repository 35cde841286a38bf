"""Every question of every flow: reachable, pressed, typed, skipped, gone back from; every path ends."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from types import SimpleNamespace

import pytest

from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from cases.messages import MediaRef
from cases.triage import RULES, Fired, rule_of, triage
from handlers.casework.sheet import _why
from handlers.flows import FLOWS
from handlers.flows.report import REPORT, facts_of
from handlers.render import choices, label, question
from handlers.talk.advance import advance, again, begin
from handlers.talk.answers import (
    Age,
    Choice,
    CodeWord,
    Contact,
    Files,
    Kind,
    Pick,
    Place,
    Review,
    When,
    Words,
)
from handlers.talk.flow import Ask, Flow
from handlers.talk.kept import beside
from handlers.talk.model import SKIPPED, Facts, Said, Talk
from locales.catalog import LANGUAGES, Catalog
from storage.records.areas import AreaRow
from storage.seed import _rows

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
PLACES = Places(Areas(_rows(json.loads((files("storage.seed") / "areas.json").read_text("utf-8")))))
CATALOG = Catalog.load()
LISTS = {
    "people": (("p1", "Lan"), ("p2", "Hoa")),
    "whom": (("p1", "Lan"), ("p2", "Hoa")), "shut_out": (("p1", "Lan"),),
    "kinds": tuple((f"k{n}", f"Loại thứ {chr(97 + n)}") for n in range(12)),
    "communes": tuple(PLACES.areas.communes.items()),
    "higher": (("urgent", "Khẩn cấp"),), "lower": (("low", "Thấp"),),
    "papers": (("01-0", "01. Báo cáo tiếp nhận"), ("receipt-0", "Phiếu đã nhận tin")),
    "measures": (("medical", "Y tế"), ("police", "Công an")),
    "proposed": (("1", "Y tế"), ("2", "Pháp lý")),
    "roles": (("collaborator", "Cộng tác viên"), ("officer", "Cán bộ"), ("admin", "Quản trị")),
    **dict.fromkeys(("crew", "substitutes", "members", "visitors"), (("p1", "Lan"), ("p2", "Hoa"))),
    "shifts": (("s1", "Ca 07:00"),), "leaves": (("l1", "Từ mai"),), "addresses": (("a1", "1. Zalo"),),
    "collaborators": (("c1", "Mai · thôn 3"), ("c2", "Tư")),
    "purposes": (("police_crime", "Công an: báo tin"), ("clinic_care", "Y tế: khám")),
    "ways": (("link", "Đường liên kết"), ("phone", "Gọi điện")),
    "sent_referrals": (("1", "Công an, báo lúc 20:15"), ("2", "Y tế, báo lúc 20:20")),
    "other_communes": tuple(PLACES.areas.communes.items()),
    "reporters": (("r1", "người báo tin 1 (20:15)"), ("r2", "người báo tin 2 (20:40)")),
    "doers": (("p1", "Lan"), ("health", "Trạm y tế")), "tasks": (("1", "Việc 1"), ("2", "Việc 2")),
    "groups": (("a", "mồ côi"), ("b", "bị bỏ rơi")),
    "villages": (("Hòa An", "Hòa An"), ("Mỹ An", "Mỹ An")),
    "mine": (("7KQ4-2MDJ", "7KQ4-2MDJ"), ("VQK3-DZJZ", "VQK3-DZJZ")),
}  # fmt: skip


class Still:
    """A clock that stands."""

    def now(self):
        return NOW


class Kit:
    """As much of the kit as wording needs."""

    catalog, clock = CATALOG, Still()

    def places(self):
        return PLACES


def facts(lang="vi", commune=""):
    return Facts(NOW, PLACES, lambda text, one: label(Kit(), lang, text, one), str, commune, LISTS)


def press(flow, talk, option):
    return advance(flow, talk, Said("option", option=option), facts())


def say(flow, talk, text, lang="vi"):
    return advance(flow, talk, Said("text", text=text), facts(lang))


def started(flow):
    return begin(flow, None, facts(), {})


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_path_of_first_options_ends(flow):
    for first in range(5):
        turn, steps = started(flow), 0
        while not turn.finished:
            steps += 1
            assert steps < 80, turn.asking
            options = turn.asking.options
            codes = [one.code for one in options if one.code != "more"]
            if codes:
                turn = press(flow, turn.talk, codes[min(first, len(codes) - 1)])
                continue
            turn = say(flow, turn.talk, "ở nhà, Đại An")
        assert again(flow, turn.talk, facts()) is None
        assert advance(flow, turn.talk, Said("text", text="x"), facts()).finished


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_path_of_last_options_ends_too(flow):
    turn, steps = started(flow), 0
    while not turn.finished:
        steps += 1
        assert steps < 200, turn.asking
        codes = [
            one.code for one in turn.asking.options if one.code not in ("more", "edit", "other")
        ]
        turn = press(flow, turn.talk, codes[-1]) if codes else say(flow, turn.talk, "không rõ")


def test_skipping_everything_ends_a_report():
    turn = started(REPORT)
    while not turn.finished:
        skip = "skip" in turn.asking.standing
        turn = press(REPORT, turn.talk, "skip" if skip else turn.asking.options[0].code)
    assert turn.talk.answers["danger_now"] == "now"


def test_a_report_can_be_gone_back_to_its_first_question():
    turn = press(REPORT, started(REPORT).talk, "no")
    while turn.asking.question != "report.story":
        codes = [one.code for one in turn.asking.options]
        turn = press(REPORT, turn.talk, codes[0]) if codes else say(REPORT, turn.talk, "Đại An")
    for _ in range(20):
        if "back" not in turn.asking.standing:
            break
        turn = press(REPORT, turn.talk, "back")
    assert turn.asking.question == "report.danger_now"
    assert turn.talk.answers == {}
    assert press(REPORT, turn.talk, "back").asking.question == "report.danger_now"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_option_has_words_and_is_understood_pressed_or_typed(flow, lang):
    for ask in flow.asks:
        if not isinstance(ask.answer, Choice):
            continue
        for option in ask.answer.options:
            words = label(Kit(), lang, f"{flow.name}.{ask.id}", option)
            assert words
            assert len(words) <= 40, words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_of_every_order_can_be_worded(lang):
    for answers in ({}, {"danger_now": "now"}, {"child": True}):
        talk = Talk("report", answers, (), {})
        while (asking := again(REPORT, talk, facts(lang))) is not None:
            assert question(Kit(), lang, asking)
            assert len(choices(Kit(), lang, asking)) <= 5 + len(asking.standing)
            name = asking.question.removeprefix("report.").removesuffix("_detail")
            talk = Talk("report", {**talk.answers, name: SKIPPED}, (), {})


def test_a_child_is_asked_gently_and_only_what_concerns_it():
    turn = press(REPORT, started(REPORT).talk, "child")
    asked = []
    while not turn.finished:
        asked.append(turn.asking.question)
        assert turn.asking.text.startswith("child.")
        turn = press(REPORT, turn.talk, "skip" if "skip" in turn.asking.standing else "unsure")
    assert asked == [f"report.{one}" for one in (
        "danger_now", "child_place", "kind", "story", "protector", "safe_time", "shared_phone",
        "child_name",
    )]  # fmt: skip


def test_send_now_asks_only_how_to_answer_safely():
    turn = press(REPORT, started(REPORT).talk, "no")
    while turn.asking.question != "report.more":
        turn = press(REPORT, turn.talk, "skip")
    turn = press(REPORT, turn.talk, "send")
    assert turn.asking.question == "report.safe_time"
    turn = press(REPORT, turn.talk, "anytime")
    assert turn.asking.question == "report.shared_phone"
    assert press(REPORT, turn.talk, "no").finished
    assert press(REPORT, turn.talk, "yes").asking.question == "report.code_word"


def test_a_flow_with_a_repeated_or_unknown_question_is_refused():
    ask = Ask("a", Words())
    with pytest.raises(ValueError, match="twice"):
        Flow("x", (ask, ask), lambda _: ("a",))
    with pytest.raises(ValueError, match="unknown"):
        Flow("x", (ask,), lambda _: ("a", "b"))


NAMES = {Age: "child_age", When: "when", Files: "media", Kind: "kind", Place: "place",
         Contact: "contact", Review: "review", CodeWord: "code_word"}  # fmt: skip


def one(answer):
    """A flow of one question, worded like the report's own."""
    name = NAMES.get(type(answer), "story")
    ask = Ask(name, answer, standing=("skip", "back", "exit"))
    return Flow("report", (ask,), lambda _: (name,)), Talk("report", {}, (), {})


def told(turn):
    """The one answer that was given."""
    (value,) = (value for name, value in turn.talk.answers.items() if name in turn.talk.trail)
    return value


@pytest.mark.parametrize(
    ("answer", "said", "value"),
    [
        (Words(), Said("text", text="lời"), "lời"),
        (Words(media=True), Said("text", text="lời"), ["lời"]),
        (Words(media=True), Said("media", media=(MediaRef("voice", "r", "u"),)), []),
        (Age(), Said("text", text="6 tuổi"), 6),
        (Age(), Said("text", text="khoảng 18 tháng"), 1),
        (Age(), Said("text", text="8 months"), 0),
        (Age(), Said("text", text="sinh năm 2019"), 7),
        (Age(), Said("text", text="thằng nhỏ 6 tuổi"), 6),
        (Age(), Said("option", option="unknown"), "unknown"),
        (When(), Said("option", option="today"), "today"),
        (When(), Said("text", text="lúc nào đó"), {"raw": "lúc nào đó"}),
        (Files(), Said("media", media=(MediaRef("image", "r", "u"),)), {"media": 1}),
        (Files(), Said("option", option="no"), "no"),
        (Choice(("yes", "no"), free=True), Said("text", text="chắc vậy"), {"words": "chắc vậy"}),
        (Contact(), Said("option", option="no"), "no"),
        (CodeWord(), Said("text", text="Mặt trời"), {"mark": "mat troi"}),  # marked by the turn
        (CodeWord(), Said("text", text="không"), "no"),
    ],
)  # fmt: skip
def test_an_answer_is_taken_as_it_was_meant(answer, said, value):
    flow, talk = one(answer)
    assert told(advance(flow, talk, said, facts())) == value


def test_what_was_understood_of_a_time_is_kept_with_the_raw_words():
    flow, talk = one(When())
    kept = told(say(flow, talk, "tối qua"))
    assert kept["raw"] == "tối qua"
    assert kept["confidence"] == "part"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Words(), Said("location", lat=15.9, lon=108.1)),
        (Words(), Said("media", media=(MediaRef("image", "r", "u"),))),
        (Age(), Said("text", text="không nhớ nữa")),
        (Age(), Said("text", text="300 tuổi")),
        (Age(), Said("text", text="nhà số 45")),
        (When(), Said("location", lat=15.9, lon=108.1)),
        (Files(), Said("text", text="để mai")),
        (Place(), Said("media", media=(MediaRef("image", "r", "u"),))),
        (Choice(("yes", "no")), Said("option", option="maybe")),
        (Kind(), Said("option", option="drowning")),
        (Contact(), Said("text", text="chưa biết")),
        (Pick("people"), Said("text", text="chưa biết")),
        (CodeWord(), Said("text", text="con số 7")),
        (CodeWord(), Said("media", media=(MediaRef("image", "r", "u"),))),
        (Review(), Said("text", text="chưa biết")),
    ],
)
def test_what_is_no_answer_is_kept_and_asked_again_then_a_person_is_offered(answer, said):
    flow, talk = one(answer)
    first = advance(flow, talk, said, facts())
    assert not first.understood
    assert first.asking is not None
    second = advance(flow, first.talk, said, facts())
    assert second.says[-1][0] in ("talk.call_a_person", "talk.kept")
    if said.text:
        assert second.talk.answers["extra_words"] == [said.text, said.text]


def test_a_contact_is_kept_only_after_its_own_yes():
    flow, talk = one(Contact())
    asked = press(flow, talk, "yes")
    given = say(flow, asked.talk, "Chị Hạnh 0905000000")
    assert given.asking.text.endswith("_consent")
    assert told(press(flow, given.talk, "no")) == "no"
    agreed = told(press(flow, given.talk, "agree"))
    assert agreed["given"] == "Chị Hạnh 0905000000"
    assert agreed["consent"] is True
    unsure = say(flow, given.talk, "là sao")
    assert unsure.asking.text.endswith("_consent")
    direct = say(flow, talk, "0905 000 000")
    assert direct.asking.text.endswith("_consent")
    shared = advance(flow, talk, Said("contact", phone="0905000000"), facts())
    assert shared.asking.text.endswith("_consent")


def test_a_list_is_paged_and_a_row_can_be_pressed_or_typed_from_any_page():
    flow, talk = one(Pick("kinds"))
    page = press(flow, talk, "more")
    assert [one.code for one in page.asking.options] == ["k4", "k5", "k6", "k7", "more"]
    assert told(say(flow, page.talk, "Loại thứ l")) == "k11"
    assert told(press(flow, page.talk, "k5")) == "k5"
    assert told(press(flow, talk, "k11")) == "k11"
    assert not press(flow, talk, "k99").understood
    around = press(flow, press(flow, page.talk, "more").talk, "more")
    assert around.asking.options[0].code == "k0"


def test_a_place_shared_then_named_keeps_both():
    flow, talk = one(Place())
    shared = advance(flow, talk, Said("location", lat=15.9, lon=108.1), facts())
    named = say(flow, shared.talk, "Đại An")
    assert told(named)["commune"] == "20500"
    assert told(named)["lat"] == 15.9
    unknown = say(flow, say(flow, talk, "tam kỳ").talk, "gần cây đa")
    assert told(unknown) == {"words": "tam kỳ; gần cây đa"}
    other = press(flow, say(flow, talk, "thuog duc").talk, "other")
    assert told(press(flow, other.talk, "elsewhere"))["words"] == "thuog duc"


def codes_of(turn):
    return [one.code for one in turn.asking.options]


def test_communes_are_paged_like_any_list_and_the_way_out_is_on_the_last_page():
    flow, talk = one(Place())
    first = say(flow, talk, "tam kỳ")
    assert codes_of(first) == [*list(PLACES.areas.communes)[:4], "other"]
    last = press(flow, first.talk, "other")
    assert codes_of(last) == [*list(PLACES.areas.communes)[4:], "elsewhere"]
    assert told(press(flow, last.talk, "elsewhere")) == {"words": "tam kỳ"}
    assert told(press(flow, last.talk, codes_of(last)[0]))["words"] == "tam kỳ"
    shared = advance(flow, talk, Said("location", lat=15.9, lon=108.1), facts())
    moved = told(press(flow, press(flow, shared.talk, "other").talk, "elsewhere"))
    assert (moved["lat"], moved["lon"]) == (15.9, 108.1)


def test_however_many_communes_are_served_no_page_shows_more_than_five_options():
    rows = [AreaRow(f"3{n:04}", "commune", f"Bình Thọ {n}", f"3{n:04}", "") for n in range(19)]
    many = replace(facts(), places=Places(Areas(rows)))
    flow, talk = one(Place())
    turn, seen = advance(flow, talk, Said("text", text="tam kỳ"), many), []
    while codes_of(turn)[-1] == "other":
        assert len(codes_of(turn)) == 5
        seen += codes_of(turn)[:-1]
        turn = advance(flow, turn.talk, Said("option", option="other"), many)
    assert len(codes_of(turn)) <= 5
    assert [*seen, *codes_of(turn)[:-1]] == [row.code for row in rows]


def test_another_commune_offers_the_remaining_ones_and_forgets_the_guess():
    flow, talk = one(Place())
    listed = say(flow, talk, "dai hog")
    assert codes_of(listed) == ["20515", "20539", "20500", "other"]
    rest = press(flow, listed.talk, "other")
    assert codes_of(rest) == ["20506", "20542", "elsewhere"]
    guessed = press(flow, say(flow, talk, "thuog duc").talk, "other")
    assert "20506" not in codes_of(guessed)
    assert codes_of(guessed)[-1] == "elsewhere"
    chosen = told(press(flow, guessed.talk, "20515"))
    assert chosen == {"commune": "20515", "words": "thuog duc", "via": ""}
    stored = Talk("report", {}, (), {"place": {"codes": ["20506"], "confirm": True}})
    assert codes_of(press(flow, stored, "other"))[-1] == "elsewhere"  # a talk from before the pages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_former_district_is_asked_in_two_steps(lang):
    flow, talk = one(Place())
    for typed in ("dai loc", "Đại Lộc"):
        asked = say(flow, talk, typed, lang)
        assert codes_of(asked) == ["20500", "district"]
        labels = [one.label for one in choices(Kit(), lang, asked.asking)]
        assert "(Ái Nghĩa, Hiệp, Hòa, An, Nghĩa)" in labels[0]
        assert all("Đại Lộc" in words for words in labels[:2])
        assert told(press(flow, asked.talk, "20500"))["commune"] == "20500"
        others = press(flow, asked.talk, "district")
        assert codes_of(others) == ["20515", "20506", "20539", "20542", "elsewhere"]
        assert told(press(flow, others.talk, "20542"))["commune"] == "20542"
        assert told(say(flow, asked.talk, "xã Đại Lộc"))["commune"] == "20500"
        assert codes_of(say(flow, asked.talk, "2", lang)) == codes_of(others)
        assert told(say(flow, asked.talk, typed)) == {"words": f"{typed}; {typed}"}


def test_words_are_an_answer_where_a_kind_of_place_is_asked():
    ask = next(ask for ask in REPORT.asks if ask.id == "extra_place_type")
    assert len(ask.answer.options) == 5
    flow = Flow("report", (replace(ask, when=lambda _: True),), lambda _: (ask.id,))
    assert told(say(flow, Talk("report"), "hố vôi")) == {"words": "hố vôi"}
    assert told(say(flow, Talk("report"), "gieng")) == "well"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_words_on_the_card_however_its_event_kept_it(lang):
    kept = [Fired(rule, 2, "x", "urgent").stored() for rule, _ in RULES] + ["T12"]
    bare = [SimpleNamespace(body={"fired": [rule_of(one) for one in kept]})]
    full = [SimpleNamespace(body={"fired": kept}), SimpleNamespace(body={})]
    assert _why(Kit(), lang, bare) == _why(Kit(), lang, full) == _why(Kit(), lang, bare + full)
    for rule, _ in RULES:
        assert f"({rule})" in _why(Kit(), lang, full)[0] or rule == "T2"


def test_what_is_still_to_come_is_kept_as_such_and_is_urgent():
    flow, talk = one(When())
    for words in ("tối mai", "sắp bị đưa đi"):
        turn = say(flow, talk, words)
        assert told(turn)["ahead"] is True
        fired = triage(facts_of({"danger_now": "no", **turn.talk.answers})).fired
        assert "T8" in [one.rule for one in fired]
    assert "ahead" not in told(say(flow, talk, "tối qua"))


def test_the_review_changes_one_answer_and_comes_back():
    flow = Flow(
        "report",
        (
            *(Ask(f"{name}", Words()) for name in ("story", "help_given", "child_name")),
            Ask("review", Review()),
        ),
        lambda _: ("story", "help_given", "child_name", "review"),
    )
    turn = begin(flow, None, facts(), {})
    for words in ("một", "hai", "ba"):
        turn = say(flow, turn.talk, words)
    turn = press(flow, turn.talk, "edit")
    assert [one.code for one in turn.asking.options] == ["story", "help_given", "child_name"]
    turn = press(flow, turn.talk, "help_given")
    assert turn.asking.question == "report.help_given"
    turn = say(flow, turn.talk, "khác")
    assert turn.asking.question == "report.review"
    assert turn.talk.answers["help_given"] == "khác"
    assert press(flow, turn.talk, "send").finished


def test_an_album_is_one_answer_however_many_pictures_it_has():
    turn = started(REPORT)
    first = advance(
        REPORT, turn.talk, Said("media", media=(MediaRef("image", "1", "1", group="g"),)), facts()
    )
    more = advance(
        REPORT, first.talk, Said("media", media=(MediaRef("image", "2", "2", group="g"),)), facts()
    )
    assert more.asking is None
    assert not more.finished
    assert len(more.talk.answers["files"]) == 2


def test_a_cry_for_help_anywhere_turns_a_calm_report_into_danger():
    turn = press(REPORT, started(REPORT).talk, "no")
    cried = advance(REPORT, turn.talk, Said("sos"), facts())
    assert cried.talk.answers["danger_now"] == "now"
    assert cried.asking.question == "report.child_place"
    assert cried.says[0][0] == "talk.danger"
    first = advance(REPORT, started(REPORT).talk, Said("sos"), facts())
    assert first.says == ()


def test_a_message_that_was_only_kept_loses_nothing():
    kept = beside({"extra_words": ["một"]}, Said("text", text="hai"))
    assert kept["extra_words"] == ["một", "hai"]
    files = beside(kept, Said("media", text="ba", media=(MediaRef("image", "1", "1"),)))
    assert files["captions"] == ["ba"]
    assert files["extra_words"] == ["một", "hai"]


def test_captions_and_points_are_kept_beside_the_question():
    turn = started(REPORT)
    said = Said("media", text="ngoài ngõ", media=(MediaRef("image", "1", "1"),))
    kept = advance(REPORT, turn.talk, said, facts())
    assert kept.talk.answers["captions"] == ["ngoài ngõ"]
    placed = advance(REPORT, kept.talk, Said("location", lat=1.0, lon=2.0), facts())
    assert placed.talk.answers["point"] == {"lat": 1.0, "lon": 2.0}
