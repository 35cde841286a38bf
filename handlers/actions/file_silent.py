"""Silence: asked once, then what was told is filed; an empty talk is deleted."""

from dataclasses import replace

from cases.messages import Choice
from cases.model import Status, Timer
from cases.routing import desk, people_for
from cases.safe_contact import Safety, first_chance, learned
from handlers.actor import Actor, Voice
from handlers.alarms.alarm import staff_of
from handlers.casework.cards import refresh
from handlers.casework.opening import submit_report
from handlers.flows.report import worth_filing
from handlers.talk.signs import in_danger
from notifications.announce import OFFER_LIFE, Call
from notifications.notices import SEE
from storage.records.offers import Offer
from storage.records.people import Contact
from storage.records.talks import TalkRow


async def on_silence(actor: Actor, timer: Timer) -> None:
    """Step 0: ask once after an hour. Later: file as it is, or delete what says nothing."""
    row = await actor.work.talks.get(timer.owner.removeprefix("talk:"))
    if row is None:
        return
    if row.flow != "report":
        await actor.work.talks.delete(row.id)
    elif timer.step == 0:
        await _ask_once(actor, row, timer)
    elif timer.step == 1 and row.case_id:
        await _went_quiet(actor, row, timer)
    else:
        await _file(actor, row, timer)


async def _ask_once(actor: Actor, row: TalkRow, timer: Timer) -> None:
    now, due = actor.work.now, row.touched_at + actor.kit.policy.silent_file
    filing = replace(timer, step=1, slot=0, due_at=max(due, now), id="")
    await actor.work.timers.start(filing)
    contact = await actor.work.contacts.get(row.contact_id)
    if contact is None or contact.state != "ok":
        return
    at = first_chance(learned(contact.safety or Safety(), row.answers["answers"]), now)
    if at is None:
        return  # never written to first: the next word goes on with the talk all the same
    if at > now:
        if at < filing.due_at:
            await actor.work.timers.start(replace(timer, slot=timer.slot + 1, due_at=at, id=""))
        return
    voice = Voice(f"{row.id}:{timer.round}:silent", contact, contact.lang, row.received_at)
    await _offer_to_carry_on(replace(actor, voice=voice), contact)


async def _offer_to_carry_on(actor: Actor, contact: Contact) -> None:
    """Nobody asked for it now: the neutral line and nothing else; what was told shows after a press."""
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, contact.id, "menu", [SEE], actor.work.now + OFFER_LIFE)
    )
    button = Choice(SEE, actor.words("relay.menu.see"), standing=True)
    text = actor.words("notice.reporter_letter")
    await actor.say(text, (button,), prompt=prompt, quiet=True)


async def _went_quiet(actor: Actor, row: TalkRow, timer: Timer) -> None:
    """A child in danger stopped in the middle: the child is left in peace, the officer is told."""
    later = row.touched_at + actor.kit.policy.silent_file
    await actor.work.timers.start(replace(timer, step=2, due_at=later, id=""))
    case = await actor.work.cases.get(row.case_id)
    if case is None or case.status is Status.CLOSED:
        return
    stopped = {"stopped": True}
    answers = {**row.answers["answers"], **stopped}
    await actor.work.talks.save(replace(row, answers={**row.answers, "answers": answers}))
    body = {"answers": stopped, "fired": []}
    await actor.work.cases.add_event(
        case.id, f"{case.id}:quiet:{timer.id}", "report", "system", body
    )
    staff, excluded = await staff_of(actor, case)
    people = people_for(("holder",) if case.holder else ("officer",), case, staff, excluded)
    people = people or desk(case, staff, excluded)
    call = Call("went_quiet", f"case:{case.id}:quiet:{timer.id}", {})
    await actor.kit.announcer.tell(actor.work, case, people, call)
    await refresh(actor, case)


async def _file(actor: Actor, row: TalkRow, timer: Timer) -> None:
    """Filed as it is; the talk stays for a day, so that the next message goes on with it."""
    if row.case_id or not worth_filing(row.answers["answers"]):
        await actor.work.talks.delete(row.id)
        return
    if in_danger(row.answers["answers"]):
        row.answers["answers"]["stopped"] = True
    case = await submit_report(actor, row, silent=True)
    notes = {**row.answers["notes"], "unheard": True}  # the receipt waits until they write again
    await actor.work.talks.save(
        replace(row, case_id=case.id, answers={**row.answers, "notes": notes})
    )
    due = actor.work.now + actor.kit.policy.silent_file
    await actor.work.timers.start(replace(timer, step=timer.step + 1, due_at=due, id=""))
