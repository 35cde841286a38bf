"""Claim, lease, fence and label when the file or the messenger fails in between (F5, F12, F15)."""

import asyncio
from datetime import timedelta

import pytest

from bot.loops import guarded
from handlers.delivery import Delivery
from notifications.channel import Retry, Sent, Unknown
from notifications.pace import PER_SECOND
from notifications.sender import Around, Sender
from storage.ledgers.outbox import Message
from storage.store import StorageBusy
from tests.support import database
from tests.support.edge import at_the_edge
from tests.support.world import open_world

REPEAT = "🔁 Gửi lại. "
LEASE = timedelta(seconds=61)


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


async def _put(world, text="xin chào", who="minh", **more):
    async with world.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure("web", "site", who, who, "vi")
        body = {"op": "say", "text": text}
        await work.outbox.put(
            Message(f"k:{who}:{text[:9]}", contact.id, "web", "say", body, 0, **more)
        )


async def _row(world):
    columns = "state, gen, attempt, maybe_sent, message_id"
    with database.owner(world.app.config.database_url) as reader:
        (row,) = reader.execute(f"SELECT {columns} FROM outbox").fetchall()
    reader.close()
    return row


async def test_a_finish_that_the_file_refuses_becomes_a_marked_repeat(world, tmp_path):
    lock = database.held(world.app.kit.store, tmp_path / "annhi.db")

    async def then_locked(inner, outgoing, address):
        result = await inner.send(outgoing, address)
        lock.__enter__()
        return result

    await _put(world)
    channels = world.app.sender._channels
    at_the_edge(world, "web", then_locked)
    with pytest.raises(StorageBusy):
        await world.app.sender.drain()
    lock.__exit__(None, None, None)
    world.app.sender._channels = channels
    assert await world.app.sender.drain() == 0  # the lease still stands
    world.clock.advance(LEASE)
    await world.app.sender.drain()
    assert world.texts("minh") == ["xin chào", f"{REPEAT}xin chào"]
    assert (await _row(world))[:4] == ("sent", 2, 2, 1)


@pytest.mark.parametrize("second", [Retry(5), "too late"])
async def test_a_message_of_which_a_piece_went_out_is_marked_when_it_is_repeated(world, second):
    pieces = []

    async def breaks(inner, outgoing, address):
        pieces.append(outgoing)
        if len(pieces) == 2 and second != "too late":
            return second
        if len(pieces) == 1 and second == "too late":
            world.clock.ran += 41
        return await inner.send(outgoing, address)

    await _put(world, "một " * 1500)
    at_the_edge(world, "web", breaks)
    await world.app.sender.drain()
    assert len(world.texts("minh")) == 1  # the first piece
    world.clock.advance(10)
    await world.app.sender.drain()
    again = world.texts("minh")[1:]
    assert len(again) == 2
    assert [one.startswith(REPEAT) for one in again] == [True, True]


async def test_an_unknown_answer_stays_marked_through_a_refusal(world):
    world.channels["web"].faults["minh"] = [Unknown("cut"), Retry(5), Retry(5)]
    await _put(world)
    for _ in range(4):
        await world.app.sender.drain()
        world.clock.advance(10)
    assert world.texts("minh") == [f"{REPEAT}xin chào"]


async def test_f28_a_refusal_that_sent_nothing_leaves_no_mark(world):
    world.channels["web"].faults["minh"] = [Retry(5), Retry(5)]
    await _put(world)
    for _ in range(3):
        await world.app.sender.drain()
        world.clock.advance(10)
    assert world.texts("minh") == ["xin chào"]


async def test_a_fenced_worker_changes_nothing_whatever_it_brings(world):
    await _put(world)
    store = world.app.kit.store
    async with store.transaction("claim") as work:
        (first,) = await work.outbox.claim("one", 8)
    world.clock.advance(LEASE)
    async with store.transaction("claim") as work:
        (second,) = await work.outbox.claim("two", 8)
    assert (second.gen, second.maybe_sent) == (first.gen + 1, True)
    await world.app.sender._finish([second], Sent("9"))
    before = await _row(world)
    for result in (Sent("1"), Retry(5), Unknown("cut")):
        await world.app.sender._finish([first], result)
        assert await _row(world) == before


async def test_a_lease_that_has_not_ended_is_respected(world):
    await _put(world)
    store = world.app.kit.store
    async with store.transaction("claim") as work:
        assert len(await work.outbox.claim("one", 8)) == 1
    world.clock.advance(59)
    async with store.transaction("claim") as work:
        assert await work.outbox.claim("two", 8) == []


async def test_a_chat_that_waits_holds_up_no_other(world):
    world.channels["web"].faults["minh"] = [Retry(300, "chat", "429")]
    await _put(world)
    await _put(world, who="hoa")
    await world.app.sender.drain()
    assert (world.texts("minh"), world.texts("hoa")) == ([], ["xin chào"])
    await world.restart()  # the wait is a row: it outlives the program
    assert world.texts("minh") == []
    world.clock.advance(301)
    await world.settle()
    assert world.texts("minh") == ["xin chào"]


async def test_f24_a_gate_shut_by_a_refusal_is_not_opened_early_by_the_accounts_own_pace(world):
    store = world.app.kit.store
    async with store.transaction("test") as work:
        for n in range(24):
            contact = await work.contacts.ensure("telegram", "site", f"u{n}", f"u{n}", "vi")
            body = {"op": "say", "text": "x"}
            await work.outbox.put(Message(f"k{n}", contact.id, "telegram", "say", body, 0))
    for n in range(16, 24):  # the last of those that leave within one second
        world.channels["telegram"].faults[f"u{n}"] = [Retry(300, "account", "InvalidToken")]
    for _ in range(3):
        await world.app.sender.drain()
        world.clock.advance(1)
    world.clock.advance(60)
    async with store.reading("test") as work:
        assert [why for *_, why in await work.outbox.shut_gates()] == ["InvalidToken"]


@pytest.mark.parametrize("senders", [1, 2])
async def test_f24_several_senders_share_what_an_account_may_send_in_a_second(world, senders):
    kit = world.app.kit
    around = Around(Delivery(kit), guarded, senders=lambda: senders)
    async with kit.store.transaction("test") as work:
        for n in range(40):
            contact = await work.contacts.ensure("telegram", "site", f"u{n}", f"u{n}", "vi")
            body = {"op": "say", "text": "x"}
            await work.outbox.put(Message(f"k{n}", contact.id, "telegram", "say", body, 0))
    made = [Sender(kit.store, kit.channels, kit.catalog, around) for _ in range(senders)]
    await asyncio.gather(*(one.drain() for one in made))
    sent = [one for one in world.channels["telegram"].accepted if one[1].text == "x"]
    assert len(sent) == PER_SECOND["telegram"]
