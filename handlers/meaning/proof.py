"""What we sent comes back as an echo: a message of which nobody knew whether it left is proved."""

from unicodedata import normalize

from cases.messages import Incoming
from handlers.actor import Actor


async def echoed(actor: Actor, incoming: Incoming) -> None:
    """The oldest one with these very words ends as sent; without it the echo says nothing new.

    The late echo of a message whose id we know proves no other one: reminders are alike.
    """
    assert actor.voice is not None
    said, outbox = normalize("NFC", incoming.text).strip(), actor.work.outbox
    rows = await outbox.unproven(actor.voice.contact.id)
    if rows and incoming.about and await outbox.names(incoming.channel, incoming.about):
        return
    for row in rows:
        text = normalize("NFC", str(row.body.get("text", ""))).strip()
        if text and (said == text or f"\n{said}\n".find(f"\n{text}\n") >= 0):
            await outbox.proved(row, incoming.about)
            return
