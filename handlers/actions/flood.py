"""The leader's switch for a flood of reports: for twelve hours only what brings help is asked."""

from cases.errors import Refused
from cases.flood import LASTS, SETTING, may_switch, until
from cases.model import Person
from handlers.actor import Actor
from notifications.announce import staff_time


async def turn_flood(actor: Actor, *, on: bool) -> str:
    """Switch it, and say how it is now. On again = twelve hours from now. Raises Refused."""
    person = _leader(actor)
    ends = actor.work.now + (LASTS if on else -LASTS)
    await actor.work.settings.add(person.commune, SETTING, {"until": ends.isoformat()}, person.id)
    detail = {"commune": person.commune, "setting": SETTING, "after": on}
    await actor.work.audit.write(person.id, "setting", "", detail)
    if not on:
        return actor.words("flood.ended")
    return actor.words("flood.begun", **staff_time("at", ends))


def flood_state(actor: Actor) -> tuple[str, bool]:
    """What the leader reads before switching, and whether it is on. Raises Refused."""
    person = _leader(actor)
    ends = until(actor.kit.policy, person.commune, actor.work.now)
    if ends is None:
        return actor.words("flood.off"), False
    return actor.words("flood.on", **staff_time("at", ends)), True


def _leader(actor: Actor) -> Person:
    person = actor.person
    if person is None or not may_switch(person):
        raise Refused("error.no_settings")
    return person
