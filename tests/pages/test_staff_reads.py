"""The leader's read list: who opened which case of the commune, odd hours and people from elsewhere first."""

from datetime import timedelta

import pytest

from cases.model import Role
from tests.support.office import DAI_LOC, ELSEWHERE, Office

PATH = "/dashboard/reads"


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


async def test_the_leader_reads_who_looked_and_what_was_read_at_night_stands_first(office):
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    by_day, at_night = await office.report(), await office.report("con be bi thuong")
    await lan.opens(by_day)
    office.site.app.kit.clock.advance(timedelta(hours=2))  # 22:15
    await lan.sign_in()
    for _ in range(2):
        await lan.opens(at_night)
    await chu.sign_in()
    page = (await chu.get(PATH)).words()
    assert page.index(at_night) < page.index(by_day)
    assert f"{at_night} lan (cán bộ bảo vệ trẻ em) 2 2 " in page
    assert f"{by_day} lan (cán bộ bảo vệ trẻ em) 1 – " in page
    assert await office.audit("reads_seen") == [("p-chu", "")]


async def test_nobody_else_has_the_list_and_a_leader_has_none_of_what_is_kept_from_them(office):
    chu = await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    code = await office.report()
    await lan.opens(code)
    assert code in (await chu.get(PATH)).text
    async with office.site.store.transaction("test") as work:
        await work.cases.exclude((await work.cases.by_code(code)).id, "p-chu", "involved")
    assert code not in (await chu.get(PATH)).text
    others = [("nam", Role.LEADER, ELSEWHERE), ("hoa", Role.DEPUTY, DAI_LOC),
              ("tam", Role.SUPERVISOR, ""), ("ad", Role.ADMIN, "")]  # fmt: skip
    for name, role, commune in others:
        other = await (await office.hire(name, role, commune)).sign_in()
        page = await other.get(PATH)
        assert page.status == (200 if role is Role.LEADER else 404)
        assert code not in page.text
