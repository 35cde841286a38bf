"""What is known: cases, their sealed events, who was called to them, and the reporters' threads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, func, select, update

from cases.model import Case, Level, Status
from storage.keys import Unreadable
from storage.ledgers.beside import Beside
from storage.tables import case_events, case_people, cases, people, reporters
from storage.tx import Overtaken, Row, Tx, some

_TAKEN = select(cases.c.id).where(cases.c.code == bindparam("its_code"))
_STANDS = cases.c.erased_at.is_(
    None
)  # else it is a tombstone: to everybody as if it were not there
_OPEN = cases.c.status.in_([one.value for one in Status if one is not Status.CLOSED])
_BY_ID = select(cases).where(cases.c.id == bindparam("this"), _STANDS)
_BY_CODE = select(cases).where(cases.c.code == bindparam("this"), _STANDS)
_BY_SUBMISSION = select(cases).where(cases.c.submission == bindparam("this"))
_SAVE = update(cases).where(cases.c.id == bindparam("this"), cases.c.rev == bindparam("its_rev"))
_PEOPLE = select(case_people.c.person_id).where(
    case_people.c.case_id == bindparam("case"), case_people.c.excluded == bindparam("out")
)
_TIES = select(case_people.c.case_id, case_people.c.excluded).where(
    case_people.c.person_id == bindparam("person"),
    case_people.c.case_id.in_(bindparam("those", expanding=True)),
)
_SHUT = select(case_people.c.case_id).where(
    case_people.c.person_id == bindparam("person"), case_people.c.excluded.is_(True)
)
_BY_DIGEST = select(reporters).where(reporters.c.access_hash == bindparam("digest")).limit(1)
_DUPLICATE = cases.c.closed_reason == "duplicate"  # its reporters go on with the case it joined
_REPORTED_BY = (
    select(cases)
    .join(reporters, reporters.c.case_id == cases.c.id)
    .where(reporters.c.contact_id == bindparam("contact"), reporters.c.gone.is_(False), ~_DUPLICATE)
    .order_by(cases.c.opened_at.desc())
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case; `body` is what was said or done."""

    id: str
    case_id: str
    key: str
    act: str
    actor: str
    at: datetime
    body: dict[str, Any]


class Cases:
    """The clear columns of cases, and their append-only sealed events."""

    def __init__(self, tx: Tx, beside: Beside) -> None:
        self._tx = tx
        self._beside = beside

    async def insert(self, case: Case, submission: str) -> Case:
        """Open it. One submission is one case: a repeat gives the case that is there."""
        if await self._tx.add(cases, {"submission": submission, **_columns(case)}):
            return case
        found = await self.by_submission(submission)
        if found is None:
            raise Overtaken  # somebody took the very code just now
        return found

    async def code_taken(self, code: str) -> bool:
        return await self._tx.one(_TAKEN, its_code=code) is not None

    async def get(self, case_id: str) -> Case | None:
        return await self._find(_BY_ID, case_id)

    async def by_code(self, code: str) -> Case | None:
        return await self._find(_BY_CODE, code)

    async def by_submission(self, submission: str) -> Case | None:
        return await self._find(_BY_SUBMISSION, submission)

    async def _find(self, statement: Select[Any], this: str) -> Case | None:
        row = await self._tx.hold(statement, this=this)
        if row is None or not row["records"]:
            return case_of(row) if row else None
        return replace(case_of(row), beside=await self._beside.of(row["id"]))

    async def save(self, case: Case, rev: int) -> bool:
        """Compare-and-set on `rev` and on its records as they were read, or False, and nothing changed.

        A case out of a list comes without its records: those that stand there stay.
        """
        stored = await self._beside.as_read(case.id) if case.beside else {}
        if stored is None:
            return False
        values = {key: value for key, value in _columns(case).items() if key != "id"}
        saved = bool((await self._tx.run(_SAVE, this=case.id, its_rev=rev, **values)).rowcount)
        if saved and case.beside:
            await self._beside.save(case, stored)
        return saved

    async def open_cases(self, commune: str | None = None, many: int = 100_000) -> list[Case]:
        """Cases a human has not closed, the oldest first; commune None = all of them."""
        where = _OPEN if commune is None else and_(_OPEN, cases.c.commune == commune)
        query = select(cases).where(where).order_by(cases.c.received_at, cases.c.id).limit(many)
        return [case_of(row) for row in await self._tx.all(query)]

    async def open_elsewhere(self, person_id: str, commune: str) -> list[Case]:
        """Open cases of other places, or of none, to which this person was called."""
        called = and_(case_people.c.person_id == person_id, case_people.c.excluded.is_(False))
        query = (
            select(cases)
            .join(case_people, case_people.c.case_id == cases.c.id)
            .where(called, _OPEN, cases.c.commune != commune)
            .order_by(cases.c.received_at, cases.c.id)
        )
        return [case_of(row) for row in await self._tx.all(query)]

    async def all_cases(self, commune: str | None = None, many: int = 100_000) -> list[Case]:
        query = select(cases).order_by(cases.c.received_at, cases.c.id).limit(many)
        if commune is not None:
            query = query.where(cases.c.commune == commune)
        return [case_of(row) for row in await self._tx.all(query)]

    async def standing(self, commune: str | None = None) -> list[Case]:
        """The same without those that were erased: they are as if they had never been."""
        query = select(cases).where(_STANDS).order_by(cases.c.received_at, cases.c.id)
        if commune is not None:
            query = query.where(cases.c.commune == commune)
        return [case_of(row) for row in await self._tx.all(query)]

    async def add_event(self, case_id: str, key: str, act: str, actor: str, body: Any) -> bool:
        """Append. False = this very event is there already."""
        tx, new_id = self._tx, self._tx.new_id()
        plain = json.dumps(body, ensure_ascii=False).encode()
        sealed = await tx.seal(f"case:{case_id}", f"case_events|body|{new_id}", plain)
        values = {
            "id": new_id, "case_id": case_id, "key": key, "act": act, "actor": actor,
            "at": tx.now, "body": sealed,
        }  # fmt: skip
        return await tx.add(case_events, values)

    async def joined(self, key: str) -> str:
        """The case that this very event is of, or ""."""
        row = await self._tx.one(select(case_events.c.case_id).where(case_events.c.key == key))
        return str(row["case_id"]) if row else ""

    async def events(self, case_id: str) -> list[Event]:
        """All of them, in order. Reading them is an act: the gate logs it before."""
        query = select(case_events).where(case_events.c.case_id == case_id)
        found = await self._tx.all(query.order_by(case_events.c.seq))
        return [await self._event(row) for row in found]

    async def events_of(
        self, case_ids: Sequence[str], acts: Sequence[str] = ()
    ) -> dict[str, list[Event]]:
        """Those of many cases, in order, or only these acts; a case whose key was erased is not in it."""
        await self._tx.know([f"case:{one}" for one in case_ids])
        found: dict[str, list[Event]] = {one: [] for one in case_ids}
        for those in some(case_ids):
            query = select(case_events).where(case_events.c.case_id.in_(those))
            # An expression has no index: the one of acts would read every such act there ever was.
            query = query.where(case_events.c.act.concat("").in_(acts)) if acts else query
            for row in await self._tx.all(query.order_by(case_events.c.seq)):
                case_id = row["case_id"]
                try:
                    if case_id in found:
                        found[case_id].append(await self._event(row))
                except Unreadable:
                    del found[case_id]
        return found

    async def _event(self, row: Any) -> Event:
        place, scope = f"case_events|body|{row['id']}", f"case:{row['case_id']}"
        body = json.loads(await self._tx.open(scope, place, row["body"]))
        return Event(
            row["id"], row["case_id"], row["key"], row["act"], row["actor"], row["at"], body
        )

    async def has_event(self, key: str) -> bool:
        """Whether this very event is there."""
        return (
            await self._tx.one(select(case_events.c.id).where(case_events.c.key == key)) is not None
        )

    async def involve(self, case_id: str, person_id: str, why: str) -> None:
        """This person was called to the case and may see it."""
        values = {"case_id": case_id, "person_id": person_id, "excluded": False, "why": why}
        await self._tx.add(case_people, values)

    async def involved(self, case_id: str) -> frozenset[str]:
        return await self._people(case_id, excluded=False)

    async def leaves(self, case_id: str, commune: str) -> None:
        """Whoever works in another commune than this was called in vain: no flag opens it to them again.

        Who is excluded stays excluded, and that they were called stays in the events.
        """
        elsewhere = select(people.c.id).where(people.c.commune.not_in(("", commune)))
        await self._tx.run(
            delete(case_people).where(
                case_people.c.case_id == case_id, case_people.c.excluded.is_(False),
                case_people.c.person_id.in_(elsewhere),
            )
        )  # fmt: skip

    async def exclude(self, case_id: str, person_id: str, why: str = "") -> None:
        """From now on the case does not exist for this person."""
        values = {"case_id": case_id, "person_id": person_id, "excluded": True, "why": why}
        await self._tx.add(case_people, values)

    async def include(self, case_id: str, person_id: str) -> None:
        await self._tx.run(
            delete(case_people).where(
                case_people.c.case_id == case_id,
                case_people.c.person_id == person_id,
                case_people.c.excluded.is_(True),
            )
        )

    async def exclusions(self, case_id: str) -> frozenset[str]:
        return await self._people(case_id, excluded=True)

    async def ties(
        self, person_id: str, case_ids: Sequence[str]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Of these cases those this person was called to, and those that do not exist for them."""
        called, out = set[str](), set[str]()
        for those in some(case_ids):
            for row in await self._tx.all(_TIES, person=person_id, those=those):
                (out if row["excluded"] else called).add(row["case_id"])
        return frozenset(called), frozenset(out)

    async def shut_to(self, person_id: str) -> frozenset[str]:
        """The cases that do not exist for this person: few, whatever they were called to in all the years."""
        return frozenset(row["case_id"] for row in await self._tx.all(_SHUT, person=person_id))

    async def _people(self, case_id: str, *, excluded: bool) -> frozenset[str]:
        found = await self._tx.all(_PEOPLE, case=case_id, out=excluded)
        return frozenset(row["person_id"] for row in found)

    async def add_reporter(
        self, case_id: str, contact_id: str, access_code: str, since: datetime | None = None
    ) -> None:
        """This address is a reporter's thread of the case; the access code is kept as an HMAC only.

        `since`: when they first wrote.
        """
        digests = self._tx.keys.blinds("access", access_code.replace(" ", ""))
        known = await self._by_digests(digests)
        digest = known["access_hash"] if known else digests[0]
        values = {
            "case_id": case_id, "contact_id": contact_id, "access_hash": digest,
            "since": since or self._tx.now,
            "thread": self._tx.keys.thread(known or {"access_hash": digest, "thread": ""}),
        }  # fmt: skip
        if not await self._tx.add(reporters, values):
            await self._left(contact_id, case_id, gone=False)

    async def leave(self, contact_id: str) -> None:
        """After a quick exit this address knows of no report; its access code brings it back."""
        await self._left(contact_id, None, gone=True)

    async def _left(self, contact_id: str, case_id: str | None, *, gone: bool) -> None:
        where = reporters.c.contact_id == contact_id
        if case_id is not None:
            where = and_(where, reporters.c.case_id == case_id)
        await self._tx.run(update(reporters).where(where).values(gone=gone))

    async def reporters(self, case_id: str) -> list[str]:
        query = select(reporters.c.contact_id).where(
            reporters.c.case_id == case_id, reporters.c.gone.is_(False)
        )
        return [row["contact_id"] for row in await self._tx.all(query)]

    async def reported_by(self, contact_id: str) -> list[Case]:
        """The cases this address reported, the newest first."""
        return [case_of(row) for row in await self._tx.all(_REPORTED_BY, contact=contact_id)]

    async def show_access(self, case_id: str, contact_id: str) -> bool:
        """True the first time only: the access code is shown once."""
        ours = and_(
            reporters.c.case_id == case_id, reporters.c.contact_id == contact_id,
            reporters.c.shown.is_(False),
        )  # fmt: skip
        return bool((await self._tx.run(update(reporters).where(ours).values(shown=True))).rowcount)

    async def by_access(self, code: str) -> Case | None:
        """The case that this secret access code opens, for its reporter only."""
        known = await self._by_digests(self._tx.keys.blinds("access", code))
        if known is None:
            return None
        joined = cases.join(reporters, reporters.c.case_id == cases.c.id)
        digest = known["access_hash"]
        query = select(cases).select_from(joined).where(reporters.c.access_hash == digest)
        row = await self._tx.one(query.order_by(_DUPLICATE).limit(1))
        return case_of(row) if row else None

    async def _by_digests(self, digests: Sequence[bytes]) -> Row | None:
        """A reporter's row by their access code, under whichever index key it was made."""
        for digest in digests:
            if (row := await self._tx.one(_BY_DIGEST, digest=digest)) is not None:
                return row
        return None

    async def submission(self, case_id: str) -> str:
        row = await self._tx.one(select(cases.c.submission).where(cases.c.id == case_id))
        return str(row["submission"]) if row else ""

    async def count_open(self) -> int:
        query = select(func.count().label("n")).where(_OPEN)
        row = await self._tx.one(query)
        return int(row["n"]) if row else 0


def _columns(case: Case) -> dict[str, Any]:
    return {
        "id": case.id, "code": case.code, "commune": case.commune, "level": case.level.value,
        "kind": case.kind, "status": case.status.value, "rev": case.rev, "holder": case.holder,
        "source": case.source, "flags": ",".join(case.flags), "policy": case.policy,
        "received_at": case.received_at, "opened_at": case.opened_at, "acked_at": case.acked_at,
        "acked_by_role": str(case.acked_by_role), "closed_at": case.closed_at,
        "closed_reason": case.closed_reason, "closed_by_role": str(case.closed_by_role),
    }  # fmt: skip


def case_of(row: Any) -> Case:
    """A row of the table as the case it is."""
    flags: Sequence[str] = row["flags"].split(",") if row["flags"] else ()
    return Case(
        id=row["id"], code=row["code"], commune=row["commune"], level=Level(row["level"]),
        kind=row["kind"], status=Status(row["status"]), rev=row["rev"], holder=row["holder"],
        source=row["source"], flags=tuple(flags), policy=row["policy"],
        received_at=row["received_at"], opened_at=row["opened_at"], acked_at=row["acked_at"],
        acked_by_role=row["acked_by_role"], closed_at=row["closed_at"],
        closed_reason=row["closed_reason"], closed_by_role=row["closed_by_role"],
    )  # fmt: skip
