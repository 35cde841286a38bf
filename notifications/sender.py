"""Claim, send, finish: the only caller of Channel.send (TRUST.md section 5)."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from cases.clock import Clock
from cases.codes import Chance
from cases.messages import Address, Outgoing
from locales.catalog import Catalog
from notifications.channel import Bad, Channel, Gone, Result, Retry, Sent, Unknown
from notifications.fit import fit
from notifications.outgoing import body_of, outgoing_of
from storage.ledgers.outbox import Message, OutboxRow
from storage.store import Store
from storage.unit_of_work import UnitOfWork

MANY = 8  # so that all claimed rows start well inside their lease
LAST_START = 40.0  # seconds after the claim, on the elapsed clock
CALL = 15.0
PER_SECOND = {"telegram": 25}
PACE = "pace"  # why a gate is shut for a second: nothing is wrong
STUCK = timedelta(seconds=60)
_BACK_OFF = (2, 5, 15, 45, 120, 300)


class DeliveryProtocol(Protocol):
    """What a failed delivery means for a case; implemented above, called in the sender's commit."""

    async def gone(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def stuck(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def shut(self, work: UnitOfWork, row: OutboxRow, why: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a row after an answer."""

    state: str  # waiting | sent | dead
    due_in: float = 0.0
    maybe_sent: bool = False
    outcome: str = ""


def next_state(result: Result, attempt: int, jitter: float) -> Next:
    """The outcome table. `jitter` is between -1 and 1: a quarter of the back-off either way."""
    pause = _BACK_OFF[min(attempt, len(_BACK_OFF)) - 1] * (1 + jitter / 4)
    match result:
        case Sent():
            return Next("sent")
        case Retry(after=after, why=why, begun=begun):
            return Next("waiting", max(after, 1.0), begun, f"retry {why}")
        case Unknown(why=why):
            return Next("waiting", pause, maybe_sent=True, outcome=f"unknown {why}")
        case Gone(why=why):
            return Next("dead", outcome=f"gone {why}")
        case Bad(why=why):
            return Next("dead", outcome=f"bad {why}")


Guard = Callable[[Awaitable[Result]], Coroutine[Any, Any, Result | Exception]]


def _result(outcome: Result | Exception) -> Result:
    """One row that breaks the program is dead and visible; it holds up no other."""
    if isinstance(outcome, Exception):
        return Bad(f"bug {type(outcome).__name__}")
    return outcome


@dataclass(frozen=True, slots=True)
class Around:
    """What is handed in from above: what failures mean, how bugs are caught, whether this is a trial."""

    delivery: DeliveryProtocol
    guard: Guard
    trial: bool = False


class Sender:
    """Empties the outbox. What it does not finish is claimed again by whoever comes next."""

    def __init__(
        self, store: Store, channels: Mapping[tuple[str, str], Channel], catalog: Catalog,
        around: Around,
    ) -> None:  # fmt: skip
        self._store = store
        self._channels = channels
        self._catalog = catalog
        self._delivery = around.delivery
        self._guard = around.guard
        self._trial = around.trial
        self._clock: Clock = store.clock
        self._chance: Chance = store.chance
        self._sent: dict[tuple[str, str], list[float]] = {}
        self._worker = store.chance.bytes(8).hex()

    async def drain(self) -> int:
        """Send whatever is due. Returns how many rows were worked on."""
        count = 0
        while True:
            since = self._clock.elapsed()  # before the claim: the lease runs from there
            rows = await self._claim()
            if not rows:
                return count
            async with asyncio.TaskGroup() as calls:
                tasks = [calls.create_task(self._guard(self._call(row, since))) for row in rows]
            done = zip(rows, [_result(task.result()) for task in tasks], strict=True)
            await self._finish(list(done))
            count += len(rows)

    async def _claim(self) -> list[OutboxRow]:
        async with self._store.reading("outbox") as work:
            due = await work.outbox.next_at()
            if due is None or due > work.now:
                return []
        async with self._store.transaction("claim") as work:
            return await work.outbox.claim(self._worker, MANY)

    async def _call(self, row: OutboxRow, since: float) -> Result:
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
        if self._clock.elapsed() - since > LAST_START:
            return Retry(1, "chat", "too late to start")
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

    async def _finish(self, done: list[tuple[OutboxRow, Result]]) -> None:
        async with self._store.transaction("finish") as work:
            for row, result in done:
                await self._settle(work, row, result)
            await self._pace(work, [row.address for row, _ in done])

    async def _pace(self, work: UnitOfWork, sent: list[Address]) -> None:
        """No account sends more in a second than its messenger takes (CHANNELS.md section 9, rule 2)."""
        now = self._clock.elapsed()
        for address in sent:
            name = (address.channel, address.account)
            recent = [one for one in self._sent.get(name, ()) if now - one < 1.0]
            self._sent[name] = [*recent, now]
            most = PER_SECOND.get(address.channel)
            if most is not None and len(self._sent[name]) > most - MANY:
                until = work.now + timedelta(seconds=1)
                await work.outbox.shut_gate(*name, until, PACE)

    async def _settle(self, work: UnitOfWork, row: OutboxRow, result: Result) -> None:
        after = next_state(result, row.attempt, self._chance.bytes(1)[0] / 127.5 - 1)
        values: dict[str, Any] = {"outcome": after.outcome}
        if isinstance(result, Sent):
            values["message_id"] = result.id
        if after.state == "waiting":
            values |= {
                "due_at": work.now + timedelta(seconds=after.due_in), "failed_at": work.now,
                "maybe_sent": row.maybe_sent or after.maybe_sent,
            }  # fmt: skip
        if not await work.outbox.finish(row, after.state, **values):
            return  # fenced: another worker owns the row
        await self._consequences(work, row, result, work.now)

    async def _consequences(
        self, work: UnitOfWork, row: OutboxRow, result: Result, now: datetime
    ) -> None:
        match result:
            case Retry(after=after, scope=scope, why=why):
                until = now + timedelta(seconds=after)
                if scope == "account":
                    address = row.address
                    await work.outbox.shut_gate(address.channel, address.account, until, why)
                    await self._delivery.shut(work, row, why)
                    await self._delivery.stuck(work, row)
                elif why == "429":
                    await self._chat_shut(work, row, until, now)
            case Gone():
                await self._delivery.gone(work, row)
            case Bad(fix=fix):
                # A card that cannot be edited any more is shown afresh, whatever the reason.
                fix = fix or ("fresh" if row.op == "edit" else "")
                if fix and not row.key.endswith(f"~{fix}"):
                    await self._fixed(work, row, fix)
                elif row.body.get("alert"):
                    await self._delivery.stuck(work, row)
            case _:
                pass
        late = not isinstance(result, Sent | Gone) and now - row.about_at > STUCK
        if late and row.body.get("alert"):
            await self._delivery.stuck(work, row)

    async def _chat_shut(
        self, work: UnitOfWork, row: OutboxRow, until: datetime, now: datetime
    ) -> None:
        """429: this chat waits to the second; a second chat at the same time means the whole account."""
        await work.outbox.hold_chat(row.contact_id, until)
        if await work.outbox.held_chats(row.channel) > 1:
            address = row.address
            await work.outbox.shut_gate(address.channel, address.account, until, "429")
        if until - now > STUCK and row.body.get("alert"):
            await self._delivery.stuck(work, row)

    async def _fixed(self, work: UnitOfWork, row: OutboxRow, fix: str) -> None:
        """The named fix once, as a new row: a fresh card, plain text, shorter pieces."""
        outgoing = outgoing_of(row.key, row.body)
        if fix == "fresh":
            outgoing = replace(outgoing, op="say", target="")
        body = {**body_of(outgoing), "alert": row.body.get("alert", False)}
        await work.outbox.put(
            Message(f"{row.key}~{fix}", row.contact_id, row.channel, outgoing.op, body,
                    row.priority, row.case_id)
        )  # fmt: skip
        work.wake("outbox")
