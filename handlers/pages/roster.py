"""Who works here, and who is there now."""

from dataclasses import dataclass

from cases.duty import LeaveState, stand_in
from cases.model import Person, Role
from handlers.actions.keep_calendar import may_keep
from handlers.actor import Actor
from handlers.pages.worklist import moment
from storage.records.people import Contact

may_look = may_keep  # the settings are read by those who keep the calendar


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One colleague: presence in words, and each address with whether it works; never an address itself."""

    name: str
    role: str
    place: str
    presence: str
    addresses: list[Contact]


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a commune, or for an administrator of all."""

    people: list[PersonRow]


async def roster(actor: Actor) -> Roster:
    """A leader reads of the own commune and of the city desk, an administrator of everybody."""
    person = actor.person
    assert person is not None
    people = [one for one in await actor.work.people.everybody() if one.active]
    if person.role is not Role.ADMIN:
        people = [one for one in people if one.commune in (person.commune, "")]
    people.sort(key=lambda one: (one.commune == "", one.commune, list(Role).index(one.role)))
    rows = [await _row(actor, one, people) for one in people]
    return Roster(rows)


async def _row(actor: Actor, person: Person, staff: list[Person]) -> PersonRow:
    names = actor.kit.places().areas.communes
    return PersonRow(
        person.name, actor.words(f"role.{person.role}"), names.get(person.commune, ""),
        await _presence(actor, person, staff),
        await actor.work.contacts.of_person(person.id),
    )  # fmt: skip


async def _presence(actor: Actor, person: Person, staff: list[Person]) -> str:
    """On duty, off duty, or on leave until then with whoever is called in their place."""
    if not person.substitute:
        return actor.words("staff.admin_on" if person.on_duty else "staff.admin_off")
    leaves = [one for one in await actor.work.leaves.open() if one.person_id == person.id]
    until = max(
        (one.ends_at for one in leaves if one.state is LeaveState.ACCEPTED), default=actor.work.now
    )
    who = stand_in(person, staff)
    return actor.words(
        "staff.on_leave", until=moment(actor, until),
        who=(who.name or actor.words(f"role.{who.role}")) if who is not None else "none",
    )  # fmt: skip
