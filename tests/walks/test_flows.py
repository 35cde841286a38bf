"""Every question of every flow: reachable, pressed, typed, skipped, gone back from; every path ends."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from cases.messages import MediaRef
from handlers.flows import FLOWS
from handlers.flows.report import REPORT
from handlers.render import choices, label, question
from handlers.talk.advance import advance, again, begin
from handlers.talk.answers import (
    Age,
    Choice,
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
from handlers.talk.model import SKIPPED, Facts, Said, Talk
from locales.catalog import LANGUAGES, Catalog
from storage.seed import _rows

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
PLACES = Places(Areas(_rows(json.loads((files("storage.seed") / "areas.json").read_text("utf-8")))))
CATALOG = Catalog.load()
LISTS = {
    "people": (("p1", "Lan"), ("p2", "Hoa")),
    "kinds": tuple((f"k{n}", f"Loại thứ {chr(97 + n)}") for n in range(12)),
    "communes": tuple(PLACES.areas.communes.items()),
    "higher": (("urgent", "Khẩn cấp"),), "lower": (("low", "Thấp"),),
    "measures": (("medical", "Y tế"), ("police", "Công an")),
}  # fmt: skip


class Kit:
    """As much of the kit as wording needs."""

    catalog = CATALOG

    def places(self):
        return PLACES


def facts(lang="vi", commune=""):
    return Facts(NOW, PLACES, lambda text, one: label(Kit(), lang, text, one), commune, LISTS)


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


def test_a_flow_with_a_repeated_or_unknown_question_is_refused():
    ask = Ask("a", Words())
    with pytest.raises(ValueError, match="twice"):
        Flow("x", (ask, ask), lambda _: ("a",))
    with pytest.raises(ValueError, match="unknown"):
        Flow("x", (ask,), lambda _: ("a", "b"))


NAMES = {Age: "child_age", When: "when", Files: "media", Kind: "kind", Place: "place",
         Contact: "contact", Review: "review"}  # fmt: skip


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
        (Age(), Said("option", option="unknown"), "unknown"),
        (When(), Said("option", option="today"), "today"),
        (When(), Said("text", text="lúc nào đó"), {"raw": "lúc nào đó"}),
        (Files(), Said("media", media=(MediaRef("image", "r", "u"),)), {"media": 1}),
        (Files(), Said("option", option="no"), "no"),
        (Choice(("yes", "no"), free=True), Said("text", text="chắc vậy"), {"words": "chắc vậy"}),
        (Contact(), Said("option", option="no"), "no"),
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
        (When(), Said("location", lat=15.9, lon=108.1)),
        (Files(), Said("text", text="để mai")),
        (Place(), Said("media", media=(MediaRef("image", "r", "u"),))),
        (Choice(("yes", "no")), Said("option", option="maybe")),
        (Kind(), Said("option", option="drowning")),
        (Contact(), Said("text", text="chưa biết")),
        (Pick("people"), Said("text", text="chưa biết")),
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


def test_a_list_is_paged_and_a_name_can_be_typed_from_any_page():
    flow, talk = one(Pick("kinds"))
    page = press(flow, talk, "more")
    assert [one.code for one in page.asking.options] == ["k4", "k5", "k6", "k7", "more"]
    assert told(say(flow, page.talk, "Loại thứ l")) == "k11"
    assert told(press(flow, page.talk, "k5")) == "k5"
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
    assert len(other.asking.options) == 6
    assert told(press(flow, other.talk, "elsewhere"))["words"] == "thuog duc"


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


def test_captions_and_points_are_kept_beside_the_question():
    turn = started(REPORT)
    said = Said("media", text="ngoài ngõ", media=(MediaRef("image", "1", "1"),))
    kept = advance(REPORT, turn.talk, said, facts())
    assert kept.talk.answers["captions"] == ["ngoài ngõ"]
    placed = advance(REPORT, kept.talk, Said("location", lat=1.0, lon=2.0), facts())
    assert placed.talk.answers["point"] == {"lat": 1.0, "lon": 2.0}
