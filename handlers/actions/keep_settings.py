"""What a commune sets: whom an alarm calls when, and how long its own clocks run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.chains import check, one_person
from cases.errors import Conflict, Refused
from cases.model import Level, Person
from cases.policy import MINUTE, Decisions, Policy, Step, chain_levels, stored
from cases.roles import NEEDED, may_set, may_set_chain
from cases.settings import SETTINGS, decided_value
from handlers.actor import Actor
from handlers.alarms.new_chain import follow
from notifications.announce import reachable


@dataclass(frozen=True, slots=True)
class Change:
    """Of which setting; `seen`: the number of the decision that its page showed, 0 = as delivered."""

    commune: str
    name: str
    seen: int


async def policy_now(actor: Actor) -> Policy:
    """The settings as they are stored, also those that the program has not read again yet."""
    decided = await actor.work.settings.decided()
    return replace(actor.kit.policy, decided=Decisions(tuple(decided)))


async def heard_here(actor: Actor, commune: str) -> frozenset[str]:
    """Roles and people who take the cases of this commune and of whom somebody has an address that works.

    Neither the police nor the city: they are called beside the commune, not before it.
    """
    found = set()
    for person in await actor.work.people.staff(commune):
        if person.role in NEEDED and await reachable(actor.work, person):
            found |= {person.role.value, one_person(person)}
    return frozenset(found)


async def set_chain(actor: Actor, change: Change, level: Level, steps: Sequence[Step]) -> None:
    """For the next alarm, and for those that ring from their next step on.

    Raises Refused: not theirs, against the limits; Conflict: somebody changed it meanwhile.
    """
    by = _by(actor)
    if not may_set_chain(by, change.commune):
        raise Refused("error.no_settings")
    check(level, steps, await heard_here(actor, change.commune))
    before = (await policy_now(actor)).of(change.commune).unanswered[level]
    if not await _decide(actor, change, stored(before), stored(steps)):
        return
    new = await policy_now(actor)
    knowing = replace(actor, kit=replace(actor.kit, settings=lambda: new))
    await follow(knowing, change.commune, chain_levels(level), before)


async def set_amounts(actor: Actor, change: Change, typed: Mapping[str, str]) -> None:
    """For clocks that start from now on. Raises Refused, Conflict."""
    by = _by(actor)
    if not may_set(by, change.commune) or change.name not in SETTINGS:
        raise Refused("error.no_settings")
    setting = SETTINGS[change.name]
    value = decided_value(setting, typed)
    spans = setting.spans((await policy_now(actor)).of(change.commune))
    before = {
        level.value: spans[level].amount // MINUTE
        for one in setting.numbers
        for level in one.levels
    }
    await _decide(actor, change, before, value)


async def _decide(actor: Actor, change: Change, before: Any, value: Any) -> bool:
    """False = it is so already. Two at once: one wins, the other is told what it is now."""
    work, by = actor.work, _by(actor)
    newest = await work.settings.newest(change.commune, change.name)
    if before == value:
        return False
    if (newest.n if newest else 0) != change.seen:
        raise Conflict("error.setting_changed")
    await work.settings.add(change.commune, change.name, value, by.id)
    detail = {"commune": change.commune, "setting": change.name, "before": before, "after": value}
    await work.audit.write(by.id, "setting", "", detail)
    told = {"commune": change.commune, "name": change.name, "value": value, "by": by.id}
    await work.inbox.redo("setting", told)
    return True


def _by(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person
