"""What erasing takes out of the tables: keys first, then everything they sealed; a tombstone stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, literal, or_, select, update

from cases.model import Status
from storage.keys import Unreadable
from storage.records.people import Contact, Contacts
from storage.tables import (
    case_events,
    case_people,
    cases,
    contacts,
    data_keys,
    file_parts,
    files,
    inbox,
    letters,
    offers,
    openings,
    outbox,
    paper_links,
    records,
    reporters,
    slips,
    talks,
    timers,
    webchat_messages,
    webchat_sessions,
)
from storage.tx import Row, Tx

_EMPTY = b""
_FINISHED = inbox.c.state.in_(("done", "parked"))
_UNFINISHED = ("waiting", "sending")
_BESIDE = (
    case_events,
    records,
    letters,
    slips,
    paper_links,
    offers,
    openings,
    talks,
)  # rows of a case
CLEARED = (*_BESIDE, files, case_people, reporters)  # every row of a case in them goes
_PIECE = (
    select(file_parts.c.file_id, file_parts.c.what, file_parts.c.n)
    .join(data_keys, data_keys.c.scope == literal("file:") + file_parts.c.file_id)
    .where(data_keys.c.erased_at.is_not(None))
    .limit(1)
)


class Remains:
    """One transaction leaves nothing to be read: also for who still holds a key in memory."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def tombstone(self, case_id: str) -> Row | None:
        """The case as it stands, erased or not."""
        return await self._tx.one(select(cases).where(cases.c.id == case_id))

    async def standing(self, case_id: str, submission: str) -> list[str]:
        """The cases of this id or submission that were not erased."""
        same = cases.c.id == case_id
        if submission:
            same = or_(same, cases.c.submission == submission)
        query = select(cases.c.id).where(same, cases.c.erased_at.is_(None))
        return [row["id"] for row in await self._tx.all(query)]

    async def erase_case(self, case_id: str, reason: str, at: datetime | None = None) -> None:
        """Everything of it but its tombstone: code, dates, reason. Pieces of files: `piece`."""
        row = await self.tombstone(case_id)
        assert row is not None
        talked = [row["submission"], *await self._ids(talks.c.id, talks.c.case_id == case_id)]
        theirs = await self._ids(reporters.c.contact_id, reporters.c.case_id == case_id)
        about = [*theirs, *await self._others(case_id)]
        sent = or_(files.c.case_id == case_id, files.c.talk_id.in_(talked))
        scopes = [f"file:{one}" for one in await self._ids(files.c.id, sent)]
        await self._empty_inbox(row, about)
        await self._forget_said(row, about)
        await self._drop_keys([f"case:{case_id}", *(f"talk:{one}" for one in talked), *scopes])
        await self._tx.run(delete(files).where(sent))
        await self._drop_rows(case_id, talked)
        gone = [one for one in theirs if await self._erase_contact(one)]
        await self._tx.run(
            update(cases)
            .where(cases.c.id == case_id)
            .values(
                erased_at=at or self._tx.now, erased_why=reason, erased_persons=len(gone),
                holder="", flags="", records=0, status=Status.CLOSED.value,
                closed_at=row["closed_at"] or at or self._tx.now,
                closed_reason=row["closed_reason"] or "erased",
            )
        )  # fmt: skip

    async def piece(self) -> Row | None:
        """(file_id, what, n) of a piece whose key was erased, if any is left."""
        return await self._tx.one(_PIECE)

    async def drop_piece(self, piece: Row) -> None:
        this = and_(*(file_parts.c[name] == piece[name] for name in ("file_id", "what", "n")))
        await self._tx.run(delete(file_parts).where(this))

    async def erase_person(self, contact_id: str) -> bool:
        """An address of a reporter; their cases stand and cannot reach it any more. False = not there."""
        row = await self._tx.one(select(contacts).where(contacts.c.id == contact_id))
        if row is None or row["person_id"]:
            return False
        here = reporters.c.contact_id == contact_id
        await self._tx.run(update(reporters).where(here).values(gone=True))
        await self._erase(row)
        return True

    async def _erase_contact(self, contact_id: str) -> bool:
        """Unless they are staff, reported something else, or are writing to us now."""
        row = await self._tx.one(select(contacts).where(contacts.c.id == contact_id))
        if row is None or row["person_id"]:
            return False
        needed = (
            exists().where(reporters.c.contact_id == contact_id),
            exists().where(talks.c.contact_id == contact_id),
            exists().where(inbox.c.lane.in_(await self._lanes([contact_id])), ~_FINISHED),
        )
        if await self._tx.one(
            select(contacts.c.id).where(contacts.c.id == contact_id, or_(*needed))
        ):
            return False
        await self._erase(row)
        return True

    async def _erase(self, row: Row) -> None:
        contact_id = row["id"]
        await self._empty(inbox.c.lane.in_(await self._lanes([contact_id])))
        if row["channel"] == "web":
            await self._erase_session(await self._contact(contact_id))
        await self._drop_keys([f"person:{contact_id}"])
        await self._silence(outbox.c.contact_id == contact_id)
        await self._tx.run(delete(offers).where(offers.c.contact_id == contact_id))
        await self._tx.run(delete(contacts).where(contacts.c.id == contact_id))

    async def _erase_session(self, contact: Contact | None) -> None:
        if contact is not None:
            await self._drop_keys([f"web:{contact.user}"])
            mine = webchat_messages.c.session_id == contact.user
            await self._tx.run(delete(webchat_messages).where(mine))
            ours = webchat_sessions.c.id == contact.user
            await self._tx.run(delete(webchat_sessions).where(ours))

    async def _drop_keys(self, scopes: Sequence[str]) -> None:
        """The wrapped keys are emptied; their rows stay, so that no new key takes their name."""
        these = data_keys.c.scope.in_(scopes)
        values = {"wrapped": _EMPTY, "kek": "", "erased_at": self._tx.now}
        await self._tx.run(update(data_keys).where(these).values(**values))
        self._tx.forget(scopes)

    async def _drop_rows(self, case_id: str, talked: Sequence[str]) -> None:
        for table in _BESIDE:
            await self._tx.run(delete(table).where(table.c.case_id == case_id))
        await self._tx.run(delete(talks).where(talks.c.id.in_(talked)))
        await self._tx.run(delete(reporters).where(reporters.c.case_id == case_id))
        called = and_(case_people.c.case_id == case_id, case_people.c.excluded.is_(False))
        await self._tx.run(delete(case_people).where(called))
        owners = [f"case:{case_id}", *(f"talk:{one}" for one in talked)]
        armed = and_(timers.c.owner.in_(owners), timers.c.state == "armed")
        await self._tx.run(
            update(timers).where(armed).values(state="stopped", ended_at=self._tx.now)
        )

    async def _silence(self, which: ColumnElement[bool]) -> None:
        """Nothing of it goes out any more, and none of its words stay."""
        late = update(outbox).where(which, outbox.c.state.in_(_UNFINISHED))
        await self._tx.run(late.values(state="cancelled", lease_until=None))
        await self._tx.run(update(outbox).where(which).values(body=_EMPTY))

    async def _others(self, case_id: str) -> list[str]:
        """The addresses of staff who did or were told something about it."""
        acted = select(case_events.c.actor).where(case_events.c.case_id == case_id)
        called = select(case_people.c.person_id).where(case_people.c.case_id == case_id)
        staff = or_(contacts.c.person_id.in_(acted), contacts.c.person_id.in_(called))
        theirs = await self._ids(contacts.c.id, and_(contacts.c.person_id != "", staff))
        told = await self._ids(outbox.c.contact_id, outbox.c.case_id == case_id)
        return [*theirs, *told]

    async def _empty_inbox(self, case: Row, contact_ids: Sequence[str]) -> None:
        """What they wrote while it ran, raw; the rows stay: the journal must know that they came.

        What is finished is needed by nobody, also where it was about another case.
        """
        await self._empty(inbox.c.case_id == case["id"])
        since = inbox.c.received_at >= case["received_at"]
        await self._empty(inbox.c.lane.in_(await self._lanes(contact_ids)), since)
        for row in await self._tx.all(select(inbox).where(inbox.c.channel == "desk", since)):
            if await self._names(row, (case["code"], case["id"])):
                await self._empty(inbox.c.seq == row["seq"])

    async def _forget_said(self, case: Row, contact_ids: Sequence[str]) -> None:
        """What these addresses were told of it, also before it was a case and in answer to a press."""
        talked = and_(
            outbox.c.contact_id.in_(contact_ids), outbox.c.case_id == "",
            outbox.c.state.not_in(_UNFINISHED),
            outbox.c.about_at.between(case["received_at"], case["closed_at"] or self._tx.now),
        )  # fmt: skip
        said = or_(outbox.c.case_id == case["id"], talked)
        keys = select(outbox.c.key).where(said)
        for contact in filter(None, [await self._contact(one) for one in contact_ids]):
            if contact.channel == "web":
                mine = webchat_messages.c.session_id == contact.user
                await self._tx.run(
                    delete(webchat_messages).where(mine, webchat_messages.c.key.in_(keys))
                )
        await self._silence(outbox.c.case_id == case["id"])
        await self._tx.run(update(outbox).where(talked).values(body=_EMPTY))

    async def _names(self, row: Row, names: Sequence[str]) -> bool:
        """Whether an act of a page, or a reading, was about this case."""
        if not row["raw"]:
            return False
        place = f"inbox|raw|{row['id']}"
        raw = await self._tx.open(f"day:{row['received_at']:%Y-%m-%d}", place, row["raw"])
        return any(name.encode() in raw for name in names)

    async def _empty(self, *which: ColumnElement[bool]) -> None:
        await self._tx.run(update(inbox).where(_FINISHED, *which).values(raw=_EMPTY))

    async def _lanes(self, contact_ids: Sequence[str]) -> list[str]:
        found = [await self._contact(one) for one in contact_ids]
        names = [f"{one.channel}:{one.account}:{one.chat}" for one in found if one is not None]
        return [one.hex() for name in names for one in self._tx.keys.blinds("lane", name)]

    async def _contact(self, contact_id: str) -> Contact | None:
        """None also where its address cannot be read any more."""
        try:
            return await Contacts(self._tx).get(contact_id)
        except Unreadable:
            return None

    async def _ids(self, column: Any, where: ColumnElement[bool]) -> list[str]:
        found = await self._tx.all(select(column.label("it")).where(where).distinct())
        return [str(row["it"]) for row in found]
