"""A case that two people opened in need shuts by itself, at once where a right ends, and all of it is told."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.model import Role
from cases.openings import ANSWERED_WITHIN, MOST, OPEN_FOR
from handlers.access import case_for
from handlers.actions.openings import ask, decide, draft
from handlers.actor import Actor
from handlers.papers.shelf import take_off
from tests.support.people import T, danger, does, everybody

WHY = "nhà trường gọi lên, cần xem ngay"
MINUTE = timedelta(minutes=1)


async def acts(world, name, do):
    """As this person, on a page; what it gave."""
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{name}")
        given = await do(Actor(work, world.app.kit, person=person, name=person.id))
    await world.settle()
    return given


async def asks(world, name, code, reason=WHY):
    one = await acts(world, name, lambda actor: draft(actor, code, reason))
    await acts(world, name, lambda actor: ask(actor, one.id))
    return one.id


async def agrees(world, name, opening, *, agreed=True):
    await acts(world, name, lambda actor: decide(actor, opening, agreed=agreed))


async def sees(world, name, code):
    try:
        await acts(world, name, lambda actor: case_for(actor.work, actor.person, code))
    except Refused:
        return False
    return True


async def state(world, opening):
    async with world.app.kit.store.reading("test") as work:
        return (await work.openings.get(opening)).state


async def done(world, act):
    from sqlalchemy import select

    from storage.tables import audit

    async with world.app.kit.store.reading("test") as work:
        rows = await work._tx.all(select(audit).where(audit.c.act == act).order_by(audit.c.n))
    return [row["actor"] for row in rows]


@pytest.fixture
async def code(world):
    await everybody(world)
    await world.staff("thu", Role.SUPERVISOR, "", T)
    await world.staff("na", Role.OFFICER, "20515", T)
    await world.staff("nam", Role.LEADER, "20515", T)
    code = await danger(world)
    await does(world, "lan", "Tôi nhận")
    return code


async def test_it_is_open_for_four_hours_to_one_person_and_then_its_card_is_taken_back(world, code):
    opening = await asks(world, "tam", code)
    assert not await sees(world, "tam", code)
    await agrees(world, "chu", opening)
    assert await sees(world, "tam", code)
    assert not await sees(world, "thu", code)
    assert not await sees(world, "na", code)
    await does(world, "tam", f"> /vu {code}")
    assert f"Hồ sơ {code}" in world.texts("tam", T)[-1]
    world.clock.advance(OPEN_FOR)  # whether or not a tick has come by
    assert not await sees(world, "tam", code)
    await world.pass_time(MINUTE)
    edits = [out.text for to, out, _ in world.channels[T].accepted
             if to.user == "tam" and out.op == "edit"]  # fmt: skip
    assert "Hồ sơ" in edits[-1] and "Đang nguy hiểm" not in edits[-1]
    assert await state(world, opening) == "ended"
    assert await done(world, "opening_ended") == ["system"]


async def test_each_step_is_in_the_log_and_so_is_each_reading(world, code):
    opening = await asks(world, "tam", code)
    await agrees(world, "chu", opening)
    await does(world, "tam", f"> /vu {code}")
    assert await done(world, "opening_asked") == ["p-tam"]
    assert await done(world, "opening_agreed") == ["p-chu"]
    assert "p-tam" in await done(world, "read")


async def test_nobody_answers_and_after_a_day_it_is_over(world, code):
    opening = await asks(world, "na", code)
    world.clock.advance(ANSWERED_WITHIN)
    await world.pass_time(MINUTE)
    assert await state(world, opening) == "lapsed"
    with pytest.raises(Refused):
        await agrees(world, "chu", opening)
    assert not await sees(world, "na", code)


async def test_a_no_opens_nothing_and_cannot_be_taken_back(world, code):
    opening = await asks(world, "tam", code)
    said = len(world.texts("tam", T))
    await agrees(world, "chu", opening, agreed=False)
    with pytest.raises(Refused):
        await agrees(world, "thu", opening)
    assert not await sees(world, "tam", code)
    assert len(world.texts("tam", T)) == said  # as where there is no such case


@pytest.mark.parametrize("second", ["tam", "lan", "hoa", "cong", "ad", "na", "nam"])
async def test_only_the_city_or_the_leader_here_is_the_second_person(world, code, second):
    opening = await asks(world, "tam", code)
    with pytest.raises(Refused):
        await agrees(world, second, opening)
    assert not await sees(world, "tam", code)


async def excludes(world, code, name):
    async with world.app.kit.store.transaction("test") as work:
        await work.cases.exclude((await work.cases.by_code(code)).id, f"p-{name}", "involved")


async def test_whom_it_concerns_neither_agrees_nor_asks_nor_hears_of_it(world, code):
    await excludes(world, code, "chu")
    said = len(world.texts("chu", T))
    opening = await asks(world, "tam", code)
    with pytest.raises(Refused):
        await agrees(world, "chu", opening)
    own = await asks(world, "chu", code)  # the same words as for anything else
    assert await state(world, own) == "asked"
    with pytest.raises(Refused):
        await agrees(world, "thu", own)
    await agrees(world, "thu", opening)
    assert await sees(world, "tam", code)
    assert not await sees(world, "chu", code)
    assert len(world.texts("chu", T)) == said


async def test_whoever_turns_out_to_be_concerned_is_shut_out_at_once(world, code):
    await agrees(world, "chu", await asks(world, "na", code))
    assert await sees(world, "na", code)
    await excludes(world, code, "na")
    assert not await sees(world, "na", code)


async def test_with_the_right_to_work_here_the_opening_ends_for_good(world, code):
    opening = await asks(world, "na", code)
    await agrees(world, "chu", opening)
    waits = await acts(world, "na", lambda actor: draft(actor, "2222-2222", WHY))
    await world.remove("na")
    assert {await state(world, one) for one in (opening, waits.id)} == {"ended"}


async def test_of_what_was_opened_no_paper_is_made(world, code):
    await agrees(world, "chu", await asks(world, "tam", code))
    with pytest.raises(Refused):
        await acts(world, "tam", lambda actor: take_off(actor, code, "01-0"))
    assert await done(world, "paper_made") == []


async def test_both_leaders_hear_of_it_each_as_much_as_they_may_know(world, code):
    opening = await asks(world, "na", code)
    await agrees(world, "tam", opening)
    assert any(code in text and "được mở hồ sơ này" in text for text in world.texts("chu", T))
    (theirs,) = [text for text in world.texts("nam", T) if "được mở một hồ sơ" in text]
    assert code not in theirs
    assert not any(WHY in text for name in ("chu", "nam", "na") for text in world.texts(name, T))


async def test_nobody_fills_the_chats_of_others_with_requests(world, code):
    for _ in range(MOST):
        await asks(world, "tam", code)
    with pytest.raises(Refused, match="opening_many"):
        await asks(world, "tam", code)


@pytest.mark.parametrize("name", ["ad", "cong"])
async def test_who_never_asks_cannot(world, code, name):
    with pytest.raises(Refused):
        await asks(world, name, code)
