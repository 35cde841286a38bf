"""What an act brings about: who is told, which alarm goes on, which clock is planned anew."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from cases.access import View, bypassed, hidden_from
from cases.deadlines import WITH_PLAN, owes_crime
from cases.lifecycle import EARLY, TABLE, Act
from cases.model import Case, Person, Role, Status
from cases.roles import ABOVE, STEP_UP
from cases.routing import people_for
from cases.timers import put_off
from cases.times.calendar import local
from handlers.access import view_for
from handlers.actor import Actor
from handlers.alarms.alarm import sound, sound_afresh, staff_of, step_of
from handlers.alarms.conflict import hide, step_above
from handlers.casework.acts.clock_turns import overtaken, renamed
from handlers.casework.acts.done import Done, called_but, tell
from handlers.casework.acts.emergency import assessed, confirmed, decided, measured, seen
from handlers.casework.acts.handovers import HANDOVERS, withdraw_there
from handlers.casework.acts.levels import new_level
from handlers.casework.acts.merging import keep_alike, merged, parted, shut_alike
from handlers.casework.acts.plan_acts import approved, replanned, reviewed, sent_back, submitted
from handlers.casework.acts.referrals import REFERRALS
from handlers.casework.acts.visits import VISITS, told_off
from handlers.casework.attachments import quarantine
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
    if (follow := _FOLLOWS.get(done.act)) is not None:
        await follow(done)
    await told_off(done)


async def _closed(done: Done) -> None:
    """Colleagues and the reporter hear of it; nothing more is asked."""
    actor, after = done.actor, done.after
    values = {"when": f"{local(actor.work.now):%H:%M}"}
    call = Call("closed", f"case:{after.id}:closed:{after.rev}", values)
    people = await called_but(actor, after, done.person)
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


async def _stand_aside(done: Done) -> None:
    """Who declines is passed over: the next step now. Who has to do with it is taken out."""
    actor, case = done.actor, done.after
    if done.act is Act.EXCLUDE or done.form.get("reason") == "involved":
        await _take_out(done, str(done.form.get("person") or done.person.id))
        return
    armed = await actor.work.timers.armed(f"case:{case.id}")
    step = next((timer.step for timer in armed if timer.kind == "unanswered"), 1)
    # Never the same people again: on calm levels the next step may be the officers' own.
    step = max(step, step_of(actor, case, STEP_UP[done.person.role]))
    await sound(actor, case, "declined", step)


async def _take_out(done: Done, person_id: str) -> None:
    """The case does not exist for them any more; what they held or were called to goes one level up."""
    actor, case, work = done.actor, done.after, done.actor.work
    out = await work.people.get(person_id)
    assert out is not None
    called = out.id in await work.cases.involved(case.id)
    await work.cases.exclude(case.id, out.id, "involved")
    lost = case.holder == out.id
    if lost:
        # What is further on than verifying keeps its status; the level above is called to assign it.
        status = Status.RECEIVED if case.status in EARLY else case.status
        case = replace(case, status=status, holder="", rev=case.rev + 1)
        await work.cases.save(case, case.rev - 1)
    await hide(actor, case)
    await keep_alike(actor, case)
    if out.id != done.person.id and done.person.role is not Role.SUPERVISOR:
        await tell(actor, case, "excluded", (Role.SUPERVISOR,), done.person)
    if case.status is Status.CLOSED or not (lost or (called and not case.holder)):
        return
    armed = await work.timers.armed(f"case:{case.id}")
    reached = next((timer.step for timer in armed if timer.kind == "unanswered"), 1) - 1
    step = max(reached, await step_above(actor, case, out.role))
    await sound_afresh(actor, case, "alert", step)


async def _let_in(done: Done) -> None:
    """They may know of it again, and hear so; a commune that was passed over is called now.

    Whoever let them in goes on seeing the case.
    """
    actor, case, who = done.actor, done.after, str(done.form["person"])
    await actor.work.cases.involve(case.id, done.person.id, "let_in")
    person = await actor.work.people.get(who)
    if person is not None:
        await actor.work.cases.include(case.id, who)
        await _welcome(actor, case, person)
    elif who == "conflict_police":
        await _police_again(actor, case)
    elif not bypassed(done.case) or bypassed(case):
        return  # nobody in the commune that has it was shut out, or they are still
    elif case.status is Status.RECEIVED:
        await sound_afresh(actor, case, "alert")
    else:
        await tell(actor, case, "included", (Role.LEADER,), done.person)


async def _welcome(actor: Actor, case: Case, person: Person) -> None:
    """Their unit may be kept out still; a police contact who was never called knows no more than before."""
    if hidden_from(case, person):
        return
    notice = "included"
    if person.role is Role.POLICE:
        view = await view_for(actor.work, person, case)
        notice = {View.WHOLE: "included", View.REFERRED: "referred"}.get(view, "")
    if notice:
        call = Call(notice, f"case:{case.id}:included:{actor.work.new_id()}", {})
        await actor.kit.announcer.tell(actor.work, case, [person], call)


async def _police_again(actor: Actor, case: Case) -> None:
    """The police here may know again what they were told, which counts as a report again."""
    if not owes_crime(case):
        await actor.work.timers.stop(f"case:{case.id}", "crime")
    staff, excluded = await staff_of(actor, case)
    for person in people_for((Role.POLICE,), case, staff, excluded):
        await _welcome(actor, case, person)


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
    Act.DECLINE: _stand_aside,
    Act.EXCLUDE: _stand_aside,
    Act.INCLUDE: _let_in,
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
}
