"""Whom an alarm reaches: roles become people, and a step without people goes one up at once."""

from collections.abc import Iterator, Sequence

from cases.access import bypassed, hidden_from
from cases.duty import stand_in
from cases.model import Case, Person, Role
from cases.policy import Step

CITY = (Role.SUPERVISOR, Role.ADMIN)
ONE = "staff:"  # and a person's id: a step of a commune's own chain


def people_for(
    to: Sequence[str], case: Case, staff: Sequence[Person], excluded: frozenset[str]
) -> tuple[Person, ...]:
    """The people a step names, who are there and may know of the case. Administrators see no content."""
    found: dict[str, Person] = {}
    for person in _named(to, case, staff):
        if person.active and person.id not in excluded and not hidden_from(case, person):
            found.setdefault(person.id, person)
    return tuple(found.values())


def _named(to: Sequence[str], case: Case, staff: Sequence[Person]) -> Iterator[Person]:
    """Whoever is on leave is heard through who stands in; a holder who kept the case hears it too.

    `person:<id>` names somebody whose task it is, `staff:<id>` one who is called as a role is.
    """
    for person in staff:
        holds = ("holder" in to and person.id == case.holder) or f"person:{person.id}" in to
        meant = person.role in to or f"{ONE}{person.id}" in to
        if holds:
            yield person
        if holds or (meant and person.active and _here(person, case)):
            who = stand_in(person, staff)
            if who is not None and who.on_duty:
                yield who


def reach(
    steps: Sequence[Step],
    first: int,
    case: Case,
    staff: Sequence[Person],
    excluded: frozenset[str],
) -> tuple[int, tuple[Person, ...]]:
    """The first step from `first` on that has somebody, with these people; the last resort is the desk.

    Returns (step, people). No people at all = the administrator must hear of it.
    """  # fmt: skip
    for index in range(first, len(steps)):
        people = people_for(steps[index].to, case, staff, excluded)
        if any(person.role is not Role.ADMIN for person in people):
            return index, people
    return len(steps) - 1, desk(case, staff, excluded)


def desk(case: Case, staff: Sequence[Person], excluded: frozenset[str]) -> tuple[Person, ...]:
    """The city desk; while there is none, the leaders of other communes (DOMAIN.md section 1)."""
    city = people_for((Role.SUPERVISOR,), case, staff, excluded)
    if city or not beyond_the_commune(case):
        return city
    leaders = tuple(
        one for one in staff
        if one.role is Role.LEADER and one.active and one.id not in excluded
        and not hidden_from(case, one)
    )  # fmt: skip
    # Whoever stands in for a leader may not see such a case: rather a leader on leave than nobody.
    here = tuple(one for one in leaders if one.on_duty)
    return here or tuple(one for one in leaders if one.substitute)


def beyond_the_commune(case: Case) -> bool:
    """Whether nobody in a commune of its own can have the case: unknown, or passed over."""
    return not case.commune or bypassed(case)


def _here(person: Person, case: Case) -> bool:
    return person.role in CITY or (bool(case.commune) and person.commune == case.commune)
