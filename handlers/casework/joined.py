"""Which cases belong together: a file that goes on, and what was closed as a duplicate of it."""

from cases.codes import read_code
from cases.lifecycle import Act
from cases.model import Case, Status
from storage.ledgers.history import Event
from storage.unit_of_work import UnitOfWork


async def goes_on_in(work: UnitOfWork, case: Case) -> Case:
    """The case that it joined, or the one that this joined since; itself where it is none's duplicate."""
    while is_duplicate(case):
        other = await work.cases.by_code(await joins(work, case))
        if other is None:
            return case
        case = other
    return case


async def family_of(work: UnitOfWork, case: Case) -> list[Case]:
    """The case that goes on, first, and all that joined it."""
    root = await goes_on_in(work, case)
    return [root, *await joined_to(work, root)]


async def joined_to(work: UnitOfWork, case: Case) -> list[Case]:
    """The cases that are closed as duplicates of this one, and the duplicates of those; each once."""
    found, todo = {case.id: case}, [case]
    while todo:
        into = todo.pop()
        for event in await work.cases.events(into.id):
            one = await joined_by(work, event, into)
            if one is not None and one.id not in found:
                found[one.id] = one
                todo.append(one)
    return list(found.values())[1:]


async def joined_by(work: UnitOfWork, event: Event, into: Case) -> Case | None:
    """The case that joined this one by this event, where it is still its duplicate.

    What was opened again and then joined another case belongs to that one now.
    """
    one = await work.cases.get(joined_id(event)) if event.act == "merged" else None
    if one is None or not is_duplicate(one) or await joins(work, one) != into.code:
        return None
    return one


def joined_id(event: Event) -> str:
    """Of the event that says that a case joined: which."""
    return event.key.rsplit(":", 1)[1]


def is_duplicate(case: Case) -> bool:
    return case.status is Status.CLOSED and case.closed_reason == "duplicate"


async def joins(work: UnitOfWork, case: Case) -> str:
    """The code of the case that it joined last."""
    events = await work.cases.events(case.id)
    return next(
        read_code(str(one.body["form"]["other"])) or ""
        for one in reversed(events)
        if one.act == Act.MERGE
    )
