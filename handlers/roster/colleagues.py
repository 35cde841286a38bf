"""What staff are told that is about no case: a shift, a leave, an invitation, a test alert."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.duty import stand_in
from cases.messages import Choice, Outgoing
from cases.model import Level, Person, Role
from handlers.actor import Actor, new_prompt
from handlers.operators import tell_operators
from notifications.announce import (
    OFFER_LIFE,
    reachable,
    shut_accounts,
    staff_time,
    up_to_open,
)
from notifications.notices import NOTICES
from notifications.outgoing import body_of
from notifications.quiet import at_daybreak, can_wait
from storage.ledgers.outbox import Message, OutboxRow
from storage.records.offers import Offer
from storage.records.people import Contact

KIND = "errand"  # of an offer: its `message` names what it is about


@dataclass(frozen=True, slots=True)
class Errand:
    """One notice to colleagues. `about`: `shift:<id>`, `leave:<id>`…; `key` makes it happen once."""

    notice: str
    about: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


def span(starts_at: Any, ends_at: Any) -> dict[str, str]:
    """`{at}`, `{at_day}` to `{due}`, `{due_day}`: what a notice says of a shift or a leave."""
    return {**staff_time("at", starts_at), **staff_time("due", ends_at)}


async def tell(actor: Actor, people: Iterable[Person], errand: Errand) -> None:
    """Each on the first address that works; where it fails, `other_way` takes the next."""
    alarm = NOTICES[errand.notice].alarm
    shut = await shut_accounts(actor.work) if alarm else frozenset[tuple[str, str]]()
    for person in people:
        contacts = await reachable(actor.work, person)
        for contact in up_to_open(contacts, shut):
            await tell_contact(actor, contact, errand)
        if not contacts:
            await _unreached(actor, person)


async def _unreached(actor: Actor, person: Person) -> None:
    """No address of theirs works: the administrator is the one who can mend it."""
    await tell_operators(actor.work, actor.kit, "admin_unreached", f"unreached:{person.id}")


async def tell_contact(actor: Actor, contact: Contact, errand: Errand) -> bool:
    """One notice to one address. False = it is in the outbox already."""
    notice, say = NOTICES[errand.notice], actor.kit.catalog.say
    values = {name: _value(say, contact.lang, one) for name, one in errand.values.items()}
    prompt = new_prompt(actor.work.draws) if notice.acts else ""
    outgoing = Outgoing(
        key=f"staff:{errand.key}:{contact.id}", prompt=prompt, staff=True,
        text=say(contact.lang, f"notice.{errand.notice}", **values),
        choices=tuple(Choice(one, say(contact.lang, f"errand.{one}")) for one in notice.acts),
    )  # fmt: skip
    stored = {
        "notice": errand.notice, "about": errand.about, "key": errand.key,
        "values": dict(errand.values),
    }  # fmt: skip
    body = {**body_of(outgoing), "alert": notice.alarm, "errand": stored}
    due_at = actor.work.now
    if can_wait(notice, due_at):
        due_at = at_daybreak(due_at, None, actor.kit.chance.bytes(2)).at
    new = await actor.work.outbox.put(
        Message(outgoing.key, contact.id, contact.channel, "say", body, notice.priority,
                due_at=due_at, about_at=due_at)
    )  # fmt: skip
    if new and prompt:
        await actor.work.offers.put(
            Offer(prompt, contact.id, KIND, list(notice.acts), actor.work.now + OFFER_LIFE,
                  message=errand.about)
        )  # fmt: skip
    actor.work.wake("outbox")
    return new


def _value(say: Callable[..., str], lang: str, value: Any) -> Any:
    """A role, a level, or a list of channels, in the reader's language."""
    if isinstance(value, list):
        return ", ".join(say(lang, f"channel.{one}") for one in value)
    if value in set(Level):
        return say(lang, f"level.{value}")
    return say(lang, f"role.{value}") if value in set(Role) else value


async def offer(actor: Actor, text: str, about: str, options: tuple[str, ...]) -> None:
    """An answer to the person in front of us, with buttons about this."""
    assert actor.voice is not None
    prompt = actor.prompt()
    await actor.work.offers.put(
        Offer(prompt, actor.voice.contact.id, KIND, list(options), actor.work.now + OFFER_LIFE,
              message=about)
    )  # fmt: skip
    buttons = tuple(Choice(one, actor.words(f"errand.{one}")) for one in options)
    await actor.say(text, buttons, prompt=prompt)


async def other_way(actor: Actor, row: OutboxRow, person: Person) -> None:
    """It did not arrive: the same words on the next address that has not had them."""
    stored = row.body.get("errand")
    if stored is None or not person.active:
        return
    errand = Errand(stored["notice"], stored["about"], stored["key"], stored["values"])
    for contact in await reachable(actor.work, person):
        if contact.id != row.contact_id and await tell_contact(actor, contact, errand):
            return
    if not await reachable(actor.work, person):
        await _unreached(actor, person)


async def leaders_of(actor: Actor, commune: str, *but: str) -> list[Person]:
    """Who leads there, or stands in for a leader on leave; without those named."""
    staff = await actor.work.people.staff(commune)
    found: dict[str, Person] = {}
    for person in staff:
        if person.role is Role.LEADER and person.commune == commune:
            who = stand_in(person, staff) or person
            found.setdefault(who.id, who)
    return [one for one in found.values() if one.id not in but]


async def nobody_left(actor: Actor, commune: str, key: str) -> None:
    """Nobody is on duty in the commune now: leader and administrators hear it at once."""
    leaders = await leaders_of(actor, commune)
    await tell(actor, leaders, Errand("nobody_on_duty", f"commune:{commune}", f"nobody:{key}"))
    name = actor.kit.places().areas.communes.get(commune, commune)
    await tell_operators(
        actor.work, actor.kit, "admin_no_duty", f"no_duty:{commune}:{key}", commune=name
    )


async def role_of(actor: Actor, person_id: str) -> Role:
    """The role of a colleague, as a notice may name it."""
    person = await actor.work.people.get(person_id)
    return person.role if person is not None else Role.OFFICER
