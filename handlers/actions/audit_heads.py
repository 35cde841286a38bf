"""Each day's head of the audit chain goes to two people: a chain changed later does not fit what they have."""

from dataclasses import replace
from datetime import date

from cases.anchors import Anchor, groups
from cases.model import Person, Role, Timer
from cases.times.calendar import morning_at
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, tell
from notifications.announce import reachable

KIND = "anchor"  # a timer's: owner `anchor:<day>`, round = the day
_BESIDE = (Role.SUPERVISOR, Role.LEADER)  # who keeps it beside an administrator: the city first


async def heads_this_morning(actor: Actor, day: date) -> list[Timer]:
    """One for the day, whoever gets it: where something was done since, and two people are there."""
    owner, round_ = f"{KIND}:{day}", day.toordinal()
    known = owner in await actor.work.timers.thought_of([owner], KIND, round_)
    if known or await _new_head(actor) is None or len(await keepers_of(actor)) < 2:
        return []
    return [Timer(owner, KIND, round_, 0, 0, morning_at(day))]


async def on_head(actor: Actor, timer: Timer) -> None:
    """Nothing where nothing was done or read since, or where there are no two people to keep it."""
    head, keepers = await _new_head(actor), await keepers_of(actor)
    if head is None or len(keepers) < 2:
        return
    day = date.fromordinal(timer.round)
    for person in keepers:
        await actor.work.audit.sent(replace(head, day=f"{day}"), person.id)
    values = {"at_day": f"{day:%d/%m}", "row": str(head.n), "head": groups(head.hash)}
    await tell(actor, keepers, Errand("audit_head", f"{KIND}:{day}", f"{KIND}:{day}", values))


async def _new_head(actor: Actor) -> Anchor | None:
    """The head, where it is not the one that was sent last."""
    head, kept = await actor.work.audit.head(), await actor.work.audit.anchors()
    return None if head is None or (kept and kept[-1].n >= head.n) else head


async def keepers_of(actor: Actor) -> list[Person]:
    """An administrator, and somebody who is none: whoever has been here longest and can be reached."""
    staff = [one for one in await actor.work.people.everybody() if one.active]
    found: list[Person] = []
    for roles in ((Role.ADMIN,), *((one,) for one in _BESIDE)):
        if len(found) == 2:
            break
        for person in (one for one in staff if one.role in roles):
            if await reachable(actor.work, person):
                found.append(person)
                break
    return found if found and found[0].role is Role.ADMIN else []
