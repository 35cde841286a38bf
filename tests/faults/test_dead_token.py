"""A token that dies in mid-run: the gate is shut, other channels carry, the outside hears silence."""

from datetime import timedelta

import pytest

from bot.auditor import Auditor
from cases.model import Role
from notifications.channel import Retry
from tests.support.outside import Outside
from tests.support.people import T, danger

MINUTE = timedelta(minutes=1)
DEAD = Retry(600, "account", "token")


@pytest.fixture
async def outside():
    made = await Outside().start()
    yield made
    await made.runner.cleanup()


async def test_f29_other_channels_carry_the_outside_falls_silent_and_the_queue_is_kept(
    world, outside
):
    await world.staff("lan", Role.OFFICER, "20500", T, "zalobot")
    await world.staff("hoa", Role.DEPUTY, "20500", T, "zalobot")
    await world.staff("ad", Role.ADMIN, "", T, "zalobot")
    auditor = Auditor(world.app.kit.store, outside.url)
    await auditor.round()
    assert len(outside.calls) == 1
    world.channels[T].faults["lan"] = [DEAD]
    code = await danger(world)
    assert any(code in text for text in world.texts("lan", "zalobot"))  # at once, not after a wait
    async with world.app.kit.store.reading("test") as work:
        assert (T, "site", "token") in await work.outbox.shut_gates()
    for _ in range(7):
        world.clock.advance(MINUTE)
        await auditor.round()
        await world.app.mender.round()
        await world.settle()
    # The case goes on elsewhere, and nothing was sent through the dead token meanwhile.
    assert not any(code in text for text in world.texts("lan", T))
    assert len(outside.calls) <= 6  # silent from the sixth minute on
    calls = len(outside.calls)
    assert any("Giám sát" in text and "(I3)" in text for text in world.texts("ad", "zalobot"))
    await world.pass_time(timedelta(minutes=10))  # a new token: the next try is taken
    kept = [text for text in world.texts("lan", T) if "Việc mới" in text]
    assert len(kept) == 1 and not kept[0].startswith("🔁")
    await world.app.mender.round()
    await auditor.round()
    assert len(outside.calls) == calls + 1
