"""Raising an alarm: whom a step of the chain reaches, their next addresses, and who hears if nobody does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from cases.access import bypassed, hidden_from
from cases.deadlines import ALARMING, DEADLINES, applies, law_start, steps_of
from cases.model import Case, Person, Role, Status, Timer
from cases.roles import STEP_UP
from cases.routing import beyond_the_commune, desk, people_for, reach
from cases.timers import due_at, half_time
from cases.watch import DRILL_COMMUNE
from handlers.actor import Actor
from handlers.alarms.clocks import start_clock
from notifications.announce import Call, staff_time

HOPS = 10  # looks at the next address that one alarm may take
_HOURS_FROM = 120  # minutes; below that a person counts in minutes


async def staff_of(actor: Actor, case: Case) -> tuple[list[Person], frozenset[str]]:
    """Everybody an alarm about this case may reach, and who is excluded from it."""
    staff = await actor.work.people.staff(case.commune)
    if case.commune == DRILL_COMMUNE:  # a drill calls nobody but its own officer
        return [one for one in staff if one.commune == DRILL_COMMUNE], frozenset()
    excluded = await actor.work.cases.exclusions(case.id)
    if beyond_the_commune(case) and not people_for((Role.SUPERVISOR,), case, staff, excluded):
        known = {one.id for one in staff}
        staff += [one for one in await actor.work.people.leaders() if one.id not in known]
    return [person for person in staff if not hidden_from(case, person)], excluded


def step_of(actor: Actor, case: Case, role: Role) -> int:
    """The first step of this case's chain that calls the role, or else who is next above it.

    A commune may leave a role out: that everybody is called in the end is not for one of them.
    """
    steps = steps_of("unanswered", case, actor.kit.policy)[:-1]
    while role is not Role.SUPERVISOR and not any(role in step.to for step in steps):
        role = STEP_UP[role]
    return next((n for n, step in enumerate(steps) if role in step.to), 0)


def first_step(actor: Actor, case: Case) -> int:
    """Where the chain begins: further on than received, only a leader can take or assign the case."""
    return 0 if case.status is Status.RECEIVED else step_of(actor, case, Role.LEADER)


async def following_step(actor: Actor, case: Case) -> int:
    """The step that rings next; where nothing rings, the one after the first call."""
    armed = await actor.work.timers.armed(f"case:{case.id}")
    return next((timer.step for timer in armed if timer.kind == "unanswered"), 1)


async def sound(actor: Actor, case: Case, notice: str, step: int = 0) -> None:
    """Alert from this step of the chain on, and arm the step that follows."""
    reached = await alert(actor, case, notice, step)
    await start_clock(actor, "unanswered", case, reached + 1)


async def sound_afresh(actor: Actor, case: Case, notice: str, step: int = 0) -> None:
    """The chain begins again from this step, with clocks of its own."""
    held = ("verify", "assess") if case.status is Status.RECEIVED else ()
    owner = f"case:{case.id}"
    await actor.work.timers.stop(owner, "unplaced", "unanswered", "hop", "idle", *held)
    await sound(actor, case, notice, step)


async def alert(actor: Actor, case: Case, notice: str, step: int) -> int:
    """Alert the people of a step of the chain; a step without anybody goes one up at once.

    Returns the step that was reached. Nobody at all, or people without an address: the
    administrator hears of it, and the chain goes on by its clock.
    """
    slot, minute = await _next_slot(actor, case), f"{actor.work.now:%d%H%M}"
    staff, excluded = await staff_of(actor, case)
    steps = steps_of("unanswered", case, actor.kit.policy)
    reached, people = reach(steps, step, case, staff, excluded)
    if step == 0 and reached > 0 and people and case.commune and not bypassed(case):
        await tell_admins(actor, case, "admin_nobody_on_duty", f"nobody:{case.rev}:{step}:{minute}")
    readers = [person for person in people if person.role is not Role.ADMIN]
    call = _call(actor, case, notice, step, slot)
    unreachable = await actor.kit.announcer.tell(actor.work, case, readers, call)
    if not readers:
        await tell_admins(actor, case, "admin_nobody", f"nobody_at_all:{case.rev}:{minute}")
    elif Role.ADMIN in {person.role for person in people}:
        await tell_admins(actor, case, "admin_unanswered", f"unanswered:{case.rev}:{minute}")
    for person in unreachable:
        await report_gone(actor, case, person, "-")
    if unreachable and len(unreachable) == len(readers) and reached + 1 < len(steps):
        return await alert(actor, case, notice, reached + 1)
    if readers:
        await _arm_hop(actor, case, reached, slot)
    return reached


async def call_in(actor: Actor, case: Case, person: Person) -> None:
    """Somebody joins those an alarm has called: from now on it looks for their next address, too."""
    step, slot = max(await following_step(actor, case) - 1, 0), await _next_slot(actor, case)
    call = _call(actor, case, "alert", step, slot)
    if await actor.kit.announcer.tell(actor.work, case, [person], call):
        await report_gone(actor, case, person, "-")
    else:
        await _arm_hop(actor, case, step, slot)


async def ring(
    actor: Actor, case: Case, people: Sequence[Person], call: Call, *, somebody: bool = False
) -> None:
    """Tell these people; for those nobody can reach, the leader or else the city is told instead.

    `somebody`: also when there were no such people, somebody must hear it.
    """
    gone = await actor.kit.announcer.tell(actor.work, case, people, call)
    for person in gone:
        await report_gone(actor, case, person, "-")
    if len(gone) < len(people) or not (people or somebody):
        return
    staff, excluded = await staff_of(actor, case)
    tried = {person.id for person in people}
    leaders = people_for((Role.LEADER,), case, staff, excluded)
    for group in (leaders, desk(case, staff, excluded)):
        above = [one for one in group if one.id not in tried]
        deaf = await actor.kit.announcer.tell(actor.work, case, above, call)
        if len(deaf) < len(above):
            return
    await tell_admins(actor, case, "admin_nobody", f"nobody:{call.key}")


async def _next_slot(actor: Actor, case: Case) -> int:
    """A number for one more alarm within this revision, so that it is not taken for a repeat."""
    told = await actor.work.outbox.told(f"case:{case.id}:alert:{case.rev}:")
    return 1 + max((int(one.key.split(":")[5]) for one in told), default=-1)


def _call(actor: Actor, case: Case, notice: str, step: int, slot: int) -> Call:
    return Call(notice, f"case:{case.id}:alert:{case.rev}:{step}:{slot}", alarm_values(actor, case))


def alarm_values(actor: Actor, case: Case) -> dict[str, object]:
    """What the words of an alarm may hold: minutes, times and a colleague's role."""
    role = actor.person.role if actor.person else "-"
    values: dict[str, object] = {**waited(actor, case), "role": role, "due": "none", "due_day": "-"}
    if applies("emergency", case):
        values |= staff_time("due", due_at("emergency", case, actor.kit.policy, law_start(case)))
    return values


def waited(actor: Actor, case: Case) -> dict[str, object]:
    """How long the case has waited, in the unit a person would use; a re-opened one since then."""
    minutes = int((actor.work.now - law_start(case)) / timedelta(minutes=1))
    unit = "hours" if minutes >= _HOURS_FROM else "minutes"
    return {"span": minutes // 60 if unit == "hours" else minutes, "unit": unit}


async def _arm_hop(actor: Actor, case: Case, step: int, slot: int) -> None:
    """The next address of each alerted person, unless somebody has it by then.

    First look after a minute: an alert that no open page has drawn. Then every two minutes. On calm
    levels once, at half the time that the first step gives.
    """
    owner, first = f"case:{case.id}", slot * HOPS
    hop = Timer(owner, "hop", case.rev, step, first, actor.work.now + actor.kit.policy.undrawn)
    if case.level not in ALARMING:
        hop = replace(hop, slot=first + 1, due_at=half_time(case, actor.kit.policy, actor.work.now))
    await actor.work.timers.start(hop)


async def tell_admins(actor: Actor, case: Case, notice: str, key: str, **values: object) -> None:
    """The administrator learns that something does not work; never what the case is about."""
    if case.commune == DRILL_COMMUNE:
        return  # the watch tells of it
    staff = await actor.work.people.staff("")
    admins = [person for person in staff if person.role is Role.ADMIN and person.active]
    call = Call(notice, f"case:{case.id}:admin:{key}", {**waited(actor, case), **values})
    for admin in admins:
        for contact in await actor.work.contacts.of_person(admin.id):
            await actor.kit.announcer.tell_contact(actor.work, case, contact, call)


async def report_gone(actor: Actor, case: Case, person: Person, channel: str) -> None:
    """Somebody cannot be reached: an event on the case, and the administrator is told."""
    body = {"person": person.id, "role": person.role, "channel": channel}
    key = f"{case.id}:gone:{person.id}:{channel}:{case.rev}"
    if await actor.work.cases.add_event(case.id, key, "gone", "system", body):
        await tell_admins(
            actor, case, "admin_gone", f"gone:{person.id}:{channel}:{case.rev}",
            role=person.role, channel=channel,
        )  # fmt: skip


def limit_hours(kind: str) -> int:
    """The length of a law's chain in hours, for reminders."""
    row = DEADLINES[kind]
    return int(row.steps[row.due_step].after.amount / timedelta(hours=1))
