"""Who guesses waits for the same words; who knows the right code never does; a human hears of many."""

from collections.abc import Mapping

from cases.errors import Refused
from cases.limits import LIMITS, Limit
from cases.messages import Outgoing
from handlers.actor import REPLY, Actor, Kit
from handlers.operators import tell_operators
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from storage.unit_of_work import UnitOfWork

# What is counted: an act of the log for each, written just before whoever did it is answered.
_ACTS: Mapping[str, str] = {
    "access_codes": "access_refused", "invitations": "invite_refused", "case_codes": "refused",
    "links": "sign_in_refused",
}  # fmt: skip


async def guesses(actor: Actor, what: str, name: str) -> bool:
    """Whether this was one too many, of theirs or of all; administrators hear of it once an hour."""
    mine, all_ = LIMITS[what], LIMITS.get(f"{what}_all")
    own, everybody = await actor.work.audit.recent(_ACTS[what], mine.within, name)
    if all_ is None:
        await _alarm(actor.work, actor.kit, what, own, mine)
        return own > mine.most
    await _alarm(actor.work, actor.kit, what, everybody, all_)
    return own > mine.most or everybody > all_.most


async def guessed_link(work: UnitOfWork, kit: Kit) -> None:
    """A sign-in link that opened nothing was logged; whoever asked waits at the door (web/networks.py)."""
    limit = LIMITS["links_all"]
    _, everybody = await work.audit.recent(_ACTS["links"], limit.within, "")
    await _alarm(work, kit, "links", everybody, limit)


async def _alarm(work: UnitOfWork, kit: Kit, what: str, count: int, limit: Limit) -> None:
    if count > limit.most:
        key = f"guessing:{what}"
        await tell_operators(work, kit, "admin_guessing", key, count=count, what=what)


async def say_wrong(actor: Actor, what: str, text: str) -> None:
    """The same words for every wrong code, after it was logged."""
    assert actor.voice is not None
    if await guesses(actor, what, actor.voice.contact.id):
        await _say_later(actor, what, text)
    else:
        await actor.say(text)


async def say_no(actor: Actor, no: Refused) -> None:
    """A rule said no. Staff who ask for many cases that are not there, or not theirs, wait for it."""
    text = actor.words(no.key, **no.values_)
    person = actor.person if no.key == "error.not_found" else None
    if person is not None and await guesses(actor, "case_codes", person.id):
        await _say_later(actor, "case_codes", text)
    else:
        await actor.say(text)


async def _say_later(actor: Actor, what: str, text: str) -> None:
    """An answer that is not worth asking for quickly."""
    voice = actor.voice
    assert voice is not None
    out, contact = Outgoing(key=f"reply:{voice.row}:{voice.said}", text=text), voice.contact
    await actor.work.outbox.put(
        Message(
            out.key, contact.id, contact.channel, "say", body_of(out), REPLY,
            due_at=actor.work.now + LIMITS[what].wait,
        )
    )  # fmt: skip
    voice.said += 1
