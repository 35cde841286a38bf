"""Clocks that are of no case: a request about one's own data, a breach of data (DOMAIN.md 3, 7). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cases.beats import Run
from cases.deadlines import DEADLINES
from cases.model import Timer
from cases.policy import DAY, Span, c
from cases.times.calendar import next_morning

ACK, DO, BREACH = "rights_ack", "rights_do", "breach"
WHAT: Mapping[str, int] = {  # days within which it is done
    "see": 10, "correct": 10, "withdraw": 15, "restrict": 15, "object": 15, "erase": 20,
}  # fmt: skip
EXTENSION = 15 * DAY  # once, with a reason
SOURCES = ("bot", "phone", "visit", "paper")
DONE, PARTLY, REFUSED = "done", "partly", "refused"
# Why the law keeps what somebody wants gone or shown. `protect`: the record of what was reported about a
# child is kept to protect it, whoever asks (Law on Children; PDPL 19, 24).
REASONS = ("open", "hold", "protect", "not_theirs", "suspected")
# What the notice of a breach must say (PDPL 23 (u)); a record without them cannot be told.
NOTICE_PARTS = ("what", "whose", "count", "when", "consequences", "measures", "contact")
# Why a breach ends without a notice: nothing got out, nothing of a person did, it has a record already.
NO_NOTICE = ("no_breach", "no_personal_data", "same")
KEPT_YEARS = 5


@dataclass(frozen=True, slots=True)
class Owed:
    """One clock as it runs: which, of whom (`rights:<id>`), from when, how long."""

    kind: str
    owner: str
    start: datetime
    span: Span


def acknowledging(request_id: str, made_at: datetime) -> Owed:
    span = DEADLINES[ACK].span
    assert span is not None
    return Owed(ACK, f"rights:{request_id}", made_at, span)


def doing(request_id: str, what: str, made_at: datetime, *, extended: bool) -> Owed:
    more = EXTENSION if extended else 0 * DAY
    return Owed(DO, f"rights:{request_id}", made_at, c(WHAT[what] * DAY + more))


def notifying(breach_id: str, noticed_at: datetime) -> Owed:
    span = DEADLINES[BREACH].span
    assert span is not None
    return Owed(BREACH, f"breach:{breach_id}", noticed_at, span)


def due_at(owed: Owed, calendar: Mapping[date, bool]) -> datetime:
    return Run(owed.start, owed.span, calendar, quiet=False).due


def next_moment(owed: Owed, calendar: Mapping[date, bool], now: datetime, slot: int = 0) -> Timer:
    """The next reminder; after the last one every morning, until it is done. Never None, never silence."""
    run, beats = Run(owed.start, owed.span, calendar, quiet=False), DEADLINES[owed.kind].beats
    step = next((n for n, beat in enumerate(beats) if run.at(beat) > now), -1)
    if step >= 0:
        return Timer(
            owed.owner, owed.kind, 0, step, slot, run.at(beats[step]), started_at=owed.start
        )
    at = next_morning(now)
    return Timer(owed.owner, owed.kind, 0, len(beats) - 1, slot + 1, at, started_at=owed.start)


def told_now(kind: str, step: int) -> tuple[str, ...]:
    """The roles that this reminder is for."""
    return DEADLINES[kind].beats[step].to
