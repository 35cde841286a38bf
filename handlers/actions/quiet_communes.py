"""Communes from which nothing comes: neither a report nor a test alert that somebody heard for 90 days."""

from datetime import date

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
    _, shut = await actor.work.cases.ties(person.id)
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
        for commune, since in (await quiet_for(actor, person)).items():
            owner, round_ = f"quiet:{commune}:{person.id}", since.toordinal()
            if not await actor.work.timers.thought_of([owner], KIND, round_):
                found.append(Timer(owner, KIND, round_, 0, 0, morning_at(day)))
    return found


async def on_quiet(actor: Actor, timer: Timer) -> None:
    """The city hears of it, unless somebody has reported or answered a test alert meanwhile."""
    _, commune, person_id = timer.owner.split(":")
    person = await actor.work.people.get(person_id)
    if person is None or not person.active or commune not in await quiet_for(actor, person):
        return
    name = actor.kit.places().areas.communes.get(commune, commune)
    errand = Errand(
        "commune_quiet", f"commune:{commune}", timer.owner + f":{timer.round}", {"name": name}
    )
    await tell(actor, [person], errand)
