"""Who is behind an address, and in which language we speak to them."""

from dataclasses import replace
from datetime import timedelta

from cases.messages import Incoming
from cases.model import Person
from locales.catalog import Catalog
from storage.records.people import Contact
from storage.unit_of_work import UnitOfWork

# It is no word of theirs: what we said ourselves, what the messenger notes, or that they are gone.
_NOT_THEIRS = ("blocked", "left", "echo", "staff_took_over", "delivered", "seen", "withdraw")
_OFTEN = timedelta(seconds=30)  # nobody needs to know more exactly when somebody wrote last


async def meet(
    work: UnitOfWork, incoming: Incoming, catalog: Catalog
) -> tuple[Contact, Person | None]:
    """The address of this message (made on first sight) and the member of staff behind it, if any.

    At first sight it speaks the language of the messenger or page, if that is spoken here.

    Whoever writes can be reached again: a blocked address heals itself.
    """
    contact = await work.contacts.ensure(
        incoming.channel,
        incoming.account,
        incoming.user,
        incoming.chat,
        catalog.known([incoming.lang]),
    )
    if work.now - contact.last_in_at > _OFTEN and incoming.kind != "signal":
        await work.contacts.heard(contact.id)
        contact = replace(contact, last_in_at=work.now)
    if contact.state != "ok" and incoming.signal not in _NOT_THEIRS:
        await work.contacts.mark(contact.id, "ok")
        contact = replace(contact, state="ok")
    person = await work.people.get(contact.person_id) if contact.person_id else None
    if person is not None and not person.active:
        person = None
    return contact, person
