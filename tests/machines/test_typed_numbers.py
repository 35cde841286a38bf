"""A number that is typed means the buttons of the last message in the chat, and no other's."""

from datetime import timedelta

import pytest

from cases.model import Role
from storage.records.offers import Offer
from tests.support.world import open_world

LONG = timedelta(days=400)


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await made.staff(name, role, "20500", "telegram")
    yield made
    await made.app.close()


async def report(world, who, words, channel="web"):
    await world.says(who, words, channel)
    await world.presses(who, "Có, ngay bây giờ", channel)
    await world.says(who, "xã Đại Hiệp", channel)
    await world.says(who, "/huy", channel)


async def test_of_buttons_offered_in_one_moment_the_last_count(world):
    store = world.app.kit.store
    for prompts in (("a", "z", "m"), ("y", "b")):
        async with store.transaction("test") as work:
            for prompt in prompts:
                offer = Offer(prompt, "c1", "menu", ["new"], work.now + LONG)
                await work.offers.put(offer)
            assert (await work.offers.newest("c1")).prompt == prompts[-1]


async def test_a_clock_that_was_set_back_does_not_bring_old_buttons_up(world):
    store = world.app.kit.store
    for n, prompt in enumerate(("later", "sooner")):
        world.clock.advance(-timedelta(hours=n))
        async with store.transaction("test") as work:
            await work.offers.put(Offer(prompt, "c1", "menu", ["new"], work.now + LONG))
    async with store.reading("test") as work:
        assert (await work.offers.newest("c1")).prompt == "sooner"


async def test_a_card_that_changed_far_above_takes_no_number_from_the_last_message(world):
    await report(world, "minh", "be bi danh")
    await world.presses("lan", "Tôi nhận", "telegram")
    await world.pass_time(timedelta(minutes=5))
    await report(world, "nga", "em bi danh")
    alert = world.texts("lan", "telegram")[-1]
    assert alert.startswith("Việc mới")
    async with world.app.kit.store.reading("test") as work:
        _, second = await work.cases.all_cases()
    await world.says("minh", "thoát")  # the first card says that nobody can be written to there
    assert world.texts("lan", "telegram")[-1].startswith("Hồ sơ")
    await world.says("lan", "1", "telegram")
    async with world.app.kit.store.reading("test") as work:
        assert (await work.cases.get(second.id)).holder == "p-lan"
