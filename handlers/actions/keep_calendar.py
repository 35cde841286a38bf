"""Working days as staff decide them: a day off, a day that is worked, a decision withdrawn."""

from datetime import date

from cases.errors import Refused
from cases.model import Person, Role
from cases.times.calendar import local, standing
from storage.unit_of_work import UnitOfWork

KEEPERS = (Role.LEADER, Role.ADMIN)
LONGEST = 120  # characters of a day's name, or of the decision it comes from
OFF, WORKED, REMOVE = "off", "worked", "remove"
WHAT = {OFF: False, WORKED: True, REMOVE: None}


def may_keep(person: Person) -> bool:
    """The calendar is a setting: of leaders and administrators."""
    return person.role in KEEPERS


async def decide_day(work: UnitOfWork, by: str, day: str, what: str, name: str) -> None:
    """One more decision. A clock that runs keeps its due; what starts later counts by it.

    Raises Refused: no such day, none that is still to come, nothing to withdraw, no name.
    """
    try:
        which = date.fromisoformat(day)
    except ValueError as error:
        raise Refused("error.bad_day") from error
    if which < local(work.now).date():
        raise Refused("error.calendar_past")
    name = " ".join(name.split())[:LONGEST]
    decided = {one.day for one in standing(await work.calendar.changes())}
    if what == REMOVE and which not in decided:
        raise Refused("error.day_none")
    if what != REMOVE and not name:
        raise Refused("error.day_name")
    await work.calendar.add(which, worked=WHAT[what], name=name, by=by)
    await work.audit.write(by, "calendar", "", {"day": day, "what": what, "name": name})
    await work.inbox.redo("calendar", {"day": day, "what": what, "name": name, "by": by})
