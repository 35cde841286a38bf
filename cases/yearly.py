"""What a commune owes by a day of the year: rows of a calendar, not of a case (DOMAIN.md section 3). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.times.calendar import morning_at

_DAY = timedelta(days=1)
BEFORE = (14 * _DAY, 3 * _DAY)  # when whoever owes it is reminded
AGAIN = 7 * _DAY  # late, it comes back until it is done


@dataclass(frozen=True, slots=True)
class Yearly:
    """One row: it is owed before that day of each year. (u) = the day is ours, not the circular's."""

    id: str
    month: int
    day: int
    basis: str


YEARLY: tuple[Yearly, ...] = (
    Yearly("action_month", 7, 20, "Circular 16/2025/TT-BYT"),
    Yearly("care_first", 7, 1, "Circular 16/2025/TT-BYT (u)"),
    Yearly("care_second", 1, 1, "Circular 16/2025/TT-BYT (u)"),
)
ROWS = {one.id: one for one in YEARLY}


def owed_on(row: Yearly, today: date) -> date | None:
    """The day before which it is owed, once the first reminder is due; None = not yet."""
    due = next(
        day for day in (date(today.year + ahead, row.month, row.day) for ahead in (0, 1))
        if day > today
    )  # fmt: skip
    return due if today >= due - BEFORE[0] else None


def step_at(due: date, today: date) -> int:
    """The reminder that this morning is the first one for; an older one is not made up for."""
    return max(n for n, span in enumerate(BEFORE) if today >= due - span)


def next_moment(due: date, step: int, now: datetime) -> datetime:
    """When the step after this one is: the next reminder, the due, then week by week."""
    if step + 1 < len(BEFORE):
        return morning_at(due - BEFORE[step + 1])
    return morning_at(due) if step + 1 == len(BEFORE) else now + AGAIN


def is_late(step: int) -> bool:
    return step >= len(BEFORE)
