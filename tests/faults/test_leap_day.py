"""F37: a case that is reported on a leap day, and one that lives over it: each clock at its instant."""

from datetime import datetime, timedelta

import pytest

from cases.model import Role
from cases.times.calendar import ZONE, local
from tests.support.people import danger
from tests.support.world import open_world

LEAP = datetime(2028, 2, 29, 20, 15, tzinfo=ZONE)


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    for name, role in (("lan", Role.OFFICER), ("chu", Role.LEADER)):
        await made.staff(name, role, "20500", "telegram")
    yield made
    await made.app.close()


async def _armed(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        timers = await work.timers.armed(f"case:{case.id}")
    dues = {one.kind: local(one.clock_due or one.due_at) for one in timers}
    return {kind: f"{due:%Y-%m-%d %H:%M}" for kind, due in dues.items()}


@pytest.mark.parametrize(
    ("reported", "emergency", "plan"),
    [
        (LEAP, "2028-03-01 08:15", "2028-03-07 17:00"),
        (LEAP - timedelta(days=1), "2028-02-29 08:15", "2028-03-06 17:00"),
        (LEAP - timedelta(days=5), "2028-02-25 08:15", "2028-03-02 17:00"),
    ],
    ids=["on it", "the evening before", "over it"],
)
async def test_f37_the_laws_clocks_of_a_report_around_a_leap_day(world, reported, emergency, plan):
    world.clock.advance(reported - world.clock.now())
    await danger(world)
    armed = await _armed(world)
    assert (armed["emergency"], armed["plan"]) == (emergency, plan)
    (alert,) = [text for text in world.texts("lan", "telegram") if "Việc mới" in text]
    day = f"{datetime.fromisoformat(emergency):%d/%m}"
    assert alert.endswith(f"Hạn 08:15 ngày {day}.")
