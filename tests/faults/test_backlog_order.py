"""A full list of waiting messages: danger first, then first messages and the oldest by turns (F50)."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from bot.channels.memory import raw_of
from cases.limits import LIMITS, shares
from cases.model import Role
from storage.ledgers.backlog import DANGER, OTHER
from tests.support.postgres import plain
from tests.support.world import open_world

SOON = 30  # seconds until a test gives up on a condition
_WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
FULL = LIMITS["backlog"].most


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


async def waits(world, who, text="", **more):
    """It is stored, and nobody works on it yet."""
    incoming = world.message(who, "web", "choice" if more else "text", text=text, **more)
    channel, raw = world.channels["web"], raw_of(incoming)
    assert await world.app.inbox.accept("web", "site", channel.admit({}, raw), raw)


async def next_ones(world):
    """Who is handled in the next pass, and what they said."""
    rows = await world.app.turns.next()
    read = [world.channels["web"].read(one.raw) for one in rows]
    return [(one.user, one.text) for one in read], rows


async def waiting(url):
    """Until somebody waits for a lock of the database."""
    with psycopg.connect(plain(url), autocommit=True) as owner:
        async with asyncio.timeout(SOON):
            while True:
                if owner.execute(_WAITS).fetchone() != (0,):
                    return
                await asyncio.sleep(0.02)


async def known(world, many):
    """People who wrote before, each with a message that waits now."""
    for n in range(many):
        await waits(world, f"old{n}", "xin chào")
    await world.settle()
    for n in range(many):
        await waits(world, f"old{n}", f"thêm {n}")


async def test_f50_in_a_flood_half_of_each_pass_is_for_first_messages(world):
    await known(world, 2 * FULL)
    for n in range(FULL):
        await waits(world, f"new{n}", "hàng xóm làm ồn")
    heads, rows = await next_ones(world)
    assert [who for who, _ in heads] == [
        *(f"new{n}" for n in range(FULL // 2)), *(f"old{n}" for n in range(FULL - FULL // 2))
    ]  # fmt: skip
    await world.app.turns.together(rows)
    again, _ = await next_ones(world)
    assert [who for who, _ in again][:2] == [f"new{FULL // 2}", f"new{FULL // 2 + 1}"]
    assert not {who for who, _ in again} & {who for who, _ in heads}


async def test_f50_who_is_in_danger_comes_before_all_with_what_they_said_before(world):
    await known(world, 3 * FULL)
    await waits(world, "hoa", "xã Đại Hiệp")
    await waits(world, "hoa", "có người đang bóp cổ cháu")
    await waits(world, "mai", prompt="x", option="now")
    heads, rows = await next_ones(world)
    assert heads[:2] == [("hoa", "xã Đại Hiệp"), ("mai", "")]
    await world.app.turns.together(rows)
    await waits(world, "hoa", "ở Phú Mỹ")  # what follows is not said behind the crowd
    heads, rows = await next_ones(world)
    assert heads[0] == ("hoa", "có người đang bóp cổ cháu")
    await world.app.turns.together(rows)
    assert (await next_ones(world))[0][0] == ("hoa", "ở Phú Mỹ")


async def test_f50_what_follows_a_cry_is_not_said_behind_a_crowd_that_came_in_between(world):
    await waits(world, "hoa", "có người đang bóp cổ cháu")
    await waits(world, "mai", "sos")
    await world.settle()
    await known(world, 3 * FULL)
    await waits(world, "hoa", "xã Đại Hiệp")
    await waits(world, "mai", "xã Đại Hiệp")
    heads, _ = await next_ones(world)
    assert heads[:2] == [("hoa", "xã Đại Hiệp"), ("mai", "xã Đại Hiệp")]


async def test_f50_of_two_that_look_at_a_crowd_none_misses_a_cry_the_other_is_just_looking_at(
    tmp_path, databases
):
    url = databases.migrated()
    world = await open_world(tmp_path, ANNHI_DATABASE_URL=url)
    await known(world, 2 * FULL)
    await world.settle()
    await waits(world, "hoa", "sos")
    await waits(world, "hoa", "xã Đại Hiệp")
    for n in range(2 * FULL):
        await waits(world, f"old{n}", f"thêm {n}")
    async with world.app.kit.store.transaction("backlog") as work:
        await work.backlog.looks_alone()
        ((cry, _),) = await work.backlog.unseen(1)
        other = asyncio.create_task(world.app.turns.next())
        await waiting(url)
        await work.backlog.put([cry.seq], DANGER)
        await work.backlog.hurry([cry.lane])
    await other
    heads, rows = await next_ones(world)
    assert heads[0] == ("hoa", "sos")
    await world.app.turns.together(rows)
    assert (await next_ones(world))[0][0] == ("hoa", "xã Đại Hiệp")
    await world.app.close()


async def test_f50_what_was_looked_at_while_the_cry_before_it_was_handled_comes_with_it(
    tmp_path, databases
):
    url = databases.migrated()
    world = await open_world(tmp_path, ANNHI_DATABASE_URL=url)
    await waits(world, "hoa", "sos")
    (cry,) = await world.app.turns.next()  # with so few nobody looks
    await waits(world, "hoa", "xã Đại Hiệp")
    store = world.app.kit.store
    async with store.transaction("turn") as turn:
        assert await turn.inbox.done(cry)
        async with store.transaction("backlog") as look:
            ((place, _),) = await look.backlog.unseen(2)
            cried = asyncio.create_task(turn.backlog.cried(cry))
            await waiting(url)
            await look.backlog.put([place.seq], OTHER)
        await cried
    async with world.app.kit.store.transaction("test") as work:
        assert [row.lane for row in await work.backlog.at(DANGER, FULL)] == [cry.lane]
    await world.app.close()


async def test_f50_a_flood_of_cries_keeps_nobody_out_for_ever(world):
    await known(world, 2 * FULL)
    for n in range(2 * FULL):
        await waits(world, f"cry{n}", "cứu với")
    heads, _ = await next_ones(world)
    urgent, first = shares(FULL, 2 * FULL)
    assert [who for who, _ in heads[:urgent]] == [f"cry{n}" for n in range(urgent)]
    assert [who for who, _ in heads[urgent:]] == [f"old{n}" for n in range(FULL - urgent)]
    assert 0 < first < FULL - urgent


async def test_f50_where_few_wait_they_are_taken_in_the_order_in_which_they_came(world):
    await known(world, 3)
    await waits(world, "hoa", "sos")
    assert [who for who, _ in (await next_ones(world))[0]] == ["old0", "old1", "old2", "hoa"]


async def test_f50_a_message_that_nobody_can_read_waits_like_any_other(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await known(world, FULL)
    channel = world.channels["web"]
    admitted = channel.admit({}, raw_of(world.message("x", "web", "text", text="x")))
    assert await world.app.inbox.accept("web", "site", admitted, b'{"what": "is this"}')
    heads, _ = [await world.app.turns.next(), None]
    assert b"what" in heads[0].raw  # it is somebody's first
    await world.settle()
    await world.pass_time(timedelta(minutes=2))
    async with world.app.kit.store.reading("test") as work:
        assert await work.inbox.next_at() is None  # parked, with a human
