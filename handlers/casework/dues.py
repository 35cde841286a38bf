"""When the next clock of each case is due: for summaries, lists and figures."""

from collections.abc import Sequence
from datetime import datetime

from cases.model import Case
from cases.timers import next_due
from handlers.actor import Actor


async def dues_of(actor: Actor, cases: Sequence[Case]) -> dict[str, datetime]:
    """By the id of the case; one without a running clock is not in it."""
    armed = await actor.work.timers.armed_of([f"case:{case.id}" for case in cases])
    found = {
        case.id: next_due(case, actor.kit.policy, armed.get(f"case:{case.id}", ()))
        for case in cases
    }
    return {case_id: due for case_id, due in found.items() if due is not None}


async def overdue(actor: Actor, cases: Sequence[Case]) -> list[Case]:
    """Those of them of which a clock has passed its due."""
    dues, now = await dues_of(actor, cases), actor.work.now
    return [case for case in cases if case.id in dues and dues[case.id] <= now]
