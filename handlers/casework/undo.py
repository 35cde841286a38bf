"""Undo: the last act, within two minutes, by who did it, if it left nothing outside."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cases.deadlines import CHAINS, DEADLINES, applies, owes_measure
from cases.lifecycle import TABLE, Act
from cases.model import Case, Person
from cases.records import CLOCKS_OF_RECORDS, clock_of
from handlers.actor import Actor
from handlers.alarms.alarm import first_step, sound_afresh
from handlers.alarms.clocks import MEETINGS, start_again, start_clock
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


async def clocks_of(
    actor: Actor, case: Case, before: Mapping[str, datetime], *, chains: bool
) -> None:
    """After an undone act: the clocks that this open case owes as it is now.

    `before`: those that ran when the act was done, and from when they counted. `chains`: whom to call
    is another question than it was; else what rings goes on ringing.
    """
    owner = f"case:{case.id}"
    if chains:
        await _call_anew(actor, case)
    running = {timer.kind for timer in await actor.work.timers.armed(owner)}
    for kind in before:
        if kind not in (*CHAINS, *running) and _of_the_case(kind):
            await start_again(actor, case, kind, before[kind])
    owed_now = owes_measure(case)
    extra = {one for one in running - set(before) if one not in CHAINS and _of_the_case(one)}
    if owed_now and "emergency" not in (*running, *before):
        await start_clock(actor, "emergency", case)
    extra -= {"emergency"} if owed_now else set()
    if extra:
        await actor.work.timers.stop(owner, *extra)


async def _call_anew(actor: Actor, case: Case) -> None:
    await actor.work.timers.stop(f"case:{case.id}", "idle")
    if not case.holder:
        await sound_afresh(actor, case, "alert", first_step(actor, case))
        return
    await actor.work.timers.stop(f"case:{case.id}", "unanswered", "unplaced", "hop")
    if applies("idle", case):
        await start_clock(actor, "idle", case)


def _of_the_case(kind: str) -> bool:
    """Whether it is a clock of DEADLINES that no record owes."""
    clock = clock_of(kind)
    return clock in DEADLINES and clock not in CLOCKS_OF_RECORDS


async def meetings_again(actor: Actor, case: Case, before: Mapping[str, datetime]) -> None:
    """A meeting with the child that was taken back was none: what reminded of it counts as before."""
    for timer in await actor.work.timers.armed(f"case:{case.id}"):
        start = before.get(timer.kind)
        if timer.kind in MEETINGS and start is not None and start != timer.started_at:
            await start_again(actor, case, timer.kind, start)
