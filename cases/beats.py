"""Clocks with a due of their own: who is reminded before it, and who hears that it has passed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases.policy import DAY, NOTHING, Span
from cases.times.calendar import (
    EVENING,
    after_window_hours,
    after_working_days,
    instant,
    local,
    out_of_the_night,
    working_days_before,
)

EIGHT = time(8, 0)


@dataclass(frozen=True, slots=True)
class Beat:
    """One moment of a dated clock and whom it tells: role codes, `holder`, or `party` of the record.

    `half`: half way to the due. `before`, `after`: so long before or after it. `twice`: when as much
    time again has passed. `hour`: at that hour of the day so found.
    """

    to: tuple[str, ...]
    half: bool = False
    before: Span = NOTHING
    after: Span = NOTHING
    twice: bool = False
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock: from when it counts and how long. Quiet ones do not ring before the day."""

    start: datetime
    span: Span
    calendar: Mapping[date, bool]
    quiet: bool

    @property
    def due(self) -> datetime:
        return self.after(self.start, self.span)

    def after(self, start: datetime, span: Span) -> datetime:
        """The instant when the span has passed, counted as it says."""
        if span.counts == "d":
            return after_window_hours(start, span.amount)
        if span.counts == "w":
            return after_working_days(start, span.amount // DAY, self.calendar)
        if span.counts == "e":
            return instant(local(start).date() + span.amount, EVENING)
        return start + span.amount

    def at(self, beat: Beat) -> datetime:
        """When this beat is. Before the due a quiet clock keeps out of the night."""
        due, found = self.due, self._found(beat)
        if beat.hour is not None:
            found = instant(local(found).date(), beat.hour)
        return out_of_the_night(found, due) if self.quiet and found < due else found

    def _found(self, beat: Beat) -> datetime:
        due = self.due
        if beat.half:
            return self.start + (due - self.start) / 2
        if beat.twice:
            return self.after(due, self.span)
        if beat.before.counts == "w":
            return working_days_before(due, beat.before.amount // DAY, self.calendar)
        if beat.before.amount > timedelta(0):
            return due - beat.before.amount
        return self.after(due, beat.after) if beat.after.amount > timedelta(0) else due


def half(*to: str) -> Beat:
    return Beat(to, half=True)


def before(span: Span, *to: str, hour: time | None = EIGHT) -> Beat:
    """Reminders of days come in the morning."""
    return Beat(to, before=span, hour=hour)


def that_morning(*to: str, hour: time = EIGHT) -> Beat:
    """08:00, or another hour, of the day on which it is due."""
    return Beat(to, hour=hour)


def at_due(*to: str) -> Beat:
    return Beat(to)


def late(span: Span, *to: str) -> Beat:
    return Beat(to, after=span)


def twice_late(*to: str) -> Beat:
    return Beat(to, twice=True)
