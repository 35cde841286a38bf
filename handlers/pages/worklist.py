"""The cases somebody may know of, a page at a time, the most urgent first, each with what is due next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.model import Case
from cases.times.calendar import local
from cases.triage import pressing
from handlers.access import cases_for
from handlers.actor import Actor
from handlers.casework.clocks import ClockNow, clocks

PAGE = 50  # lines
SHOWS = ("open", "mine", "overdue", "free")
_UNITS = (("days", 24 * 60), ("hours", 60), ("minutes", 1))


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the list, in words: nothing of what was told."""

    code: str
    level_code: str
    level: str
    status: str
    holder: str
    received: str
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of one part of the list; `counts`: how many each part has."""

    rows: list[Row]
    counts: dict[str, int]
    show: str = "open"
    page: int = 0
    size: int = PAGE

    @property
    def pages(self) -> int:
        return -(-self.counts[self.show] // self.size) or 1

    @property
    def first(self) -> int:
        return self.page * self.size + 1


async def worklist(actor: Actor, show: str = "open", page: int = 0) -> Worklist:
    """Of every open case that the gate lets this person know of a page, the most urgent first.

    Words are made for what is shown: a commune has hundreds of open cases, a screen has not.
    """
    assert actor.person is not None
    cases = sorted(await cases_for(actor.work, actor.person), key=pressing)
    first = await _first_clocks(actor, cases)
    late = {case.id for case in cases if _is_late(actor, first[case.id])}
    parts = {
        "open": cases, "mine": [case for case in cases if case.holder == actor.name],
        "overdue": [case for case in cases if case.id in late],
        "free": [case for case in cases if not case.holder],
    }  # fmt: skip
    found = Worklist([], {name: len(parts[name]) for name in SHOWS}, show, max(page, 0))
    found = replace(found, page=min(found.page, found.pages - 1))
    shown = parts[show][found.first - 1 :][: found.size]
    return replace(found, rows=[_row(actor, case, first[case.id]) for case in shown])


async def rows_of(actor: Actor, cases: list[Case]) -> list[Row]:
    """These cases as a page lists them."""
    first = await _first_clocks(actor, cases)
    return [_row(actor, case, first[case.id]) for case in sorted(cases, key=pressing)]


async def _first_clocks(actor: Actor, cases: list[Case]) -> dict[str, ClockNow | None]:
    """By the id of each case the clock that its line names: one question for all of them."""
    armed = await actor.work.timers.armed_of([f"case:{case.id}" for case in cases])
    return {
        case.id: _first(actor, clocks(actor.kit, case, armed.get(f"case:{case.id}", [])))
        for case in cases
    }


def _row(actor: Actor, case: Case, first: ClockNow | None) -> Row:
    mine = case.holder == actor.name
    whose = "mine" if mine else "other" if case.holder else "nobody"
    return Row(
        code=case.code, level_code=case.level.value, level=actor.words(f"level.{case.level}"),
        status=actor.words(f"state.{case.status}"), holder=actor.words(f"work.{whose}"),
        received=moment(actor, case.received_at), due=_due(actor, first),
        late=_is_late(actor, first),
    )  # fmt: skip


def _first(actor: Actor, running: Iterable[ClockNow]) -> ClockNow | None:
    """What is longest overdue, of that what the law demands; else what comes next."""
    now = actor.work.now
    return min(
        running, default=None,
        key=lambda one: (one.due > now, one.due <= now and not one.fixed, one.due),
    )  # fmt: skip


def _is_late(actor: Actor, first: ClockNow | None) -> bool:
    return first is not None and first.due <= actor.work.now


def _due(actor: Actor, first: ClockNow | None) -> str:
    """The same in words."""
    if first is None:
        return ""
    name = actor.words(f"clock.{first.kind}").partition(",")[0]  # its article is on the case page
    return actor.words("staff.due", clock=name, left=time_left(actor, first.due))


def moment(actor: Actor, at: datetime) -> str:
    """A time of the day and its day."""
    here = local(at)
    return actor.words("staff.at", at=f"{here:%H:%M}", day=actor.day(at))


def time_left(actor: Actor, due: datetime) -> str:
    """How long until then, or for how long it is overdue: in words, never by colour alone."""
    span = due - actor.work.now
    minutes = abs(span) // timedelta(minutes=1)
    unit, size = next(one for one in _UNITS if minutes >= one[1] * 2 or one[1] == 1)
    key = "staff.left" if span > timedelta(0) else "staff.late"
    return actor.words(key, span=minutes // size, unit=unit)
