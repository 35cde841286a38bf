"""What an answer means beyond its row: gates, the next address, the row mended once (TRUST.md section 5)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from notifications.channel import Bad, Gone, Result, Retry, Sent, Unknown
from notifications.outgoing import body_of, outgoing_of
from storage.ledgers.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork

_HELD = "429"  # the messenger itself says until when this chat has to wait
STUCK = timedelta(seconds=60)
DOUBTFUL = ("zalobot",)  # nobody knows how a block shows there
_DOUBTED = 3  # times without an answer on one chat


class DeliveryProtocol(Protocol):
    """What a failed delivery means for a case; implemented above, called in the sender's commit."""

    async def gone(self, work: UnitOfWork, row: OutboxRow, why: str) -> None: ...

    async def unbuttoned(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def dead(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def unsaid(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def stuck(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def doubted(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def arrived(self, work: UnitOfWork, row: OutboxRow) -> None: ...

    async def shut(self, work: UnitOfWork, row: OutboxRow, why: str) -> None: ...

    def removes(self, row: OutboxRow) -> bool:
        """Whether its messenger can take a message off a phone."""
        ...

    async def explain(self, work: UnitOfWork, row: OutboxRow, key: str, after: str) -> None:
        """One neutral line to its address, under this key, once the row `after` has arrived."""
        ...

    async def anew(self, work: UnitOfWork, row: OutboxRow) -> Mapping[str, Any] | None:
        """What a row that was held back says now; None: nothing any more."""
        ...


class Aftermath:
    """In the commit of the finish: keys are natural, so doing it twice changes nothing."""

    def __init__(self, delivery: DeliveryProtocol) -> None:
        self._delivery = delivery

    async def of(self, work: UnitOfWork, row: OutboxRow, result: Result) -> None:
        """Do what follows from this answer to this row."""
        now = work.now
        match result:
            case Retry(after=after, scope=scope, why=why):
                until = now + timedelta(seconds=after)
                if scope == "account":
                    address = row.address
                    await work.outbox.shut_gate(address.channel, address.account, until, why)
                    await self._delivery.shut(work, row, why)
                    await self._delivery.stuck(work, row)
                elif why == _HELD:
                    await self._chat_shut(work, row, until, now)
                elif after > STUCK.total_seconds() and row.body.get("alert"):
                    # This message alone waits (for the morning): an answer to danger still passes there.
                    await self._delivery.stuck(work, row)
            case Gone(why=why):
                await self._delivery.gone(work, row, why)
            case Bad(fix=fix):
                await self._refused(work, row, fix)
            case Unknown() if row.channel in DOUBTFUL and row.attempt >= _DOUBTED:
                await self._delivery.doubted(work, row)
            case Sent() if row.channel in DOUBTFUL and row.attempt >= _DOUBTED:
                await self._delivery.arrived(work, row)
            case _:
                pass
        late = not isinstance(result, Sent | Gone | Bad) and now - row.about_at > STUCK
        if late and row.body.get("alert"):
            await self._delivery.stuck(work, row)

    async def _chat_shut(
        self, work: UnitOfWork, row: OutboxRow, until: datetime, now: datetime
    ) -> None:
        """This chat waits to the second; a second one refused (429) within ten shuts the account."""
        await work.outbox.hold_chat(row.contact_id, until)
        address = row.address
        if await work.outbox.held_chats(address.channel, address.account) > 1:
            await work.outbox.shut_gate(address.channel, address.account, until, "429")
        if until - now > STUCK and row.body.get("alert"):
            await self._delivery.stuck(work, row)

    async def _refused(self, work: UnitOfWork, row: OutboxRow, fix: str) -> None:
        """It never passes as it is: mended once, else dead, and an alert goes another way at once."""
        if row.op == "edit" and row.readable:
            # A card that cannot be edited any more is shown afresh, whatever the reason.
            fix = fix or "fresh"
        if fix == "numbered":
            await self._delivery.unbuttoned(work, row)
        if row.op == "remove" and row.body.get("explains"):
            await self._delivery.explain(work, row, row.body["explains"], row.after)
        if fix and not row.key.endswith(f"~{fix}"):
            await self._fixed(work, row, fix)
        elif row.body.get("alert"):
            await self._delivery.dead(work, row)
        else:
            await self._delivery.unsaid(work, row)

    async def _fixed(self, work: UnitOfWork, row: OutboxRow, fix: str) -> None:
        """The named fix once, as a new row: a fresh card, plain text, shorter pieces."""
        outgoing = outgoing_of(row.key, row.body)
        if fix == "fresh":
            outgoing = replace(outgoing, op="say", target="")
        body = {**row.body, **body_of(outgoing), "fit": fix}  # whose alert it is stays with it
        await work.outbox.put(
            Message(f"{row.key}~{fix}", row.contact_id, row.channel, outgoing.op, body,
                    row.priority, row.case_id)
        )  # fmt: skip
        work.wake("outbox")
