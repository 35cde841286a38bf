"""Upgrades and restarts: the first signal stops cleanly, a second one at once (F8, TRUST.md section 9)."""

import asyncio
import json
import signal

import pytest
from aiohttp import ClientSession

from bot.app import Edges, open_app, open_store
from bot.channels.telegram import Telegram
from storage.ledgers.outbox import Message
from tests.faults.place import MINH, REPEAT, close_place, open_place
from tests.support.fake_telegram import TOKEN

PATIENCE = 30
BACKLOG = 40


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


async def _backlog(place):
    """Many chats wait for a message."""
    store, _ = await open_store(place.config)
    account = TOKEN.split(":", maxsplit=1)[0]
    async with store.transaction("test") as work:
        for n in range(BACKLOG):
            who = str(800000000 + n)
            contact = await work.contacts.ensure("telegram", account, who, who, "vi")
            body = {"op": "say", "text": f"tin {n}"}
            await work.outbox.put(Message(f"k{n}", contact.id, "telegram", "say", body, 2))
    await store.close()


async def _taken_in(place, many):
    """Messages that nobody has worked on."""
    channel = Telegram(TOKEN, place.peer.url)
    app = await open_app(place.config, Edges(channels=[channel]))
    for _ in range(many):
        update = place.update("xin chào")
        raw = json.dumps(update).encode()
        admitted = channel.key_of(update, raw)
        await app.inbox.accept("telegram", channel.account, admitted, raw)
    await app.close()
    await channel.close()


def _sent(place):
    return [fields["text"] for name, fields in place.peer.accepted if name == "sendMessage"]


async def _at_work(place):
    """Running, and Telegram holds back every answer."""
    place.peer.hold = True
    process = await place.start()
    await place.until(lambda: _sent(place))
    full = "SELECT count(*) FROM outbox WHERE state = 'sending'"
    await place.eventually(lambda: len(_sent(place)) == place.sql(full)[0][0])
    return process


async def _told_to_stop(place, process):
    """It has heard the signal: nobody is let in any more."""
    process.send_signal(signal.SIGTERM)
    async with ClientSession() as client, asyncio.timeout(PATIENCE):
        while True:
            try:
                async with client.get(f"{place.url}/"):
                    await asyncio.sleep(0.02)
            except OSError:
                return


async def test_f08_after_a_stop_nothing_is_on_its_way_and_nothing_is_repeated(place):
    await _backlog(place)
    process = await _at_work(place)
    running = len(_sent(place))
    await _told_to_stop(place, process)
    place.peer.release.set()
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == 0
    assert len(_sent(place)) == running <= 8  # the calls that ran, and not one more
    states = "SELECT state, attempt, maybe_sent, count(*) FROM outbox GROUP BY 1, 2, 3 ORDER BY 1"
    assert place.sql(states) == [("sent", 1, 0, running), ("waiting", 0, 0, BACKLOG - running)]
    place.peer.hold = False
    await place.start()
    await place.until(lambda: len(_sent(place)) == BACKLOG)
    await place.eventually(lambda: not place.sql("SELECT 1 FROM outbox WHERE state != 'sent'"))
    await place.end()
    assert sorted(_sent(place)) == sorted(f"tin {n}" for n in range(BACKLOG))


async def test_f08_a_backlog_of_messages_that_came_in_does_not_delay_the_stop(place):
    await _taken_in(place, 60)
    process = await place.start("STOP", "after", "turn", "1")
    await place.eventually(lambda: place.frozen(process))
    done = "SELECT count(*) FROM inbox WHERE state = 'done' AND channel = 'telegram'"
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == 0
    assert place.sql(done)[0][0] < 60
    await place.start()
    await place.eventually(lambda: place.sql(done) == [(60,)])
    await place.end()
    assert not [text for text in place.told(MINH) if text.startswith(REPEAT)]


async def test_f08_a_second_signal_ends_the_process_at_once(place):
    await _backlog(place)
    process = await _at_work(place)
    await _told_to_stop(place, process)
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == -signal.SIGTERM
    assert not place.peer.release.is_set()  # no call had ended


async def test_a_page_is_answered_while_telegram_hangs(place):
    await _backlog(place)
    await _at_work(place)
    await place.listening()
    message = {"id": "m1", "kind": "text", "text": "xin chào"}
    url = f"{place.url}/api/chat/messages"
    async with ClientSession() as client, asyncio.timeout(PATIENCE):
        async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {json.loads(await answer.read())['token']}"}
        async with client.post(url, json=message, headers=header) as answer:
            assert answer.status == 202
        await place.eventually(lambda: place.sql("SELECT 1 FROM webchat_messages"))
    assert place.sql("SELECT 1 FROM outbox WHERE failed_at IS NOT NULL") == []  # they still hang
    place.peer.release.set()
