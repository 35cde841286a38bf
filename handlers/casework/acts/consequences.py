"""What an act brings about: who is told, which alarm goes on, which clock is planned anew."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from cases.deadlines import WITH_PLAN
from cases.lifecycle import TABLE, Act
from cases.model import Case, Person, Role, Status
from cases.roles import ABOVE, STEP_UP
from cases.timers import put_off
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.alarms.alarm import sound_afresh, step_of
from handlers.alarms.conflict import hide
from handlers.casework.acts.clock_turns import law_clocks, overtaken, renamed
from handlers.casework.acts.conflicts import let_in, stand_aside
from handlers.casework.acts.done import Done, called_but, tell
from handlers.casework.acts.emergency import assessed, confirmed, decided, measured, seen
from handlers.casework.acts.erasing import ERASING
from handlers.casework.acts.handovers import HANDOVERS, withdraw_there
from handlers.casework.acts.levels import new_level
from handlers.casework.acts.merging import merged, parted, shut_alike
from handlers.casework.acts.plan_acts import approved, replanned, reviewed, sent_back, submitted
from handlers.casework.acts.referrals import REFERRALS
from handlers.casework.acts.visits import VISITS, told_off
from handlers.casework.forgetting import arm_retention, disarm_retention
from handlers.casework.locking import quarantine
from handlers.casework.relay import (
    closing_undone,
    forget_news,
    send_letter,
    tell_of_closing,
    thread_named,
)
from handlers.casework.undo import WITHIN
from notifications.announce import Call

DUPLICATE = "duplicate"
SNOOZE = {"m15": timedelta(minutes=15), "h1": timedelta(hours=1), "h4": timedelta(hours=4)}


async def bring_about(done: Done) -> None:
    """In the act's own commit: notices, alarms, clocks."""
    if done.after.kind != done.case.kind:
        await quarantine(done.actor.work, done.after)
    if done.case.status in WITH_PLAN and done.after.status is Status.EMERGENCY:
        await overtaken(done)
    if done.after.holder and done.after.holder != done.case.holder:
        await _taken(done.actor, done.after, done.person)
    if done.act is Act.MERGE:
        await shut_alike(done)
    if done.after.status is Status.CLOSED and done.case.status is not Status.CLOSED:
        await _closed(done)
    if done.case.status is Status.CLOSED and done.after.status is not Status.CLOSED:
        await closing_undone(done.actor, done.after)
        await disarm_retention(done.actor, done.after)
    if (follow := _FOLLOWS.get(done.act)) is not None:
        await follow(done)
    await told_off(done)


async def _closed(done: Done) -> None:
    """Colleagues and the reporter hear of it; nothing more is asked."""
    actor, after = done.actor, done.after
    values = {"when": f"{local(actor.work.now):%H:%M}"}
    call = Call("closed", f"case:{after.id}:closed:{after.rev}", values)
    people = await called_but(actor, after, done.person)
    await arm_retention(actor, after)
    await actor.kit.announcer.tell(actor.work, after, people, call)
    await withdraw_there(actor, done.case, after)
    # Who reported hears of it when nobody can take it back any more.
    certain = actor.work.now + WITHIN if TABLE[done.act].undoable else None
    if done.act is not Act.MERGE:  # for who reported it goes on with the other case
        await tell_of_closing(actor, after, certain)
    for row in await actor.work.talks.of_case(after.id):
        if row.flow != "report":  # what a reporter is just telling still belongs to this case
            await actor.work.talks.delete(row.id)


async def _alarms(done: Done) -> None:
    """Who gave it back is not called first; a re-opened case goes one level above who closed it."""
    case, notice, step = done.case, "alert", 0
    if done.case.closed_reason == DUPLICATE:
        await parted(done)
    await hide(done.actor, done.after)
    if done.act is Act.RELEASE:
        step = step_of(done.actor, done.after, STEP_UP[done.person.role])
    elif done.act is Act.REOPEN:
        await law_clocks(done.actor, done.after)  # what was owed when it was closed is owed again
        closer = Role(case.closed_by_role or Role.OFFICER)
        notice, step = "reopened", step_of(done.actor, done.after, ABOVE.get(closer, Role.LEADER))
    await sound_afresh(done.actor, done.after, notice, step)


async def _assigned(done: Done) -> None:
    await tell(done.actor, done.after, "assigned", ("holder",), done.person)


async def _snoozed(done: Done) -> None:
    until = done.actor.work.now + SNOOZE[str(done.form["until"])]
    timers, now = done.actor.work.timers, done.actor.work.now
    for timer in await timers.armed(f"case:{done.case.id}"):
        then = put_off(timer, done.after, done.actor.kit.policy, until, now)
        if then is not None:
            await timers.snooze(timer, then)


async def _taken(actor: Actor, case: Case, person: Person) -> None:
    """The first press wins: waiting alarms are withdrawn, everybody called learns who has it."""
    await actor.work.outbox.cancel(f"case:{case.id}:alert:")
    await forget_news(actor, case)
    others = await called_but(actor, case, person)
    values = {"role": Role(case.acked_by_role), "when": f"{local(actor.work.now):%H:%M}"}
    call = Call("taken", f"case:{case.id}:taken:{case.rev}", values)
    await actor.kit.announcer.tell(actor.work, case, others, call)  # news, no alarm
    await actor.work.cases.involve(case.id, person.id, "holder")


async def _written(done: Done) -> None:
    """The letter is kept for the reporter it is for; how it gets there is the relay's."""
    thread = await thread_named(done.actor, done.after, str(done.form["reporter"]))
    assert thread is not None
    await send_letter(done.actor, done.after, thread, {"text": str(done.form["text"])})


async def _noted(done: Done) -> None:
    """Who has called has answered; who has met the child need not meet it again so soon.

    What the police contact writes, whoever has the case hears at once.
    """
    if done.person.role is Role.POLICE and done.after.holder not in ("", done.person.id):
        await tell(done.actor, done.after, "field_news", ("holder",), done.person)
    if done.form.get("what") == "call" and done.after.holder == done.person.id:
        await done.actor.work.timers.stop(f"case:{done.after.id}", "reporter_waiting")
    await seen(done)


async def _undone(done: Done) -> None:
    """Whoever was called to the case hears that the act was taken back."""
    actor, after = done.actor, done.after
    call = Call("undone", f"case:{after.id}:undone:{after.rev}", {})
    people = await called_but(actor, after, done.person)
    await actor.kit.announcer.tell(actor.work, after, people, call)


_FOLLOWS: Mapping[Act, Callable[[Done], Awaitable[None]]] = {
    Act.ASK_REPORTER: _written,
    Act.NOTE: _noted,
    Act.DECLINE: stand_aside,
    Act.EXCLUDE: stand_aside,
    Act.INCLUDE: let_in,
    Act.RELEASE: _alarms,
    Act.REOPEN: _alarms,
    Act.ASSIGN: _assigned,
    Act.RAISE: new_level,
    Act.LOWER: new_level,
    Act.SET_KIND: renamed,
    Act.ASSESS: assessed,
    Act.MEASURE: measured,
    Act.CONFIRM_MEASURE: confirmed,
    Act.SEPARATE: decided,
    Act.EXTEND_SEPARATION: decided,
    Act.END_SEPARATION: decided,
    Act.SAFE: decided,
    Act.SUBMIT: submitted,
    Act.APPROVE: approved,
    Act.SEND_BACK: sent_back,
    Act.REVIEW: reviewed,
    Act.REPLAN: replanned,
    Act.MERGE: merged,
    Act.SNOOZE: _snoozed,
    Act.UNDO: _undone,
    **VISITS,
    **REFERRALS,
    **HANDOVERS,
    **ERASING,
}
