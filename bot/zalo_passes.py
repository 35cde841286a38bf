"""What looks after Zalo between messages: tokens, the month's quota, and what a webhook missed."""

from datetime import timedelta

from bot.channels.timed_http import PlatformDown
from bot.channels.zalo_oa import ZaloOA
from handlers.actor import Kit
from handlers.operators import tell_operators
from notifications.channel import Retry
from notifications.thrift import BILLED, MARK, SAVING, WARNING, Spent, Thrift, month_of
from storage.unit_of_work import UnitOfWork

_WINDOW = timedelta(hours=1), timedelta(minutes=2)  # older is history, younger may be on its way
_PAGES = 30  # looked at in one sweep: in an hour even a flood of reports has no more


class ZaloPasses:
    """Both may fail without harm: the next pass looks again."""

    def __init__(self, kit: Kit, thrift: Thrift) -> None:
        self._kit = kit
        self.thrift = thrift
        self._warned: dict[str, tuple[str, int]] = {}  # month and share at which it was said
        self._met: frozenset[str] = frozenset()  # ids of the last sweep that were known

    async def quota(self) -> int:
        """Administrators hear at four fifths of the month's messages, and once more near their end."""
        for channel in self.thrift.quotas:
            spent = await self.thrift.spent(channel)
            if spent is not None and spent.share >= WARNING:
                await self._warn(channel, spent)
        return 0

    async def _warn(self, channel: str, spent: Spent) -> None:
        level = int(100 * (SAVING if spent.share >= SAVING else WARNING))
        now = f"{month_of(self._kit.clock.now()):%Y-%m}", level
        if self._warned.get(channel) == now:
            return
        self._warned[channel] = now
        async with self._kit.store.transaction("zalo pass") as work:
            await tell_operators(
                work,
                self._kit,
                "admin_billed" if channel in BILLED else "admin_quota",
                f"{MARK}{level}:{channel}",
                channel=channel,
                count=spent.count,
                quota=spent.quota,
                saving="yes" if spent.share >= SAVING else "no",
            )

    async def tokens(self) -> int:
        """Renew what is past half its life; where nobody can, administrators hear while it still works."""
        for channel in self._accounts():
            found = await channel.tokens.fresh()
            pair = await channel.tokens.pair()
            shut = isinstance(found, Retry) and found.scope == "account"  # else only busy just now
            if shut or (pair is not None and pair.refused_at is not None):
                why = found.why if isinstance(found, Retry) and shut else "login"
                await self._tell("admin_gate", f"gate:{channel.name}", channel, why)
        return 0

    async def settled(self) -> None:
        """Before the database closes: a pair that is on its way, or waits to be stored, works once."""
        for channel in self._accounts():
            await channel.tokens.settled()

    async def sweep(self) -> int:
        """A message that Zalo lists and nobody brought here: the webhook is broken, somebody must look.

        It is not proven that both name a message alike, so this alarms and files nothing.
        """
        for channel in self._accounts():
            try:
                ids = await self._lately(channel)
            except PlatformDown:
                continue
            async with self._kit.store.reading("sweep") as work:
                missed = [one for one in ids - self._met if not await _known(work, channel, one)]
            self._met = frozenset(ids.difference(missed))
            if missed:
                await self._tell(
                    "admin_missed", f"missed:{channel.name}", channel, str(len(missed))
                )
        return 0

    async def _lately(self, channel: ZaloOA) -> set[str]:
        """What Zalo lists of the last hour, page by page: our own answers fill the first ones."""
        now, ids = self._kit.clock.now(), set[str]()
        first, last = now - _WINDOW[0], now - _WINDOW[1]
        for page in range(_PAGES):
            rows = await channel.recent(page)
            ids.update(one for one, at in rows if at is not None and first <= at <= last)
            if not any(at is not None and at >= first for _, at in rows):
                break
        return ids

    async def _tell(self, notice: str, key: str, channel: ZaloOA, why: str) -> None:
        async with self._kit.store.transaction("zalo pass") as work:
            await tell_operators(
                work, self._kit, notice, key, skip=channel.name, channel=channel.name, why=why
            )

    def _accounts(self) -> list[ZaloOA]:
        return [one for one in self._kit.channels.values() if isinstance(one, ZaloOA)]


async def _known(work: UnitOfWork, channel: ZaloOA, message_id: str) -> bool:
    """Whether it came here, or went out from here."""
    return await work.inbox.names(channel.name, message_id) or await work.outbox.names(
        channel.name, message_id
    )
