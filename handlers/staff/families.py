"""The month's families as who keeps the lists sees them: whose, where, and what was answered."""

from cases.errors import Refused
from cases.families import KEEPERS, FamilyState
from cases.model import Role
from handlers.actions.families import answered, list_of_mine
from handlers.actor import Actor
from handlers.reporter.reporting import begin_report
from handlers.staff.home import home_buttons
from handlers.staff.lists import name_of


async def families_page(actor: Actor) -> None:
    """A collaborator's own list, or every list of the commune, with a button for one more line."""
    person = actor.person
    assert person is not None
    if person.role is Role.COLLABORATOR:
        await list_of_mine(actor)
        return
    if person.role not in KEEPERS:  # an old button, of a role they had before
        raise Refused("error.errand_over")
    found = await actor.work.families.of_commune(person.commune)
    await actor.work.audit.write(person.id, "families_read")
    staff = {one.id: one for one in await actor.work.people.staff(person.commune)}
    lines = [
        actor.words(
            "families.kept", month=f"{one.month:%m/%Y}", words=one.words, state=one.state.value,
            name=name_of(actor, staff[one.person_id]) if one.person_id in staff else "–",
        )
        for one in found
    ]  # fmt: skip
    head = actor.words("families.head", count=len(found))
    await home_buttons(actor, "\n".join([head, *lines]), ("add_family",))


async def to_report(actor: Actor, family_id: str) -> None:
    """Something is not well there: a report on somebody's behalf begins."""
    await answered(actor, family_id, FamilyState.REPORTED)
    await begin_report(actor, None, {})
