"""What the messenger itself reports: blocked, left, edited, in a group."""

from cases.messages import Incoming, Outgoing
from cases.times.calendar import local
from handlers.actions.leave import forget
from handlers.actor import Actor
from handlers.meaning.edited import edited
from handlers.meaning.withheld import withheld
from handlers.roster.reach import address_lost, reporter_back, reporter_gone


async def signal(actor: Actor, incoming: Incoming) -> None:
    assert actor.voice is not None
    if incoming.signal == "blocked":
        await actor.work.contacts.mark(actor.voice.contact.id, "blocked")
        if actor.person is not None:
            await address_lost(actor, actor.person, actor.voice.contact)
        for case in await actor.work.cases.reported_by(actor.voice.contact.id):
            await reporter_gone(actor, case, actor.voice.contact)
    elif incoming.signal == "unblocked":
        await reporter_back(actor, actor.voice.contact)
    elif incoming.signal == "exit":
        await _page_left(actor)
    elif incoming.signal == "group":
        await _in_a_group(actor)
    elif incoming.signal == "edited":
        await edited(actor, incoming)
    elif incoming.signal == "unsupported":
        await withheld(actor, incoming)


async def _page_left(actor: Actor) -> None:
    """The page of a reporter forgets; the page of somebody who works here was an address of theirs."""
    assert actor.voice is not None
    if actor.person is None:
        await forget(actor)
        await actor.work.webchat.close(actor.voice.contact.user)
        return
    await actor.work.contacts.mark(actor.voice.contact.id, "blocked")
    await address_lost(actor, actor.person, actor.voice.contact)


async def _in_a_group(actor: Actor) -> None:
    """No report is taken where others read: one neutral line a day, and the way to us."""
    assert actor.voice is not None
    contact = actor.voice.contact
    channel = actor.kit.channels.get((contact.channel, contact.account))
    link = (channel.link if channel is not None else "") or actor.kit.public_url
    text = actor.words("talk.group_link", link=link) if link else actor.words("talk.group")
    key = f"group:{contact.id}:{local(actor.work.now):%Y-%m-%d}"
    await actor.send(Outgoing(key=key, text=text))
