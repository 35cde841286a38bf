"""What a commune owes by a day of the year: when its reminders come, and that it never goes silent."""

from datetime import date, datetime, timedelta

import pytest

from cases.times.calendar import ZONE, local
from cases.yearly import ROWS, YEARLY, is_late, next_moment, owed_on, step_at

JULY = date(2027, 7, 20)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2027-07-05", None), ("2027-07-06", "2027-07-20"), ("2027-07-19", "2027-07-20"),
        ("2027-07-20", None),
    ],
)  # fmt: skip
def test_a_report_is_thought_of_two_weeks_before(today, due):
    found = owed_on(ROWS["action_month"], date.fromisoformat(today))
    assert found == (date.fromisoformat(due) if due else None)


def test_what_is_owed_by_the_first_of_january_is_thought_of_in_december():
    assert owed_on(ROWS["care_second"], date(2026, 12, 18)) == date(2027, 1, 1)


@pytest.mark.parametrize(("day", "step"), [(6, 0), (16, 0), (17, 1), (19, 1)])
def test_after_an_outage_only_the_newest_reminder_comes(day, step):
    assert step_at(JULY, date(2027, 7, day)) == step


def test_the_next_one_is_three_days_before_then_the_day_then_each_week():
    now = datetime(2027, 7, 6, 8, 0, tzinfo=ZONE)
    assert f"{local(next_moment(JULY, 0, now)):%d %H:%M}" == "17 07:30"
    assert f"{local(next_moment(JULY, 1, now)):%d %H:%M}" == "20 07:30"
    assert [is_late(step) for step in range(4)] == [False, False, True, True]
    assert next_moment(JULY, 2, now) == next_moment(JULY, 9, now) == now + timedelta(days=7)


def test_every_row_names_what_it_rests_on():
    assert {one.id for one in YEARLY} == set(ROWS)
    assert all(one.basis for one in YEARLY)
