"""A conflict of interest in an open case: nothing of it stays with whoever may not know (DOMAIN.md 1)."""

from cases.access import View, hidden_from
from cases.conflict import commune_left, may_let_in, may_take_out, to_release
from cases.lifecycle import TAKERS
from cases.model import Case, Person, Role
from cases.roles import ABOVE
from cases.roster import short
from cases.routing import people_for
from handlers.access import view_for
from handlers.actor import Actor
from handlers.alarms.alarm import staff_of, step_of

Rows = tuple[tuple[str, str], ...]


async def hide(actor: Actor, case: Case) -> None:
    """Words that still wait and forms that are being filled go from whoever may not know any more.

    Their cards are cleared by the refresh that follows every act.
    """
    work = actor.work
    for contact_id in await work.bundles.waiting_for(case.id):
        if await _shut_to(actor, case, contact_id):
            await work.bundles.withdraw(case.id, contact_id)
    for row in await work.talks.of_case(case.id):
        if row.flow != "report" and await _shut_to(actor, case, row.contact_id):
            await work.talks.delete(row.id)


async def _shut_to(actor: Actor, case: Case, contact_id: str) -> bool:
    """Whether somebody who works here, behind this address, may not know of the case."""
    contact = await actor.work.contacts.get(contact_id)
    if contact is None or not contact.person_id:
        return False  # a reporter's own thread
    person = await actor.work.people.get(contact.person_id)
    return person is None or await view_for(actor.work, person, case) is View.NONE


async def step_above(actor: Actor, case: Case, role: Role) -> int:
    """The step of the chain that calls the level above: the leader, else the city."""
    staff, excluded = await staff_of(actor, case)
    up = ABOVE[role]
    while up is not Role.SUPERVISOR and not people_for((up,), case, staff, excluded):
        up = ABOVE[up]
    return step_of(actor, case, up)


async def in_question(actor: Actor, case: Case, doer: Person) -> list[Person]:
    """Whom this person may say to be involved, themselves first."""
    excluded = await actor.work.cases.exclusions(case.id)
    return [doer, *(
        one for one in await _around(actor, case)
        if one.id not in (doer.id, *excluded) and may_take_out(doer, one)
        and not hidden_from(case, one)
    )]  # fmt: skip


async def shut_out(actor: Actor, case: Case, doer: Person) -> list[str]:
    """What this person may end: conflicts of whole units, and people who were taken out (ids)."""
    excluded = await actor.work.cases.exclusions(case.id)
    people = [one for one in await _around(actor, case) if one.id in excluded] if excluded else []
    return [*to_release(doer, case), *(one.id for one in people if may_let_in(doer, one))]


async def whom(actor: Actor, case: Case, doer: Person) -> Rows:
    """The pick list of `in_question`."""
    rows = [(doer.id, actor.words("act_exclude_above.person.self"))]
    people = await in_question(actor, case, doer)
    return (*rows, *((one.id, _name(actor, one)) for one in people if one.id != doer.id))


async def to_let_in(actor: Actor, case: Case, doer: Person) -> Rows:
    """The pick list of `shut_out`."""
    rows: list[tuple[str, str]] = []
    for code in await shut_out(actor, case, doer):
        person = await actor.work.people.get(code)
        rows.append((code, _name(actor, person) if person else _unit(actor, code)))
    return tuple(rows)


def _unit(actor: Actor, flag: str) -> str:
    """A whole unit in the words of a button; a commune that the case has left by its name."""
    if code := commune_left(flag):
        named = actor.kit.places().areas.named(code, code)
        return actor.words("act_include.person.left", **named)
    return actor.words(f"act_include.person.{flag}")


async def _around(actor: Actor, case: Case) -> list[Person]:
    """Whoever works on cases of this place, and whoever was called or taken out from elsewhere."""
    work = actor.work
    staff = await work.people.staff(case.commune)
    known = {one.id for one in staff}
    ties = await work.cases.involved(case.id) | await work.cases.exclusions(case.id)
    for person_id in sorted(ties - known):
        person = await work.people.get(person_id)
        staff += [person] if person is not None and person.active else []
    return [one for one in staff if one.role in TAKERS]


def _name(actor: Actor, person: Person) -> str:
    return short(person.name) or actor.words(f"role.{person.role}")
