"""The day's head goes to two people by chat, and only where it says something (TRUST.md section 14)."""

import re
from datetime import timedelta

from cases.model import Role
from tests.support.people import T, danger, does, everybody

DAY = timedelta(days=1)


def heads(world, name):
    return [text for text in world.texts(name, T) if "Mã kiểm nhật ký" in text]


async def test_f53_an_administrator_and_the_city_are_sent_the_same_head_each_day(world):
    await everybody(world)
    await danger(world)
    await world.pass_time(DAY)
    assert len(heads(world, "ad")) == 1
    assert heads(world, "ad") == heads(world, "tam")
    assert heads(world, "chu") == []
    row, said = re.search(r"dòng (\d+), ([0-9A-F ]+)\.", heads(world, "ad")[0]).groups()
    async with world.app.kit.store.reading("test") as work:
        (kept,) = await work.audit.anchors()
        assert (kept.n, kept.hash[:10].hex().upper()) == (int(row), said.replace(" ", ""))
        assert await work.audit.verify() == []
    await does(world, "lan", "Tôi nhận")
    await world.pass_time(DAY)
    assert len(heads(world, "ad")) == 2


async def test_f53_where_there_is_no_city_desk_a_leader_keeps_it(world):
    await everybody(world, "tam")
    await danger(world)
    await world.pass_time(DAY)
    assert len(heads(world, "chu")) == 1


async def test_one_person_alone_is_sent_nothing_and_a_day_on_which_nothing_was_done_says_nothing(
    world,
):
    await world.staff("ad", Role.ADMIN, "", T)
    await danger(world)
    await world.pass_time(DAY)
    assert heads(world, "ad") == []
    await world.staff("tam", Role.SUPERVISOR, "", T)
    await world.pass_time(3 * DAY)
    before = len(heads(world, "ad"))
    async with world.app.kit.store.reading("test") as work:
        head, kept = await work.audit.head(), await work.audit.anchors()
    assert before == len({one.day for one in kept}) > 0
    assert kept[-1].n <= head.n
