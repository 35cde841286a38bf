"""Families that an officer asks a collaborator to look in on: a month's list, with little in it (P5). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cases.model import Person, Role
from cases.times.calendar import local, midnight, morning_at

MOST = 8  # on one list: more would not be read in a chat
TOGETHER = timedelta(minutes=10)  # lines written one after the other are told as one list
KEEPERS = (Role.OFFICER, Role.DEPUTY)


class FamilyState(StrEnum):
    """Asked, then looked in on, or a report was begun."""

    ASKED = "asked"
    VISITED = "visited"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Family:
    """One line of a list. `month`: its first day. `words` say where, and what to look at; they are sealed."""

    id: str
    commune: str
    person_id: str
    month: date
    words: str
    state: FamilyState = FamilyState.ASKED


def month_now(now: datetime) -> date:
    """The month that runs, by its first day."""
    return local(now).date().replace(day=1)


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def told_at(month: date) -> datetime:
    """When the collaborator hears of a month that is still to come."""
    return morning_at(month)


def gone_at(month: date) -> datetime:
    """When the lines of this month are deleted: at the end of the next one."""
    return midnight(month_after(month_after(month)))


def may_set(keeper: Person, visitor: Person) -> bool:
    """Whether this officer may ask this collaborator."""
    same = keeper.commune == visitor.commune and bool(keeper.commune)
    return same and keeper.role in KEEPERS and visitor.role is Role.COLLABORATOR and visitor.active
