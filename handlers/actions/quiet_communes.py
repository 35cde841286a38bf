"""Communes from which nothing comes: neither a report nor a test alert that somebody heard for 90 days."""

from datetime import date

from cases.errors import Refused
from cases.figures import quiet_communes, quiet_since
from cases.model import Person, Role, Timer
from cases.times.calendar import local, morning_at
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, tell

KIND = (
    "quiet_commune"  # a timer's: owner `quiet:<commune>:<person>`, round = the day it became quiet
)


async def quiet_for(actor: Actor, person: Person) -> dict[str, date]:
    """Commune -> the day on which it became quiet, as this person may know of its cases."""
    shut = await actor.work.cases.shut_to(person.id)
    since = await actor.work.figures.served_since()
    heard = [
        await actor.work.figures.last_report(sorted(shut)),
        await actor.work.figures.last_bell(),
    ]
    found = quiet_communes(since, heard, actor.work.now)
    return {one: local(quiet_since(one, since, heard)).date() for one in found}


async def quiet_this_morning(actor: Actor, day: date) -> list[Timer]:
    """Whom to tell of which commune; once for each time that it becomes quiet."""
    found: list[Timer] = []
    for person in await actor.work.people.here_since(morning_at(day)):
        if person.role is not Role.SUPERVISOR:
            continue
        quiet = await quiet_for(actor, person)
        for since in sorted(set(quiet.values())):  # asked together: they may be all of a city
            owners = [f"quiet:{one}:{person.id}" for one in quiet if quiet[one] == since]
            round_ = since.toordinal()
            known = await actor.work.timers.thought_of(owners, KIND, round_)
            found += [
                Timer(owner, KIND, round_, 0, 0, morning_at(day))
                for owner in owners if owner not in known
            ]  # fmt: skip
    return found


async def on_quiet(actor: Actor, timer: Timer) -> None:
    """The city hears of it, unless somebody has reported or answered a test alert meanwhile."""
    _, commune, person_id = timer.owner.split(":")
    person = await actor.work.people.get(person_id)
    if person is None or not person.active or commune not in await quiet_for(actor, person):
        return
    errand = Errand("commune_quiet", f"commune:{commune}", f"{timer.owner}:{timer.round}")
    await tell(actor, [person], errand)


async def where(actor: Actor, commune: str) -> None:
    """Its name stands on no locked screen (CHANNELS.md 10): one press says it. Raises Refused: over."""
    person = actor.person
    assert person is not None
    if person.role is not Role.SUPERVISOR or commune not in await quiet_for(actor, person):
        raise Refused("error.errand_over")
    name = actor.kit.places().areas.communes.get(commune, commune)
    await actor.say(actor.words("quiet.where", name=name))
