"""The bytes of files, sealed in pieces of 1 MiB under the file's own key (TRUST.md section 12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from cases.watch import DAMAGED, LOOKED_AT
from storage.keys import Unreadable
from storage.records.attachments import FileRow
from storage.tables import file_parts, files
from storage.tx import Tx

PIECE = 1024 * 1024  # bytes; each has a commit of its own, so that no alert waits for a whole file
ORIGINAL, VIEW = "orig", "view"
BROKEN = "broken"  # our own fault: the bytes are good, and are looked at again


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an original, or of the copy of a picture that may be shown."""

    what: str
    n: int
    last: bool
    body: bytes


def parts_of(what: str, data: bytes) -> list[Part]:
    """A whole file in pieces."""
    starts = range(0, len(data), PIECE)
    return [
        Part(what, n, start + PIECE >= len(data), data[start : start + PIECE])
        for n, start in enumerate(starts)
    ]


class FileParts:
    """Number and last-flag are in the AAD: no piece can be moved, and a cut-off end is no end."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def put(self, row: FileRow, part: Part) -> bool:
        """Store a piece for whoever holds the row now. False = that is somebody else."""
        holds = and_(
            files.c.id == row.id, files.c.attempt == row.attempt, files.c.state == "wanted"
        )
        if await self._tx.one(select(files.c.id).where(holds)) is None:
            return False
        await self.put_ahead(row.id, part)
        return True

    async def put_ahead(self, file_id: str, part: Part) -> None:
        """A piece of a file whose message is not stored yet: it comes with its request."""
        place = _place(file_id, part.what, part.n, last=part.last)
        sealed = await self._tx.seal(f"file:{file_id}", place, part.body)
        values: dict[str, Any] = {
            "file_id": file_id, "what": part.what, "n": part.n, "last": part.last,
            "made_at": self._tx.now, "body": sealed,
        }  # fmt: skip
        await self._tx.add(file_parts, values)

    async def count(self, file_id: str, what: str) -> int:
        """How many pieces the whole has; 0 = it is not whole."""
        query = select(file_parts.c.n, file_parts.c.last).where(_of(file_id, what))
        found = await self._tx.all(query.order_by(file_parts.c.n))
        in_order = [row["n"] for row in found] == list(range(len(found)))
        return len(found) if found and in_order and found[-1]["last"] else 0

    async def read(self, file_id: str, what: str, n: int, *, last: bool) -> bytes:
        """One piece. Raises Unreadable for one that was removed, moved, cut off or changed."""
        this = and_(_of(file_id, what), file_parts.c.n == n)
        row = await self._tx.one(select(file_parts.c.body).where(this))
        if row is None:
            raise Unreadable("a piece of a file is missing")
        place = _place(file_id, what, n, last=last)
        return await self._tx.open(f"file:{file_id}", place, row["body"])

    async def drop_one(self, file_id: str, *what: str) -> bool:
        """Remove one piece, the last first, so that what is left is not whole. False = none is left."""
        mine = _of(file_id, *what)
        query = select(file_parts.c.what, file_parts.c.n).where(mine)
        row = await self._tx.one(query.order_by(file_parts.c.n.desc()).limit(1))
        if row is None:
            return False
        this = and_(_of(file_id, row["what"]), file_parts.c.n == row["n"])
        await self._tx.run(delete(file_parts).where(this))
        return True

    async def drop_views(self, case_id: str) -> None:
        """No copy of any picture of this case that may be shown is left."""
        of_case = file_parts.c.file_id.in_(select(files.c.id).where(files.c.case_id == case_id))
        await self._tx.run(delete(file_parts).where(of_case, file_parts.c.what == VIEW))

    async def unneeded(self, many: int = 20) -> Sequence[str]:
        """Files that were refused, or are kept already: their bytes go. What we only broke stays.

        And what is damaged: where a key was lost, it may be found again.
        """
        ours = (BROKEN, DAMAGED, LOOKED_AT)
        refused = and_(files.c.state == "failed", files.c.why.not_in(ours))
        gone = or_(refused, files.c.state == "same")
        there = exists().where(file_parts.c.file_id == files.c.id)
        found = await self._tx.all(select(files.c.id).where(gone, there).limit(many))
        return [row["id"] for row in found]

    async def orphans(self, before: datetime, many: int = 20) -> Sequence[str]:
        """Files older than that whose message was never stored."""
        known = exists().where(files.c.id == file_parts.c.file_id)
        old = and_(file_parts.c.n == 0, file_parts.c.made_at < before, ~known)
        query = select(file_parts.c.file_id).where(old).distinct().limit(many)
        return [row["file_id"] for row in await self._tx.all(query)]


def _of(file_id: str, *what: str) -> ColumnElement[bool]:
    return and_(file_parts.c.file_id == file_id, file_parts.c.what.in_(what))


def _place(file_id: str, what: str, n: int, *, last: bool) -> str:
    return f"file_parts|body|{file_id}:{what}:{n}:{'last' if last else 'more'}"
