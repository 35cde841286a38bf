"""A commune changed its chain: alarms that ring already follow the new one from their next step on."""

from collections.abc import Sequence
from dataclasses import replace

from cases.model import Case, Level, Timer
from cases.policy import Step
from cases.timers import replanned
from handlers.actor import Actor
from handlers.alarms.alarm import alert


async def follow(
    actor: Actor, commune: str, levels: Sequence[Level], before: Sequence[Step]
) -> None:
    """`actor` knows the new chain; whoever it should have called by now is called at once."""
    for case in await actor.work.cases.open_cases(commune):
        if case.level in levels:
            armed = await actor.work.timers.armed(f"case:{case.id}")
            for timer in (one for one in armed if one.kind == "unanswered"):
                await _anew(actor, case, timer, before)


async def _anew(actor: Actor, case: Case, timer: Timer, before: Sequence[Step]) -> None:
    late, then = replanned(case, actor.kit.policy, timer, before, actor.work.now)
    await actor.work.timers.stop(f"case:{case.id}", "unanswered")
    for step in late:
        # The alarm is the chain's, not of who changed it: nobody hears whose hand it was.
        await alert(replace(actor, person=None, name="system"), case, "escalated", step)
    await actor.work.timers.start(await actor.work.timers.fresh(then))
    actor.work.wake("timers")
