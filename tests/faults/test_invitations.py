"""Invitations made in chat: one winner, nothing before a second person agrees, never oneself (F48)."""

import asyncio
from datetime import timedelta

import pytest

from bot.commands.setup import make_invitation
from cases.codes import invitation
from cases.model import Role
from handlers.actions.addresses import give_up, put_first
from handlers.actions.invite_staff import decide, invite, who
from handlers.actor import Actor
from storage.records.people import Invite
from tests.support.people import T, danger, does, everybody, person
from tests.support.world import open_world

FORM = ("> /moi", "> Phú Mỹ", "> Hải")


def code_of(world, name):
    """The code that was shown to whoever invites."""
    said = next(text for text in reversed(world.texts(name, T)) if text.startswith("Mã mời: "))
    return said.split("Mã mời: ")[1][:16]


async def waiting(world):
    async with world.app.kit.store.reading("test") as work:
        return await work.invites.all_waiting()


async def members(world):
    async with world.app.kit.store.reading("test") as work:
        return [one for one in await work.people.everybody() if one.role is Role.COLLABORATOR]


async def test_f48_nothing_is_opened_before_a_second_person_agrees_and_the_code_stays_good(world):
    await everybody(world)
    await danger(world)
    await does(world, "lan", *FORM)
    code = code_of(world, "lan")
    for _ in range(3):
        await world.says("hai", f"#{code}")
        assert "còn chờ một người nữa" in world.texts("hai")[-1]
    assert await members(world) == []
    await world.says("hai", "/viec")
    assert "dành cho cán bộ" in world.texts("hai")[-1]
    await does(world, "hoa", "Đồng ý")
    await world.says("hai", f"#{code}")
    assert "đã nối với vai trò" in world.texts("hai")[-1]
    (hai,) = await members(world)
    assert (hai.commune, hai.villages, hai.name) == ("20500", ("Phú Mỹ",), "Hải")


async def test_f48_a_replayed_or_shared_code_has_one_winner(world):
    await everybody(world)
    await does(world, "lan", *FORM)
    await does(world, "chu", "Đồng ý")
    for name in ("hai", "hai", "ba", "tu"):
        await world.says(name, f"#{code_of(world, 'lan')}")
    assert len(await members(world)) == 1
    assert "đã nối với một cán bộ" in world.texts("hai")[-1]
    assert "không dùng được" in world.texts("ba")[-1]
    assert "không dùng được" in world.texts("tu")[-1]


async def test_f48_two_accounts_at_the_same_moment_are_one_winner(tmp_path):
    world = await open_world(tmp_path)
    store = world.app.kit.store
    made = await make_invitation(store, Invite(Role.COLLABORATOR, "20500", (), ""))

    async def use():
        async with store.transaction("use") as work:
            return await work.invites.use(made.code)

    async with asyncio.TaskGroup() as group:
        tries = [group.create_task(use()) for _ in range(8)]
    assert len([one for one in tries if one.result() is not None]) == 1
    await world.app.close()


@pytest.mark.parametrize("hours", [49, 100])
async def test_f48_an_expired_code_is_neither_confirmed_nor_used(world, hours):
    await everybody(world)
    await does(world, "lan", *FORM)
    await world.pass_time(timedelta(hours=hours))
    await does(world, "hoa", "Đồng ý")
    assert "không còn hiệu lực" in world.texts("hoa", T)[-1]
    await world.says("hai", f"#{code_of(world, 'lan')}")
    assert "không dùng được" in world.texts("hai")[-1]
    assert await members(world) == []


async def test_f48_a_confirmed_code_expires_too(world):
    await everybody(world)
    await does(world, "lan", *FORM)
    await does(world, "hoa", "Đồng ý")
    await world.pass_time(timedelta(hours=49))
    await world.says("hai", f"#{code_of(world, 'lan')}")
    assert await members(world) == []


async def test_f48_nobody_confirms_their_own_invitation_from_any_address(world):
    await everybody(world, "lan")
    await world.staff("lan", Role.OFFICER, "20500", T, "web")
    await does(world, "lan", *FORM)
    (one,) = await waiting(world)
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(work, world.app.kit, person=await work.people.get("p-lan"))
        with pytest.raises(Exception, match="own_invite"):
            await decide(actor, one.id, agreed=True)
    assert len(await waiting(world)) == 1


@pytest.mark.parametrize(
    ("role", "commune"),
    [
        (Role.COLLABORATOR, "20500"), (Role.POLICE, "20500"), (Role.OFFICER, "20515"),
        (Role.LEADER, "20515"), (Role.SUPERVISOR, ""),
    ],
)  # fmt: skip
async def test_f48_a_wrong_role_or_another_commune_is_no_second_person(world, role, commune):
    await everybody(world)
    await world.staff("xa", role, commune, T)
    await does(world, "lan", *FORM)
    (one,) = await waiting(world)
    assert world.texts("xa", T) == []
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(work, world.app.kit, person=await work.people.get("p-xa"))
        for act in (decide(actor, one.id, agreed=True), who(actor, one.id)):
            with pytest.raises(Exception, match="errand_over"):
                await act
    assert len(await waiting(world)) == 1


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("lan", {"role": "officer", "commune": "20500", "name": "x"}),
        ("lan", {"role": "collaborator", "commune": "20515", "name": "x"}),
        ("cong", {"role": "collaborator", "commune": "20500", "name": "x"}),
        ("tam", {"role": "supervisor", "name": "x"}),
    ],
)
async def test_f48_a_forged_form_invites_nobody_the_role_may_not_invite(world, name, form):
    await everybody(world)
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(work, world.app.kit, person=await work.people.get(f"p-{name}"))
        with pytest.raises(Exception, match="no_invite"):
            await invite(actor, form)
    assert await waiting(world) == []


async def test_f48_the_first_of_two_decisions_counts(world):
    await everybody(world)
    await does(world, "lan", *FORM)
    await does(world, "hoa", "Không đồng ý")
    await does(world, "chu", "Đồng ý")
    assert "không còn hiệu lực" in world.texts("chu", T)[-1]
    await world.says("hai", f"#{code_of(world, 'lan')}")
    assert await members(world) == []


async def test_f48_a_stranger_who_presses_somebodys_button_decides_nothing(world):
    await everybody(world)
    await does(world, "lan", *FORM)
    out, choice = world.button("hoa", "Đồng ý", T)
    for name in ("minh", "cong"):
        channel = T if name == "cong" else "web"
        await world.hears(
            world.message(name, channel, "choice", prompt=out.prompt, option=choice.option)
        )
    assert len(await waiting(world)) == 1


async def test_an_invitation_of_somebody_who_is_removed_is_worth_nothing(world):
    await everybody(world)
    await does(world, "lan", *FORM)
    await does(world, "hoa", "Đồng ý")
    await world.remove("lan")
    await world.says("hai", f"#{code_of(world, 'lan')}")
    assert await members(world) == []


async def test_guessed_codes_say_the_same_as_used_ones(world):
    await everybody(world)
    await world.says("hai", f"#{invitation(world.chance)}")
    assert "không dùng được" in world.texts("hai")[-1]


async def test_every_step_of_an_invitation_is_in_the_audit(world):
    await everybody(world)
    await does(world, "lan", *FORM)
    await world.says("hai", f"#{code_of(world, 'lan')}")
    await does(world, "hoa", "Xem ai được mời", "Đồng ý")
    await world.says("hai", f"#{code_of(world, 'lan')}")
    async with world.app.kit.store.reading("test") as work:
        for act in ("invited", "invite_waits", "invite_read", "invite_confirmed", "enrolled"):
            assert (await work.audit.recent(act, timedelta(hours=1), ""))[1] == 1, act
        assert await work.audit.verify() == []


async def test_the_links_of_an_invitation_are_those_of_this_site(world):
    from dataclasses import replace

    from handlers.actor import Voice
    from handlers.roster.invitations import ways_in

    await everybody(world)
    world.channels[T].link = "https://t.me/annhi_bot"
    kit = replace(world.app.kit, public_url="https://annhi.example/")
    async with world.app.kit.store.reading("test") as work:
        contact = (await work.contacts.of_person("p-lan"))[0]
        voice = Voice("row", contact, "vi", work.now)
        said = ways_in(Actor(work, kit, voice, await work.people.get("p-lan")), "ABCD")
    assert "https://annhi.example/join/ABCD" in said
    assert "https://t.me/annhi_bot?start=ABCD" in said
    assert "#ABCD" in said


async def test_the_own_code_makes_nobody_new_and_the_last_address_cannot_be_given_up(world):
    await everybody(world)
    await does(world, "lan", "> alo", "Khác…", "Địa chỉ của tôi", "Thêm địa chỉ")
    code = world.texts("lan", T)[-1].split("Mã nối địa chỉ: ")[1][:16]
    await world.says("o-nha", f"#{code}")
    async with world.app.kit.store.reading("test") as work:
        mine = await work.contacts.of_person("p-lan")
    assert [one.channel for one in mine] == [T, "web"]
    await does(world, "lan", "> alo", "Khác…", "Địa chỉ của tôi", "Bỏ một địa chỉ", "2. trang web")
    assert "Đã bỏ trang web" in world.texts("lan", T)[-1]
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(work, world.app.kit, person=await work.people.get("p-lan"))
        with pytest.raises(Exception, match="last_address"):
            await give_up(actor, mine[0].id)
        for foreign in (mine[1].id, "nothing"):
            with pytest.raises(Exception, match="errand_over"):
                await put_first(actor, foreign)
    assert (await person(world, "lan")).active


async def test_the_last_address_that_works_cannot_be_given_up_for_one_that_does_not(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "web")
    async with world.app.kit.store.transaction("test") as work:
        works, dead = await work.contacts.of_person("p-lan")
        await work.contacts.mark(dead.id, "blocked")
        actor = Actor(work, world.app.kit, person=await work.people.get("p-lan"))
        with pytest.raises(Exception, match="last_address"):
            await give_up(actor, works.id)
