"""What somebody held goes to somebody else: to the person who stands in, or on along the chain."""

from dataclasses import replace

from cases.acting import without_holder
from cases.deadlines import DEADLINES
from cases.duty import Leave, LeaveState, stand_in
from cases.errors import Refused
from cases.lifecycle import Act
from cases.messages import Choice
from cases.model import Case, Person
from cases.records import clock_of
from handlers.access import cases_around, open_to
from handlers.actor import Actor
from handlers.alarms.alarm import first_step, sound_afresh
from handlers.alarms.clocks import turn_clocks
from handlers.casework.acts.done import Raced
from handlers.casework.cards import refresh
from notifications.announce import OFFER_LIFE, staff_time
from storage.records.offers import Offer

_LIST, _BUTTONS = 20, 5


async def held_by(actor: Actor, person: Person) -> list[Case]:
    """The open cases that are in their hands."""
    return [one for one in await cases_around(actor.work, person) if one.holder == person.id]


def handed_key(case: Case, leave_id: str) -> str:
    """The event by which a case passed in this leave."""
    return f"{case.id}:assign:{leave_id}"


async def hand_over(actor: Actor, case: Case, giver: Person, to: Person, leave_id: str) -> bool:
    """Assigned, as a leader would: event, audit, a fresh idle clock. False = it may not be theirs."""
    if not await open_to(actor.work, to, case):
        return False
    after = replace(
        case, holder=to.id, rev=case.rev + 1, acked_at=actor.work.now, acked_by_role=to.role
    )
    if not await actor.work.cases.save(after, case.rev):
        return False
    body = {"form": {"person": to.id}, "role": giver.role}
    key = handed_key(case, leave_id)
    await actor.work.cases.add_event(case.id, key, Act.ASSIGN.value, giver.id, body)
    await actor.work.audit.write(giver.id, Act.ASSIGN.value, case.id)
    await actor.work.cases.involve(case.id, to.id, "holder")
    await turn_clocks(actor, Act.ASSIGN, case, after, {})
    await refresh(actor, after)
    return True


async def brief(actor: Actor, leave_id: str) -> None:
    """The hand-over brief: codes, levels, what is due next; content only through the card."""
    leave, reader = await actor.work.leaves.get(leave_id), actor.person
    assert reader is not None
    absent = await actor.work.people.get(leave.person_id) if leave is not None else None
    over = leave is None or leave.state not in (LeaveState.ASKED, LeaveState.ACCEPTED)
    if (
        leave is None
        or absent is None
        or over
        or not await _stands_in(actor, reader, absent, leave)
    ):
        raise Refused("error.errand_over")
    cases = [
        case for case in await cases_around(actor.work, absent)
        if await _in_the_brief(actor, case, absent, leave_id) and await open_to(actor.work, reader, case)
    ]  # fmt: skip
    await actor.work.audit.write(reader.id, "brief", "", {"person": absent.id})
    lines = [actor.words("leave.brief", count=len(cases))]
    lines += [await _line(actor, case) for case in cases[:_LIST]]
    await offer_cases(actor, "\n".join(lines), [case.code for case in cases])


async def _stands_in(actor: Actor, reader: Person, absent: Person, leave: Leave) -> bool:
    who = stand_in(absent, await actor.work.people.staff(absent.commune))
    return reader.id in (leave.substitute_id, who.id if who is not None else "")


async def _in_the_brief(actor: Actor, case: Case, absent: Person, leave_id: str) -> bool:
    return case.holder == absent.id or await actor.work.cases.has_event(handed_key(case, leave_id))


async def _line(actor: Actor, case: Case) -> str:
    armed = await actor.work.timers.armed(f"case:{case.id}")
    at = next((one.due_at for one in armed if clock_of(one.kind) in DEADLINES), actor.work.now)
    return actor.words(
        "leave.brief_line", code=case.code, level=actor.words(f"level.{case.level}"),
        status=actor.words(f"state.{case.status}"), **staff_time("at", at),
    )  # fmt: skip


async def offer_cases(actor: Actor, text: str, codes: list[str]) -> None:
    """A list of cases with the first few as buttons; a press opens the card through the gate."""
    assert actor.voice is not None
    prompt, shown = actor.prompt(), codes[:_BUTTONS]
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, "list", shown, actor.work.now + OFFER_LIFE)
    )
    await actor.say(text, tuple(Choice(code, code) for code in shown), prompt=prompt)


async def pass_on(actor: Actor, case: Case, person: Person) -> None:
    """What they held or were called to goes to the next person now."""
    called, lost = person.id in await actor.work.cases.involved(case.id), case.holder == person.id
    if lost:
        after = replace(without_holder(case), rev=case.rev + 1)
        if not await actor.work.cases.save(after, case.rev):
            raise Raced
        case = after
    elif case.holder or not called:
        return
    armed = await actor.work.timers.armed(f"case:{case.id}")
    step = next((timer.step for timer in armed if timer.kind == "unanswered"), 0)
    await sound_afresh(actor, case, "alert", first_step(actor, case) if lost else step)
