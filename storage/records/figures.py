"""Counts without personal data: clear columns only, and no case is opened for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union, union_all

from cases.model import Case
from storage.ledgers.history import case_of
from storage.ledgers.lists import OPEN
from storage.tables import audit, bells, case_events, case_people, cases, people, timers
from storage.tx import Tx, some

_SAME = (timers.c.owner, timers.c.kind, timers.c.started_at, timers.c.clock_due, timers.c.level)
_STRETCHES = select(
    *_SAME,
    func.max(timers.c.ended_at).label("ended_at"),
    func.count().filter(timers.c.state == "armed").label("armed"),
    func.count().filter(timers.c.state == "stopped").label("stopped"),
).group_by(*_SAME)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClockStretch:
    """A clock of a case while its due stood fast: from its start to its stop; None = it runs yet.

    `kind` as in the ledger. `due`, `level`: as they stood then; None, "" = not noted yet.
    """

    case_id: str
    kind: str
    started_at: datetime
    due: datetime | None
    level: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what to which case when; no word of it."""

    case_id: str
    act: str
    actor: str
    at: datetime


class Figures:
    """What a summary counts. Whose cases they are, the gate says; this only counts them."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def touched(self, since: datetime, commune: str | None = None) -> list[Case]:
        """Cases that are open, or were received or closed since then; commune None = all of them."""
        here = [cases.c.commune == commune] if commune is not None else []
        # Each by an index of its own: a condition with "or" would read every case there ever was.
        each = [
            select(cases).where(one, *here)
            for one in (OPEN, cases.c.received_at >= since, cases.c.closed_at >= since)
        ]
        rows = await self._tx.all(union_all(*each))
        once = {row["id"]: case_of(row) for row in rows}.values()
        return sorted(once, key=lambda case: (case.received_at, case.id))

    async def done(self, act: str, since: datetime, until: datetime) -> list[str]:
        """The case of each such act in that time, by whomever."""
        query = select(case_events.c.case_id).where(
            case_events.c.act == act, case_events.c.at >= since, case_events.c.at < until
        )
        return [row["case_id"] for row in await self._tx.all(query)]

    async def did(self, acts: Sequence[str], since: datetime, until: datetime) -> list[Deed]:
        """Each of these acts in that time, the oldest first: on which case, by whom, never with what words."""
        query = select(
            case_events.c.case_id, case_events.c.act, case_events.c.actor, case_events.c.at
        )
        within = (
            case_events.c.act.in_(acts) & (case_events.c.at >= since) & (case_events.c.at < until)
        )
        found = await self._tx.all(query.where(within).order_by(case_events.c.seq))
        return [_deed(row) for row in found]

    async def read(self, commune: str, since: datetime, until: datetime) -> list[Deed]:
        """Each opening of a case of this commune in that time, from the log."""
        query = (
            select(audit.c.case_id, audit.c.act, audit.c.actor, audit.c.at)
            .join(cases, cases.c.id == audit.c.case_id)
            .where(cases.c.commune == commune)
        )
        within = (audit.c.act == "read") & (audit.c.at >= since) & (audit.c.at < until)
        return [_deed(row) for row in await self._tx.all(query.where(within).order_by(audit.c.n))]

    async def called(self, case_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Who was called to which of these cases: person -> cases."""
        query = select(case_people.c.person_id, case_people.c.case_id).where(
            case_people.c.case_id.in_(case_ids), case_people.c.excluded.is_(False)
        )
        found: dict[str, set[str]] = {}
        for row in await self._tx.all(query):
            found.setdefault(row["person_id"], set()).add(row["case_id"])
        return {person: frozenset(those) for person, those in found.items()}

    async def answered(self, case_ids: Sequence[str], since: datetime) -> frozenset[str]:
        """Who has done anything in any of these cases, or opened one since then."""
        did = select(case_events.c.actor).where(case_events.c.case_id.in_(case_ids))
        read = select(audit.c.actor).where(
            audit.c.act == "read", audit.c.at >= since, audit.c.case_id.in_(case_ids)
        )
        found = await self._tx.all(union(did, read))
        return frozenset(row["actor"] for row in found)

    async def stretches(self, case_ids: Sequence[str], *kinds: str) -> list[ClockStretch]:
        """Of every clock of these cases, or of these kinds. Stopped before this was noted = left out.

        One that rang to its end and was never stopped nobody has met: a day on which nobody saw the child.
        """
        found: list[ClockStretch] = []
        for those in some(case_ids):
            owners = [f"case:{one}" for one in those]
            query = _STRETCHES.where(timers.c.owner.in_(owners))
            query = query.where(timers.c.kind.in_(kinds)) if kinds else query
            found += [_stretch(row) for row in await self._tx.all(query) if _known(row)]
        return found

    async def last_report(self, without: Sequence[str]) -> dict[str, datetime]:
        """Commune where somebody works -> when its newest report came, as if `without` were not there."""
        served = (
            select(people.c.commune)
            .where(people.c.active.is_(True), people.c.commune != "")
            .distinct()
            .subquery()
        )
        newest = (
            select(cases.c.received_at)
            .where(cases.c.commune == served.c.commune, cases.c.id.not_in(without))
            .order_by(cases.c.received_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        found = await self._tx.all(select(served.c.commune, newest.label("at")))
        return {row["commune"]: row["at"] for row in found if row["at"] is not None}

    async def last_bell(self) -> dict[str, datetime]:
        """Commune -> when somebody there last heard a test alert."""
        query = (
            select(people.c.commune, func.max(bells.c.heard_at).label("at"))
            .select_from(bells.join(people, people.c.id == bells.c.person_id))
            .where(bells.c.heard_at.is_not(None), people.c.commune != "")
        )
        found = await self._tx.all(query.group_by(people.c.commune))
        return {row["commune"]: row["at"] for row in found}

    async def served_since(self) -> dict[str, datetime]:
        """Commune -> since when somebody works here for it."""
        query = select(people.c.commune, func.min(people.c.since).label("at")).where(
            people.c.active.is_(True), people.c.commune != ""
        )
        return {
            row["commune"]: row["at"]
            for row in await self._tx.all(query.group_by(people.c.commune))
        }


def _known(row: Any) -> bool:
    """Whether it is noted when it ended, or that it did not."""
    return bool(row["armed"] or row["ended_at"] is not None or not row["stopped"])


def _stretch(row: Any) -> ClockStretch:
    return ClockStretch(
        row["owner"].removeprefix("case:"), row["kind"], row["started_at"], row["clock_due"],
        row["level"], None if row["armed"] else row["ended_at"],
    )  # fmt: skip


def _deed(row: Any) -> Deed:
    return Deed(row["case_id"], row["act"], row["actor"], row["at"])
