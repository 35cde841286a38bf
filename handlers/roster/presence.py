"""On duty and off: the switch itself, who is free because of it, and who hears when nobody is left."""

from dataclasses import replace

from cases.duty import FIRST_CALLED, ShiftState, there
from cases.model import Person, Status
from handlers.access import cases_for
from handlers.actor import Actor
from handlers.alarms.alarm import call_in
from handlers.roster.colleagues import Errand, nobody_left, tell


async def come_on(actor: Actor, person: Person) -> None:
    """They are called from now on; whoever stayed only because nobody else was there is free."""
    await actor.work.people.save(replace(person, on_duty=True))
    await actor.work.audit.write(person.id, "duty_on")
    await _show_what_waits(actor, person)
    if person.role in FIRST_CALLED:
        await _relieve(actor, person)


async def _show_what_waits(actor: Actor, person: Person) -> None:
    """A case that nobody has taken was alerted while they were away: they hear of it now."""
    staff = await actor.work.people.staff(person.commune)
    if person.id not in {one.id for one in there(staff, person.commune)}:
        return
    own = {one.id for one in await actor.work.contacts.of_person(person.id)}
    for case in await cases_for(actor.work, replace(person, on_duty=True)):
        told = await actor.work.outbox.told(f"case:{case.id}:alert:{case.rev}:")
        if case.status is Status.RECEIVED and own.isdisjoint(one.contact_id for one in told):
            await call_in(actor, case, person)


async def _relieve(actor: Actor, person: Person) -> None:
    for shift in await actor.work.shifts.of_commune(person.commune, ShiftState.STAYING):
        other = await actor.work.people.get(shift.person_id)
        ended = await actor.work.shifts.mark(shift, ShiftState.ENDED)
        if not ended or other is None or other.id == person.id:
            continue
        await actor.work.people.save(replace(other, on_duty=False))
        await actor.work.audit.write("system", "duty_off", "", {"person": other.id})
        errand = Errand(
            "shift_relieved", f"shift:{shift.id}", f"relieved:{shift.id}", {"role": person.role}
        )
        await tell(actor, [other], errand)


async def go_off(actor: Actor, person: Person, key: str) -> bool:
    """They are called no more. False = nobody is on duty there now; leader and administrators hear it."""
    await actor.work.people.save(replace(person, on_duty=False))
    await actor.work.audit.write(person.id, "duty_off")
    if not person.commune:
        return True
    left = there(await actor.work.people.staff(person.commune), person.commune)
    if not left:
        await nobody_left(actor, person.commune, key)
    return bool(left)
