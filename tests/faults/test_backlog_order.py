"""A full list of waiting messages: danger first, then first messages and the oldest by turns (F50)."""

from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from cases.limits import LIMITS, shares
from cases.model import Role
from tests.support.world import open_world

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
