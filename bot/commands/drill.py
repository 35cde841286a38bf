"""drill: a test alert to everybody who may be called, through the real channels; a result for each."""

import argparse
import asyncio
import json
from dataclasses import dataclass
from datetime import datetime

from bot.app import App, open_app
from bot.commands.command import Command, Failed
from bot.config import Config
from cases.model import Person
from handlers.actions.drill import WAIT
from handlers.actor import Actor
from handlers.watching.drills import Heard, called, drill, result_of

_LOOK_EVERY = 2.0  # seconds between two looks at what was pressed


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--commune", default="", metavar="CODE", help="its people only")
    parser.add_argument(
        "--no-wait", action="store_true", help="ring, and leave the results to the page"
    )
    parser.add_argument("--json", action="store_true", help="one object a person")


@dataclass(frozen=True, slots=True)
class Rung:
    """Somebody and their drill; an empty id: no address of theirs works."""

    person: Person
    id: str
    addresses: int
    since: datetime


async def _drill(config: Config, options: argparse.Namespace) -> int:
    app = await open_app(config, replay=False)
    try:
        rung = await _ring(app, options.commune)
        if not rung:
            raise Failed("There is nobody to call there: bot invite --role officer --commune CODE.")
        results = [] if options.no_wait else [await _result(app, one) for one in rung]
    finally:
        await app.close()
    for one, found in zip(rung, results or [None] * len(rung), strict=True):
        print(_line(app, one, found, as_json=options.json, waited=not options.no_wait))
    silent = any(not one.id for one in rung) or any(
        found and not found.channel for found in results
    )
    return 1 if silent else 0


async def _ring(app: App, commune: str) -> list[Rung]:
    rung = []
    async with app.kit.store.transaction("drill") as work:
        await work.inbox.record("desk", "drill")
        actor = Actor(work, app.kit, name="operator")
        for person in await called(work, commune):
            own = [one for one in await work.contacts.of_person(person.id) if one.state == "ok"]
            rung.append(Rung(person, await drill(actor, person), len(own), work.now))
    return rung


async def _result(app: App, one: Rung) -> Heard | None:
    """Until somebody pressed, or each of their addresses has had its time. `bot run` rings the next one."""
    while one.id:
        async with app.kit.store.reading("drill") as work:
            found, now = await result_of(work, one.id), work.now
        if found is None or found.channel or now - one.since > WAIT * one.addresses:
            return found
        await asyncio.sleep(_LOOK_EVERY)
    return None


def _line(app: App, one: Rung, found: Heard | None, *, as_json: bool, waited: bool) -> str:
    person = one.person
    commune = app.kit.places().areas.communes.get(person.commune, person.commune)
    outcome = "rung" if not waited else "heard" if found and found.channel else "not heard"
    outcome = outcome if one.id else "cannot be reached"
    silent = list(found.silent) if found else []
    if as_json:
        return json.dumps({
            "role": person.role.value, "name": person.name, "commune": person.commune, "outcome": outcome,
            "channel": found.channel if found else "", "seconds": found.seconds if found else None,
            "silent": silent,
        })  # fmt: skip
    who = f"{person.role.value} {person.name or person.id} ({commune})"
    how = f" on {found.channel} after {found.seconds} seconds" if found and found.channel else ""
    rest = f"; silent: {', '.join(silent)}" if silent else ""
    return f"{who}: {outcome}{how}{rest}"


DRILL = Command(
    "drill", "a test alert to everybody who may be called, and who heard it", _drill, _arguments
)
