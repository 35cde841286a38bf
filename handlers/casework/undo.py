"""Undo: the last act, within two minutes, by who did it, if it left nothing outside."""

from datetime import timedelta

from cases.lifecycle import TABLE, Act
from cases.model import Case, Person
from handlers.actor import Actor
from storage.ledgers.history import Event

WITHIN = timedelta(minutes=2)


async def undoable(actor: Actor, case: Case, person: Person) -> Event | None:
    """The event that this person may take back now, or None."""
    events = await actor.work.cases.events(case.id)
    known = {act.value for act in Act}
    acts = [event for event in events if event.act in known]
    if not acts:
        return None
    last = acts[-1]
    mine = last.actor == person.id and "before" in last.body
    in_time = actor.work.now - last.at < WITHIN
    return last if mine and in_time and TABLE[Act(last.act)].undoable else None
