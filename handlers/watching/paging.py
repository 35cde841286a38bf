"""People hear of what does not hold: which rule, how many, since when; never what a case is about."""

from collections.abc import Sequence
from datetime import datetime

from cases.errors import Refused
from cases.model import Person, Role
from cases.watch import WATCH, Rule
from handlers.actor import Actor
from handlers.roster.colleagues import Errand, leaders_of, tell, tell_contact
from notifications.announce import reachable, staff_time
from storage.records.watch import Standing


async def page(actor: Actor, standing: Sequence[Standing]) -> None:
    """Each rule once an hour or once a day: its key says which, so no pass repeats another."""
    for rule in WATCH.values():
        found = [one for one in standing if one.found.rule == rule.id]
        if not found:
            continue
        await _operators(actor, _errand(actor, rule, found, ""))
        if rule.leader:
            for commune in sorted({one.found.commune for one in found} - {""}):
                here = [one for one in found if one.found.commune == commune]
                leaders = await leaders_of(actor, commune)
                await tell(actor, leaders, _errand(actor, rule, here, commune))


def _errand(actor: Actor, rule: Rule, found: Sequence[Standing], commune: str) -> Errand:
    now = actor.work.now
    period = f"{now:%Y-%m-%dT%H}" if rule.again.days == 0 else f"{now:%Y-%m-%d}"
    since = min(one.found.since for one in found)
    values = {"rule": rule.id, "count": len(found), **staff_time("at", since)}
    notice = "watch_unseen" if rule.seen else "watch"
    return Errand(notice, f"watch:{rule.id}", f"watch:{rule.id}:{commune}:{period}", values)


async def _operators(actor: Actor, errand: Errand) -> None:
    """Administrators on every address that works: the first may be what is broken. Without any, the city."""
    staff = await actor.work.people.staff("")
    by_role = {
        role: [one for one in staff if one.role is role] for role in (Role.ADMIN, Role.SUPERVISOR)
    }
    for person in by_role[Role.ADMIN] or by_role[Role.SUPERVISOR]:
        for contact in await reachable(actor.work, person):
            await tell_contact(actor, contact, errand)


async def seen(actor: Actor, _: str) -> None:
    """`Tôi đã xem`, pressed: somebody knows what did not arrive or could not be read."""
    person = actor.person
    assert person is not None
    count = await see(actor, person)
    await actor.say(actor.words("watch.seen", count=count))


async def see(actor: Actor, person: Person) -> int:
    """An administrator or the city sees all of it, a leader what is of the commune. Raises Refused."""
    if person.role in (Role.ADMIN, Role.SUPERVISOR):
        commune = None
    elif person.role is Role.LEADER or person.leads:
        commune = person.commune
    else:
        raise Refused("error.old_button")
    count = await actor.work.violations.see(person.id, commune)
    if count:
        await actor.work.audit.write(person.id, "seen", "", {"count": count})
    return count


def known_since(standing: Sequence[Standing]) -> dict[str, tuple[int, datetime]]:
    """How many of each rule, and since when the first of them; in the order of the rules."""
    return {
        rule: (len(found), min(one.found.since for one in found))
        for rule in WATCH
        if (found := [one for one in standing if one.found.rule == rule])
    }
