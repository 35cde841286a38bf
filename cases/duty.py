"""Who is there: shifts, leave, and who stands in for whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.model import Person, Role
from cases.policy import DAY, HOUR, MINUTE
from cases.roles import ROLES
from cases.times.calendar import after_window_hours

FIRST_CALLED = (Role.OFFICER, Role.DEPUTY)  # who hears of a new case first
SUBSTITUTES = (Role.OFFICER, Role.DEPUTY, Role.LEADER)
REMIND_BEFORE, CONFIRM_WITHIN = 12 * HOUR, 15 * MINUTE  # the clock `duty`
EARLY = 1 * HOUR  # so long before its start a shift can be taken
SOON, ANSWER_SOON, ANSWER = 1 * DAY, 15 * MINUTE, 4 * HOUR


class ShiftState(StrEnum):
    """`staying`: it is over, and its person stays on duty because nobody else is there."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    MISSED = "missed"
    STAYING = "staying"
    ENDED = "ended"
    CANCELLED = "cancelled"


class LeaveState(StrEnum):
    """Only an accepted leave begins."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"
    CANCELLED = "cancelled"


class ShiftStep(StrEnum):
    """What is due on a shift; a timer holds its place in this order. `again`: no answer to `begin` yet."""

    REMIND = "remind"
    BEGIN = "begin"
    MISSED = "missed"
    OVER = "over"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Shift:
    """A planned time on duty of one person."""

    id: str
    person_id: str
    commune: str
    starts_at: datetime
    ends_at: datetime
    state: ShiftState = ShiftState.PLANNED


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away and somebody else stands in. `keeps`: the held cases stay with who leaves."""

    id: str
    person_id: str
    substitute_id: str
    starts_at: datetime
    ends_at: datetime
    state: LeaveState = LeaveState.ASKED
    keeps: bool = False


def stand_in(person: Person, staff: Sequence[Person]) -> Person | None:
    """Who is called in their place: themselves, or the end of the chain of substitutes.

    None = the chain is broken or runs in a circle: nobody, and the next step of an alarm is called.
    """
    by_id = {one.id: one for one in staff if one.active}
    seen = {person.id}
    while person.substitute:
        after = by_id.get(person.substitute)
        if after is None or after.id in seen:
            return None
        seen.add(after.id)
        person = after
    return person


def there(staff: Sequence[Person], commune: str) -> tuple[Person, ...]:
    """Who would hear of a new case first in this commune now."""
    found: dict[str, Person] = {}
    for person in staff:
        if person.active and person.commune == commune and person.role in FIRST_CALLED:
            who = stand_in(person, staff)
            if who is not None and who.on_duty:
                found.setdefault(who.id, who)
    return tuple(found.values())


def overlap(one: Shift | Leave, other: Shift | Leave) -> bool:
    """Whether they share any moment."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def would_loop(new: Leave, others: Collection[Leave]) -> bool:
    """Whether the chain of substitutes would lead back to who leaves, at any moment of the leave."""
    follow, seen = [new.substitute_id], set[str]()
    while follow:
        who = follow.pop()
        if who == new.person_id:
            return True
        if who not in seen:
            seen.add(who)
            follow += [
                one.substitute_id for one in others if one.person_id == who and overlap(one, new)
            ]
    return False


def answer_by(starts_at: datetime, now: datetime) -> datetime:
    """Until when a substitute may answer: 4 hours of the day, or 15 minutes before a near leave."""
    if starts_at - now < SOON:
        return now + ANSWER_SOON
    return after_window_hours(now, ANSWER)


def moments(shift: Shift, now: datetime) -> dict[ShiftStep, datetime]:
    """What a new shift owes, and when. Whether it was missed is asked once it has begun."""
    found = {ShiftStep.BEGIN: max(shift.starts_at, now), ShiftStep.OVER: shift.ends_at}
    if (remind := shift.starts_at - REMIND_BEFORE) > now:
        found[ShiftStep.REMIND] = remind
    return found


def may_plan(planner: Person, person: Person) -> bool:
    """A person plans their own shifts, a leader those of the commune."""
    if not ROLES[person.role].works_cases:
        return False
    mine = planner.role is Role.LEADER and planner.commune == person.commune
    return planner.id == person.id or mine


def substitutes_for(person: Person, staff: Sequence[Person]) -> tuple[Person, ...]:
    """Who may stand in: officers, deputies and leader of the commune; for police and city also their own."""
    roles: tuple[Role, ...] = () if ROLES[person.role].city else SUBSTITUTES
    if person.role in (Role.POLICE, Role.SUPERVISOR):
        roles = (*roles, person.role)
    works = ROLES[person.role].works_cases
    return tuple(
        one for one in staff
        if works and one.active and one.id != person.id and one.role in roles
        and one.commune == person.commune
    )  # fmt: skip
