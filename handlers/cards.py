"""The case card: opened on request, updated in place wherever somebody looks at it."""

from cases.lifecycle import Act, acts_for
from cases.messages import Choice, Outgoing
from cases.model import Case, Person
from handlers.actor import Actor, new_prompt
from handlers.render import card
from handlers.undo import undoable
from notifications.announce import OFFER_LIFE
from notifications.notices import REMINDER
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from storage.records.offers import Offer
from storage.records.people import Contact


async def show(actor: Actor, case: Case) -> None:
    """The card to the person in front of us; the gate has let them in and logged it."""
    voice, person = actor.voice, actor.person
    assert voice is not None
    assert person is not None
    prompt = new_prompt(actor.kit.chance)
    key = f"card:{case.id}:{voice.contact.id}:{prompt}"
    text, buttons = await _content(actor, case, person)
    options = [one.option for one in buttons]
    await actor.work.offers.put(
        Offer(prompt, voice.contact.id, "card", options, actor.work.now + OFFER_LIFE, case.id,
              case.rev, key)
    )  # fmt: skip
    outgoing = Outgoing(key=key, text=text, prompt=prompt, choices=buttons, quiet=True)
    await actor.send(outgoing, case.id)


async def refresh(actor: Actor, case: Case) -> None:
    """Every open card of this case shows what is true now; only the newest edit leaves."""
    for offer in await actor.work.offers.cards(case.id):
        contact = await actor.work.contacts.get(offer.contact_id)
        person = await actor.work.people.get(contact.person_id) if contact else None
        if contact is None or person is None or not person.active:
            continue
        if person.id in await actor.work.cases.exclusions(case.id):
            continue
        await _edit(actor, case, person, contact, offer)


async def _edit(actor: Actor, case: Case, person: Person, contact: Contact, offer: Offer) -> None:
    text, buttons = await _content(actor, case, person)
    await actor.work.offers.renew(offer.prompt, case.rev, [one.option for one in buttons])
    prefix = f"edit:{offer.message}:"
    await actor.work.outbox.cancel(prefix)
    outgoing = Outgoing(
        key=f"{prefix}{actor.work.new_id()}", op="edit", text=text, prompt=offer.prompt,
        choices=buttons, quiet=True, target=offer.message,
    )  # fmt: skip
    await actor.work.outbox.put(
        Message(outgoing.key, contact.id, contact.channel, "edit", body_of(outgoing), REMINDER,
                case.id)
    )  # fmt: skip
    actor.work.wake("outbox")


async def _content(actor: Actor, case: Case, person: Person) -> tuple[str, tuple[Choice, ...]]:
    events = await actor.work.cases.events(case.id)
    timers = await actor.work.timers.armed(f"case:{case.id}")
    acts = [*acts_for(case, person), *await _undo(actor, case, person)]
    say = actor.kit.catalog.say
    buttons = tuple(Choice(act.value, say(person.lang, f"act.{act.value}")) for act in acts)
    return card(actor.kit, person, case, events, timers), buttons


async def _undo(actor: Actor, case: Case, person: Person) -> list[Act]:
    return [Act.UNDO] if await undoable(actor, case, person) is not None else []
