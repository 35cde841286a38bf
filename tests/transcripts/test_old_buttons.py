"""A button of another time, or of a role that somebody had before: refused, and nothing follows."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.model import Role
from handlers.actions.yearly_duties import done, show
from handlers.actor import Actor
from handlers.staff.families import families_page
from tests.support.world import open_world

ON = "telegram"
OVER = "Việc này đã xong hoặc không còn hiệu lực."


@pytest.fixture
async def served(tmp_path):
    """A commune some days before its yearly list is owed."""
    world = await open_world(tmp_path, "2026-12-17 20:00")
    await world.staff("lan", Role.OFFICER, "20500", ON)
    await world.staff("cong", Role.POLICE, "20500", ON)
    await world.staff("na", Role.OFFICER, "20515", ON)
    yield world
    await world.app.close()


async def as_staff(world, who, does, *about):
    """This person does it; the chat hears what is said."""
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        await does(Actor(work, world.app.kit, person=person, name=person.id), *about)


async def owed(world):
    async with world.app.kit.store.reading("test") as work:
        owners = [f"yearly:care_second:20500:{year}" for year in (2027, 2028)]
        return [owner[-4:] for owner in owners if await work.timers.armed(owner)]


async def test_the_button_of_last_year_does_not_do_what_is_owed_this_year(served):
    await served.pass_time(timedelta(hours=12))
    await served.presses("lan", "Xem việc", ON)
    old, choice = served.button("lan", "Đã làm xong", ON)
    await served.presses("lan", "Đã làm xong", ON)
    assert await owed(served) == []
    await served.pass_time(timedelta(days=365))
    assert await owed(served) == ["2028"]
    served.new("lan", ON)
    pressed = {"prompt": old.prompt, "option": choice.option}
    await served.hears(served.message("lan", ON, "choice", **pressed))
    assert OVER in served.new("lan", ON)
    assert await owed(served) == ["2028"]
    for act in (show, done):
        with pytest.raises(Refused, match="errand_over"):
            await as_staff(served, "lan", act, "care_second/20500/2027")
    assert await owed(served) == ["2028"]


@pytest.mark.parametrize("who", ["na", "cong"])
async def test_nobody_says_that_a_duty_of_another_office_is_done(served, who):
    await served.pass_time(timedelta(hours=12))
    assert await owed(served) == ["2027"]
    for act in (show, done):
        with pytest.raises(Refused, match="errand_over"):
            await as_staff(served, who, act, "care_second/20500/2027")
    assert await owed(served) == ["2027"]


async def test_the_list_of_families_is_not_for_the_police_whatever_button_they_have(served):
    with pytest.raises(Refused, match="errand_over"):
        await as_staff(served, "cong", families_page)
