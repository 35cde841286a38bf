"""A month has only so many messages: near its end those are kept for alerts (CHANNELS.md section 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.times.calendar import local
from notifications.notices import URGENT
from storage.ledgers.outbox import OutboxRow
from storage.store import Store

WARNING, SAVING = 0.80, 0.95  # of the quota
HELD = 3600.0  # seconds until a message that is held back asks again
_FRESH = 10.0  # seconds for which a count is believed


@dataclass(frozen=True, slots=True)
class Spent:
    """How many of how many messages went out since the month began."""

    count: int
    quota: int

    @property
    def share(self) -> float:
        return self.count / self.quota


class Thrift:
    """`quotas`: channel → messages a month; a channel that is not named has no end."""

    def __init__(self, store: Store, quotas: Mapping[str, int]) -> None:
        self._store = store
        self._quotas = quotas
        self._counted: dict[str, tuple[float, Spent]] = {}

    async def spent(self, channel: str) -> Spent | None:
        """Of this channel, counted anew; None = it has no quota."""
        quota = self._quotas.get(channel)
        if not quota:
            return None
        async with self._store.reading("quota") as work:
            count = await work.outbox.sent_since(channel, month_of(work.now))
        return Spent(count, quota)

    async def holds(self, row: OutboxRow) -> bool:
        """Whether this one waits, because what is left belongs to alerts and to whom to call."""
        urgent = row.priority <= URGENT or row.body.get("alert") or row.body.get("helps")
        if row.channel not in self._quotas or urgent:
            return False
        at, spent = self._counted.get(row.channel, (-_FRESH, None))
        if spent is None or self._store.clock.elapsed() - at >= _FRESH:
            spent = await self.spent(row.channel)
            if spent is None:
                return False
            self._counted[row.channel] = (self._store.clock.elapsed(), spent)
        return spent.share >= SAVING


def month_of(now: datetime) -> datetime:
    """When this month began in Viet Nam."""
    return local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
