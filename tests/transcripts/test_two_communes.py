"""Several communes in one installation: a week in which one of them has work, and the other hears of none."""

from datetime import timedelta

import pytest

from cases.model import Role
from tests.support.people import T, danger, does

HERE, THERE = "20500", "20515"
STAFF = {
    "officer": Role.OFFICER,
    "deputy": Role.DEPUTY,
    "leader": Role.LEADER,
    "police": Role.POLICE,
}


@pytest.fixture
async def two(world):
    """Both communes with their people, and the city; the code of an urgent case in the other one."""
    for place, commune in (("here", HERE), ("there", THERE)):
        for name, role in STAFF.items():
            await world.staff(f"{name}_{place}", role, commune, T)
    await world.staff("helper_here", Role.COLLABORATOR, HERE, T)
    await world.staff("city", Role.SUPERVISOR, "", T)
    code = await danger(world, "xã Đại Đồng")
    return world, code


def said_here(world):
    """All that anybody of this commune was told, one after the other."""
    return [text for name in (*STAFF, "helper") for text in world.texts(f"{name}_here", T)]


async def test_no_alarm_reminder_or_summary_of_one_commune_reaches_the_other(two):
    world, code = two
    await world.pass_time(timedelta(days=7, hours=12))
    there = [text for name in STAFF for text in world.texts(f"{name}_there", T)]
    assert (
        sum(code in text for text in there) > 20
    )  # nobody took it: everybody rang, again and again
    assert [text for text in said_here(world) if code in text] == []
    assert [text for text in said_here(world) if "Việc mới" in text and "0" not in text] == []


@pytest.mark.parametrize("who", ["officer_here", "deputy_here", "leader_here", "police_here"])
async def test_lists_searches_and_codes_show_nothing_of_the_other(two, who):
    world, code = two
    for ask in ("/viec", "/tim Đại Đồng", f"/vu {code}", code, code.lower(), f"/giay {code}"):
        await does(world, who, f"> {ask}")
        assert code not in world.texts(who, T)[-1].upper(), ask
    await does(world, "officer_there", "> /viec")
    assert code in world.texts("officer_there", T)[-1]
