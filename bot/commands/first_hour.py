"""init: the first hour. Asks for the commune and its people, and ends when an officer heard a real alert."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.app import App, Geography, open_app
from bot.commands.command import Command, Failed
from bot.commands.doctor import bot_name, examine
from bot.commands.keys import offer_halves
from bot.commands.setup import make_invitation, show, ways_in
from bot.config import Config
from cases.model import Person, Role
from cases.roles import NEEDED, ROLES
from handlers.actions.drill import WAIT, ring_bell
from handlers.actor import Actor
from storage.records.people import Invite

_ASKED = (*NEEDED, Role.POLICE, Role.SUPERVISOR)
_LOOK_EVERY = 2.0  # seconds between two looks at what the people have done
_DELIVERED = timedelta(seconds=20)  # a program that runs has sent a test alert by then
# A test goes from one address to the next, each after its wait; then it is rung again.
_AGAIN = 3 * WAIT


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--commune", default="", help="code or name; asked for when left out")
    for role in _ASKED:
        parser.add_argument(f"--{role.value}", default=None, metavar="NAME")
    parser.add_argument("--no-wait", action="store_true", help="make the invitations and end")
    parser.add_argument("--json", action="store_true", help="one object a line, nothing is asked")


async def _init(config: Config, options: argparse.Namespace) -> int:
    app = await open_app(config, replay=False)
    try:
        wizard = Wizard(app, options, await _commune(app.geography, options))
        await wizard.invite_all(await bot_name(config))
        if options.no_wait:
            return 0
        await wizard.wait()
    finally:
        await app.close()
        if not options.json:
            await offer_halves(config)
    lines = await examine(config)
    for line in lines if not options.json else ():
        print(f"{line.level:<8} {line.about:<9} {line.sentence}")
    return 1 if any(line.level == "error" for line in lines) else 0


async def _commune(geography: Geography, options: argparse.Namespace) -> str:
    """The code of the commune, by code or by name as people write it. Raises Failed."""
    areas = geography.places.areas
    known = areas.communes
    typed = options.commune or await _ask(options, "Which commune? ")
    if typed in known or typed in areas.country.units:
        return str(typed)
    # A commune is asked for: the name that a former district had too means the commune here.
    found = geography.places.find(f"xa {typed}")
    codes = {one.code for one in found.candidates}
    if found.match == "none" or len(codes) != 1:
        names = ", ".join(f"{code} {name}" for code, name in known.items())
        raise Failed(f"Write one of these: {names}.")
    return codes.pop()


async def _ask(options: argparse.Namespace, question: str) -> str:
    if options.json or not sys.stdin.isatty():
        return ""
    print(question, end="", flush=True)
    return str(await asyncio.to_thread(sys.stdin.readline)).strip()


class Wizard:
    """The first hour of one commune. It may be stopped and begun again at any moment."""

    def __init__(self, app: App, options: argparse.Namespace, commune: str) -> None:
        self._app = app
        self._options = options
        self._commune = commune
        self._store = app.kit.store
        self._missing = ""  # whom the last line waited for
        self._bell = ""  # the test alert that rings now

    async def invite_all(self, telegram: str | None) -> None:
        """One invitation for each role that nobody has yet; officer, deputy and leader in any case."""
        here = {one.role for one in await self._reachable()}
        for role in _ASKED:
            if role in here:
                self._say("here", f"\n{role.value}: is here already.", role=role.value)
            else:
                await self._invite(role, telegram)

    async def _invite(self, role: Role, telegram: str | None) -> None:
        name = getattr(self._options, role.value)
        if name is None:
            name = await _ask(self._options, f"Name of the {role.value} (empty: later)? ")
        if not name and role not in NEEDED:
            return
        commune = "" if ROLES[role].city else self._commune
        made = await make_invitation(self._store, Invite(role, commune, (), name))
        ways = {"role": role.value, **ways_in(self._app.config, made, telegram)}
        if self._options.json:
            print(json.dumps(ways), flush=True)
            return
        print(f"\n{role.value}{' ' + name if name else ''}:")
        show(ways)

    def _say(self, event: str, text: str, **facts: str) -> None:
        line = json.dumps({"event": event, **facts}) if self._options.json else text
        print(line, flush=True)

    async def wait(self) -> None:
        """Until officer, deputy and leader have an address and an officer has heard a test alert."""
        self._say(
            "wait",
            "\nLet them open their invitations now (bot run must be running). "
            "Ctrl-C ends the wait; begin again later with the same command.",
        )
        await self._until(self._everybody_here)
        self._say("reachable", "Officer, deputy and leader can be reached.")
        while not await self._rung():
            self._say("unheard", "Nobody pressed it. The alert rings once more.")

    async def _until(self, done: Callable[[], Awaitable[bool]], longest: float = 0) -> bool:
        """Look again and again. False = it was not so within `longest` seconds (0: no limit)."""
        waited = 0.0
        while not await done():
            if longest and waited >= longest:
                return False
            await asyncio.sleep(_LOOK_EVERY)
            waited += _LOOK_EVERY
        return True

    async def _everybody_here(self) -> bool:
        missing = sorted(set(NEEDED) - {one.role for one in await self._reachable()})
        text = ", ".join(role.value for role in missing)
        if missing and text != self._missing:
            self._say("missing", f"Waiting for: {text}", roles=text)
        self._missing = text
        return not missing

    async def _rung(self) -> bool:
        """A real alert to the officer's own addresses, and whether they pressed that they heard it."""
        officer = next(one for one in await self._reachable() if one.role is Role.OFFICER)
        async with self._store.transaction("test alert") as work:
            actor = Actor(work, self._app.kit, name="operator")
            self._bell = await ring_bell(actor, officer)
            await work.inbox.record("desk", "test alert")
        self._say("rung", "A test alert is on its way to the officer: they press the button in it.")
        if not await self._until(self._sent, _DELIVERED.total_seconds()):
            self._say("not_sent", "It has not left yet: is bot run running, in this same folder?")
        if not await self._until(self._heard, _AGAIN.total_seconds()):
            return False
        self._say("heard", "The officer has heard it. An alert reaches this commune.")
        return True

    async def _sent(self) -> bool:
        async with self._store.reading("init") as work:
            told = await work.outbox.told(f"staff:bell:{self._bell}:")
        return any(one.state == "sent" for one in told)

    async def _heard(self) -> bool:
        async with self._store.reading("init") as work:
            heard: datetime | None = await work.bells.heard(self._bell)
        return heard is not None

    async def _reachable(self) -> Sequence[Person]:
        """Who works in this commune (or for the city) and has an address that works."""
        async with self._store.reading("init") as work:
            return [
                one
                for one in await work.people.everybody()
                if one.active
                and one.commune in (self._commune, "")
                and any(contact.state == "ok" for contact in await work.contacts.of_person(one.id))
            ]


INIT = Command(
    "init", "the first hour: commune, people, a test alert that is heard", _init, _arguments
)
