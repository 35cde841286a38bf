"""An address does not work: the person's next address, else the next step of the chain, at once."""

from dataclasses import dataclass

from cases.access import View
from cases.model import Case, Person, Role, Status
from cases.routing import people_for
from handlers.access import cases_around, open_to, view_for
from handlers.actor import Actor
from handlers.alarms.alarm import alarm_values, report_gone, ring, sound, staff_of
from handlers.casework.acts.visits import unreached
from handlers.casework.cards import refresh
from notifications.announce import Call, reachable, shut_accounts
from notifications.notices import NOTICES
from storage.records.people import Contact


@dataclass(frozen=True, slots=True)
class Lost:
    """Who was not reached, and where. `blocked`: for good, not only for the moment."""

    person: Person
    contact: Contact
    blocked: bool


async def other_way(actor: Actor, case: Case, lost: Lost, call: Call) -> None:
    """The same words on the next address that has not had them; without one, somebody else is called."""
    if await view_for(actor.work, lost.person, case) is View.NONE:
        return  # they may not know of it any more, and somebody else was called for that
    if await _told_elsewhere(actor, case, lost, call):
        return
    if not lost.blocked or case.status is Status.CLOSED:
        return
    if NOTICES[call.notice].part and lost.person.role is not Role.POLICE:
        await unreached(actor, case, lost.person)  # not their commune's chain: the next who may
        return
    if not case.holder and ":alert:" in call.key:
        await _next_step(actor, case)
    elif case.status is not Status.RECEIVED:
        await _above(actor, case, lost.person, call)


async def _told_elsewhere(actor: Actor, case: Case, lost: Lost, call: Call) -> bool:
    """On the next address that has not had them; where its gate is shut, on the one after it, too."""
    shut, told = await shut_accounts(actor.work), False
    for other in await reachable(actor.work, lost.person):
        if other.id == lost.contact.id:
            continue
        if await actor.kit.announcer.tell_contact(actor.work, case, other, call):
            told = True
            if (other.channel, other.account) not in shut:
                break
    return told


async def address_lost(actor: Actor, person: Person, contact: Contact) -> None:
    """They blocked us: whatever they were called to, or hold, must not wait for a clock."""
    for case in await cases_around(actor.work, person):
        if not await open_to(actor.work, person, case):
            continue
        called = [
            told
            for told in await actor.work.outbox.told(f"case:{case.id}:alert:")
            if told.contact_id == contact.id
        ]
        if case.holder != person.id and (case.holder or not called):
            continue
        await report_gone(actor, case, person, contact.channel)
        if case.holder == person.id:
            if not await reachable(actor.work, person):
                call = Call("holder_gone", f"case:{case.id}:holder_gone:{case.rev}", {})
                await _above(actor, case, person, call)
            continue
        stem = called[-1].key.rsplit(":", 1)[0]
        call = Call("alert", stem, alarm_values(actor, case))
        await other_way(actor, case, Lost(person, contact, blocked=True), call)


async def reporter_gone(actor: Actor, case: Case, contact: Contact) -> None:
    """A reporter cannot be reached there any more: an event, and every open card says so."""
    key = f"{case.id}:reporter_gone:{contact.id}:{contact.last_in_at:%Y-%m-%dT%H:%M:%S}"
    await actor.work.cases.add_event(case.id, key, "reporter_gone", "system", {})
    await refresh(actor, case)


async def reporter_back(actor: Actor, contact: Contact) -> None:
    """They can be reached again: every open card says so."""
    for case in await actor.work.cases.reported_by(contact.id):
        await refresh(actor, case)


async def _next_step(actor: Actor, case: Case) -> None:
    armed = await actor.work.timers.armed(f"case:{case.id}")
    step = next((one.step for one in armed if one.kind == "unanswered"), 1)
    await sound(actor, case, "alert", step)


async def _above(actor: Actor, case: Case, person: Person, call: Call) -> None:
    staff, excluded = await staff_of(actor, case)
    people = people_for((Role.LEADER,), case, staff, excluded)
    others = [one for one in people if one.id != person.id]
    await ring(actor, case, others, call, somebody=True)
