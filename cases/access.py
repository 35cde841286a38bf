"""may_see(): who may know that a case exists. Pure; the gate that asks it is handlers/access.py."""

from cases.model import Case, Person, Role, Status
from cases.roles import ROLES


def hidden_from(case: Case, person: Person) -> bool:
    """A conflict of interest hides the case from the unit concerned (DOMAIN.md section 1).

    While nobody knows which commune it is, the commune concerned may be any of them.
    """
    if "conflict_commune" in case.flags and not ROLES[person.role].city:
        return not case.commune or person.commune == case.commune
    return "conflict_police" in case.flags and person.role is Role.POLICE


def bypassed(case: Case) -> bool:
    """Whether the commune is passed over on purpose, not for want of people."""
    return "conflict_commune" in case.flags


_PRINT = (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.SUPERVISOR)


def may_print(person: Person) -> bool:
    """Who takes a case out on paper, of those who may see it: who works it for the commune, or the city."""
    return person.role in _PRINT


def may_see(person: Person, case: Case, involved: bool, excluded: bool) -> bool:
    """Role x place x exclusion. `involved`: alerted about this case, or holding it."""
    if excluded or not person.active or hidden_from(case, person):
        return False
    scope = ROLES[person.role].scope
    if scope == "commune":
        if not case.commune or bypassed(case):  # a leader was called because there is no city desk
            return involved and person.role is Role.LEADER
        mine = case.commune == person.commune
        # The deputy sees the commune's cases while on duty, else only those they were called to.
        return mine and (involved or person.on_duty or person.role is not Role.DEPUTY)
    if scope == "city":
        conflict = any(flag.startswith("conflict_") for flag in case.flags)
        # What a leader closed only the level above may open again.
        closed_below = case.status is Status.CLOSED and case.closed_by_role == Role.LEADER
        return involved or not case.commune or conflict or closed_below
    if scope == "referred":
        return involved and case.commune == person.commune
    return False


def may_count(person: Person, case: Case, involved: bool, excluded: bool) -> bool:
    """Whether the case is in this person's figures: the city counts what it may not open.

    Whoever may not know of a case counts a world in which it is not there.
    """
    if person.role is Role.SUPERVISOR:
        return person.active and not excluded
    return may_see(person, case, involved, excluded)
