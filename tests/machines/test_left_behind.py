"""Whoever may not know of a case knows of it by no way round: not by an old tie, not by its duplicate."""

from dataclasses import replace

import pytest

from cases.lifecycle import Act
from cases.model import Role
from handlers.access import open_to
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from tests.support.people import T, danger
from tests.support.world import open_world

HERE, THERE = "20500", "20515"
WHY = {"kind": "moved", "why": "w", "done": "d"}


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    for name, role, commune in (
        ("lan", Role.OFFICER, HERE), ("chu", Role.LEADER, HERE), ("nam", Role.LEADER, THERE),
        ("tam", Role.SUPERVISOR, ""),
    ):  # fmt: skip
        await made.staff(name, role, commune, T)
    yield made
    await made.app.close()


async def newest(world):
    async with world.app.kit.store.reading("test") as work:
        return (await work.cases.all_cases())[-1]


async def act(world, who, act, form, case=None):
    """What somebody does, as the case is now."""
    case = case or await newest(world)
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(
            work, world.app.kit, person=await work.people.get(f"p-{who}"), name=f"p-{who}"
        )
        await work_case(actor, await work.cases.get(case.id), act, form)
    await world.settle()


async def change(world, case, **then):
    """The case with these facts changed."""
    async with world.app.kit.store.transaction("test") as work:
        case = replace(await work.cases.get(case.id), **then)
        await work.cases.save(replace(case, rev=case.rev + 1), case.rev)


async def sees(world, who, case):
    async with world.app.kit.store.reading("test") as work:
        person = await work.people.get(f"p-{who}")
        return await open_to(work, person, await work.cases.get(case.id))


async def _handed_over(world):
    await act(world, "lan", Act.ACKNOWLEDGE, {})
    await act(world, "lan", Act.OFFER_HANDOVER, {"commune": THERE, **WHY})
    await act(world, "nam", Act.ACCEPT_HANDOVER, {})


async def _routed(world):
    await act(world, "tam", Act.ROUTE, {"commune": THERE, "reason": "r"})


@pytest.mark.parametrize("leaves", [_handed_over, _routed])
async def test_an_old_call_opens_no_case_that_has_left_the_commune(world, leaves):
    await danger(world)
    case = await newest(world)
    async with world.app.kit.store.transaction("test") as work:
        await work.cases.involve(case.id, "p-chu", "alert")
        await work.cases.exclude(case.id, "p-lan" if leaves is _routed else "p-x", "involved")
    await leaves(world)
    await change(world, case, flags=("conflict_commune",))
    assert not await sees(world, "chu", case)
    async with world.app.kit.store.reading("test") as work:
        assert not {"p-chu", "p-lan"} & await work.cases.involved(case.id)
        assert await work.cases.exclusions(case.id)
