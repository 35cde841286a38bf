"""What has lived long enough: found and emptied or deleted in small batches, each its own commit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select, update

from cases.model import Case, Status
from storage.ledgers.history import case_of
from storage.tables import (
    audit,
    case_events,
    cases,
    data_keys,
    file_parts,
    files,
    inbox,
    invites,
    login_links,
    outbox,
    paper_links,
    people,
    records,
    rights,
    slips,
    staff_sessions,
    talks,
    timers,
    webchat_messages,
    webchat_sessions,
)
from storage.tx import Tx

_EMPTY = b""
_OVER = ("sent", "cancelled")
_READINGS = ("read", "file_opened")


class Expired:
    """`before`: what is older. `many`: at most so many rows, so that an alert never waits for long."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def raw(self, before: datetime, many: int) -> int:
        """Messages as they came in, once they are done; a held case keeps its own."""
        old = and_(inbox.c.state == "done", inbox.c.received_at < before, inbox.c.raw != _EMPTY)
        query = select(inbox.c.seq).where(old, ~_held(inbox.c.case_id)).order_by(inbox.c.seq)
        found = [row["seq"] for row in await self._tx.all(query.limit(many))]
        if found:
            await self._tx.run(update(inbox).where(inbox.c.seq.in_(found)).values(raw=_EMPTY))
        return len(found)

    async def said(self, before: datetime, many: int) -> int:
        """The words of messages that are about no case, or about one that was closed before that."""
        ended = exists().where(
            cases.c.id == outbox.c.case_id, cases.c.status == Status.CLOSED,
            cases.c.closed_at < before,
        )  # fmt: skip
        old = and_(
            outbox.c.state.in_(_OVER), outbox.c.due_at < before, outbox.c.body != _EMPTY,
            or_(outbox.c.case_id == "", and_(ended, ~_held(outbox.c.case_id))),
        )  # fmt: skip
        query = select(outbox.c.seq).where(old).order_by(outbox.c.seq).limit(many)
        found = [row["seq"] for row in await self._tx.all(query)]
        if found:
            await self._tx.run(update(outbox).where(outbox.c.seq.in_(found)).values(body=_EMPTY))
        return len(found)

    async def asked(self, before: datetime, many: int) -> int:
        """The words of requests that were answered, and whose they were; what, when and how stays."""
        where = and_(
            rights.c.closed_at < before, or_(rights.c.body != _EMPTY, rights.c.contact_id != "")
        )
        query = select(rights.c.id, rights.c.case_id).where(where, ~_held(rights.c.case_id))
        rows = await self._tx.all(query.limit(many))
        await self._drop([f"rights:{row['id']}" for row in rows if not row["case_id"]])
        for row in rows:
            gone = update(rights).where(rights.c.id == row["id"])
            await self._tx.run(gone.values(body=_EMPTY, contact_id=""))
        return len(rows)

    async def requests(self, before: datetime, many: int) -> int:
        """Their records. The newest stays: no number is given twice."""
        newest = select(func.max(rights.c.no)).scalar_subquery()
        old = and_(rights.c.closed_at < before, rights.c.body == _EMPTY, rights.c.no < newest)
        found = [
            row["id"] for row in await self._tx.all(select(rights.c.id).where(old).limit(many))
        ]
        if found:
            await self._tx.run(delete(rights).where(rights.c.id.in_(found)))
        return len(found)

    async def of_case(self, case_id: str) -> int:
        """The words of all messages about a closed case; that they were sent stays."""
        old = and_(outbox.c.case_id == case_id, outbox.c.state.in_(_OVER), outbox.c.body != _EMPTY)
        return int((await self._tx.run(update(outbox).where(old).values(body=_EMPTY))).rowcount)

    async def doors(self, now: datetime, many: int) -> int:
        """Links, sessions and invitations that open nothing any more."""
        day = timedelta(days=1)
        slow = (
            (login_links, login_links.c.expires_at < now - day),
            (paper_links, paper_links.c.expires_at < now - day),
            (slips, slips.c.expires_at < now - 30 * day),
            (staff_sessions, staff_sessions.c.made_at < now - day),
            (invites, invites.c.expires_at < now - day),
        )  # fmt: skip
        return sum([await self._delete(table, where, many) for table, where in slow])

    async def _delete(self, table: Table, where: ColumnElement[bool], many: int) -> int:
        query = select(table.c.hash).where(where).limit(many)
        found = [row["hash"] for row in await self._tx.all(query)]
        if found:
            await self._tx.run(delete(table).where(table.c.hash.in_(found)))
        return len(found)

    async def keys_of_nothing(self, many: int) -> int:
        """The keys of talks and files whose rows are gone: what a backup still holds stays shut.

        A file that is just being sent has pieces before it has a row.
        """
        gone = 0
        for kind, columns in (
            ("talk", (talks.c.id,)),
            ("file", (files.c.id, file_parts.c.file_id)),
        ):
            its = func.substr(data_keys.c.scope, len(kind) + 2)
            alone = and_(
                data_keys.c.scope.like(f"{kind}:%"), data_keys.c.erased_at.is_(None),
                *(~exists().where(column == its) for column in columns),
            )  # fmt: skip
            rows = await self._tx.all(select(data_keys.c.scope).where(alone).limit(many))
            await self._drop([row["scope"] for row in rows])
            gone += len(rows)
        return gone

    async def threads(self, after: str, before: datetime, many: int) -> list[str]:
        """Sessions of the web chat in which nothing was said since then, by name, behind `after`."""
        talking = exists().where(
            webchat_messages.c.session_id == webchat_sessions.c.id, webchat_messages.c.at >= before
        )
        old = and_(
            webchat_sessions.c.id > after, webchat_sessions.c.made_at < before, ~talking
        )  # fmt: skip
        query = select(webchat_sessions.c.id).where(old).order_by(webchat_sessions.c.id).limit(many)
        return [row["id"] for row in await self._tx.all(query)]

    async def drop_thread(self, session: str) -> None:
        """Nothing of what was said there can be read any more, and nobody comes back to it."""
        mine = webchat_messages.c.session_id == session
        await self._tx.run(delete(webchat_messages).where(mine))
        await self._tx.run(delete(webchat_sessions).where(webchat_sessions.c.id == session))
        await self._drop([f"web:{session}"])

    async def unarmed(self, many: int) -> list[Case]:
        """Closed cases that owe nothing: closed before there was a timer, or its row was lost."""
        owed = exists().where(
            timers.c.owner == "case:" + cases.c.id, timers.c.kind == "retention",
            timers.c.state == "armed",
        )  # fmt: skip
        closed = and_(cases.c.status == Status.CLOSED, cases.c.erased_at.is_(None), ~owed)
        rows = await self._tx.all(select(cases).where(closed).order_by(cases.c.id).limit(many))
        return [case_of(row) for row in rows]

    async def written_at(self, case_id: str) -> datetime | None:
        """When whoever reported last said something about it."""
        return await self._last(case_events.c.at, case_events.c.case_id == case_id,
                                case_events.c.actor == "reporter")  # fmt: skip

    async def looked_at(self, case_id: str) -> datetime | None:
        """When a member of staff last opened it or did something to it."""
        staff = select(people.c.id)
        opened = await self._last(
            audit.c.at,
            audit.c.case_id == case_id,
            audit.c.act.in_(_READINGS),
            audit.c.actor.in_(staff),
        )
        worked = await self._last(
            case_events.c.at, case_events.c.case_id == case_id, case_events.c.actor.in_(staff)
        )
        found = [one for one in (opened, worked) if one is not None]
        return max(found, default=None)

    async def pictures(self, case_id: str) -> list[str]:
        """The pictures of a case whose bytes are still here."""
        seen = and_(files.c.case_id == case_id, files.c.kind.in_(("image", "video", "sticker")))
        return [row["id"] for row in await self._tx.all(select(files.c.id).where(seen))]

    async def drop_files(self, ids: Sequence[str]) -> None:
        """Their keys and rows; the pieces go with the orphans of the next pass."""
        await self._drop([f"file:{one}" for one in ids])
        await self._tx.run(delete(files).where(files.c.id.in_(ids)))

    async def _last(self, column: Any, *where: ColumnElement[bool]) -> datetime | None:
        row = await self._tx.one(select(func.max(column).label("at")).where(*where))
        return row["at"] if row else None

    async def _drop(self, scopes: Sequence[str]) -> None:
        if not scopes:
            return
        these = data_keys.c.scope.in_(scopes)
        values = {"wrapped": _EMPTY, "erased_at": self._tx.now}
        await self._tx.run(update(data_keys).where(these).values(**values))
        self._tx.forget(scopes)


def _held(case_id: Any) -> ColumnElement[bool]:
    """Whether somebody holds this case back: of it nothing goes."""
    on = and_(records.c.case_id == case_id, records.c.kind == "hold", records.c.state == "on")
    return exists().where(on)
