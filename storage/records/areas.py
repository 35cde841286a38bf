"""Communes, old names and villages: rows with the time in which they are true (DOMAIN.md section 9)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, delete, select, update

from storage.tables import areas
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One unit. `commune` is the commune of today that serves it; codes are reused, so kind matters."""

    code: str
    kind: str
    name: str
    commune: str
    valid_from: str = ""
    valid_to: str = ""
    aliases: tuple[str, ...] = ()
    landmark: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who looks after a village, by name, as the roster says; sealed at rest."""

    collaborator: str
    substitute: str


class AreaRows:
    """Reading and importing units."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def rows(self) -> list[AreaRow]:
        found = await self._tx.all(select(areas).order_by(areas.c.commune, areas.c.code))
        return [
            AreaRow(
                row["code"], row["kind"], row["name"], row["commune"], row["valid_from"],
                row["valid_to"], tuple(filter(None, row["aliases"].split(";"))), row["landmark"],
                row["source"],
            )
            for row in found
        ]  # fmt: skip

    async def set_owners(self, row: AreaRow, owners: Owners) -> None:
        """Names of people are ciphertext at rest."""
        plain = json.dumps([owners.collaborator, owners.substitute]).encode()
        sealed = await self._tx.seal("system", f"areas|owners|{row.code}", plain)
        same = and_(areas.c.code == row.code, areas.c.kind == row.kind)
        await self._tx.run(update(areas).where(same).values(owners=sealed))

    async def owners(self, code: str) -> Owners | None:
        """Who looks after this village, if the roster says so."""
        row = await self._tx.one(
            select(areas.c.owners).where(areas.c.code == code, areas.c.kind == "village")
        )
        if row is None or row["owners"] is None:
            return None
        plain = await self._tx.open("system", f"areas|owners|{code}", row["owners"])
        return Owners(*json.loads(plain))

    async def put(self, rows: Iterable[AreaRow]) -> None:
        """Add or replace these units."""
        for row in rows:
            same = and_(
                areas.c.code == row.code, areas.c.kind == row.kind,
                areas.c.valid_from == row.valid_from,
            )  # fmt: skip
            await self._tx.run(delete(areas).where(same))
            await self._tx.add(
                areas,
                {
                    "code": row.code, "kind": row.kind, "valid_from": row.valid_from,
                    "valid_to": row.valid_to, "name": row.name, "commune": row.commune,
                    "aliases": ";".join(row.aliases), "landmark": row.landmark,
                    "source": row.source,
                },
            )  # fmt: skip
