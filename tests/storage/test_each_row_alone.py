"""Each row of inbox and outbox stands alone: slow, refused or unlucky, it holds up no other."""

import asyncio
from datetime import timedelta

from bot.loops import drain_rows
from cases.model import Role
from notifications.channel import Bad, Retry, Unknown
from notifications.outcome import NOT_STARTED
from notifications.sender import OTHER_PLACES, WEB_PLACES
from storage.ledgers.outbox import Message
from tests.support.edge import at_the_edge
from tests.support.rows import put, sql, take_in

PATIENCE = 30  # seconds until a test gives up; none of them needs it
LEASE = timedelta(seconds=61)
MANY = WEB_PLACES + OTHER_PLACES


# Places.


async def test_a_place_takes_the_next_row_as_soon_as_its_own_is_through(world):
    others = [f"u{n}" for n in range(2 * MANY)]
    for who in ("slow", *others):
        await put(world, who)
    all_others, now = asyncio.Event(), []
    most = [0]

    async def happens(inner, outgoing, address):
        now.append(address.user)
        most[0] = max(most[0], len(now))
        if address.user == "slow":
            await all_others.wait()
        result = await inner.send(outgoing, address)
        if len(world.channels["telegram"].accepted) == len(others):
            all_others.set()
        now.remove(address.user)
        return result

    at_the_edge(world, "telegram", happens)
    async with asyncio.timeout(PATIENCE):
        while not all_others.is_set():  # the account's own pace takes a second here and there
            await _drain_beside(world, all_others)
            world.clock.advance(1)
    told = [to.user for to, *_ in world.channels["telegram"].accepted]
    assert sorted(told) == sorted([*others, "slow"])
    assert told[-1] == "slow"
    assert most[0] <= MANY


async def _drain_beside(world, finished):
    """Drain; while a call hangs, the clock goes on and the sender is told to look again."""
    async with asyncio.TaskGroup() as group:
        drain = group.create_task(world.app.sender.drain())
        while not drain.done():
            await asyncio.wait([drain], timeout=0.01)
            if not finished.is_set():
                world.clock.at += timedelta(seconds=1)
                world.app.sender.wake()


async def test_a_page_is_answered_while_every_messenger_hangs(world):
    answered = asyncio.Event()
    for n in range(2 * MANY):
        await put(world, f"u{n}")

    async def hangs(inner, outgoing, address):
        await answered.wait()
        return await inner.send(outgoing, address)

    async def answers(inner, outgoing, address):
        result = await inner.send(outgoing, address)
        answered.set()
        return result

    at_the_edge(world, "telegram", hangs)
    at_the_edge(world, "web", answers)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(world.app.sender.drain())
        sending = "SELECT count(*) FROM outbox WHERE state = 'sending'"
        while not sql(world, sending)[0][0]:  # noqa: ASYNC110 — the row is seen in the file
            await asyncio.sleep(0)
        await put(world, "minh", "web")  # it comes while they hang
        world.app.sender.wake()
    assert world.texts("minh") == ["tin"]
    assert world.channels["telegram"].accepted != []


async def test_inside_a_chat_the_order_stays_however_many_places_are_free(world):
    for n in range(6):
        await put(world, "minh", key=f"{n}")
    for _ in range(8):
        await world.app.sender.drain()
        world.clock.advance(1)
    assert world.texts("minh", "telegram") == [f"tin {n}" for n in range(6)]


async def test_a_call_that_outlives_its_lease_is_not_repeated_beside_itself(world):
    looked = asyncio.Event()

    async def pauses(inner, outgoing, address):
        world.clock.advance(LEASE)  # the whole machine slept
        world.app.sender.wake()
        await looked.wait()
        return await inner.send(outgoing, address)

    async def looks(inner, outgoing, address):
        looked.set()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", pauses)
    at_the_edge(world, "web", looks)
    await put(world, "minh")
    await put(world, "hoa", "web", due_at=world.clock.now() + timedelta(seconds=5))
    async with asyncio.timeout(PATIENCE):
        await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]


# What follows from an answer.


async def test_what_was_sent_is_not_sent_again_because_something_that_follows_fails(world):
    await world.staff("ad", Role.ADMIN, "", "telegram", "web")
    world.break_text("notice.admin_gate")  # the administrator cannot be told of a shut account
    world.channels["telegram"].faults["bad"] = [Retry(30, "account", "InvalidToken")]
    for who in ("one", "bad", "two"):
        await put(world, who)
    await world.app.sender.drain()
    states = "SELECT key, state, outcome FROM outbox ORDER BY seq"
    assert sql(world, states) == [
        ("k:one", "sent", ""),
        ("k:bad", "waiting", "retry InvalidToken (what follows failed)"),
        ("k:two", "sent", ""),
    ]
    world.clock.advance(LEASE)
    await world.app.sender.drain()
    told = [(to.user, out.text) for to, out, _ in world.channels["telegram"].accepted]
    assert sorted(told) == [("bad", "tin"), ("one", "tin"), ("two", "tin")]


# Refused for good.


async def _urgent(world):
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")


async def test_f25_an_alert_that_is_refused_for_good_calls_the_next_step_at_once(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("hoa", Role.DEPUTY, "20500", "telegram")
    await world.staff("chu", Role.LEADER, "20500", "telegram")
    await world.staff("ad", Role.ADMIN, "", "web")
    world.channels["telegram"].faults["lan"] = [Bad("refused")]
    began = world.clock.now()
    await _urgent(world)
    assert world.clock.now() - began < timedelta(seconds=30)
    assert world.texts("lan", "telegram") == []
    assert any("Việc mới" in text for text in world.texts("hoa", "telegram"))
    assert world.texts("ad") != []
    states = {state for (state,) in sql(world, "SELECT state FROM contacts")}
    assert states == {"ok"}  # it was the message, not the address


async def test_alerts_that_are_all_refused_end_with_the_chain_and_not_in_a_storm(world):
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, role, "20500", "telegram")
        world.channels["telegram"].faults[name] = [Bad("refused")] * 1000
    await _urgent(world)
    tried = sql(world, "SELECT count(*) FROM outbox WHERE key LIKE '%:alert:%'")[0][0]
    assert 3 <= tried < 20
    owed = "SELECT 1 FROM timers WHERE kind = 'unanswered' AND state = 'armed'"
    assert sql(world, owed) != []  # the clock calls them again


async def test_a_fault_of_the_program_that_passes_costs_only_a_marked_repeat(world):
    faults = [KeyError("a fault in the program")] * 3

    async def happens(inner, outgoing, address):
        if faults:
            raise faults.pop()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", happens)
    await put(world, "minh")
    for _ in range(60):
        await world.app.sender.drain()
        world.clock.advance(1)
    assert world.texts("minh", "telegram") == ["🔁 Gửi lại. tin"]


async def test_an_alert_at_which_the_program_always_fails_is_dead_and_calls_the_next_step(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("hoa", Role.DEPUTY, "20500", "zalobot")

    async def breaks(inner, outgoing, address):
        raise KeyError("a fault in the program")

    at_the_edge(world, "telegram", breaks)
    await _urgent(world)
    await world.pass_time(timedelta(minutes=2))
    assert sql(
        world, "SELECT DISTINCT state, outcome, attempt FROM outbox WHERE state = 'dead'"
    ) == [("dead", "bad bug KeyError", 5)]
    assert any("Việc mới" in text for text in world.texts("hoa", "zalobot"))


# Held back.


async def test_f24_two_refusals_a_minute_apart_hold_two_chats_and_not_the_account(world):
    world.channels["telegram"].faults |= {
        "one": [Retry(300, "chat", "429")],
        "two": [Retry(5, "chat", "429")],
    }
    await put(world, "one")
    await world.app.sender.drain()
    world.clock.advance(60)
    await put(world, "two")
    await put(world, "three")
    await world.app.sender.drain()
    await put(world, "four")
    await world.app.sender.drain()
    told = [to.user for to, *_ in world.channels["telegram"].accepted]
    assert sorted(told) == ["four", "three"]


async def test_f24_two_refusals_at_once_hold_the_account_as_long_as_the_newer_one_says(world):
    world.channels["telegram"].faults |= {
        "one": [Retry(300, "chat", "429")],
        "two": [Retry(5, "chat", "429")],
    }
    await put(world, "one")
    await world.app.sender.drain()
    world.clock.advance(9)
    await put(world, "two")
    await world.app.sender.drain()
    await put(world, "three")
    await world.app.sender.drain()
    assert world.texts("three", "telegram") == []
    world.clock.advance(6)
    await world.app.sender.drain()
    assert world.texts("three", "telegram") == ["tin"]
    assert world.texts("one", "telegram") == []


async def test_f24_refusals_of_two_accounts_hold_neither(world):
    store = world.app.kit.store
    async with store.transaction("test") as work:
        for account in ("one", "two"):
            contact = await work.contacts.ensure("telegram", account, "u", "u", "vi")
            body = {"op": "say", "text": "x"}
            await work.outbox.put(Message(account, contact.id, "telegram", "say", body, 2))
    async with store.transaction("test") as work:
        for row in await work.outbox.claim("w", 8):
            values = {"outcome": "retry 429", "failed_at": work.now}
            await work.outbox.finish(row, "waiting", **values)
        held = [await work.outbox.held_chats("telegram", name) for name in ("one", "two")]
    assert held == [1, 1]


# The clock is set back.


async def test_f34_a_clock_that_was_a_day_ahead_silences_no_chat(world):
    world.clock.at += timedelta(days=1)
    for n in range(4):
        await put(world, "minh", key=f"{n}")
    for _ in range(4):
        await world.app.sender.drain()
        world.clock.advance(1)
    world.clock.at -= timedelta(days=1)
    await put(world, "minh", key="then")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram")[-1] == "tin then"


async def test_f34_a_clock_that_was_a_day_ahead_shuts_no_account(world):
    world.clock.at += timedelta(days=1)
    for n in range(30):
        await put(world, f"u{n}")
    for _ in range(3):
        await world.app.sender.drain()
        world.clock.ran += 1
    world.clock.at -= timedelta(days=1)
    assert len(world.channels["telegram"].accepted) < 30
    await put(world, "minh")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    async with world.app.kit.store.transaction("test") as work:  # a refusal is obeyed all the same
        await work.outbox.shut_gate(
            "telegram", "site", work.now + timedelta(seconds=30), "InvalidToken"
        )
        assert await work.outbox.shut_gates() == [("telegram", "site", "InvalidToken")]


# Stopping.


async def test_a_row_that_was_claimed_and_not_begun_is_given_back_as_it_was(world):
    await put(world, "minh")
    before = sql(world, "SELECT state, attempt, maybe_sent, due_at, outcome FROM outbox")
    sender = world.app.sender
    ((_, parcel),) = await sender._claim()
    sender.stop()
    result = await sender._call(parcel, world.clock.elapsed())
    assert result == NOT_STARTED
    await sender._finish(parcel.rows, result)
    assert sql(world, "SELECT state, attempt, maybe_sent, due_at, outcome FROM outbox") == before
    await world.restart()
    assert world.texts("minh", "telegram") == ["tin"]


async def test_a_repeat_that_was_given_back_is_still_one(world):
    world.channels["telegram"].faults["minh"] = [Unknown("cut")]
    await put(world, "minh")
    await world.app.sender.drain()
    world.clock.advance(10)
    ((_, parcel),) = await world.app.sender._claim()
    await world.app.sender._finish(parcel.rows, NOT_STARTED)
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["🔁 Gửi lại. tin"]


async def test_a_sender_that_stops_claims_nothing_and_ends(world):
    await put(world, "minh")
    world.app.sender.stop()
    assert await world.app.sender.drain() == 0
    assert sql(world, "SELECT state, attempt FROM outbox") == [("waiting", 0)]


async def test_rows_that_came_in_are_not_begun_while_the_program_stops(world):
    for who in ("minh", "hoa"):
        await take_in(world, who, "xin chào")
    begun = iter([False, False, True])  # before the first look, before the first row, and then
    await drain_rows(world.app.turns, lambda: next(begun, True))
    states = [state for (state,) in sql(world, "SELECT state FROM inbox ORDER BY seq")]
    assert states == ["done", "new"]


async def test_an_answer_of_a_call_that_ran_when_it_stopped_is_kept(world):
    async def stops(inner, outgoing, address):
        world.app.sender.stop()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", stops)
    await put(world, "minh")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    assert sql(world, "SELECT state, maybe_sent FROM outbox") == [("sent", 0)]


async def test_a_message_that_has_begun_is_ended_also_while_the_program_stops(world):
    async def stops(inner, outgoing, address):
        world.app.sender.stop()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", stops)
    await put(world, "minh", key="một câu dài. " * 500)
    await world.app.sender.drain()
    assert len(world.texts("minh", "telegram")) == 2
    assert sql(world, "SELECT state, maybe_sent FROM outbox") == [("sent", 0)]
