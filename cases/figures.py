"""What a week looked like, in numbers: counted from cases whose words nobody reads. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.deadlines import ALARMING
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


def quiet_communes(
    since: Mapping[str, datetime], last: Mapping[str, datetime], now: datetime
) -> list[str]:
    """Communes that are served for 90 days and had no report in them; `since`: when each began."""
    return [
        code for code, began in since.items()
        if max(began, last.get(code, began)) <= now - QUIET_AFTER
    ]  # fmt: skip
