"""What ends with an address, or with a person who does not work here any more."""

from dataclasses import replace

from cases.duty import Leave, LeaveState, ShiftState, there
from cases.model import Person
from handlers.actor import Actor
from handlers.casework.cards import refresh
from handlers.casework.opening import submit_report
from handlers.flows.report import worth_filing
from handlers.roster.colleagues import Errand, leaders_of, nobody_left, span, tell
from handlers.roster.presence import come_on
from handlers.talk.signs import in_danger
from storage.records.talks import TalkRow


async def end_talks(actor: Actor, contact_id: str) -> None:
    """File what is worth filing, forget the rest."""
    for row in await actor.work.talks.of_contact(contact_id):
        if row.flow == "report" and in_danger(row.answers["answers"]):
            await _left(actor, row)
        if row.flow == "report" and not row.case_id and worth_filing(row.answers["answers"]):
            await submit_report(actor, row, silent=True)
        await actor.work.timers.stop(f"talk:{row.id}")
        await actor.work.talks.delete(row.id)


async def _left(actor: Actor, row: TalkRow) -> None:
    """A child in danger left in a hurry: a sign for the officer, on the report or on its open case."""
    row.answers["answers"]["left"] = True
    case = await actor.work.cases.get(row.case_id) if row.case_id else None
    if case is not None:
        body = {"answers": {"left": True}, "fired": []}
        key = f"{case.id}:left:{row.id}"
        await actor.work.cases.add_event(case.id, key, "report", "reporter", body)
        await refresh(actor, case)


async def end_duties(actor: Actor, person: Person) -> None:
    """Shifts, leave, standing in and test alerts of somebody who was removed; who is left hears of it."""
    states = (ShiftState.PLANNED, ShiftState.CONFIRMED, ShiftState.MISSED, ShiftState.STAYING)
    for shift in await actor.work.shifts.of_person(person.id, *states):
        await actor.work.shifts.mark(shift, ShiftState.CANCELLED)
        await actor.work.timers.stop(f"shift:{shift.id}")
    for bell in await actor.work.bells.of_person(person.id):
        await actor.work.timers.stop(f"bell:{bell.id}")
    for leave in await actor.work.leaves.open():
        if leave.person_id == person.id:
            await _own(actor, leave, person)
        elif leave.substitute_id == person.id:
            await _stood_in(actor, leave)
    left = there(await actor.work.people.staff(person.commune), person.commune)
    if person.commune and person.on_duty and not left:
        await nobody_left(actor, person.commune, f"removed:{person.id}")


async def _own(actor: Actor, leave: Leave, person: Person) -> None:
    await actor.work.leaves.mark(leave, LeaveState.CANCELLED)
    await actor.work.timers.stop(f"leave:{leave.id}")
    substitute = await actor.work.people.get(leave.substitute_id)
    values = {**span(leave.starts_at, leave.ends_at), "role": person.role}
    errand = Errand("leave_cancelled", f"leave:{leave.id}", f"cancelled:{leave.id}", values)
    await tell(actor, [substitute] if substitute is not None and substitute.active else [], errand)


async def _stood_in(actor: Actor, leave: Leave) -> None:
    """Nobody stands in any more: the leave ends, and whoever was away is called again."""
    absent = await actor.work.people.get(leave.person_id)
    assert absent is not None
    asked = leave.state is LeaveState.ASKED
    begun = not asked and leave.starts_at <= actor.work.now
    state = LeaveState.ENDED if begun else LeaveState.DECLINED if asked else LeaveState.CANCELLED
    await actor.work.leaves.mark(leave, state)
    await actor.work.timers.stop(f"leave:{leave.id}")
    if begun:
        await come_on(actor, replace(absent, substitute=""))
    about, values = f"leave:{leave.id}", {"role": absent.role}
    await tell(actor, [absent], Errand("leave_ended", about, f"ended:{leave.id}", values))
    leaders = await leaders_of(actor, absent.commune, absent.id)
    await tell(actor, leaders, Errand("leave_uncovered", about, f"uncovered:{leave.id}", values))
