"""What came in: every message and command once, sealed, in the order it arrived."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, select, update

from cases.codes import digest
from storage.keys import Unreadable
from storage.tables import inbox
from storage.tx import Tx

_LONGEST = 128
_DESK = "desk"  # the channel of the command line and of the staff pages
READ = "audit"  # its account, where only the audit is told again
_OLDER = inbox.alias("older")
HEAD = ~exists().where(
    and_(_OLDER.c.lane == inbox.c.lane, _OLDER.c.state == "new", _OLDER.c.seq < inbox.c.seq)
)
_OLDEST = (
    select(inbox)
    .where(inbox.c.state == "new", inbox.c.next_at <= bindparam("now"), HEAD)
    .order_by(inbox.c.seq)
    .limit(bindparam("many"))
)
_THIS = select(inbox.c.seq).where(inbox.c.seq == bindparam("this"), inbox.c.state == "new")
_OURS = update(inbox).where(inbox.c.seq == bindparam("this"), inbox.c.state == "new")


@dataclass(frozen=True, slots=True)
class Received:
    """A message before it has a row. `lane` keeps the order of one conversation and names nobody."""

    channel: str
    account: str
    dedupe: str
    lane: str
    raw: bytes
    received_at: datetime | None = None
    once: tuple[str, ...] = ()  # what the lane was called under an older index key


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message on its way; `attempt` counts failures so far."""

    seq: int
    id: str
    channel: str
    account: str
    lane: str
    raw: bytes
    received_at: datetime
    attempt: int
    readable: bool = True  # False: the sealed body is damaged, and empty here


def _fits(dedupe: str) -> str:
    """An index takes no name of any length; one that is too long is named by its digest."""
    return dedupe if len(dedupe) <= _LONGEST else digest(dedupe)


class InboxLedger:
    """UNIQUE(channel, account, dedupe): one message is one row, whoever repeats it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def accept(
        self, rows: Sequence[Received], *, state: str = "new", replayed: bool = False
    ) -> list[str | None]:
        """Store each; the id of the new row, or None when it was known already."""
        return [await self._accept(row, state, replayed) for row in rows]

    async def _accept(self, row: Received, state: str, replayed: bool) -> str | None:
        tx, at = self._tx, row.received_at or self._tx.now
        new_id = tx.id_of("inbox", row.channel, row.account, row.dedupe)
        sealed = await tx.seal(f"day:{at:%Y-%m-%d}", f"inbox|raw|{new_id}", row.raw)
        values = {
            "id": new_id, "channel": row.channel, "account": row.account, "dedupe": _fits(row.dedupe),
            "lane": await self._lane(row), "raw": sealed, "received_at": at, "state": state, "next_at": at,
            "replayed": replayed,
        }  # fmt: skip
        return new_id if await tx.add(inbox, values) else None

    async def _lane(self, row: Received) -> str:
        """While the index key changes, what waits under the old name of a conversation goes first."""
        for old in row.once:
            waits = select(inbox.c.seq).where(inbox.c.lane == old, inbox.c.state == "new").limit(1)
            if await self._tx.one(waits) is not None:
                return old
        return row.lane

    async def record(self, channel: str, what: str) -> str:
        """An act of the command line or the dashboard leaves a row too, already done."""
        dedupe = self._tx.new_id()
        row = Received(channel, "site", dedupe, f"{channel}:site:{dedupe}", what.encode())
        (row_id,) = await self.accept([row], state="done")
        assert row_id is not None
        return row_id

    async def redo(self, act: str, told: Mapping[str, Any], account: str = "site") -> None:
        """An act of the command line or of a page, with all it takes to do it again after a restore.

        It is in the journal before whoever did it is told so. Inside a turn it is only noted: there
        the message itself is told again.
        """
        if self._tx.lot is not None:
            await self.record(_DESK, act)
        else:
            await self.leave({"redo": act, "told": told}, account)

    async def again(self, act: str, by: str, told: Mapping[str, Any]) -> None:
        """Said before an act of a page or a command that is done anew, by its own rules, after a restore.

        From here on ids and buttons follow from it, as in a turn. `by`: whose act it is, "" = the
        operator's. Inside a turn nothing is left: there the message itself is told again.
        """
        if self._tx.lot is None:
            row_id = await self.leave({"redo": act, "by": by, "told": told}, "site")
            self._tx.follows("turn", row_id)

    async def leave(self, told: Mapping[str, Any], account: str = "site") -> str:
        """Something to be told again, in the journal before the transaction is confirmed. Its id."""
        name = self._tx.chance.bytes(16).hex()
        raw = json.dumps(told, ensure_ascii=False).encode()
        row = Received(_DESK, account, name, f"{_DESK}:{account}:{name}", raw, self._tx.now)
        (row_id,) = await self.accept([row], state="done")
        assert row_id is not None
        self._tx.left.append(row)
        return row_id

    async def oldest(self, many: int) -> list[InboxRow]:
        """The oldest unfinished row of each lane, if it is due: in order inside a conversation.

        While another worker has it in hand, its whole lane waits.
        """
        found = await self._tx.hold_free(_OLDEST, now=self._tx.now, many=many)
        return [await self.opened(row) for row in found]

    async def opened(self, row: Any) -> InboxRow:
        """With its body, where that can be read."""
        scope = f"day:{row['received_at']:%Y-%m-%d}"
        try:
            raw = await self._tx.open(scope, f"inbox|raw|{row['id']}", row["raw"])
            readable = True
        except (Unreadable, ValueError, TypeError):
            raw, readable = b"", False  # the row alone is damaged; every other is read
        return InboxRow(
            row["seq"], row["id"], row["channel"], row["account"], row["lane"], raw,
            row["received_at"], row["attempt"], readable,
        )  # fmt: skip

    async def of_lane(self, lanes: Sequence[str], since: datetime) -> list[InboxRow]:
        """What came in on one conversation, by each name it had, since then and can be read."""
        query = select(inbox).where(inbox.c.lane.in_(lanes), inbox.c.received_at > since)
        found = await self._tx.all(query.order_by(inbox.c.seq))
        rows = [await self.opened(row) for row in found]
        return [row for row in rows if row.readable and row.raw]

    async def names(self, channel: str, message_id: str) -> bool:
        """Whether any event about this message of the platform came in."""
        about = inbox.c.dedupe.contains(message_id, autoescape=True)
        query = select(inbox.c.seq).where(inbox.c.channel == channel, about).limit(1)
        return await self._tx.one(query) is not None

    async def done(self, row: InboxRow, case_id: str = "") -> bool:
        """False = somebody else finished it, or is about to: leave it alone."""
        if self._tx.holding and not await self._tx.hold_free(_THIS, this=row.seq):
            return False
        return await self._set(row, state="done", case_id=case_id)

    async def unfinished(self, row: InboxRow) -> bool:
        """Whether it still waits; then nobody else finishes it before we have ended."""
        return await self._tx.hold(_THIS, this=row.seq) is not None

    async def failed(self, row: InboxRow, error: str, next_at: datetime) -> None:
        await self._set(row, attempt=row.attempt + 1, error=error[:80], next_at=next_at)

    async def parked(self, row: InboxRow, error: str, case_id: str) -> None:
        """A human has it now, as a raw report; the lane goes on."""
        values = {"state": "parked", "attempt": row.attempt + 1, "error": error[:80]}
        same = inbox.c.seq == row.seq
        await self._tx.run(update(inbox).where(same).values(case_id=case_id, **values))

    async def _set(self, row: InboxRow, **values: Any) -> bool:
        return bool((await self._tx.run(_OURS, this=row.seq, **values)).rowcount)

    async def since(self, at: datetime) -> list[Received]:
        """Everything that came in from then on and can be read: for the journal's comparison."""
        found = await self._tx.all(
            select(inbox).where(inbox.c.received_at >= at).order_by(inbox.c.seq)
        )
        rows = [(row, await self.opened(row)) for row in found]
        return [
            Received(row["channel"], row["account"], row["dedupe"], row["lane"], one.raw,
                     one.received_at)
            for row, one in rows
            if one.readable
        ]  # fmt: skip

    async def from_people(self) -> bool:
        """Whether anybody ever wrote, rather than an operator at the desk."""
        row = select(inbox.c.seq).where(inbox.c.channel != _DESK).limit(1)
        return await self._tx.one(row) is not None

    async def next_at(self) -> datetime | None:
        """When the next unfinished row may be tried."""
        found = await self._tx.one(
            select(func.min(inbox.c.next_at).label("at")).where(inbox.c.state == "new")
        )
        return found["at"] if found else None
