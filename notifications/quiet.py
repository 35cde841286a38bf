"""When a notice to staff leaves: at once, when the day begins, or with others (TRUST.md 6 and 17). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.deadlines import ALARMING
from cases.model import Case
from cases.times.calendar import is_night, opening
from notifications.notices import REMINDER, Notice

ALONE, NEWS = "alone", "news"  # thought over again when it leaves: by itself; with others
TOGETHER = timedelta(minutes=2)
JITTER = timedelta(minutes=5)  # at most: not everybody's phone at 06:00 sharp
ALERTS_IN_ONE = 5  # so that each case keeps a button of its own
NEWS_IN_ONE = 30


@dataclass(frozen=True, slots=True)
class Leaving:
    """When a row leaves, and in which bundle; "" = by itself, as it is."""

    at: datetime
    bundle: str = ""


def waits_for_day(notice: Notice, case: Case, now: datetime) -> bool:
    """Reminders and news of calm cases ring nobody at night; what is urgent or unclear always does."""
    return notice.priority >= REMINDER and case.level not in ALARMING and is_night(now)


def at_daybreak(now: datetime, waiting: datetime | None, chance: bytes) -> Leaving:
    """With what waits for this address already, else some moments after the window opens."""
    opens = opening(now)
    if waiting is not None and waiting >= opens:
        return Leaving(waiting, NEWS)
    return Leaving(opens + JITTER * (int.from_bytes(chance) / 256 ** len(chance)), NEWS)


def alerts_of(key: str, case: Case) -> str:
    """The bundle a calm alert of the chain belongs to; "" = it rings alone, always and at once."""
    calm = case.level not in ALARMING
    return f"alerts:{case.commune}" if calm and ":alert:" in key else ""


def after_others(now: datetime, bundle: str, others: Sequence[datetime]) -> Leaving:
    """At once where no other alert left within two minutes, else at the end of the two minutes."""
    if not others:
        return Leaving(now)
    newest = max(others)
    return Leaving(newest if newest > now else newest + TOGETHER, bundle)


def most(bundle: str) -> int:
    """How many more rows may join the first of a bundle."""
    if bundle == ALONE:
        return 0
    return (NEWS_IN_ONE if bundle == NEWS else ALERTS_IN_ONE) - 1
