"""How far behind the rows are, and what stands shut: figures for /metrics and /readyz."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from cases.model import Level, Status
from storage.health import Health
from storage.ledgers.leaving import awaits
from storage.tables import cases, gates, inbox, outbox, timers
from storage.tx import Tx

PRIORITIES = range(5)  # TRUST.md section 5
_OPEN = [one.value for one in Status if one is not Status.CLOSED]


class Lags:
    """Questions that follow an index: they are asked every few seconds."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def inbox(self) -> float:
        """Seconds that the oldest unread message has waited."""
        return await self._since(inbox.c.received_at, inbox.c.state == "new")

    async def timers(self) -> float:
        """How late the longest overdue clock is."""
        return await self._since(timers.c.due_at, timers.c.state == "armed")

    async def outbox(self) -> dict[int, float]:
        """How long the oldest due message of each priority has waited."""
        due = and_(outbox.c.state == "waiting", outbox.c.due_at <= self._tx.now, ~awaits())
        return {
            one: await self._since(outbox.c.due_at, and_(due, outbox.c.priority == one))
            for one in PRIORITIES
        }

    async def urgent(self) -> int:
        """Urgent messages that have not arrived for more than five minutes."""
        late = Health(self._tx).urgent()
        row = await self._tx.one(select(func.count().label("n")).select_from(outbox).where(late))
        return int(row["n"]) if row else 0

    async def cases_open(self) -> dict[str, int]:
        query = select(cases.c.level, func.count().label("n")).where(cases.c.status.in_(_OPEN))
        found = await self._tx.all(query.group_by(cases.c.level))
        return {
            **dict.fromkeys(map(str, Level), 0),
            **{row["level"]: int(row["n"]) for row in found},
        }

    async def gates(self) -> dict[str, str]:
        """Channel -> why nothing leaves through it now."""
        shut = gates.c.closed_until > self._tx.now
        found = await self._tx.all(select(gates.c.channel, gates.c.reason).where(shut))
        return {row["channel"]: row["reason"] for row in found}

    async def clock_offset(self, here: datetime, *, shared: bool) -> float | None:
        """Seconds that this machine is ahead of the database's own clock; None = a file has none.

        `shared`: whether the program's clock is the machine's; a trial's is ahead by right.
        """
        if self._tx.connection.dialect.name != "postgresql" or not shared:
            return None
        row = await self._tx.one(select(func.clock_timestamp().label("at")))
        return (here - row["at"]).total_seconds() if row else None

    async def _since(self, at: Any, which: ColumnElement[bool]) -> float:
        row = await self._tx.one(select(func.min(at).label("at")).where(which))
        oldest = row["at"] if row else None
        return max((self._tx.now - oldest).total_seconds(), 0.0) if oldest else 0.0
