"""The whole program behind our fake Telegram, rows as a turn would write them, and what arrived."""

from contextlib import asynccontextmanager

from cases.messages import Outgoing
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from tests.support.fake_telegram import TOKEN

from .failing_telegram import FailingTelegram
from .test_telegram_peer import line


@asynccontextmanager
async def behind(folder):
    telegram = FailingTelegram()
    made = await line(folder, await telegram.start(), TOKEN)
    made.telegram = telegram
    yield made
    telegram.faults.clear()
    await made.poller._channel.start()  # only what was started is closed again
    await made.poller._channel.close()
    await made.app.close()
    await telegram.stop()


def texts_to(telegram, who):
    return [
        fields["text"]
        for name, fields in telegram.accepted
        if name == "sendMessage" and fields["chat_id"] == str(who)
    ]


async def put(ours, who, *texts, priority=2, key="row"):
    """Rows for one address, as a turn would write them."""
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure("telegram", ours.account, str(who), str(who), "vi")
        for n, text in enumerate(texts):
            out = Outgoing(key=f"{key}:{who}:{n}", text=text)
            row = Message(out.key, contact.id, "telegram", "say", body_of(out), priority)
            assert await work.outbox.put(row)
