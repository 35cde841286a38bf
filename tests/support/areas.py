"""What was imported before: `set boundaries = FILE`, `set villages = FILE`, `set country = loaded`."""

import json
from pathlib import Path

from bot.commands.roster_file import Village, scan
from cases.areas.geojson import check
from storage.records.areas import known_communes
from storage.seed.country import load_country
from storage.unit_of_work import UnitOfWork

SHELF = Path(__file__).parents[1] / "data" / "areas"


async def prepare(world, setting):
    name, _, value = setting.partition(" = ")
    async with world.app.kit.store.transaction("test") as work:
        await _SETTINGS[name](work, value)
    await world.app.geography.fresh()


async def _boundaries(work: UnitOfWork, value: str) -> None:
    data = json.loads((SHELF / value).read_text(encoding="utf-8"))
    checked = check(data, known_communes(await work.areas.rows()))
    assert not checked.problems
    await work.boundaries.put(checked.boundaries)


async def _villages(work: UnitOfWork, value: str) -> None:
    text = (SHELF / value).read_text(encoding="utf-8")
    known = known_communes(await work.areas.rows(), await work.areas.country())
    found = list(scan(text.splitlines(keepends=True), known))
    assert all(isinstance(one, Village) for one in found)
    await work.areas.put(one.row for one in found)


async def _country(work: UnitOfWork, value: str) -> None:
    assert value == "loaded"
    await load_country(work)


_SETTINGS = {"boundaries": _boundaries, "villages": _villages, "country": _country}
