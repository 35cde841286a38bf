"""Days whose raw messages nobody may read any more: their rows are emptied, their key is dropped."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, exists, select, update

from storage.tables import data_keys, inbox
from storage.tx import Tx

_UNFINISHED = "new"


class OldDays:
    """The rows themselves stay: whoever repeats a message is told that it is known."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def with_keys(self, before: date) -> list[date]:
        """The days before this one whose key is still there, the oldest first."""
        old = data_keys.c.scope.between("day:", f"day:{before - timedelta(days=1)}")
        query = select(data_keys.c.scope).where(old, data_keys.c.erased_at.is_(None))
        found = await self._tx.all(query.order_by(data_keys.c.scope))
        return [date.fromisoformat(row["scope"].removeprefix("day:")) for row in found]

    async def forget(self, day: date) -> bool:
        """Nothing of this day can be read from now on. False = something of it is not finished."""
        start = datetime.combine(day, time(), UTC)
        that_day = and_(
            inbox.c.received_at >= start, inbox.c.received_at < start + timedelta(days=1)
        )
        open_ = select(exists().where(that_day, inbox.c.state == _UNFINISHED).label("any"))
        row = await self._tx.one(open_)
        if row is None or row["any"]:
            return False
        await self._tx.run(update(inbox).where(that_day).values(raw=b""))
        scope = f"day:{day}"
        gone = {"wrapped": b"", "erased_at": self._tx.now}
        await self._tx.run(update(data_keys).where(data_keys.c.scope == scope).values(**gone))
        self._tx.forget([scope])
        return True
