"""Days in the forms of a plan: a working day to come, the day of a paper; refused with the reason."""

from datetime import date, datetime

import pytest

from cases.incident_types import SPECIAL_GROUPS, groups_for
from cases.times.calendar import ZONE
from handlers.talk.answers import NOTHING, Pick, Question, Taken
from handlers.talk.model import Facts, Said, Talk
from handlers.talk.moments import Begins, Signed, Term, WorkDay

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)  # a Monday; 24/11 is a holiday
TALK = Talk("act_submit")


def take(answer, said, now=NOW, calendar=None, lists=None, talk=TALK):
    facts = Facts(
        now, None, lambda text, one: one, str, lists=lists or {},
        **({"calendar": calendar} if calendar else {}),
    )  # fmt: skip
    question = Question("until", "act_submit.until", "act_submit.until", facts)
    return answer.take(question, talk, said)


def typed(text):
    return Said("text", text=text)


def pressed(option):
    return Said("option", option=option)


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (pressed("week"), "2026-11-30"), (pressed("fortnight"), "2026-12-07"),
        (pressed("month"), "2026-12-23"), (typed("25/11"), "2026-11-25"),
        (typed("thứ 6"), "2026-11-27"), (typed("hôm nay"), "2026-11-23"),
    ],
)  # fmt: skip
def test_a_working_day_to_come_is_taken(said, taken):
    assert take(WorkDay(), said) == Taken(taken)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("20/11", "work.day_past"), ("hôm qua", "work.day_past"), ("24/11", "work.day_off"),
        ("28/11", "work.day_off"), ("mai", "work.day_off"), ("01/01/2027", "work.day_off"),
        ("25/12/2027", "work.day_far"), ("20/6", "work.day_far"), ("1/10", "work.day_past"),
        ("200 ngày nữa", "work.day_far"), ("20/11/2025", "work.day_past"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_with_the_reason(text, why):
    assert take(WorkDay(), typed(text)) == Taken(why=why)


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (pressed("tomorrow"), Taken("2026-11-24")), (typed("30/11"), Taken("2026-11-30")),
        (typed("1/12"), Taken(why="work.begins_far")), (typed("1/12/2027"), Taken(why="work.begins_far")),
        (typed("hôm qua"), Taken(why="work.day_past")), (typed("tuần sau"), NOTHING),
        (typed("khi nào"), NOTHING),
    ],
)  # fmt: skip
def test_a_decision_begins_within_days(said, taken):
    assert take(Begins(7), said) == taken


def test_a_term_ends_within_half_a_year():
    assert take(Term(), typed("25/12/2027")) == Taken(why="work.day_far")
    assert take(Term(), typed("999 ngày")) == Taken(why="work.day_far")
    assert take(Term(), typed("hôm qua")) == NOTHING
    assert take(Term(), typed("days9999100")) == NOTHING


def test_next_week_is_no_day_that_has_passed():
    assert take(WorkDay(), typed("tuần sau")) == NOTHING


def test_what_is_no_day_is_only_not_understood():
    assert take(WorkDay(), typed("khi nào rảnh")) == NOTHING
    assert take(WorkDay(), Said("media")) == NOTHING
    assert take(Signed(), typed("khi nào rảnh")) == NOTHING
    assert take(Signed(), Said("media")) == NOTHING


def test_after_the_close_today_has_passed():
    assert take(WorkDay(), typed("hôm nay"), NOW.replace(hour=17)) == Taken(why="work.day_past")


def test_what_is_offered_falls_on_no_day_off():
    tuesday = datetime(2026, 11, 17, 9, 0, tzinfo=ZONE)
    assert take(WorkDay(), pressed("week"), tuesday) == Taken("2026-11-25")
    off = {date(2026, 11, 30): False, date(2026, 12, 5): True}
    assert take(WorkDay(), pressed("week"), calendar=off) == Taken("2026-12-01")
    assert take(WorkDay(), typed("5/12"), calendar=off) == Taken("2026-12-05")


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (pressed("today"), Taken("2026-11-23")), (pressed("yesterday"), Taken("2026-11-22")),
        (typed("20/11"), Taken("2026-11-20")), (typed("thứ 6"), Taken("2026-11-20")),
        (typed("25/11"), Taken(why="work.day_future")), (typed("mai"), Taken(why="work.day_future")),
        (typed("20/12/2036"), Taken(why="work.day_future")),
        (typed("1/1/2020"), Taken(why="work.day_old")), (typed("24/9/2026"), Taken("2026-09-24")),
        (typed("23/9/2026"), Taken(why="work.day_old")),
        (typed("31/12/9999"), NOTHING), (typed("30/2"), NOTHING),
    ],
)  # fmt: skip
def test_a_paper_was_signed_today_or_not_long_ago(said, taken):
    assert take(Signed(), said) == taken


def test_the_machine_only_proposes_the_group():
    assert groups_for("conflict_law")[:2] == ("e", "g")
    for kind in ("conflict_law", "hardship", "self_harm", "unheard of"):
        assert sorted(groups_for(kind)) == sorted(SPECIAL_GROUPS)
    lists = {"groups": (("a", "a"), ("e", "e")), "groups:conflict_law": (("e", "e"), ("a", "a"))}
    pick = Pick("groups", by="kind")
    for kind, first in (("conflict_law", "e"), ("hardship", "a")):
        talk = Talk("act_set_kind", {"kind": kind})
        facts = Facts(NOW, None, lambda text, one: one, str, lists=lists)
        asked = pick.ask(Question("group", "k", "k", facts), talk)
        assert asked.options[0].code == first
