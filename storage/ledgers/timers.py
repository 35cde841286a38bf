"""What must still happen: every clock of a case or a talk is an armed row."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update

from cases.model import Timer
from storage.columns import Arrival
from storage.tables import cases, talks, timers
from storage.tx import Tx, some

_ARMED = timers.c.state == "armed"
_OWNED = and_(timers.c.owner == bindparam("its_owner"), _ARMED)
_STOP = update(timers).where(_OWNED)
_STOP_KIND = _STOP.where(timers.c.kind == bindparam("its_kind"))
_LAST = select(func.max(timers.c.slot).label("slot")).where(
    timers.c.owner == bindparam("its_owner"), timers.c.kind == bindparam("its_kind"),
    timers.c.round == bindparam("its_round"),
)  # fmt: skip
_DUE = (
    select(timers)
    .where(_ARMED, timers.c.try_at <= bindparam("now"))
    .order_by(timers.c.kind == "retention", timers.c.try_at, timers.c.due_at, Arrival(timers))
    .limit(bindparam("many"))
)
_OWNERS = {
    "case": select(cases.c.id).where(cases.c.id == bindparam("this")),
    "talk": select(talks.c.id).where(talks.c.id == bindparam("this")),
}
_FIRE = update(timers).where(timers.c.id == bindparam("this"), _ARMED)


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
                "try_at": timer.due_at, "state": "armed", "rules": timer.rules,
                "clock_due": timer.clock_due, "level": timer.level,
            },
        )  # fmt: skip

    async def fresh(self, timer: Timer) -> Timer:
        """The same in a slot that no step of this clock has used in this round, in whatever state.

        What follows it, step by step, then meets no row of an earlier run.
        """
        row = await self._tx.one(
            _LAST, its_owner=timer.owner, its_kind=timer.kind, its_round=timer.round
        )
        used = row["slot"] if row is not None else None
        return timer if used is None else replace(timer, slot=max(timer.slot, used + 1))

    async def stop(self, owner: str, *kinds: str) -> int:
        """Stop these clocks of an owner; without kinds, all of them."""
        values = {"its_owner": owner, "state": "stopped", "ended_at": self._tx.now}
        if not kinds:
            return (await self._tx.run(_STOP, **values)).rowcount
        each = [await self._tx.run(_STOP_KIND, its_kind=kind, **values) for kind in kinds]
        return sum(one.rowcount for one in each)

    async def due(self, many: int) -> list[Timer]:
        """Armed and due: what rings before what only forgets, the longest overdue first."""
        found = await self._tx.hold_free(_DUE, now=self._tx.now, many=many)
        order = sorted(found, key=lambda row: (row["try_at"], *_in_order(row)))
        return [_timer(row) for row in order]

    async def fire(self, timer: Timer) -> bool:
        """Claim it for this transaction. False = stopped or fired meanwhile: do nothing.

        What it is about comes first, as in every act: an act and a tick never wait for each other.
        """
        kind, _, its_id = timer.owner.partition(":")
        if self._tx.holding and kind in _OWNERS:
            await self._tx.hold(_OWNERS[kind], this=its_id)
        fired = await self._tx.run(_FIRE, this=timer.id, state="fired", fired_at=self._tx.now)
        return bool(fired.rowcount)

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

    async def snooze(self, timer: Timer, until: datetime) -> bool:
        """Move one armed reminder to a later time; never to an earlier one."""
        this = and_(timers.c.id == timer.id, timers.c.state == "armed", timers.c.try_at < until)
        moved = update(timers).where(this).values(try_at=until, due_at=until)
        return bool((await self._tx.run(moved)).rowcount)

    async def armed(self, owner: str) -> list[Timer]:
        """The clocks that run, the next first."""
        ours = and_(timers.c.owner == owner, timers.c.state == "armed")
        found = await self._tx.all(select(timers).where(ours))
        return [_timer(row) for row in sorted(found, key=_in_order)]

    async def armed_of(self, owners: Sequence[str]) -> dict[str, list[Timer]]:
        """The clocks that run for each of them, the next first."""
        found: dict[str, list[Timer]] = {}
        for those in some(owners):
            query = select(timers).where(timers.c.owner.in_(those), _ARMED)
            for row in sorted(await self._tx.all(query), key=_in_order):
                found.setdefault(row["owner"], []).append(_timer(row))
        return found

    async def running(self, owners: Sequence[str], kind: str) -> frozenset[str]:
        """Those of them for whom a clock of this kind runs."""
        found = set[str]()
        for those in some(owners):
            query = select(timers.c.owner).where(
                timers.c.owner.in_(those), _ARMED, timers.c.kind == kind
            )
            found |= {row["owner"] for row in await self._tx.all(query)}
        return frozenset(found)

    async def thought_of(self, owners: Sequence[str], kind: str, round_: int) -> frozenset[str]:
        """Those of them who have a row of this kind and round, in whatever state."""
        same = and_(timers.c.owner.in_(owners), timers.c.kind == kind, timers.c.round == round_)
        found = await self._tx.all(select(timers.c.owner).where(same))
        return frozenset(row["owner"] for row in found)

    async def next_at(self, after: datetime | None = None) -> datetime | None:
        """When the next armed timer is tried; `after`: the next one later than that."""
        query = select(func.min(timers.c.try_at).label("at")).where(timers.c.state == "armed")
        row = await self._tx.one(query.where(timers.c.try_at > after) if after else query)
        return row["at"] if row else None


def _in_order(row: Any) -> tuple[Any, ...]:
    """Those of one minute by their names, never as chance made their ids nor as a database sorts."""
    return row["due_at"], row["kind"], row["owner"], row["slot"]


def _timer(row: Any) -> Timer:
    timer = Timer(
        row["owner"], row["kind"], row["round"], row["step"], row["slot"], row["due_at"], row["id"]
    )
    return replace(
        timer, started_at=row["started_at"], rules=row["rules"],
        clock_due=row["clock_due"], level=row["level"],
    )  # fmt: skip
