"""What a week and a month looked like, in numbers: counted from cases whose words nobody reads. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.deadlines import ALARMING, DEADLINES
from cases.incident_types import KINDS
from cases.model import Case, Level, Status
from cases.policy import Policy
from cases.timers import due_at

MINUTE = timedelta(minutes=1)
QUIET_AFTER = timedelta(days=90)  # clock `quiet_commune` of DOMAIN.md section 3


@dataclass(frozen=True, slots=True)
class Week:
    """`in_time` of `answerable`: new ones that were taken before their clock was due, of those that could."""

    by_level: Mapping[Level, int]
    in_time: int
    answerable: int
    urgent_minutes: tuple[int, ...]
    closed: int
    open: int
    overdue: int

    @property
    def new(self) -> int:
        return sum(self.by_level.values())

    @property
    def mean(self) -> int:
        """Minutes until an urgent case was taken, on the average."""
        return round(sum(self.urgent_minutes) / len(self.urgent_minutes))

    @property
    def median(self) -> int:
        """Half of the urgent cases were taken within so many minutes."""
        return self.urgent_minutes[(len(self.urgent_minutes) - 1) // 2]


def week_of(
    cases: Sequence[Case], since: datetime, until: datetime, policy: Policy, late: Collection[str]
) -> Week:
    """The figures of the time between. `late`: the ids of those that are overdue now."""
    new = [case for case in cases if since <= case.received_at < until]
    taken = [one for one in new if one.acked_at is not None]
    due = {one.id: due_at("unanswered", one, policy, one.opened_at) for one in new}
    in_time = [one for one in taken if one.acked_at is not None and one.acked_at <= due[one.id]]
    owed = [one for one in new if one.acked_at is None and due[one.id] <= until]
    urgent = [one for one in taken if one.level in ALARMING]
    return Week(
        by_level={level: sum(one.level is level for one in new) for level in Level},
        in_time=len(in_time),
        answerable=len(taken) + len(owed),
        urgent_minutes=tuple(sorted(_minutes(one) for one in urgent)),
        closed=sum(one.closed_at is not None and since <= one.closed_at < until for one in cases),
        open=sum(one.status is not Status.CLOSED for one in cases),
        overdue=sum(one.id in late for one in cases),
    )


def _minutes(case: Case) -> int:
    """From receipt to the acknowledgement: what the person who reported has waited."""
    assert case.acked_at is not None
    return int((case.acked_at - case.received_at) / MINUTE)


Moments = Mapping[str, datetime]


def quiet_communes(since: Moments, heard: Sequence[Moments], now: datetime) -> list[str]:
    """Communes that are served for 90 days and gave no sign in them; `since`: when each began.

    `heard`: when each gave its newest sign, a report or a test alert that was heard.
    """
    return [one for one in since if quiet_since(one, since, heard) <= now]


def quiet_since(commune: str, since: Moments, heard: Sequence[Moments]) -> datetime:
    """From when it counts as quiet, if it gives no sign until then."""
    began = since[commune]
    return max(began, *(signs.get(commune, began) for signs in heard)) + QUIET_AFTER


# Clocks that somebody must meet; the others only call again, or are of no case.
SOURCES = ("bot", "phone", "visit", "h111", "police", "school")
OUTCOMES = ("plan_done", "resolved", "unfounded", "duplicate", "moved", "out_of_scope")
_LEVELS = ("urgent", "unknown", "high", "medium", "low")
NOT_MET = frozenset({
    "idle", "unplaced", "unfinished", "duty", "quiet_commune", "safe_check", "rights_ack", "rights_do",
    "breach", "dossier", "yearly",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a clock: it was to be stopped by `due`, and was at `ended`; None = it runs yet."""

    clock: str
    due: datetime
    ended: datetime | None

    @property
    def decided_at(self) -> datetime:
        """When it was clear whether it was met: at its end, or as soon as it was late."""
        return self.due if self.ended is None else min(self.ended, self.due)

    @property
    def met(self) -> bool:
        return self.ended is not None and self.ended <= self.due


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: cases, the runs of their clocks, and where each belongs, if that is known."""

    cases: Sequence[Case]
    ran: Sequence[Ran]
    parts: Mapping[str, str]  # case -> its village; in the city's figures its commune
    all_parts: Sequence[str] = ()  # also those of which nothing came


@dataclass(frozen=True, slots=True)
class Month:
    """A month in numbers. `on_time`: clock -> (met, of so many whose time had come)."""

    by_kind: Mapping[str, int]
    by_level: Mapping[str, int]
    by_part: Mapping[str, int]
    by_source: Mapping[str, int]
    outcomes: Mapping[str, int]
    on_time: Mapping[str, tuple[int, int]]

    @property
    def new(self) -> int:
        return sum(self.by_level.values())

    @property
    def closed(self) -> int:
        return sum(self.outcomes.values())


def month_of(counted: Counted, since: datetime, until: datetime) -> Month:
    """The figures of the time between. A drill is nobody's case."""
    real = [case for case in counted.cases if "drill" not in case.flags]
    new = [case for case in real if since <= case.received_at < until]
    closed = [one for one in real if one.closed_at is not None and since <= one.closed_at < until]
    decided = [one for one in counted.ran if since <= one.decided_at < until]
    return Month(
        by_kind=_counts([case.kind for case in new], KINDS),
        by_level=_counts([case.level.value for case in new], _LEVELS),
        by_part=_counts([counted.parts.get(one.id, "") for one in new], counted.all_parts),
        by_source=_counts([case.source for case in new], SOURCES),
        outcomes=_counts([case.closed_reason for case in closed], OUTCOMES),
        on_time={
            clock: (sum(one.met for one in decided if one.clock == clock), many)
            for clock, many in _counts([one.clock for one in decided], DEADLINES).items()
            if many
        },
    )


def _counts(found: Sequence[str], known: Collection[str]) -> dict[str, int]:
    """How often each was found: in the order of those known, then what else there is."""
    names = dict.fromkeys([*known, *sorted(found)])
    return {name: found.count(name) for name in names}


SMALL = 5  # counts below it are not told outside the commune (DOMAIN.md section 7, P14)


def masked_cells(counts: Sequence[int]) -> list[str]:
    """Each cell as it may leave the commune: `small`, `some` (no exact number), or its number.

    A single small cell could be reckoned from the sum: then the next larger one is not exact either.
    """
    cells = ["small" if count < SMALL else str(count) for count in counts]
    if cells.count("small") == 1 and len(cells) > 1:
        smallest = min((count, n) for n, count in enumerate(counts) if count >= SMALL)[1]
        cells[smallest] = "some"
    return cells
