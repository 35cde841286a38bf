"""What the messenger itself reports: blocked, left, edited, in a group."""

from datetime import timedelta

from cases.messages import Incoming, Outgoing
from cases.times.calendar import local
from handlers.actions.leave import forget
from handlers.actor import Actor
from handlers.meaning.edited import edited
from handlers.meaning.proof import echoed
from handlers.meaning.taken_over import take_over
from handlers.meaning.withheld import withheld
from handlers.meaning.words import start
from handlers.operators import tell_operators
from handlers.reporter.hush import is_hushed
from handlers.roster.reach import address_lost, reporter_back, reporter_gone

_CLOCKS_DIFFER = timedelta(minutes=1)  # the messenger's and ours


async def signal(actor: Actor, incoming: Incoming) -> None:
    """What becomes of it; a signal that has no row here is stored, and that is all."""
    await _MEANT.get(incoming.signal, _nothing)(actor, incoming)


async def _nothing(actor: Actor, incoming: Incoming) -> None:
    """Delivered, seen, a face under a message: the talk does not go on for it."""


async def _left(actor: Actor, incoming: Incoming) -> None:
    """They follow us no more; not so where they wrote after it, and the messenger brings it late."""
    assert actor.voice is not None
    if incoming.at is None or incoming.at >= actor.voice.contact.last_in_at - _CLOCKS_DIFFER:
        await _gone(actor, incoming)


async def _gone(actor: Actor, incoming: Incoming) -> None:
    assert actor.voice is not None
    await actor.work.contacts.mark(actor.voice.contact.id, "blocked")
    if actor.person is not None:
        await address_lost(actor, actor.person, actor.voice.contact)
    for case in await actor.work.cases.reported_by(actor.voice.contact.id):
        await reporter_gone(actor, case, actor.voice.contact)


async def _back(actor: Actor, incoming: Incoming) -> None:
    assert actor.voice is not None
    await reporter_back(actor, actor.voice.contact)


async def _opened(actor: Actor, incoming: Incoming) -> None:
    """Somebody opened the chat or follows us: they can be reached, and are greeted.

    After the code word nothing is said: nobody knows who opened it.
    """
    await _back(actor, incoming)
    if not is_hushed(actor):
        await start(actor, "")


async def _withdraw(actor: Actor, incoming: Incoming) -> None:
    """A wish about one's own data: noted without a word of it, and administrators hear."""
    assert actor.voice is not None
    contact = actor.voice.contact
    await actor.work.audit.write(contact.id, "withdraw_asked")
    await tell_operators(
        actor.work, actor.kit, "admin_withdraw", f"withdraw:{contact.id}", channel=contact.channel
    )


async def _page_left(actor: Actor, incoming: Incoming) -> None:
    """The page of a reporter forgets; the page of somebody who works here was an address of theirs."""
    assert actor.voice is not None
    if actor.person is None:
        await forget(actor)
        await actor.work.webchat.close(actor.voice.contact.user)
        return
    await actor.work.contacts.mark(actor.voice.contact.id, "blocked")
    await address_lost(actor, actor.person, actor.voice.contact)


async def _in_a_group(actor: Actor, incoming: Incoming) -> None:
    """No report is taken where others read: one neutral line a day, and the way to us."""
    assert actor.voice is not None
    contact = actor.voice.contact
    channel = actor.kit.channels.get((contact.channel, contact.account))
    link = (channel.link if channel is not None else "") or actor.kit.public_url
    text = actor.words("talk.group_link", link=link) if link else actor.words("talk.group")
    key = f"group:{contact.id}:{local(actor.work.now):%Y-%m-%d}"
    await actor.send(Outgoing(key=key, text=text))


_MEANT = {
    "blocked": _gone, "left": _left, "unblocked": _back, "opened": _opened, "exit": _page_left,
    "group": _in_a_group, "edited": edited, "unsupported": withheld, "echo": echoed,
    "staff_took_over": take_over, "withdraw": _withdraw,
}  # fmt: skip
