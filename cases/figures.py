"""What a week and a month looked like, in numbers: counted from cases whose words nobody reads. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.deadlines import ALARMING, DEADLINES
from cases.incident_types import KINDS
from cases.model import Case, Level, Status
from cases.records import clock_of

MINUTE = timedelta(minutes=1)
WAITING = "unanswered"  # the clock that runs while nobody has taken a case
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
    cases: Sequence[Case], since: datetime, until: datetime, ran: Sequence["Ran"],
    late: Collection[str],
) -> Week:  # fmt: skip
    """The figures of the time between. `ran`: how long nobody had taken each; `late`: overdue now."""
    new = [case for case in cases if since <= case.received_at < until]
    waited = [one for one in (first_wait(case.id, ran) for case in new) if one is not None]
    taken = [one for one in waited if one.ended is not None]
    owed = [one for one in waited if one.ended is None and one.due <= until]
    received = {case.id: case.received_at for case in new}
    urgent = [
        int((one.ended - received[one.case_id]) / MINUTE)
        for one in waited
        if one.ended is not None and one.level in ALARMING
    ]  # from the receipt on: what the person who reported has waited
    return Week(
        by_level={level: sum(one.level is level for one in new) for level in Level},
        in_time=sum(one.met for one in taken),
        answerable=len(taken) + len(owed),
        urgent_minutes=tuple(sorted(urgent)),
        closed=sum(one.closed_at is not None and since <= one.closed_at < until for one in cases),
        open=sum(one.status is not Status.CLOSED for one in cases),
        overdue=sum(one.id in late for one in cases),
    )


def first_wait(case_id: str, ran: Sequence["Ran"]) -> "Ran | None":
    """How long nobody had this case at first; None = not known."""
    theirs = [one for one in ran if (one.case_id, one.clock) == (case_id, WAITING)]
    return min(theirs, key=lambda one: one.started, default=None)


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
class Stretch:
    """A clock of a case while its due stood fast: a new level gives it another. `ended` None = it runs."""

    case_id: str
    kind: str
    started: datetime
    due: datetime
    level: str
    ended: datetime | None

    @property
    def missed(self) -> bool:
        """Whether its due passed while it ran, or will before it ends."""
        return self.ended is None or self.ended > self.due


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a clock: it was to be stopped by `due`, and was at `ended`; None = it runs yet.

    `level`: that of its case when it ended.
    """

    clock: str
    started: datetime
    due: datetime
    ended: datetime | None
    case_id: str = ""
    level: str = ""

    @property
    def decided_at(self) -> datetime:
        """When it was clear whether it was met: at its end, or as soon as it was late."""
        return self.due if self.ended is None else min(self.ended, self.due)

    @property
    def met(self) -> bool:
        return self.ended is not None and self.ended <= self.due


def runs_of(stretches: Sequence[Stretch]) -> list[Ran]:
    """The runs of these clocks, from start to stop. What was late once is late whatever level comes later."""
    runs: list[list[Stretch]] = []
    for one in sorted(stretches, key=_in_turn):
        if runs and _goes_on(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_run(parts) for parts in runs]


def _in_turn(one: Stretch) -> tuple[str, str, datetime, bool, datetime]:
    return (one.case_id, one.kind, one.started, one.ended is None, one.ended or one.started)


def _goes_on(before: Stretch, one: Stretch) -> bool:
    """Whether this is the same run. An alarm that begins anew is: nobody has taken the case yet."""
    same = (before.case_id, before.kind) == (one.case_id, one.kind)
    anew = one.kind == WAITING and before.ended == one.started
    return same and (before.started == one.started or anew)


def _run(parts: Sequence[Stretch]) -> Ran:
    first, last = parts[0], parts[-1]
    due = min([one.due for one in parts if one.missed], default=last.due)
    clock = clock_of(last.kind)
    return Ran(clock, first.started, due, last.ended, last.case_id, last.level)


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
