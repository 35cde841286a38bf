"""What a new level does to the clocks of a case: settings are planned anew, the law never moves."""

from cases.deadlines import ALARMING, DEADLINES
from cases.lifecycle import Act
from cases.model import Timer
from cases.records import clock_of
from handlers.alarms.alarm import sound_afresh, start_again, start_clock
from handlers.casework.acts.clock_turns import law_clocks
from handlers.casework.acts.done import Done, tell

_CHAINS = ("unanswered", "unplaced", "hop", "idle")  # they have rules of their own


async def new_level(done: Done) -> None:
    """Who must know hears of it; each running setting counts from its old start to its new due."""
    actor, case, act = done.actor, done.after, done.act
    to = ("leader",) if act is Act.LOWER else ("holder", "leader")
    await tell(actor, case, "lowered" if act is Act.LOWER else "raised", to, done.person)
    armed = await law_clocks(actor, case)
    for timer in armed:
        if _moves(timer, done):
            start = timer.started_at or case.received_at
            await start_again(actor, case, timer.kind, start)
    running = {timer.kind for timer in armed}
    if "idle" in running:
        await start_clock(actor, "idle", case)
    if "unanswered" in running and act is Act.RAISE and case.level in ALARMING:
        await sound_afresh(actor, case, "alert")
    elif "unanswered" in running:
        await start_clock(actor, "unanswered", case, 1)


def _moves(timer: Timer, done: Done) -> bool:
    """Whether the new level changes how long this clock runs."""
    row = DEADLINES.get(clock_of(timer.kind))
    if row is None or row.law or timer.kind in _CHAINS:
        return False
    if not row.beats:
        return True
    spans = done.actor.kit.policy.of(done.after.commune).spans[row.id]
    return row.span is None and spans[done.case.level] != spans[done.after.level]
