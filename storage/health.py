"""Whether everything holds: the invariants of TRUST.md section 11, asked of the rows and changing none."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, text

from cases.model import Role, Status
from cases.owed import PASSING
from cases.roles import NEEDED
from cases.watch import (
    COPIED,
    DAILY,
    DAMAGED,
    DRILL_COMMUNE,
    LATE,
    REHEARSED,
    RESTORED,
    STALE,
    UNREAD,
)
from storage.ledgers.leaving import awaits
from storage.tables import (
    BLANK,
    areas,
    audit,
    audit_head,
    cases,
    contacts,
    files,
    inbox,
    marks,
    outbox,
    people,
    rehearsals,
    reporters,
    timers,
)
from storage.tx import Tx

MOST = 100  # of one rule in one pass: what is worse looks the same
_OPEN = cases.c.status.in_([one.value for one in Status if one is not Status.CLOSED])
_CALLED = [*(role.value for role in NEEDED), Role.SUPERVISOR.value]
PASS, WORKER, RESTORE, BACKUP = "pass", "worker", "restore_drill", "backup"  # names of marks
POLL = "poll:"  # begins those of messengers


@dataclass(frozen=True, slots=True)
class Violation:
    """What does not hold: which rule, of which row (an id, never a word), and since when."""

    rule: str
    subject: str
    since: datetime
    commune: str = ""


def lost_lease(now: datetime) -> ColumnElement[bool]:
    """Nobody came back for this row; or its lease ends in a future that only a wrong clock knew."""
    odd = or_(outbox.c.lease_until < now - STALE, outbox.c.lease_until > now + 2 * LATE)
    return and_(outbox.c.state == "sending", odd)


class Health:
    """Every open case, no window: what was missed an hour ago is still missed."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def violations(self) -> list[Violation]:
        """Everything that does not hold now, at most MOST of each rule."""
        rules: dict[str, Callable[[], Awaitable[list[Violation]]]] = {
            "I1": self._without_clock, "I2": self._late_clocks, "I3": self._stuck,
            "I4": self._unread, "I5": self._no_receipt, "I6": self._unproved, "I7": self._unseen,
            "I8": self._leases, "I9": self._audit, "I10": self._nobody, "poll": self._polls,
            "worker": self._worker,
            "rehearsal": self._rehearsal, "backup": self._backup, "restore": self._restore,
        }  # fmt: skip
        return [one for ask in rules.values() for one in await ask()]

    async def _found(self, rule: str, query: Select[Any]) -> list[Violation]:
        """Rows of (subject, since[, commune])."""
        return [
            Violation(rule, str(row["subject"]), row["since"], row.get("commune") or "")
            for row in await self._tx.all(query.limit(MOST))
        ]

    def _before(self, span: timedelta) -> datetime:
        return self._tx.now - span

    async def _without_clock(self) -> list[Violation]:
        lasting = exists().where(
            timers.c.owner == literal("case:").concat(cases.c.id), timers.c.state == "armed",
            timers.c.kind.not_in(PASSING),
        )  # fmt: skip
        query = _of(cases.c.id, cases.c.opened_at, cases.c.commune)
        return await self._found("I1", query.where(_OPEN, cases.c.erased_at.is_(None), ~lasting))

    async def _late_clocks(self) -> list[Violation]:
        late = and_(timers.c.state == "armed", timers.c.due_at < self._before(LATE))
        return await self._found("I2", _of(timers.c.id, timers.c.due_at).where(late))

    async def _stuck(self) -> list[Violation]:
        """Over due, or urgent and still not there. What waits for another row waits with reason."""
        chat = contacts.alias("chat")
        waits = or_(
            awaits(),
            exists().where(chat.c.id == outbox.c.contact_id, chat.c.not_before > self._tx.now),
        )
        over = and_(outbox.c.state == "waiting", outbox.c.due_at < self._before(LATE), ~waits)
        query = _of(outbox.c.id, outbox.c.about_at, cases.c.commune).join_from(
            outbox, cases, cases.c.id == outbox.c.case_id, isouter=True
        )
        return await self._found("I3", query.where(or_(over, self.urgent())))

    def urgent(self) -> ColumnElement[bool]:
        """An urgent message that has not arrived, however often it was tried."""
        return and_(
            outbox.c.state.in_(["waiting", "sending"]), outbox.c.priority == 0,
            outbox.c.about_at < self._before(LATE),
        )  # fmt: skip

    async def _unread(self) -> list[Violation]:
        unread = and_(inbox.c.state == "new", inbox.c.received_at < self._before(UNREAD))
        return await self._found("I4", _of(inbox.c.id, inbox.c.received_at).where(unread))

    async def _no_receipt(self) -> list[Violation]:
        """Whoever can be written to had at least the receipt. What a clock filed waits for their next
        word (nobody is written to first), and whoever was joined to a case had one of their own."""
        told = exists().where(
            outbox.c.case_id == cases.c.id, outbox.c.contact_id == reporters.c.contact_id
        )
        waits = exists().where(
            timers.c.owner == literal("talk:").concat(cases.c.submission),
            timers.c.kind == "unfinished", timers.c.state == "fired", timers.c.step > 0,
        )  # fmt: skip
        reachable = exists().where(
            contacts.c.id == reporters.c.contact_id, contacts.c.state == "ok"
        )
        own = and_(
            _OPEN, reporters.c.gone.is_(False), reporters.c.since == cases.c.received_at,
            cases.c.opened_at < self._before(UNREAD),
        )  # fmt: skip
        query = _of(cases.c.id, cases.c.opened_at, cases.c.commune).join_from(
            cases, reporters, reporters.c.case_id == cases.c.id
        )
        return await self._found("I5", query.where(own, reachable, ~told, ~waits))

    async def _unproved(self) -> list[Violation]:
        """Without its id nothing can be taken back, and nobody knows that it arrived."""
        blank = and_(text(BLANK), outbox.c.op.in_(["say", "media"]))
        return await self._found("I6", _of(outbox.c.id, outbox.c.due_at).where(blank))

    async def _unseen(self) -> list[Violation]:
        dead = _of(outbox.c.id, outbox.c.about_at, cases.c.commune).join_from(
            outbox, cases, cases.c.id == outbox.c.case_id, isouter=True
        )
        parked = _of(inbox.c.id, inbox.c.received_at, cases.c.commune).join_from(
            inbox, cases, cases.c.id == inbox.c.case_id, isouter=True
        )
        damaged = _of(files.c.id, files.c.received_at, cases.c.commune).join_from(
            files, cases, cases.c.id == files.c.case_id, isouter=True
        )
        lost = and_(outbox.c.state == "dead", outbox.c.seen_by == "", outbox.c.op != "edit")
        unread = and_(inbox.c.state == "parked", inbox.c.seen_by == "")
        unseen = and_(files.c.state == "failed", files.c.why == DAMAGED)
        return [
            *await self._found("I7", dead.where(lost)),
            *await self._found("I7", parked.where(unread)),
            *await self._found("I7", damaged.where(unseen)),
        ]

    async def _leases(self) -> list[Violation]:
        query = _of(outbox.c.id, outbox.c.about_at).where(lost_lease(self._tx.now))
        return await self._found("I8", query)

    async def _audit(self) -> list[Violation]:
        newest = select(audit.c.n, audit.c.at).order_by(audit.c.n.desc()).limit(1)
        last, head = await self._tx.one(newest), await self._tx.one(select(audit_head.c.n))
        if (last["n"] if last else 0) == (head["n"] if head else 0):
            return []
        return [Violation("I9", "audit", last["at"] if last else self._tx.now)]

    async def _nobody(self) -> list[Violation]:
        """A commune with villages or staff and nobody to call; somebody to call without an address."""
        here = and_(
            people.c.active.is_(True),
            ~_program(),
            people.c.role.in_([role.value for role in NEEDED]),
        )
        owned = {one["commune"] for one in await self._tx.all(select(people.c.commune).where(here))}
        active = select(people.c.commune).where(
            people.c.active.is_(True), people.c.commune != "", ~_program()
        )
        villages = select(areas.c.commune).where(areas.c.kind == "village")
        served = {one["commune"] for one in await self._tx.all(active.union(villages))}
        now = self._tx.now
        empty = [Violation("I10", f"commune:{one}", now, one) for one in sorted(served - owned)]
        if not owned:
            empty.append(Violation("I10", "nobody", now))
        works = exists().where(contacts.c.person_id == people.c.id, contacts.c.state == "ok")
        called = and_(people.c.active.is_(True), ~_program(), people.c.role.in_(_CALLED), ~works)
        query = _of(people.c.id, people.c.since, people.c.commune).where(called)
        return [*empty[:MOST], *await self._found("I10", query)]

    async def _worker(self) -> list[Violation]:
        """A worker marks each of its rounds: where nothing is due, its silence would show nowhere."""
        return await self._older(WORKER, "worker", LATE)

    async def _polls(self) -> list[Violation]:
        """Each messenger that is asked by somebody, whoever it is now."""
        old = and_(marks.c.name.startswith(POLL), marks.c.at < self._before(LATE))
        return await self._found("poll", _of(marks.c.name, marks.c.at).where(old))

    async def _backup(self) -> list[Violation]:
        return await self._older(BACKUP, "backup", COPIED)

    async def _restore(self) -> list[Violation]:
        return await self._older(RESTORE, "restore", RESTORED)

    async def _older(self, name: str, rule: str, span: timedelta) -> list[Violation]:
        old = and_(marks.c.name == name, marks.c.at < self._before(span))
        return await self._found(rule, _of(marks.c.name, marks.c.at).where(old))

    async def _rehearsal(self) -> list[Violation]:
        """The newest day was not acknowledged, or no newer one has begun."""
        newest = select(func.max(rehearsals.c.day)).scalar_subquery()
        unheard = and_(
            rehearsals.c.acked_at.is_(None), rehearsals.c.begun_at < self._before(REHEARSED)
        )
        over = or_(unheard, rehearsals.c.begun_at < self._before(DAILY))
        return await self._found(
            "rehearsal",
            _of(rehearsals.c.day, rehearsals.c.begun_at).where(rehearsals.c.day == newest, over),
        )


def _of(subject: Any, since: Any, commune: Any = None) -> Select[Any]:
    columns = [subject.label("subject"), since.label("since")]
    if commune is not None:
        columns.append(commune.label("commune"))
    return select(*columns).order_by(since)


def _program() -> ColumnElement[bool]:
    """The officer whom the program plays."""
    return people.c.commune == DRILL_COMMUNE
