"""What a week is counted to, and which commune is silent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cases.areas.gazetteer import Areas
from cases.figures import Counted, Ran, masked_cells, month_of, quiet_communes, quiet_since, week_of
from cases.model import Case, Level, Status
from cases.policy import DEFAULT
from storage.records.areas import AreaRow

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
    assert quiet_communes(since, [last], MONDAY) == ["old", "never"]
    assert quiet_since("old", since, [last]) == MONDAY


def test_a_test_alert_that_was_heard_is_a_sign_too():
    days = timedelta(days=1)
    since = {"old": MONDAY - 400 * days}
    assert quiet_communes(since, [{}, {"old": MONDAY - days}], MONDAY) == []
    assert quiet_communes(since, [{}, {"old": MONDAY - 90 * days}], MONDAY) == ["old"]


# A month.

OCTOBER, NOVEMBER = datetime(2026, 9, 30, 17, tzinfo=UTC), datetime(2026, 10, 31, 17, tzinfo=UTC)
MID = OCTOBER + timedelta(days=10)


def month(*cases, ran=(), parts=None, known=()):
    return month_of(Counted(cases, ran, parts or {}, known), OCTOBER, NOVEMBER)


def test_a_month_counts_what_was_received_in_it_by_kind_level_part_and_source():
    found = month(
        case("a", Level.URGENT, MID), case("b", Level.LOW, MID, source="phone"),
        case("c", Level.LOW, OCTOBER - MINUTE), case("d", Level.LOW, NOVEMBER),
        replace(case("e", Level.LOW, MID), flags=("drill",)),
        parts={"a": "Phước Yên"}, known=("Ái Nghĩa",),
    )  # fmt: skip
    assert (found.new, found.closed) == (2, 0)
    assert {kind: n for kind, n in found.by_kind.items() if n} == {"neglect": 2}
    assert found.by_level == {"urgent": 1, "unknown": 0, "high": 0, "medium": 0, "low": 1}
    assert found.by_part == {"Ái Nghĩa": 0, "": 1, "Phước Yên": 1}
    assert {one: n for one, n in found.by_source.items() if n} == {"bot": 1, "phone": 1}


def test_outcomes_are_of_what_was_closed_in_it_whenever_it_came():
    closed = replace(case("a", Level.LOW, OCTOBER - HOUR), status=Status.CLOSED, closed_at=MID,
                     closed_reason="resolved")  # fmt: skip
    earlier, later = (replace(closed, closed_at=at) for at in (OCTOBER - MINUTE, NOVEMBER))
    found = month(closed, earlier, later, replace(closed, closed_reason="strange"))
    assert {one: n for one, n in found.outcomes.items() if n} == {"resolved": 1, "strange": 1}
    assert found.closed == 2


def test_a_clock_is_met_when_it_was_stopped_by_its_due_and_counts_when_that_was_clear():
    found = month(ran=[
        Ran("plan", MID, MID),
        Ran("plan", MID, MID + MINUTE),
        Ran("plan", MID, None),
        Ran("plan", NOVEMBER, None),  # not late before the month was over
        Ran("plan", NOVEMBER + HOUR, MID),  # early
        Ran("plan", OCTOBER - HOUR, MID),  # late before it began
        Ran("verify", MID, None),
    ])  # fmt: skip
    assert found.on_time == {"plan": (2, 4), "verify": (0, 1)}


def test_a_small_cell_is_masked_and_cannot_be_reckoned_from_the_sum():
    assert masked_cells([]) == []
    assert masked_cells([4]) == ["small"]
    assert masked_cells([5, 12]) == ["5", "12"]
    assert masked_cells([0, 4, 12]) == ["small", "small", "12"]
    assert masked_cells([12, 4, 7]) == ["12", "small", "some"]
    assert masked_cells([7, 7, 0]) == ["some", "7", "small"]


def test_a_village_is_known_by_its_whole_name_in_its_own_commune():
    rows = [AreaRow("1", "village", "Phú An", "20500"), AreaRow("2", "village", "Phú An Nam", "20500"),
            AreaRow("3", "village", "Mỹ Hảo", "20515")]  # fmt: skip
    areas = Areas(rows)
    assert areas.village_in("20500", "o thon phu an nam, gan cho") == "Phú An Nam"
    assert areas.village_in("20500", "Phú An") == "Phú An"
    assert areas.village_in("20500", "phú anh, mỹ hảo") == ""
    assert areas.village_in("20515", "Mỹ Hảo") == "Mỹ Hảo"
