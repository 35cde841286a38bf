"""Who did and who read what: a chain of HMACs, so that a changed, deleted or re-ordered row is named."""

import hmac
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from cases.anchors import Anchor
from storage.keys import Unreadable
from storage.ledgers.inbox import READ, InboxLedger
from storage.tables import audit, audit_anchors, audit_head
from storage.tx import Row, Tx

_START = b"\0" * 32
_ONE = {"this": 1}  # there is one head
_HEAD = select(audit_head.c.n, audit_head.c.hash).where(audit_head.c.id == bindparam("this"))
_MOVE_HEAD = update(audit_head).where(audit_head.c.id == bindparam("this"))
_ROW = insert(audit)
_AT_ONCE = 2_000  # rows in memory while the chain is checked, however long it is
_NEXT = select(audit).where(audit.c.n > bindparam("after")).order_by(audit.c.n).limit(_AT_ONCE)
_FIRST_BAD = 20  # more would say no more
_NOBODY = (
    "system",
    "-",
)  # the program itself, and whoever did not come in: nobody's act or reading


class Audit:
    """Appended last in a transaction, under the head row's lock. No row is updated or deleted."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._unwritten: list[dict[str, Any]] = []
        self._beside: list[dict[str, Any]] = []  # of no turn: the journal must tell them again
        tx.last.append(self.settle)

    async def write(
        self, actor: str, act: str, case_id: str = "", detail: dict[str, Any] | None = None
    ) -> None:
        """One row. The detail enters the hash as ciphertext, so erasure leaves the chain whole.

        It is written when everything else is: whoever has the head holds up every other writer.
        """
        row = {"actor": actor, "act": act, "case_id": case_id, "detail": detail or {}}
        self._unwritten.append(row)
        if self._tx.lot is None and actor not in _NOBODY and self._tx.unsure_until is None:
            self._beside.append(row)

    async def settle(self) -> None:
        """Write what was noted so far, at the end of the chain."""
        if not self._unwritten:
            return
        rows, self._unwritten = self._unwritten, []
        tx = self._tx
        if self._beside:
            beside, self._beside = self._beside, []
            await InboxLedger(tx).leave({"redo": "audited", "told": {"rows": beside}}, READ)
        head = await tx.hold(_HEAD, **_ONE) or await self._begin()
        n, prev = head["n"], head["hash"]
        for one in rows:
            n += 1
            plain = json.dumps(one["detail"], ensure_ascii=False).encode()
            detail = await self._seal(one["case_id"], n, plain)
            row = {**one, "n": n, "at": tx.now, "detail": detail}
            digest = self._hash(prev, row)
            await tx.run(_ROW, **row, prev=prev, hash=digest)
            prev = digest
        await tx.run(_MOVE_HEAD, **_ONE, n=n, hash=prev)

    async def _begin(self) -> Row:
        await self._tx.add(audit_head, {"id": 1, "n": 0, "hash": _START})
        head = await self._tx.hold(_HEAD, **_ONE)
        assert head is not None
        return head

    async def _seal(self, case_id: str, n: int, plain: bytes) -> bytes:
        """Under the key of its case; what is done about a case that was erased has none."""
        place = f"audit|detail|{n}"
        if case_id:
            with suppress(Unreadable):
                return await self._tx.seal(f"case:{case_id}", place, plain)
        return await self._tx.seal("system", place, plain)

    async def verify(self, kept: Sequence[Anchor] = ()) -> list[tuple[int, str]]:
        """The first bad rows with what is wrong, in order; empty = the chain is whole.

        It is held against every head that was sent to people, and against those they typed (`kept`):
        a chain whose end was cut, or that was made anew with the key, fits itself but not them.
        """
        await self.settle()
        held = [*await self.anchors(), *kept]
        bad, prev, expected = [], _START, 1
        asked: dict[int, list[Anchor]] = {}
        for one in held:
            asked.setdefault(one.n, []).append(one)
        async for row in self._rows():
            if row["n"] != expected:
                bad.append((expected, "missing"))
            elif row["prev"] != prev or row["hash"] != self._hash(prev, row):
                bad.append((row["n"], "changed"))
            elif any(not one.holds(row["hash"]) for one in asked.get(row["n"], ())):
                bad.append((row["n"], "not the head that was sent to people"))
            prev, expected = row["hash"], row["n"] + 1
            if len(bad) >= _FIRST_BAD:
                return bad
        return [*bad, *await self._end(expected - 1, prev, held)]

    async def _rows(self) -> AsyncIterator[Row]:
        """All rows in order, a few at a time: a chain of a life fits into no memory."""
        after = -1
        while found := await self._tx.all(_NEXT, after=after):
            for row in found:
                yield row
            after = found[-1]["n"]

    async def _end(self, last: int, link: bytes, held: Sequence[Anchor]) -> list[tuple[int, str]]:
        """What the last row says: it must be the head, and not stand before what people were sent."""
        head = await self._tx.one(_HEAD, **_ONE)
        bad = []
        if head and (head["n"] != last or head["hash"] != link):
            bad.append((head["n"], "the end of the chain is missing"))
        elif head is None and last > 0:
            bad.append((last, "the head of the chain is missing"))
        sent = max((one.n for one in held), default=0)
        return [*bad, *([(sent, "sent to people, and missing")] if sent > last else [])]

    async def head(self) -> Anchor | None:
        """The newest row and its link; None = nothing was ever done."""
        await self.settle()
        row = await self._tx.one(_HEAD, **_ONE)
        return Anchor(row["n"], row["hash"]) if row else None

    async def anchors(self) -> list[Anchor]:
        """Every head that was sent to somebody, the oldest first."""
        columns = (audit_anchors.c.day, audit_anchors.c.n, audit_anchors.c.hash)
        rows = await self._tx.all(select(*columns).distinct().order_by(audit_anchors.c.n))
        return [Anchor(row["n"], row["hash"], row["day"]) for row in rows]

    async def sent(self, anchor: Anchor, person_id: str) -> None:
        """This head went to this person; what they were told on a day never changes."""
        values = {"day": anchor.day, "sent_to": person_id, "n": anchor.n, "hash": anchor.hash}
        await self._tx.add(audit_anchors, {**values, "at": self._tx.now})

    async def holds(self, n: int, digest: bytes) -> bool:
        """Whether the chain passes through this row: the head it had when somebody wrote it down."""
        row = await self._tx.one(select(audit.c.hash).where(audit.c.n == n))
        return n == 0 or (row is not None and bytes(row["hash"]) == digest)

    async def recent(self, act: str, within: timedelta, actor: str) -> tuple[int, int]:
        """How often this was done lately: by this actor, and by everybody."""
        await self.settle()
        own = func.count().filter(audit.c.actor == actor).label("own")
        lately = and_(audit.c.act == act, audit.c.at > self._tx.now - within)
        row = await self._tx.one(select(own, func.count().label("everybody")).where(lately))
        return (int(row["own"]), int(row["everybody"])) if row else (0, 0)

    async def ever(self, act: str) -> bool:
        """Whether this was done at any time."""
        await self.settle()
        return await self._tx.one(select(audit.c.n).where(audit.c.act == act).limit(1)) is not None

    async def count(self) -> int:
        await self.settle()
        head = await self._tx.one(select(audit_head.c.n))
        return int(head["n"]) if head else 0

    def _hash(self, prev: bytes, row: Row) -> bytes:
        canonical = json.dumps(
            [row["n"], row["at"].astimezone(UTC).isoformat(), row["actor"], row["act"], row["case_id"],
             row["detail"].hex()],
            separators=(",", ":"),
        )  # fmt: skip
        return hmac.digest(self._tx.keys.audit_key, prev + canonical.encode(), "sha256")
