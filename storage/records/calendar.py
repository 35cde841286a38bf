"""What staff decided about working days: append only, so that every version can be told again."""

from datetime import date

from sqlalchemy import select

from cases.times.calendar import DayChange
from storage.tables import calendar_overrides
from storage.tx import Tx


class CalendarRows:
    """A clock keeps the version under which it was started: no row is ever changed."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def changes(self) -> list[DayChange]:
        """All of them, the oldest first."""
        found = await self._tx.all(select(calendar_overrides).order_by(calendar_overrides.c.n))
        return [
            DayChange(row["n"], date.fromisoformat(row["day"]), row["worked"], row["name"])
            for row in found
        ]

    async def add(self, day: date, *, worked: bool | None, name: str, by: str) -> None:
        """One more decision; the tick of the calendar is woken, so that clocks know of it."""
        await self._tx.alone("calendar")
        n = 1 + max((one.n for one in await self.changes()), default=0)
        values = {
            "n": n, "day": day.isoformat(), "worked": worked, "name": name, "by": by,
            "at": self._tx.now,
        }  # fmt: skip
        await self._tx.add(calendar_overrides, values)
        self._tx.wakes.add("calendar")
