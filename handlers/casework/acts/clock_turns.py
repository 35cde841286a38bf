"""Clocks that follow from what a case has become: its kind, an emergency in the middle of a plan."""

from cases.deadlines import BEFORE_MEASURE, applies, still_owes
from cases.incident_types import track
from cases.model import Case, Status, Timer
from cases.records import records
from cases.timers import first_start
from handlers.actor import Actor
from handlers.alarms.clocks import start_again, start_clock
from handlers.casework.acts.done import Done

# Until then the law's days for the plan run (D56 28(1)).
_BEFORE_SUBMISSION = (*BEFORE_MEASURE, Status.EMERGENCY, Status.DETAILED, Status.PLANNING)
_OF_A_PLAN = ("approve", "review", "decide")  # nobody can do what they ask for meanwhile


async def law_clocks(actor: Actor, case: Case) -> list[Timer]:
    """A raised or renamed case may owe the law's clocks from now on. Returns what ran before."""
    armed = await actor.work.timers.armed(f"case:{case.id}")
    running = {timer.kind for timer in armed}
    for kind in ("emergency", "plan", "crime"):
        if kind not in running and still_owes(kind, case) and (kind != "plan" or _owes_plan(case)):
            await start_clock(actor, kind, case)
    return armed


def _owes_plan(case: Case) -> bool:
    """Whether the plan was not submitted yet."""
    had = records(case, "plan", "submitted", "approved", "replaced")
    return case.status in _BEFORE_SUBMISSION and (not had or case.status is Status.PLANNING)


async def renamed(done: Done) -> None:
    """Another kind: the clocks of its track from receipt, without those it lacks (DOMAIN.md 2)."""
    actor, case = done.actor, done.after
    for kind in ("emergency", "plan", "assess", "detail"):
        if not applies(kind, case):
            await actor.work.timers.stop(f"case:{case.id}", kind)
    running = {timer.kind for timer in await law_clocks(actor, case)}
    if "plan" in running and track(done.case) != track(case) == "abuse":
        await start_again(actor, case, "plan", first_start("plan", case, actor.work.now))
    owed = case.status in BEFORE_MEASURE and case.acked_at is not None
    if owed and "assess" not in running and applies("assess", case):
        assert case.acked_at is not None
        await start_again(actor, case, "assess", case.acked_at)
    if case.status is Status.DETAILED and applies("detail", case) and "detail" not in running:
        await start_clock(actor, "detail", case)


async def overtaken(done: Done) -> None:
    """An emergency in the middle of a plan: nobody is asked now to approve, review or decide."""
    await done.actor.work.timers.stop(f"case:{done.after.id}", *_OF_A_PLAN)
