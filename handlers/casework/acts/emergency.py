"""What follows from the acts that help at once: form 02, a measure, a separation, a child that was seen."""

from cases.deadlines import law_start, owes_measure
from cases.model import Case, Role
from cases.records import records
from cases.timers import due_at
from handlers.actor import Actor
from handlers.alarms.clocks import MEETINGS, start_clock
from handlers.casework.acts.done import Done, tell
from notifications.announce import staff_time


async def assessed(done: Done) -> None:
    """Who concluded that it cannot wait owes a measure, on every track."""
    armed = await done.actor.work.timers.armed(f"case:{done.after.id}")
    if owes_measure(done.after) and all(one.kind != "emergency" for one in armed):
        await start_clock(done.actor, "emergency", done.after)


async def measured(done: Done) -> None:
    """The leader is asked to confirm what the holder did; the holder hears what the leader decided."""
    if done.person.role is Role.LEADER:
        await decided(done)
        return
    newest = records(done.after, "measure")[-1]
    due = due_at("confirm", done.after, done.actor.kit.policy, newest.changed_at)
    await tell(
        done.actor, done.after, "confirm_asked", (Role.LEADER,), done.person,
        **staff_time("due", due),
    )  # fmt: skip


async def decided(done: Done) -> None:
    """Whoever has the case hears that the leader decided something in it."""
    await tell(done.actor, done.after, "decided", ("holder",), done.person)


async def confirmed(done: Done) -> None:
    """Who wrote the measure down hears what the leader says; refused, the twelve hours run on."""
    actor, case = done.actor, done.after
    if done.form["decision"] == "confirmed":
        await tell(actor, case, "measure_confirmed", ("holder",), done.person)
        return
    await tell(
        actor, case, "measure_refused", ("holder",), done.person, **_law_due(actor, case)
    )  # fmt: skip


def _law_due(actor: Actor, case: Case) -> dict[str, str]:
    """When the twelve hours end that this case owes."""
    if not owes_measure(case):
        return {"due": "none", "due_day": "-"}
    return staff_time("due", due_at("emergency", case, actor.kit.policy, law_start(case)))


async def seen(done: Done) -> None:
    """Who has met the child need not be reminded of it until the next time."""
    if done.form.get("what") != "saw_child":
        return
    for timer in await done.actor.work.timers.armed(f"case:{done.after.id}"):
        if timer.kind in MEETINGS:
            await start_clock(done.actor, timer.kind, done.after)
