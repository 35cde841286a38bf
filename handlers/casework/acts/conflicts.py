"""Who stands aside, who is taken out of a case for a conflict of interest, and who is let in again."""

from dataclasses import replace

from cases.access import View, bypassed, hidden_from
from cases.acting import without_holder
from cases.deadlines import owes_crime
from cases.lifecycle import Act
from cases.model import Case, Person, Role, Status
from cases.roles import STEP_UP
from cases.routing import people_for
from handlers.access import view_for
from handlers.actor import Actor
from handlers.alarms.alarm import following_step, sound, sound_afresh, staff_of, step_of
from handlers.alarms.conflict import hide, step_above
from handlers.casework.acts.done import Done, Raced, tell
from handlers.casework.acts.leaving import relieve
from handlers.casework.acts.merging import keep_alike
from notifications.announce import Call


async def stand_aside(done: Done) -> None:
    """Who declines is passed over: the next step now. Who has to do with it is taken out."""
    actor, case = done.actor, done.after
    if done.act is Act.EXCLUDE or done.form.get("reason") == "involved":
        await _take_out(done, str(done.form.get("person") or done.person.id))
        return
    step = await following_step(actor, case)
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
        case = replace(without_holder(case), rev=case.rev + 1)
        if not await work.cases.save(case, case.rev - 1):
            raise Raced
    if case.status is not Status.CLOSED:
        case = await relieve(actor, case, out)
    await hide(actor, case)
    await keep_alike(actor, case)
    if out.id != done.person.id and done.person.role is not Role.SUPERVISOR:
        await tell(actor, case, "excluded", (Role.SUPERVISOR,), done.person)
    if case.status is Status.CLOSED or not (lost or (called and not case.holder)):
        return
    reached = await following_step(actor, case) - 1
    step = max(reached, await step_above(actor, case, out.role))
    await sound_afresh(actor, case, "alert", step)


async def let_in(done: Done) -> None:
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
