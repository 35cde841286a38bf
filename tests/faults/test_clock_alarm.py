"""A wall clock that leaves its time is told, and one tick waits (TRUST.md section 6)."""

from datetime import timedelta

import pytest

from bot.loops import drain_rows
from tests.support import database
from tests.support.people import T, danger, everybody

pytestmark = pytest.mark.skipif(
    bool(database.server), reason="PostgreSQL has a clock of its own (test_health.py)"
)


def alarms(world):
    return [text for text in world.texts("ad", T) if "Đồng hồ của máy chủ" in text]


@pytest.mark.parametrize(
    "jump", [timedelta(days=1), timedelta(days=-1), timedelta(seconds=30)], ids=str
)
async def test_f34_a_jump_of_the_clock_is_told_once_and_one_tick_waits(world, jump):
    await everybody(world)
    await danger(world)
    world.clock.advance(timedelta(minutes=16))  # somebody else is due to be called
    world.clock.at += jump
    ticks, before = world.app.ticks, len(world.texts("hoa", T))
    assert await ticks.next() == []
    if jump > timedelta():
        assert await ticks.next()
    await drain_rows(ticks)
    await world.settle()
    assert len(alarms(world)) == 1
    if jump > timedelta():
        assert len(world.texts("hoa", T)) > before
    world.clock.advance(1)
    await world.settle()
    assert len(alarms(world)) == 1


async def test_f34_a_clock_that_is_late_by_less_is_no_alarm(world):
    await everybody(world)
    world.clock.at += timedelta(seconds=29)
    await world.settle()
    assert alarms(world) == []


async def test_f34_a_process_that_slept_saw_no_jump(world):
    await everybody(world)
    world.clock.advance(timedelta(days=1))  # wall and elapsed together
    await world.settle()
    assert alarms(world) == []
