"""invite, people: who works here."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.app import App, open_app, open_store
from bot.commands.command import Command, Failed
from bot.commands.doctor import bot_name
from bot.config import Config
from cases.codes import Chance, digest, invitation, read_invitation
from cases.duty import LeaveState
from cases.model import Person, Role
from cases.roles import ROLES
from handlers.actions.manage_staff import remove
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, tell
from storage.records.areas import known_communes
from storage.records.invites import LIFE, Waiting
from storage.records.people import Invite
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_ID = 8  # characters that name a waiting invitation


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation, in clear for the only time."""

    code: str
    expires_at: datetime


async def make_invitation(store: Store, invite: Invite) -> Made:
    """Made on the command line it counts as confirmed by the operator and works at once."""
    async with store.transaction("invite") as work:
        return await made_in(work, store.chance, invite)


async def made_in(work: UnitOfWork, chance: Chance, invite: Invite) -> Made:
    """The same, in a transaction that decides whether it is needed."""
    code, expires_at = invitation(chance), work.now + LIFE
    hashed = await work.invites.create(code, invite, expires_at)
    await work.audit.write("operator", "invited", "", {"role": invite.role.value})
    told = {"hash": hashed, "invite": asdict(invite), "expires_at": expires_at.isoformat()}
    await work.inbox.redo("invite", told)
    return Made(code, expires_at)


def _invite_arguments(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--role", choices=[role.value for role in Role])
    who.add_argument(
        "--for", dest="person", metavar="ID", help="one more address of this person (bot people)"
    )
    who.add_argument(
        "--confirm", nargs="?", const="", metavar="CODE",
        help="be the second person for an invitation made in chat; without CODE: those that wait",
    )  # fmt: skip
    parser.add_argument("--commune", default="")
    parser.add_argument("--village", action="append", default=[])
    parser.add_argument("--name", default="")
    parser.add_argument("--json", action="store_true")


async def _invite(config: Config, options: argparse.Namespace) -> int:
    if options.confirm is not None:
        return await _confirm(config, options)
    store, _ = await open_store(config)
    try:
        invite = await (_second if options.person else _first)(store, options)
        made = await make_invitation(store, invite)
    finally:
        await store.close()
    ways = ways_in(config, made, await bot_name(config))
    if options.json:
        print(json.dumps(ways))
    else:
        show(ways)
    return 0


async def _confirm(config: Config, options: argparse.Namespace) -> int:
    """The operator as the second person: what waits, or one of them by its code or its id."""
    app = await open_app(config, replay=False)
    try:
        async with app.kit.store.transaction("confirm") as work:
            waiting = await work.invites.all_waiting()
            if options.confirm:
                waiting = [
                    await _agree(Actor(work, app.kit, name="operator"), options.confirm, waiting)
                ]
            rows = [await _waiting_row(work, one) for one in waiting]
    finally:
        await app.close()
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    elif options.confirm:
        print("Confirmed. The code works from now on.")
    for row in rows if not (options.json or options.confirm) else ():
        print("{id}  {role:<13} {commune:<6} {name}, by {by}, until {until}".format(**row))
    return 0


async def _agree(actor: Actor, typed: str, waiting: Sequence[Waiting]) -> Waiting:
    """Confirm the one that is meant, and tell whoever made it. Raises Failed when none, or two, fit."""
    code = read_invitation(typed)
    named = [one for one in waiting if one.id == digest(code or "") or one.id.startswith(typed)]
    if len(named) != 1 or len(typed) < _ID:
        raise Failed(
            "No invitation waits under this code: bot invite --confirm lists those that do."
        )
    work, one = actor.work, named[0]
    await work.invites.confirm(one.id, "operator")
    await work.audit.write("operator", "invite_confirmed", "", {"invite": one.id})
    await work.inbox.redo("confirm", {"invite": one.id})
    maker = await work.people.get(one.invite.made_by)
    about, key = f"invite:{one.id}", f"invite_confirmed:{one.id}"
    errand = Errand("invite_confirmed", about, key, {"role": "system"})
    await tell(actor, [maker] if maker is not None and maker.active else [], errand)
    return one


async def _waiting_row(work: UnitOfWork, one: Waiting) -> dict[str, str]:
    maker = await work.people.get(one.invite.made_by)
    return {
        "id": one.id[:_ID], "role": one.invite.role.value, "commune": one.invite.commune,
        "name": one.invite.name, "villages": ";".join(one.invite.villages),
        "by": f"{maker.role.value} {maker.name}".strip() if maker is not None else "?",
        "until": one.expires_at.isoformat()[:16],
    }  # fmt: skip


async def _first(store: Store, options: argparse.Namespace) -> Invite:
    """For somebody new. Raises Failed for a commune that is missing or unknown."""
    role = Role(options.role)
    if not ROLES[role].city and not options.commune:
        raise Failed(f"An invitation for {role.value} needs --commune CODE.")
    async with store.reading("areas") as work:
        known = known_communes(await work.areas.rows(), await work.areas.country())
    if options.commune and options.commune not in known:
        raise Failed(f"No commune has the code {options.commune}.")
    commune = "" if ROLES[role].city else options.commune
    return Invite(role, commune, tuple(options.village), options.name)


async def _second(store: Store, options: argparse.Namespace) -> Invite:
    """One more address of somebody who works here. Raises Failed when nobody has this id."""
    async with store.reading("people") as work:
        person = await work.people.get(options.person)
    if person is None or not person.active:
        raise Failed(f"Nobody who works here has the id {options.person}.")
    return Invite(person.role, person.commune, person.villages, person.name, person.id)


def ways_in(config: Config, made: Made, telegram: str | None) -> dict[str, str]:
    """The invitation for every channel; `telegram` is the bot's user name where it is known."""
    address = config.public_url.rstrip("/") or f"http://{config.http_host}:{config.http_port}"
    start = f"https://t.me/{telegram}?start={made.code}" if telegram else f"/start {made.code}"
    return {
        "code": made.code, "expires_at": made.expires_at.isoformat(),
        "web": f"{address}/join/{made.code}", "telegram": start, "zalo": f"#{made.code}",
    }  # fmt: skip


def show(ways: dict[str, str]) -> None:
    """The same for a person: once, to whoever stands at the terminal."""
    print(f"Invitation {ways['code']}, once, until {ways['expires_at'][:16]} UTC")
    for name in ("web", "telegram", "zalo"):
        print(f"  {name:<9} {ways[name]}")


def _people_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--remove", metavar="ID", default="")


async def _people(config: Config, options: argparse.Namespace) -> int:
    app = await open_app(config, replay=False)
    try:
        if options.remove:
            await _remove(app, options.remove)
        async with app.kit.store.reading("people") as work:
            shut = {gate[:2]: gate[2] for gate in await work.outbox.shut_gates()}
            people = await work.people.everybody()
            rows = [await _person_row(work, one, shut) for one in people]
    finally:
        await app.close()
    for row in rows if not options.json else ():
        where = ", ".join(map(_address, row["addresses"]))
        print(
            f"{row['id']}  {row['role']:<13} {row['commune']:<6} {row['name']}  [{where}]  "
            f"{_presence(row)}"
        )
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    return 0


def _address(row: dict[str, str]) -> str:
    held = f" (held: {row['held']})" if row["held"] else ""
    return f"{row['channel']} {row['state']}{held}"


async def _person_row(
    work: UnitOfWork, one: Person, shut: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    """`held` says why nothing leaves through the account of an address just now."""
    leaves = [
        {
            "from": leave.starts_at.isoformat(), "to": leave.ends_at.isoformat(),
            "substitute": leave.substitute_id, "accepted": leave.state is LeaveState.ACCEPTED,
        }
        for leave in await work.leaves.open()
        if leave.person_id == one.id
    ]  # fmt: skip
    return {
        "id": one.id, "role": one.role.value, "commune": one.commune, "name": one.name,
        "on_duty": one.on_duty, "active": one.active, "substitute": one.substitute, "leaves": leaves,
        "addresses": [
            {
                "channel": contact.channel, "state": contact.state,
                "held": shut.get((contact.channel, contact.account), ""),
            }
            for contact in await work.contacts.of_person(one.id)
        ],
    }  # fmt: skip


def _presence(row: dict[str, Any]) -> str:
    if not row["active"]:
        return "removed"
    if row["substitute"]:
        return f"on leave, {row['substitute']} stands in"
    return "on duty" if row["on_duty"] else "off duty"


async def _remove(app: App, person_id: str) -> None:
    async with app.kit.store.transaction("remove") as work:
        person = await work.people.get(person_id)
        if person is None:
            raise Failed(f"Nobody has the id {person_id}.")
        await work.inbox.again("remove", "", {"person": person_id})
        await remove(Actor(work, app.kit, name="operator"), person)


INVITE = Command("invite", "make a one-time invitation", _invite, _invite_arguments)
PEOPLE = Command("people", "who works here, and how they are reached", _people, _people_arguments)
