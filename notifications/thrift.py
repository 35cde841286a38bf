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
BILLED = (
    "zalooa",
)  # there only what is billed counts, and only that waits (notifications/billing.py)
COUNTED = ("zalobot", *BILLED)
MARK = "quota:"  # how the key of a warning begins: it leaves whatever is left
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
        self.quotas = quotas
        self._counted: dict[str, tuple[float, Spent]] = {}

    async def count(self, channel: str) -> int:
        """What of this month counts on a channel."""
        async with self._store.reading("quota") as work:
            month = month_of(work.now)
            if channel in BILLED:
                return await work.billed.since(channel, month)
            return await work.outbox.sent_since(channel, month)

    async def spent(self, channel: str) -> Spent | None:
        """Of this channel, counted anew; None = it has no quota."""
        quota = self.quotas.get(channel)
        return Spent(await self.count(channel), quota) if quota else None

    async def share(self, channel: str) -> float:
        """Of its quota, as it was some seconds ago; 0 where it has none."""
        at, spent = self._counted.get(channel, (-_FRESH, None))
        if spent is None or self._store.clock.elapsed() - at >= _FRESH:
            spent = await self.spent(channel)
            if spent is None:
                return 0.0
            self._counted[channel] = (self._store.clock.elapsed(), spent)
        return spent.share

    async def holds(self, row: OutboxRow) -> bool:
        """Whether this one waits, because what is left belongs to alerts and to whom to call."""
        if row.channel not in self.quotas or row.channel in BILLED or passes(row):
            return False
        return await self.share(row.channel) >= SAVING


def passes(row: OutboxRow) -> bool:
    """What leaves whatever it costs: alerts, whom to call, and that the month is nearly spent."""
    helps = row.body.get("alert") or row.body.get("helps")
    return row.priority <= URGENT or bool(helps) or row.key.startswith(MARK)


def month_of(now: datetime) -> datetime:
    """When this month began in Viet Nam."""
    return local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
