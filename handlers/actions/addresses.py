"""A person's own addresses: seen, added, put first, given up."""

from cases.errors import Refused
from cases.model import Person
from handlers.actor import Actor
from handlers.casework.cards import take_cards
from handlers.operators import tell_operators
from handlers.roster.departing import end_talks
from handlers.roster.invitations import new_code, ways_in
from handlers.roster.reach import address_lost
from notifications.announce import reachable
from storage.records.people import Contact, Invite


async def add_address(actor: Actor) -> None:
    """A code for one more address of the same person: pressing here, where they are known, confirms it."""
    person = actor.person
    assert person is not None
    mine = Invite(
        person.role, person.commune, person.villages, person.name, person.id, made_by=person.id
    )
    code, _ = await new_code(actor, mine)
    await actor.work.audit.write(person.id, "address_invited")
    await actor.say(
        f"{ways_in(actor, code, 'address')}\n\n{actor.words('address.add')}", protect=False
    )


async def put_first(actor: Actor, contact_id: str) -> None:
    """From now on this address is tried before the others."""
    person, contact = actor.person, await _own(actor, contact_id)
    assert person is not None
    await actor.work.contacts.put_first(contact.id, person.id)
    await actor.work.audit.write(person.id, "address_first", "", {"contact": contact.id})
    await actor.say(actor.words("address.first", channel=actor.words(f"channel.{contact.channel}")))


async def give_up(actor: Actor, contact_id: str) -> None:
    """An address that is not theirs any more; the last one that works stays, or nobody could reach them."""
    person, contact = actor.person, await _own(actor, contact_id)
    assert person is not None
    if all(one.id == contact.id for one in await reachable(actor.work, person)):
        raise Refused("error.last_address")
    await _end(actor, person, contact)
    await actor.say(actor.words("address.gone", channel=actor.words(f"channel.{contact.channel}")))


async def not_mine(actor: Actor, contact_id: str) -> None:
    """`Không phải tôi`: somebody else used the code. It ends here, and administrators hear it."""
    await give_up(actor, contact_id)
    person = actor.person
    assert person is not None
    key = f"foreign_address:{person.id}"
    await tell_operators(actor.work, actor.kit, "admin_foreign_address", key, role=person.role)


async def _own(actor: Actor, contact_id: str) -> Contact:
    contact = await actor.work.contacts.get(contact_id)
    assert actor.person is not None
    if contact is None or contact.person_id != actor.person.id:
        raise Refused("error.errand_over")
    return contact


async def _end(actor: Actor, person: Person, contact: Contact) -> None:
    """Nothing goes there, nothing is shown there any more, also on pages that were opened from there."""
    await actor.work.contacts.mark(contact.id, "blocked")
    await address_lost(actor, person, contact)
    await actor.work.outbox.cancel_for(contact.id)
    await take_cards(actor, person, contact)
    await end_talks(actor, contact.id)
    await actor.work.contacts.unlink(contact.id)
    await actor.work.sign_in.end_all(person.id)
    await actor.work.audit.write(person.id, "address_ended", "", {"contact": contact.id})
