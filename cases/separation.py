"""Temporary separation: fifteen days in sum, more only with the competent body's paper (D56 32). Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases.errors import Refused
from cases.model import Case, Record
from cases.records import Doing, records
from cases.times.ahead import FARTHEST
from cases.times.calendar import local

LONGEST = 15  # days in sum; the first one counts, so that no reading of the article is longer
AHEAD = 7  # days until a decision takes effect at most
_DAY = timedelta(days=1)


def days(since: date, until: date) -> int:
    """How many days from the first to the last, both counted."""
    return max((until - since).days + 1, 0)


def used(case: Case, but: int = 0) -> int:
    """The days that its separations took so far, without the one of this number."""
    return sum(
        days(began(one), _ended(one)) for one in records(case, "separation") if one.no != but
    )


def too_long(since: str, until: str, before: int) -> bool:
    """Whether the sum passes what a leader may decide alone; `before`: days taken already."""
    return before + days(date.fromisoformat(since), date.fromisoformat(until)) > LONGEST


def began(record: Record) -> date:
    return date.fromisoformat(str(record.body["since"]))


def lasts(record: Record) -> date:
    """The last day it is decided for."""
    assert record.due_at is not None
    return local(record.due_at).date()


def _ended(record: Record) -> date:
    """Its last day: as decided, or when it was ended early. One that lapsed runs until it is ended."""
    return local(record.changed_at).date() if record.state == "ended" else lasts(record)


def has_number(paper: object) -> bool:
    """Whether this can be the number of a paper."""
    return any(sign.isdigit() for sign in str(paper or ""))


def known(case: Case) -> Mapping[str, Any]:
    """What the forms of the running separation, or of a new one, need not ask."""
    running = records(case, "separation", "running")
    if not running:
        return {"used": used(case)}
    one = running[-1]
    last = lasts(one).isoformat()
    return {"used": used(case, one.no), "since": began(one).isoformat(), "last": last}


def check(case: Case, doing: Doing) -> None:
    """Raises Refused: days that are over or far ahead, or a sum beyond the law without a paper."""
    told = {**known(case), **doing.form}
    today = local(doing.now).date()
    since, until = date.fromisoformat(told["since"]), date.fromisoformat(told["until"])
    # A form begun before midnight may name the day that was today then.
    over = "last" not in told and since < today - _DAY
    if over or until < max(today, since):
        raise Refused("error.day_past")
    if since > today + AHEAD * _DAY or until > today + FARTHEST:
        raise Refused("error.day_far")
    if too_long(told["since"], told["until"], told["used"]) and not has_number(told.get("paper")):
        raise Refused("error.needs_paper", days=LONGEST)
