"""Administrators hear of what is wrong with the installation itself; never a word about a case."""

from cases.messages import Outgoing
from cases.model import Role
from handlers.actor import Kit
from notifications.announce import reachable
from notifications.notices import ALERT
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from storage.unit_of_work import UnitOfWork


async def tell_operators(
    work: UnitOfWork, kit: Kit, notice: str, key: str, *, skip: str = "", **values: object
) -> None:
    """On every address that works, except on the channel `skip`; once an hour for the same `key`."""
    staff = await work.people.staff("")
    for admin in (one for one in staff if one.role is Role.ADMIN):
        for contact in await reachable(work, admin):
            if contact.channel == skip:
                continue
            text = kit.catalog.say(contact.lang, f"notice.{notice}", **values)
            whole = f"{key}:{work.now:%Y-%m-%dT%H}:{contact.id}"
            body = body_of(Outgoing(key=whole, text=text))
            await work.outbox.put(Message(whole, contact.id, contact.channel, "say", body, ALERT))
    work.wake("outbox")
