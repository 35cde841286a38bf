"""Test alerts: heard, not heard, by somebody else; what the first hour and the doctor know of them."""

from datetime import timedelta

import pytest

from bot.commands.presence import presence
from cases.model import Role
from handlers.actions.drill import heard, ring_bell
from handlers.actor import Actor
from notifications.channel import Gone
from notifications.notices import ALERT, NOTICES
from tests.support.people import T, does, everybody


async def ring(world, name):
    """As the command line does it."""
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(work, world.app.kit, name="operator")
        bell = await ring_bell(actor, await work.people.get(f"p-{name}"))
    await world.settle()
    return bell


async def heard_at(world, bell):
    async with world.app.kit.store.reading("test") as work:
        return await work.bells.heard(bell)


async def test_the_command_line_rings_and_sees_that_it_was_heard(world):
    await everybody(world)
    bell = await ring(world, "lan")
    assert "không có việc thật" in world.texts("lan", T)[-1]
    assert await heard_at(world, bell) is None
    await does(world, "lan", "Đã nghe")
    assert await heard_at(world, bell) is not None


async def test_heard_on_whichever_address_counts_for_the_whole_test(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "zalobot", "web")
    bell = await ring(world, "lan")
    await world.pass_time(timedelta(minutes=2, seconds=5))
    await does(world, "lan", "> 1", channel="zalobot")
    assert await heard_at(world, bell) is not None


async def test_an_address_that_fails_is_left_and_the_next_one_rings(world):
    await world.staff("lan", Role.OFFICER, "20500", T, "zalobot")
    world.channels[T].faults["lan"] = [Gone("blocked")]
    await ring(world, "lan")
    await world.pass_time(timedelta(minutes=3))
    assert any("THỬ CHUÔNG" in text for text in world.texts("lan", "zalobot"))


async def test_somebody_without_an_address_cannot_be_rung(world):
    await world.staff("lan", Role.OFFICER, "20500")
    assert await ring(world, "lan") == ""


async def test_a_test_alert_is_as_loud_as_a_real_one():
    assert NOTICES["bell"].priority == ALERT
    assert NOTICES["bell"].alarm


async def test_nobody_hears_for_somebody_else(world):
    await everybody(world)
    bell = await ring(world, "lan")
    async with world.app.kit.store.transaction("test") as work:
        hoa = Actor(work, world.app.kit, person=await work.people.get("p-hoa"))
        with pytest.raises(Exception, match="bell_over"):
            await heard(hoa, bell)
    assert await heard_at(world, bell) is None


async def test_a_person_removed_in_the_middle_is_not_rung_again(world):
    await everybody(world, "lan")
    await world.staff("lan", Role.OFFICER, "20500", T, "zalobot")
    await ring(world, "lan")
    await world.remove("lan")
    await world.pass_time(timedelta(minutes=5))
    assert world.texts("lan", "zalobot") == []


async def found(world, about):
    async with world.app.kit.store.reading("test") as work:
        people = [one for one in await work.people.everybody() if one.active]
        lines = await presence(work, people, world.app.kit.places().areas.communes)
    return [f"{level} {sentence}" for level, what, sentence in lines if what == about]


async def test_the_doctor_names_who_has_heard_no_test_alert_for_a_month(world):
    await everybody(world)
    assert any(
        "officer lan has acknowledged a test alert never" in one
        for one in await found(world, "people")
    )
    await ring(world, "lan")
    await does(world, "lan", "Đã nghe")
    assert not any("officer lan" in one for one in await found(world, "people"))
    world.clock.advance(timedelta(days=31))
    assert any("no test alert since 23/11/2026" in one for one in await found(world, "people"))
    assert not any("admin" in one for one in await found(world, "people"))


async def test_the_doctor_sees_leave_broken_chains_an_empty_commune_and_invitations(world):
    from tests.support.people import put_leave

    await everybody(world)
    assert await found(world, "duty") == []
    await put_leave(world, "lan", "hoa")
    assert await found(world, "duty") == ["ok officer lan is on leave, deputy hoa stands in."]
    await put_leave(world, "hoa", "lan")
    said = await found(world, "duty")
    assert any(one.startswith("error deputy hoa is on leave and nobody") for one in said)
    assert "error Nobody is on duty in Đại Lộc: somebody there writes /truc." in said
    await does(world, "chu", "> /moi", "> Phú Mỹ", "> Hải")
    assert any("wait for a second person: 1" in one for one in await found(world, "people"))
