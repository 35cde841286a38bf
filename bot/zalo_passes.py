"""What looks after Zalo between messages: tokens, the month's quota, and what a webhook missed."""

from datetime import timedelta

from bot.channels.timed_http import PlatformDown
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from handlers.actor import Kit
from handlers.operators import tell_operators
from notifications.channel import Retry
from notifications.thrift import SAVING, WARNING, Thrift, month_of

_WINDOW = timedelta(hours=1), timedelta(minutes=2)  # older is history, younger may be on its way


class ZaloPasses:
    """Both may fail without harm: the next pass looks again."""

    def __init__(self, kit: Kit, thrift: Thrift) -> None:
        self._kit = kit
        self._thrift = thrift
        self._warned: tuple[str, int] | None = None  # month and share at which it was said

    async def quota(self) -> int:
        """Administrators hear at four fifths of the month's messages, and once more near their end."""
        spent = await self._thrift.spent(ZaloBot.name)
        if spent is None or spent.share < WARNING:
            return 0
        level = int(100 * (SAVING if spent.share >= SAVING else WARNING))
        now = f"{month_of(self._kit.clock.now()):%Y-%m}", level
        if self._warned != now:
            self._warned = now
            async with self._kit.store.transaction("zalo pass") as work:
                await tell_operators(
                    work,
                    self._kit,
                    "admin_quota",
                    f"quota:{level}",
                    channel=ZaloBot.name,
                    count=spent.count,
                    quota=spent.quota,
                    saving="yes" if level == 95 else "no",
                )
        return 0

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

    async def sweep(self) -> int:
        """A message that Zalo lists and nobody brought here: the webhook is broken, somebody must look.

    async def settled(self) -> None:
        """Before the database closes: a pair that is on its way, or waits to be stored, works once."""
        for channel in self._accounts():
            await channel.tokens.settled()

        It is not proven that both name a message alike, so this alarms and files nothing.
        """
        for channel in self._accounts():
            try:
                recent = await channel.recent()
            except PlatformDown:
                continue
            now = self._kit.clock.now()
            first, last = now - _WINDOW[0], now - _WINDOW[1]
            ids = [one for one, at in recent if at is not None and first <= at <= last]
            async with self._kit.store.reading("sweep") as work:
                missed = [one for one in ids if not await work.inbox.names(channel.name, one)]
                missed = [one for one in missed if not await work.outbox.names(channel.name, one)]
            if missed:
                await self._tell(
                    "admin_missed", f"missed:{channel.name}", channel, str(len(missed))
                )
        return 0

    async def _tell(self, notice: str, key: str, channel: ZaloOA, why: str) -> None:
        async with self._kit.store.transaction("zalo pass") as work:
            await tell_operators(
                work, self._kit, notice, key, skip=channel.name, channel=channel.name, why=why
            )

    def _accounts(self) -> list[ZaloOA]:
        return [one for one in self._kit.channels.values() if isinstance(one, ZaloOA)]
