"""A machine whose own zone has summer time: what is due is an instant, and fires once all the same."""

import time
from datetime import timedelta

import pytest

from cases.model import Role
from tests.support.world import open_world

BERLIN = {"fold": "2026-10-25 06:40", "gap": "2026-03-29 07:40"}  # in Viet Nam, just before


@pytest.fixture
def zone(monkeypatch):
    def here(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield here
    monkeypatch.undo()
    time.tzset()


async def alarms(folder, at):
    """Who was called in which minute, while nobody takes an urgent case for a hundred minutes."""
    world = await open_world(folder, at)
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, role, "20500", "telegram")
    for text in ("sos", "xã Đại Hiệp"):
        await world.says("minh", text)
    begun, found = world.clock.now(), []
    for minute in range(100):
        found += [
            (minute, who, text)
            for who in ("lan", "hoa", "chu")
            for text in world.new(who, "telegram")
        ]
        await world.pass_time(begun + timedelta(minutes=minute + 1) - world.clock.now())
    await world.app.close()
    return found


@pytest.mark.parametrize("night", BERLIN)
async def test_f38_an_hour_that_comes_twice_or_never_fires_each_timer_once(tmp_path, zone, night):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    zone("Asia/Ho_Chi_Minh")
    plain = await alarms(tmp_path / "a", BERLIN[night])
    zone("Europe/Berlin")
    assert await alarms(tmp_path / "b", BERLIN[night]) == plain
    assert min(minute for minute, who, _ in plain if who == "hoa") == 15
    assert len(plain) > 8
