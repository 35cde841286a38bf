"""Rows of inbox and outbox as a test puts them there, and what a reader of the database sees of them."""

import json

from storage.ledgers.outbox import Message
from tests.support import database


async def put(world, who, channel="telegram", key="", **more):
    """A message to this person that waits to be sent; the id of their contact."""
    async with world.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure(channel, "site", who, who, "vi")
        body = {"op": "say", "text": f"tin {key}".strip()}
        await work.outbox.put(
            Message(key or f"k:{who}", contact.id, channel, "say", body, 2, **more)
        )
        return contact.id


async def take_in(world, who, text):
    """Stored, and nobody has worked on it."""
    channel = world.channels["web"]
    message = world.message(who, "web", "text", text=text)
    fields = ("channel", "account", "user", "chat", "dedupe", "kind", "text")
    raw = json.dumps({**{name: getattr(message, name) for name in fields}, "at": ""}).encode()
    await world.app.inbox.accept("web", "site", channel.admit({}, raw), raw)


def sql(world, statement):
    return database.asked(world.app.config.database_url, statement)
