"""Working days, the day window, the night: the golden rows of the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.times.calendar import (
    ZONE,
    DayChange,
    after_window_hours,
    after_working_days,
    days_of,
    is_night,
    is_working_day,
    local,
    midnight,
    morning_at,
    morning_of,
    next_morning,
    opening,
    out_of_the_night,
    special_days,
    standing,
    tet,
    tet_is_forecast,
)


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2025-12-31", "2026-01-09"), ("2026-01-07", "2026-01-13"), ("2026-02-13", "2026-02-27"),
        ("2026-04-24", "2026-05-06"), ("2026-08-21", "2026-08-27"), ("2026-08-28", "2026-09-09"),
        # Over Tết: the last working days before it, and the holidays themselves.
        ("2026-02-09", "2026-02-23"), ("2026-02-10", "2026-02-24"), ("2026-02-12", "2026-02-26"),
        ("2026-02-14", "2026-02-27"), ("2026-02-17", "2026-02-27"), ("2026-02-22", "2026-02-27"),
        ("2026-02-23", "2026-03-02"), ("2027-01-27", "2027-02-03"), ("2027-01-28", "2027-02-11"),
        ("2027-02-01", "2027-02-15"), ("2027-02-03", "2027-02-17"), ("2027-02-06", "2027-02-17"),
        ("2027-02-10", "2027-02-17"), ("2027-02-11", "2027-02-18"),
        ("2026-11-21", "2026-11-30"), ("2026-11-23", "2026-12-01"), ("2027-01-29", "2027-02-12"),
    ],
)  # fmt: skip
def test_f37_five_working_days_end_at_five_in_the_afternoon(received, due):
    assert after_working_days(at(f"{received} 09:00"), 5) == at(f"{due} 17:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2028-02-22", "2028-02-29"), ("2028-02-24", "2028-03-02"), ("2028-02-28", "2028-03-06"),
        ("2028-02-29", "2028-03-07"),
        # The same days of a year without it, and the end of the year before.
        ("2027-02-24", "2027-03-03"), ("2027-02-26", "2027-03-05"), ("2027-12-24", "2027-12-31"),
        ("2027-12-31", "2028-01-10"),
    ],
)  # fmt: skip
def test_f37_a_leap_day_is_a_working_day_like_any_other(received, due):
    assert after_working_days(at(f"{received} 09:00"), 5) == at(f"{due} 17:00")


def test_f37_hours_by_day_go_on_through_the_night_before_and_after_a_leap_day():
    three = timedelta(hours=3)
    assert after_window_hours(at("2028-02-28 20:00"), three) == at("2028-02-29 08:00")
    assert after_window_hours(at("2028-02-29 20:00"), three) == at("2028-03-01 08:00")
    assert midnight(date(2028, 2, 29)) == datetime(2028, 2, 28, 17, tzinfo=UTC)


@pytest.mark.parametrize("hour", ["00:00", "06:00", "16:59", "17:01", "23:59"])
def test_f37_the_day_of_receipt_is_not_counted_whatever_the_hour(hour):
    assert after_working_days(at(f"2026-11-23 {hour}"), 5) == at("2026-12-01 17:00")
    assert after_working_days(at(f"2026-11-23 {hour}"), 1) == at("2026-11-25 17:00")


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-01-01", False), ("2026-01-02", False), ("2026-01-10", True), ("2026-02-17", False),
        ("2026-04-30", False), ("2026-05-01", False), ("2026-08-22", True), ("2026-09-02", False),
        ("2026-11-20", True), ("2026-11-21", False), ("2026-11-22", False), ("2026-11-23", True),
        ("2026-11-24", False), ("2027-02-08", False),
    ],
)  # fmt: skip
def test_f37_a_working_day_is_no_weekend_no_holiday_and_what_was_decided(day, worked):
    assert is_working_day(date.fromisoformat(day)) is worked


def test_what_staff_decide_goes_before_the_calendar():
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    assert is_working_day(saturday, {saturday: True})
    assert not is_working_day(monday, {monday: False})
    decided = {saturday: True, monday: False}
    assert after_working_days(at("2026-11-26 09:00"), 2, decided) == at("2026-11-28 17:00")
    assert after_working_days(at("2026-11-26 09:00"), 3, decided) == at("2026-12-01 17:00")


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 10:00", 2, "2026-11-23 12:00"), ("2026-11-23 20:15", 2, "2026-11-24 07:15"),
        ("2026-11-23 23:00", 1, "2026-11-24 07:00"), ("2026-11-23 03:00", 1, "2026-11-23 07:00"),
        ("2026-11-23 06:00", 32, "2026-11-25 08:00"), ("2026-11-23 19:00", 2, "2026-11-23 21:00"),
    ],
)  # fmt: skip
def test_window_hours_pass_by_day_only(start, hours, end):
    assert after_window_hours(at(start), timedelta(hours=hours)) == at(end)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23 05:00", "2026-11-23 07:30"), ("2026-11-23 07:30", "2026-11-24 07:30"),
        ("2026-11-23 22:00", "2026-11-24 07:30"),
    ],
)  # fmt: skip
def test_the_next_morning_is_later_than_now(now, then):
    assert next_morning(at(now)) == at(then)


@pytest.mark.parametrize(
    ("reminder", "due", "moved"),
    [
        ("2026-11-23 12:00", "2026-11-24 00:00", "2026-11-23 12:00"),
        ("2026-11-23 22:00", "2026-11-24 04:00", "2026-11-23 20:30"),
        ("2026-11-24 02:15", "2026-11-24 08:15", "2026-11-24 06:00"),
        ("2026-11-24 02:15", "2026-11-24 05:15", "2026-11-23 20:30"),
    ],
)
def test_a_reminder_leaves_the_night_and_never_passes_its_due(reminder, due, moved):
    assert out_of_the_night(at(reminder), at(due)) == at(moved)


def test_the_night_is_outside_six_to_twenty_one():
    assert [is_night(at(f"2026-11-23 {hour}")) for hour in ("05:59", "06:00", "20:59", "21:00")] == [
        True, False, False, True,
    ]  # fmt: skip


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2026, 11, 23))
    assert local(datetime(2026, 11, 23, 13, 15, tzinfo=UTC)).hour == 20


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23 05:59", "2026-11-23 06:00"), ("2026-11-23 06:00", "2026-11-23 06:00"),
        ("2026-11-23 20:59", "2026-11-23 20:59"), ("2026-11-23 21:00", "2026-11-24 06:00"),
    ],
)  # fmt: skip
def test_the_day_window_opens_now_or_at_six(now, opens):
    assert opening(at(now)) == at(opens)


@pytest.mark.parametrize(
    ("now", "is_one"), [("07:29", False), ("07:30", True), ("11:59", True), ("12:00", False)]
)
def test_a_morning_lasts_from_half_past_seven_until_noon(now, is_one):
    assert morning_of(at(f"2026-11-23 {now}")) == (date(2026, 11, 23) if is_one else None)


def test_a_day_begins_at_midnight_in_viet_nam_and_its_morning_at_half_past_seven():
    assert midnight(date(2026, 11, 23)) == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert morning_at(date(2026, 11, 23)) == at("2026-11-23 07:30")


def off(n, day, name="Tết"):
    return DayChange(n, date.fromisoformat(day), False, name)


def worked(n, day):
    return DayChange(n, date.fromisoformat(day), True, "bù")


def taken_back(n, day):
    return DayChange(n, date.fromisoformat(day), None)


def test_the_newest_decision_about_a_day_counts_whatever_the_order():
    decided = [worked(3, "2027-02-13"), off(1, "2027-02-13"), off(2, "2027-02-12")]
    days = days_of(decided)
    assert days[date(2027, 2, 13)] is True
    assert days[date(2027, 2, 12)] is False
    assert days[date(2026, 1, 2)] is False  # what this release knows stays


def test_a_decision_that_is_withdrawn_leaves_the_day_as_it_was():
    decided = [off(1, "2027-02-12"), taken_back(2, "2027-02-12")]
    assert standing(decided) == []
    assert date(2027, 2, 12) not in days_of(decided)
    assert standing([*decided, off(3, "2027-02-12")]) == [off(3, "2027-02-12")]


def test_f37_one_more_day_of_tet_moves_the_five_days_of_what_starts_later():
    longer = days_of([off(1, "2027-02-11"), worked(2, "2027-02-20")])
    assert after_working_days(at("2027-02-03 09:00"), 5, longer) == at("2027-02-18 17:00")
    assert after_working_days(at("2027-02-15 09:00"), 5, longer) == at("2027-02-20 17:00")


def test_next_years_tet_is_a_forecast_until_somebody_has_decided_about_its_days():
    assert tet(2027) == date(2027, 2, 6)
    assert not tet_is_forecast(2026, [])
    assert tet_is_forecast(2027, [])
    assert tet_is_forecast(2027, [off(1, "2027-04-15")])
    assert tet_is_forecast(2027, [off(1, "2027-02-12"), taken_back(2, "2027-02-12")])
    assert not tet_is_forecast(2027, [off(1, "2027-02-12")])


def test_the_special_days_of_a_year_name_where_they_come_from():
    found = {one.day: one for one in special_days(2026, [off(1, "2026-12-31", "nghỉ bù")])}
    assert (found[date(2026, 1, 1)].source, found[date(2026, 1, 1)].worked) == ("law", False)
    assert (found[date(2026, 1, 10)].source, found[date(2026, 1, 10)].worked) == ("release", True)
    assert (found[date(2026, 12, 31)].source, found[date(2026, 12, 31)].name) == (
        "staff",
        "nghỉ bù",
    )
    assert all(one.year == 2026 for one in found)
    assert [*found] == sorted(found)
    assert special_days(2027, [off(1, "2026-12-31")])[0].day == date(2027, 1, 1)
