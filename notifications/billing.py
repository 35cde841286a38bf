"""What a messenger bills (CHANNELS.md section 8): asked before it is said, noted before it leaves.

A note stands in the database before the call and is settled in the commit of its answer: a kill in
between leaves it, so that nothing that may have been billed is missing, and nothing counts twice.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cases.messages import Address
from notifications.channel import Billing, Channel, Gone, Result, Retry, Sent, Unknown, Window
from notifications.thrift import SAVING, WARNING, Thrift, passes
from storage.ledgers.outbox import OutboxRow
from storage.store import Store
from storage.unit_of_work import UnitOfWork

ASKS = 10  # questions in a second, of all who send
ASKED = 3.0  # seconds: a question about a price holds up nothing for longer
HELD = Retry(900, "chat", "what is billed is kept for alerts")  # whoever writes meanwhile is free
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(slots=True)
class Bill:
    """Of one call: whether it was noted before it left, and how much of it was billed until now."""

    noted: int = 0
    billed: int = 0


class Bills:
    """Where nothing is billed it does nothing at all."""

    def __init__(self, store: Store, thrift: Thrift, senders: Callable[[], int]) -> None:
        self._store = store
        self._thrift = thrift
        self._senders = senders
        self._lately: list[float] = []  # when somebody was asked about
        self._open: dict[str, Bill] = {}

    async def before(self, channel: Channel, row: OutboxRow, pieces: int) -> Result | None:
        """The answer, where it is not to be said now; None = say it, the price is noted."""
        if not channel.abilities.free_hours:
            return None
        found = await self._price(channel, row)
        if isinstance(found, Retry | Gone):
            return found
        self._open[_call(row)] = Bill(pieces * found)
        if found:
            async with self._store.transaction("billed") as work:
                await work.billed.note(_call(row), row.channel, pieces)
        return None

    async def _price(self, channel: Channel, row: OutboxRow) -> Retry | Gone | bool:
        """Whether it will be billed. An alert never waits for the question."""
        silent = row.op == "knock" or await self._silent(channel, row)
        if passes(row) or row.op == "knock":
            return silent
        share = await self._thrift.share(row.channel)
        if silent and share >= SAVING:
            return HELD
        if not silent and share < WARNING:
            return False  # somebody wrote just now: free, or its answer says what it is
        window = await self._asked(channel, row.address)
        if window is not None and not window.open:
            return Gone("window")
        billed = silent if window is None else not window.free
        return HELD if billed and share >= SAVING else billed

    async def _silent(self, channel: Channel, row: OutboxRow) -> bool:
        """Whether nobody wrote from there within the hours in which answers are free."""
        async with self._store.reading("window") as work:
            contact = await work.contacts.get(row.contact_id)
        free = timedelta(hours=channel.abilities.free_hours) - _CLOCKS_DIFFER
        return contact is None or self._store.clock.now() - contact.last_in_at > free

    async def _asked(self, channel: Channel, address: Address) -> Window | None:
        """What the messenger says; None where it says nothing: the message itself will find out."""
        if not isinstance(channel, Billing) or not self._may_ask():
            return None
        try:
            async with asyncio.timeout(ASKED):
                return await channel.window(address)
        except TimeoutError:
            return None

    def _may_ask(self) -> bool:
        """Questions count against what Zalo takes in a minute: they must not shut it for messages."""
        now = self._store.clock.elapsed()
        self._lately = [one for one in self._lately if now - one < 1.0]
        if len(self._lately) * self._senders() >= ASKS:
            return False
        self._lately.append(now)
        return True

    def leaves(self, row: OutboxRow) -> None:
        """A piece is on its way: taken for billed, if that was foreseen, until its answer denies it."""
        if (bill := self._open.get(_call(row))) is not None and bill.noted:
            bill.billed += 1

    def answered(self, row: OutboxRow, result: Result) -> None:
        """What its answer says."""
        if (bill := self._open.get(_call(row))) is None:
            return
        billed = result.billed if isinstance(result, Sent) else isinstance(result, Unknown)
        if bill.noted and not billed:
            bill.billed -= 1
        elif not bill.noted and isinstance(result, Sent) and billed:
            bill.billed += 1

    async def settle(self, work: UnitOfWork, row: OutboxRow) -> None:
        """In the commit of the answer. Done again it changes nothing."""
        bill = self._open.get(_call(row))
        if bill is None or not (bill.noted or bill.billed):
            return
        if bill.billed:
            await work.billed.note(_call(row), row.channel, bill.billed)
        else:
            await work.billed.drop(_call(row))

    def over(self, row: OutboxRow) -> None:
        """The call is finished, or somebody else finishes it."""
        self._open.pop(_call(row), None)


def _call(row: OutboxRow) -> str:
    return f"{row.id}:{row.gen}"
