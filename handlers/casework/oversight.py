"""What a leader looks over once a week: levels that people changed, cases opened out of hours."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from cases.lifecycle import Act
from cases.model import Case, Person
from cases.times.calendar import is_night
from handlers.access import readings_for
from handlers.actor import Actor
from notifications.digest import Noted

_LEVELS = (Act.RAISE.value, Act.LOWER.value)


async def levels_changed(
    actor: Actor, cases: Sequence[Case], since: datetime, until: datetime
) -> tuple[Noted, ...]:
    """Each change of a level by a person: what improves the rules of triage (DOMAIN.md section 5)."""
    codes = {case.id: case.code for case in cases}
    deeds = await actor.work.figures.did(_LEVELS, since, until)
    roles = await _roles(actor)
    return tuple(
        Noted(codes[one.case_id], roles.get(one.actor, "system"), one.act)
        for one in deeds if one.case_id in codes
    )  # fmt: skip


async def read_at_night(
    actor: Actor, leader: Person, since: datetime, until: datetime
) -> tuple[Noted, ...]:
    """Who opened which case between nine in the evening and six, and how often."""
    roles = await _roles(actor)
    nights = Counter(
        (case.code, roles.get(deed.actor, "system"))
        for case, deed in await readings_for(actor.work, leader, since, until)
        if is_night(deed.at)
    )  # fmt: skip
    return tuple(Noted(code, role, "read", count) for (code, role), count in nights.items())


async def _roles(actor: Actor) -> dict[str, str]:
    return {one.id: one.role.value for one in await actor.work.people.everybody()}
