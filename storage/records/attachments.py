"""Files people sent: the reference at once, with the message; the bytes later (file_parts.py)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from storage.columns import Arrival
from storage.keys import Unreadable
from storage.tables import files, talks
from storage.tx import Tx

LEASE = timedelta(
    minutes=2
)  # longer than a file may take: 30 s to fetch, 20 s to look at, 21 commits

_PLAIN = (
    "id", "key", "contact_id", "channel", "account", "kind", "case_id", "talk_id", "album",
    "state", "why", "mime", "size", "attempt", "told", "shut", "received_at", "kept_at",
)  # fmt: skip
_UNTOLD = select(files).where(
    files.c.contact_id == bindparam("contact"), files.c.state == "failed", files.c.told.is_(False)
)
_MOVED = select(files).where(files.c.talk_id == bindparam("talk"), files.c.case_id == "")
_COUNTS = (
    select(files.c.kind, files.c.state, files.c.why, files.c.shut, func.count().label("n"))
    .where(files.c.case_id == bindparam("case"))
    .group_by(files.c.kind, files.c.state, files.c.why, files.c.shut)
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of one message. `ref` is what its channel fetches it by, `facts` what we found in it.

    Until its case opens it belongs to a talk. `attempt` is raised by each claim: who holds an older
    one may change nothing any more.
    """

    id: str
    key: str
    contact_id: str
    channel: str
    account: str
    kind: str  # image | voice | video | file | sticker
    ref: str
    unique: str = ""
    case_id: str = ""
    talk_id: str = ""
    album: str = ""
    state: str = "wanted"  # wanted | kept | failed | same (as another) | noted (never fetched)
    why: str = ""
    mime: str = ""
    size: int = 0
    attempt: int = 0
    told: bool = False
    shut: bool = False
    received_at: datetime | None = None
    kept_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    readable: bool = True  # False: what is sealed of it is damaged, and empty here

    @property
    def owner(self) -> str:
        """Whose it is: the same file is kept once there."""
        return self.case_id or self.talk_id


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a file whose bytes are here."""

    kind: str
    mime: str
    size: int
    sha256: str
    why: str = ""  # unsafe: no view copy could be made of the picture


@dataclass(frozen=True, slots=True)
class Count:
    """So many files of a case are of this kind, in this state, for this reason. `shut`: by a person."""

    kind: str
    state: str
    why: str
    n: int
    shut: bool = False


class Files:
    """Rows decide what is still to be fetched. Everything sealed is under a key of the file's own."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, row: FileRow) -> bool:
        """Note the reference. False = this very file of this very message is noted already."""
        ref = json.dumps({"ref": row.ref, "unique": row.unique}).encode()
        values = {
            "id": row.id, "key": row.key, "case_id": row.case_id, "talk_id": row.talk_id,
            "contact_id": row.contact_id, "channel": row.channel, "account": row.account,
            "kind": row.kind, "album": row.album, "state": row.state, "why": row.why,
            "mime": row.mime[:96], "size": row.size, "told": row.told,
            "ref": await self._tx.seal(f"file:{row.id}", f"files|ref|{row.id}", ref),
            "try_at": self._tx.now, "received_at": row.received_at or self._tx.now,
        }  # fmt: skip
        return await self._tx.add(files, values)

    async def get(self, file_id: str) -> FileRow | None:
        row = await self._tx.one(select(files).where(files.c.id == file_id))
        return await self._row(row) if row else None

    async def of_case(self, case_id: str) -> list[FileRow]:
        """All of them, in the order they came. Reading them is an act: the gate logs it."""
        return await self._many(files.c.case_id == case_id)

    async def of_owner(self, owner: str) -> list[FileRow]:
        """The files of a case, or of a talk that has none yet."""
        return await self._many(_of(owner))

    async def counts(self, case_id: str) -> list[Count]:
        found = await self._tx.all(_COUNTS, case=case_id)
        return [
            Count(row["kind"], row["state"], row["why"], row["n"], bool(row["shut"]))
            for row in found
        ]

    async def any_of(self, case_id: str, *, shut: bool = False) -> bool:
        """Whether something was sent with this case; `shut`: and shut since."""
        where = and_(files.c.case_id == case_id, files.c.shut if shut else true())
        return await self._tx.one(select(files.c.id).where(where).limit(1)) is not None

    async def shut(self, file_id: str, *, shut: bool) -> bool:
        """Nobody opens it any more, or again as before. False = it stands so already."""
        this = and_(files.c.id == file_id, files.c.shut.is_not(shut))
        return bool((await self._tx.run(update(files).where(this).values(shut=shut))).rowcount)

    async def size_of(self, owner: str) -> int:
        """How many bytes this case or talk holds, or will hold when what is wanted has come."""
        where = and_(_of(owner), files.c.state.in_(("wanted", "kept")))
        row = await self._tx.one(select(func.sum(files.c.size).label("n")).where(where))
        return int(row["n"] or 0) if row else 0

    async def move(self, talk_id: str, case_id: str) -> None:
        """What was sent before the case was open belongs to the case."""
        for row in await self._tx.all(_MOVED, talk=talk_id):
            one = await self._row(row)
            sha256 = one.facts.get("sha256")
            same = self._index(case_id, str(sha256)) if sha256 else None
            await self._set(one.id, case_id=case_id, same_index=same)

    async def claim(self, many: int) -> list[FileRow]:
        """Take what is due, under a lease: `attempt` rises, and nobody else takes it before it lapses.

        One that cannot be read is taken like any other, and says so.
        """
        now = self._tx.now
        due = select(files).where(files.c.state == "wanted", files.c.try_at <= now)
        taken = []
        due = due.order_by(files.c.try_at, files.c.received_at, Arrival(files)).limit(many)
        for row in await self._tx.hold_free(due):
            await self._set(row["id"], attempt=row["attempt"] + 1, try_at=now + LEASE)
            taken.append(await self._row({**row, "attempt": row["attempt"] + 1}))
        return taken

    async def later(self, row: FileRow, why: str, try_at: datetime) -> bool:
        """Nothing came of this attempt. False = the row is not ours any more."""
        return await self._ours(row, why=why, try_at=try_at)

    async def failed(self, row: FileRow, why: str) -> bool:
        """It will not come, and why. False = the row is not ours any more."""
        return await self._ours(row, state="failed", why=why)

    async def kept(self, row: FileRow, found: Kept) -> bool:
        """Its bytes are here. False = the row is not ours any more."""
        facts = json.dumps({"sha256": found.sha256, "size": found.size, "mime": found.mime})
        sealed = await self._tx.seal(f"file:{row.id}", f"files|facts|{row.id}", facts.encode())
        same = self._index(row.owner, found.sha256)
        await self._tx.alone(f"files of {row.owner}")  # one picture may come to two workers at once
        any_ = self._tx.keys.blinds("file", f"{row.owner}|{found.sha256}")
        twin = and_(_of(row.owner), files.c.same_index.in_(any_), files.c.state == "kept")
        state = "same" if await self._tx.one(select(files.c.id).where(twin)) else "kept"
        return await self._ours(
            row, state=state, kind=found.kind, mime=found.mime, size=found.size, why=found.why,
            facts=sealed, same_index=same, kept_at=self._tx.now,
        )  # fmt: skip

    async def untold(self, contact_id: str) -> list[FileRow]:
        """What this address sent, was lost, and nobody has said so yet."""
        return [await self._row(row) for row in await self._tx.all(_UNTOLD, contact=contact_id)]

    async def tell(self, file_id: str) -> None:
        """Whoever sent it knows now that it was lost."""
        await self._set(file_id, told=True)

    async def hush(self, contact_id: str) -> None:
        """After a quick exit nothing is said there of what was sent before."""
        await self._tx.run(update(files).where(files.c.contact_id == contact_id).values(told=True))

    async def revive(self, why: Sequence[str], since: datetime) -> int:
        """A reference stays good: what an outage or a fault of ours lost is tried again."""
        lost = and_(files.c.state == "failed", files.c.why.in_(why), files.c.received_at >= since)
        values = {"state": "wanted", "attempt": 0, "try_at": self._tx.now}
        return int((await self._tx.run(update(files).where(lost).values(**values))).rowcount)

    async def next_at(self) -> datetime | None:
        """When the next file is due."""
        found = await self._tx.one(
            select(func.min(files.c.try_at).label("at")).where(files.c.state == "wanted")
        )
        return found["at"] if found else None

    async def forsaken(self, before: datetime, many: int = 20) -> Sequence[str]:
        """Files older than that of a talk that was empty and is gone."""
        talking = exists().where(talks.c.id == files.c.talk_id)
        old = and_(files.c.case_id == "", files.c.received_at < before, ~talking)
        query = select(files.c.id).where(old).limit(many)
        return [row["id"] for row in await self._tx.all(query)]

    async def forget(self, file_id: str) -> None:
        """The row of a file whose pieces are gone."""
        await self._tx.run(delete(files).where(files.c.id == file_id))

    def _index(self, owner: str, sha256: str) -> bytes:
        return self._tx.keys.blind("file", f"{owner}|{sha256}")

    async def _ours(self, row: FileRow, **values: Any) -> bool:
        holds = and_(
            files.c.id == row.id, files.c.attempt == row.attempt, files.c.state == "wanted"
        )
        return bool((await self._tx.run(update(files).where(holds).values(**values))).rowcount)

    async def _set(self, file_id: str, **values: Any) -> None:
        await self._tx.run(update(files).where(files.c.id == file_id).values(**values))

    async def _many(self, where: ColumnElement[bool]) -> list[FileRow]:
        query = select(files).where(where).order_by(files.c.received_at, Arrival(files))
        return [await self._row(row) for row in await self._tx.all(query)]

    async def _row(self, row: Any) -> FileRow:
        plain = {name: row[name] for name in _PLAIN}
        try:
            return FileRow(**plain, **await self._sealed(row))
        except (Unreadable, ValueError, TypeError):
            return FileRow(**plain, ref="", readable=False)  # it alone; every other is read

    async def _sealed(self, row: Any) -> dict[str, Any]:
        """What of it is under its own key."""
        scope = f"file:{row['id']}"
        ref: dict[str, Any] = json.loads(
            await self._tx.open(scope, f"files|ref|{row['id']}", row["ref"])
        )
        if row["facts"] is None:
            return ref
        facts = await self._tx.open(scope, f"files|facts|{row['id']}", row["facts"])
        return {**ref, "facts": json.loads(facts)}


def _of(owner: str) -> ColumnElement[bool]:
    unfiled = and_(files.c.talk_id == owner, files.c.case_id == "")
    return or_(files.c.case_id == owner, unfiled)
