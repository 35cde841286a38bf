"""Working days, the day window and Viet Nam time (DOMAIN.md section 10). Data with a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

VERSION = "2026-11"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENS, SHUTS = time(6, 0), time(21, 0)  # the day window: no reminder outside it unless urgent
DAY_END = time(17, 0)  # Civil Code 91/2015 Art. 148 ends the day at 24:00; ours is stricter
EVENING = time(18, 0)  # late enough for a day's work, early enough to go and look yet
MORNING, NOON = time(7, 30), time(12, 0)  # a morning's summary still comes until noon

DECIDED = 2026  # the last year of which this release knows what was decided
# What the package does not know: swaps decided for 2026 (False = off, True = worked).
OVERRIDES: Mapping[date, bool] = {
    date(2026, 1, 2): False,
    date(2026, 1, 10): True,
    date(2026, 8, 22): True,
}


@dataclass(frozen=True, slots=True)
class DayChange:
    """What staff decided about one day. `worked` None = that decision was withdrawn.

    `n` numbers all decisions: the newest is the version of the calendar.
    """

    n: int
    day: date
    worked: bool | None
    name: str = ""


def standing(changes: Sequence[DayChange]) -> list[DayChange]:
    """The decisions that hold: the newest about each day, unless it withdrew the one before."""
    newest = {one.day: one for one in sorted(changes, key=lambda one: one.n)}
    return [one for one in newest.values() if one.worked is not None]


def days_of(changes: Sequence[DayChange]) -> Mapping[date, bool]:
    """The days that are not what week and holidays say: ours, and over them what staff decided."""
    return {**OVERRIDES, **{one.day: bool(one.worked) for one in standing(changes)}}


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says. `source`: law | release | staff."""

    day: date
    worked: bool
    name: str
    source: str


def special_days(year: int, changes: Sequence[DayChange]) -> list[SpecialDay]:
    """Holidays on weekdays, days swapped by this release, and what staff decided, in order."""
    names = holidays.country_holidays("VN", years=year, language="vi")
    found = {
        day: SpecialDay(day, False, name, "law") for day, name in names.items() if day.weekday() < 5
    }
    found |= {
        day: SpecialDay(day, worked, names.get(day, ""), "release")
        for day, worked in OVERRIDES.items() if day.year == year
    }  # fmt: skip
    for one in standing(changes):
        if one.day.year == year:
            found[one.day] = SpecialDay(one.day, bool(one.worked), one.name, "staff")
    return [found[day] for day in sorted(found)]


def tet_is_forecast(year: int, changes: Sequence[DayChange]) -> bool:
    """Whether nobody has decided yet about the days around this Tết: until then it is reckoned."""
    first, around = tet(year), timedelta(days=10)
    return year > DECIDED and not any(abs(one.day - first) <= around for one in standing(changes))


def local(at: datetime) -> datetime:
    """The same instant on a clock in Viet Nam. Refuses a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time needs a zone")
    return at.astimezone(ZONE)


def is_night(at: datetime) -> bool:
    """Outside the day window 06:00-21:00, when only urgent alarms may ring."""
    return not OPENS <= local(at).time() < SHUTS


@lru_cache(maxsize=64)
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


@lru_cache(maxsize=64)
def tet(year: int) -> date:
    """The first day of the lunar year that begins in `year`; a forecast until it is decided."""
    found = holidays.country_holidays("VN", years=year, language="en_US")
    return min(day for day, name in found.items() if "Lunar New Year" in name.split("; "))


def is_working_day(day: date, overrides: Mapping[date, bool] = OVERRIDES) -> bool:
    """Monday to Friday and no holiday, or a declared working Saturday."""
    if day in overrides:
        return overrides[day]
    return day.weekday() < 5 and day not in _days_off(day.year)


def after_working_days(
    start: datetime, days: int, overrides: Mapping[date, bool] = OVERRIDES
) -> datetime:
    """17:00 of the n-th working day; the day of receipt is not counted (Civil Code Art. 147)."""
    day = local(start).date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, overrides)
    return instant(day, DAY_END)


def working_days_before(
    due: datetime, days: int, overrides: Mapping[date, bool] = OVERRIDES
) -> datetime:
    """The same hour, that many working days earlier."""
    here = local(due)
    day = here.date()
    while days > 0:
        day -= timedelta(days=1)
        days -= is_working_day(day, overrides)
    return instant(day, here.time())


def after_window_hours(start: datetime, span: timedelta) -> datetime:
    """The instant when `span` has passed, counting only 06:00-21:00."""
    here = _into_window(local(start))
    while True:
        shut = datetime.combine(here.date(), SHUTS, ZONE)
        if here + span <= shut:
            return (here + span).astimezone(UTC)
        span -= shut - here
        here = datetime.combine(here.date() + timedelta(days=1), OPENS, ZONE)


def next_morning(now: datetime) -> datetime:
    """The next 07:30, later than now."""
    here = local(now)
    today = datetime.combine(here.date(), MORNING, ZONE)
    return instant(here.date() + timedelta(days=today <= here), MORNING)


def opening(now: datetime) -> datetime:
    """When the day window is open next: now, or the next 06:00."""
    return _into_window(local(now)).astimezone(UTC)


def morning_of(now: datetime) -> date | None:
    """The day whose morning it is, from 07:30 until noon; None at any other time."""
    here = local(now)
    return here.date() if MORNING <= here.time() < NOON else None


def morning_at(day: date) -> datetime:
    """07:30 of this day."""
    return instant(day, MORNING)


def midnight(day: date) -> datetime:
    """When this day begins in Viet Nam."""
    return instant(day, time(0, 0))


def out_of_the_night(at: datetime, due: datetime) -> datetime:
    """A reminder that would ring at night rings at 20:30 before, or at 06:00 if that is before due."""
    if not is_night(at):
        return at
    here = local(at)
    if here.time() < OPENS:
        morning = instant(here.date(), OPENS)
        return morning if morning < due else instant(here.date() - timedelta(days=1), time(20, 30))
    return instant(here.date(), time(20, 30))


def _into_window(here: datetime) -> datetime:
    if here.time() >= SHUTS:
        return datetime.combine(here.date() + timedelta(days=1), OPENS, ZONE)
    return max(here, datetime.combine(here.date(), OPENS, ZONE))


def instant(day: date, hour: time) -> datetime:
    """That hour of that day in Viet Nam."""
    return datetime.combine(day, hour, ZONE).astimezone(UTC)
