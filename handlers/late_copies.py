"""A message came twice and cannot be taken back: one line says so, where it may be said."""

from cases.messages import Outgoing
from cases.safe_contact import Safety, window_of
from handlers.actor import Kit
from notifications.notices import REMINDER
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork


def removes(kit: Kit, row: OutboxRow) -> bool:
    """Whether its messenger can take a message off a phone."""
    channel = kit.channels.get((row.address.channel, row.address.account))
    return channel is not None and channel.abilities.delete_hours != 0


async def explain(work: UnitOfWork, kit: Kit, row: OutboxRow, key: str, after: str) -> None:
    """Nobody asked for it: to a reporter it leaves in their own hours, or never."""
    contact = await work.contacts.get(row.contact_id)
    if contact is None or contact.state == "blocked":
        return
    line = Outgoing(
        key, text=kit.catalog.say(contact.lang, "talk.repeated"), quiet=True,
        staff=bool(contact.person_id),
    )  # fmt: skip
    body = body_of(line)
    if not contact.person_id:
        hours = window_of(contact.safety or Safety())
        if hours is None:
            return
        body["hours"] = hours
    await work.outbox.put(
        Message(key, contact.id, contact.channel, "say", body, REMINDER, after=after)
    )
    work.wake("outbox")
