"""What the acts of a plan bring about: who is told, and the law's clock that goes on when it comes back."""

from datetime import datetime

from cases.lifecycle import Act
from cases.model import Role
from cases.records import records
from handlers.alarms.clocks import start_again, start_clock
from handlers.casework.acts.done import Done, tell


async def submitted(done: Done) -> None:
    """Who can approve it hears of it now."""
    await tell(done.actor, done.after, "plan_submitted", (Role.LEADER,), done.person)


async def approved(done: Done) -> None:
    """The holder, and whoever has a task: they may know of the case from now on."""
    await tell(done.actor, done.after, "plan_approved", ("holder",), done.person)
    doers = {one.person for one in records(done.after, "task", "open") if one.person}
    for person in sorted(doers - {done.after.holder}):
        await done.actor.work.cases.involve(done.after.id, person, "task")
        await tell(done.actor, done.after, "task_given", (f"person:{person}",), done.person)


async def sent_back(done: Done) -> None:
    """The holder hears of it; the law's days go on from where they began, not from now."""
    actor, case = done.actor, done.after
    await tell(actor, case, "plan_sent_back", ("holder",), done.person)
    events = await actor.work.cases.events(case.id)
    ran = [one.body["clocks"] for one in events if one.act == Act.SUBMIT and "clocks" in one.body]
    if ran and "plan" in ran[-1]:
        await start_again(actor, case, "plan", datetime.fromisoformat(ran[-1]["plan"]))
    else:
        await start_clock(actor, "plan", case)


async def reviewed(done: Done) -> None:
    """Who decides whether it ends or goes on."""
    await tell(done.actor, done.after, "plan_reviewed", (Role.LEADER,), done.person)


async def replanned(done: Done) -> None:
    """The holder makes the next plan."""
    await tell(done.actor, done.after, "plan_again", ("holder",), done.person)
