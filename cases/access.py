"""may_see(), view_of(): who may know of a case, and how much. Pure; the gate is handlers/access.py."""

from collections.abc import Mapping
from enum import StrEnum

from cases.conflict import concerns_commune, kept_from
from cases.lifecycle import Act
from cases.model import Case, Person, Record, Role, Status
from cases.records import records
from cases.roles import ROLES
from cases.sharing import to_police


class View(StrEnum):
    """How much of a case somebody may know. Of a part only what one visit, offer or referral needs."""

    NONE = "none"
    WHOLE = "whole"
    VISIT = "visit"
    OFFER = "offer"
    REFERRED = "referred"
    OPENED = "opened"  # in need, by two people, for hours: read whole, hardly worked on


# Whoever knows a part only does this and nothing else, whatever the lifecycle gives their role.
ACTS_OF_PART: Mapping[View, tuple[Act, ...]] = {
    View.VISIT: (Act.ACCEPT_VISIT, Act.VISIT_REPORT, Act.DECLINE_VISIT),
    View.OFFER: (Act.ACCEPT_HANDOVER, Act.DECLINE_HANDOVER),
    View.REFERRED: (Act.REFER_RECEIVED, Act.NOTE, Act.UNDO),
    View.OPENED: (Act.NOTE, Act.RAISE, Act.EXCLUDE),
}
READ_WHOLE = (View.WHOLE, View.OPENED)
_ANSWERS_OFFERS = (Role.OFFICER, Role.DEPUTY, Role.LEADER)


def hidden_from(case: Case, person: Person) -> bool:
    """A conflict of interest hides the case from the unit concerned (DOMAIN.md section 1).

    While nobody knows which commune it is, the commune concerned may be any of them. One that the case
    has left stays shut out.
    """
    if ROLES[person.role].city:
        return False
    if kept_from(case, person.commune):
        return True
    if concerns_commune(case) and (not case.commune or person.commune == case.commune):
        return True
    return "conflict_police" in case.flags and person.role is Role.POLICE


def bypassed(case: Case) -> bool:
    """Whether the commune is passed over on purpose, not for want of people."""
    return concerns_commune(case)


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


def reads_whole(person: Person, case: Case) -> bool:
    """Whether they read all that is in a case they may see.

    The police contact who was called, and does not have it, reads what happened to the child (P6): not
    who reported, what others wrote down, or the pictures.
    """
    return person.role is not Role.POLICE or case.holder == person.id


def may_count(person: Person, case: Case, involved: bool, excluded: bool) -> bool:
    """Whether the case is in this person's figures: the city counts what it may not open.

    Whoever may not know of a case counts a world in which it is not there.
    """
    if "drill" in case.flags:
        return False  # nobody's case
    if person.role is Role.SUPERVISOR:
        return person.active and not excluded
    return may_see(person, case, involved, excluded)


def view_of(person: Person, case: Case, involved: bool, excluded: bool) -> View:
    """The whole case, the part that a visit, an offer or a referral needs, or nothing at all."""
    if may_see(person, case, involved, excluded):
        return View.WHOLE
    if excluded or not person.active or hidden_from(case, person) or case.status is Status.CLOSED:
        return View.NONE
    if visits_of(case, person):
        return View.VISIT
    if referrals_to(case, person):
        return View.REFERRED
    return View.OFFER if offers_to(case, person) else View.NONE


def visits_of(case: Case, person: Person) -> tuple[Record, ...]:
    """The visits of this collaborator that are still to be made, in their own commune only."""
    if person.role is not Role.COLLABORATOR or person.commune != case.commune:
        return ()
    found = records(case, "visit", "asked", "accepted")
    return tuple(one for one in found if one.person == person.id)


def offers_to(case: Case, person: Person) -> tuple[Record, ...]:
    """The handovers that this person's commune was offered and that they may answer."""
    here = person.role in _ANSWERS_OFFERS and bool(person.commune)
    if not here or (person.role is Role.DEPUTY and not person.on_duty):
        return ()
    found = records(case, "handover", "offered")
    return tuple(one for one in found if one.commune == person.commune)


def referrals_to(case: Case, person: Person) -> tuple[Record, ...]:
    """What the police contact of the commune was told, while that commune has the case."""
    if person.role is not Role.POLICE or person.commune != case.commune:
        return ()
    found = records(case, "referral")
    return tuple(one for one in found if one.commune == person.commune and to_police(one.body))


def may_do(view: View, act: Act) -> bool:
    """Whether this act belongs to what they know of the case at all."""
    return view is View.WHOLE or act in ACTS_OF_PART.get(view, ())
