"""The monthly report of one person: a leader's own commune, the city's in masked figures."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from cases.deadlines import DEADLINES
from cases.errors import Refused
from cases.figures import NOT_MET, Counted, Month, Ran, Stretch, month_of, runs_of
from cases.model import Case, Person, Role
from cases.records import clock_of
from cases.timers import due_at
from cases.times.calendar import local, midnight
from handlers.access import counted_for
from handlers.actor import Actor
from handlers.render import TOLD, answers_of
from handlers.talk.model import told
from notifications.monthly import Report
from storage.ledgers.history import Event
from storage.records.figures import ClockStretch

READERS = (Role.LEADER, Role.SUPERVISOR)
_PLACES = ("place", "child_place")  # what says where it was, the first that names a village


def month_before(day: date) -> date:
    """The first day of the month before that of this day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def months(now: datetime, many: int = 12) -> list[date]:
    """The months one can ask for, the last that is over first."""
    found = [month_before(local(now).date())]
    while len(found) < many:
        found.append(month_before(found[-1]))
    return found


async def month_report(actor: Actor, person: Person, first: date, *, outside: bool) -> Report:
    """A month and the one before it. Raises Refused for whom figures are not.

    The city's are always masked: they have left the commune.
    """
    if person.role not in READERS:
        raise Refused("error.not_yours")
    edges = [midnight(day) for day in (month_before(first), first, month_after(first))]
    cases = await counted_for(actor.work, person, edges[0])
    counted = await _counted(actor, person, cases, edges[0])
    before, now = (month_of(counted, since, until) for since, until in pairwise(edges))
    return _report(actor, person, first, (now, before), outside=outside)


def _report(
    actor: Actor, person: Person, first: date, both: tuple[Month, Month], *, outside: bool
) -> Report:
    now, before = both
    city = person.role is Role.SUPERVISOR
    place = actor.kit.places().areas.named(person.commune)
    return Report(
        first.year, first.month, place, now, before, outside=outside or city, city=city,
    )  # fmt: skip


async def _counted(actor: Actor, person: Person, cases: Sequence[Case], since: datetime) -> Counted:
    runs = await runs_in(actor, cases)
    ran = [one for one in runs if one.clock not in NOT_MET]
    names = actor.kit.places().areas.communes
    if person.role is Role.SUPERVISOR:
        parts = {case.id: names.get(case.commune, "") for case in cases}
        return Counted(cases, ran, parts, (*names.values(), ""))
    new = [case for case in cases if case.received_at >= since]  # only these are told by village
    events = await actor.work.cases.events_of([case.id for case in new], TOLD)
    return Counted(
        cases, ran, {case.id: _village(actor, case, events.get(case.id, [])) for case in new}
    )


async def runs_in(actor: Actor, cases: Sequence[Case], *kinds: str) -> list[Ran]:
    """How the clocks of these cases ran, or those of these kinds."""
    by_id = {case.id: case for case in cases}
    found = await actor.work.figures.stretches(list(by_id), *kinds)
    known = [one for one in found if clock_of(one.kind) in DEADLINES]
    return runs_of([_stretch(actor, by_id[one.case_id], one) for one in known])


def _stretch(actor: Actor, case: Case, one: ClockStretch) -> Stretch:
    """A clock that was started before its due was noted is reckoned at the level the case has now."""
    due = one.due or due_at(one.kind, case, actor.kit.policy, one.started_at)
    return Stretch(
        one.case_id, one.kind, one.started_at, due, one.level or case.level, one.ended_at
    )


def _village(actor: Actor, case: Case, events: list[Event]) -> str:
    """Looked for by the program in what was told; nobody reads it, only the name is counted."""
    answers = answers_of(events)
    areas = actor.kit.places().areas
    for name in _PLACES:
        value = told(answers, name)
        words = str(value.get("words", "")) if isinstance(value, dict) else ""
        if village := areas.village_in(case.commune, words):
            return village
    return ""
