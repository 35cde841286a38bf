"""A report that staff tell for somebody else: the same questions, asked of the right person."""

import pytest

from handlers.flows.report import REPORT, SOURCES, order, worth_filing
from handlers.talk.advance import advance, again, begin
from handlers.talk.answers import Contact
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import SKIPPED, Said
from locales.catalog import LANGUAGES
from tests.walks.test_flows import Kit, choices, facts, press, question, say


def told(*, sos=False):
    turn = begin(REPORT, None, facts(commune="20500"), {"behalf": True, "by": "p-lan"})
    return advance(REPORT, turn.talk, Said("sos"), facts(commune="20500")) if sos else turn


def test_how_it_came_in_is_asked_first_and_nobody_here_is_a_child_or_follows():
    turn = told()
    assert turn.asking.question == "report.source"
    assert [one.code for one in turn.asking.options] == list(SOURCES)
    danger = press(REPORT, turn.talk, "phone")
    assert danger.asking.question == "report.danger_now"
    assert danger.asking.standing == ("back", "exit")
    assert "child" not in press(REPORT, danger.talk, "child").talk.answers
    assert press(REPORT, danger.talk, "back").asking.question == "report.source"


def test_a_cry_for_help_asks_where_before_how_it_came_in():
    turn = told(sos=True)
    assert turn.asking.question == "report.child_place"
    assert turn.opens
    assert press(REPORT, turn.talk, "skip").asking.question == "report.source"


@pytest.mark.parametrize("answers", [{}, {"danger_now": "now"}])
def test_the_order_is_the_one_of_everybody_with_the_source_before_it(answers):
    assert order({**answers, "behalf": True}) == ("source", *order(answers))


def test_how_to_answer_safely_is_asked_only_where_there_is_a_way_to_answer():
    safe = REPORT.ask("safe_time")
    assert safe.when({})
    assert not safe.when({"behalf": True})
    assert not safe.when({"behalf": True, "contact": "no"})
    assert not safe.when({"behalf": True, "contact": SKIPPED})
    assert safe.when({"behalf": True, "contact": {"given": "0905"}})


def test_send_now_is_the_end_for_staff():
    turn = press(REPORT, press(REPORT, told().talk, "phone").talk, "no")
    while turn.asking.question != "report.more":
        turn = press(REPORT, turn.talk, "skip")
    assert press(REPORT, turn.talk, "send").finished


def test_the_number_that_is_shared_by_staff_is_never_taken_for_the_callers():
    flow = Flow("report", (Ask("contact", Contact()),), lambda _: ("contact",))
    turn = begin(flow, None, facts(), {"behalf": True})
    asked = press(flow, turn.talk, "yes")
    assert asked.asking.ask == ""
    shared = advance(flow, asked.talk, Said("contact", phone="0905000000"), facts())
    assert not shared.understood
    typed = say(flow, asked.talk, "chị Hạnh 0905000000")
    assert typed.asking.text.endswith("_consent")


def test_how_it_came_in_alone_is_not_worth_a_case():
    assert not worth_filing({"behalf": True, "source": "phone"})
    assert worth_filing({"behalf": True, "source": "phone", "danger_now": "now"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_has_words_for_staff(lang):
    talk = told().talk
    while (asking := again(REPORT, talk, facts(lang))) is not None:
        assert asking.text.startswith("behalf.")
        assert question(Kit(), lang, asking)
        assert choices(Kit(), lang, asking) is not None
        name = asking.question.removeprefix("report.").removesuffix("_detail")
        talk = type(talk)("report", {**talk.answers, name: SKIPPED}, (), talk.notes)
