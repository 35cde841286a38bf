"""Thử chuông: a test alert on one's own addresses, one after the other, until somebody says it was heard."""

from datetime import timedelta

from cases.errors import Refused
from cases.model import Person, Timer
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, tell_contact
from notifications.announce import reachable
from storage.records.duty import Bell
from storage.records.people import Contact

WAIT = timedelta(minutes=2)
DRILL = "drill"  # who rings the drill of the week: its words say that it is one


async def ring_bell(actor: Actor, person: Person) -> str:
    """A test alert to each of their addresses in order, as loud as a real one.

    Returns its id for `work.bells.heard(id)`; "" when no address of theirs works.
    """
    contacts = await reachable(actor.work, person)
    if not contacts:
        return ""
    await actor.work.audit.write(actor.name, "bell", "", {"person": person.id})
    return await _ring(actor, person, contacts[0], None)


async def _ring(actor: Actor, person: Person, contact: Contact, first: Bell | None) -> str:
    """`first`: the one of this test that rang before all others."""
    bell_id = actor.work.new_id()
    by, round_id = (first.made_by, first.round) if first else (actor.name, bell_id)
    bell = Bell(bell_id, round_id, person.id, contact.id, by, actor.work.now)
    await actor.work.bells.ring(bell)
    notice = "drill" if by == DRILL else "bell"
    await tell_contact(actor, contact, Errand(notice, f"bell:{bell_id}", f"bell:{bell_id}"))
    due = actor.work.now + WAIT
    await actor.work.timers.start(Timer(f"bell:{bell_id}", "bell", 0, 0, 0, due))
    actor.work.wake("timers")
    return bell.round


async def test_own(actor: Actor) -> None:
    """`Thử chuông`, pressed by the person in front of us."""
    person, voice = actor.person, actor.voice
    assert person is not None
    assert voice is not None
    first = (await reachable(actor.work, person))[0]
    await ring_bell(actor, person)
    if first.id != voice.contact.id:
        await actor.say(
            actor.words("bell.elsewhere", channel=actor.words(f"channel.{first.channel}"))
        )


async def heard(actor: Actor, bell_id: str) -> None:
    """`Đã nghe`: how long it took, then the next address."""
    bell, person = await actor.work.bells.get(bell_id), actor.person
    assert person is not None
    if bell is None or bell.person_id != person.id or not await actor.work.bells.hear(bell_id):
        raise Refused("error.bell_over")
    await actor.work.audit.write(person.id, "bell_heard")
    seconds = int((actor.work.now - bell.made_at) / timedelta(seconds=1))
    unit = "minutes" if seconds >= 120 else "seconds"
    span = seconds // 60 if unit == "minutes" else seconds
    words = actor.words("bell.heard", span=span, unit=unit)
    in_time = await actor.work.timers.stop(f"bell:{bell_id}")  # else the next one rings already
    last = in_time and not await _unrung(actor, person, bell.round)
    if last:
        words = f"{words}\n{await _result(actor, bell.round)}".rstrip()
    await actor.say(words)
    if in_time:
        await _next(actor, person, bell.round)


async def on_bell(actor: Actor, timer: Timer) -> None:
    """Two minutes and nobody pressed: the next address; after the last one they are told."""
    bell = await actor.work.bells.get(timer.owner.removeprefix("bell:"))
    person = await actor.work.people.get(bell.person_id) if bell is not None else None
    if bell is None or person is None or not person.active:
        return
    if await _next(actor, person, bell.round):
        return
    silent, loud = await _sorted(actor, bell.round)
    where = [one.channel for one in silent]
    errand = Errand("bell_unheard", "bell:", f"unheard:{bell.round}", {"channel": where})
    for contact in loud[:1] or await reachable(actor.work, person):
        await tell_contact(actor, contact, errand)


async def _next(actor: Actor, person: Person, round_id: str) -> bool:
    """Ring the next address that was not rung in this test. False = there is none."""
    fresh = await _unrung(actor, person, round_id)
    if fresh:
        first = (await actor.work.bells.of_round(round_id))[0]
        await _ring(actor, person, fresh[0], first)
    return bool(fresh)


async def _unrung(actor: Actor, person: Person, round_id: str) -> list[Contact]:
    rung = {one.contact_id for one in await actor.work.bells.of_round(round_id)}
    return [one for one in await reachable(actor.work, person) if one.id not in rung]


async def _sorted(actor: Actor, round_id: str) -> tuple[list[Contact], list[Contact]]:
    """The addresses that were rung: those that stayed silent, those that were heard."""
    silent: list[Contact] = []
    loud: list[Contact] = []
    for bell in await actor.work.bells.of_round(round_id):
        contact = await actor.work.contacts.get(bell.contact_id)
        if contact is not None:
            (silent if bell.heard_at is None else loud).append(contact)
    return silent, loud


async def _result(actor: Actor, round_id: str) -> str:
    """What the whole test showed, where it had more than one address."""
    silent, loud = await _sorted(actor, round_id)
    if silent:
        where = ", ".join(actor.words(f"channel.{one.channel}") for one in silent)
        return actor.words("bell.some_silent", channel=where)
    return actor.words("bell.all_heard") if len(loud) > 1 else ""
