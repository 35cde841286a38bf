"""What a commune may set, as versioned values; a case keeps the version it was opened under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from cases.model import Level
from cases.times.calendar import OVERRIDES, VERSION, DayChange, days_of

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """How long. counts: c = every hour, d = hours of the day window, w = working days,
    e = the evening so many days later.
    """

    amount: timedelta
    counts: str = "c"


def c(amount: timedelta) -> Span:
    return Span(amount)


def d(amount: timedelta) -> Span:
    return Span(amount, "d")


def w(days: int) -> Span:
    return Span(days * DAY, "w")


def evening(days: int) -> Span:
    return Span(days * DAY, "e")


NOTHING = c(timedelta(0))


@dataclass(frozen=True, slots=True)
class Step:
    """At `after` the start, tell `to`: role codes, or holder, all, admin."""

    after: Span
    to: tuple[str, ...]


_ALL = ("officer", "deputy", "leader", "police", "supervisor", "admin")
_URGENT = (
    Step(NOTHING, ("officer",)),
    Step(c(15 * MINUTE), ("deputy",)),
    Step(c(30 * MINUTE), ("leader", "police")),
    Step(c(60 * MINUTE), ("supervisor",)),
    Step(c(90 * MINUTE), _ALL),
)


def _calm(first: Span, second: Span, third: Span) -> tuple[Step, ...]:
    last = w(int(third.amount / DAY) + 1) if third.counts == "w" else w(1)
    return (
        Step(NOTHING, ("officer",)),
        Step(first, ("officer",)),
        Step(second, ("deputy",)),
        Step(third, ("leader",)),
        Step(last, ("supervisor",)),
        Step(last, _ALL),
    )


_UNANSWERED: Mapping[Level, tuple[Step, ...]] = {
    Level.URGENT: _URGENT,
    Level.UNKNOWN: _URGENT,
    Level.HIGH: _calm(d(2 * HOUR), d(4 * HOUR), d(8 * HOUR)),
    Level.MEDIUM: _calm(d(4 * HOUR), d(8 * HOUR), d(16 * HOUR)),
    Level.LOW: _calm(w(1), w(1), w(2)),
}
_IDLE: Mapping[Level, Span] = {
    Level.URGENT: c(30 * MINUTE),
    Level.UNKNOWN: c(30 * MINUTE),
    Level.HIGH: d(4 * HOUR),
    Level.MEDIUM: w(1),
    Level.LOW: w(3),
}
_WAITING: Mapping[Level, Span] = {
    level: c(15 * MINUTE) if level in (Level.URGENT, Level.UNKNOWN) else d(4 * HOUR)
    for level in Level
}


def _by(urgent: Span, high: Span, medium: Span, low: Span) -> Mapping[Level, Span]:
    """A span for each level; an unknown one is timed as urgent."""
    return {
        Level.URGENT: urgent, Level.UNKNOWN: urgent, Level.HIGH: high, Level.MEDIUM: medium,
        Level.LOW: low,
    }  # fmt: skip


def _same(span: Span) -> Mapping[Level, Span]:
    return _by(span, span, span, span)


def _fast(urgent: Span, rest: Span) -> Mapping[Level, Span]:
    return _by(urgent, rest, rest, rest)


# How long the clocks with a due of their own run: DOMAIN.md section 3, the settings.
_SPANS: Mapping[str, Mapping[Level, Span]] = {
    "verify": _fast(c(2 * HOUR), c(24 * HOUR)),
    "assess": _by(c(12 * HOUR), c(24 * HOUR), c(72 * HOUR), c(7 * DAY)),
    "confirm": _same(c(24 * HOUR)),
    "child_check": _same(evening(1)),
    "detail": _same(w(3)),
    "approve": _same(w(2)),
    "task": _same(NOTHING),  # its own date
    "contact": _by(c(7 * DAY), c(14 * DAY), c(30 * DAY), c(30 * DAY)),
    "review": _by(c(30 * DAY), c(30 * DAY), c(60 * DAY), c(90 * DAY)),
    "decide": _same(w(3)),
    "handover": _fast(c(30 * MINUTE), d(4 * HOUR)),
    "referral": _fast(c(30 * MINUTE), w(1)),
    "visit": _fast(c(15 * MINUTE), c(4 * HOUR)),
    "visit_done": _by(c(2 * HOUR), c(24 * HOUR), c(72 * HOUR), c(72 * HOUR)),
    # How long what is closed is kept (cases/retention.py).
    "keep_dismissed": _same(c(90 * DAY)),
    "keep_contact": _same(c(365 * DAY)),
    "keep_resolved": _same(c(730 * DAY)),
    "keep_abuse": _same(c(1826 * DAY)),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a commune decided about one setting; the newest decision counts (cases/settings.py).

    `value`: of a chain its steps as [minutes, counts, roles], of another setting minutes by level.
    """

    n: int
    commune: str
    name: str
    value: Any
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Decisions:
    """All of them, the oldest first; looked through once, however often a clock asks."""

    rows: tuple[Decided, ...] = ()

    @cached_property
    def newest(self) -> int:
        return max((one.n for one in self.rows), default=0)

    @cached_property
    def by_commune(self) -> Mapping[str, list[Decided]]:
        found: dict[str, list[Decided]] = {}
        for one in self.rows:
            found.setdefault(one.commune, []).append(one)
        return found


CHAIN = "chain."  # and a level
_AT_ONCE = ("repeat",)  # and the chains: whom to call is asked anew at every step


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of a commune. Law clocks are not here: a setting cannot loosen them."""

    version: int = 1
    unanswered: Mapping[Level, tuple[Step, ...]] = field(default_factory=lambda: _UNANSWERED)
    idle: Mapping[Level, Span] = field(default_factory=lambda: _IDLE)
    reporter_waiting: Mapping[Level, Span] = field(default_factory=lambda: _WAITING)
    spans: Mapping[str, Mapping[Level, Span]] = field(default_factory=lambda: _SPANS)
    calendar: Mapping[date, bool] = field(default_factory=lambda: OVERRIDES)  # off or worked
    changes: tuple[DayChange, ...] = ()  # what staff decided, of which the calendar is made
    decided: Decisions = Decisions()  # by the communes
    known: int | None = None  # the newest of them for a clock that was started earlier
    next_address: timedelta = 2 * MINUTE
    undrawn: timedelta = MINUTE  # an alert in a web chat that no page has drawn
    repeat: timedelta = 30 * MINUTE
    unplaced: timedelta = 10 * MINUTE
    silent_danger: timedelta = 10 * MINUTE
    silent_ask: timedelta = 1 * HOUR
    silent_file: timedelta = 24 * HOUR

    @property
    def calendar_version(self) -> str:
        """`2026-11.3`: ours, and the number of the newest decision of staff."""
        return f"{VERSION}.{max((one.n for one in self.changes), default=0)}"

    def with_calendar(self, changes: Sequence[DayChange]) -> "Policy":
        """The same settings, with working days as staff decided."""
        return replace(self, calendar=days_of(changes), changes=tuple(changes))

    @property
    def stamp(self) -> str:
        """`2026-11.3/7`: the calendar, and the newest decision about a setting if there is any."""
        newest = self.decided.newest if self.known is None else self.known
        return f"{self.calendar_version}/{newest}" if newest else self.calendar_version

    def under(self, rules: str) -> "Policy":
        """As it was when a clock was started: what is due does not move any more."""
        if not rules or rules.endswith(f"/{self.stamp}"):
            return self
        calendar, _, settings = rules.partition("/")[2].partition("/")
        n = int(calendar.rpartition(".")[2])
        then = self.with_calendar([one for one in self.changes if one.n <= n])
        return replace(then, known=int(settings or 0))

    def of(self, commune: str) -> "Policy":
        """As this commune has set it."""
        decided = self.decided.by_commune.get(commune, ())
        mine = {one.name: one.value for one in decided if self._knows(one)}
        return _settled(self, mine) if mine else self

    def _knows(self, one: Decided) -> bool:
        return self.known is None or one.n <= self.known or _at_once(one)


def _at_once(one: Decided) -> bool:
    return one.name.startswith(CHAIN) or one.name in _AT_ONCE


def _settled(policy: Policy, mine: Mapping[str, Any]) -> Policy:
    chains, spans = dict(policy.unanswered), dict(policy.spans)
    found = {"idle": policy.idle, "reporter_waiting": policy.reporter_waiting, **spans}
    for name, value in mine.items():
        if name.startswith(CHAIN):
            levels = chain_levels(Level(name.removeprefix(CHAIN)))
            chains |= dict.fromkeys(levels, steps_from(value))
        elif name in found:
            found[name] = _timed(found[name], value)
    repeat = mine.get("repeat")
    return replace(
        policy, unanswered=chains, idle=found["idle"],
        reporter_waiting=found["reporter_waiting"],
        spans={name: found[name] for name in spans},
        repeat=repeat[Level.URGENT] * MINUTE if repeat else policy.repeat,
    )  # fmt: skip


def chain_levels(level: Level) -> tuple[Level, ...]:
    """Whose chain this is; an unknown level is timed as urgent."""
    return (level, Level.UNKNOWN) if level is Level.URGENT else (level,)


def _timed(spans: Mapping[Level, Span], value: Mapping[str, int]) -> Mapping[Level, Span]:
    """These minutes, counted the way they were."""
    return {
        level: Span(value[level] * MINUTE, span.counts) if level in value else span
        for level, span in spans.items()
    }


def steps_from(value: Any) -> tuple[Step, ...]:
    """A chain as it is stored."""
    return tuple(Step(Span(minutes * MINUTE, counts), tuple(to)) for minutes, counts, to in value)


def stored(steps: Sequence[Step]) -> list[Any]:
    """A chain to be stored, and to stand in the audit."""
    return [[one.after.amount // MINUTE, one.after.counts, list(one.to)] for one in steps]


DEFAULT = Policy()
