"""A cry after the report was opened raises it and rings at once, whatever the chat was about just then."""

from dataclasses import replace

import pytest

from cases.model import Level, Role, Status
from tests.support.world import open_world
from tests.walks.test_cries import CRIES

T = "telegram"


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    for name, role in (("lan", Role.OFFICER), ("chu", Role.LEADER)):
        await made.staff(name, role, "20500", T)
    await made.says("minh", "cái ao sau trường không có rào", T)
    for label in ("Không", "Đúng"):
        await made.presses("minh", label, T)
    await made.says("minh", "Đại An", T)
    yield made
    await made.app.close()


async def cases(world):
    async with world.app.kit.store.reading("test") as work:
        return await work.cases.all_cases()


async def being_asked(world):
    """The report goes on: the age of the child is asked."""


async def stopped(world):
    await world.says("minh", "hủy", T)


async def writing(world):
    await stopped(world)
    await world.says("minh", "nhắn cán bộ", T)


async def changing_hours(world):
    await stopped(world)
    await world.says("minh", "đổi giờ nhắn", T)


async def following(world):
    await stopped(world)
    await world.says("minh", "/theodoi", T)


async def in_a_flood(world):
    await stopped(world)
    for n in range(25):
        await world.says("minh", f"alo {n}", T)


STATES = (being_asked, stopped, writing, changing_hours, following, in_a_flood)


@pytest.mark.parametrize("cry", CRIES)
@pytest.mark.parametrize("state", STATES, ids=lambda one: one.__name__)
async def test_a_cry_raises_the_open_report_and_rings(world, state, cry):
    await state(world)
    [before] = await cases(world)
    assert before.level is Level.MEDIUM
    world.new("lan", T)
    await world.says("minh", cry, T)
    [after] = await cases(world)
    assert after.level is Level.URGENT
    assert any(after.code in text and "KHẨN CẤP" in text for text in world.new("lan", T))
    assert any("113" in text or "111" in text for text in world.texts("minh", T)[-2:])


@pytest.mark.parametrize("cry", CRIES)
async def test_a_cry_after_the_end_opens_a_new_report_that_is_urgent(world, cry):
    await stopped(world)
    async with world.app.kit.store.transaction("test") as work:
        [case] = await work.cases.all_cases()
        shut = replace(case, status=Status.CLOSED, rev=case.rev + 1)
        assert await work.cases.save(shut, case.rev)
    await world.says("minh", cry, T)
    _, new = await cases(world)
    assert (new.level, new.commune) == (Level.URGENT, "20500")
