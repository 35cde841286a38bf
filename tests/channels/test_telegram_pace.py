"""How fast messages leave: for a chat, an account, and of several programs for one account (CHANNELS.md 9)."""

import asyncio
from itertools import pairwise

import pytest

from bot.loops import guarded
from cases.messages import Outgoing
from handlers.delivery import Delivery
from notifications.outgoing import body_of
from notifications.pace import SECOND
from notifications.sender import OTHER_PLACES, Around, Sender
from storage.ledgers.outbox import Message

from .behind_telegram import behind, put, texts_to
from .test_telegram_peer import NEIGHBOUR

SOON = 20  # seconds until a test gives up on a condition


@pytest.fixture
async def ours(tmp_path):
    async with behind(tmp_path) as made:
        yield made


async def test_ten_rows_of_one_chat_leave_three_at_once_then_one_a_second_in_order(ours):
    names = [f"số {n}" for n in range(10)]
    await put(ours, NEIGHBOUR, *names)
    left = []
    for _ in range(30):
        await ours.app.sender.drain()
        left.append(len(texts_to(ours.telegram, NEIGHBOUR)))
        ours.stage.clock.advance(1)
    assert texts_to(ours.telegram, NEIGHBOUR) == names
    assert left[0] <= 3
    assert all(b - a <= 1 for a, b in pairwise(left))
    assert left.index(10) >= 6


async def test_an_alert_overtakes_what_waits_in_the_same_chat(ours):
    await put(ours, NEIGHBOUR, *[f"số {n}" for n in range(8)])
    await ours.app.sender.drain()
    await put(ours, NEIGHBOUR, "gấp", priority=0, key="alert")
    for _ in range(15):
        ours.stage.clock.advance(1)
        await ours.app.sender.drain()
    told = texts_to(ours.telegram, NEIGHBOUR)
    assert told.index("gấp") < told.index("số 4")
    assert [one for one in told if one != "gấp"] == [f"số {n}" for n in range(8)]


async def test_an_account_sends_no_more_than_twenty_five_in_one_second(ours):
    for who in range(1, 61):
        await put(ours, who, "một tin")
    await ours.app.sender.drain()
    assert len(ours.telegram.texts()) <= 25


def one_of_four(ours):
    kit = ours.app.kit
    around = Around(Delivery(kit), guarded, senders=lambda: 4)
    return Sender(kit.store, kit.channels, kit.catalog, around)


async def test_four_that_send_at_once_give_an_account_no_more_than_one_would(ours):
    for who in range(1, 61):
        await put(ours, who, "một tin")
    await asyncio.gather(*(one_of_four(ours).drain() for _ in range(4)))
    assert len(ours.telegram.texts()) == 25
    ours.stage.clock.advance(1)
    await asyncio.gather(*(one_of_four(ours).drain() for _ in range(4)))
    assert len(ours.telegram.texts()) == 50


async def test_each_piece_of_a_long_message_counts(ours):
    for who in range(1, 31):
        await put(ours, who, "một tin rất dài " * 400)  # two pieces
    await ours.app.sender.drain()
    # What has begun is sent to its end: that may be one piece more of each that was on its way.
    assert 25 <= len(ours.telegram.texts()) <= 25 + OTHER_PLACES


async def test_what_leaves_as_one_message_counts_once(ours):
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure("telegram", ours.account, "1", "1", "vi")
        for n in range(30):
            body = body_of(Outgoing(key=f"bundled:{n}", text="một tin"))
            row = Message(f"bundled:{n}", contact.id, "telegram", "say", body, 2, bundle="morning")
            assert await work.outbox.put(row)
        (first,) = await work.outbox.claim("w", 5)
        rest = await work.bundles.gather(first, "w", 29)
        assert [one.calls for one in await work.outbox.lately(SECOND)] == [1]
        for row in (first, *rest):
            assert await work.outbox.finish(row, "sent", message_id="7")
        assert [one.calls for one in await work.outbox.lately(SECOND)] == [1]


async def test_a_worker_that_died_in_the_middle_holds_an_account_up_for_five_seconds(ours):
    for who in range(1, 61):
        await put(ours, who, "một tin")
    async with ours.app.kit.store.transaction("test") as work:
        assert len(await work.outbox.claim("who died", 10)) == 10
    await ours.app.sender.drain()
    assert len(ours.telegram.texts()) == 15
    ours.stage.clock.advance(4)
    await ours.app.sender.drain()
    assert len(ours.telegram.texts()) == 30
    ours.stage.clock.advance(2)
    await ours.app.sender.drain()
    assert len(ours.telegram.texts()) == 50


async def test_of_four_that_send_none_waits_while_little_is_to_be_sent(ours):
    sender = one_of_four(ours)
    for who in range(1, 6):
        await put(ours, who, "một tin")
        await sender.drain()
    assert len(ours.telegram.texts()) == 5


async def test_when_its_second_is_over_the_sender_looks_again_by_itself(ours):
    for who in range(1, 61):
        await put(ours, who, "một tin")
    rung = asyncio.Queue()
    ours.app.kit.store.waker = rung.put_nowait
    await ours.app.sender.drain()
    async with asyncio.timeout(SOON):
        assert await rung.get() == "outbox"
