"""Shifts: on duty and off, planned, begun, confirmed, missed, over."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from cases.duty import (
    CONFIRM_WITHIN,
    EARLY,
    Shift,
    ShiftState,
    ShiftStep,
    may_plan,
    moments,
    overlap,
    stand_in,
    there,
)
from cases.errors import Refused
from cases.model import Person, Timer
from cases.times.calendar import instant
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, leaders_of, span, tell, tell_contact
from handlers.roster.presence import come_on, go_off
from notifications.announce import reachable

_STEPS = tuple(ShiftStep)
_OPEN = (ShiftState.PLANNED, ShiftState.MISSED)


async def take(actor: Actor) -> None:
    """The person in front of us is on duty from now on; a shift that is theirs now counts as confirmed."""
    person, now = actor.person, actor.work.now
    assert person is not None
    await come_on(actor, person)
    for shift in await actor.work.shifts.of_person(person.id, *_OPEN):
        if shift.starts_at - EARLY <= now < shift.ends_at:
            await _confirmed(actor, shift, person)
    await actor.say(actor.words("work.on_duty"))


async def off_today(actor: Actor) -> None:
    """The person in front of us leaves the shift; an empty commune is said aloud."""
    person, now = actor.person, actor.work.now
    assert person is not None
    assert actor.voice is not None
    states = (ShiftState.CONFIRMED, ShiftState.STAYING, ShiftState.MISSED)
    for shift in await actor.work.shifts.of_person(person.id, *states):
        if shift.starts_at <= now:
            await actor.work.shifts.mark(shift, ShiftState.ENDED)
            await actor.work.timers.stop(f"shift:{shift.id}")
    others = await go_off(actor, person, actor.voice.row)
    await actor.say(actor.words("work.off_duty" if others else "work.off_duty_last"))


async def plan(actor: Actor, form: Mapping[str, Any]) -> None:
    """A shift for oneself, or by the leader for somebody of the commune."""
    planner = actor.person
    assert planner is not None
    person = await actor.work.people.get(str(form["person"]))
    if person is None or not person.active or not may_plan(planner, person):
        raise Refused("error.errand_over")
    shift = _shift(actor, person, form)
    await _possible(actor, shift)
    await actor.work.shifts.add(shift)
    for step, due in moments(shift, actor.work.now).items():
        await _arm(actor, shift, step, due)
    await actor.work.audit.write(planner.id, "shift_planned", "", {"person": person.id})
    when = span(shift.starts_at, shift.ends_at)
    if person.id != planner.id:
        errand = Errand("shift_planned", f"shift:{shift.id}", f"planned:{shift.id}", when)
        await tell(actor, [person], errand)
    await actor.say(actor.words("duty.planned", **when))


def _shift(actor: Actor, person: Person, form: Mapping[str, Any]) -> Shift:
    day, between = date.fromisoformat(form["day"]), form["hours"]
    first, last = time.fromisoformat(between["from"]), time.fromisoformat(between["to"])
    until = day + timedelta(days=last <= first)
    return Shift(
        actor.work.new_id(), person.id, person.commune, instant(day, first), instant(until, last)
    )


async def _possible(actor: Actor, shift: Shift) -> None:
    """Raises Refused for hours that are over, taken by another shift of theirs, or inside a leave."""
    if shift.ends_at <= actor.work.now:
        raise Refused("error.shift_past")
    states = (ShiftState.PLANNED, ShiftState.CONFIRMED)
    if any(
        overlap(one, shift) for one in await actor.work.shifts.of_person(shift.person_id, *states)
    ):
        raise Refused("error.shift_twice")
    leaves = [one for one in await actor.work.leaves.open() if one.person_id == shift.person_id]
    if any(overlap(one, shift) for one in leaves):
        raise Refused("error.shift_on_leave")


async def _arm(actor: Actor, shift: Shift, step: ShiftStep, due: Any) -> None:
    owner, n = f"shift:{shift.id}", _STEPS.index(step)
    timer = Timer(owner, "duty", 0, n, 0, due, started_at=shift.starts_at)
    await actor.work.timers.start(await actor.work.timers.fresh(timer))
    actor.work.wake("timers")


async def cancel(actor: Actor, shift_id: str) -> None:
    """A planned shift will not be: whoever else it concerns hears it."""
    by, shift = actor.person, await actor.work.shifts.get(shift_id)
    assert by is not None
    person = await actor.work.people.get(shift.person_id) if shift is not None else None
    if shift is None or person is None or not may_plan(by, person):
        raise Refused("error.errand_over")
    if shift.state not in _OPEN or not await actor.work.shifts.mark(shift, ShiftState.CANCELLED):
        raise Refused("error.errand_over")
    await actor.work.timers.stop(f"shift:{shift.id}")
    await actor.work.audit.write(by.id, "shift_cancelled", "", {"person": person.id})
    when = span(shift.starts_at, shift.ends_at)
    if by.id == person.id:
        told, notice = await leaders_of(actor, shift.commune, by.id), "shift_given_back"
    else:
        told, notice = [person], "shift_cancelled"
    values = {**when, "role": person.role}
    await tell(actor, told, Errand(notice, f"shift:{shift.id}", f"{notice}:{shift.id}", values))
    await actor.say(actor.words("duty.cancelled", **when))


async def confirm(actor: Actor, shift_id: str) -> None:
    """`Tôi đã vào ca`, in time or late."""
    person, shift = actor.person, await actor.work.shifts.get(shift_id)
    assert person is not None
    if shift is None or shift.person_id != person.id or actor.work.now >= shift.ends_at:
        raise Refused("error.shift_over")
    if shift.state in _OPEN:
        await come_on(actor, person)
        await _confirmed(actor, shift, person)
    elif shift.state is not ShiftState.CONFIRMED:
        raise Refused("error.shift_over")
    await actor.say(actor.words("work.on_duty"))


async def _confirmed(actor: Actor, shift: Shift, person: Person) -> None:
    if not await actor.work.shifts.mark(shift, ShiftState.CONFIRMED):
        return
    await actor.work.audit.write(person.id, "shift_confirmed")
    if shift.state is not ShiftState.MISSED:
        return
    staff = await actor.work.people.staff(shift.commune)
    heard = [*await leaders_of(actor, shift.commune), *there(staff, shift.commune)]
    others = {one.id: one for one in heard if one.id != person.id}  # all who heard it was missed
    errand = Errand("shift_taken", f"shift:{shift.id}", f"taken:{shift.id}", {"role": person.role})
    await tell(actor, others.values(), errand)


async def on_shift(actor: Actor, timer: Timer) -> None:
    """A moment of a shift has come."""
    shift = await actor.work.shifts.get(timer.owner.removeprefix("shift:"))
    person = await actor.work.people.get(shift.person_id) if shift is not None else None
    if shift is not None and person is not None and person.active:
        await _DUE[_STEPS[timer.step]](actor, shift, person)


async def _remind(actor: Actor, shift: Shift, person: Person) -> None:
    when = span(shift.starts_at, shift.ends_at)
    errand = Errand("shift_soon", f"shift:{shift.id}", f"soon:{shift.id}", when)
    await tell(actor, [person], errand)


async def _begin(actor: Actor, shift: Shift, person: Person) -> None:
    """Are you there? Of somebody on leave, whoever stands in is asked."""
    if shift.state is not ShiftState.PLANNED:
        return
    if actor.work.now >= shift.ends_at:  # the program was off all the while
        await actor.work.shifts.mark(shift, ShiftState.ENDED)
        return
    if person.substitute:
        staff = await actor.work.people.staff(shift.commune)
        person = stand_in(person, staff) or person
        await actor.work.shifts.give(shift, person.id)
    await tell(actor, [person], _question(shift))
    await _arm(actor, shift, ShiftStep.AGAIN, actor.work.now + actor.kit.policy.next_address)
    await _arm(actor, shift, ShiftStep.MISSED, actor.work.now + CONFIRM_WITHIN)


def _question(shift: Shift) -> Errand:
    when = span(shift.starts_at, shift.ends_at)
    return Errand("shift_begins", f"shift:{shift.id}", f"begins:{shift.id}", when)


async def _again(actor: Actor, shift: Shift, person: Person) -> None:
    """No answer yet: the same question on the address that follows, as with an alert."""
    if shift.state is not ShiftState.PLANNED:
        return
    for contact in await reachable(actor.work, person):
        if await tell_contact(actor, contact, _question(shift)):
            due = actor.work.now + actor.kit.policy.next_address
            await _arm(actor, shift, ShiftStep.AGAIN, due)
            return


async def _missed(actor: Actor, shift: Shift, person: Person) -> None:
    """No answer: they count as not there, the next one and the leader know it."""
    if shift.state is not ShiftState.PLANNED:
        return
    if not await actor.work.shifts.mark(shift, ShiftState.MISSED):
        return
    await actor.work.audit.write("system", "shift_missed", "", {"person": person.id})
    staff = await actor.work.people.staff(shift.commune)
    values = {**span(shift.starts_at, shift.ends_at), "role": person.role}
    about, leaders = f"shift:{shift.id}", await leaders_of(actor, shift.commune, person.id)
    others = there(_without(staff, person), shift.commune)
    await tell(actor, others, Errand("shift_yours", about, f"yours:{shift.id}", values))
    await tell(actor, leaders, Errand("shift_missed", about, f"missed:{shift.id}", values))
    await tell(actor, [person], Errand("shift_unconfirmed", about, f"late:{shift.id}", values))
    await go_off(actor, person, f"shift:{shift.id}")


def _without(staff: list[Person], person: Person) -> list[Person]:
    return [replace(one, on_duty=False) if one.id == person.id else one for one in staff]


async def _over(actor: Actor, shift: Shift, person: Person) -> None:
    """Off duty by itself, unless nobody else would be there."""
    if shift.state in _OPEN:
        await actor.work.shifts.mark(shift, ShiftState.ENDED)
    if shift.state is not ShiftState.CONFIRMED:
        return
    if await _goes_on(actor, shift) or not person.on_duty:
        await actor.work.shifts.mark(shift, ShiftState.ENDED)
        return
    staff = await actor.work.people.staff(shift.commune)
    about, values = f"shift:{shift.id}", {"role": person.role}
    if there(_without(staff, person), shift.commune):
        await actor.work.shifts.mark(shift, ShiftState.ENDED)
        await go_off(actor, person, f"over:{shift.id}")
        await tell(actor, [person], Errand("shift_over", about, f"over:{shift.id}"))
        return
    await actor.work.shifts.mark(shift, ShiftState.STAYING)
    await actor.work.audit.write("system", "shift_stays", "", {"person": person.id})
    await tell(actor, [person], Errand("shift_stay", about, f"stay:{shift.id}"))
    leaders = await leaders_of(actor, shift.commune, person.id)
    await tell(actor, leaders, Errand("shift_stays", about, f"stays:{shift.id}", values))


async def _goes_on(actor: Actor, shift: Shift) -> bool:
    """Whether their next shift begins where this one ends."""
    states = (ShiftState.PLANNED, ShiftState.CONFIRMED)
    return any(
        one.id != shift.id and one.starts_at <= shift.ends_at < one.ends_at
        for one in await actor.work.shifts.of_person(shift.person_id, *states)
    )


_DUE: Mapping[ShiftStep, Callable[[Actor, Shift, Person], Awaitable[None]]] = {
    ShiftStep.REMIND: _remind,
    ShiftStep.BEGIN: _begin,
    ShiftStep.MISSED: _missed,
    ShiftStep.OVER: _over,
    ShiftStep.AGAIN: _again,
}
