"""Finding work by village, and a search that does not look at everything: it says so."""

from dataclasses import replace

import pytest

from cases.model import Case, Level, Role, Status
from handlers.access import SEARCHED
from storage.records.areas import AreaRow
from tests.support.world import open_world

HERE = "2026-11-24 09:00"


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path, HERE)
    await made.staff("lan", Role.OFFICER, "20500", "telegram")
    yield made
    await made.app.close()


async def with_villages(world, *names):
    rows = [AreaRow(f"v{n}", "village", name, "20500") for n, name in enumerate(names)]
    async with world.app.kit.store.transaction("test") as work:
        await work.areas.put(rows)
    await world.app.geography.fresh()


async def many(world, count):
    """So many cases of one commune, each with its words."""
    async with world.app.kit.store.transaction("test") as work:
        now, known = work.now, len(await work.cases.all_cases())
        plain = Case("", "", "20500", Level.LOW, "dangerous_place", Status.RECEIVED, 1, now, now)
        for n in range(known, known + count):
            case = replace(plain, id=f"c{n}", code=f"AAAA-{n:04d}")
            await work.cases.insert(case, case.id)
            answers = {
                "place": {"commune": "20500", "words": f"thôn {'Phú An' if n % 2 else 'Hòa Mỹ'}"}
            }
            await work.cases.add_event(case.id, f"r{n}", "report", "reporter", {"answers": answers})


async def found(world):
    async with world.app.kit.store.reading("test") as work:
        from sqlalchemy import select

        from storage.tables import audit

        rows = await work._tx.all(select(audit.c.case_id).where(audit.c.act == "found"))
    return {row["case_id"] for row in rows}


async def test_cases_of_one_village_are_found_and_each_hit_is_in_the_log(world):
    await with_villages(world, "Phú An", "Hòa Mỹ")
    await many(world, 6)
    await world.says("lan", "/viec", "telegram")
    await world.presses("lan", "Lọc, tìm", "telegram")
    await world.presses("lan", "Theo thôn", "telegram")
    assert world.new("lan", "telegram")[-1].startswith("Thôn nào?")
    await world.presses("lan", "Phú An", "telegram")
    said = world.new("lan", "telegram")[-1]
    assert said.startswith("Tìm thấy: 3")
    assert {"AAAA-0001", "AAAA-0003", "AAAA-0005"} == {
        line.split(" ")[0] for line in said.splitlines()[1:]
    }
    assert await found(world) == {"c1", "c3", "c5"}


async def test_a_village_can_be_typed_without_marks(world):
    await with_villages(world, "Phú An", "Hòa Mỹ")
    await many(world, 6)
    await world.says("lan", "/viec", "telegram")
    await world.presses("lan", "Lọc, tìm", "telegram")
    await world.presses("lan", "Theo thôn", "telegram")
    await world.says("lan", "hoa my", "telegram")
    assert world.new("lan", "telegram")[-1].startswith("Tìm thấy: 3")


async def test_a_search_looks_at_the_newest_and_says_that_it_was_cut(world):
    await many(world, SEARCHED)
    await world.says("lan", "/tim phu an", "telegram")
    said = world.new("lan", "telegram")[-1]
    assert said.startswith(f"Tìm thấy: {SEARCHED // 2}")
    assert f"và {SEARCHED // 2 - 10} hồ sơ nữa" in said
    assert "Chỉ tìm trong" not in said
    await many(world, 1)
    await world.says("lan", "/tim phu an", "telegram")
    assert f"Chỉ tìm trong {SEARCHED} hồ sơ mới nhất." in world.new("lan", "telegram")[-1]


async def test_an_erased_case_is_passed_over(world):
    await many(world, 3)
    async with world.app.kit.store.transaction("test") as work:
        from sqlalchemy import delete

        from storage.tables import data_keys

        await work._tx.run(delete(data_keys).where(data_keys.c.scope == "case:c1"))
    await world.restart()
    await world.says("lan", "/tim phu an", "telegram")
    assert world.new("lan", "telegram")[-1].startswith("Tìm thấy: 0")
    assert await found(world) == set()
