"""On duty, off duty: who is told of new cases."""

from dataclasses import replace

from cases.model import Role
from handlers.actor import Actor

_ALERTED = (Role.OFFICER, Role.DEPUTY)  # who hears of a new case first


async def set_duty(actor: Actor, *, on: bool) -> None:
    """The person in front of us takes or leaves the shift; an empty commune is said aloud."""
    person = actor.person
    assert person is not None
    await actor.work.people.save(replace(person, on_duty=on))
    await actor.work.audit.write(person.id, "duty_on" if on else "duty_off")
    if on:
        await actor.say(actor.words("work.on_duty"))
        return
    staff = await actor.work.people.staff(person.commune)
    others = [one for one in staff if one.id != person.id and one.role in _ALERTED and one.on_duty]
    await actor.say(actor.words("work.off_duty" if others else "work.off_duty_last"))
