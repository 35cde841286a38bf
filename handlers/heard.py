"""What came in on the conversation in front of us, read once more."""

from dataclasses import dataclass
from datetime import datetime

from cases.messages import Incoming
from handlers.actor import Actor


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that came in, and the inbox row in which it did."""

    row: str
    received_at: datetime
    incoming: Incoming


async def heard_since(actor: Actor, since: datetime) -> list[Heard]:
    """Every message of this chat since then that can be read, in the order it came."""
    assert actor.voice is not None
    contact = actor.voice.contact
    channel = actor.kit.channels.get((contact.channel, contact.account))
    if channel is None:
        return []
    name = f"{contact.channel}:{contact.account}:{contact.chat}"
    rows = await actor.work.inbox.of_lane(actor.kit.store.opaques("lane", name), since)
    read = [(row, channel.read(row.raw)) for row in rows]
    return [Heard(row.id, row.received_at, one) for row, one in read if one is not None]
