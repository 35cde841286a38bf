"""Keeping the clocks of a case: armed by an act, by a record, by a new level; one of a kind runs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.acting import clock_turn
from cases.deadlines import CHAINS, DEADLINES, still_owes
from cases.lifecycle import Act
from cases.model import Case, Status, Timer
from cases.owed import clocks_owed
from cases.records import CLOCKS_OF_RECORDS, clock_of, owed
from cases.timers import dated_timer, first_timer
from handlers.actor import Actor

ALERTING = (Act.OPEN, Act.RELEASE, Act.ROUTE, Act.REOPEN)
MEETINGS = ("contact", "child_check")  # clocks of meetings with the child


async def turn_clocks(
    actor: Actor, act: Act, before: Case, case: Case, form: Mapping[str, Any]
) -> None:
    """Stop and start the clocks that this act turns, in its own commit; those that alert do it anew."""
    stops, starts = clock_turn(act, before, form)
    kinds = [one for one in stops if one not in CLOCKS_OF_RECORDS]
    if "*" in stops:
        await actor.work.timers.stop(f"case:{case.id}")
    elif kinds:  # none named would be all of them
        await actor.work.timers.stop(f"case:{case.id}", *kinds)
    running = {timer.kind for timer in await actor.work.timers.armed(f"case:{case.id}")}
    for kind in starts:
        if kind in running and DEADLINES[kind].daily:
            continue  # the child must be seen today, however many measures follow
        alerts = kind in ("unanswered", "unplaced") and act in ALERTING
        runs = kind in running and DEADLINES[kind].law  # it goes on as it counts
        if kind not in CLOCKS_OF_RECORDS and not (alerts or runs) and still_owes(kind, case):
            await start_clock(actor, kind, case)
    await clocks_of_records(actor, before, case)


async def clocks_of_records(actor: Actor, before: Case, case: Case) -> None:
    """Each record owes the clock of its state; what it owed before and owes no more stops."""
    was, now = _owed_now(before), _owed_now(case)
    if gone := [kind for kind in was if was[kind] != now.get(kind)]:
        await actor.work.timers.stop(f"case:{case.id}", *gone)
    for kind, start in now.items():
        if was.get(kind) != start:
            timer = dated_timer(kind, case, actor.kit.policy, actor.work.now, start)
            await actor.work.timers.start(await actor.work.timers.fresh(timer))
            actor.work.wake("timers")


def _owed_now(case: Case) -> Mapping[str, datetime]:
    """A closed case owes nothing; what its records owe runs again when it is opened again."""
    return owed(case) if case.status is not Status.CLOSED else {}


async def start_clock(actor: Actor, kind: str, case: Case, step: int = 0) -> None:
    """Arm one clock; an older round of the same clock ends."""
    await actor.work.timers.stop(f"case:{case.id}", kind)
    timer = first_timer(kind, case, actor.kit.policy, actor.work.now, step)
    # A clock restarted within one revision (a note restarts `idle`) gets a slot of its own.
    await actor.work.timers.start(await actor.work.timers.fresh(timer))
    actor.work.wake("timers")


async def start_again(actor: Actor, case: Case, kind: str, start: datetime) -> None:
    """Arm a clock that counts from an earlier start, as the case is now."""
    await actor.work.timers.stop(f"case:{case.id}", kind)
    row, policy, now = DEADLINES[clock_of(kind)], actor.kit.policy, actor.work.now
    if row.beats:
        timer = dated_timer(kind, case, policy, now, start)
    else:
        timer = first_timer(kind, case, policy, start)
        timer = replace(timer, due_at=max(timer.due_at, now))
    await actor.work.timers.start(await actor.work.timers.fresh(timer))


async def at_new_level(actor: Actor, before: Case, case: Case) -> None:
    """Each running setting counts from its old start to its new due; the law never moves."""
    for timer in await actor.work.timers.armed(f"case:{case.id}"):
        if timer.kind == "idle":
            await start_clock(actor, "idle", case)
        elif _moves(actor, timer, before, case):
            await start_again(actor, case, timer.kind, timer.started_at or case.received_at)


def _moves(actor: Actor, timer: Timer, before: Case, case: Case) -> bool:
    """Whether the new level changes how long this clock runs."""
    row = DEADLINES.get(clock_of(timer.kind))
    if row is None or row.law or timer.kind in CHAINS:
        return False
    if not row.beats:
        return True
    spans = actor.kit.policy.of(case.commune).spans[row.id]
    return row.span is None and spans[before.level] != spans[case.level]


async def still_owed(actor: Actor, case: Case) -> None:
    """A reporter waits for an answer: from the first word on, however often they write again."""
    running = {timer.kind for timer in await actor.work.timers.armed(f"case:{case.id}")}
    if "reporter_waiting" not in running:
        await start_clock(actor, "reporter_waiting", case)


async def arm_again(actor: Actor, case: Case) -> list[str]:
    """All clocks of an open case were lost: those that its status and its records owe, anew."""
    kinds = clocks_owed(case)
    for kind in kinds:
        await start_clock(actor, kind, case)
    for kind, start in owed(case).items():
        timer = dated_timer(kind, case, actor.kit.policy, actor.work.now, start)
        await actor.work.timers.start(await actor.work.timers.fresh(timer))
    return [*kinds, *owed(case)]
