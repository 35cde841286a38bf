"""DEADLINES: when due, whom next, never silence. Every clock of DOMAIN.md section 3, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.incident_types import KINDS
from cases.model import Case, Level, Status, Timer
from cases.policy import DAY, HOUR, MINUTE, Policy, Span, Step, c
from cases.times.calendar import (
    after_window_hours,
    after_working_days,
    next_morning,
    out_of_the_night,
)

VERSION = 1
ALARMING = (Level.URGENT, Level.UNKNOWN)
# While no measure was taken and nothing assessed, a raised case still owes the twelve hours.
BEFORE_MEASURE = (Status.RECEIVED, Status.ACKNOWLEDGED, Status.VERIFYING)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock. `law` clocks count from receipt; no setting moves them. `due_step`: which is due."""

    id: str
    due: str  # in words of section 3, for the generated page
    basis: str
    law: bool = False
    steps: tuple[Step, ...] = ()  # empty: read from the policy
    due_step: int = 0
    again: timedelta = DAY


_HOLDER, _DEPUTY = ("holder",), ("holder", "deputy")
_LEADER, _CITY = ("holder", "leader"), ("leader", "supervisor")
_ROWS = (
    Deadline("forward", "15 min", "D56 25(1), 26(1)", True, (
        Step(c(30 * MINUTE), ("leader",)), Step(c(60 * MINUTE), ("supervisor",))), 0, HOUR),
    Deadline("emergency", "12 h", "D56 26(2)(3), 31(1), 32", True, (
        Step(c(6 * HOUR), _HOLDER), Step(c(9 * HOUR), _LEADER),
        Step(c(11 * HOUR), ("holder", "officer", "deputy", "leader", "supervisor")),
        Step(c(12 * HOUR), _CITY)), 3, HOUR),
    Deadline("separation", "15 d", "D56 32", True),
    Deadline("plan", "5 w", "D56 28(1)", True),
    Deadline("crime", "30 min", "D56 25(3)", True),
    Deadline("rights_ack", "2 w", "D356", True),
    Deadline("rights_do", "15 d", "D356", True),
    Deadline("breach", "72 h", "PDPL 23 (u)", True),
    Deadline("dossier", "60 d", "PDPL, D356", True),
    Deadline("yearly", "calendar", "Circular 16/2025/TT-BYT", True),
    Deadline("unanswered", "15 min / 2 h d / 4 h d / 1 w", "setting", again=30 * MINUTE),
    Deadline("idle", "30 min / 4 h d / 1 w / 3 w", "setting", again=30 * MINUTE),
    Deadline("verify", "2 h / 24 h", "setting"),
    Deadline("assess", "12 h / 24 h / 72 h / 7 d", "setting"),
    Deadline("confirm", "24 h", "setting"),
    Deadline("child_check", "daily", "setting"),
    Deadline("detail", "3 w", "setting"),
    Deadline("approve", "2 w", "setting"),
    Deadline("task", "its date", "setting"),
    Deadline("contact", "7 / 14 / 30 d", "setting"),
    Deadline("review", "30 / 60 / 90 d", "setting"),
    Deadline("decide", "3 w", "setting"),
    Deadline("handover", "30 min / 4 h d", "setting"),
    Deadline("referral", "30 min / 1 w", "setting"),
    Deadline("visit", "15 min / 4 h; 2 h / 24 h / 3 d", "setting"),
    Deadline("reporter_waiting", "15 min / 4 h", "setting"),
    Deadline("unfinished", "10 min; 1 h, 24 h", "setting"),
    Deadline("unplaced", "10 min", "setting", steps=(Step(c(10 * MINUTE), ("supervisor",)),)),
    Deadline("safe_check", "7 d", "setting"),
    Deadline("duty", "15 min", "setting"),
    Deadline("quiet_commune", "90 d", "setting"),
)  # fmt: skip
DEADLINES: Mapping[str, Deadline] = {row.id: row for row in _ROWS}
ARMED = frozenset(
    {"unanswered", "idle", "emergency", "unfinished", "unplaced", "forward", "reporter_waiting"}
)


def after(start: datetime, span: Span) -> datetime:
    """The instant when the span has passed, counted as it says."""
    if span.counts == "d":
        return after_window_hours(start, span.amount)
    if span.counts == "w":
        return after_working_days(start, span.amount // DAY)
    return start + span.amount


def steps_of(kind: str, case: Case, policy: Policy) -> tuple[Step, ...]:
    """The steps of this clock for this case: whom, and how long after the start."""
    if kind == "unanswered":
        return policy.unanswered[case.level]
    if kind == "idle":
        span = policy.idle[case.level]
        return (Step(span, _HOLDER), Step(Span(span.amount * 2, span.counts), _LEADER))
    if kind == "reporter_waiting":
        span = policy.reporter_waiting[case.level]
        return (Step(span, _DEPUTY), Step(Span(span.amount * 2, span.counts), _LEADER))
    return DEADLINES[kind].steps


def applies(kind: str, case: Case) -> bool:
    """Whether a starting act arms this clock for this case."""
    if kind not in ARMED:
        return False
    known = KINDS.get(case.kind)
    if kind == "emergency":
        return known is None or known.track == "abuse" or case.level in ALARMING
    return kind != "unplaced" or not case.commune


def law_start(case: Case) -> datetime:
    """Law clocks count from receipt; those of a re-opened case from the re-opening."""
    return case.opened_at if "reopened" in case.flags else case.received_at


def half_time(case: Case, policy: Policy, now: datetime) -> datetime:
    """When a calm case tries a person's next address: half of what the first step gives."""
    span = policy.unanswered[case.level][1].after
    if span.counts == "w":
        return next_morning(now)
    return after(now, Span(span.amount / 2, span.counts))


def first_timer(kind: str, case: Case, policy: Policy, now: datetime, step: int = 0) -> Timer:
    """The first obligation of a clock. Law clocks count from receipt, settings from now.

    A `step` beyond the last one (the chain was run through already) repeats the last.
    """
    steps = steps_of(kind, case, policy)
    last = len(steps) - 1
    start = law_start(case) if DEADLINES[kind].law else now
    if 0 < step <= last and not DEADLINES[kind].law:
        return _further_up(kind, case, steps, step, now)
    due = _due(kind, case, start, steps, step) if step <= last else _again(kind, case, policy, now)
    return Timer(
        f"case:{case.id}", kind, case.rev, min(step, last), 0, max(due, now), started_at=start
    )


def _further_up(kind: str, case: Case, steps: tuple[Step, ...], step: int, now: datetime) -> Timer:
    """A chain that begins at a later step has waited, as it were, until the step before."""
    before, then = steps[step - 1].after, steps[step].after
    started = now - before.amount if case.level in ALARMING else now
    if case.level in ALARMING:
        due = started + then.amount
    elif before == then:
        due = next_morning(now)
    else:
        gap = then.amount - before.amount if then.counts == before.counts else then.amount
        due = after(now, Span(gap, then.counts))
    return Timer(f"case:{case.id}", kind, case.rev, step, 0, due, started_at=started)


def step_now(kind: str, case: Case, policy: Policy, timer: Timer, now: datetime) -> int:
    """The step to do now. Urgent and law: the one the age calls for; else one step per delay."""
    steps = steps_of(kind, case, policy)
    step = min(timer.step, len(steps) - 1)
    if not (DEADLINES[kind].law or case.level in ALARMING):
        return step
    start = timer.started_at or case.received_at
    while step + 1 < len(steps) and after(start, steps[step + 1].after) <= now:
        step += 1
    return step


def next_timer(kind: str, case: Case, policy: Policy, fired: Timer, now: datetime) -> Timer:
    """What follows a fired timer: the next step, or the last one again. Never None, never silence."""
    steps = steps_of(kind, case, policy)
    done = step_now(kind, case, policy, fired, now)
    if done + 1 >= len(steps):
        due = _again(kind, case, policy, now)
        return replace(fired, step=done, slot=fired.slot + 1, due_at=due, id="")
    start = fired.started_at or case.received_at
    if DEADLINES[kind].law or case.level in ALARMING:
        due = max(_due(kind, case, start, steps, done + 1), now)
    else:
        # From now, not from the missed time: after an outage nobody gets every step at once.
        gap = steps[done + 1].after.amount - steps[done].after.amount
        if not gap:
            return replace(fired, step=done + 1, due_at=next_morning(now), id="")
        late = now - fired.due_at > 10 * MINUTE
        due = _due(kind, case, start, steps, done + 1)
        due = after(now, Span(gap, steps[done + 1].after.counts)) if late else due
    return replace(fired, step=done + 1, due_at=max(due, now), id="")


def due_at(kind: str, case: Case, policy: Policy, start: datetime) -> datetime:
    """The instant the clock calls "due": what cards and notices show."""
    steps = steps_of(kind, case, policy)
    step = DEADLINES[kind].due_step if DEADLINES[kind].steps else min(1, len(steps) - 1)
    return after(start, steps[step].after)


def next_due(case: Case, policy: Policy, armed: Sequence[Timer]) -> datetime | None:
    """The earliest instant at which a clock of this case is due; None while none of them runs."""
    dues = [
        due_at(
            timer.kind,
            case,
            policy,
            law_start(case) if row.law else timer.started_at or law_start(case),
        )
        for timer in armed
        if (row := DEADLINES.get(timer.kind)) is not None
    ]
    return min(dues, default=None)


def _due(kind: str, case: Case, start: datetime, steps: tuple[Step, ...], step: int) -> datetime:
    at = after(start, steps[step].after)
    if kind == "emergency" and case.level not in ALARMING and step < DEADLINES[kind].due_step:
        return out_of_the_night(at, after(start, steps[DEADLINES[kind].due_step].after))
    return at


def _again(kind: str, case: Case, policy: Policy, now: datetime) -> datetime:
    if DEADLINES[kind].law:
        return now + DEADLINES[kind].again
    return now + policy.repeat if case.level in ALARMING else next_morning(now)
