"""An act that was just done, and how colleagues hear of it: what every consequence is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.lifecycle import Act
from cases.model import Case, Person
from cases.routing import people_for
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.alarms.alarm import ring, staff_of
from notifications.announce import Call
from notifications.notices import NOTICES


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was just done: by whom, the case before and after, what its form said."""

    actor: Actor
    person: Person
    case: Case
    after: Case
    act: Act
    form: Mapping[str, Any]


async def tell(actor: Actor, case: Case, notice: str, to: tuple[str, ...], doer: Person) -> None:
    """These roles hear of it, without who did it; an alarm looks for somebody who can be reached."""
    staff, excluded = await staff_of(actor, case)
    people = [one for one in people_for(to, case, staff, excluded) if one.id != doer.id]
    values = {"role": doer.role, "when": f"{local(actor.work.now):%H:%M}"}
    key = f"case:{case.id}:{notice}:{case.rev}:{actor.work.new_id()}"
    call = Call(notice, key, values)
    if NOTICES[notice].alarm:
        await ring(actor, case, people, call)
    else:
        await actor.kit.announcer.tell(actor.work, case, people, call)
