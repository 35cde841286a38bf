"""What a week is counted to, and which commune is silent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cases.figures import quiet_communes, week_of
from cases.model import Case, Level, Status
from cases.policy import DEFAULT

MONDAY = datetime(2026, 11, 29, 17, tzinfo=UTC)  # 30/11, midnight in Viet Nam
SINCE = MONDAY - timedelta(days=7)
NOON = SINCE + timedelta(days=2, hours=12)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def case(name, level, at=NOON, acked=None, **more):
    made = Case(name, name, "20500", level, "neglect", Status.RECEIVED, 1, at, at, **more)
    return made if acked is None else replace(made, acked_at=at + acked, status=Status.ACKNOWLEDGED)


def week(*cases, late=()):
    return week_of(cases, SINCE, MONDAY, DEFAULT, late)


def test_new_cases_are_those_received_in_the_week_by_level():
    found = week(
        case("a", Level.URGENT), case("b", Level.LOW), case("c", Level.LOW, SINCE),
        case("d", Level.LOW, SINCE - MINUTE), case("e", Level.LOW, MONDAY),
    )  # fmt: skip
    assert found.new == 3
    assert found.by_level == {
        Level.URGENT: 1, Level.LOW: 2, Level.MEDIUM: 0, Level.HIGH: 0, Level.UNKNOWN: 0,
    }  # fmt: skip
    assert found.open == 5


def test_in_time_counts_against_those_whose_time_has_come():
    found = week(
        case("a", Level.URGENT, acked=15 * MINUTE),
        case("b", Level.URGENT, acked=16 * MINUTE),
        case("c", Level.HIGH),
        case("d", Level.LOW, MONDAY - MINUTE),
        case("e", Level.LOW, MONDAY - HOUR, acked=MINUTE),
    )
    assert (found.in_time, found.answerable) == (2, 4)


def test_an_urgent_case_is_timed_from_receipt_and_half_were_taken_by_the_median():
    urgent = [case(str(n), Level.UNKNOWN, acked=n * MINUTE) for n in (30, 2, 10, 6)]
    found = week(*urgent, case("calm", Level.LOW, acked=HOUR), case("free", Level.URGENT))
    assert found.urgent_minutes == (2, 6, 10, 30)
    assert (found.mean, found.median) == (12, 6)


def test_closed_open_and_overdue():
    closed = replace(case("a", Level.LOW), status=Status.CLOSED, closed_at=NOON)
    earlier = replace(closed, id="b", closed_at=SINCE - MINUTE)
    later = replace(closed, id="c", closed_at=MONDAY)
    found = week(closed, earlier, later, case("d", Level.LOW), late={"d", "elsewhere"})
    assert (found.closed, found.open, found.overdue) == (1, 1, 1)


def test_a_commune_is_silent_after_ninety_days_without_a_report():
    days = timedelta(days=1)
    since = {"old": MONDAY - 400 * days, "new": MONDAY - 80 * days, "never": MONDAY - 90 * days,
             "busy": MONDAY - 400 * days}  # fmt: skip
    last = {"old": MONDAY - 90 * days, "busy": MONDAY - 89 * days, "elsewhere": MONDAY}
    assert quiet_communes(since, last, MONDAY) == ["old", "never"]
