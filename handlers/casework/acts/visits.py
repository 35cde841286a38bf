"""A visit: a collaborator is asked, says yes or passes it on, looks, and tells the holder what they saw."""

from collections.abc import Awaitable, Callable, Mapping

from cases.lifecycle import Act
from cases.model import Case, Person, Record
from cases.records import Doing, made, moved, records
from cases.roster import short
from cases.timers import due_at
from cases.times.calendar import local
from cases.visiting import collaborators, next_one, same_visit
from handlers.actor import Actor
from handlers.alarms.alarm import report_gone, staff_of
from handlers.alarms.clocks import clocks_of_records
from handlers.casework.acts.done import Done, Raced, tell
from handlers.casework.acts.emergency import seen
from handlers.casework.cards import refresh
from handlers.render import answers_of
from notifications.announce import Call, staff_time

ASKED, ACCEPTED = "asked", "accepted"


async def those_near(actor: Actor, case: Case) -> tuple[Person, ...]:
    """Who can be asked to go, the village's own first."""
    staff, excluded = await staff_of(actor, case)
    return collaborators(case, staff, excluded, await _places(actor, case))


async def collaborator_list(actor: Actor, case: Case) -> tuple[tuple[str, str], ...]:
    """The pick list of `those_near`: by name and village."""
    return tuple(
        (one.id, " · ".join((short(one.name) or actor.words(f"role.{one.role}"), *one.villages)))
        for one in await those_near(actor, case)
    )


async def _places(actor: Actor, case: Case) -> list[str]:
    """Where the child is, and where it happened, as it was told."""
    told = answers_of(await actor.work.cases.events(case.id))
    values = [told.get(name) for name in ("child_place", "place")]
    return [
        f"{one.get('words', '')} , {one.get('via', '')}" for one in values if isinstance(one, dict)
    ]


async def _asked(done: Done) -> None:
    await _alert(done.actor, done.after, records(done.after, "visit", ASKED)[-1])


async def _alert(actor: Actor, case: Case, visit: Record) -> None:
    """On the collaborator's address; where none works the next one is asked at once."""
    person = await actor.work.people.get(visit.person)
    assert person is not None
    due = due_at(f"visit:{visit.no}", case, actor.kit.policy, visit.changed_at)
    call = Call("visit_asked", f"case:{case.id}:visit:{visit.no}", staff_time("due", due))
    if await actor.kit.announcer.tell(actor.work, case, [person], call):
        await report_gone(actor, case, person, "-")
        await unreached(actor, case, person)


async def unreached(actor: Actor, case: Case, person: Person) -> None:
    """No address of theirs works: what they were asked for goes on to the next, and the holder knows."""
    for visit in records(case, "visit", ASKED):
        if visit.person == person.id:
            await _holder_hears(actor, case, "visit_unanswered", person)
            case = await _pass_on(actor, case, visit)


async def given_up(actor: Actor, case: Case, visit: Record) -> Case:
    """The clock passes it on. The same case: nobody else can be asked, its clock goes on."""
    after = await _pass_on(actor, case, visit)
    if after is not case:
        who = await actor.work.people.get(visit.person)
        assert who is not None
        await _holder_hears(actor, after, "visit_unanswered", who)
    return after


async def _pass_on(actor: Actor, case: Case, visit: Record) -> Case:
    """The next collaborator of the village is asked for the same, unless there is nobody else."""
    after = await _next_asked(actor, case, visit)
    if after is not case:
        await refresh(actor, after)
        await _alert(actor, after, records(after, "visit", ASKED)[-1])
        # Where no address of theirs works it went on again.
        return await actor.work.cases.get(case.id) or after
    return after


async def _next_asked(actor: Actor, case: Case, visit: Record) -> Case:
    """The case with the visit asked of somebody else; the same case where nobody else can be."""
    near, places = await those_near(actor, case), await _places(actor, case)
    person = next_one(case, visit, near, places)
    if person is None or visit != same_visit(case, visit)[-1]:
        return case  # nobody is left, or the next was asked already
    now, what = actor.work.now, str(visit.body["what"])
    doing = Doing(person, now, {"what": what})
    after = moved(case, visit, "declined", now) if visit.state == ASKED else case
    after = made(after, "visit", ASKED, doing, person=person.id)
    no = records(after, "visit")[-1].no
    body = {"form": {"what": what}, "role": "system"}
    await actor.work.cases.add_event(
        case.id, f"{case.id}:visit:{no}", Act.SEND_VISIT.value, "system", body
    )
    await amend(actor, case, after)
    return after


async def amend(actor: Actor, before: Case, after: Case) -> None:
    """What follows from an act changes a record, too: the same compare-and-set, the same clocks."""
    if not await actor.work.cases.save(after, before.rev):
        raise Raced
    await clocks_of_records(actor, before, after)


async def _holder_hears(actor: Actor, case: Case, notice: str, who: Person) -> None:
    await tell(actor, case, notice, ("holder",) if case.holder else ("officer", "leader"), who)


async def _accepted(done: Done) -> None:
    await _holder_hears(done.actor, done.after, "visit_accepted", done.person)


async def _declined(done: Done) -> None:
    mine = [one for one in records(done.after, "visit", "declined") if one.person == done.person.id]
    if done.form.get("reason") == "involved":
        await done.actor.work.cases.exclude(done.after.id, done.person.id, "involved")
    newest = max(mine, key=lambda one: one.changed_at)
    await goes_on(done.actor, done.after, done.person, newest.no)


async def goes_on(actor: Actor, case: Case, person: Person, no: int) -> Case:
    """This person does not go: the holder knows, the next one of the village is asked."""
    await _holder_hears(actor, case, "visit_declined", person)
    visit = next(one for one in records(case, "visit", "declined") if one.no == no)
    return await _pass_on(actor, case, visit)


async def _reported(done: Done) -> None:
    """The holder hears at once; of a child that is not safe, the leader, too. Nobody else is sent."""
    actor, case, form = done.actor, done.after, done.form
    bad = form.get("safe") != "yes" or form.get("hurt") == "yes"
    to = ("holder",) if case.holder else ("officer", "leader")
    if bad:
        await tell(actor, case, "danger", tuple(dict.fromkeys((*to, "leader"))), done.person)
    else:
        await tell(actor, case, "visit_done", to, done.person)
    theirs = [one for one in records(case, "visit", "done") if one.person == done.person.id]
    mine = max(theirs, key=lambda one: one.changed_at)
    after = case
    for other in same_visit(case, mine):
        if other.state == ASKED:
            after = moved(after, other, "ended", actor.work.now)
    if after is not case:
        await amend(actor, case, after)
        await _off(actor, case, after)
    await seen(done)


async def told_off(done: Done) -> None:
    """Whoever was asked for a visit that is needed no more hears so."""
    await _off(done.actor, done.case, done.after)


async def _off(actor: Actor, before: Case, after: Case) -> None:
    open_ = {one.no for one in records(before, "visit", ASKED, ACCEPTED)}
    for one in records(after, "visit", "ended"):
        person = await actor.work.people.get(one.person) if one.no in open_ else None
        if person is not None:
            values = {"when": f"{local(actor.work.now):%H:%M}"}
            call = Call("visit_off", f"case:{after.id}:visit_off:{one.no}", values)
            await actor.kit.announcer.tell(actor.work, after, [person], call)


VISITS: Mapping[Act, Callable[[Done], Awaitable[None]]] = {
    Act.SEND_VISIT: _asked,
    Act.ACCEPT_VISIT: _accepted,
    Act.DECLINE_VISIT: _declined,
    Act.VISIT_REPORT: _reported,
}
