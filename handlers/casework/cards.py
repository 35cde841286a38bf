"""The case card: opened on request, updated in place wherever somebody looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cases.access import ACTS_OF_PART, READ_WHOLE, View, reads_whole
from cases.allowed import acts_for
from cases.errors import Refused
from cases.lifecycle import PAGE_ONLY, Act
from cases.messages import Choice, Outgoing
from cases.model import Case, Person, Status, Timer
from handlers.access import log_reading, may_take_out, view_for
from handlers.actor import Actor, new_prompt
from handlers.alarms.conflict import shut_out
from handlers.casework.attachments import file_lines
from handlers.casework.exchange import Exchange
from handlers.casework.locking import police_know, suspected
from handlers.casework.others import others_of
from handlers.casework.parts import acts_of_part, part_lines
from handlers.casework.plan_view import plan_lines
from handlers.casework.sheet import Known, card
from handlers.casework.undo import undoable
from handlers.flows import FLOWS
from notifications.announce import OFFER_LIFE, act_key
from notifications.notices import REMINDER
from notifications.outgoing import body_of
from storage.ledgers.history import Event
from storage.ledgers.outbox import Message
from storage.records.offers import Offer
from storage.records.people import Contact

PAGE = 4  # buttons beside "more…" (CHANNELS.md section 3, rule 4)
MORE = "more"
PAPERS = "papers"  # no act: what can be printed
_UNDO_AT = 2  # on the first page: it is there for two minutes only


async def show(actor: Actor, case: Case) -> None:
    """The card to the person in front of us; the gate has let them in. It is a reading, and logged."""
    voice, person = actor.voice, actor.person
    assert voice is not None
    assert person is not None
    prompt = new_prompt(actor.work.draws)
    key = f"card:{case.id}:{voice.contact.id}:{prompt}"
    content = await _content(actor, case, person)
    await log_reading(actor.work, person, case)
    buttons = content.buttons(())
    options = [one.option for one in buttons]
    await actor.work.offers.put(
        Offer(prompt, voice.contact.id, "card", options, actor.work.now + OFFER_LIFE, case.id,
              case.rev, key, content.mark(actor))
    )  # fmt: skip
    outgoing = Outgoing(key=key, text=content.text, prompt=prompt, choices=buttons, quiet=True)
    await actor.send(outgoing, case.id)


async def refresh(actor: Actor, case: Case, *, in_place: bool = False) -> None:
    """The newest card at each address shows what is true now; only the newest edit leaves.

    A card that says it already stays as it is. `in_place`: nothing was done, a clock went on; then no
    card is sent afresh.
    """
    cards = await actor.work.offers.all_cards(case.id)
    newest = {offer.contact_id: offer.prompt for offer in cards}
    if cards:
        case = await actor.work.cases.get(case.id) or case  # out of a list it comes without records
    for offer in cards:
        contact = await actor.work.contacts.get(offer.contact_id)
        person = await actor.work.people.get(contact.person_id) if contact else None
        if contact is None or person is None or not person.active:
            continue
        last = newest[offer.contact_id] == offer.prompt
        if await view_for(actor.work, person, case) is View.NONE:
            await actor.work.offers.gone(offer.prompt)
            if last or _edits(actor, contact):
                await _clear(actor, case, person, contact, offer)
        elif last and (not in_place or _edits(actor, contact)):
            await _renew(actor, case, person, contact, offer)


async def _renew(actor: Actor, case: Case, person: Person, contact: Contact, offer: Offer) -> None:
    """From its first page on, where it does not say already what is true now."""
    content = await _content(actor, case, person)
    if content.mark(actor) == offer.shown:
        await actor.work.offers.abreast(offer.prompt, case.rev)
    else:
        await _edit(actor, case, contact, replace(offer, options=[]), content)


async def _clear(actor: Actor, case: Case, person: Person, contact: Contact, offer: Offer) -> None:
    """Whoever may not see the case any more keeps no card of it, and learns of no later change.

    Where nothing can be changed one line stands for every card.
    """
    text = actor.kit.catalog.say(person.lang, "card.gone", code=case.code)
    await _put_edit(actor, case, contact, offer, Outgoing("", text=text))


async def take_cards(actor: Actor, person: Person, contact: Contact) -> None:
    """Every card this address looks at is replaced by one neutral line."""
    cards = await actor.work.offers.cards_at(contact.id)
    newest = {offer.case_id: offer.prompt for offer in cards}
    for offer in cards:
        await actor.work.offers.gone(offer.prompt)
        case = await actor.work.cases.get(offer.case_id)
        if case is not None and (newest[case.id] == offer.prompt or _edits(actor, contact)):
            await _clear(actor, case, person, contact, offer)


async def clear_cards(actor: Actor, case: Case) -> None:
    """The case will be there no more: whoever looks at a card of it sees one neutral line instead."""
    for offer in await actor.work.offers.all_cards(case.id):
        contact = await actor.work.contacts.get(offer.contact_id)
        person = await actor.work.people.get(contact.person_id) if contact else None
        if contact is not None and person is not None:
            text = actor.kit.catalog.say(person.lang, "card.gone", code=case.code)
            out = Outgoing(
                f"gone:{offer.prompt}", text=text, op="edit", quiet=True, target=offer.message
            )
            body, at = body_of(out), contact.channel
            await actor.work.outbox.put(Message(out.key, contact.id, at, "edit", body, REMINDER))


async def turn_page(actor: Actor, case: Case, offer: Offer) -> None:
    """The next buttons of a card, in place; the prompt stays."""
    assert actor.voice is not None
    assert actor.person is not None
    content = await _content(actor, case, actor.person)
    await _edit(actor, case, actor.voice.contact, offer, content)


async def _edit(
    actor: Actor, case: Case, contact: Contact, offer: Offer, content: "_Content"
) -> None:
    """`offer.options` says which page is shown now; the one after it comes."""
    buttons = content.buttons(offer.options)
    # Where nothing can be edited the card comes afresh, below everything else; below a question
    # that is open it comes without buttons: a number typed then is the answer.
    afresh = not _edits(actor, contact)
    asked = afresh and not offer.options and await _is_asked(actor, contact)
    seen = not asked and (afresh or bool(offer.options))
    options = [one.option for one in buttons]
    await actor.work.offers.renew(
        offer.prompt, case.rev, options, seen=seen, shown=content.mark(actor)
    )
    buttons = () if asked else buttons
    shown = Outgoing("", text=content.text, prompt=offer.prompt, choices=buttons)
    await _put_edit(actor, case, contact, offer, shown)


async def _is_asked(actor: Actor, contact: Contact) -> bool:
    """Whether a question is open at this address."""
    rows = await actor.work.talks.of_contact(contact.id)
    return any(row.flow in FLOWS for row in rows)  # what was set aside is not open


def _edits(actor: Actor, contact: Contact) -> bool:
    channel = actor.kit.channels.get((contact.channel, contact.account))
    return channel is not None and channel.abilities.edit


async def _put_edit(
    actor: Actor, case: Case, contact: Contact, offer: Offer, shown: Outgoing
) -> None:
    """Only the newest state of a card leaves: edits that still wait are withdrawn."""
    prefix = f"edit:{offer.message}:"
    await actor.work.outbox.cancel(prefix)
    outgoing = replace(
        shown, key=f"{prefix}{actor.work.new_id()}", op="edit", quiet=True, target=offer.message
    )
    await actor.work.outbox.put(
        Message(outgoing.key, contact.id, contact.channel, "edit", body_of(outgoing), REMINDER,
                case.id)
    )  # fmt: skip
    actor.work.wake("outbox")


@dataclass(frozen=True, slots=True)
class _Content:
    """What a card says, and every button it has, page after page."""

    text: str
    choices: tuple[Choice, ...]
    more: Choice

    def buttons(self, shown: Sequence[str]) -> tuple[Choice, ...]:
        """Those of the page that follows what is shown."""
        known = {one.option: one for one in (*self.choices, self.more)}
        return tuple(known[one] for one in _page([one.option for one in self.choices], shown))

    def mark(self, actor: Actor) -> str:
        words = [self.text, *(one.option for one in self.choices)]
        return actor.kit.store.opaque("card", "\n".join(words))


async def _content(actor: Actor, case: Case, person: Person) -> _Content:
    events = await actor.work.cases.events(case.id)
    timers = await actor.work.timers.armed(f"case:{case.id}")
    acts = [one for one in await acts_now(actor, case, person) if one not in PAGE_ONLY]
    # While nobody has the case, its few buttons are those that get somebody to it.
    if case.status is not Status.RECEIVED and await may_take_out(actor.work, person, case):
        acts.append(PAPERS)
    choices = [
        Choice(act, actor.kit.catalog.say(person.lang, act_key(act, person)))
        for act in (*acts, MORE)
    ]
    text = await _text(actor, case, person, (events, timers))
    return _Content(text, tuple(choices[:-1]), choices[-1])


async def _text(
    actor: Actor, case: Case, person: Person, known: tuple[list[Event], list[Timer]]
) -> str:
    """As much of it as this person may read. Raises Refused where that is nothing."""
    view = await view_for(actor.work, person, case)
    if view is View.NONE:
        raise Refused("error.not_found")
    if view not in READ_WHOLE:
        return "\n".join(part_lines(actor.kit, person, case, view, known))
    text = card(actor.kit, person, case, Known(*known, actor.work.now))
    if not reads_whole(person, case):
        return text
    return "\n".join([text, *await _beside(actor, case, person, known[0])])


async def _beside(actor: Actor, case: Case, person: Person, events: list[Event]) -> list[str]:
    """The plan, what others were asked, the files, and the letters with the reporter."""
    counts = await actor.work.files.counts(case.id)
    locked = bool(counts) and await suspected(actor.work, case)
    told = locked and await police_know(actor.work, case)
    files = file_lines(actor.kit, person.lang, counts, locked=locked, told=told)
    others = [one.text for one in await others_of(actor.work, actor.kit, person.lang, case)]
    said = await Exchange(actor.work, actor.kit, person.lang, case).lines(events)
    plan = await plan_lines(actor.work, actor.kit, person.lang, case)
    parts = [part for part in (plan, others, files) if part]
    return [*(line for part in parts for line in ("", *part)), *said]


async def acts_now(actor: Actor, case: Case, person: Person) -> list[str]:
    """Exactly what this person may do to the case now: the buttons of a card, here and on a page."""
    view = await view_for(actor.work, person, case)
    if view is not View.WHOLE:
        own = acts_of_part(case, person, view)
        back = Act.UNDO in ACTS_OF_PART.get(view, ()) and await undoable(actor, case, person)
        return [*own, *[Act.UNDO.value] * bool(back)]
    acts = [act.value for act in acts_for(case, person)]
    if Act.INCLUDE in acts and not await shut_out(actor, case, person):
        acts.remove(Act.INCLUDE)
    if await undoable(actor, case, person) is not None:
        acts.insert(_UNDO_AT, Act.UNDO.value)
    return acts


def _page(acts: list[str], shown: Sequence[str]) -> list[str]:
    """At most five buttons: those that follow what is shown. An act that went away skips no other."""
    if len(acts) <= PAGE + 1:
        return acts
    start = 1 + max((acts.index(one) for one in shown if one in acts), default=-1)
    start = start if start < len(acts) else 0
    return [*acts[start : start + PAGE], MORE]
