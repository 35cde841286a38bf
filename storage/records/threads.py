"""The threads of reporters: one secret access code is one reporter, on however many addresses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from storage.tables import cases, reporters
from storage.tx import Tx

_OF_CASE = (
    select(reporters, cases.c.received_at)
    .join(cases, cases.c.id == reporters.c.case_id)
    .where(reporters.c.case_id == bindparam("case"))
)
_mine = reporters.alias("mine")
_SIBLINGS = (
    select(reporters.c.contact_id)
    .join(_mine, _mine.c.access_hash == reporters.c.access_hash)
    .where(_mine.c.contact_id == bindparam("contact"))
    .distinct()
)
_EVER = (
    select(cases.c.id)
    .join(reporters, reporters.c.case_id == cases.c.id)
    .where(reporters.c.contact_id == bindparam("contact"))
    .order_by(cases.c.opened_at.desc())
)


_ROWS = select(reporters).where(reporters.c.case_id == bindparam("case"))
_PART = delete(reporters).where(
    reporters.c.case_id == bindparam("other"),
    reporters.c.access_hash.in_(
        select(_mine.c.access_hash).where(_mine.c.case_id == bindparam("case"))
    ),
)


@dataclass(frozen=True, slots=True)
class Thread:
    """One reporter of one case. `id` names nobody; `contacts` are the addresses that know of it."""

    id: str
    case_id: str
    since: datetime
    contacts: tuple[str, ...]
    left: tuple[str, ...] = ()


class Threads:
    """Who of a case's reporters is who; nothing here says who anybody is."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def of_case(self, case_id: str) -> list[Thread]:
        """In the order in which they first wrote."""
        by_hash: dict[bytes, list[Any]] = {}
        for row in await self._tx.all(_OF_CASE, case=case_id):
            by_hash.setdefault(row["access_hash"], []).append(row)
        found = [self._thread(case_id, rows) for rows in by_hash.values()]
        return sorted(found, key=lambda one: (one.since, one.id))

    def _thread(self, case_id: str, rows: list[Any]) -> Thread:
        return Thread(
            self.name(rows[0]["access_hash"]), case_id,
            min(row["since"] or row["received_at"] for row in rows),
            tuple(row["contact_id"] for row in rows if not row["gone"]),
            tuple(row["contact_id"] for row in rows if row["gone"]),
        )  # fmt: skip

    def name(self, access_hash: bytes) -> str:
        """What a thread is called in buttons and letters: nothing can be found by it."""
        return self._tx.keys.blind("thread", access_hash.hex()).hex()[:16]

    async def addresses(self, contact_id: str) -> list[str]:
        """Every address of this reporter that we know of, this one too."""
        found = await self._tx.all(_SIBLINGS, contact=contact_id)
        return list(dict.fromkeys([contact_id, *(row["contact_id"] for row in found)]))

    async def ever(self, contact_id: str) -> list[str]:
        """The cases this address ever reported, the newest first; also those it has left."""
        return [row["id"] for row in await self._tx.all(_EVER, contact=contact_id)]

    async def join(self, case_id: str, other_id: str) -> None:
        """Every reporter of the first case is one of the other, too, by the same secret code."""
        for row in await self._tx.all(_ROWS, case=case_id):
            await self._tx.add(reporters, {**row, "case_id": other_id})

    async def part(self, case_id: str, other_id: str) -> None:
        """Whoever came from the first case is no reporter of the other any more."""
        await self._tx.run(_PART, case=case_id, other=other_id)
