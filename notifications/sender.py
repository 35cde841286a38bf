"""Claim, send, finish: the only caller of Channel.send (TRUST.md section 5)."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from cases.clock import Clock
from cases.messages import Address, Outgoing, Picture
from cases.safe_contact import opening
from locales.catalog import Catalog
from notifications.aftermath import DeliveryProtocol
from notifications.billing import Bills
from notifications.bundle import Bundler, Parcel, parcels
from notifications.channel import Bad, Channel, Result, Retry, Sent, Unknown
from notifications.finish import Finisher
from notifications.fit import fit, mended
from notifications.notices import DIGEST
from notifications.outcome import NOT_STARTED, TOO_OLD, UNREADABLE, result_of
from notifications.outgoing import outgoing_of
from notifications.pace import Pace, Room
from notifications.patience import patience
from notifications.retract import COPIES, each, still_to_go
from notifications.thrift import HELD, Thrift
from storage.ledgers.leaving import Skip
from storage.ledgers.outbox import OutboxRow
from storage.shared import Guard
from storage.store import StorageBusy, Store
from storage.unit_of_work import UnitOfWork

Pictures = Callable[[str], Picture | None]
WEB_PLACES = 32  # calls at a time
OTHER_PLACES = 5  # on all messengers but the page
LAST_START = 40.0  # seconds after the claim, on the elapsed clock
CALL = 15.0
GATHER = 0.1  # seconds more until a full account is looked at: then it takes several at once
LOOK = 1.0  # seconds after which a busy sender looks for more unasked: a time may have come
DIGEST_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Around:
    """What is handed in from above: what failures mean, how bugs are caught, whether this is a trial.

    `breath`: seconds between two looks of a busy sender; the first row of a burst never waits.
    `pictures`: what everybody may see, by name; nothing else leaves as a picture.
    """

    delivery: DeliveryProtocol
    guard: Guard
    trial: bool = False
    breath: float = 0.0
    thrift: Thrift | None = None  # where a month has only so many messages
    pictures: Pictures = lambda _: None
    alive: Callable[[], bool] = lambda: True
    """Whether the others know that we are here; who is taken for dead starts no call."""
    senders: Callable[[], int] = lambda: 1  # how many share what a messenger takes in a second
    cycle: Callable[[], None] = lambda: None  # told after each finished look: the sender is alive


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
        self._bills = Bills(store, around.thrift or Thrift(store, {}), around.senders)
        self._finisher = Finisher(store, around.delivery, around.guard, self._bills.settle)
        self._finish = self._finisher.finish
        self._pace = Pace(channels.keys(), around.senders, OTHER_PLACES)
        self._opens: asyncio.TimerHandle | None = None
        self._guard = around.guard
        self._trial = around.trial
        self._breath = around.breath
        self._cycle = around.cycle
        self._thrift = around.thrift
        self._pictures = around.pictures
        self._alive = around.alive
        self._clock: Clock = store.clock
        self.worker = store.chance.bytes(8).hex()
        self._bundler = Bundler(catalog, around.delivery, self.worker)
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
                for lane, parcel in claimed:
                    lane.busy += 1
                    self._running.update(row.id for row in parcel.rows)
                    calls.create_task(self._place(lane, parcel, since, broken))
                count += len(claimed)
                self._cycle()
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

    async def _claim(self) -> list[tuple[_Lane, Parcel]]:
        free = [lane for lane in self._lanes if lane.busy < lane.places]
        if self._stopping or not free or not self._alive():
            return []
        async with self._store.reading("outbox") as work:
            due = await work.outbox.next_at()
            if due is None or due > work.now:
                return []
        async with self._store.transaction("claim") as work:
            return [
                (lane, parcel)
                for lane in free
                for parcel in parcels(await self._claimed(work, lane))
            ]

    async def _claimed(self, work: UnitOfWork, lane: _Lane) -> list[OutboxRow]:
        room = Room(lane.places - lane.busy)
        if lane.but:  # a page takes whatever comes
            room = await self._pace.room(work, room.many)
            self._look_at(room.opens)
        skip = Skip(self._running, room.full)
        return await work.outbox.claim(
            self.worker, room.many, only=lane.only, but=lane.but, skip=skip
        )

    def _look_at(self, opens: datetime | None) -> None:
        """An account that is full takes more then: no metronome is waited for."""
        if opens is None or self._opens is not None:
            return
        wait = max((opens - self._clock.now()).total_seconds(), 0.0) + GATHER
        self._opens = asyncio.get_running_loop().call_later(wait, self._look_now)

    def _look_now(self) -> None:
        self._opens = None
        self._store.waker("outbox")

    async def _place(
        self, lane: _Lane, parcel: Parcel, since: float, broken: list[Exception]
    ) -> None:
        """One message from its call to the finish of each of its rows; then the place is free."""
        try:
            outcome = await self._guard(self._call(parcel, since))
            message = parcel.message
            result = result_of(outcome, message.attempt, message.outcome)
            error = await self._guard(self._finish(parcel.rows, result)) if parcel.rows else None
            if error is not None:
                broken.append(error)
        finally:
            self._bills.over(parcel.message)
            lane.busy -= 1
            self._running -= parcel.ids
            self._look.set()

    async def _filled(self, parcel: Parcel) -> bool:
        """Whoever else leaves with it, as things are now. False = nothing is left to say, or not now."""
        try:
            async with self._store.transaction("gather") as work:
                await self._bundler.fill(work, parcel)
        except StorageBusy:
            return False
        self._running |= parcel.ids
        return bool(parcel.rows)

    async def _call(self, parcel: Parcel, since: float) -> Result:
        row = parcel.message
        if not row.readable:
            return Bad(UNREADABLE)
        if row.priority == DIGEST and self._clock.now() - row.about_at >= DIGEST_LIFE:
            return Bad(TOO_OLD)
        if row.bundle and not await self._filled(parcel):
            return NOT_STARTED
        row = parcel.message
        channel = self._channels.get((row.address.channel, row.address.account))
        if channel is None:
            return Retry(60, "account", "channel is not set up")
        if (held := await self._held(row)) is not None:
            return held
        outgoing = await self._ready(row)
        if not isinstance(outgoing, Outgoing):
            return outgoing
        return await self._pieces(channel, row, outgoing, since)

    async def _pieces(
        self, channel: Channel, row: OutboxRow, outgoing: Outgoing, since: float
    ) -> Result:
        """One after another; the first that is not taken ends it."""
        result: Result = Bad("empty")
        before: list[str] = []
        abilities = mended(channel.abilities, row.body.get("fit", ""))
        pieces = each(outgoing) or fit(outgoing, abilities, partial(self._catalog.say, row.lang))
        if (held := await self._bills.before(channel, row, len(pieces))) is not None:
            return held
        for piece in pieces:
            self._bills.leaves(row)
            result = await self._piece(channel, piece, row.address, since, begun=bool(before))
            self._bills.answered(row, result)
            if isinstance(result, Retry) and before:
                return replace(result, begun=True, before=tuple(before))
            if not isinstance(result, Sent):
                return result
            before.append(result.id)
        return replace(result, before=tuple(before[:-1])) if isinstance(result, Sent) else result

    async def _held(self, row: OutboxRow) -> Result | None:
        """What must wait though its channel could: for a safe hour, or for the next month."""
        if self._thrift is not None and await self._thrift.holds(row):
            return Retry(HELD, "chat", "quota is kept for alerts")
        wait = self._until_safe(row)
        return Retry(wait, "chat", "safe hours") if wait > 0 else None

    def _until_safe(self, row: OutboxRow) -> float:
        """Seconds until the hours in which this reporter may be written to first; 0 = now, or always.

        It was planned for them; but a sender that stood still must not ring at night for it.
        """
        hours, now = row.body.get("hours"), self._clock.now()
        if not hours:
            return 0.0
        return (opening((hours[0], hours[1]), now) - now).total_seconds()

    async def _piece(
        self, channel: Channel, piece: Outgoing, address: Address, since: float, *, begun: bool
    ) -> Result:
        late = self._clock.elapsed() - since > LAST_START
        stopping = self._stopping and not begun  # half a message would come again, whole and marked
        if stopping or late or not self._alive():
            return NOT_STARTED
        try:
            async with patience(CALL):
                return await channel.send(piece, address)
        except TimeoutError:
            return Unknown("time-out")

    async def _ready(self, row: OutboxRow) -> Outgoing | Result:
        """The message as it goes out; or the answer, where there is nothing to send."""
        outgoing = replace(
            outgoing_of(row.key, row.body), repeat=row.maybe_sent and row.op in COPIES
        )
        if row.op == "remove" and row.after:
            async with self._store.reading("target") as work:
                return await still_to_go(work, row, outgoing)
        if row.op == "media":
            picture = self._pictures(outgoing.media.ref) if outgoing.media is not None else None
            if picture is None:
                return Bad("no public picture")
            outgoing = replace(outgoing, media=picture)
        if self._trial and row.channel != "web":  # the page has a banner of its own
            banner = self._catalog.say(row.lang, "talk.demo")
            outgoing = replace(outgoing, text=f"{banner}\n{outgoing.text}")
        if not outgoing.target:
            return outgoing
        async with self._store.reading("target") as work:
            state, ids = await work.outbox.sent_ids(outgoing.target)
        if row.op == "remove" and state == "sending":
            return Retry(5, "chat", "on its way")
        if state != "sent" or not ids:
            return Sent("") if row.op == "remove" else Bad("nothing to edit")
        whole = tuple(ids) if row.op == "remove" else ()
        return replace(outgoing, target=ids[-1], ids=whole)
