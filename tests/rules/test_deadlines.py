"""The clocks: when due, whom next, and never silence."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.deadlines import (
    ARMED,
    DEADLINES,
    applies,
    due_at,
    first_timer,
    next_timer,
    step_now,
    steps_of,
)
from cases.model import Case, Level, Status
from cases.policy import DEFAULT
from cases.times.calendar import ZONE

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=ZONE)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)


def at(text):
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def chain(kind, case, steps):
    """The due moments when every timer fires on time."""
    timer, moments = first_timer(kind, case, DEFAULT, NOW), []
    for _ in range(steps):
        moments.append(timer.due_at)
        timer = next_timer(kind, case, DEFAULT, timer, timer.due_at)
    return moments


def test_an_urgent_case_goes_up_after_15_30_60_and_90_minutes_then_every_30():
    minutes = [(one - NOW) / timedelta(minutes=1) for one in chain("unanswered", CASE, 8)]
    assert minutes == [0, 15, 30, 60, 90, 120, 150, 180]


def test_an_unknown_level_is_timed_as_urgent():
    unknown = replace(CASE, level=Level.UNKNOWN)
    assert chain("unanswered", unknown, 6) == chain("unanswered", CASE, 6)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("high", ["11-23 20:15", "11-24 07:15", "11-24 09:15", "11-24 13:15", "11-25 17:00",
                  "11-26 07:30", "11-27 07:30"]),
        ("medium", ["11-23 20:15", "11-24 09:15", "11-24 13:15", "11-24 21:00", "11-25 17:00"]),
        ("low", ["11-23 20:15", "11-25 17:00", "11-26 07:30"]),
    ],
)  # fmt: skip
def test_a_calm_case_goes_up_by_day_only(level, expected):
    case = replace(CASE, level=Level(level))
    found = chain("unanswered", case, 12)
    assert found[0] == at("11-23 20:15")
    assert all(6 <= one.astimezone(ZONE).hour <= 21 for one in found[1:])
    assert found == sorted(found)
    if level == "high":
        assert found[: len(expected)] == [at(one) for one in expected]


def test_the_twelve_hours_count_from_receipt_and_remind_before():
    hours = [(one - NOW) / timedelta(hours=1) for one in chain("emergency", CASE, 6)]
    assert hours == [6, 9, 11, 12, 13, 14]
    assert due_at("emergency", CASE, DEFAULT, NOW) == at("11-24 08:15")


def test_a_law_clock_started_late_still_counts_from_receipt():
    late = first_timer("emergency", CASE, DEFAULT, NOW + timedelta(hours=5))
    assert late.due_at == NOW + timedelta(hours=6)


def test_night_reminders_of_a_high_case_wait_for_the_morning_but_the_due_does_not():
    high = replace(CASE, level=Level.HIGH)
    found = chain("emergency", high, 4)  # 02:15 and 05:15 are one reminder at six
    assert found == [at("11-24 06:00"), at("11-24 07:15"), at("11-24 08:15"), at("11-24 09:15")]


def test_idle_calls_the_holder_then_the_leader_then_again():
    minutes = [(one - NOW) / timedelta(minutes=1) for one in chain("idle", CASE, 4)]
    assert minutes == [30, 60, 90, 120]


def test_after_an_outage_an_urgent_case_gets_the_step_its_age_calls_for():
    timer = first_timer("unanswered", CASE, DEFAULT, NOW, 1)
    assert step_now("unanswered", CASE, DEFAULT, timer, NOW + timedelta(minutes=70)) == 3


def test_after_an_outage_a_calm_case_gets_one_step_per_delay():
    case = replace(CASE, level=Level.HIGH)
    timer = first_timer("unanswered", case, DEFAULT, NOW, 1)
    late = NOW + timedelta(days=3)
    assert step_now("unanswered", case, DEFAULT, timer, late) == 1
    assert next_timer("unanswered", case, DEFAULT, timer, late).due_at > late


def test_a_chain_that_was_run_through_repeats_its_last_step():
    timer = first_timer("unanswered", CASE, DEFAULT, NOW, 99)
    assert timer.step == len(steps_of("unanswered", CASE, DEFAULT)) - 1
    assert timer.due_at == NOW + timedelta(minutes=30)


def test_no_chain_ends_in_silence():
    for kind in ARMED - {"unfinished"}:
        for level in Level:
            case = replace(CASE, level=level, commune="")
            timer = first_timer(kind, case, DEFAULT, NOW)
            for _ in range(12):
                after = next_timer(kind, case, DEFAULT, timer, timer.due_at)
                assert after.due_at >= timer.due_at
                timer = after
            assert timer.due_at > NOW


@pytest.mark.parametrize(
    ("kind", "case", "yes"),
    [
        ("emergency", CASE, True),
        ("emergency", replace(CASE, kind="injury", level=Level.HIGH), False),
        ("emergency", replace(CASE, kind="injury"), True),
        ("emergency", replace(CASE, kind="unheard of", level=Level.LOW), True),
        ("unplaced", CASE, False),
        ("unplaced", replace(CASE, commune=""), True),
        ("plan", CASE, False),
        ("unanswered", CASE, True),
    ],
)
def test_a_clock_is_armed_where_it_applies(kind, case, yes):
    assert applies(kind, case) is yes


def test_every_clock_of_the_law_is_data():
    assert set(DEADLINES) >= ARMED
    assert {"emergency", "plan", "separation", "forward", "crime"} <= {
        one.id for one in DEADLINES.values() if one.law
    }
