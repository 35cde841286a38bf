"""A closed window: approved words that say nothing, so that somebody writes again and opens it."""

from cases.messages import Outgoing
from cases.safe_contact import Safety, window_of
from handlers.actor import Actor
from notifications.announce import reachable
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message, OutboxRow
from storage.records.people import Contact

OP = "knock"


async def knock(actor: Actor, row: OutboxRow) -> None:
    """Once a day for an address, where its channel can, and never to who must not be written to first."""
    contact = await actor.work.contacts.get(row.contact_id)
    if contact is None or row.op == OP or not await _may(actor, contact):
        return
    key, body = f"knock:{contact.id}:{actor.work.now:%Y-%m-%d}", body_of(Outgoing(key="", op=OP))
    if not contact.person_id:  # a reporter's own hours; asked above, so there are some
        body["hours"] = window_of(contact.safety or Safety())
    await actor.work.outbox.put(
        Message(key, contact.id, contact.channel, OP, body, row.priority, row.case_id)
    )
    actor.work.wake("outbox")


async def _may(actor: Actor, contact: Contact) -> bool:
    channel = actor.kit.channels.get((contact.channel, contact.account))
    if channel is None or not channel.abilities.knock:
        return False
    if not contact.person_id:
        return window_of(contact.safety or Safety()) is not None
    person = await actor.work.people.get(contact.person_id)
    return person is not None and not await reachable(actor.work, person)
