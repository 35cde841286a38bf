"""What we sent comes back as an echo: a message of which nobody knew whether it left is proved."""

from unicodedata import normalize

from cases.messages import Incoming
from handlers.actor import Actor


async def echoed(actor: Actor, incoming: Incoming) -> None:
    """The oldest one with these very words ends as sent; without it the echo says nothing new."""
    assert actor.voice is not None
    said = normalize("NFC", incoming.text).strip()
    for row in await actor.work.outbox.unproven(actor.voice.contact.id):
        text = normalize("NFC", str(row.body.get("text", ""))).strip()
        if text and (said == text or f"\n{said}\n".find(f"\n{text}\n") >= 0):
            await actor.work.outbox.proved(row, incoming.about)
            return
