"""A notice that waited is thought over once more: only what is still true, and theirs to know, goes out."""

from collections.abc import Mapping
from typing import Any

from cases.access import View
from cases.model import Case, Status
from handlers.access import view_for
from handlers.actor import Actor
from handlers.mornings import again
from notifications.announce import Call
from notifications.quiet import ALONE
from storage.ledgers.outbox import OutboxRow


async def anew(actor: Actor, row: OutboxRow) -> Mapping[str, Any] | None:
    """The row's message as the case is now, with its code for a bundle; None = it is not told any more."""
    work = actor.work
    contact = await work.contacts.get(row.contact_id)
    person = await work.people.get(contact.person_id) if contact is not None else None
    if contact is None or person is None or not person.active:
        return None
    if row.bundle == ALONE:
        return await again(actor, row, person)
    case = await work.cases.get(row.case_id)
    if case is None or await view_for(work, person, case) is View.NONE:
        return None
    if await _overtaken(actor, row, case) or not await _true(actor, row, case):
        return None
    call = Call.read(row.key, row.body["call"])
    text = actor.kit.announcer.words(contact.lang, case, call)
    return {**row.body, "text": text, "code": case.code}


async def _overtaken(actor: Actor, row: OutboxRow, case: Case) -> bool:
    """The newest of a kind says it all, and who has opened the case since has seen its news."""
    same = ":".join(row.key.split(":")[:3]) + ":"
    seen = () if ":alert:" in row.key else (f"card:{case.id}:",)
    return await actor.work.bundles.overtaken(row, (same, *seen))


async def _true(actor: Actor, row: OutboxRow, case: Case) -> bool:
    notice, closed = row.body["call"]["notice"], case.status is Status.CLOSED
    if closed or notice == "closed":
        return closed and notice == "closed"
    if ":alert:" in row.key:
        return not case.holder
    if notice == "taken":
        return bool(case.holder)
    if notice == "reminder":
        armed = await actor.work.timers.armed(f"case:{case.id}")
        return any(timer.kind == row.key.split(":")[2] for timer in armed)
    return True
