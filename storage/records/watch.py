"""What watches, as rows: violations of the last pass, marks of what was done, the daily rehearsals."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, update

from cases.watch import DAMAGED, LOOKED_AT
from storage.health import Violation, lost_lease
from storage.tables import files, inbox, marks, outbox, rehearsals, violations
from storage.tx import Tx

_FILE_SEEN = (
    update(files)
    .where(files.c.id == bindparam("this"), files.c.why == DAMAGED)
    .values(why=LOOKED_AT)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A violation that the last pass found: how long it has been known, and when it was mended."""

    found: Violation
    first_at: datetime
    mended_at: datetime | None


class Violations:
    """Written by the auditor whole, after each pass; read by the worker that mends and tells people."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def replace(self, found: Sequence[Violation]) -> None:
        """What holds again goes; what is known keeps the time at which it was first found."""
        now = {(one.rule, one.subject) for one in found}
        for row in await self._tx.all(select(violations.c.rule, violations.c.subject)):
            if (row["rule"], row["subject"]) not in now:
                await self._tx.run(delete(violations).where(_same(row["rule"], row["subject"])))
        for one in found:
            values = {
                "rule": one.rule, "subject": one.subject, "commune": one.commune,
                "since": one.since, "first_at": self._tx.now,
            }  # fmt: skip
            await self._tx.add(violations, values)

    async def standing(self) -> list[Standing]:
        """Those of the last pass, the longest known first."""
        query = select(violations).order_by(violations.c.first_at, violations.c.rule)
        return [_standing(row) for row in await self._tx.all(query)]

    async def mended(self, found: Violation) -> None:
        same = _same(found.rule, found.subject)
        await self._tx.run(update(violations).where(same).values(mended_at=self._tx.now))

    async def count(self) -> dict[str, int]:
        """How many of each rule; at most MOST of one."""
        query = select(violations.c.rule, func.count().label("n")).group_by(violations.c.rule)
        return {row["rule"]: int(row["n"]) for row in await self._tx.all(query)}

    async def see(self, by: str, commune: str | None = None) -> int:
        """Somebody has looked at what could not be delivered or read: theirs is the next step.

        `commune`: only what is of this commune. Returns how many there were.
        """
        ours = violations.c.rule == "I7"
        if commune is not None:
            ours = and_(ours, violations.c.commune == commune)
        found = [
            row["subject"] for row in await self._tx.all(select(violations.c.subject).where(ours))
        ]
        for one in found:
            await self._tx.run(update(outbox).where(outbox.c.id == one).values(seen_by=by))
            await self._tx.run(update(inbox).where(inbox.c.id == one).values(seen_by=by))
            await self._tx.run(_FILE_SEEN, this=one)
            await self._tx.run(delete(violations).where(_same("I7", one)))
        return len(found)

    async def end_lease(self, row_id: str) -> bool:
        """Whoever sends next takes it, marked: it may have gone out.

        False = it is on no way any more, or somebody took it since it was found: theirs stands.
        """
        lost = and_(outbox.c.id == row_id, lost_lease(self._tx.now))
        ended = update(outbox).where(lost).values(lease_until=self._tx.now)
        return bool((await self._tx.run(ended)).rowcount)


class Marks:
    """When something was last done. A name has one row."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def set(self, name: str, note: str = "", at: datetime | None = None) -> None:
        """Now, or when it was done."""
        values = {"at": at or self._tx.now, "note": note}
        changed = await self._tx.run(update(marks).where(marks.c.name == name).values(**values))
        if not changed.rowcount:
            await self._tx.add(marks, {"name": name, **values})

    async def at(self, name: str) -> datetime | None:
        row = await self._tx.one(select(marks.c.at).where(marks.c.name == name))
        return row["at"] if row else None

    async def forget(self, prefix: str) -> None:
        """What begins so is marked anew by whoever does it from now on."""
        await self._tx.run(delete(marks).where(marks.c.name.startswith(prefix)))

    async def note(self, name: str) -> str:
        row = await self._tx.one(select(marks.c.note).where(marks.c.name == name))
        return str(row["note"]) if row else ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One day's report of nobody: where it is on its way."""

    day: str
    contact_id: str
    case_id: str
    begun_at: datetime
    told_at: datetime | None  # the door had taken all of it
    acked_at: datetime | None
    answered_at: datetime | None  # its receipt stood on the reporter's page
    alerted_at: datetime | None  # its alert stood on the officer's page
    fault: str  # how the door failed last


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens the pages of both ends."""

    reporter: str
    officer: str


class Rehearsals:
    """A day has one."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def begin(self, day: str) -> bool:
        """False = this day's was begun already."""
        values = {"day": day, "begun_at": self._tx.now}
        return await self._tx.add(rehearsals, values)

    async def last(self) -> Rehearsal | None:
        row = await self._tx.one(select(rehearsals).order_by(rehearsals.c.day.desc()).limit(1))
        return _rehearsal(row) if row else None

    async def keep(self, day: str, tokens: Tokens) -> None:
        """So that a restart goes on at the same pages."""
        plain = json.dumps([tokens.reporter, tokens.officer]).encode()
        sealed = await self._tx.seal("system", f"rehearsals|tokens|{day}", plain)
        await self.became(day, tokens=sealed)

    async def tokens(self, day: str) -> Tokens | None:
        query = select(rehearsals.c.tokens).where(rehearsals.c.day == day)
        row = await self._tx.one(query)
        if row is None or row["tokens"] is None:
            return None
        plain = await self._tx.open("system", f"rehearsals|tokens|{day}", row["tokens"])
        return Tokens(*json.loads(plain))

    async def became(self, day: str, **values: Any) -> None:
        """How far it has come."""
        await self._tx.run(update(rehearsals).where(rehearsals.c.day == day).values(**values))


def _same(rule: str, subject: str) -> Any:
    return and_(violations.c.rule == rule, violations.c.subject == subject)


def _standing(row: Any) -> Standing:
    found = Violation(row["rule"], row["subject"], row["since"], row["commune"])
    return Standing(found, row["first_at"], row["mended_at"])


def _rehearsal(row: Any) -> Rehearsal:
    return Rehearsal(
        row["day"], row["contact_id"], row["case_id"], row["begun_at"], row["told_at"],
        row["acked_at"], row["answered_at"], row["alerted_at"], row["fault"],
    )  # fmt: skip
