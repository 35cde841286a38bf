"""calendar: the working days, and what staff decided about them."""

import argparse
import json
from collections.abc import Mapping

from bot.app import open_store
from bot.commands.command import Command, Failed
from bot.config import Config
from cases.errors import Refused
from cases.times.calendar import local, special_days, tet, tet_is_forecast
from handlers.actions.keep_calendar import OFF, REMOVE, WORKED, decide_day
from storage.store import Store

_WHY: Mapping[str, str] = {
    "error.bad_day": "There is no such day: write it as 2027-02-03.",
    "error.calendar_past": "That day is over: only days to come can be decided.",
    "error.day_none": "Nothing was decided about that day: see bot calendar list.",
    "error.day_name": "A decision needs a name: what the day is, or the number of the decision.",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    listing = sub.add_parser("list", help="the special days of a year")
    listing.add_argument("--year", type=int, default=None)
    listing.add_argument("--json", action="store_true")
    for what, words in ((OFF, "a day off"), (WORKED, "a Saturday that is worked")):
        one = sub.add_parser(what, help=f"{words}: 2027-02-03 and its name")
        one.add_argument("day")
        one.add_argument("name", nargs="+")
    sub.add_parser(REMOVE, help="withdraw what was decided about a day").add_argument("day")


async def _calendar(config: Config, options: argparse.Namespace) -> int:
    store, _ = await open_store(config)
    try:
        if options.what == "list":
            return await _list(store, options)
        async with store.transaction("calendar") as work:
            name = " ".join(getattr(options, "name", ()))
            await decide_day(work, "operator", options.day, options.what, name)
    except Refused as no:
        raise Failed(_WHY[no.key]) from no
    finally:
        await store.close()
    print("Decided. Clocks that start from now on count by it; those that run keep their due.")
    return 0


async def _list(store: Store, options: argparse.Namespace) -> int:
    async with store.reading("calendar") as work:
        changes, today = await work.calendar.changes(), local(work.now).date()
    year = today.year if options.year is None else options.year
    if not today.year - 1 <= year <= today.year + 5:
        raise Failed("The calendar is known from last year to five years ahead.")
    days, forecast = special_days(year, changes), tet_is_forecast(year, changes)
    if options.json:
        rows = [
            {
                "day": one.day.isoformat(),
                "worked": one.worked,
                "name": one.name,
                "source": one.source,
            }
            for one in days
        ]
        print(
            json.dumps(
                {"year": year, "tet_is_forecast": forecast, "days": rows}, ensure_ascii=False
            )
        )
        return 0
    for one in days:
        print(f"{one.day}  {'worked' if one.worked else 'off':<7} {one.source:<8} {one.name}")
    if forecast:
        print(
            f"The days of Tet {year} (first day {tet(year)}) are a forecast until they are decided."
        )
    return 0


CALENDAR = Command("calendar", "working days: list, off, worked, remove", _calendar, _arguments)
