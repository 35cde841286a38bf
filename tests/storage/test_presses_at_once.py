"""Several writers on one file: one winner each, no half transaction, nobody stuck (F14, F22)."""

import asyncio
from dataclasses import replace

import pytest

from bot.chance import SystemChance
from bot.channels.memory import raw_of
from bot.clock import HandClock
from cases.model import Case, Level, Role, Status, Timer
from notifications.channel import Admitted
from storage import migrate
from storage.keys import KeyRing
from storage.ledgers.inbox import Received
from storage.ledgers.outbox import Message
from storage.store import Store
from tests.support import database
from tests.support.world import open_world

HERE = "2026-11-23 20:15"


@pytest.fixture
async def stores(tmp_path):
    """Four programs' worth of connections to one file."""
    url = database.url(tmp_path, "t.db")
    migrate.upgrade(url)
    keys, clock = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance()), HandClock()
    made = [await Store.open(url, keys, clock, SystemChance()) for _ in range(4)]
    yield made
    for one in made:
        await one.close()


def case_at(now, n=1):
    code = f"AAAA-{n:04d}"
    return Case(f"c{n}", code, "20500", Level.URGENT, "other", Status.RECEIVED, 1, now, now)


async def _all(works):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in works]
    return [task.result() for task in tasks]


async def test_f14_two_hundred_presses_on_fifty_cases_have_fifty_winners(stores):
    async with stores[0].transaction("t") as work:
        cases = [case_at(work.now, n) for n in range(50)]
        for case in cases:
            await work.cases.insert(case, case.id)

    async def press(store, case, who):
        async with store.transaction("press") as work:
            taken = replace(case, status=Status.ACKNOWLEDGED, holder=who, rev=case.rev + 1)
            return (case.id, who) if await work.cases.save(taken, case.rev) else None

    tries = [press(store, case, f"p{n}") for case in cases for n, store in enumerate(stores)]
    winners = dict(one for one in await _all(tries) if one)
    assert len(winners) == 50
    async with stores[0].reading("t") as work:
        kept = {case.id: case.holder for case in await work.cases.all_cases()}
    assert kept == winners


async def test_f30_one_message_through_four_doors_is_one_row(stores):
    message = Received("web", "site", "m1", "lane", b"x")

    async def accept(store):
        async with store.transaction("accept") as work:
            return (await work.inbox.accept([message]))[0]

    assert len([one for one in await _all(map(accept, stores)) if one]) == 1


async def test_f30_the_same_number_of_another_bot_or_channel_is_another_message(stores):
    rows = [Received(*one, "7", "lane", b"x") for one in (("a", "1"), ("a", "2"), ("b", "1"))]
    async with stores[0].transaction("accept") as work:
        assert None not in await work.inbox.accept(rows)


async def test_four_ticks_fire_one_timer_once(stores):
    async with stores[0].transaction("t") as work:
        await work.timers.start(Timer("case:c1", "unanswered", 1, 0, 0, work.now))
        (due,) = await work.timers.due(10)

    async def fire(store):
        async with store.transaction("tick") as work:
            return await work.timers.fire(due)

    assert sorted(await _all(map(fire, stores))) == [False, False, False, True]


async def test_four_workers_claim_each_row_once(stores):
    async with stores[0].transaction("t") as work:
        for n in range(20):
            contact = await work.contacts.ensure("web", "site", f"u{n}", f"u{n}", "vi")
            await work.outbox.put(Message(f"k{n}", contact.id, "web", "say", {"text": "x"}, 0))

    async def claim(store, worker):
        async with store.transaction("claim") as work:
            return [row.key for row in await work.outbox.claim(worker, 8)]

    claimed = [key for keys in await _all(map(claim, stores, "abcd")) for key in keys]
    assert sorted(claimed) == sorted(f"k{n}" for n in range(20))


async def test_the_audit_chain_of_four_writers_is_one_chain(stores):
    async def write(store, act):
        async with store.transaction("act") as work:
            await work.audit.write("p", act)

    await _all(write(store, f"act{n}") for n in range(10) for store in stores)
    async with stores[0].reading("t") as work:
        assert await work.audit.verify() == []
        assert await work.audit.count() == 40


async def _put(work, n):
    contact = await work.contacts.ensure("web", "site", "u", "u", "vi")
    return await work.outbox.put(Message("k", contact.id, "web", "say", {"n": n}, 0))


KEYS = {
    "message": _put,
    "event": lambda work, n: work.cases.add_event("c1", "k", "note", "p", {"n": n}),
    "timer": lambda work, n: work.timers.start(Timer("case:c1", "idle", 1, 0, 0, work.now)),
}


@pytest.mark.parametrize("kind", KEYS)
async def test_an_effect_with_the_same_key_happens_once(stores, kind):
    async with stores[0].transaction("t") as work:
        await work.cases.insert(case_at(work.now), "s1")
        assert await KEYS[kind](work, 1)
    async with stores[1].transaction("again") as work:
        assert not await KEYS[kind](work, 2)


@pytest.mark.parametrize("column", ["code", "submission"])
async def test_the_file_itself_refuses_a_second_case_with_a_code_or_submission(
    stores, tmp_path, column
):
    async with stores[0].transaction("t") as work:
        for n in (1, 2):
            await work.cases.insert(case_at(work.now, n), f"s{n}")
    with database.owner(tmp_path / "t.db") as owner:
        taken = f"UPDATE cases SET {column} = (SELECT {column} FROM cases WHERE id = 'c1')"
        with pytest.raises(database.REFUSED, match=r"UNIQUE|unique"):
            owner.execute(f"{taken} WHERE id = 'c2'")
    owner.close()


async def test_f14_two_officers_press_at_once_and_the_second_reads_who_has_it(tmp_path):
    world = await open_world(tmp_path, HERE)
    for name in ("lan", "hoa"):
        await world.staff(name, Role.OFFICER, "20500", "telegram")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    for name in ("lan", "hoa"):
        out, choice = world.button(name, "Tôi nhận", "telegram")
        press = {"prompt": out.prompt, "option": choice.option}
        incoming = world.message(name, "telegram", "choice", **press)
        admitted = Admitted("site", name, incoming.dedupe)
        await world.app.inbox.accept("telegram", "site", admitted, raw_of(incoming))
        world.new(name, "telegram")
    rows = await world.app.turns.next()
    assert len(rows) == 2
    await _all(world.app.turns.handle(row) for row in rows)  # two workers at once
    await world.settle()
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    assert (case.status, case.rev) == (Status.ACKNOWLEDGED, 2)
    loser = "hoa" if case.holder == "p-lan" else "lan"
    said = " ".join(world.new(loser, "telegram"))
    assert "20:15" in said
    await world.app.close()


async def test_f22_a_cancelled_transaction_is_whole_or_not_there_and_frees_the_lock(stores):
    store = stores[0]

    async def write(n):
        async with store.transaction("t") as work:
            await work.cases.insert(case_at(work.now, n), f"s{n}")
            await asyncio.sleep(0)
            await work.cases.add_event(f"c{n}", f"k{n}", "note", "p", {})

    for n in range(60):
        task = asyncio.ensure_future(write(n))
        for _ in range(n % 12):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    async with store.reading("t") as work:
        for n in range(60):
            case = await work.cases.get(f"c{n}")
            assert bool(case) == bool(await work.cases.events(f"c{n}"))
    for n in range(60):  # again by its submission id: nothing is doubled
        await write(n)
    async with store.reading("t") as work:
        assert len(await work.cases.all_cases()) == 60
