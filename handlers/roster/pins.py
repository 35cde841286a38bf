"""The PIN: a chat account alone opens no door and takes nothing out (TRUST.md section 15).

It is set and typed on the pages only, never in a chat, where whoever holds the account could read it.
"""

from collections.abc import Mapping
from datetime import timedelta

from cases.errors import Refused
from cases.model import Person
from cases.pins import read_pin, too_easy
from cases.roles import may_confirm
from handlers.actor import Actor
from handlers.links import link_to_pages
from handlers.operators import tell_operators
from handlers.roster.colleagues import Errand, tell, tell_contact
from notifications.announce import reachable, staff_time
from storage.records.pins import Pin

FRESH = timedelta(minutes=5)  # typed just now: not asked again in the same session
_ASKED_AGAIN = timedelta(hours=1)  # who agrees to a reset is asked at most so often


async def confirm_pin(actor: Actor, digits: str) -> None:
    """The one check, before whatever is dangerous. Counted and logged; commit it also when it refuses.

    Raises Refused: there is none, it is wrong, it is locked.
    """
    person, work = _me(actor), actor.work
    before = await work.pins.of(person.id)
    if before is None:
        raise Refused("error.pin_none")
    right = await work.pins.fits(person.id, read_pin(digits))
    after = await work.pins.of(person.id)
    assert after is not None
    if after.tries != before.tries:
        await work.inbox.redo("pin_tries", {"person": person.id, "tries": after.tries})
    await work.audit.write(person.id, "pin_right" if right else "pin_wrong")
    if right:
        return
    if not after.locked:
        raise Refused("error.pin_wrong", left=after.left)
    if not before.locked:
        await _locked(actor, person)
    raise Refused("error.pin_locked")


async def set_pin(actor: Actor, pin: str, again: str, old: str) -> None:
    """The first one, or another one for who knows the old one. Told on every address. Raises Refused."""
    person, work = _me(actor), actor.work
    digits = read_pin(pin)
    if await work.pins.of(person.id) is not None:
        await confirm_pin(actor, old)
    if not digits:
        raise Refused("error.pin_six")
    if too_easy(digits):
        raise Refused("error.pin_easy")
    if digits != read_pin(again):
        raise Refused("error.pin_again")
    made = work.pins.made(digits)
    await work.inbox.again("pin", person.id, {"pin": made})
    await keep_pin(actor, made)


async def keep_pin(actor: Actor, pin: Mapping[str, str]) -> None:
    """What is left of the digits becomes their PIN."""
    person, work = _me(actor), actor.work
    await work.pins.put(person.id, pin)
    await work.audit.write(person.id, "pin_set")
    await _tell_me(actor, person, "pin_set")


async def forgotten(actor: Actor) -> None:
    """Somebody else must agree; whoever may agree is asked. Raises Refused: there is nobody."""
    person, work = _me(actor), actor.work
    pin = await work.pins.of(person.id)
    if pin is None:
        raise Refused("error.pin_none")
    others = await _who_agrees(actor, person)
    if not others:
        raise Refused("error.pin_nobody")
    if pin.reset_asked_at is not None and work.now - pin.reset_asked_at < _ASKED_AGAIN:
        return
    await work.inbox.again("pin_forgotten", person.id, {})
    await work.pins.ask_reset(person.id)
    await work.audit.write(person.id, "pin_reset_asked")
    key = f"pin_reset:{person.id}:{work.now:%Y%m%d%H%M%S}"
    await tell(actor, others, Errand("pin_reset", f"pin:{person.id}", key, {"role": person.role}))
    await _tell_me(actor, person, "pin_reset_asked")


async def agree_to_reset(actor: Actor, person_id: str) -> None:
    """The second person has called them: the old PIN is gone, a new one is set at the next sign-in.

    Raises Refused: nobody waits for it, or it is not theirs to say.
    """
    by, work = _me(actor), actor.work
    person, pin = await work.people.get(person_id), await work.pins.of(person_id)
    gone = person is None or not person.active or pin is None or pin.reset_asked_at is None
    if gone or person is None or not may_confirm(by, person.id, person.commune):
        await work.audit.write(by.id, "pin_reset_refused", "", {"person": person_id})
        raise Refused("error.errand_over")
    await work.pins.forget(person.id)
    await work.sign_in.end_all(person.id)
    await work.audit.write(by.id, "pin_reset", "", {"person": person.id})
    await _tell_me(actor, person, "pin_gone", role=by.role)
    await actor.say(actor.words("pin.reset_agreed"))


async def pin_of(actor: Actor) -> Pin | None:
    return await actor.work.pins.of(_me(actor).id)


async def to_the_pages(actor: Actor, text: str) -> None:
    """What was asked for in the chat waits; it is done on a page, where the PIN is typed. Raises Refused."""
    person, voice = _me(actor), actor.voice
    assert voice is not None
    link, button = await link_to_pages(actor, actor.words("pin.open"))
    await actor.work.audit.write(person.id, "link_made")
    await actor.say(f"{text}\n\n{actor.words('pin.link', link=link)}", button)


async def _locked(actor: Actor, person: Person) -> None:
    await actor.work.audit.write(person.id, "pin_locked")
    await _tell_me(actor, person, "pin_locked")
    key = f"pin_locked:{person.id}"
    await tell_operators(actor.work, actor.kit, "admin_pin_locked", key, role=person.role)


async def _tell_me(actor: Actor, person: Person, notice: str, **values: object) -> None:
    """On every address: whoever holds one of them in secret must not be able to hide it."""
    now = actor.work.now
    key = f"{notice}:{person.id}:{now:%Y%m%d%H%M%S}"
    errand = Errand(notice, f"pin:{person.id}", key, {**staff_time("at", now), **values})
    for contact in await reachable(actor.work, person):
        await tell_contact(actor, contact, errand)


async def _who_agrees(actor: Actor, person: Person) -> list[Person]:
    staff = await actor.work.people.staff(person.commune)
    return [
        one for one in staff
        if may_confirm(one, person.id, person.commune) and await reachable(actor.work, one)
    ]  # fmt: skip


def _me(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person
