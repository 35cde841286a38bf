"""Nobody has answered an alert: each person's next address, before the chain's next step (ADR 9)."""

from dataclasses import replace
from datetime import timedelta

from cases.deadlines import ALARMING
from cases.lifecycle import Act
from cases.model import Case, Person, Timer
from handlers.actor import Actor
from handlers.alarms.alarm import HOPS, alarm_values, staff_of
from notifications.announce import Call, reachable, shut_accounts, up_to_open
from storage.ledgers.outbox import Told
from storage.records.people import Contact


async def on_no_answer(actor: Actor, case: Case, timer: Timer) -> None:
    """No answer yet: the next address of each person alerted so far, whatever the status."""
    if case.holder:
        return
    first = timer.slot % HOPS == 0
    alarms: dict[str, list[Told]] = {}  # the newest last
    for told in await actor.work.outbox.told(f"case:{case.id}:alert:{timer.round}:"):
        alarms.setdefault(told.key.rsplit(":", 1)[0], []).append(told)
    more, shut = False, await shut_accounts(actor.work)
    for person in await _called(actor, case):
        contacts = await reachable(actor.work, person)
        for key, told_so_far in reversed(alarms.items()):
            reached = {told.contact_id for told in told_so_far}
            own = [one for one in contacts if one.id in reached]
            fresh = [one for one in contacts if one.id not in reached]
            if not own:
                continue
            if not fresh:
                break
            waits = first and await _drawn(actor, own, told_so_far)
            if not waits:
                call = Call("alert", key, alarm_values(actor, case))
                for contact in up_to_open(fresh, shut):
                    await actor.kit.announcer.tell_contact(actor.work, case, contact, call)
            more = more or waits or len(fresh) > 1
            break  # an older alarm says nothing that the newest does not
    if more and case.level in ALARMING:
        policy = actor.kit.policy
        due = actor.work.now + policy.next_address - (policy.undrawn if first else timedelta(0))
        await actor.work.timers.start(replace(timer, slot=timer.slot + 1, due_at=due, id=""))


async def _drawn(actor: Actor, own: list[Contact], told: list[Told]) -> bool:
    """Whether the alert reached a screen as far as anybody knows: it left, and no page says that it did not."""
    sent = {one.contact_id: one for one in told}
    for contact in own:
        if contact.channel != "web":
            if sent[contact.id].state == "sent":
                return True
            continue  # held back: a shut gate, a messenger that does not answer
        seen, number = await actor.work.webchat.seen(contact.user), sent[contact.id].message_id
        if number.isdigit() and seen >= int(number):
            return True
    return False


async def _called(actor: Actor, case: Case) -> list[Person]:
    staff, excluded = await staff_of(actor, case)
    called = await actor.work.cases.involved(case.id)
    events = await actor.work.cases.events(case.id)
    called -= {event.actor for event in events if event.act == Act.DECLINE}
    return [one for one in staff if one.id in called and one.id not in excluded and one.on_duty]
