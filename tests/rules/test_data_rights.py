"""Clocks of requests about data and of breaches: their due, their reminders, never silence."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.data_rights import (
    ACK,
    BREACH,
    DO,
    WHAT,
    acknowledging,
    doing,
    due_at,
    next_moment,
    notifying,
    told_now,
)
from cases.times.calendar import OVERRIDES, local

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10:00; the 24th is a holiday


def moments(owed, many=6):
    now, slot, found = owed.start, 0, []
    for _ in range(many):
        timer = next_moment(owed, OVERRIDES, now, slot)
        assert timer.due_at > now
        found.append((f"{local(timer.due_at):%d/%m %H:%M}", told_now(owed.kind, timer.step)))
        now, slot = timer.due_at, timer.slot
    return found


def test_whoever_asks_hears_within_two_working_days_and_is_not_forgotten():
    both = ("leader", "admin")
    assert moments(acknowledging("r1", MONDAY), 4) == [
        ("25/11 08:00", both), ("26/11 17:00", both), ("27/11 07:30", both), ("28/11 07:30", both),
    ]  # fmt: skip


@pytest.mark.parametrize(("what", "days"), WHAT.items())
def test_each_right_has_its_days_and_one_extension(what, days):
    due = due_at(doing("r1", what, MONDAY, extended=False), OVERRIDES)
    assert due - MONDAY == timedelta(days=days)
    longer = due_at(doing("r1", what, MONDAY, extended=True), OVERRIDES)
    assert longer - due == timedelta(days=15)


def test_it_is_reminded_five_and_two_days_before_and_every_morning_after():
    assert moments(doing("r1", "see", MONDAY, extended=False), 4) == [
        ("28/11 08:00", ("leader",)), ("01/12 08:00", ("leader",)), ("03/12 10:00", ("leader",)),
        ("04/12 07:30", ("leader",)),
    ]  # fmt: skip


def test_a_breach_counts_from_when_it_was_noticed_by_day_and_night():
    both, all_ = ("leader", "admin"), ("leader", "admin", "supervisor")
    assert moments(notifying("b1", MONDAY), 5) == [
        ("24/11 10:00", both), ("25/11 10:00", both), ("26/11 04:00", both), ("26/11 10:00", all_),
        ("27/11 07:30", all_),
    ]  # fmt: skip


def test_written_down_too_late_it_rings_the_next_morning():
    late = next_moment(notifying("b1", MONDAY), OVERRIDES, MONDAY + timedelta(days=9))
    assert (late.kind, late.slot, f"{local(late.due_at):%H:%M}") == (BREACH, 1, "07:30")
    assert {ACK, DO, BREACH} == {"rights_ack", "rights_do", "breach"}
