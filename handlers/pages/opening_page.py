"""Breaking the glass on a page: what one asked for oneself, and what waits for one's own agreement."""

from dataclasses import dataclass

from cases.errors import Refused
from cases.openings import MAY_ASK
from handlers.actions.openings import theirs
from handlers.actor import Actor
from handlers.pages.worklist import moment
from handlers.staff.lists import name_of
from storage.records.openings import DRAFT, OPEN


@dataclass(frozen=True, slots=True)
class Mine:
    """A request of one's own: the code as it was typed, never whether there is such a case."""

    id: str
    code: str
    reason: str
    state: str
    until: str
    drafted: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Theirs:
    """Somebody else's request, to agree to or not."""

    id: str
    code: str
    who: str
    reason: str
    at: str


async def mine(actor: Actor) -> list[Mine]:
    """Raises Refused for a role that never asks."""
    assert actor.person is not None
    if actor.person.role not in MAY_ASK:
        raise Refused("error.not_found")
    return [
        Mine(
            one.id, one.code, one.reason, actor.words(f"staff.opening_{one.state}"),
            moment(actor, one.until), one.state == DRAFT, one.state == OPEN,
        )
        for one in await actor.work.openings.of_person(actor.person.id)
    ]  # fmt: skip


async def to_decide(actor: Actor) -> list[Theirs]:
    """Only what waits for this very person; looking at it is logged like any reading of a request."""
    found = []
    for one in await actor.work.openings.waiting():
        waiting = await theirs(actor, one.id)
        if waiting is None:
            continue
        assert actor.person is not None
        await actor.work.audit.write(actor.person.id, "opening_read", waiting.case.id)
        who = name_of(actor, waiting.asker)
        found.append(Theirs(one.id, one.code, who, one.reason, moment(actor, one.asked_at)))
    return found
