"""Boundaries of communes: public geometry, imported whole, read by the gazetteer of each process."""

import json
from collections.abc import Iterable

from sqlalchemy import delete, func, select

from cases.areas.boundaries import Boundary
from storage.tables import boundaries
from storage.tx import Tx


class BoundaryRows:
    """Reading and importing boundaries."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def stamp(self) -> str:
        """Changes with every import; "" = there are none."""
        newest = func.max(boundaries.c.at).label("at")
        row = await self._tx.one(select(newest, func.count().label("many")))
        return f"{row['many']} {row['at']}" if row and row["many"] else ""

    async def rows(self) -> list[Boundary]:
        found = await self._tx.all(select(boundaries).order_by(boundaries.c.code))
        return [
            Boundary(
                row["code"], row["name"],
                tuple(
                    tuple(tuple((lon, lat) for lon, lat in ring) for ring in rings)
                    for rings in json.loads(row["rings"])
                ),
            )
            for row in found
        ]  # fmt: skip

    async def put(self, rows: Iterable[Boundary]) -> None:
        """Add or replace the boundaries of these communes."""
        for row in rows:
            await self._tx.run(delete(boundaries).where(boundaries.c.code == row.code))
            values = {"code": row.code, "name": row.name, "at": self._tx.now}
            await self._tx.add(boundaries, {**values, "rings": json.dumps(row.polygons)})
