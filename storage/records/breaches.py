"""Breaches: what came where it must not, who was told when. The words are sealed, the clock is not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.tables import breaches
from storage.tx import Row, Tx

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Breach:
    """`noticed_at`: the 72 hours count from then. `body`: what, whose, measures, cases, who was told."""

    id: str
    no: int
    state: str  # open | told | closed
    made_by: str
    noticed_at: datetime
    made_at: datetime
    told_at: datetime | None = None
    closed_at: datetime | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


class Breaches:
    """Numbered in order and never deleted here: the record is kept five years at least."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, one: Breach) -> Breach:
        while True:  # of two at once one has the number, and the other takes the next
            row = await self._tx.one(select(func.max(breaches.c.no).label("n")))
            made = replace(one, no=1 + (row["n"] or 0 if row else 0))
            if await self._tx.add(breaches, await self._row(made)):
                return made

    async def save(self, one: Breach) -> None:
        row = await self._row(one)
        await self._tx.run(update(breaches).where(breaches.c.id == one.id).values(**row))

    async def get(self, breach_id: str) -> Breach | None:
        row = await self._tx.one(select(breaches).where(breaches.c.id == breach_id))
        return await self._breach(row) if row else None

    async def by_no(self, no: int) -> Breach | None:
        row = await self._tx.one(select(breaches).where(breaches.c.no == no))
        return await self._breach(row) if row else None

    async def listed(self) -> list[Breach]:
        rows = await self._tx.all(select(breaches).order_by(breaches.c.no))
        return [await self._breach(row) for row in rows]

    async def _row(self, one: Breach) -> dict[str, Any]:
        plain = json.dumps(dict(one.body), ensure_ascii=False).encode()
        sealed = await self._tx.seal(f"breach:{one.id}", f"breaches|body|{one.id}", plain)
        return {**_fields(one), "body": sealed}

    async def _breach(self, row: Row) -> Breach:
        place = f"breaches|body|{row['id']}"
        body = json.loads(await self._tx.open(f"breach:{row['id']}", place, row["body"]))
        return Breach(**{**row, "body": body})


def _fields(one: Breach) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Breach.__dataclass_fields__}
