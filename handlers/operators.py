"""Administrators hear of what is wrong with the installation itself; never a word about a case."""

from cases.messages import Outgoing
from cases.model import Role
from handlers.actor import Kit
from notifications.announce import reachable
from notifications.notices import ALERT
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from storage.records.people import Contact
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
            text = kit.catalog.say(
                contact.lang, f"notice.{notice}", **_worded(kit, contact, values)
            )
            whole = f"{key}:{work.now:%Y-%m-%dT%H}:{contact.id}"
            body = body_of(Outgoing(key=whole, text=text))
            await work.outbox.put(Message(whole, contact.id, contact.channel, "say", body, ALERT))
    work.wake("outbox")


def _worded(kit: Kit, contact: Contact, values: dict[str, object]) -> dict[str, object]:
    """A role in the language of who reads it."""
    say = kit.catalog.say
    return {
        name: say(contact.lang, f"role.{one}") if isinstance(one, Role) else one
        for name, one in values.items()
    }
