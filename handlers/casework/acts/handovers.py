"""A case goes to another commune: offered, answered there, and ours until then (DOMAIN.md section 2)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from cases.conflict import flags_in, kept_from
from cases.lifecycle import Act
from cases.model import Case, Person, Record, Role
from cases.records import records
from cases.routing import desk, people_for
from cases.timers import due_at
from cases.times.calendar import local
from handlers.actor import Actor
from handlers.alarms.alarm import first_step, ring, sound_afresh, staff_of
from handlers.alarms.conflict import hide
from handlers.casework.acts.done import Done, tell
from notifications.announce import Call, staff_time

_THERE = (Role.OFFICER, Role.DEPUTY, Role.LEADER)
DECLINES = 2  # then the city decides


async def works_there(actor: Actor, commune: str) -> bool:
    """Whether anybody of that commune could answer an offer here."""
    staff = await actor.work.people.staff(commune)
    return any(one.commune == commune and one.role in _THERE for one in staff)


async def commune_list(actor: Actor, case: Case) -> tuple[tuple[str, str], ...]:
    """Every other commune that is known and may know of it, those that work with us first."""
    served = {one.commune for one in await actor.work.people.everybody() if one.active}
    rows = [
        one for one in actor.kit.places().areas.communes.items()
        if one[0] != case.commune and not kept_from(case, one[0])
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row[0] not in served))


async def those_there(
    actor: Actor, case: Case, offer: Record, roles: tuple[Role, ...] = _THERE
) -> list[Person]:
    """Who may answer it there and may know of it."""
    flags = flags_in(case, offer.commune)
    theirs = replace(case, commune=offer.commune, flags=flags, holder="")
    staff = await actor.work.people.staff(offer.commune)
    excluded = await actor.work.cases.exclusions(case.id)
    return [
        one for one in people_for(roles, theirs, staff, excluded) if one.commune == offer.commune
    ]


async def _offered(done: Done) -> None:
    offer = next(iter(records(done.after, "handover", "offered")), None)
    if offer is not None:
        actor, case = done.actor, done.after
        due = due_at(f"handover:{offer.no}", case, actor.kit.policy, offer.changed_at)
        await _tell_there(actor, case, offer, ("handover_offered", staff_time("due", due)))


async def _tell_there(
    actor: Actor, case: Case, offer: Record, what: tuple[str, dict[str, str]]
) -> None:
    """Nobody there is called to the case: they know their part of it until they accept."""
    notice, values = what
    key = f"case:{case.id}:{notice}:{offer.no}:{actor.work.new_id()}"
    people = await those_there(actor, case, offer)
    await actor.kit.announcer.tell(actor.work, case, people, Call(notice, key, values))


async def remind_there(actor: Actor, case: Case, no: int) -> None:
    """The clock of an offer: the leader there hears what the leader here hears."""
    for offer in records(case, "handover", "offered"):
        if offer.no == no:
            people = await those_there(actor, case, offer, (Role.LEADER,))
            key = f"case:{case.id}:handover_waits:{no}:{actor.work.new_id()}"
            call = Call("handover_waits", key, {})
            await actor.kit.announcer.tell(actor.work, case, people, call)


async def _accepted(done: Done) -> None:
    """Whoever had it hears that it is somebody else's now, and keeps nothing of it."""
    actor, before, after = done.actor, done.case, done.after
    await actor.work.cases.leaves(after.id, after.commune)
    staff, excluded = await staff_of(actor, before)
    values = {"role": done.person.role, "when": f"{local(actor.work.now):%H:%M}"}
    call = Call("handover_accepted", f"case:{after.id}:handover_accepted:{after.rev}", values)
    people = people_for(("holder", Role.LEADER), before, staff, excluded)
    await hide(actor, after)  # what still waited for them; not this last word
    await actor.kit.announcer.tell(actor.work, after, people, call)


async def _declined(done: Done) -> None:
    """Ours still: holder and leader hear it; the second time the city decides."""
    actor, case = done.actor, done.after
    await tell(actor, case, "handover_declined", ("holder", "leader"), done.person)
    if len(records(case, "handover", "declined")) >= DECLINES:
        await to_the_city(actor, case)


async def to_the_city(actor: Actor, case: Case) -> None:
    """Somebody above both must say whose it is."""
    staff, excluded = await staff_of(actor, case)
    key = f"case:{case.id}:handover_disputed:{actor.work.new_id()}"
    call = Call("handover_disputed", key, {})
    await ring(actor, case, desk(case, staff, excluded), call, somebody=True)


async def _withdrawn(done: Done) -> None:
    await withdraw_there(done.actor, done.case, done.after)


async def withdraw_there(actor: Actor, before: Case, after: Case) -> None:
    """Whoever was offered it hears that it is not theirs to answer any more."""
    open_ = {one.no for one in records(before, "handover", "offered")}
    for offer in records(after, "handover", "withdrawn"):
        if offer.no in open_:
            await _tell_there(actor, after, offer, ("handover_withdrawn", {}))


async def _routed(done: Done) -> None:
    """Alerted anew where it goes; where it stays, whoever has it hears that it stays."""
    actor, case = done.actor, done.after
    if case.commune != done.case.commune:
        await actor.work.cases.leaves(case.id, case.commune)
    await hide(actor, case)
    await withdraw_there(actor, done.case, case)
    if case.commune == done.case.commune and case.holder:
        await tell(actor, case, "handover_settled", ("holder", "leader"), done.person)
    else:
        await sound_afresh(actor, case, "alert", first_step(actor, case))


HANDOVERS: Mapping[Act, Callable[[Done], Awaitable[None]]] = {
    Act.OFFER_HANDOVER: _offered,
    Act.ACCEPT_HANDOVER: _accepted,
    Act.DECLINE_HANDOVER: _declined,
    Act.WITHDRAW_HANDOVER: _withdrawn,
    Act.ROUTE: _routed,
}
