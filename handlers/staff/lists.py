"""What the pick-lists of the forms about staff hold: colleagues, communes, shifts, addresses."""

from cases.duty import LeaveState, Shift, ShiftState, may_plan, substitutes_for
from cases.families import may_set
from cases.model import Person, Role
from cases.roles import ROLES, may_remove
from cases.roster import short
from handlers.actor import Actor
from handlers.roster.colleagues import span
from handlers.talks import Lists

Rows = tuple[tuple[str, str], ...]


async def staff_lists(actor: Actor) -> Lists:
    """Every list, as this person may use it now."""
    person = actor.person
    assert person is not None
    staff = await actor.work.people.staff(person.commune)
    return {
        "crew": _people(actor, [one for one in staff if may_plan(person, one)]),
        "substitutes": _people(actor, substitutes_for(person, staff)),
        "members": _people(actor, await _removable(actor, person)),
        "roles": tuple((one.value, actor.words(f"role.{one}")) for one in ROLES[person.role].invites),
        "communes": tuple(actor.kit.places().areas.communes.items()),
        "shifts": await _shifts(actor, person, staff),
        "leaves": await _leaves(actor, person),
        "addresses": await _addresses(actor, person),
        "villages": villages(actor, person),
        "visitors": _people(actor, [one for one in staff if may_set(person, one)]),
    }  # fmt: skip


def _people(actor: Actor, people: list[Person] | tuple[Person, ...]) -> Rows:
    return tuple((one.id, name_of(actor, one)) for one in people)


def name_of(actor: Actor, person: Person) -> str:
    """A colleague's name and role, for colleagues who asked."""
    role = actor.words(f"role.{person.role}")
    return f"{short(person.name)} ({role})" if person.name else role


def villages(actor: Actor, person: Person) -> Rows:
    """The villages of one's commune, as the roster names them."""
    names = [
        one.shown for one in actor.kit.places().areas.names
        if one.kind == "village" and one.commune == person.commune
    ]  # fmt: skip
    return tuple((name, name) for name in dict.fromkeys(names))


async def _removable(actor: Actor, person: Person) -> list[Person]:
    everybody = (
        await actor.work.people.everybody() if person.role in (Role.ADMIN, Role.LEADER) else []
    )
    return [one for one in everybody if one.active and may_remove(person, one)]


async def planned_shifts(actor: Actor, person: Person) -> list[Shift]:
    """What is still to come, or awaits its person: in the commune, or their own."""
    states = (ShiftState.PLANNED, ShiftState.MISSED)
    found = await actor.work.shifts.of_person(person.id, *states)
    if person.commune:
        found = await actor.work.shifts.of_commune(person.commune, *states)
    return [one for one in found if one.ends_at > actor.work.now]


async def _shifts(actor: Actor, person: Person, staff: list[Person]) -> Rows:
    whose = {one.id: one for one in staff}
    return tuple(
        (shift.id, shift_line(actor, shift, whose.get(shift.person_id)))
        for shift in await planned_shifts(actor, person)
        if shift.person_id in whose and may_plan(person, whose[shift.person_id])
    )


def shift_line(actor: Actor, shift: Shift, person: Person | None) -> str:
    """One shift in a list."""
    name = name_of(actor, person) if person is not None else "–"
    return actor.words("duty.shift", name=name, **span(shift.starts_at, shift.ends_at))


async def _leaves(actor: Actor, person: Person) -> Rows:
    return tuple(
        (one.id, actor.words("duty.days", **span(one.starts_at, one.ends_at)))
        for one in await actor.work.leaves.open()
        if one.person_id == person.id and one.state in (LeaveState.ASKED, LeaveState.ACCEPTED)
    )


async def _addresses(actor: Actor, person: Person) -> Rows:
    own = await actor.work.contacts.of_person(person.id)
    names = [f"{n}. {actor.words(f'channel.{one.channel}')}" for n, one in enumerate(own, 1)]
    return tuple((one.id, name) for one, name in zip(own, names, strict=True))
