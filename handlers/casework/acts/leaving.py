"""Somebody works here no more: a visit they were asked for, a task of theirs, finds other hands."""

from dataclasses import replace

from cases.model import Case, Person
from cases.records import moved, records
from handlers.actor import Actor
from handlers.casework.acts.done import tell
from handlers.casework.acts.visits import ACCEPTED, ASKED, amend, goes_on
from handlers.casework.cards import refresh


async def relieve(actor: Actor, case: Case, person: Person) -> Case:
    """The visit goes on to the next of the village, the task to the holder; the holder hears of both.

    `case`: with its records, from `get`. Returned: as it is then.
    """
    for visit in records(case, "visit", ASKED, ACCEPTED):
        if visit.person == person.id and visit in case.beside:  # it may have gone on with another
            case = await _amended(actor, case, moved(case, visit, "declined", actor.work.now))
            case = await goes_on(actor, case, person, visit.no)
    tasks = [one for one in records(case, "task", "planned", "open") if one.person == person.id]
    if tasks:
        beside = tuple(replace(one, person="") if one in tasks else one for one in case.beside)
        case = await _amended(actor, case, replace(case, beside=beside))
        await tell(actor, case, "task_left", ("holder",) if case.holder else ("leader",), person)
    return case


async def _amended(actor: Actor, before: Case, after: Case) -> Case:
    await amend(actor, before, after)
    await refresh(actor, after)
    return after
