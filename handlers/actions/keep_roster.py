"""The roster as staff keep it: a person's name and villages, a village's other names and who looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cases.codes import digest
from cases.errors import Conflict, Refused
from cases.model import Person, Role
from cases.roles import may_keep_people
from cases.roster import check_name, check_village, one_line, village_code
from handlers.actor import Actor
from handlers.roster.villages import Village, called_otherwise, keep, villages_of
from storage.records.areas import AreaRow, Owners


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """`seen`: the fingerprint of what the page showed."""

    person_id: str
    seen: str
    name: str
    villages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VillageEdit:
    """`code` is empty for a new one. The two are people's ids, empty = nobody; `seen` as above."""

    commune: str
    code: str
    seen: str
    name: str
    aliases: tuple[str, ...]
    landmark: str
    collaborator: str
    substitute: str


def print_of(person: Person) -> str:
    return digest("|".join((person.name, *person.villages)))[:16]


def print_of_village(village: Village) -> str:
    row, owners = village.row, village.owners
    told = (row.name, *row.aliases, row.landmark, owners.collaborator, owners.substitute)
    return digest("|".join(told))[:16]


async def edited(actor: Actor, person_id: str) -> Person:
    """Somebody whose entry this person may change. Raises Refused."""
    person = await actor.work.people.get(person_id)
    if person is None or not person.active or not may_keep_people(_by(actor), person.commune):
        raise Refused("error.errand_over")
    return person


async def edit_person(actor: Actor, edit: PersonEdit) -> None:
    """Another name, other villages. Two at once: one wins, the other is told. Raises Refused."""
    person, work = await edited(actor, edit.person_id), actor.work
    others = [one for one in await work.people.everybody() if one.id != person.id]
    name = check_name(edit.name, person.role, person.commune, others)
    looks_after = person.role is Role.COLLABORATOR
    after = replace(person, name=name, villages=edit.villages if looks_after else person.villages)
    if after == person:
        return
    if print_of(person) != edit.seen:
        raise Conflict("error.entry_changed")
    await _save(actor, person, after)
    told = {"person": person.id, "name": after.name, "villages": after.villages}
    await work.inbox.redo("person", told)
    if name != person.name:
        await called_otherwise(actor, person, name)


async def _save(actor: Actor, before: Person, after: Person) -> None:
    """A name stays where it can be erased: the audit, which is kept for ever, says that it changed."""
    await actor.work.people.save(after)
    detail = {
        "person": before.id, "named": before.name != after.name,
        "before": before.villages, "after": after.villages,
    }  # fmt: skip
    await actor.work.audit.write(actor.name, "person_edited", "", detail)


async def edit_village(actor: Actor, edit: VillageEdit) -> None:
    """A new village, or another description of one. Raises Refused; Conflict: changed meanwhile."""
    there = edit.commune in actor.kit.places().areas.communes
    if not (there and may_keep_people(_by(actor), edit.commune)):
        raise Refused("error.errand_over")
    known = await villages_of(actor, edit.commune)
    before = next((one for one in known if one.row.code == edit.code), None)
    if edit.code and before is None:
        raise Refused("error.errand_over")
    after = await _described(actor, edit, before)
    others = [one.row for one in known if one is not before]
    taken = [name for row in others for name in (row.name, *row.aliases)]
    check_village(after.row.name, after.row.landmark, after.row.aliases, taken)
    if after == before:
        return
    if before is not None and print_of_village(before) != edit.seen:
        raise Conflict("error.entry_changed")
    await keep(actor, before, after)
    await _look_after(actor, after.row.name, (edit.collaborator, edit.substitute))


async def _described(actor: Actor, edit: VillageEdit, before: Village | None) -> Village:
    name = before.row.name if before else one_line(edit.name)
    code = edit.code or village_code(edit.commune, name)
    source = before.row.source if before else "roster"
    row = AreaRow(
        code, "village", name, edit.commune, aliases=edit.aliases,
        landmark=one_line(edit.landmark), source=source,
    )  # fmt: skip
    if before:
        row = replace(row, valid_from=before.row.valid_from, valid_to=before.row.valid_to)
    was = before.owners if before else Owners("", "")
    return Village(
        row,
        Owners(
            await _named(actor, edit.commune, edit.collaborator, was.collaborator),
            await _named(actor, edit.commune, edit.substitute, was.substitute),
        ),
    )


async def _named(actor: Actor, commune: str, chosen: str, was: str) -> str:
    """The name of whom was chosen; `=` leaves what an import wrote there."""
    if chosen == KEEP:
        return was
    people = {one.id: one.name for one in await collaborators_of(actor, commune)}
    if chosen and chosen not in people:
        raise Refused("error.errand_over")
    return people.get(chosen, "")


KEEP = "="


async def collaborators_of(actor: Actor, commune: str) -> Sequence[Person]:
    """Who can look after a village: by name, so those who have one."""
    staff = await actor.work.people.staff(commune)
    return [one for one in staff if one.role is Role.COLLABORATOR and one.name]


async def _look_after(actor: Actor, village: str, chosen: Sequence[str]) -> None:
    """Whoever looks after a village is asked to visit there."""
    for one in chosen:
        person = await actor.work.people.get(one) if one not in ("", KEEP) else None
        if person is not None and village not in person.villages:
            await _save(actor, person, replace(person, villages=(*person.villages, village)))


def _by(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person
