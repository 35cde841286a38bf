"""Days of the lunar calendar, near enough to say `about`: counted in moons from Tết."""

from datetime import date, timedelta

from cases.times.calendar import tet

_MOON = 29.53
_LEAP_YEAR = 370  # a year between two Tết that is longer has a thirteenth month


def last_tet(today: date) -> date:
    """The Tết that was last begun."""
    this = tet(today.year)
    return this if this <= today else tet(today.year - 1)


def lunar_day(day: int, month: int, today: date) -> tuple[date, date]:
    """The days the last 5/11 of the lunar calendar may have been; a leap month moves it by a moon."""
    since = timedelta(days=round(_MOON * (month - 1)) + day - 2)
    years = (today.year, today.year - 1, today.year - 2)
    year = next(year for year in years if tet(year) + since <= today)
    first = tet(year) + since
    leap = (tet(year + 1) - tet(year)).days > _LEAP_YEAR
    return first, first + timedelta(days=2 + 30 * leap)
