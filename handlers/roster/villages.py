"""The villages of a commune as the roster names them, and who looks after each."""

from dataclasses import asdict, dataclass, replace

from cases.model import Person, Role
from handlers.actor import Actor
from storage.records.areas import AreaRow, Owners


@dataclass(frozen=True, slots=True)
class Village:
    """A village with who looks after it, by name as the roster says."""

    row: AreaRow
    owners: Owners


async def villages_of(actor: Actor, commune: str) -> list[Village]:
    """The villages of a commune, in the order of their names."""
    work, found = actor.work, []
    for row in await work.areas.rows():
        if row.kind == "village" and row.commune == commune:
            owners = await work.areas.owners(row.code)
            found.append(Village(row, owners or Owners("", "")))
    return sorted(found, key=lambda one: one.row.name)


async def called_otherwise(actor: Actor, person: Person, name: str) -> None:
    """The villages name who looks after them: by the new name, or nobody when their rights end."""
    if person.role is not Role.COLLABORATOR or not person.name:
        return
    for village in await villages_of(actor, person.commune):
        was = (village.owners.collaborator, village.owners.substitute)
        now = Owners(*(name if one == person.name else one for one in was))
        if now != village.owners:
            await keep(actor, village, replace(village, owners=now))


async def keep(actor: Actor, before: Village | None, after: Village) -> None:
    """Stored, with both descriptions in the audit; of people only that somebody else looks after it."""
    work = actor.work
    await work.areas.put([after.row])
    await work.areas.set_owners(after.row, after.owners)
    detail = {
        "before": _told(before) if before else None, "after": _told(after),
        "owners": before is None or before.owners != after.owners,
    }  # fmt: skip
    await work.audit.write(actor.name, "village_edited", "", detail)
    await work.inbox.redo("villages", {"rows": [[asdict(after.row), asdict(after.owners)]]})
    work.wake("areas")


def _told(village: Village) -> list[object]:
    row = village.row
    return [row.name, list(row.aliases), row.landmark]
