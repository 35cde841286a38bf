"""The cases somebody may know of, the most urgent first, each with what is due next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.model import Case
from cases.times.calendar import local
from cases.triage import pressing
from handlers.access import cases_for
from handlers.actor import Actor
from handlers.casework.clocks import ClockNow, clocks

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
    mine: bool
    free: bool

    def shown(self, show: str) -> bool:
        """Whether it belongs to this part of the list."""
        parts = {"mine": self.mine, "overdue": self.late, "free": self.free}
        return parts.get(show, True)


async def worklist(actor: Actor) -> list[Row]:
    """Every open case that the gate lets this person know of."""
    assert actor.person is not None
    return await rows_of(actor, await cases_for(actor.work, actor.person))


async def rows_of(actor: Actor, cases: list[Case]) -> list[Row]:
    """These cases as a page lists them."""
    return [await _row(actor, case) for case in sorted(cases, key=pressing)]


async def _row(actor: Actor, case: Case) -> Row:
    armed = await actor.work.timers.armed(f"case:{case.id}")
    due, late = _due(actor, clocks(actor.kit, case, armed))
    mine = case.holder == actor.name
    whose = "mine" if mine else "other" if case.holder else "nobody"
    return Row(
        code=case.code, level_code=case.level.value, level=actor.words(f"level.{case.level}"),
        status=actor.words(f"state.{case.status}"), holder=actor.words(f"work.{whose}"),
        received=moment(actor, case.received_at), due=due, late=late, mine=mine,
        free=not case.holder,
    )  # fmt: skip


def _due(actor: Actor, running: Iterable[ClockNow]) -> tuple[str, bool]:
    """What is longest overdue, else what comes next, in words."""
    now = actor.work.now
    # Overdue first, of that what the law demands; else what comes next.
    known = sorted(
        running, key=lambda one: (one.due > now, one.due <= now and not one.fixed, one.due)
    )
    if not known:
        return "", False
    first = known[0]
    name = actor.words(f"clock.{first.kind}").partition(",")[0]  # its article is on the case page
    words = actor.words("staff.due", clock=name, left=time_left(actor, first.due))
    return words, first.due <= now


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
