"""The answer to a message is written to its rows, and what follows from it is done (TRUST.md 5)."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from notifications.aftermath import Aftermath, DeliveryProtocol
from notifications.channel import Result, Sent, Unknown
from notifications.outcome import NOT_STARTED, Next, next_state
from notifications.retract import AFRESH, LateCopies, took_back
from storage.ledgers.outbox import OutboxRow, pieces_of
from storage.shared import Guard, Shared
from storage.store import StorageBusy, Store
from storage.unit_of_work import UnitOfWork

TRIES = 3  # of what follows an answer, before the answer is kept without it


class Finisher:
    """Rows that left as one message are finished in one commit; each keeps consequences of its own.

    Messages whose answers come together share that commit, and fail alone.
    """

    def __init__(
        self, store: Store, delivery: DeliveryProtocol, guard: Guard,
        settle: Callable[[UnitOfWork, OutboxRow], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._store = store
        self._aftermath = Aftermath(delivery)
        self._late_copies = LateCopies(delivery)
        self._guard = guard
        self._bill = settle
        self._tally = store.tally
        self._finishing = Shared(store, "finish", guard)
        self._chance = store.chance

    async def finish(
        self, rows: Sequence[OutboxRow], result: Result, *, whole: bool = True
    ) -> None:
        """The answer and what follows from it in one commit; if that cannot be, the answer alone.

        What was sent is never sent again because something that follows from it fails. `whole`:
        these are all that left with the message.
        """
        self._tally.count("send", rows[0].channel, _outcome(result))
        for _ in range(TRIES):
            error = await self._guard(
                self._finishing.do(partial(self._settle, rows, result, whole))
            )
            if error is None:
                return
            if isinstance(error, StorageBusy):
                raise error
        if len(rows) > 1:  # together they failed: only the one that did may go without
            for row in rows:
                await self.finish([row], result, whole=False)
            return
        async with self._store.transaction("finish") as work:
            await self._bill(work, rows[0])
            await self._write(work, rows[0], self._next(rows, result), " (what follows failed)")

    async def _settle(
        self, rows: Sequence[OutboxRow], result: Result, whole: bool, work: UnitOfWork
    ) -> None:
        after, fenced = self._next(rows, result), list[OutboxRow]()
        await self._bill(work, rows[0])
        for row in rows:
            if not await self._write(work, row, after):  # fenced: another worker owns the row
                self._tally.count("fenced")
                fenced.append(row)
            else:
                if what := took_back(row, result):
                    self._tally.count(what)
                await self._aftermath.of(work, row, result)
                if len(rows) == 1 and _stands_last(row, result):
                    await work.offers.came(str(row.body["prompt"]))
        if fenced:
            alone = whole and len(fenced) == len(rows)
            await self._late_copies.of(work, fenced, result, alone=alone)

    def _next(self, rows: Sequence[OutboxRow], result: Result) -> Next | None:
        """What becomes of rows that left as one; None: they did not start, and are given back."""
        if result == NOT_STARTED:
            return None
        attempt = max(row.attempt for row in rows)
        return next_state(result, attempt, self._chance.bytes(1)[0] / 127.5 - 1)

    async def _write(
        self, work: UnitOfWork, row: OutboxRow, after: Next | None, note: str = ""
    ) -> bool:
        """What becomes of the row. False = fenced: nothing was written."""
        if after is None:  # given back as it was: no label, no attempt
            return await work.outbox.finish(row, "waiting", attempt=row.attempt - 1)
        values: dict[str, Any] = {"outcome": (after.outcome + note)[:80]}
        if after.state == "sent":
            values["message_id"] = after.message_id
        if after.before:
            values["pieces"] = pieces_of(after.before)
        if after.state == "waiting":
            if after.maybe_sent and not row.maybe_sent:
                self._tally.count("maybe_sent")
            values |= {
                "due_at": work.now + timedelta(seconds=after.due_in), "failed_at": work.now,
                "maybe_sent": row.maybe_sent or after.maybe_sent,
            }  # fmt: skip
        return await work.outbox.finish(row, after.state, **values)


def _outcome(result: Result) -> str:
    """Which of the five it was; what did not start is none of them."""
    return "given_back" if result == NOT_STARTED else type(result).__name__.lower()


def _stands_last(row: OutboxRow, result: Result) -> bool:
    """Whether it offers something below everything else: a number that is typed then means it."""
    below = row.op == "say" or (row.op == "edit" and row.channel in AFRESH)
    return below and bool(row.body.get("choices")) and isinstance(result, Sent | Unknown)
