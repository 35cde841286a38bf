"""Claim, send, finish: the only caller of Channel.send (TRUST.md section 5)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from cases.clock import Clock
from cases.codes import Chance
from cases.messages import Address, Outgoing
from locales.catalog import Catalog
from notifications.aftermath import Aftermath, DeliveryProtocol
from notifications.channel import Bad, Channel, Result, Retry, Sent, Unknown
from notifications.fit import fit
from notifications.outcome import NOT_STARTED, UNREADABLE, next_state, result_of
from notifications.outgoing import outgoing_of
from storage.ledgers.outbox import PACED, OutboxRow
from storage.shared import Guard, Shared
from storage.store import StorageBusy, Store
from storage.unit_of_work import UnitOfWork

WEB_PLACES, OTHER_PLACES = 32, 5  # calls at a time
LAST_START = 40.0  # seconds after the claim, on the elapsed clock
CALL = 15.0
LOOK = 1.0  # seconds after which a busy sender looks for more unasked: a time may have come
PER_SECOND = {"telegram": 25}
PACE = PACED
TRIES = 3  # of what follows an answer, before the answer is kept without it


@dataclass(frozen=True, slots=True)
class Around:
    """What is handed in from above: what failures mean, how bugs are caught, whether this is a trial.

    `breath`: seconds between two looks of a busy sender; the first row of a burst never waits.
    """

    delivery: DeliveryProtocol
    guard: Guard
    trial: bool = False
    breath: float = 0.0


@dataclass(slots=True)
class _Lane:
    """Places of their own for `only` one channel, or for all `but` one: none waits for another lane."""

    places: int
    only: str = ""
    but: str = ""
    busy: int = 0


class Sender:
    """Empties the outbox. What it does not finish is claimed again by whoever comes next.

    Each row has its own call, its own finish and its own place; a place that becomes free takes
    the next row at once. Finishes that come together share a commit, and fail alone. The page has
    places of its own: a messenger that hangs holds up no page.
    """

    def __init__(
        self, store: Store, channels: Mapping[tuple[str, str], Channel], catalog: Catalog,
        around: Around,
    ) -> None:  # fmt: skip
        self._store = store
        self._channels = channels
        self._catalog = catalog
        self._aftermath = Aftermath(around.delivery)
        self._guard = around.guard
        self._finishing = Shared(store, "finish", around.guard)
        self._trial = around.trial
        self._breath = around.breath
        self._clock: Clock = store.clock
        self._chance: Chance = store.chance
        self._sent: dict[tuple[str, str], list[float]] = {}
        self._worker = store.chance.bytes(8).hex()
        self._lanes = (_Lane(WEB_PLACES, only="web"), _Lane(OTHER_PLACES, but="web"))
        self._look = asyncio.Event()  # a place is free, or there may be more to send
        self._running: set[str] = (
            set()
        )  # rows whose calls run here: a pause may outlast their lease
        self._stopping = False

    def wake(self) -> None:
        """There may be more to send, also while calls are on their way."""
        self._look.set()

    def stop(self) -> None:
        """Claim and start nothing from now on; the calls that run end and are finished."""
        self._stopping = True
        self._look.set()

    async def drain(self) -> int:
        """Send until nothing is due and no call runs. Returns how many rows were worked on.

        Raises what kept a row from being claimed or finished, after every other had its turn.
        """
        count, broken = 0, list[Exception]()
        async with asyncio.TaskGroup() as calls:
            while True:
                self._look.clear()
                since = self._clock.elapsed()  # before the claim: the lease runs from there
                claimed = await self._guard(self._claim())
                if isinstance(claimed, Exception):
                    broken.append(claimed)
                    break
                for lane, row in claimed:
                    lane.busy += 1
                    self._running.add(row.id)
                    calls.create_task(self._place(lane, row, since, broken))
                count += len(claimed)
                if not (self._look.is_set() or any(lane.busy for lane in self._lanes)):
                    break  # nothing was due, and no place became free while we looked
                await self._next_look()
                await asyncio.sleep(self._breath)  # rows that come within it share one claim
        if broken:
            raise broken[0]
        return count

    async def _next_look(self) -> None:
        try:
            async with asyncio.timeout(LOOK):
                await self._look.wait()
        except TimeoutError:
            return

    async def _claim(self) -> list[tuple[_Lane, OutboxRow]]:
        free = [lane for lane in self._lanes if lane.busy < lane.places]
        if self._stopping or not free:
            return []
        async with self._store.reading("outbox") as work:
            due = await work.outbox.next_at()
            if due is None or due > work.now:
                return []
        async with self._store.transaction("claim") as work:
            return [
                (lane, row)
                for lane in free
                for row in await work.outbox.claim(
                    self._worker,
                    lane.places - lane.busy,
                    only=lane.only,
                    but=lane.but,
                    ours=self._running,
                )
            ]

    async def _place(
        self, lane: _Lane, row: OutboxRow, since: float, broken: list[Exception]
    ) -> None:
        """One row from its call to its finish; then the place is free."""
        try:
            outcome = await self._guard(self._call(row, since))
            error = await self._guard(self._finish(row, result_of(outcome, row.attempt)))
            if error is not None:
                broken.append(error)
        finally:
            lane.busy -= 1
            self._running.discard(row.id)
            self._look.set()

    async def _call(self, row: OutboxRow, since: float) -> Result:
        if not row.readable:
            return Bad(UNREADABLE)
        channel = self._channels.get((row.address.channel, row.address.account))
        if channel is None:
            return Retry(60, "account", "channel is not set up")
        outgoing = await self._ready(row)
        if outgoing is None:
            return Bad("nothing to edit")
        result: Result = Bad("empty")
        pieces = fit(outgoing, channel.abilities, partial(self._catalog.say, row.lang))
        for n, piece in enumerate(pieces):
            result = await self._piece(channel, piece, row.address, since)
            if isinstance(result, Retry) and n:
                return replace(result, begun=True)
            if not isinstance(result, Sent):
                return result
        return result

    async def _piece(
        self, channel: Channel, piece: Outgoing, address: Address, since: float
    ) -> Result:
        if self._stopping or self._clock.elapsed() - since > LAST_START:
            return NOT_STARTED
        try:
            async with asyncio.timeout(CALL):
                return await channel.send(piece, address)
        except TimeoutError:
            return Unknown("time-out")

    async def _ready(self, row: OutboxRow) -> Outgoing | None:
        outgoing = replace(
            outgoing_of(row.key, row.body), repeat=row.maybe_sent and row.op == "say"
        )
        if self._trial and row.channel != "web":  # the page has a banner of its own
            banner = self._catalog.say(row.lang, "talk.demo")
            outgoing = replace(outgoing, text=f"{banner}\n{outgoing.text}")
        if not outgoing.target:
            return outgoing
        async with self._store.reading("target") as work:
            target = await work.outbox.sent_id(outgoing.target)
        return replace(outgoing, target=target) if target else None

    async def _finish(self, row: OutboxRow, result: Result) -> None:
        """The answer and what follows from it in one commit; if that cannot be, the answer alone.

        What was sent is never sent again because something that follows from it fails.
        """
        self._count(row.address)
        for _ in range(TRIES):
            error = await self._guard(self._finishing.do(partial(self._settle, row, result)))
            if error is None:
                return
            if isinstance(error, StorageBusy):
                raise error
        async with self._store.transaction("finish") as work:
            await self._write(work, row, result, " (what follows failed)")

    async def _settle(self, row: OutboxRow, result: Result, work: UnitOfWork) -> None:
        if await self._write(work, row, result):  # else fenced: another worker owns the row
            await self._aftermath.of(work, row, result)

    def _count(self, address: Address) -> None:
        now, name = self._clock.elapsed(), (address.channel, address.account)
        recent = [one for one in self._sent.get(name, ()) if now - one < 1.0]
        self._sent[name] = [*recent, now]

    async def _pace(self, work: UnitOfWork, address: Address) -> None:
        """No account sends more in a second than its messenger takes (CHANNELS.md section 9, rule 2)."""
        name, most = (address.channel, address.account), PER_SECOND.get(address.channel)
        if most is not None and len(self._sent[name]) > most - OTHER_PLACES:
            until = work.now + timedelta(seconds=1)
            await work.outbox.shut_gate(*name, until, PACE)

    async def _write(
        self, work: UnitOfWork, row: OutboxRow, result: Result, note: str = ""
    ) -> bool:
        """What becomes of the row. False = fenced: nothing was written."""
        await self._pace(work, row.address)
        if result == NOT_STARTED:  # given back as it was: no label, no attempt
            return await work.outbox.finish(row, "waiting", attempt=row.attempt - 1)
        after = next_state(result, row.attempt, self._chance.bytes(1)[0] / 127.5 - 1)
        values: dict[str, Any] = {"outcome": (after.outcome + note)[:80]}
        if isinstance(result, Sent):
            values["message_id"] = result.id
        if after.state == "waiting":
            values |= {
                "due_at": work.now + timedelta(seconds=after.due_in), "failed_at": work.now,
                "maybe_sent": row.maybe_sent or after.maybe_sent,
            }  # fmt: skip
        return await work.outbox.finish(row, after.state, **values)
