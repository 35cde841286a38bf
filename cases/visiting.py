"""Who is asked to go and look: the collaborators of the village first, in order. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime

from cases.access import hidden_from
from cases.model import Case, Person, Record, Role
from cases.records import records
from cases.typed.fold import fold

_KINDS_OF_PLACE = ("thon ", "to dan pho ", "to ", "khoi ", "ap ")


def collaborators(
    case: Case, staff: Sequence[Person], excluded: Collection[str], places: Sequence[str]
) -> tuple[Person, ...]:
    """Those of the commune who may know of it: of a village that is named, and on duty, before others."""
    found = [
        one for one in staff
        if one.role is Role.COLLABORATOR and one.active and one.commune == case.commune
        and one.id not in excluded and not hidden_from(case, one)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not lives_there(one, places), not one.on_duty)))


def lives_there(person: Person, places: Sequence[str]) -> bool:
    """Whether one of their villages is named in these words."""
    said = [f" {fold(one)} " for one in places]
    return any(f" {_name(one)} " in words for one in person.villages for words in said)


def next_one(
    case: Case, asked: Record, near: Sequence[Person], places: Sequence[str]
) -> Person | None:
    """Whom the same visit goes to when this one cannot: of the village only, and not asked before.

    `near`: `collaborators` of the case. Where a school is in question nobody is alerted by itself
    (DOMAIN.md section 1).
    """
    if "conflict_school" in case.flags or case.kind == "violence_school":
        return None
    visits = same_visit(case, asked)
    before, first = {one.person for one in visits}, visits[0].person
    there = [one for one in near if lives_there(one, places)]
    if not there:  # the village was not named: of the one whose collaborator was chosen
        chosen = {_name(name) for one in near if one.id == first for name in one.villages}
        there = [one for one in near if chosen & {_name(name) for name in one.villages}]
    return next((one for one in there if one.on_duty and one.id not in before), None)


def same_visit(case: Case, asked: Record) -> tuple[Record, ...]:
    """Everybody who was asked to see the same, the oldest first; once somebody went, it is over.

    The same words later are another visit: whoever was asked then can be asked again. Who was asked
    while somebody was late is of the same.
    """
    found: list[Record] = []
    for one in records(case, "visit"):
        if one.body.get("what") != asked.body.get("what"):
            continue
        if _was_over(found, one.made_at):
            if asked in found:
                break
            found = []
        found.append(one)
    return tuple(found)


def _was_over(visits: Sequence[Record], at: datetime) -> bool:
    """Whether somebody had gone by then, and nobody was to go any more."""
    ended = [
        one for one in visits if one.state not in ("asked", "accepted") and one.changed_at <= at
    ]
    return len(ended) == len(visits) and any(one.state == "done" for one in ended)


def _name(village: str) -> str:
    """A village's name without what kind of place it is, unless only a number is left of it."""
    folded = fold(village)
    for kind in _KINDS_OF_PLACE:
        bare = folded.removeprefix(kind)
        if bare != folded and not bare.isdigit():
            return bare
    return folded
