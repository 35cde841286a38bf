"""The built-in communes with their old names, source and date; loaded at every start, changed by none."""

import json
from importlib.resources import files

from storage.records.areas import AreaRow
from storage.store import Store


async def seed(store: Store) -> None:
    """Load the built-in areas once. A roster import adds villages beside them."""
    async with store.reading("seed") as work:
        if await work.areas.rows():
            return
    data = json.loads((files("storage.seed") / "areas.json").read_text(encoding="utf-8"))
    async with store.transaction("seed") as work:
        await work.areas.put(_rows(data))


def _rows(data: dict[str, object]) -> list[AreaRow]:
    rows = []
    province = str(data["province"]["code"])  # type: ignore[index]
    communes: list[dict[str, object]] = data["communes"]  # type: ignore[assignment]
    for commune in communes:
        code, name = str(commune["code"]), str(commune["name"])
        rows.append(
            AreaRow(
                code, "commune", name, code, "2025-07-01", source=str(data["version"]),
                province=province, unit=str(commune["kind"]),
            )
        )  # fmt: skip
        old_units: list[dict[str, str]] = commune["old_units"]  # type: ignore[assignment]
        rows += [
            AreaRow(
                unit["code"], "old", unit["name"], code, "", "2025-06-30", unit=str(unit["kind"])
            )
            for unit in old_units
        ]
    return rows
