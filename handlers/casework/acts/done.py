"""An act that was just done, and who hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.lifecycle import TAKERS, Act
from cases.model import Case, Person
from cases.routing import people_for
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.alarms.alarm import ring, staff_of
from notifications.announce import Call
from notifications.notices import NOTICES


class Raced(Exception):
    """Somebody changed it in the middle of an act: nothing is done, and it is tried again whole."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was just done: by whom, the case before and after, what its form said."""

    actor: Actor
    person: Person
    case: Case
    after: Case
    act: Act
    form: Mapping[str, Any]


async def called_but(actor: Actor, case: Case, person: Person) -> list[Person]:
    """Everybody who was called to the case, without the one who acts."""
    called = await actor.work.cases.involved(case.id)
    staff, excluded = await staff_of(actor, case)
    return [
        one for one in staff
        if one.id in called and one.id not in (person.id, *excluded) and one.role in TAKERS
    ]  # fmt: skip


async def tell(
    actor: Actor, case: Case, notice: str, to: tuple[str, ...], doer: Person, **values: object
) -> None:
    """These roles, `holder` or `person:<id>`, without the one who acts."""
    staff, excluded = await staff_of(actor, case)
    people = [one for one in people_for(to, case, staff, excluded) if one.id != doer.id]
    said = {"role": doer.role, "when": f"{local(actor.work.now):%H:%M}", **values}
    key = f"case:{case.id}:{notice}:{case.rev}:{actor.work.new_id()}"
    call = Call(notice, key, said)
    if NOTICES[notice].alarm:
        await ring(actor, case, people, call)
    else:
        await actor.kit.announcer.tell(actor.work, case, people, call)
