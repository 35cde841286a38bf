"""The threads of reporters: one secret access code is one reporter, on however many addresses."""

from collections.abc import Mapping
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


_TOLD = (
    select(
        _mine.c.case_id.label("mine"), reporters.c.case_id, reporters.c.since, cases.c.code,
        cases.c.received_at, cases.c.closed_at, cases.c.closed_reason,
    )
    .join(_mine, _mine.c.access_hash == reporters.c.access_hash)
    .join(cases, cases.c.id == reporters.c.case_id)
    .where(_mine.c.contact_id == bindparam("contact"))
)  # fmt: skip
_ROWS = select(reporters).where(reporters.c.case_id == bindparam("case"))
_NAMES = tuple(column.name for column in reporters.c)
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


@dataclass(frozen=True, slots=True)
class Told:
    """What one reporter knows of their report, whatever it was joined to: its code, and since when.

    `told_in`: the case they opened; `now_in`: the one it goes on in; `joined`: when it came there.
    """

    told_in: str
    code: str
    since: datetime
    now_in: str
    joined: datetime | None = None


def _told(mine: str, rows: list[Any]) -> Told:
    """The rows of one secret code: the case that was closed first as a duplicate is the reporter's own."""
    past = [row for row in rows if row["closed_reason"] == "duplicate"]
    past.sort(key=lambda row: row["closed_at"])
    live = [row["case_id"] for row in rows if row not in past]
    own = past[0] if past else next(row for row in rows if row["case_id"] == mine)
    return Told(
        own["case_id"], own["code"], min(row["since"] or row["received_at"] for row in rows),
        live[0] if past and live else mine, past[-1]["closed_at"] if past else None,
    )  # fmt: skip


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
            self.name(rows[0]), case_id,
            min(row["since"] or row["received_at"] for row in rows),
            tuple(row["contact_id"] for row in rows if not row["gone"]),
            tuple(row["contact_id"] for row in rows if row["gone"]),
        )  # fmt: skip

    def name(self, row: Mapping[str, Any]) -> str:
        """What the thread of this reporter's row is called in buttons and letters."""
        return self._tx.keys.thread(row)

    async def addresses(self, contact_id: str) -> list[str]:
        """Every address of this reporter that we know of, this one too."""
        found = await self._tx.all(_SIBLINGS, contact=contact_id)
        return list(dict.fromkeys([contact_id, *(row["contact_id"] for row in found)]))

    async def ever(self, contact_id: str) -> list[str]:
        """The cases this address ever reported, the newest first; also those it has left."""
        return [row["id"] for row in await self._tx.all(_EVER, contact=contact_id)]

    async def told(self, contact_id: str) -> dict[str, Told]:
        """For each case of this address, what its reporter knows of it."""
        by_case: dict[str, list[Any]] = {}
        for row in await self._tx.all(_TOLD, contact=contact_id):
            by_case.setdefault(row["mine"], []).append(row)
        return {mine: _told(mine, rows) for mine, rows in by_case.items()}

    async def join(self, case_id: str, other_id: str) -> None:
        """Every reporter of the first case is one of the other, too, by the same secret code."""
        for row in await self._tx.all(_OF_CASE, case=case_id):
            since = row["since"] or row["received_at"]
            told = {name: row[name] for name in _NAMES}
            await self._tx.add(reporters, {**told, "case_id": other_id, "since": since})

    async def part(self, case_id: str, other_id: str) -> None:
        """Whoever came from the first case is no reporter of the other any more."""
        hashes = {row["access_hash"] for row in await self._tx.all(_ROWS, case=case_id)}
        for row in await self._tx.all(_ROWS, case=other_id):
            if row["access_hash"] in hashes:  # also where they came back to the other one only
                await self._tx.add(reporters, {**row, "case_id": case_id})
        await self._tx.run(_PART, case=case_id, other=other_id)
