"""Raw bytes become an inbox row, once: committed and in the journal before anybody is told so."""

import asyncio
from dataclasses import dataclass, field

from notifications.channel import Admitted
from storage.journal import Journal
from storage.ledgers.inbox import Received
from storage.store import StorageBusy, Store


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
        self._owed: list[Received] = []  # stored, and not in the journal yet
        self._door = asyncio.Lock()

    async def accept(self, channel: str, account: str, admitted: Admitted, raw: bytes) -> bool:
        """True = new, False = known already. Raises StorageBusy or OSError: confirm nothing then."""
        lane = self._store.opaque("lane", f"{channel}:{account}:{admitted.chat}")
        one = _Waiting(Received(channel, account, admitted.dedupe, lane, raw))
        self._waiting.append(one)
        while not one.settled:
            async with self._door:
                if not one.settled:
                    await self._settle()
        if one.error is not None:
            raise one.error
        return one.new

    async def _settle(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            await self._store_all(batch)
            await self._journal_owed()
        except asyncio.CancelledError:
            self._waiting = [*batch, *self._waiting]  # the next caller takes them along
            raise
        except (StorageBusy, OSError) as error:
            for one in batch:
                one.error = error
        for one in batch:
            one.settled = True

    async def _store_all(self, batch: list[_Waiting]) -> None:
        try:
            async with self._store.transaction("accept") as work:
                ids = await work.inbox.accept([one.received for one in batch])
                work.wake("inbox")
        except StorageBusy:
            # Not confirmed, and yet not lost: the next start gives the database what it lacks.
            await self._journal.write([one.received for one in batch])
            raise
        for one, row in zip(batch, ids, strict=True):
            one.new = row is not None
        self._owed += [one.received for one in batch if one.new]

    async def _journal_owed(self) -> None:
        """What an earlier attempt could not write comes first; nothing is confirmed before."""
        owed = list(self._owed)
        await self._journal.write(owed)
        del self._owed[: len(owed)]
