"""Who is called has every address tried; who may not know hears nothing, however it came about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from bot.loops import drain_rows
from cases.allowed import allowed
from cases.errors import Conflict
from cases.lifecycle import Act
from cases.model import Role, Status
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, tell
from notifications.channel import Gone
from notifications.pace import PER_SECOND
from storage.ledgers.outbox import Message
from tests.support.people import T, danger, does, person, put_leave
from tests.support.world import open_world

MINUTES = timedelta(minutes=1)


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


async def _case(world, **then):
    """The newest case, after these facts of it were changed."""
    async with world.app.kit.store.transaction("test") as work:
        case = (await work.cases.all_cases())[-1]
        if then:
            case = replace(case, rev=case.rev + 1, **then)
            await work.cases.save(case, case.rev - 1)
    return case


async def _in_an_emergency_without_a_holder(world):
    """Help is under way, and whoever had the case is gone."""
    await world.staff("lan", Role.OFFICER, "20500", T)
    await danger(world)
    await world.presses("lan", "Tôi nhận", T)
    await _case(world, status=Status.EMERGENCY)
    await world.remove("lan")


async def test_the_next_address_is_tried_also_when_help_is_under_way(world):
    await world.staff("chu", Role.LEADER, "20500", T, "web")
    await _in_an_emergency_without_a_holder(world)
    assert world.new("chu", T)
    assert world.new("chu") == []
    await world.pass_time(3 * MINUTES)
    assert world.new("chu")[0].startswith("Việc mới")


@pytest.mark.parametrize("chain", [("hoa",), ("hoa", "vy")])
async def test_who_stands_in_for_a_leader_can_take_what_the_leader_is_called_to(world, chain):
    """Nobody else could: the city has no desk here. What the law leaves to the leader stays there."""
    await world.staff("chu", Role.LEADER, "20500", T)
    for name in chain:
        await world.staff(name, Role.DEPUTY, "20500", T)
    for who, substitute in zip(("chu", *chain), chain, strict=False):
        await put_leave(world, who, substitute)
    await _in_an_emergency_without_a_holder(world)
    await world.presses(chain[-1], "Tôi nhận", T)
    case = await _case(world)
    assert (case.holder, case.status) == (f"p-{chain[-1]}", Status.EMERGENCY)
    taken = await person(world, chain[-1])
    assert allowed(Act.DISMISS, replace(case, status=Status.DETAILED), taken) == "error.not_yours"
    async with world.app.kit.store.reading("test") as work:
        others = [one for one in await work.people.everybody() if one.id != taken.id]
    assert [one.id for one in others if one.leads and not one.substitute] == []


async def test_a_leader_who_is_involved_is_followed_at_once_also_when_help_is_under_way(world):
    await world.staff("chu", Role.LEADER, "20500", T)
    await world.staff("tam", Role.SUPERVISOR, "", T)
    await _in_an_emergency_without_a_holder(world)
    assert world.new("tam", T) == []
    case = await _case(world)
    async with world.app.kit.store.transaction("test") as work:
        chu = await work.people.get("p-chu")
        actor = Actor(work, world.app.kit, person=chu, name=chu.id)
        await work_case(actor, case, Act.EXCLUDE, {"reason": "involved"})
    await world.settle()
    assert world.new("tam", T)[0].startswith("Việc mới")


async def test_who_comes_on_duty_is_called_on_the_next_address_too(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "web")
    await world.staff("chu", Role.LEADER, "20500", T)
    await world.duty("lan", on=False)
    code = await danger(world)
    await does(world, "lan", "> /truc")
    assert any(code in text for text in world.new("lan", T))
    await world.pass_time(3 * MINUTES)
    assert [code in text for text in world.new("lan")] == [True]


@pytest.mark.parametrize("gone", [False, True])
async def test_who_stands_in_is_called_like_anybody_else(world, gone):
    """The next address after two minutes; where there is none that works, the next step at once."""
    for name, role, *more in (
        ("lan", Role.OFFICER, T), ("hoa", Role.DEPUTY, T, *(() if gone else ("web",))),
        ("chu", Role.LEADER, T),
    ):  # fmt: skip
        await world.staff(name, role, "20500", *more)
    code = await danger(world)
    await does(world, "lan", "> nghi", "Nghỉ nhiều ngày", "Ngay bây giờ", "> thứ sáu",
               "hoa (cán bộ thay thế)")  # fmt: skip
    world.new("hoa", T)
    world.new("chu", T)
    if gone:
        world.channels[T].faults["hoa"] = [Gone("blocked")] * 3
    await world.presses("hoa", "Nhận thay", T)
    assert any(code in text for text in world.new("chu" if gone else "hoa", T))
    if not gone:
        await world.pass_time(3 * MINUTES)
        assert [code in text for text in world.new("hoa")] == [True]


async def test_an_alert_passes_by_every_shut_gate_at_once_and_stays_there_too(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "zalobot", "web")
    await world.says("minh", "sos")
    async with world.app.kit.store.transaction("test") as work:
        for channel in (T, "zalobot"):
            await work.outbox.shut_gate(channel, "site", work.now + 60 * MINUTES, "down")
    page = world.channels["web"]
    raw = raw_of(world.message("minh", "web", "text", text="xã Đại Hiệp"))
    await world.app.inbox.accept(page.name, page.account, page.admit({}, raw), raw)
    await drain_rows(world.app.turns, together=world.app.turns.together)
    await world.app.sender.drain()
    assert world.new("lan")[0].startswith("Việc mới")
    assert world.new("lan", T) == world.new("lan", "zalobot") == []
    async with world.app.kit.store.reading("test") as work:
        told = await work.outbox.told("case:")
    assert [one.state for one in told if ":alert:" in one.key] == ["waiting", "waiting", "sent"]


async def test_an_account_that_was_given_enough_in_this_second_is_not_shut(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "web")
    await world.says("minh", "sos")
    async with world.app.kit.store.transaction("test") as work:
        for n in range(PER_SECOND[T]):
            other = await work.contacts.ensure(T, "site", f"u{n}", f"u{n}", "vi")
            body = {"op": "say", "text": "tin"}
            assert await work.outbox.put(Message(f"k{n}", other.id, T, "say", body, 2))
    await world.app.sender.drain()
    await world.says("minh", "xã Đại Hiệp")
    async with world.app.kit.store.reading("test") as work:
        told = await work.outbox.told("case:")
    assert len([one for one in told if ":alert:" in one.key]) == 1


async def test_the_next_address_of_a_broken_one_may_be_shut_as_well(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "zalobot", "web")
    await world.says("minh", "sos")
    async with world.app.kit.store.transaction("test") as work:
        await work.outbox.shut_gate("zalobot", "site", work.now + 60 * MINUTES, "quota")
    world.channels[T].faults["lan"] = [Gone("blocked")]
    await world.says("minh", "xã Đại Hiệp")
    assert world.new("lan")[0].startswith("Việc mới")


async def test_f25_an_address_that_fails_for_a_notice_of_any_kind_is_told_to_administrators(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "web")
    await world.staff("ad", Role.ADMIN, "", T)
    world.channels[T].faults["lan"] = [Gone("blocked")]
    async with world.app.kit.store.transaction("test") as work:
        lan = await work.people.get("p-lan")
        errand = Errand("invite_confirmed", "invite:x", "k", {"role": "system"})
        await tell(Actor(work, world.app.kit), [lan], errand)
    await world.settle()
    assert len(world.new("lan")) == 1
    (told,) = world.new("ad", T)
    assert "không liên lạc được qua telegram" in told


@pytest.mark.parametrize("how", ["removed", "hidden"])
async def test_an_undo_gives_a_case_to_nobody_who_may_not_have_it_any_more(world, how):
    role = Role.OFFICER if how == "removed" else Role.POLICE
    await world.staff("lan", role, "20500", T)
    for name, other in (("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, other, "20500", T)
    await danger(world)
    case = await _case(world, holder="p-lan", status=Status.ACKNOWLEDGED)
    kit = world.app.kit
    async with kit.store.transaction("test") as work:
        chu = Actor(work, kit, person=await work.people.get("p-chu"), name="p-chu")
        case = await work_case(chu, case, Act.ASSIGN, {"person": "p-hoa"})
    if how == "removed":
        await world.remove("lan")
    else:
        case = await _case(world, flags=("conflict_police",))
    async with kit.store.transaction("test") as work:
        chu = Actor(work, kit, person=await person(world, "chu"), name="p-chu")
        with pytest.raises(Conflict):
            await work_case(chu, await work.cases.get(case.id), Act.UNDO, {})
    assert (await _case(world)).holder == "p-hoa"


async def test_who_is_let_in_hears_nothing_while_their_whole_unit_is_kept_out(world):
    await world.staff("lan", Role.OFFICER, "20500", T)
    await world.staff("tam", Role.SUPERVISOR, "", T)
    await danger(world)
    case = await _case(world, flags=("conflict_commune",))
    kit = world.app.kit
    async with kit.store.transaction("test") as work:
        await work.cases.exclude(case.id, "p-lan")
        tam = Actor(work, kit, person=await work.people.get("p-tam"), name="p-tam")
        world.new("lan", T)
        await work_case(tam, case, Act.INCLUDE, {"person": "p-lan"})
    await world.settle()
    assert world.new("lan", T) == []
    async with kit.store.transaction("test") as work:
        tam = Actor(work, kit, person=await work.people.get("p-tam"), name="p-tam")
        await work_case(
            tam, await work.cases.get(case.id), Act.INCLUDE, {"person": "conflict_commune"}
        )
    await world.settle()
    assert world.new("lan", T)[0].startswith("Việc mới")
