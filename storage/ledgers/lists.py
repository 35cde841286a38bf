"""Which cases a list, a search or a summary looks at: as few rows as it shows, however many there are.

Who may know of them the gate decides (handlers/access.py); here is only narrowed down what it is asked of.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text, union_all

from cases.model import Case, Status
from storage.ledgers.history import case_of
from storage.tables import CITYS, case_people, cases, timers
from storage.tx import Tx

OPEN = cases.c.status.in_([one.value for one in Status if one is not Status.CLOSED])
_OWNED = "case:"


@dataclass(frozen=True, slots=True)
class Among:
    """`city`: what can be the city's own. `called`: only what this person holds or was called to."""

    commune: str = ""
    city: bool = False
    called: str = ""


class Lists:
    """Questions that follow an index (tests/storage/test_scale.py)."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def newest(self, among: Among, many: int, before: Case | None = None) -> list[Case]:
        """The newest of them, closed ones too, erased ones not; `before`: those that follow this one."""
        found = [
            one
            for where in _among(among)
            for one in await self._newest(and_(where, _older(before)), many)
        ]
        once = {case.id: case for case in found}.values()
        return sorted(once, key=_age, reverse=True)[:many]

    async def _newest(self, where: ColumnElement[bool], many: int) -> list[Case]:
        there = and_(where, cases.c.erased_at.is_(None))
        query = select(cases).where(there).order_by(cases.c.received_at.desc(), cases.c.id.desc())
        return [case_of(row) for row in await self._tx.all(query.limit(many))]

    async def open_in_city(self, person_id: str) -> list[Case]:
        """Open cases that can be the city's own, or that this person holds or was called to; oldest first."""
        query = select(cases).where(OPEN, or_(text(CITYS), _theirs(person_id)))
        return [
            case_of(row)
            for row in await self._tx.all(query.order_by(cases.c.received_at, cases.c.id))
        ]

    async def late(self) -> list[Case]:
        """Open cases of which a clock has passed the due that was noted when it began."""
        ours = and_(timers.c.state == "armed", timers.c.owner.startswith(_OWNED))
        # Each by its part of the index: with "or" every clock that runs would be read.
        due = union_all(*[
            select(func.substr(timers.c.owner, len(_OWNED) + 1)).where(ours, one)
            for one in (timers.c.clock_due <= self._tx.now, timers.c.clock_due.is_(None))
        ])  # fmt: skip
        query = select(cases).where(cases.c.id.in_(due))
        found = [case_of(row) for row in await self._tx.all(query)]
        late = [one for one in found if one.status is not Status.CLOSED]
        return sorted(late, key=lambda case: (case.received_at, case.id))


def _among(among: Among) -> list[ColumnElement[bool]]:
    """Each of them follows an index of its own; together they are one question to whoever asks."""
    theirs = [_called(among.called), cases.c.holder == among.called]
    if among.city:
        return [and_(text(CITYS)), *theirs]
    here = cases.c.commune == among.commune
    return [and_(here, one) for one in theirs] if among.called else [here]


def _theirs(person_id: str) -> ColumnElement[bool]:
    return or_(cases.c.holder == person_id, _called(person_id))


def _called(person_id: str) -> ColumnElement[bool]:
    called = select(case_people.c.case_id).where(
        case_people.c.person_id == person_id, case_people.c.excluded.is_(False)
    )
    return cases.c.id.in_(called)


def _older(before: Case | None) -> ColumnElement[bool]:
    if before is None:
        return cases.c.id != ""
    same = and_(cases.c.received_at == before.received_at, cases.c.id < before.id)
    return and_(
        cases.c.received_at <= before.received_at,  # what the index can begin at
        or_(cases.c.received_at < before.received_at, same),
    )  # fmt: skip


def _age(case: Case) -> tuple[Any, ...]:
    return case.received_at, case.id
