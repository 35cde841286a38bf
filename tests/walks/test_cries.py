"""A cry for help raises the report at once, whatever was being asked; what was suggested is never assumed."""

import pytest

from cases.triage import triage
from cases.typed.first_words import global_word
from cases.understanding import suggested_places, understand
from handlers.flows.report import REPORT, facts_of, mode
from handlers.talk.advance import advance, begin
from handlers.talk.model import Said
from tests.support.first_words_set import LINES
from tests.walks.test_flows import NOW, PLACES, facts, press, started

CRIES = ("sos", "cứu với", "cứu cháu", "cứu em", "đuối nước", "tự tử")
TYPED = [form for one in CRIES for form in (one, one.upper(), f"dạ {one} cô ơi")]
MODES = {"calm": "no", "danger": "now", "unsure": "unsure", "child": "child"}
KINDS = ("hurt", "sexual", "alone", "hazard", "exploited", "self_harm", "hardship")
TOLD = [line for line in LINES if len(line) > 3 and line[3]]


def said(text):
    """As `handlers/turn.py` hands it on: sos by itself is the button."""
    word = global_word(text)
    return Said("sos") if word and word.name == "sos" else Said("text", text=text)


def level(talk):
    return triage(facts_of(talk.answers, night=False)).level.value


def every_question(first, kind):
    """Each question of one way through a report, with the talk as it stands there."""
    turn = started(REPORT)
    while not turn.finished:
        yield turn.asking.question, turn.talk
        codes = [one.code for one in turn.asking.options]
        wanted = [one for one in (first, kind, "more", "yes") if one in codes]
        standing = "skip" if "skip" in turn.asking.standing else first
        if wanted and turn.asking.question != "report.review":
            turn = press(REPORT, turn.talk, wanted[0])
        else:
            turn = press(REPORT, turn.talk, standing if standing != first else codes[0])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", MODES.values(), ids=MODES)
def test_a_cry_raises_the_level_at_every_question(first, kind):
    asked = set()
    for question, talk in every_question(first, kind):
        asked.add(question)
        for text in TYPED:
            turn = advance(REPORT, talk, said(text), facts())
            assert level(turn.talk) == "urgent", (question, text)
            assert mode(turn.talk.answers) in "AC", (question, text)
            if talk.trail:
                assert any(key.startswith(("talk.danger", "talk.sos")) for key, _ in turn.says)
    assert len(asked) >= 8, asked


@pytest.mark.parametrize("text", TYPED)
def test_a_cry_is_the_first_thing_said(text):
    first = begin(REPORT, said(text), facts(), {})
    raised = first if first.talk.answers.get("danger_words") else None
    turn = raised or advance(REPORT, first.talk, said(text), facts())
    assert level(turn.talk) == "urgent"
    assert mode(turn.talk.answers) == "A"


@pytest.mark.parametrize("line", TOLD, ids=[line[0] for line in TOLD])
def test_what_first_words_suggest_is_no_answer_before_it_is_pressed(line):
    turn = begin(REPORT, Said("text", text=line[0]), facts(), {})
    assert {"kind", "place", "child_place", "when"}.isdisjoint(turn.talk.answers)
    case = facts_of(turn.talk.answers, night=False)
    assert (case["kind"], case["child_age"]) == ("", None)


@pytest.mark.parametrize("line", TOLD, ids=[line[0] for line in TOLD])
def test_each_suggestion_is_taken_by_one_press(line):
    seen = understand(line[0], PLACES, NOW)
    turn = press(REPORT, begin(REPORT, Said("text", text=line[0]), facts(), {}).talk, "no")
    pressed = set()
    while not turn.finished:
        question, codes = turn.asking.question, [one.code for one in turn.asking.options]
        before = set(turn.talk.answers)
        if question.endswith("_hint") and "yes" in codes:
            turn = press(REPORT, turn.talk, "yes")
            pressed |= set(turn.talk.answers) - before
        else:
            turn = press(REPORT, turn.talk, "skip" if "skip" in turn.asking.standing else codes[0])
    assert ("when" in pressed) == bool(seen.time)
    assert ("kind" in pressed) == (len(seen.kinds) == 1)
    sure = len(suggested_places(seen.place)) == 1
    assert not sure or pressed & {"place", "child_place"}
