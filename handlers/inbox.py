"""Raw bytes become an inbox row, once: committed and in the journal before anybody is told so."""

import asyncio
from dataclasses import dataclass, field

from notifications.channel import Admitted
from storage.journal import Journal
from storage.ledgers.inbox import Received
from storage.store import Store


@dataclass(slots=True)
class _Waiting:
    """One message on its way into the inbox, and what became of it."""

    received: Received
    settled: bool = False
    new: bool = False
    error: BaseException | None = field(default=None)


class Inbox:
    """The inlet of every channel. Messages that arrive together share one commit and one fsync.

    The promise stays whole: nobody's `accept` returns before the commit that holds their message.
    """

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        self._waiting: list[_Waiting] = []
        self._door = asyncio.Lock()

    async def accept(self, channel: str, account: str, admitted: Admitted, raw: bytes) -> bool:
        """True = new, False = known already. Raises StorageBusy or OSError: confirm nothing then."""
        lane = f"{channel}:{account}:{admitted.chat}"
        one = _Waiting(Received(channel, account, admitted.dedupe, lane, raw))
        self._waiting.append(one)
        async with self._door:
            if not one.settled:
                await self._settle()
        if one.error is not None:
            raise one.error
        return one.new

    async def _settle(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            async with self._store.transaction("accept") as work:
                ids = await work.inbox.accept([one.received for one in batch])
                work.wake("inbox")
            for one, row in zip(batch, ids, strict=True):
                one.new = row is not None
            await self._journal.write([one.received for one in batch if one.new])
        except BaseException as error:
            for one in batch:
                one.error = error
            raise
        finally:
            for one in batch:
                one.settled = True
