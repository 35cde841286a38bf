"""init: the first hour. Asks for the commune and its people, and ends when they can be reached."""

import argparse
import asyncio
import json
import sys

from bot.app import Geography, open_store
from bot.commands.command import Command, Failed
from bot.commands.doctor import NEEDED, bot_name, examine
from bot.commands.setup import make_invitation, show, ways_in
from bot.config import Config
from cases.model import Role
from cases.roles import ROLES
from storage.records.people import Invite
from storage.store import Store

_ASKED = (*NEEDED, Role.POLICE, Role.SUPERVISOR)
_LOOK_EVERY = 2.0  # seconds between two looks at who has joined


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--commune", default="", help="code or name; asked for when left out")
    for role in _ASKED:
        parser.add_argument(f"--{role.value}", default=None, metavar="NAME")
    parser.add_argument("--no-wait", action="store_true", help="make the invitations and end")
    parser.add_argument("--json", action="store_true", help="one object a line, nothing is asked")


async def _init(config: Config, options: argparse.Namespace) -> int:
    store, _ = await open_store(config)
    try:
        geography = Geography(store)
        await geography.fresh()
        commune = await _commune(geography, options)
        telegram = await bot_name(config)
        for role in _ASKED:
            await _invite(store, config, options, Invite(role, commune, (), ""), telegram)
        if not options.no_wait:
            await _wait(store, commune)
    finally:
        await store.close()
    if options.no_wait:
        return 0
    lines = await examine(config)
    for line in lines:
        print(f"{line.level:<8} {line.about:<9} {line.sentence}")
    return 1 if any(line.level == "error" for line in lines) else 0


async def _commune(geography: Geography, options: argparse.Namespace) -> str:
    """The code of the commune, by code or by name as people write it. Raises Failed."""
    known = geography.places.areas.communes
    typed = options.commune or await _ask(options, "Which commune? ")
    if typed in known:
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


async def _invite(
    store: Store, config: Config, options: argparse.Namespace, invite: Invite, telegram: str | None
) -> None:
    """One invitation where a name was given; officer, deputy and leader get one in any case."""
    role = invite.role
    name = getattr(options, role.value)
    if name is None:
        name = await _ask(options, f"Name of the {role.value} (empty: later)? ")
    if not name and role not in NEEDED:
        return
    commune = "" if ROLES[role].city else invite.commune
    made = await make_invitation(store, Invite(role, commune, (), name))
    ways = {"role": role.value, **ways_in(config, made, telegram)}
    if options.json:
        print(json.dumps(ways), flush=True)
    else:
        print(f"\n{role.value}{' ' + name if name else ''}:")
        show(ways)


async def _wait(store: Store, commune: str) -> None:
    """Until officer, deputy and leader can be reached; stopping it loses nothing."""
    print("\nLet them open their invitations now (bot run must be running). Ctrl-C ends the wait.")
    missing: set[Role] = set()
    while True:
        still = set(NEEDED) - await _joined(store, commune)
        if not still:
            print("Officer, deputy and leader can be reached.")
            return
        if still != missing:
            print("Waiting for: " + ", ".join(sorted(role.value for role in still)), flush=True)
        missing = still
        await asyncio.sleep(_LOOK_EVERY)


async def _joined(store: Store, commune: str) -> set[Role]:
    async with store.reading("init") as work:
        return {
            one.role
            for one in await work.people.everybody()
            if one.active
            and one.commune == commune
            and any(contact.state == "ok" for contact in await work.contacts.of_person(one.id))
        }


INIT = Command("init", "the first hour: commune, people, invitations", _init, _arguments)
