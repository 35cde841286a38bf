"""Times still to come: tests/data/ahead.tsv and hours.tsv are the promise, on Monday 23/11/2026 at 10:30."""

from datetime import date, datetime, time

import pytest

from cases.times.ahead import day_ahead, hours
from cases.times.calendar import OPENS, ZONE, instant, local
from handlers.flows.staff_forms import LEAVE, SHIFT
from handlers.talk.advance import advance, begin
from handlers.talk.model import Said
from handlers.talk.moments import NOW, day_of
from tests.rules.tables import table
from tests.walks.test_flows import facts, press, say

HERE = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)


@pytest.mark.parametrize(("typed", "day"), table("ahead"))
def test_a_day_ahead_is_understood_or_left_open(typed, day):
    assert day_ahead(typed, HERE) == (None if day == "-" else date.fromisoformat(day))


@pytest.mark.parametrize(("typed", "first", "last"), table("hours"))
def test_hours_are_understood_or_left_open(typed, first, last):
    expected = None if first == "-" else (time.fromisoformat(first), time.fromisoformat(last))
    assert hours(typed) == expected


def test_the_next_day_of_the_month_may_be_next_year():
    assert day_ahead("ngày 5", datetime(2026, 12, 20, 8, 0, tzinfo=ZONE)) == date(2027, 1, 5)
    assert day_ahead("ngày 30", datetime(2027, 1, 31, 8, 0, tzinfo=ZONE)) is None


def test_the_leap_day_is_there_only_when_it_is():
    assert day_ahead("29/2", datetime(2028, 3, 5, 8, 0, tzinfo=ZONE)) is None
    assert day_ahead("29/2", datetime(2027, 12, 5, 8, 0, tzinfo=ZONE)) == date(2028, 2, 29)


def test_an_hour_of_a_day_is_an_instant_in_viet_nam():
    assert local(instant(date(2026, 11, 24), OPENS)).isoformat() == "2026-11-24T06:00:00+07:00"


def asked(flow, **known):
    return begin(flow, None, facts(), {"told": known})


def test_what_is_known_is_not_asked_and_cannot_be_gone_back_to():
    turn = asked(SHIFT, person="p1")
    assert turn.asking.question == "shift.day"
    assert "back" not in turn.asking.standing


def test_a_shift_is_a_day_and_hours_pressed_or_typed():
    turn = say(SHIFT, asked(SHIFT, person="p1").talk, "thứ bảy")
    done = say(SHIFT, turn.talk, "22h đến 6h").talk.answers
    assert done == {"person": "p1", "day": "2026-11-28", "hours": {"from": "22:00", "to": "06:00"}}
    for option, first, last in (("day", "07:00", "17:00"), ("night", "17:00", "07:00"),
                                ("whole", "07:00", "07:00")):  # fmt: skip
        turn = press(SHIFT, asked(SHIFT, person="p1").talk, "tomorrow")
        kept = press(SHIFT, turn.talk, option).talk.answers
        assert kept["day"] == "2026-11-24"
        assert kept["hours"] == {"from": first, "to": last}


def test_what_is_no_time_is_asked_again():
    turn = asked(SHIFT, person="p1")
    assert not say(SHIFT, turn.talk, "hôm qua").understood
    hours_ = press(SHIFT, turn.talk, "today")
    assert not say(SHIFT, hours_.talk, "lúc rảnh").understood
    assert not advance(SHIFT, hours_.talk, Said("location", lat=1.0, lon=2.0), facts()).understood


def test_a_leave_does_not_end_before_it_begins():
    turn = press(LEAVE, asked(LEAVE).talk, "after")
    assert not say(LEAVE, turn.talk, "ngày mai").understood
    assert not press(LEAVE, turn.talk, "today").understood
    assert say(LEAVE, turn.talk, "ngày kia").talk.answers["until"] == "2026-11-25"
    now = press(LEAVE, asked(LEAVE).talk, NOW)
    assert now.talk.answers["from"] == NOW
    assert press(LEAVE, now.talk, "today").talk.answers["until"] == "2026-11-23"
    assert day_of(NOW, facts()) == date(2026, 11, 23)
