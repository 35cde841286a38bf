"""The way from the chat to the staff pages: one link, one sign-in, said aloud, ended by one press."""

from dataclasses import dataclass

from cases.codes import digest
from cases.messages import Choice, Outgoing
from cases.model import Person
from cases.times.calendar import local
from handlers.actor import Actor, Kit
from handlers.guessing import guessed_link
from handlers.links import link_to_pages, secret
from handlers.operators import tell_operators
from notifications.announce import OFFER_LIFE, reachable
from notifications.notices import ALERT
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from storage.records.offers import Offer
from storage.records.people import Contact
from storage.unit_of_work import UnitOfWork

OFFER = "sign_in"  # the kind of the button under "somebody has signed in"
NOT_ME = "not_me"


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody has come in: who, and the token that only their browser keeps."""

    person: Person
    token: str


async def give_link(actor: Actor) -> None:
    """One link, for one sign-in within five minutes; the token stands where no server sees it."""
    assert actor.person is not None
    link, button = await link_to_pages(actor, actor.words("sign_in.open"))
    await actor.work.audit.write(actor.person.id, "link_made")
    words = [actor.words("sign_in.link", link=link)]
    if not actor.kit.public_url:
        words.append(actor.words("sign_in.only_here"))
    await actor.say("\n\n".join(words), button)


async def enter(work: UnitOfWork, kit: Kit, token: str) -> Entered | None:
    """Spend a link. None = unknown, used or too late: nobody learns which of them."""
    spent = await work.sign_in.spend(token)
    person = await work.people.get(spent[0]) if spent else None
    if spent is None or person is None or not person.active:
        await work.audit.write("-", "sign_in_refused")
        await guessed_link(work, kit)
        return None
    session = secret(kit.chance)
    await work.sign_in.open_session(session, secret(kit.chance), person.id, spent[1])
    await work.audit.write(person.id, "signed_in")
    for contact in await reachable(work, person):
        await _tell(work, kit, contact, digest(session)[:16])
    return Entered(person, session)


async def _tell(work: UnitOfWork, kit: Kit, contact: Contact, session: str) -> None:
    """On every address: whoever holds one of them in secret must not be able to hide it."""
    say, prompt = kit.catalog.say, secret(kit.chance)[:11]
    text = say(contact.lang, "sign_in.new", at=f"{local(work.now):%H:%M}")
    button = Choice(NOT_ME, say(contact.lang, "sign_in.not_me"))
    key = f"sign_in:{session}:{contact.id}"
    out = Outgoing(key, text=text, prompt=prompt, choices=(button,), staff=True)
    await work.offers.put(Offer(prompt, contact.id, OFFER, [NOT_ME], work.now + OFFER_LIFE))
    await work.outbox.put(Message(key, contact.id, contact.channel, "say", body_of(out), ALERT))
    work.wake("outbox")


async def not_me(actor: Actor) -> None:
    """It was somebody else: every session and link of this person ends now, administrators hear it."""
    person = actor.person
    assert person is not None
    await actor.work.sign_in.end_all(person.id)
    await actor.work.audit.write(person.id, "sign_in_disowned")
    await actor.say(actor.words("sign_in.ended"))
    key = f"stranger:{person.id}"
    await tell_operators(actor.work, actor.kit, "admin_stranger", key, role=person.role)
