"""Shifts, leave, and test alerts: who is there, who stands in, whose phone was heard."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from cases.duty import Leave, LeaveState, Shift, ShiftState
from storage.tables import bells, leaves, shifts
from storage.tx import Tx


class Shifts:
    """Planned times on duty. A state changes by compare-and-set: what was pressed twice happens once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, shift: Shift) -> None:
        values = {
            "id": shift.id, "person_id": shift.person_id, "commune": shift.commune,
            "starts_at": shift.starts_at, "ends_at": shift.ends_at, "state": shift.state.value,
            "made_at": self._tx.now,
        }  # fmt: skip
        await self._tx.add(shifts, values)

    async def get(self, shift_id: str) -> Shift | None:
        row = await self._tx.one(select(shifts).where(shifts.c.id == shift_id))
        return _shift(row) if row else None

    async def of_person(self, person_id: str, *states: ShiftState) -> list[Shift]:
        """Theirs in these states, the next first."""
        return await self._found(shifts.c.person_id == person_id, *states)

    async def of_commune(self, commune: str, *states: ShiftState) -> list[Shift]:
        return await self._found(shifts.c.commune == commune, *states)

    async def mark(self, shift: Shift, state: ShiftState) -> bool:
        """From the state it was read in to another. False = somebody was faster."""
        ours = update(shifts).where(shifts.c.id == shift.id, shifts.c.state == shift.state.value)
        return bool((await self._tx.run(ours.values(state=state.value))).rowcount)

    async def give(self, shift: Shift, person_id: str) -> None:
        """Somebody else's shift from now on."""
        same = update(shifts).where(shifts.c.id == shift.id)
        await self._tx.run(same.values(person_id=person_id))

    async def _found(self, whose: Any, *states: ShiftState) -> list[Shift]:
        query = select(shifts).where(whose, shifts.c.state.in_([one.value for one in states]))
        found = await self._tx.all(query.order_by(shifts.c.starts_at, shifts.c.id))
        return [_shift(row) for row in found]


class Leaves:
    """Leave that was asked for, and what became of it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, leave: Leave) -> None:
        values = {
            "id": leave.id, "person_id": leave.person_id, "substitute_id": leave.substitute_id,
            "starts_at": leave.starts_at, "ends_at": leave.ends_at, "state": leave.state.value,
            "keeps": leave.keeps, "made_at": self._tx.now,
        }  # fmt: skip
        await self._tx.add(leaves, values)

    async def get(self, leave_id: str) -> Leave | None:
        row = await self._tx.one(select(leaves).where(leaves.c.id == leave_id))
        return _leave(row) if row else None

    async def open(self) -> list[Leave]:
        """Everything asked or accepted and not over, the next first."""
        query = select(leaves).where(
            leaves.c.state.in_([LeaveState.ASKED.value, LeaveState.ACCEPTED.value])
        )
        found = await self._tx.all(query.order_by(leaves.c.starts_at, leaves.c.id))
        return [_leave(row) for row in found]

    async def mark(self, leave: Leave, state: LeaveState) -> bool:
        """From the state it was read in to another. False = somebody was faster."""
        ours = update(leaves).where(leaves.c.id == leave.id, leaves.c.state == leave.state.value)
        answered = {"answered_at": self._tx.now} if leave.state is LeaveState.ASKED else {}
        return bool((await self._tx.run(ours.values(state=state.value, **answered))).rowcount)


@dataclass(frozen=True, slots=True)
class Bell:
    """One test alert to one address. `round`: the first of those that belong together."""

    id: str
    round: str
    person_id: str
    contact_id: str
    made_by: str
    made_at: datetime
    heard_at: datetime | None = None


class Bells:
    """Which address was tried when, and whether somebody heard it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def ring(self, bell: Bell) -> None:
        values = {
            "id": bell.id, "round": bell.round, "person_id": bell.person_id,
            "contact_id": bell.contact_id, "made_by": bell.made_by, "made_at": bell.made_at,
        }  # fmt: skip
        await self._tx.add(bells, values)

    async def get(self, bell_id: str) -> Bell | None:
        row = await self._tx.one(select(bells).where(bells.c.id == bell_id))
        return _bell(row) if row else None

    async def hear(self, bell_id: str) -> bool:
        """Somebody pressed. False = it was heard before."""
        silent = update(bells).where(bells.c.id == bell_id, bells.c.heard_at.is_(None))
        return bool((await self._tx.run(silent.values(heard_at=self._tx.now))).rowcount)

    async def of_round(self, round_id: str) -> list[Bell]:
        query = select(bells).where(bells.c.round == round_id)
        return [_bell(row) for row in await self._tx.all(query.order_by(bells.c.made_at))]

    async def of_person(self, person_id: str) -> list[Bell]:
        """All of theirs, the oldest first."""
        query = select(bells).where(bells.c.person_id == person_id)
        return [_bell(row) for row in await self._tx.all(query.order_by(bells.c.made_at))]

    async def made_since(self, at: datetime, made_by: str) -> list[Bell]:
        """Everything that this one rang since then, the oldest first."""
        query = select(bells).where(bells.c.made_at >= at, bells.c.made_by == made_by)
        return [_bell(row) for row in await self._tx.all(query.order_by(bells.c.made_at))]

    async def heard(self, bell_id: str) -> datetime | None:
        """When this test alert was first heard, on whichever address; None = not yet."""
        times = [one.heard_at for one in await self.of_round(bell_id) if one.heard_at is not None]
        return min(times, default=None)


def _shift(row: Any) -> Shift:
    return Shift(
        row["id"], row["person_id"], row["commune"], row["starts_at"], row["ends_at"],
        ShiftState(row["state"]),
    )  # fmt: skip


def _leave(row: Any) -> Leave:
    return Leave(
        row["id"], row["person_id"], row["substitute_id"], row["starts_at"], row["ends_at"],
        LeaveState(row["state"]), bool(row["keeps"]),
    )  # fmt: skip


def _bell(row: Any) -> Bell:
    return Bell(
        row["id"], row["round"], row["person_id"], row["contact_id"], row["made_by"],
        row["made_at"], row["heard_at"],
    )  # fmt: skip
