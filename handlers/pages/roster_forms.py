"""The forms of the roster: a person, a village, an invitation; filled as it is, or as somebody left it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.errors import Refused
from cases.model import Person, Role
from cases.roles import ROLES
from cases.roster import names_in, one_line, short
from handlers.actions.keep_roster import (
    KEEP,
    PersonEdit,
    Village,
    VillageEdit,
    collaborators_of,
    print_of,
    print_of_village,
    villages_of,
)
from handlers.actor import Actor
from handlers.pages.settings_page import communes_of

Choices = list[tuple[str, str, bool]]  # value, words, chosen


@dataclass(frozen=True, slots=True)
class PersonForm:
    """`villages` only of who visits them; `now`: what is in force, for whoever was too late."""

    id: str
    seen: str
    role: str
    place: str
    name: str
    villages: Choices
    now: list[str]


@dataclass(frozen=True, slots=True)
class VillageForm:
    """`code` is empty while it is new."""

    commune: str
    place: str
    code: str
    seen: str
    name: str
    aliases: str
    landmark: str
    collaborators: Choices
    substitutes: Choices
    now: list[str]


@dataclass(frozen=True, slots=True)
class InviteForm:
    """Whom one may invite, and where."""

    roles: Choices
    communes: Choices
    name: str
    villages: str


async def person_form(
    actor: Actor, person: Person, typed: Mapping[str, str] | None = None
) -> PersonForm:
    known = [one.row.name for one in await villages_of(actor, person.commune)]
    visits = person.role is Role.COLLABORATOR
    names = dict.fromkeys([*known, *person.villages]) if visits else {}
    chosen = _ticked(typed) if typed is not None else person.villages
    now = actor.words("roster.now", name=person.name, villages=", ".join(person.villages) or "none")
    return PersonForm(
        person.id, print_of(person), actor.words(f"role.{person.role}"),
        actor.kit.places().areas.communes.get(person.commune, ""),
        typed.get("name", "") if typed is not None else person.name,
        [(one, one, one in chosen) for one in names], [now],
    )  # fmt: skip


def _ticked(typed: Mapping[str, str]) -> tuple[str, ...]:
    names = [one.removeprefix("village.") for one in typed if one.startswith("village.")]
    return tuple(one for one in map(one_line, names) if one)


async def read_person(actor: Actor, person: Person, typed: Mapping[str, str]) -> PersonEdit:
    """What stands in the fields; only villages that are known can be ticked."""
    known = [
        name for name, _, ticked in (await person_form(actor, person, typed)).villages if ticked
    ]
    return PersonEdit(person.id, typed.get("seen", ""), typed.get("name", ""), tuple(known))


async def village_form(
    actor: Actor, commune: str, village: Village | None, typed: Mapping[str, str] | None = None
) -> VillageForm:
    """Of a village, or of a new one."""
    row, owners = (village.row, village.owners) if village else (None, None)
    told = typed or {}
    was = {
        "name": row.name if row else "", "aliases": ", ".join(row.aliases) if row else "",
        "landmark": row.landmark if row else "",
    }  # fmt: skip
    name, aliases, landmark = (told.get(one, was[one]) for one in was)
    who = [owners.collaborator, owners.substitute] if owners else ["", ""]
    return VillageForm(
        commune, actor.kit.places().areas.communes[commune], row.code if row else "",
        print_of_village(village) if village else "", name, aliases, landmark,
        await _people(actor, commune, who[0], told.get("collaborator")),
        await _people(actor, commune, who[1], told.get("substitute")),
        _now(actor, village) if village else [],
    )  # fmt: skip


async def _people(actor: Actor, commune: str, was: str, chosen: str | None) -> Choices:
    """Nobody, the collaborators, and a name that an import wrote here and nobody has."""
    people = [(one.id, one.name) for one in await collaborators_of(actor, commune)]
    if chosen is None:
        chosen = next((key for key, name in people if name == was), KEEP if was else "")
    unknown = [(KEEP, was)] if was and was not in dict(people).values() else []
    rows = [("", actor.words("roster.nobody")), *unknown, *people]
    return [(key, short(name), key == chosen) for key, name in rows]


def _now(actor: Actor, village: Village) -> list[str]:
    row, owners = village.row, village.owners
    told = (
        ("also", "names", ", ".join(row.aliases)), ("near", "landmark", row.landmark),
        ("looks_after", "name", owners.collaborator), ("instead", "name", owners.substitute),
    )  # fmt: skip
    return [actor.words(f"roster.{key}", **{of: words}) for key, of, words in told if words]


def read_village(commune: str, typed: Mapping[str, str]) -> VillageEdit:
    return VillageEdit(
        commune, typed.get("code", "")[:16], typed.get("seen", ""), typed.get("name", ""),
        names_in(typed.get("aliases", "")), typed.get("landmark", ""),
        typed.get("collaborator", ""), typed.get("substitute", ""),
    )  # fmt: skip


async def invite_form(actor: Actor, typed: Mapping[str, str]) -> InviteForm:
    """A leader invites collaborators of the own commune, an administrator anybody anywhere."""
    assert actor.person is not None
    roles = ROLES[actor.person.role].invites
    everywhere = actor.person.role is Role.ADMIN
    names = actor.kit.places().areas.communes.items() if everywhere else await communes_of(actor)
    return InviteForm(
        [(one.value, actor.words(f"role.{one}"), one.value == typed.get("role")) for one in roles],
        [(code, name, code == typed.get("commune")) for code, name in names],
        typed.get("name", ""), typed.get("villages", ""),
    )  # fmt: skip


def check_invite(form: InviteForm) -> None:
    """One role that one may invite, and a commune where it has one. Raises Refused."""
    role = next((one for one, _, chosen in form.roles if chosen), "")
    if not role:
        raise Refused("error.invite_role")
    if not ROLES[Role(role)].city and not any(chosen for _, _, chosen in form.communes):
        raise Refused("error.no_commune")
