"""Leave with a substitute who must accept: asked, answered, begun, over."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from cases.duty import (
    Leave,
    LeaveState,
    ShiftState,
    answer_by,
    overlap,
    stand_in,
    substitutes_for,
    would_loop,
)
from cases.errors import Refused
from cases.model import Person, Timer
from cases.times.calendar import OPENS, instant, local
from handlers.access import cases_around, open_to
from handlers.actor import Actor
from handlers.alarms.alarm import call_in
from handlers.roster.colleagues import Errand, leaders_of, offer, role_of, span, tell
from handlers.roster.handing_over import hand_over, held_by, pass_on
from handlers.roster.presence import come_on
from notifications.announce import staff_time

_UNANSWERED, _BEGIN, _END = range(3)  # the steps of the clock of a leave


async def ask_leave(actor: Actor, form: Mapping[str, Any]) -> None:
    """The substitute is asked; until they accept nothing changes."""
    person = actor.person
    assert person is not None
    staff = await actor.work.people.staff(person.commune)
    chosen = [one for one in substitutes_for(person, staff) if one.id == form["substitute"]]
    if not chosen:
        raise Refused("error.errand_over")
    leave = _leave(actor, person, form)
    await _possible(actor, leave, chosen[0])
    await actor.work.leaves.add(leave)
    until = answer_by(leave.starts_at, actor.work.now)
    await _arm(actor, leave, _UNANSWERED, until)
    await actor.work.audit.write(person.id, "leave_asked", "", {"substitute": chosen[0].id})
    values = {**span(leave.starts_at, leave.ends_at), "role": person.role}
    await tell(actor, chosen, Errand("leave_asked", f"leave:{leave.id}", f"ask:{leave.id}", values))
    role = actor.words(f"role.{chosen[0].role}")
    when = {**span(leave.starts_at, leave.ends_at), **staff_time("when", until)}
    await actor.say(actor.words("leave.asked", role=role, **when))


def _leave(actor: Actor, person: Person, form: Mapping[str, Any]) -> Leave:
    """Whole days, from six in the morning to six in the morning; or from now on."""
    starts = actor.work.now
    if form["from"] != "now":
        starts = max(starts, instant(date.fromisoformat(form["from"]), OPENS))
    ends = instant(date.fromisoformat(form["until"]) + timedelta(days=1), OPENS)
    keeps = form["held"] == "keep"
    return Leave(actor.work.new_id(), person.id, str(form["substitute"]), starts, ends, keeps=keeps)


async def _possible(actor: Actor, leave: Leave, substitute: Person) -> None:
    """Raises Refused for a second leave in the same days, and for substitutes in a circle."""
    others = await actor.work.leaves.open()
    if any(one.person_id == leave.person_id and overlap(one, leave) for one in others):
        raise Refused("error.leave_twice")
    if would_loop(leave, others):
        raise Refused("error.leave_loop", role=actor.words(f"role.{substitute.role}"))


async def _arm(actor: Actor, leave: Leave, step: int, due: datetime) -> None:
    await actor.work.timers.start(Timer(f"leave:{leave.id}", "leave", 0, step, 0, due))
    actor.work.wake("timers")


async def answer(actor: Actor, leave_id: str, *, accepted: bool) -> None:
    """`Nhận thay` or `Không nhận được`, by the one who was asked."""
    leave = await actor.work.leaves.get(leave_id)
    substitute = actor.person
    assert substitute is not None
    if leave is None or leave.substitute_id != substitute.id:
        raise Refused("error.errand_over")
    if leave.state is not LeaveState.ASKED or actor.work.now >= leave.ends_at:
        raise Refused("error.errand_over")
    if accepted:
        await _accepted(actor, leave, substitute)
    else:
        await _not_accepted(actor, leave, "leave_refused")
        await actor.say(actor.words("leave.not_taken"))


async def _accepted(actor: Actor, leave: Leave, substitute: Person) -> None:
    person = await actor.work.people.get(leave.person_id)
    assert person is not None
    others = [one for one in await actor.work.leaves.open() if one.state is LeaveState.ACCEPTED]
    if would_loop(leave, others):  # two asked each other at the same time
        raise Refused("error.leave_circle", role=actor.words(f"role.{person.role}"))
    if not await actor.work.leaves.mark(leave, LeaveState.ACCEPTED):
        raise Refused("error.errand_over")
    await actor.work.timers.stop(f"leave:{leave.id}")
    await actor.work.audit.write(substitute.id, "leave_accepted", "", {"person": person.id})
    await _arm(actor, leave, _END, leave.ends_at)
    values = {**span(leave.starts_at, leave.ends_at), "role": substitute.role}
    about = f"leave:{leave.id}"
    leaders = await leaders_of(actor, person.commune, person.id, substitute.id)
    known = Errand("leave_known", about, f"known:{leave.id}", {**values, "role": person.role})
    await tell(actor, leaders, known)
    if leave.starts_at > actor.work.now:
        await _arm(actor, leave, _BEGIN, leave.starts_at)
        await tell(actor, [person], Errand("leave_accepted", about, f"accepted:{leave.id}", values))
        taken = {**values, "role": actor.words(f"role.{person.role}")}
        await offer(actor, actor.words("leave.taken", **taken), about, ("brief",))
        return
    await actor.say(actor.words("leave.thanks"))
    await _begin(actor, replace(leave, state=LeaveState.ACCEPTED))


async def _not_accepted(actor: Actor, leave: Leave, notice: str) -> None:
    """Nobody stands in: the person stays on duty, and both they and the leader know it."""
    if not await actor.work.leaves.mark(leave, LeaveState.DECLINED):
        return
    await actor.work.timers.stop(f"leave:{leave.id}")
    person = await actor.work.people.get(leave.person_id)
    assert person is not None
    by = actor.person.id if actor.person else "system"
    await actor.work.audit.write(by, "leave_declined", "", {"person": person.id})
    values = span(leave.starts_at, leave.ends_at)
    told = {**values, "role": await role_of(actor, leave.substitute_id)}
    about = f"leave:{leave.id}"
    await tell(actor, [person], Errand(notice, about, f"{notice}:{leave.id}", told))
    leaders = await leaders_of(actor, person.commune, person.id)
    still = {**values, "role": person.role}
    await tell(actor, leaders, Errand("leave_open", about, f"open:{leave.id}", still))


async def on_leave(actor: Actor, timer: Timer) -> None:
    """A moment of a leave has come."""
    leave = await actor.work.leaves.get(timer.owner.removeprefix("leave:"))
    if leave is not None:
        await _DUE[timer.step](actor, leave)


async def _unanswered(actor: Actor, leave: Leave) -> None:
    if leave.state is LeaveState.ASKED:
        await _not_accepted(actor, leave, "leave_unanswered")


async def _begin(actor: Actor, leave: Leave) -> None:
    """From now on whoever stands in is called; a broken chain begins nothing, and is said aloud."""
    person = await actor.work.people.get(leave.person_id)
    if leave.state is not LeaveState.ACCEPTED or person is None or not person.active:
        return
    who = stand_in(person, await actor.work.people.staff(person.commune))
    if who is None:
        await _uncovered(actor, leave, person)
        return
    await actor.work.people.save(replace(person, on_duty=False))
    await actor.work.audit.write("system", "leave_begun", "", {"person": person.id})
    for shift in await actor.work.shifts.of_person(person.id, ShiftState.CONFIRMED):
        if shift.starts_at <= actor.work.now:
            await actor.work.shifts.mark(shift, ShiftState.ENDED)
    if not who.on_duty:
        await come_on(actor, who)
    await _pass_cases(actor, leave, person, who)
    about, values = f"leave:{leave.id}", span(leave.starts_at, leave.ends_at)
    yours = Errand("leave_yours", about, f"yours:{leave.id}", {**values, "role": person.role})
    await tell(actor, [who], yours)
    begins = Errand("leave_begins", about, f"begins:{leave.id}", {**values, "role": who.role})
    await tell(actor, [person], begins)


async def _uncovered(actor: Actor, leave: Leave, person: Person) -> None:
    await actor.work.leaves.mark(leave, LeaveState.CANCELLED)
    await actor.work.timers.stop(f"leave:{leave.id}")
    about, values = f"leave:{leave.id}", {"role": person.role}
    await tell(actor, [person], Errand("leave_ended", about, f"ended:{leave.id}", values))
    leaders = await leaders_of(actor, person.commune, person.id)
    await tell(actor, leaders, Errand("leave_uncovered", about, f"uncovered:{leave.id}", values))


async def _pass_cases(actor: Actor, leave: Leave, person: Person, who: Person) -> None:
    """What is held passes over, unless they keep it; what waits for an answer is shown to who stands in."""
    for case in await held_by(actor, person) if not leave.keeps else ():
        if not await hand_over(actor, case, person, who, leave.id):
            await pass_on(actor, case, person)
    for case in await cases_around(actor.work, person):
        called = person.id in await actor.work.cases.involved(case.id)
        if called and not case.holder and await open_to(actor.work, who, case):
            await call_in(actor, case, who)


async def _end(actor: Actor, leave: Leave, *, early: bool = False) -> None:
    """They are called again; whoever stood in hears it."""
    person = await actor.work.people.get(leave.person_id)
    if leave.state is not LeaveState.ACCEPTED or person is None or not person.active:
        return
    staff = await actor.work.people.staff(person.commune)
    who = stand_in(person, staff)
    await actor.work.leaves.mark(leave, LeaveState.ENDED)
    await actor.work.timers.stop(f"leave:{leave.id}")
    await actor.work.audit.write(person.id if early else "system", "leave_over")
    await come_on(actor, person)
    about, when = f"leave:{leave.id}", f"{local(actor.work.now):%H:%M}"
    back = Errand("leave_back", about, f"back:{leave.id}", {"role": person.role, "when": when})
    stood_in = (leave.substitute_id, who.id if who is not None else "")
    await tell(actor, [one for one in staff if one.id in stood_in], back)
    if not early:
        await tell(actor, [person], Errand("leave_over", about, f"over:{leave.id}"))


async def back_early(actor: Actor) -> None:
    """Who comes back before the end of a leave is called again at once."""
    person = actor.person
    assert person is not None
    for leave in await actor.work.leaves.open():
        begun = leave.state is LeaveState.ACCEPTED and leave.starts_at <= actor.work.now
        if leave.person_id == person.id and begun:
            await _end(actor, leave, early=True)


async def cancel_leave(actor: Actor, leave_id: str) -> None:
    """A leave that was asked for, or has not begun, will not be."""
    person, leave = actor.person, await actor.work.leaves.get(leave_id)
    assert person is not None
    states = (LeaveState.ASKED, LeaveState.ACCEPTED)
    if leave is None or leave.person_id != person.id or leave.state not in states:
        raise Refused("error.errand_over")
    if leave.state is LeaveState.ACCEPTED and leave.starts_at <= actor.work.now:
        await _end(actor, leave, early=True)
    else:
        await actor.work.leaves.mark(leave, LeaveState.CANCELLED)
        await actor.work.timers.stop(f"leave:{leave.id}")
        await actor.work.audit.write(person.id, "leave_cancelled")
        substitute = await actor.work.people.get(leave.substitute_id)
        values = {**span(leave.starts_at, leave.ends_at), "role": person.role}
        errand = Errand("leave_cancelled", f"leave:{leave.id}", f"cancelled:{leave.id}", values)
        await tell(actor, [substitute] if substitute else [], errand)
    await actor.say(actor.words("leave.cancelled"))


_DUE: Mapping[int, Callable[[Actor, Leave], Awaitable[None]]] = {
    _UNANSWERED: _unanswered, _BEGIN: _begin, _END: _end,
}  # fmt: skip
