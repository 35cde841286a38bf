"""Who did and who read what: a chain of HMACs, so that a changed, deleted or re-ordered row is named."""

import hmac
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from storage.keys import Unreadable
from storage.tables import audit, audit_head
from storage.tx import Row, Tx

_START = b"\0" * 32
_ONE = {"this": 1}  # there is one head
_HEAD = select(audit_head.c.n, audit_head.c.hash).where(audit_head.c.id == bindparam("this"))
_MOVE_HEAD = update(audit_head).where(audit_head.c.id == bindparam("this"))
_ROW = insert(audit)


class Audit:
    """Appended last in a transaction, under the head row's lock. No row is updated or deleted."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._unwritten: list[dict[str, Any]] = []
        tx.last.append(self.settle)

    async def write(
        self, actor: str, act: str, case_id: str = "", detail: dict[str, Any] | None = None
    ) -> None:
        """One row. The detail enters the hash as ciphertext, so erasure leaves the chain whole.

        It is written when everything else is: whoever has the head holds up every other writer.
        """
        row = {"actor": actor, "act": act, "case_id": case_id, "detail": detail or {}}
        self._unwritten.append(row)

    async def settle(self) -> None:
        """Write now what was noted: before a key is erased under which it belongs."""
        if not self._unwritten:
            return
        rows, self._unwritten = self._unwritten, []
        tx = self._tx
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

    async def verify(self) -> list[tuple[int, str]]:
        """Every bad row with what is wrong, the first first; empty = the chain is whole."""
        await self.settle()
        bad, prev, expected = [], _START, 1
        for row in await self._tx.all(select(audit).order_by(audit.c.n)):
            if row["n"] != expected:
                bad.append((expected, "missing"))
            elif row["prev"] != prev or row["hash"] != self._hash(prev, dict(row)):
                bad.append((row["n"], "changed"))
            prev, expected = row["hash"], row["n"] + 1
        head = await self._tx.one(_HEAD, **_ONE)
        if head and (head["n"] != expected - 1 or head["hash"] != prev):
            bad.append((head["n"], "the end of the chain is missing"))
        elif head is None and expected > 1:
            bad.append((expected - 1, "the head of the chain is missing"))
        return bad

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

    def _hash(self, prev: bytes, row: dict[str, Any]) -> bytes:
        canonical = json.dumps(
            [row["n"], row["at"].isoformat(), row["actor"], row["act"], row["case_id"],
             row["detail"].hex()],
            separators=(",", ":"),
        )  # fmt: skip
        return hmac.digest(self._tx.keys.audit_key, prev + canonical.encode(), "sha256")
