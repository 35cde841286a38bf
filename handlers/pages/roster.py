"""Who works here, who is there now, and the villages that are looked after."""

from dataclasses import dataclass

from cases.duty import LeaveState, stand_in
from cases.model import Person, Role
from cases.roles import ROLES, may_keep_people, may_remove
from cases.roster import short
from handlers.actions.keep_calendar import may_keep
from handlers.actions.keep_roster import Village, villages_of
from handlers.actor import Actor
from handlers.pages.settings_page import communes_of
from handlers.pages.worklist import moment
from storage.records.people import Contact

may_look = may_keep  # the settings are read by those who keep the calendar


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One colleague: presence in words, and each address with whether it works; never an address itself."""

    id: str
    name: str
    role: str
    place: str
    presence: str
    addresses: list[Contact]
    villages: str
    edits: bool
    leaves: bool


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One village: its other names and landmark, and who looks after it."""

    code: str
    name: str
    about: list[str]
    who: list[str]


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a commune, or for an administrator of all; the villages of the commune chosen."""

    people: list[PersonRow]
    commune: str
    place: str
    communes: list[tuple[str, str]]
    villages: list[VillageRow]
    invites: bool


async def roster(actor: Actor, chosen: str) -> Roster:
    """A leader reads of the own commune and of the city desk, an administrator of everybody."""
    person = actor.person
    assert person is not None
    people = [one for one in await actor.work.people.everybody() if one.active]
    commune = chosen if person.role is Role.ADMIN else person.commune
    if commune:
        people = [one for one in people if one.commune in (commune, "")]
    people.sort(key=lambda one: (one.commune == "", one.commune, list(Role).index(one.role)))
    rows = [await _row(actor, one, people) for one in people]
    villages = [_village(actor, one) for one in await villages_of(actor, commune)]
    place = actor.kit.places().areas.communes.get(commune, "")
    communes = await communes_of(actor) if person.role is Role.ADMIN else []
    return Roster(rows, commune, place, communes, villages, bool(ROLES[person.role].invites))


def _village(actor: Actor, village: Village) -> VillageRow:
    row, owners = village.row, village.owners
    about = [actor.words("roster.also", names=", ".join(row.aliases))] if row.aliases else []
    about += [actor.words("roster.near", landmark=row.landmark)] if row.landmark else []
    who = [
        actor.words("roster.looks_after", name=short(one)) for one in (owners.collaborator,) if one
    ]
    who += [actor.words("roster.instead", name=short(one)) for one in (owners.substitute,) if one]
    return VillageRow(row.code, row.name, about, who)


async def _row(actor: Actor, person: Person, staff: list[Person]) -> PersonRow:
    names = actor.kit.places().areas.communes
    by = actor.person
    assert by is not None
    return PersonRow(
        person.id, short(person.name), actor.words(f"role.{person.role}"), names.get(person.commune, ""),
        await _presence(actor, person, staff),
        await actor.work.contacts.of_person(person.id),
        ", ".join(short(one) for one in person.villages),
        may_keep_people(by, person.commune), may_remove(by, person),
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
        who=(short(who.name) or actor.words(f"role.{who.role}")) if who is not None else "none",
    )  # fmt: skip
