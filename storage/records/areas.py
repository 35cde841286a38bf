"""Communes, old names and villages: rows with the time in which they are true (DOMAIN.md section 9)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select, union, update

from cases.watch import DRILL_COMMUNE
from storage.records.watch import Marks
from storage.tables import areas, invites, people
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
    province: str = ""
    unit: str = ""  # xã, phường, đặc khu, thị trấn


def known_communes(*some: Iterable[AreaRow]) -> dict[str, str]:
    """The codes of communes of today with their names: built in, served, or of the country."""
    kinds = ("commune", "country")
    return {row.commune: row.name for rows in some for row in rows if row.kind in kinds}


COUNTRY, COUNTRY_OLD = "country", "country_old"
_OWN = ("commune", "old", "village")
_STAMP = "areas"
_WIDE = (COUNTRY, COUNTRY_OLD)  # known, and looked up in an index of their own


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
        """What belongs to the communes built in or imported; not the rest of the country."""
        return await self._rows(areas.c.kind.in_(_OWN))

    async def country(self) -> list[AreaRow]:
        """The communes of the whole country and the units they replaced, if they were loaded."""
        return await self._rows(areas.c.kind.in_(_WIDE))

    async def country_stamp(self) -> str:
        """Changes when the country is loaded anew; "" = it is not loaded."""
        any_row = select(areas.c.source).where(areas.c.kind == COUNTRY).limit(1)
        row = await self._tx.one(any_row)
        return str(row["source"]) if row else ""

    async def worked(self) -> set[str]:
        """Communes for which somebody works, is invited, or a village is known."""
        of_village = select(areas.c.commune).where(areas.c.kind == "village")
        found = union(select(people.c.commune), select(invites.c.commune), of_village)
        return {row["commune"] for row in await self._tx.all(found)} - {"", DRILL_COMMUNE}

    async def replace_country(self, rows: Iterable[AreaRow]) -> None:
        """All of it anew; what is built in or imported stays as it is."""
        await self._tx.run(delete(areas).where(areas.c.kind.in_(_WIDE)))
        for row in rows:
            await self._tx.add(areas, _values(row))

    async def _rows(self, which: ColumnElement[bool]) -> list[AreaRow]:
        found = select(areas).where(which).order_by(areas.c.commune, areas.c.code)
        return [
            AreaRow(
                row["code"], row["kind"], row["name"], row["commune"], row["valid_from"],
                row["valid_to"], tuple(filter(None, row["aliases"].split(";"))), row["landmark"],
                row["source"], row["province"], row["unit"],
            )
            for row in await self._tx.all(found)
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

    async def put_owned(self, some: Sequence[tuple[AreaRow, Owners]]) -> None:
        """Add or replace villages together with who looks after each."""
        await self.put(row for row, _ in some)
        for row, owners in some:
            await self.set_owners(row, owners)

    async def stamp(self) -> str:
        """Changes whenever one of our own units does."""
        return await Marks(self._tx).note(_STAMP)

    async def put(self, rows: Iterable[AreaRow]) -> None:
        """Add or replace these units."""
        for row in rows:
            same = and_(
                areas.c.code == row.code, areas.c.kind == row.kind,
                areas.c.valid_from == row.valid_from,
            )  # fmt: skip
            await self._tx.run(delete(areas).where(same))
            await self._tx.add(areas, _values(row))
        await self._tx.alone(_STAMP)
        marks = Marks(self._tx)
        await marks.set(_STAMP, str(int(await marks.note(_STAMP) or 0) + 1))


def _values(row: AreaRow) -> dict[str, str]:
    return {
        "code": row.code, "kind": row.kind, "valid_from": row.valid_from,
        "valid_to": row.valid_to, "name": row.name, "commune": row.commune,
        "aliases": ";".join(row.aliases), "landmark": row.landmark, "source": row.source,
        "province": row.province, "unit": row.unit,
    }  # fmt: skip
