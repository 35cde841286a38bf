"""After a quick exit: whatever the messenger lets a bot remove is removed, theirs and ours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.messages import Outgoing
from handlers.actor import REPLY, Actor
from handlers.heard import heard_since
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message

BATCH = 100  # ids that one call takes
_MARGIN = timedelta(minutes=2)  # what is nearly too old would be refused, and the batch with it
_LATER = timedelta(seconds=5)


async def remove_traces(actor: Actor) -> None:
    """Every message of this chat that is young enough, as rows: a crash repeats them, nothing else.

    Before the last line is said. Where nothing can be removed, nothing is tried and nothing claimed.
    """
    voice = actor.voice
    assert voice is not None
    hours = actor.abilities.delete_hours
    if not hours:  # the web's own thread is wiped at once instead
        return
    since = actor.work.now - timedelta(hours=hours) + _MARGIN
    ours = await actor.work.outbox.shown_since(voice.contact.id, since)
    theirs = await _theirs(actor, since)
    whole = list(dict.fromkeys([*theirs, *ours]))
    for n in range(0, len(whole), BATCH):
        gone = Outgoing(
            f"exit:{voice.row}:{n}", "remove", ids=tuple(whole[n : n + BATCH]), quiet=True
        )
        await _put(actor, gone)


async def remove_late(actor: Actor, keys: Sequence[str]) -> None:
    """What was on its way when they left goes as soon as it has arrived."""
    if actor.abilities.delete_hours == 0:
        return
    assert actor.voice is not None
    for n, key in enumerate(keys):
        gone = Outgoing(f"exit:{actor.voice.row}:late:{n}", "remove", target=key, quiet=True)
        await _put(actor, gone, actor.work.now + _LATER)


async def _theirs(actor: Actor, since: datetime) -> list[str]:
    """The platform's ids of what they wrote, out of the rows in which it came."""
    return [
        one.incoming.id
        for one in await heard_since(actor, since)
        if one.incoming.id and (one.incoming.at or one.received_at) > since
    ]


async def _put(actor: Actor, gone: Outgoing, due_at: datetime | None = None) -> None:
    assert actor.voice is not None
    contact = actor.voice.contact
    await actor.work.outbox.put(
        Message(gone.key, contact.id, contact.channel, "remove", body_of(gone), REPLY,
                due_at=due_at)
    )  # fmt: skip
    actor.work.wake("outbox")
