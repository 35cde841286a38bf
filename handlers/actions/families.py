"""The month's list of families: an officer writes a line, the collaborator answers it with one press."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.errors import Refused
from cases.families import (
    MOST,
    TOGETHER,
    Family,
    FamilyState,
    gone_at,
    may_set,
    month_after,
    month_now,
    told_at,
)
from cases.model import Timer
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, offer, tell

TELL, FORGET = "families", "families_over"  # timers of `families:<person>`, round = the month


async def add_family(actor: Actor, form: Mapping[str, Any]) -> None:
    """One more line, told now or on the first of its month. Raises Refused."""
    keeper = actor.person
    assert keeper is not None
    visitor = await actor.work.people.get(str(form["person"]))
    if visitor is None or not may_set(keeper, visitor):
        raise Refused("error.errand_over")
    now = month_now(actor.work.now)
    month = now if form["month"] == "this" else month_after(now)
    if len(await actor.work.families.of_person(visitor.id, month)) >= MOST:
        raise Refused("error.families_full", count=MOST)
    one = Family(actor.work.new_id(), keeper.commune, visitor.id, month, str(form["words"]))
    await actor.work.families.add(one, keeper.id)
    await actor.work.audit.write(keeper.id, "family_added", "", {"person": visitor.id})
    await _arm(actor, one)
    await actor.say(actor.words("families.added", month=_month(month)))


async def _arm(actor: Actor, one: Family) -> None:
    """Its list is told: soon, or on the first; it is deleted at the end of the month after."""
    owner, round_ = f"families:{one.person_id}", one.month.toordinal()
    armed = await actor.work.timers.armed(owner)
    if not any((timer.kind, timer.round) == (TELL, round_) for timer in armed):
        due = max(told_at(one.month), actor.work.now + TOGETHER)
        tells = Timer(owner, TELL, round_, 0, 0, due)
        await actor.work.timers.start(await actor.work.timers.fresh(tells))
    await actor.work.timers.start(Timer(owner, FORGET, round_, 0, 0, gone_at(one.month)))
    actor.work.wake("timers")


async def on_families(actor: Actor, timer: Timer) -> None:
    """The collaborator hears that there is a list; an old list is deleted."""
    person_id, month = timer.owner.partition(":")[2], date.fromordinal(timer.round)
    if timer.kind == FORGET:
        await actor.work.families.forget(person_id, month)
        return
    person = await actor.work.people.get(person_id)
    found = await actor.work.families.of_person(person_id, month)
    left = [one for one in found if one.state is FamilyState.ASKED]
    if person is None or not person.active or not left:
        return
    key = f"families:{person_id}:{timer.round}:{timer.slot}"
    await tell(actor, [person], Errand("families", f"families:{month}", key))


async def list_of_mine(actor: Actor, _: str = "") -> None:
    """What is still to be looked at this month, a message for each with its two answers."""
    person = actor.person
    assert person is not None
    month = month_now(actor.work.now)
    found = await actor.work.families.of_person(person.id, month)
    left = [one for one in found if one.state is FamilyState.ASKED]
    await actor.work.audit.write(person.id, "families_read")
    if not left:
        await actor.say(actor.words("families.none", month=_month(month)))
    for n, one in enumerate(left, 1):
        words = actor.words("families.line", n=n, words=one.words)
        await offer(actor, words, f"family:{one.id}", ("visited", "to_report"))


async def visited(actor: Actor, family_id: str) -> None:
    """They looked in, and nothing needs reporting."""
    await answered(actor, family_id, FamilyState.VISITED)
    await actor.say(actor.words("families.visited"))


async def answered(actor: Actor, family_id: str, to: FamilyState) -> None:
    """One press, once. Raises Refused: not theirs, answered, or gone."""
    person, one = actor.person, await actor.work.families.get(family_id)
    assert person is not None
    if one is None or one.person_id != person.id or not await actor.work.families.mark(one, to):
        raise Refused("error.errand_over")
    await actor.work.audit.write(person.id, f"family_{to}")


def _month(month: date) -> str:
    return f"{month:%m/%Y}"
