"""Acts of the command line and of pages, done again after a restore from what the journal kept of them.

What they decided is written as it was decided then: nobody is asked or told once more. What only
its own rules can do is done anew by them (`handlers/done_again.py`). Readings are logged again.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cases.errors import Refused
from cases.model import Role
from handlers.actions.keep_calendar import WHAT
from handlers.actor import Actor
from handlers.casework.shut_files import file_again
from handlers.done_again import DONE_AGAIN
from storage.records.areas import AreaRow, Owners
from storage.records.people import Invite

Told = Mapping[str, Any]


async def told_again(actor: Actor, raw: bytes) -> bool:
    """Do what this row of the desk tells. False = it is none of these acts."""
    try:
        told = json.loads(raw)
        act, by = told["redo"], told.get("by", "")
    except (ValueError, KeyError, TypeError):
        return False
    if act in RETOLD:
        await RETOLD[act](actor, told["told"])
    elif act in DONE_AGAIN:
        await _done_again(actor, by, act, told["told"])
    return True


async def _done_again(actor: Actor, by: str, act: str, told: Told) -> None:
    """By whoever did it; nobody for whom a rule said no then."""
    person = await actor.work.people.get(by) if by else None
    if by and (person is None or not person.active):
        return
    with suppress(Refused):
        await DONE_AGAIN[act](replace(actor, person=person, name=by or "operator"), told)


async def _audited(actor: Actor, told: Told) -> None:
    """Who read and did what outside a turn; what is done anew logs itself."""
    for row in told["rows"]:
        await actor.work.audit.write(row["actor"], row["act"], row["case_id"], row["detail"])


async def _setting(actor: Actor, told: Told) -> None:
    await actor.work.settings.add(told["commune"], told["name"], told["value"], told["by"])


async def _calendar(actor: Actor, told: Told) -> None:
    day, worked = date.fromisoformat(told["day"]), WHAT[told["what"]]
    await actor.work.calendar.add(day, worked=worked, name=told["name"], by=told["by"])


async def _person(actor: Actor, told: Told) -> None:
    person = await actor.work.people.get(told["person"])
    if person is not None:
        after = replace(person, name=told["name"], villages=tuple(told["villages"]))
        await actor.work.people.save(after)


async def _villages(actor: Actor, told: Told) -> None:
    for area, owners in told["rows"]:
        row = AreaRow(**{**area, "aliases": tuple(area["aliases"])})
        await actor.work.areas.put([row])
        await actor.work.areas.set_owners(row, Owners(**owners))
    actor.work.wake("areas")


async def _invite(actor: Actor, told: Told) -> None:
    """Its code is known to whoever was given it: they may have used it since."""
    given = dict(told["invite"])
    given |= {"role": Role(given["role"]), "villages": tuple(given["villages"])}
    expires_at = datetime.fromisoformat(told["expires_at"])
    await actor.work.invites.put(told["hash"], Invite(**given), expires_at)


async def _uninvite(actor: Actor, told: Told) -> None:
    await actor.work.invites.end(told["invite"])


async def _confirm(actor: Actor, told: Told) -> None:
    await actor.work.invites.confirm(told["invite"], "operator")


async def _tries(actor: Actor, told: Told) -> None:
    await actor.work.pins.tried(told["person"], told["tries"])


async def _half(actor: Actor, told: Told) -> None:
    await actor.work.keks.note()
    await actor.work.keks.confirm(told["half"], told["name"], told["kek"])


async def _thread(actor: Actor, told: Told) -> None:
    await actor.work.webchat.put(told["session"], told["token"], told["lang"])


async def _left(actor: Actor, told: Told) -> None:
    await actor.work.webchat.close(told["session"])


RETOLD: Mapping[str, Callable[[Actor, Told], Awaitable[None]]] = {
    "setting": _setting, "calendar": _calendar, "person": _person, "villages": _villages,
    "invite": _invite, "uninvite": _uninvite, "confirm": _confirm,
    "thread": _thread, "left": _left, "audited": _audited, "pin_tries": _tries, "half": _half,
    "file": file_again,
}  # fmt: skip
