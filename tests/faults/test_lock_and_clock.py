"""Another program holds the file (F15); the wall clock jumps (F34); hours without the program (F35)."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.app import Edges, open_app
from cases.model import Role
from tests.faults.place import MINH, close_place, open_place
from tests.support import database
from tests.support.world import open_world


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


@pytest.mark.sqlite("its one write lock")
async def test_f15_a_held_lock_delays_everything_and_loses_nothing(place):
    await place.start()
    await place.listening()
    async with ClientSession() as client:
        async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        holder = sqlite3.connect(place.database, isolation_level=None)
        holder.execute("PRAGMA busy_timeout=10000")
        holder.execute("BEGIN IMMEDIATE")
        message = {"id": "m1", "kind": "text", "text": "xin chào"}
        url = f"{place.url}/api/chat/messages"
        place.says("xin chào")
        async with asyncio.timeout(30), asyncio.TaskGroup() as group:
            posting = group.create_task(client.post(url, json=message, headers=header))
            for _ in range(20):  # the program itself goes on: it answers and can be read
                async with client.get(f"{place.admin}/healthz") as answer:
                    assert answer.status == 200
                async with client.get(url, headers=header) as answer:
                    assert (await answer.json())["messages"] == []
            assert not posting.done()
            assert place.told(MINH) == []
            holder.execute("ROLLBACK")
        holder.close()
        assert posting.result().status == 202
    await place.until(lambda: place.told(MINH))
    await place.eventually(lambda: place.sql("SELECT 1 FROM webchat_messages"))
    await place.end()
    assert len(place.told(MINH)) == 1
    assert place.sql("SELECT count(*) FROM inbox WHERE channel != 'desk'") == [(2,)]


async def _urgent(world):
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, role, "20500", "telegram")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")


def _timers(world, kind):
    query = f"SELECT step, slot, state FROM timers WHERE kind = '{kind}' AND owner LIKE 'case:%'"
    return database.asked(world.app.config.database_url, f"{query} ORDER BY step, slot")


def _sound(world):
    """No obligation twice, and exactly one of each kind ahead."""
    for kind in ("unanswered", "emergency"):
        rows = _timers(world, kind)
        assert len(rows) == len({row[:2] for row in rows})
        assert [state for *_, state in rows].count("armed") == 1


@pytest.mark.parametrize(
    "jump", [timedelta(days=1), timedelta(days=-1), timedelta(seconds=30)], ids=str
)
async def test_f34_a_jump_of_the_clock_loses_and_doubles_no_timer(tmp_path, jump):
    world = await open_world(tmp_path)
    await _urgent(world)
    _sound(world)
    world.clock.at += jump  # the wall only: elapsed time knows better
    await world.settle()
    _sound(world)
    world.clock.at -= jump
    await world.settle()
    _sound(world)
    await world.pass_time(timedelta(hours=2))
    _sound(world)
    fired = [row for row in _timers(world, "unanswered") if row[2] == "fired"]
    assert fired
    for name in ("lan", "hoa", "chu"):
        texts = world.texts(name, "telegram")
        assert texts
        keys = [out.key for to, out, _ in world.channels["telegram"].accepted if to.user == name]
        assert len(keys) == len(set(keys))
    await world.app.close()


async def test_f35_six_hours_down_bring_one_step_and_one_next_obligation(tmp_path):
    world = await open_world(tmp_path)
    await _urgent(world)
    accepted = world.channels["telegram"].accepted
    before = len(accepted)
    await world.app.close()
    world.clock.advance(timedelta(hours=6))
    edges = Edges(world.clock, world.chance, list(world.channels.values()))
    world.app = await open_app(world.app.config, edges)
    await world.settle()
    _sound(world)
    late = [(to.user, out.key.split(":")[2]) for to, out, _ in accepted[before:]]
    assert len(late) == len(set(late))  # nobody hears two steps of one clock
    assert {"lan", "hoa", "chu"} <= {user for user, _ in late}
    await world.app.close()
