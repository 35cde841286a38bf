"""Whoever may not know of a case knows of it by no way round: not by an old tie, not by its duplicate."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.access import View
from cases.lifecycle import Act
from cases.model import Role, Status
from handlers.access import open_to, view_for
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


# A duplicate and the case that it joined.


@pytest.fixture
async def two(world):
    """The case that is to be closed as a duplicate, and the open one; lan holds both."""
    await world.staff("hoa", Role.DEPUTY, HERE, T)
    await danger(world)
    one = await newest(world)
    await act(world, "lan", Act.ACKNOWLEDGE, {}, one)
    await world.says("thu", "sos")
    await world.says("thu", "xã Đại Hiệp")
    async with world.app.kit.store.transaction("test") as work:
        (other,) = [case for case in await work.cases.all_cases() if case.id != one.id]
        for row in await work.talks.of_case(one.id):
            await work.talks.delete(row.id)
        for case in (one, other):
            for name in ("hoa", "chu"):
                await work.cases.involve(case.id, f"p-{name}", "alert")
    await act(world, "lan", Act.ACKNOWLEDGE, {}, other)
    return one, other


async def merge(world, one, other):
    for name in ("hoa", "chu"):
        world.new(name, T)
    await act(world, "lan", Act.MERGE, {"other": other.code}, one)


async def test_whoever_is_taken_out_of_the_open_case_neither_hears_of_its_duplicate_nor_sees_it(
    world, two
):
    one, other = two
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, other)
    assert await sees(world, "hoa", one)
    await merge(world, one, other)
    assert not await sees(world, "hoa", one)
    assert world.new("hoa", T) == []
    assert [text for text in world.new("chu", T) if one.code in text]


async def test_whoever_is_taken_out_of_the_duplicate_is_out_of_the_open_case(world, two):
    one, other = two
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, one)
    await merge(world, one, other)
    assert not await sees(world, "hoa", other)


async def test_who_is_taken_out_later_is_taken_out_of_every_duplicate_too(world, two):
    one, other = two
    await merge(world, one, other)
    assert await sees(world, "hoa", one)
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, other)
    assert not await sees(world, "hoa", one)
    assert await sees(world, "chu", one)


async def test_a_unit_that_may_not_know_of_the_open_case_may_not_know_of_its_duplicate(world, two):
    one, other = two
    await world.staff("cong", Role.POLICE, HERE, T)
    async with world.app.kit.store.transaction("test") as work:
        for case in two:
            await work.cases.involve(case.id, "p-cong", "alert")
    await change(world, other, flags=("conflict_police",))
    assert await sees(world, "cong", one)
    await merge(world, one, other)
    assert not await sees(world, "cong", one)
    assert world.new("cong", T) == []


async def test_the_harmer_of_an_open_case_turns_out_to_work_for_the_police_afterwards(world, two):
    one, other = two
    await world.staff("cong", Role.POLICE, HERE, T)
    async with world.app.kit.store.transaction("test") as work:
        await work.cases.involve(one.id, "p-cong", "alert")
    await merge(world, one, other)
    assert await sees(world, "cong", one)
    for label in ("Bị đánh, bắt nạt", "Người khác đánh, dọa", "Công an"):
        await world.presses("thu", label)
    assert not await sees(world, "cong", one)


async def join(world, one, other):
    """Closed as a duplicate by whoever holds it, whatever has become of either."""
    await world.pass_time(timedelta(minutes=1))
    async with world.app.kit.store.transaction("test") as work:
        for row in await work.talks.of_case(one.id):
            await work.talks.delete(row.id)  # its reporter has told everything
    await act(world, "lan", Act.MERGE, {"other": other.code}, one)


async def again(world, case):
    """Opened again by the leader, and lan's once more."""
    await world.pass_time(timedelta(minutes=1))
    await act(world, "chu", Act.REOPEN, {"reason": "r"}, case)
    await act(world, "lan", Act.ACKNOWLEDGE, {}, case)


async def third(world, *known):
    """One more open case of lan's."""
    await world.says("nga", "sos")
    await world.says("nga", "xã Đại Hiệp")
    async with world.app.kit.store.transaction("test") as work:
        ids = [case.id for case in known]
        (case,) = [case for case in await work.cases.all_cases() if case.id not in ids]
        for row in await work.talks.of_case(case.id):
            await work.talks.delete(row.id)
        for name in ("hoa", "chu"):
            await work.cases.involve(case.id, f"p-{name}", "alert")
    await act(world, "lan", Act.ACKNOWLEDGE, {}, case)
    return case


async def test_who_is_taken_out_is_taken_out_of_a_duplicate_of_a_duplicate_too(world, two):
    one, other = two
    last = await third(world, one, other)
    await join(world, one, other)
    await join(world, other, last)
    assert await sees(world, "hoa", one)
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, last)
    assert not await sees(world, "hoa", other)
    assert not await sees(world, "hoa", one)


async def test_cases_that_joined_each_other_in_turn_are_gone_through_once(world, two):
    """A joins B and is opened again; B joins A; A joins C: B names A and A names B."""
    one, other = two
    last = await third(world, one, other)
    await join(world, one, other)
    await again(world, one)
    await join(world, other, one)
    await join(world, one, last)
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, last)
    assert not await sees(world, "hoa", one)
    assert not await sees(world, "hoa", other)


async def test_two_duplicates_of_each_other_end_the_search(world, two):
    """No act leads there; were it so in the rows, nobody would wait for ever."""
    one, other = two
    await join(world, one, other)
    await again(world, one)
    await join(world, other, one)
    await change(world, one, status=Status.CLOSED, closed_reason="duplicate")
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, one)
    assert not await sees(world, "hoa", other)


async def test_what_left_a_case_again_is_not_kept_from_whom_that_case_is_kept_from(world, two):
    one, other = two
    last = await third(world, one, other)
    await join(world, one, other)
    await again(world, one)
    await join(world, one, last)
    await act(world, "chu", Act.EXCLUDE, {"person": "p-hoa", "reason": "r"}, other)
    assert await sees(world, "hoa", one)


# What was asked of, and given to, the people of the commune that a case leaves.


async def ties(world, case):
    async with world.app.kit.store.reading("test") as work:
        after = await work.cases.get(case.id)
        return await work.cases.involved(case.id), after, await work.cases.events(case.id)


@pytest.mark.parametrize("leaves", [_handed_over, _routed])
async def test_a_visit_that_was_asked_for_shows_nothing_when_the_case_leaves_and_comes_back(
    world, leaves
):
    await world.staff("ba", Role.COLLABORATOR, HERE, T)
    await danger(world)
    case = await newest(world)
    await act(world, "lan", Act.ACKNOWLEDGE, {}, case)
    await act(world, "lan", Act.SEND_VISIT, {"person": "p-ba", "what": "w"}, case)
    assert await part(world, "ba", case) is View.VISIT
    if leaves is _handed_over:
        await act(world, "lan", Act.RELEASE, {"reason": "r"}, case)
    await leaves(world)
    assert await part(world, "ba", case) is View.NONE
    await change(world, case, commune=HERE)
    assert await part(world, "ba", case) is View.NONE


@pytest.mark.parametrize("leaves", [_handed_over, _routed])
async def test_who_held_it_keeps_no_tie_but_stays_in_its_history(world, leaves):
    await danger(world)
    case = await newest(world)
    if leaves is _routed:
        await act(world, "lan", Act.ACKNOWLEDGE, {}, case)
    await leaves(world)
    involved, after, events = await ties(world, case)
    assert not {"p-lan", "p-chu"} & involved
    assert after.holder == ("p-nam" if leaves is _handed_over else "")
    assert not await sees(world, "lan", case)
    assert [one for one in events if one.actor == "p-lan" and one.act == Act.ACKNOWLEDGE]


async def test_a_route_that_stays_ends_no_tie(world):
    await danger(world)
    case = await newest(world)
    await act(world, "lan", Act.ACKNOWLEDGE, {}, case)
    await act(world, "tam", Act.ROUTE, {"commune": HERE, "reason": "r"}, case)
    involved, *_ = await ties(world, case)
    assert "p-lan" in involved


async def test_who_was_called_while_no_commune_was_known_keeps_no_tie_when_it_is(world):
    await world.says("minh", "chau nho o nha mot minh")
    for label in ("Không", "Đúng"):
        await world.presses("minh", label)
    case = await newest(world)
    assert not case.commune
    async with world.app.kit.store.transaction("test") as work:
        await work.cases.involve(case.id, "p-nam", "alert")
    assert await sees(world, "nam", case)
    await world.presses("minh", "Không")
    await world.says("minh", "xã Đại Hiệp")
    assert (await newest(world)).commune == HERE
    await change(world, case, flags=("conflict_commune",))
    assert not await sees(world, "nam", case)


async def part(world, who, case):
    async with world.app.kit.store.reading("test") as work:
        person = await work.people.get(f"p-{who}")
        return await view_for(work, person, await work.cases.get(case.id))


async def test_a_merge_that_shuts_out_who_was_called_calls_somebody_else_at_once(world, two):
    """Nobody holds the open case: its alarm does not wait for a step that rings with nobody."""
    one, other = two
    await act(world, "lan", Act.RELEASE, {"reason": "x"}, other)
    await act(world, "chu", Act.EXCLUDE, {"person": "p-lan", "reason": "r"}, one)
    await act(world, "hoa", Act.ACKNOWLEDGE, {}, one)
    world.new("hoa", T)
    await act(world, "hoa", Act.MERGE, {"other": other.code}, one)
    await world.settle()
    assert not await sees(world, "lan", other)
    assert [text for text in world.new("hoa", T) if other.code in text and "Việc mới" in text]
