"""What must still happen: every clock of a case or a talk is an armed row."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update

from cases.model import Timer
from storage.tables import timers
from storage.tx import Tx


class Timers:
    """Exactly once: a timer fires by compare-and-set from armed to fired, in the commit of its effect."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def start(self, timer: Timer) -> bool:
        """Arm it. False = this very obligation exists already."""
        now = self._tx.now
        return await self._tx.add(
            timers,
            {
                "id": self._tx.new_id(), "owner": timer.owner, "kind": timer.kind,
                "round": timer.round, "step": timer.step, "slot": timer.slot,
                "started_at": timer.started_at or now, "due_at": timer.due_at,
                "try_at": timer.due_at, "state": "armed",
            },
        )  # fmt: skip

    async def free(self, timer: Timer) -> bool:
        """Whether no row has this natural key yet, in whatever state."""
        same = and_(
            timers.c.owner == timer.owner, timers.c.kind == timer.kind,
            timers.c.round == timer.round, timers.c.step == timer.step,
            timers.c.slot == timer.slot,
        )  # fmt: skip
        return await self._tx.one(select(timers.c.id).where(same)) is None

    async def stop(self, owner: str, *kinds: str) -> int:
        """Stop these clocks of an owner; without kinds, all of them."""
        ours = and_(timers.c.owner == owner, timers.c.state == "armed")
        if kinds:
            ours = and_(ours, timers.c.kind.in_(kinds))
        return (await self._tx.run(update(timers).where(ours).values(state="stopped"))).rowcount

    async def due(self, many: int) -> list[Timer]:
        """Armed and due, the longest overdue first."""
        found = await self._tx.all(
            select(timers)
            .where(timers.c.state == "armed", timers.c.try_at <= self._tx.now)
            .order_by(timers.c.try_at, timers.c.due_at)
            .limit(many)
        )
        return [_timer(row) for row in found]

    async def fire(self, timer: Timer) -> bool:
        """Claim it for this transaction. False = stopped or fired meanwhile: do nothing."""
        ours = and_(timers.c.id == timer.id, timers.c.state == "armed")
        fired = update(timers).where(ours).values(state="fired", fired_at=self._tx.now)
        return bool((await self._tx.run(fired)).rowcount)

    async def later(self, timer: Timer, try_at: datetime) -> None:
        """Firing failed: try again then. `due_at` stays, so the delay is seen."""
        await self._tx.run(
            update(timers)
            .where(timers.c.id == timer.id)
            .values(try_at=try_at, attempt=timers.c.attempt + 1)
        )

    async def attempts(self, timer: Timer) -> int:
        row = await self._tx.one(select(timers.c.attempt).where(timers.c.id == timer.id))
        return int(row["attempt"]) if row else 0

    async def snooze(self, owner: str, kinds: tuple[str, ...], until: datetime) -> int:
        """Move reminders of an owner to a later time; never to an earlier one."""
        ours = and_(
            timers.c.owner == owner, timers.c.state == "armed", timers.c.kind.in_(kinds),
            timers.c.try_at < until,
        )  # fmt: skip
        moved = update(timers).where(ours).values(try_at=until, due_at=until)
        return (await self._tx.run(moved)).rowcount

    async def armed(self, owner: str) -> list[Timer]:
        """The clocks that run, the next first."""
        ours = and_(timers.c.owner == owner, timers.c.state == "armed")
        found = await self._tx.all(select(timers).where(ours).order_by(timers.c.due_at))
        return [_timer(row) for row in found]

    async def next_at(self) -> datetime | None:
        row = await self._tx.one(
            select(func.min(timers.c.try_at).label("at")).where(timers.c.state == "armed")
        )
        return row["at"] if row else None


def _timer(row: Any) -> Timer:
    timer = Timer(
        row["owner"], row["kind"], row["round"], row["step"], row["slot"], row["due_at"], row["id"]
    )
    return replace(timer, started_at=row["started_at"])
