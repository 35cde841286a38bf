"""Who opened which case of a commune this week: for its leader (TRUST.md section 18)."""

from dataclasses import dataclass
from datetime import datetime

from cases.times.calendar import is_night
from handlers.access import readings_for
from handlers.actor import Actor
from handlers.staff.lists import name_of


@dataclass(frozen=True, slots=True)
class Reading:
    """One person and one case in the list of a week. `odd`: how often out of hours."""

    code: str
    who: str
    elsewhere: bool  # somebody who works for another commune, or for the city
    count: int
    odd: int
    last: datetime


async def read_list(actor: Actor, since: datetime, until: datetime) -> list[Reading]:
    """Who opened which case of the commune, odd hours first: how a leader finds who looks too much."""
    leader = actor.person
    assert leader is not None
    people = {one.id: one for one in await actor.work.people.everybody()}
    together: dict[tuple[str, str], list[datetime]] = {}
    for case, deed in await readings_for(actor.work, leader, since, until):
        together.setdefault((case.code, deed.actor), []).append(deed.at)
    rows = []
    for (code, who), times in together.items():
        person, odd = people.get(who), sum(map(is_night, times))
        name = name_of(actor, person) if person is not None else who
        away = person is not None and person.commune != leader.commune
        rows.append(Reading(code, name, away, len(times), odd, max(times)))
    return sorted(rows, key=lambda one: (-one.odd, not one.elsewhere, -one.count, one.code))
