"""case_for(): the one gate to a case. Whoever may not see it gets the same answer as for no case."""

from cases.access import may_see
from cases.errors import Refused
from cases.model import Case, Person, Role, Status
from cases.roles import ROLES
from storage.unit_of_work import UnitOfWork


async def case_for(work: UnitOfWork, person: Person, ref: str, *, reading: bool = False) -> Case:
    """The case with this id or code, if the person may see it; a reading is logged before it is shown.

    Raises Refused("error.not_found"), for a case that is not there and for one that is not theirs.
    """
    case = await work.cases.get(ref) or await work.cases.by_code(ref)
    if case is None or not await open_to(work, person, case):
        await work.audit.write(person.id, "refused", case.id if case else "")
        raise Refused("error.not_found")
    if reading:
        await work.audit.write(person.id, "read", case.id)
    return case


async def cases_for(work: UnitOfWork, person: Person) -> list[Case]:
    """The open cases this person may see, the oldest first: lists and counts come only from here."""
    found = await cases_around(work, person)
    return [case for case in found if await open_to(work, person, case)]


async def cases_around(work: UnitOfWork, person: Person) -> list[Case]:
    """The open cases of this person's place, whether or not they may know of each."""
    found = await work.cases.open_cases(person.commune or None)
    if person.role is Role.LEADER:
        found += await work.cases.open_cases("")  # they may stand in for the city desk
    return found


async def open_to(work: UnitOfWork, person: Person, case: Case) -> bool:
    """Whether this person may know now that the case exists."""
    if await _waits_for_the_conflict(work, person, case):
        return False
    excluded = person.id in await work.cases.exclusions(case.id)
    involved = person.id == case.holder or person.id in await work.cases.involved(case.id)
    return may_see(person, case, involved, excluded)


async def _waits_for_the_conflict(work: UnitOfWork, person: Person, case: Case) -> bool:
    """A calm report is not the commune's before we know whom the harmer works for."""
    if not case.commune or case.status is not Status.RECEIVED or ROLES[person.role].city:
        return False
    armed = await work.timers.armed(f"case:{case.id}")
    return any(timer.kind == "unplaced" for timer in armed)
