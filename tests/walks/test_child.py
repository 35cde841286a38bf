"""Every question a child can be asked: short, gentle, and never without a voice to call."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from bot.channels.memory import ABILITIES
from cases.messages import Outgoing
from cases.triage import triage
from handlers.flows import FLOWS
from handlers.flows.report import REPORT, facts_of
from handlers.render import choices, question
from handlers.talk.advance import advance, begin
from handlers.talk.model import Said
from handlers.talk.signs import signs
from locales.catalog import FILES, LANGUAGES
from notifications.fit import BUTTONS, fit
from tests.walks.test_flows import CATALOG, Kit, facts

ROOT = Path(__file__).parents[2]
NEVER = {
    "vi": ("anh/chị", "anh chị", "nạn nhân", "khai báo", "tố cáo", "tại sao", "vì sao", "bịa",
           "chắc chắn", "bí mật tuyệt đối", "hệ thống lỗi", "không nói với ai", "cháu", "bằng cách nào"),
    "en": ("the child's", "victim", "why ", "are you sure", "for certain", "promise", "secret from",
           "testify", "accuse"),
}  # fmt: skip
TYPED = ("Đại An", "thuog duc", "dai loc", "dai hog", "tam kỳ", "ở nhà", "không biết", "ba đánh em",
         "em muốn chết", "dạ", "😭", "đừng nói với ba mẹ em", "cho em gặp cô chú")  # fmt: skip
STANDING = ("skip", "back", "friend", "adult", "child")


def said_next(asking):
    """Everything a child may do at a question."""
    yield from (Said("option", option=one.code) for one in asking.options)
    yield from (Said("option", option=one) for one in STANDING)
    yield from (Said("text", text=text) for text in TYPED)
    yield from (Said("sos"), Said("location", lat=15.88, lon=108.11))


def walk(lang):
    """Each way a question can look, wherever one comes from."""
    first = begin(REPORT, Said("text", text="co oi"), facts(lang), {})
    ahead, seen = [advance(REPORT, first.talk, Said("option", option="child"), facts(lang))], {}
    while ahead:
        turn = ahead.pop()
        asking = turn.asking
        if asking is None or not turn.talk.answers.get("child"):
            continue
        look = (asking.text, asking.options, asking.standing)
        if look in seen:
            continue
        seen[look] = asking
        ahead += [advance(REPORT, turn.talk, said, facts(lang)) for said in said_next(asking)]
    return list(seen.values())


WALKED = {lang: walk(lang) for lang in LANGUAGES}
CASES = [
    pytest.param(lang, asking, id=f"{lang}-{asking.text}-{n}")
    for lang, walked in WALKED.items()
    for n, asking in enumerate(walked)
]


def test_the_walk_comes_to_every_question_of_a_child_and_of_its_friend():
    for walked in WALKED.values():
        asked = {asking.text for asking in walked}
        for voice in ("child", "friend"):
            assert {f"{voice}.{one}" for one in (
                "danger_now", "child_place", "place_confirm", "place_which", "place_district", "kind",
                "kind_detail", "story", "protector", "safe_time", "shared_phone", "child_name",
            )} <= asked  # fmt: skip


def sentences(text):
    return [one for one in re.split(r"(?<=[.?…])\s+", text) if one]


@pytest.mark.parametrize(("lang", "asking"), CASES)
def test_a_question_to_a_child_is_short_gentle_and_has_a_way_out(lang, asking):
    words = question(Kit(), lang, asking)
    buttons = choices(Kit(), lang, asking)
    assert len(sentences(words)) <= 2
    assert len(words) <= 140
    own = [one.label for one in buttons if not one.standing]
    assert len(own) <= 5
    assert all(len(one) <= 75 for one in own)
    assert "exit" in asking.standing
    for text in (words, *(one.label for one in buttons)):
        assert "!" not in text
        assert not [one for one in NEVER[lang] if one in text.lower()], text


@pytest.mark.parametrize(("lang", "asking"), CASES)
@pytest.mark.parametrize("channel", ABILITIES)
def test_a_child_can_call_from_every_question_on_every_channel(lang, asking, channel):
    buttons = choices(Kit(), lang, asking)
    out = Outgoing("k", text=question(Kit(), lang, asking), choices=buttons, prompt="p")
    pieces = fit(out, ABILITIES[channel], lambda key: CATALOG.say(lang, key))
    dials = [one for piece in pieces for one in piece.choices if one.tel == "111"]
    assert dials or "111" in pieces[-1].text
    taken = sum(not one.standing for one in buttons) >= BUTTONS
    full = ABILITIES[channel].choice == "button5" and taken  # then the words stand in the text
    assert bool(dials) == (ABILITIES[channel].tel_links and not full)


def own_sentences(lang):
    """Whatever only a child reads: its questions, its remarks, its kinds."""
    for name in FILES:
        text = (ROOT / "locales" / lang / f"{name}.ftl").read_text("utf-8")
        for entry in FluentParser().parse(text).body:
            if not isinstance(entry, ast.Message):
                continue
            key = entry.id.name
            own = key.startswith(("child-", "friend-")) or key.endswith(("_child", "_friend"))
            if own:
                yield key, FluentSerializer().serialize_entry(entry)
            for part in entry.attributes:
                if not own and part.id.name in ("child", "friend"):
                    yield f"{key}.{part.id.name}", FluentSerializer().serialize_entry(entry)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_for_a_child_blames_leads_or_speaks_to_a_grown_up(lang):
    found = dict(own_sentences(lang))
    assert len(found) > 80
    for key, text in found.items():
        assert "!" not in text, key
        attributes = [line for line in text.splitlines() if line.strip().startswith(".child")]
        read = "\n".join(attributes) if "." in key else text
        assert not [one for one in NEVER[lang] if one in read.lower()], key


CHATS = [
    path
    for path in sorted((ROOT / "tests" / "transcripts").rglob("*.md"))
    if any(word in path.read_text("utf-8") for word in ("Chào em.", "It was very brave"))
]
CALL = ("Gọi 111", "Call 111")
ONCE = ("Chào em.", "để giữ em an toàn", "Em không phải chịu đựng một mình",
        "It was very brave", "have to go through this alone")  # fmt: skip
ENDED = ("Đã kết thúc", "Ended.", "Cảm ơn anh/chị đã cho biết", "Thank you for telling us.\n",
         "Đã dừng", "Vị trí chỉ dùng", "Từ giờ", "From now on")  # fmt: skip


def told(path):
    """What the writer is told from the moment it is known as a child: blocks of lines."""
    blocks = []
    for line in path.read_text("utf-8").splitlines():
        mark = re.match(r"    < (be|minh|may)(?: on \w+)?: ", line)
        if mark:
            blocks.append(line[mark.end() :])
        elif line.startswith("            ") and blocks and blocks[-1] is not None:
            blocks[-1] += "\n" + line.strip()
        else:
            blocks.append(None)
    said = [one for one in blocks if one]
    start = next(n for n, one in enumerate(said) if one.startswith(ONCE[0]) or ONCE[3] in one)
    for block in said[start:]:
        if block.startswith(("Chào anh/chị", "Hello. This", *ENDED[:-2])):
            return
        yield block


@pytest.mark.parametrize("path", CHATS, ids=[one.stem for one in CHATS])
def test_in_every_written_chat_each_message_to_a_child_holds_a_number(path):
    blocks = list(told(path))
    assert blocks
    for block in blocks:
        if not block.startswith(ENDED):
            assert "111" in block or any(one in block for one in CALL), block


@pytest.mark.parametrize("path", CHATS, ids=[one.stem for one in CHATS])
def test_in_every_written_chat_a_remark_to_a_child_is_made_once(path):
    whole = "\n".join(told(path))
    for remark in ONCE:
        assert whole.count(remark) <= 1, remark


def pressed(turn, *options):
    for option in options:
        turn = advance(REPORT, turn.talk, Said("option", option=option), facts())
    return turn


def typed(turn, *texts):
    for text in texts:
        turn = advance(REPORT, turn.talk, Said("text", text=text), facts())
    return turn


def first(text):
    return begin(REPORT, Said("text", text=text), facts(), {})


def test_who_sounds_like_a_child_finds_the_button_first_and_by_number_and_only_for_a_while():
    turn = first("con sợ quá")
    assert [one.code for one in turn.asking.options] == ["child", "now", "no", "unsure"]
    assert not turn.talk.answers.get("child")
    assert typed(turn, "1").talk.answers["child"] is True
    assert typed(turn, "2").talk.answers["danger_now"] == "now"
    assert typed(turn, "không biết gì hết").asking.options[0].code == "child"
    passed_by = pressed(turn, "no")
    assert "child" not in (*passed_by.asking.standing, passed_by.asking.options[0].code)
    later = typed(pressed(first("chào"), "no"), "con sợ lắm cô ơi")
    assert "child" in later.asking.standing


def test_a_grown_up_is_not_offered_the_childs_button_again():
    turn = typed(first("con sợ quá"), "tôi là người lớn")
    assert turn.talk.answers["adult"] is True
    assert [one.code for one in turn.asking.options] == ["now", "no", "unsure"]
    assert "child" in turn.asking.standing


def test_from_the_first_question_one_goes_back_from_the_friend_to_oneself_to_an_adult():
    turn = pressed(first("alo"), "child", "friend")
    assert turn.asking.text == "friend.danger_now"
    turn = pressed(turn, "back")
    assert turn.asking.text == "child.danger_now"
    turn = pressed(turn, "back")
    assert turn.asking.text == "report.danger_now"
    assert pressed(turn, "back").asking.text == "report.danger_now"


def test_a_cry_for_help_opens_the_case_of_a_child_at_once_and_of_an_adult_at_the_second():
    asked = pressed(first("alo"), "child", "now")
    assert not asked.opens
    assert advance(REPORT, asked.talk, Said("sos"), facts()).opens
    adult = pressed(first("alo"), "now")
    once = advance(REPORT, adult.talk, Said("sos"), facts())
    assert not once.opens
    assert advance(REPORT, once.talk, Said("sos"), facts()).opens
    early = advance(REPORT, first("alo").talk, Said("sos"), facts())
    assert early.asking.standing[0] == "child"


def test_what_happened_is_the_story_wherever_it_is_told_and_is_not_asked_for():
    for options, text in ((("child", "no"), "ba đánh em"), (("no",), "nó bị đánh hoài")):
        turn = typed(pressed(first("alo"), *options), text)
        assert turn.talk.answers["story"] == [text]
        assert not turn.understood
    named = pressed(first("alo"), "child", "no", *["skip"] * 5)
    assert named.asking.question == "report.shared_phone"
    assert typed(pressed(named, "skip"), "mẹ đánh em").talk.answers["story"] != ["mẹ đánh em"]
    assert typed(pressed(named, "skip"), "Bi").finished


def test_a_child_that_takes_everything_back_hears_one_line_and_no_question():
    turn = typed(pressed(first("alo"), "child", "now"), "dạ không có gì")
    assert turn.asking is None
    assert [key for key, _ in turn.says] == ["talk.taken_back_child"]
    assert turn.talk.answers["taken_back"] is True
    adult = typed(pressed(first("alo"), "no"), "không có gì")
    assert adult.asking is not None


def test_a_child_that_would_rather_not_say_is_not_asked_again():
    turn = typed(pressed(first("alo"), "child", "unsure"), "k noi dau")
    assert turn.asking.question == "report.kind"
    assert typed(turn, "hok bik").asking.question == "report.story"
    adult = typed(pressed(first("alo"), "now"), "không biết")
    assert adult.asking.question == "report.child_place"


def test_a_staff_form_knows_no_children():
    for flow in FLOWS.values():
        turn = begin(flow, None, facts(), {})
        again = advance(flow, turn.talk, Said("option", option="child"), facts())
        assert flow is REPORT or again.asking == turn.asking


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, ()),
        ({"child": True, "story": ["dạ"]}, ("curt",)),
        ({"child": True, "story": ["dạ"], "extra_words": ["ba đánh em"]}, ()),
        ({"child": True, "extra_words": ["😭", "ko"]}, ("curt",)),
        ({"child": True, "story": {"skipped": True}}, ()),
        ({"story": ["dạ"]}, ()),
        ({"left": True, "stopped": False, "taken_back": True}, ("left", "taken_back")),
        ({"taken_over": True, "stopped": True}, ("stopped", "taken_over")),
    ],
)
def test_signs_are_shown_and_decide_nothing(answers, found):
    assert signs(answers) == found
    with_signs, without = facts_of(answers), facts_of({"child": answers.get("child")})
    assert triage(with_signs).level is triage(without).level
