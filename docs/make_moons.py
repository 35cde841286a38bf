"""Writes cases/times/moons.py, the months of the lunar calendar of Viet Nam, from two packages of PyPI.

    pip install lunar-vn==1.4.0 vnlunar==1.0.5, in an environment of its own, then
    python docs/make_moons.py

The figures are those of lunar-vn (MIT licence), and nothing is written where vnlunar says otherwise. The
packages are needed here only: the program reads the file that is written.
"""

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

OUT = Path(__file__).parents[1] / "cases" / "times" / "moons.py"
FIRST, LAST = 2020, 2045
_HEAD = '''"""The months of the lunar calendar of Viet Nam: written by docs/make_moons.py.

Source: lunar-vn 1.4.0 (PyPI, licence MIT), equal to vnlunar 1.0.5 day by day; reckoned for UTC+7.
A year is its first day (Tet), the month that comes twice (0 = none), and its months: 1 = 30 days, 0 = 29.
"""

from collections.abc import Mapping

YEARS: Mapping[int, tuple[str, int, str]] = {
'''

_Month = tuple[
    date, int, int, bool
]  # first day, lunar year, month, whether it is the second of its name


def main() -> None:
    """Read the packages, compare them, write the file."""
    months = _months()
    lines = []
    for year in range(FIRST, LAST + 1):
        own = [at for at, month in enumerate(months) if month[1] == year]
        lengths = [(months[at + 1][0] - months[at][0]).days - 29 for at in own]
        twice = next((months[at][2] for at in own if months[at][3]), 0)
        shown = "".join(map(str, lengths))
        lines.append(f'    {year}: ("{months[own[0]][0]}", {twice}, "{shown}"),\n')
    OUT.write_text(f"{_HEAD}{''.join(lines)}}}\n", encoding="utf-8")


def _months() -> list[_Month]:
    ours, theirs = import_module("lunar_vn"), import_module("vnlunar")
    found = []
    day = date(FIRST, 1, 1)
    while day < date(LAST + 1, 4, 1):
        here = ours.convert_solar_to_lunar(day.day, day.month, day.year)
        there = theirs.get_lunar_date(day.day, day.month, day.year)
        seen = (here.day, here.month, here.year, bool(here.leap))
        if seen != (there["day"], there["month"], there["year"], bool(there["leap"])):
            raise SystemExit(f"The two packages disagree about {day}.")
        if here.day == 1:
            found.append((day, here.year, here.month, bool(here.leap)))
        day += timedelta(days=1)
    return found


if __name__ == "__main__":
    main()
