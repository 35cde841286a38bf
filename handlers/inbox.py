"""Raw bytes become an inbox row, once: committed and in the journal before anybody is told so."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from notifications.channel import Admitted
from storage.journal import Journal, JournalBroken
from storage.ledgers.inbox import READ, Received
from storage.store import StorageBusy, Store, anew

_NOT_NOW = (StorageBusy, OSError, JournalBroken)  # no message's fault
_REFUSED = 1_000  # messages kept in memory for a busy database; the next start brings all of them
Guard = Callable[[Awaitable[Exception | None]], Coroutine[Any, Any, Exception | None]]


@dataclass(slots=True, eq=False)
class _Waiting:
    """One message on its way into the inbox, and what became of it."""

    received: Received
    settled: bool = False
    new: bool = False
    tried: bool = False  # an earlier attempt broke off: it may have been stored
    error: Exception | None = None


class Inbox:
    """The inlet of every channel. Messages that arrive together share one commit and one fsync.

    The promise stays whole: nobody's `accept` returns before the commit that holds their message,
    and everybody's returns. `guard` gives back the bug that a piece of work raised.
    """

    def __init__(self, store: Store, journal: Journal, guard: Guard) -> None:
        self._store = store
        self._journal = journal
        self._guard = guard
        self._waiting: list[_Waiting] = []
        self._owed: list[Received] = []  # stored, and not in the journal yet
        self._refused: deque[Received] = deque(maxlen=_REFUSED)  # in the journal, and not stored
        self._door = asyncio.Lock()

    async def accept(self, channel: str, account: str, admitted: Admitted, raw: bytes) -> bool:
        """True = new, False = known already. Whatever it raises: confirm nothing then.

        StorageBusy, OSError, JournalBroken: no message's fault. Any other error is this message's own.
        """
        (new,) = await self.accept_all(channel, account, [(admitted, raw)])
        return new

    async def accept_all(
        self, channel: str, account: str, messages: Sequence[tuple[Admitted, bytes]]
    ) -> list[bool]:
        """Messages that came in one answer: all share a commit. Whatever it raises: confirm none.

        What raised was one of them; each of the others is stored all the same.
        """
        mine = [self._begun(channel, account, *message) for message in messages]
        self._waiting += mine
        while not all(one.settled for one in mine):
            async with self._door:
                if not all(one.settled for one in mine):
                    await self._settle()
        for one in mine:
            self._store.tally.count("updates", _result(one))
        for one in mine:
            if one.error is not None:
                raise one.error
        return [one.new for one in mine]

    def _begun(self, channel: str, account: str, admitted: Admitted, raw: bytes) -> _Waiting:
        lane, *once = self._store.opaques("lane", f"{channel}:{account}:{admitted.chat}")
        return _Waiting(Received(channel, account, admitted.dedupe, lane, raw, once=tuple(once)))

    async def record(self, received: Received) -> None:
        """What a page did is committed already; it may be confirmed when this returns. Raises as `accept`."""
        await self.keep([received])

    async def keep(self, acts: Sequence[Received]) -> None:
        """The same of several.

        A case is read also while the journal takes nothing: that it was read stands in the database,
        and goes to the journal before anything else is confirmed.
        """
        async with self._door:
            self._owed += acts
            try:
                await self._journal_owed()
            except OSError:
                if any(one.account != READ for one in acts):
                    raise

    async def catch_up(self) -> int:
        """Store what a busy database refused: a messenger that never repeats would wait for a restart.

        Returns how many were looked at. Raises StorageBusy, OSError: later.
        """
        count = 0
        while self._refused:
            row = self._refused[0]
            error = await self._guard(self._again(row))
            if isinstance(error, _NOT_NOW):
                raise error
            if self._refused and self._refused[0] is row:
                self._refused.popleft()
            count += 1
        return count

    async def _again(self, row: Received) -> Exception | None:
        try:
            async with self._store.transaction("accept") as work:
                await work.inbox.accept([row], replayed=True)
                work.wake("inbox")
        except _NOT_NOW as error:
            return error
        return None

    async def _settle(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            error = await self._guard(self._take(batch))
            if error is None or isinstance(error, _NOT_NOW) or len(batch) == 1:
                _end(batch, error)
            else:
                await self._one_by_one(batch)
        finally:
            # Cancelled: the next caller takes along whoever has no answer yet.
            self._waiting = [*(one for one in batch if not one.settled), *self._waiting]

    async def _one_by_one(self, batch: list[_Waiting]) -> None:
        """Together they failed, nobody knows because of whom: only the bad one may fail."""
        for one in batch:
            _end([one], await self._guard(self._take([one])))

    async def _take(self, batch: list[_Waiting]) -> Exception | None:
        """Into the database, then into the journal. What is no message's fault is returned, not raised."""
        try:
            await self._store_all(batch)
            await self._journal_owed()
        except _NOT_NOW as error:
            return error
        return None

    async def _store_all(self, batch: list[_Waiting]) -> None:
        again = [one.tried for one in batch]
        for one in batch:
            one.tried = True
        try:
            ids = await anew(partial(self._stored, [one.received for one in batch]))
        except StorageBusy:
            # Not confirmed, and yet not lost: the database gets it as soon as it takes it.
            now = self._store.clock.now()
            refused = [replace(one.received, received_at=now) for one in batch]
            self._refused += refused
            await self._journal.write(refused)
            raise
        for one, row, before in zip(batch, ids, again, strict=True):
            one.new = one.new or row is not None
            if row is not None or before:  # a second line in the journal harms nobody
                self._owed.append(one.received)

    async def _stored(self, rows: list[Received]) -> list[str | None]:
        async with self._store.transaction("accept") as work:
            ids = await work.inbox.accept(rows)
            work.wake("inbox")
        return ids

    async def _journal_owed(self) -> None:
        """What an earlier attempt could not write comes first; nothing is confirmed before."""
        owed = list(self._owed)
        await self._journal.write(owed)
        del self._owed[: len(owed)]


def _result(one: _Waiting) -> str:
    return "refused" if one.error is not None else "new" if one.new else "known"


def _end(batch: list[_Waiting], error: Exception | None) -> None:
    for one in batch:
        one.error, one.settled = error, True
