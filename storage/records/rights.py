"""What people asked about their own data: what, when, by when, and what became of it; the words sealed."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update

from storage.keys import Unreadable
from storage.tables import rights
from storage.tx import Row, Tx

RUNNING = ("new", "acked")


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `state`: new | acked | answered | refused. `body`: what was asked, and the answer."""

    id: str
    no: int
    case_id: str
    contact_id: str
    commune: str
    what: str  # see | correct | withdraw | erase
    source: str  # bot | phone | visit | paper
    state: str
    made_by: str
    made_at: datetime
    due_at: datetime
    outcome: str = ""
    acked_at: datetime | None = None
    extended_at: datetime | None = None
    closed_at: datetime | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


class Rights:
    """Numbered in order; its words go with its key, its record when it proves nothing any more."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, one: Request) -> Request:
        """Keep it; its number is the next one."""
        while True:  # of two at once one has the number, and the other takes the next
            row = await self._tx.one(select(func.max(rights.c.no).label("n")))
            made = replace(one, no=1 + (row["n"] or 0 if row else 0))
            if await self._tx.add(rights, await self._row(made)):
                return made

    async def save(self, one: Request) -> None:
        row = await self._row(one)
        await self._tx.run(update(rights).where(rights.c.id == one.id).values(**row))

    async def get(self, request_id: str) -> Request | None:
        return await self._one(rights.c.id == request_id)

    async def by_no(self, no: int) -> Request | None:
        return await self._one(rights.c.no == no)

    async def _one(self, where: Any) -> Request | None:
        row = await self._tx.one(select(rights).where(where))
        return await self._request(row) if row else None

    async def listed(self, *, running: bool) -> list[Request]:
        """The next due first; without `running`, all of them."""
        query = select(rights).order_by(rights.c.due_at, rights.c.no)
        if running:
            query = query.where(rights.c.state.in_(RUNNING))
        return [await self._request(row) for row in await self._tx.all(query)]

    async def of_contact(self, contact_id: str, what: str) -> Request | None:
        """The one of this kind that runs for this address."""
        theirs = and_(
            rights.c.contact_id == contact_id, rights.c.what == what, rights.c.state.in_(RUNNING)
        )
        row = await self._tx.one(select(rights).where(theirs).order_by(rights.c.no).limit(1))
        return await self._request(row) if row else None

    async def runs_for(self, case_id: str) -> bool:
        """Whether anybody waits for an answer about this case."""
        runs = and_(rights.c.case_id == case_id, rights.c.state.in_(RUNNING))
        return await self._tx.one(select(rights.c.id).where(runs).limit(1)) is not None

    async def _row(self, one: Request) -> dict[str, Any]:
        plain = json.dumps(dict(one.body), ensure_ascii=False).encode()
        sealed = b""
        with suppress(Unreadable):  # its case was erased: no word of it is written again
            sealed = await self._tx.seal(_scope(one), f"rights|body|{one.id}", plain)
        return {**_fields(one), "body": sealed}

    async def _request(self, row: Row) -> Request:
        bare = Request(**{**row, "body": {}})
        if not row["body"]:
            return bare
        with suppress(Unreadable):  # what was asked goes with its case; that it was asked stays
            place = f"rights|body|{bare.id}"
            body = await self._tx.open(_scope(bare), place, row["body"])
            return replace(bare, body=json.loads(body))
        return bare


def _scope(one: Request) -> str:
    """Words about a case are sealed with it, so that they are erased with it."""
    return f"case:{one.case_id}" if one.case_id else f"rights:{one.id}"


def _fields(one: Request) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Request.__dataclass_fields__}
