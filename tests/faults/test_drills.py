"""The drill of the week: rung once, marked, heard or not; administrators and leaders learn who did not."""

import asyncio
import json
import re
from datetime import timedelta

import pytest

from cases.model import Role
from handlers.watching.drills import Drills, heard_since
from notifications.channel import Gone
from tests.faults.place import LAN, PATIENCE, close_place, open_place
from tests.support.people import T, does, everybody, put_leave
from tests.support.world import open_world

WEDNESDAY = "2026-11-18 08:59"  # a week before it


@pytest.fixture
async def town(tmp_path):
    made = await open_world(tmp_path, WEDNESDAY)
    await everybody(made)
    async with made.app.kit.store.transaction("test") as work:
        await work.marks.set("born")
    made.clock.advance(timedelta(days=7))
    yield made
    await made.app.close()


def rings(world, name, channel=T):
    return [text for text in world.texts(name, channel) if text.startswith("DIỄN TẬP")]


async def _hour(world, **span):
    world.clock.advance(timedelta(**span))
    armed = await Drills(world.app.kit).arm()
    await world.settle()
    return armed


async def _found(world):
    async with world.app.kit.store.reading("test") as work:
        found = await heard_since(work, work.now - timedelta(days=7))
    return {one.person.id: (one.channel, one.seconds, one.silent) for one in found}


async def test_it_rings_once_a_week_by_day_and_says_that_it_is_none(town):
    assert await _hour(town) == 0  # too early
    assert await _hour(town, minutes=1) == 3
    assert await _hour(town, minutes=1) == 0
    for name in ("lan", "hoa", "chu"):
        assert rings(town, name) == ["DIỄN TẬP – không có việc thật. Xin bấm Đã nghe ngay."]
    for name in ("cong", "tam", "ad"):  # nobody alarms the police or the city for it
        assert rings(town, name) == []
    assert await _hour(town, days=1) == 0
    assert await _hour(town, days=6) == 3


async def test_a_program_that_was_away_on_the_day_catches_up(town):
    town.clock.advance(timedelta(days=2))
    assert await _hour(town, minutes=1) == 3


@pytest.mark.parametrize("days", [3, 5])
async def test_nobody_is_rung_at_night_or_before_the_day(town, days):
    town.clock.advance(timedelta(days=days, hours=0 if days == 5 else 9))
    assert await _hour(town, minutes=1) == 0


async def test_whoever_is_on_leave_or_left_is_not_rung(town):
    await put_leave(town, "lan", "hoa")
    assert await _hour(town, minutes=1) == 2
    assert rings(town, "lan") == []


async def test_heard_and_not_heard_stand_side_by_side_and_the_leader_reads_who_did_not(town):
    await _hour(town, minutes=1)
    town.clock.advance(20)
    await does(town, "lan", "Đã nghe")
    await town.pass_time(timedelta(minutes=3))
    found = await _found(town)
    assert found["p-lan"][0] == T and found["p-lan"][1] >= 20
    assert found["p-hoa"] == ("", 0, (T,))
    await town.pass_time(timedelta(days=5))
    weeks = [text for text in town.texts("chu", T) if "Chưa nghe được buổi diễn tập" in text]
    assert len(weeks) == 1 and "cán bộ thay thế" in weeks[0] and "hoa" not in weeks[0]
    city = [text for text in town.texts("tam", T) if "Nơi có người chưa nghe" in text]
    assert len(city) == 1 and "Đại Lộc" in city[0]


async def test_a_week_that_everybody_heard_needs_no_line(town):
    await _hour(town, minutes=1)
    for name in ("lan", "hoa", "chu"):
        await does(town, name, "Đã nghe")
    await town.pass_time(timedelta(days=5))
    assert not any("buổi diễn tập" in text for text in town.texts("chu", T))


async def test_the_next_address_rings_as_a_drill_too(town):
    await town.staff("mai", Role.OFFICER, "20500", T, "zalobot")
    await _hour(town, minutes=1)
    await town.pass_time(timedelta(minutes=2, seconds=5))
    assert len(rings(town, "mai", "zalobot")) == 1


async def test_who_has_no_address_that_works_is_told_to_administrators(town):
    town.channels[T].faults["lan"] = [Gone("blocked")]
    await town.says("minh", "sos")
    await town.says("minh", "xã Đại Hiệp")
    await _hour(town, minutes=1)
    assert any("không liên lạc được ở địa chỉ nào" in text for text in town.texts("ad", T))


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


async def test_the_command_rings_through_the_real_channel_and_says_who_heard_it(place):
    await place.roster()
    await place.start()
    await place.listening()
    command = await place.run("bot", "drill", "--commune", "20500", "--json", feed=True)
    await place.until(lambda: any(text.startswith("DIỄN TẬP") for text in place.told(LAN)))
    place.presses(LAN, place.peer.sent(LAN)[-1], "Đã nghe")
    async with asyncio.timeout(PATIENCE):
        out, _ = await command.communicate()
    (one,) = [json.loads(line) for line in out.decode().splitlines()]
    assert (one["role"], one["outcome"], one["channel"]) == ("officer", "heard", "telegram")
    assert command.returncode == 0
    command = await place.run("bot", "drill", "--no-wait", feed=True)
    async with asyncio.timeout(PATIENCE):
        out, _ = await command.communicate()
    assert re.fullmatch(r"officer \S+ \(Đại Lộc\): rung\n", out.decode())
    command = await place.run("bot", "drill", "--commune", "1")
    async with asyncio.timeout(PATIENCE):
        assert await command.wait() == 1
