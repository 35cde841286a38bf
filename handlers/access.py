"""case_for(): the one gate to a case. Whoever may not see it gets the same answer as for no case."""

from collections.abc import Callable
from datetime import UTC, datetime

from cases.access import (
    ACTS_OF_PART,
    READ_WHOLE,
    View,
    may_count,
    may_do,
    may_print,
    may_see,
    reads_whole,
    view_of,
)
from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Role, Status
from cases.openings import may_be_opened
from cases.roles import ROLES
from storage.ledgers.lists import Among
from storage.records.figures import Deed
from storage.unit_of_work import UnitOfWork

SEARCHED = 300  # cases that one search opens at most
_POLICE_VIEW = "police"
_EVER = datetime.min.replace(tzinfo=UTC)
# Asked about in place of a case that is not there: the same is looked up as for a foreign one.
_NOWHERE = Case("-", "-", "-", Level.LOW, "other", Status.RECEIVED, 1, _EVER, _EVER)


async def case_for(work: UnitOfWork, person: Person, ref: str, *, reading: bool = False) -> Case:
    """The case with this id or code, if the person may see it; a reading is logged before it is shown.

    Raises Refused("error.not_found"), for a case that is not there and for one that is not theirs.
    """
    case = await work.cases.get(ref) or await work.cases.by_code(ref)
    view = await view_for(work, person, case or _NOWHERE)
    if case is None or view not in READ_WHOLE:
        await work.audit.write(person.id, "refused", case.id if case else "")
        raise Refused("error.not_found")
    if reading:
        await log_reading(work, person, case)
    return case


async def log_reading(work: UnitOfWork, person: Person, case: Case) -> None:
    """One row before something of the file is shown: that it was the whole, or which part.

    Police who were called see the case in their own view, without who reported (P6).
    """
    view = await view_for(work, person, case)
    part = view.value if view is not View.WHOLE else _POLICE_VIEW
    detail = {} if view is View.WHOLE and reads_whole(person, case) else {"part": part}
    await work.audit.write(person.id, "read", case.id, detail)


async def case_in_full(work: UnitOfWork, person: Person, ref: str) -> Case:
    """The case for somebody who may read all that is in it. Raises Refused, as if it were not there."""
    case = await case_for(work, person, ref)
    if not reads_whole(person, case):
        await work.audit.write(person.id, "refused", case.id)
        raise Refused("error.not_found")
    return case


async def part_for(work: UnitOfWork, person: Person, ref: str) -> tuple[Case, View]:
    """The case and how much of it this person may know: whoever may know a part acts on that part only.

    Raises Refused("error.not_found") like the gate to the whole.
    """
    case = await work.cases.get(ref) or await work.cases.by_code(ref)
    view = await view_for(work, person, case or _NOWHERE)
    if case is None or view is View.NONE:
        await work.audit.write(person.id, "refused", case.id if case else "")
        raise Refused("error.not_found")
    return case, view


async def known_by(work: UnitOfWork, person: Person, ref: str) -> Case | None:
    """The case with this id or code, if the person may know of it; nothing of it is shown for that."""
    case = await work.cases.get(ref) or await work.cases.by_code(ref)
    if case is None or await view_for(work, person, case) is View.NONE:
        return None
    return case


async def case_to_act(work: UnitOfWork, person: Person, ref: str, act: Act) -> Case:
    """The case, for an act that belongs to what this person may know of it. Raises Refused."""
    case, view = await part_for(work, person, ref)
    if not may_do(view, act):
        await work.audit.write(person.id, "refused", case.id, {"act": act.value})
        raise Refused("error.not_found")
    return case


async def parts_for(work: UnitOfWork, person: Person) -> list[tuple[Case, View]]:
    """The cases of which this person may know a part now: visits, offers, referrals that are theirs."""
    visits = await work.beside.of_person(person.id, "visit", ("asked", "accepted"))
    offers = await work.beside.offered_to(person.commune) if person.commune else []
    police = person.role is Role.POLICE
    referrals = await work.beside.referred_in(person.commune) if police else []
    found = []
    for case_id in dict.fromkeys((*visits, *offers, *referrals)):
        case = await work.cases.get(case_id)
        assert case is not None
        view = await view_for(work, person, case)
        found += [(case, view)] * (view in ACTS_OF_PART)
    return sorted(found, key=lambda one: one[0].received_at)


async def cases_for(work: UnitOfWork, person: Person) -> list[Case]:
    """The open cases this person may see, the oldest first: lists and counts come only from here."""
    if ROLES[person.role].city:  # of a whole city they see few
        return await _known(work, person, await work.lists.open_in_city(person.id), may_see)
    return await _known(work, person, await cases_around(work, person), may_see)


async def searched_for(work: UnitOfWork, person: Person) -> tuple[list[Case], bool]:
    """What a search looks at: the newest cases this person may see, closed ones too. True = not all.

    However many there are in all the years, hardly more are read than are looked at.
    """
    known: list[Case] = []
    among = _looks_at(person)
    part = await work.lists.newest(among, SEARCHED + 1)
    while part and len(known) <= SEARCHED:
        known += await _known(work, person, part, may_see)
        if len(known) <= SEARCHED:
            part = await work.lists.newest(among, SEARCHED + 1, part[-1])
    if person.role is Role.LEADER:
        found = await work.cases.open_elsewhere(person.id, person.commune)
        known += await _known(work, person, found, may_see)
    known.sort(key=lambda case: case.received_at, reverse=True)
    return known[:SEARCHED], len(known) > SEARCHED


def _looks_at(person: Person) -> Among:
    """Where what they may see can be: the rule of `may_see`, as far as a database can hold it."""
    if ROLES[person.role].city:
        return Among(city=True, called=person.id)
    whole = (Role.OFFICER, Role.LEADER, *((Role.DEPUTY,) * person.on_duty))
    called = "" if person.role in whole else person.id
    return Among(commune=person.commune, called=called)


async def counted_for(work: UnitOfWork, person: Person, since: datetime) -> list[Case]:
    """The cases in this person's figures: open, received or closed since then, and none they may not know."""
    found = await work.figures.touched(since, person.commune or None)
    return await _known(work, person, found, may_count)


async def late_for(work: UnitOfWork, person: Person) -> list[Case]:
    """The open cases in this person's figures of which a clock may have passed its due."""
    return await _known(work, person, await work.lists.late(), may_count)


async def readings_for(
    work: UnitOfWork, person: Person, since: datetime, until: datetime
) -> list[tuple[Case, Deed]]:
    """Who opened which case of this person's commune in that time: of those that they may know of."""
    known: dict[str, Case | None] = {}
    found = []
    for deed in await work.figures.read(person.commune, since, until) if person.commune else []:
        if deed.case_id not in known:
            case = await work.cases.get(deed.case_id)
            theirs = case is not None and await open_to(work, person, case)
            known[deed.case_id] = case if theirs else None
        case = known[deed.case_id]
        found += [(case, deed)] if case is not None else []
    return found


async def _known(
    work: UnitOfWork, person: Person, found: list[Case],
    rule: Callable[[Person, Case, bool, bool], bool],
) -> list[Case]:  # fmt: skip
    """Those of many cases that the rule lets this person know of: one look at their ties for all."""
    called, out = await work.cases.ties(person.id, [case.id for case in found])
    known = [
        case for case in found
        if rule(person, case, person.id == case.holder or case.id in called, case.id in out)
    ]  # fmt: skip
    waits = [f"case:{case.id}" for case in known if _may_wait(person, case)]
    shut = await work.timers.running(waits, "unplaced")
    return [case for case in known if f"case:{case.id}" not in shut]


async def cases_around(work: UnitOfWork, person: Person) -> list[Case]:
    """The open cases of this person's place, whether or not they may know of each."""
    found = await work.cases.open_cases(person.commune or None)
    if person.role is Role.LEADER:  # they may stand in for the city desk
        found += await work.cases.open_elsewhere(person.id, person.commune)
    return found


async def open_to(work: UnitOfWork, person: Person, case: Case) -> bool:
    """Whether this person may know the whole case now."""
    return await view_for(work, person, case) is View.WHOLE


async def view_for(work: UnitOfWork, person: Person, case: Case) -> View:
    """How much of the case this person may know now. `case`: with its records, from `get`."""
    if await _waits_for_the_conflict(work, person, case):
        return View.NONE
    excluded = person.id in await work.cases.exclusions(case.id)
    involved = person.id == case.holder or person.id in await work.cases.involved(case.id)
    view = view_of(person, case, involved, excluded)
    if view is View.WHOLE or not may_be_opened(person, case, excluded=excluded):
        return view
    return View.OPENED if await work.openings.is_open(person.id, case.id) else view


async def may_take_out(work: UnitOfWork, person: Person, case: Case) -> bool:
    """Whether they may have papers of the case: of one that was opened in need nothing is taken along."""
    return may_print(person) and await open_to(work, person, case)


async def _waits_for_the_conflict(work: UnitOfWork, person: Person, case: Case) -> bool:
    """A calm report is not the commune's before we know whom the harmer works for."""
    if not _may_wait(person, case):
        return False
    return bool(await work.timers.running([f"case:{case.id}"], "unplaced"))


def _may_wait(person: Person, case: Case) -> bool:
    placed = bool(case.commune) and case.status is Status.RECEIVED
    return placed and not ROLES[person.role].city
