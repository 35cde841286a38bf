"""Days of the lunar calendar, looked up in the months of moons.py. What they do not cover is unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from cases.times.calendar import tet
from cases.times.moons import YEARS


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, how many days it has, its number, whether it is the second of its name."""

    first: date
    days: int
    number: int
    leap: bool

    def day(self, number: int) -> date:
        """That day of it; a thirtieth where there are only 29 is the last."""
        return self.first + timedelta(days=min(number, self.days) - 1)


def last_tet(today: date) -> date:
    """The Tết that was last begun."""
    this = tet(today.year)
    return this if this <= today else tet(today.year - 1)


def lunar_day(day: int, month: int, today: date, *, leap: bool = False) -> tuple[date, date] | None:
    """The last such day, as from-to: where that month came twice, either may be meant unless it is said."""
    found = [one for one in _months() if one.number == month and one.day(day) <= today]
    if leap:
        found = [one for one in found if one.leap]
    if not found or today > _months()[-1].day(30):
        return None
    last = found[-1]
    twin = next((one for one in found[-2:-1] if last.leap and not leap), last)
    return twin.day(day), last.day(day)


def last_day(day: int, until: date) -> date | None:
    """The last rằm, the last first of a month, not later than that day; None = beyond what is known."""
    found = [one.day(day) for one in _months() if one.day(day) <= until]
    return found[-1] if found and until <= _months()[-1].day(30) else None


@lru_cache(maxsize=1)
def _months() -> tuple[Month, ...]:
    return tuple(month for year in sorted(YEARS) for month in _of(year))


def _of(year: int) -> Iterator[Month]:
    first, twice, lengths = YEARS[year]
    day, number, leap = date.fromisoformat(first), 1, False
    for length in lengths:
        month = Month(day, 29 + int(length), number, leap)
        yield month
        day += timedelta(days=month.days)
        leap = number == twice and not leap
        number += not leap
