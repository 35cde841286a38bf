"""From a clock of DEADLINES to the next armed timer: never None, never silence. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cases.deadlines import (
    AFTER_CLOSING,
    ALARMING,
    DEADLINES,
    VERSION,
    after,
    law_start,
    run_of,
    steps_of,
    told_at,
)
from cases.incident_types import track
from cases.model import Case, Status, Timer
from cases.policy import DAY, MINUTE, Policy, Span, Step
from cases.records import clock_of, records
from cases.times.calendar import next_morning, out_of_the_night

# Alarms that nobody has answered, and what somebody outside waits for.
_NEVER_PUT_OFF = frozenset({"unanswered", "unplaced", "reporter_waiting", "safe_check"})


def rules_of(policy: Policy) -> str:
    """The versions of rules, calendar and settings, kept with every clock: `1/2026-11.3/7`."""
    return f"{VERSION}/{policy.stamp}"


def half_time(case: Case, policy: Policy, now: datetime) -> datetime:
    """When a calm case tries a person's next address: half of what the first step gives."""
    span = steps_of("unanswered", case, policy)[1].after
    if span.counts == "w":
        return next_morning(now)
    return after(now, Span(span.amount / 2, span.counts), policy.calendar)


def first_timer(kind: str, case: Case, policy: Policy, now: datetime, step: int = 0) -> Timer:
    """The first obligation of a clock. Law clocks count from receipt, settings from now.

    A `step` beyond the last one (the chain was run through already) repeats the last.
    """
    if DEADLINES[clock_of(kind)].beats:
        return dated_timer(kind, case, policy, now, first_start(kind, case, now))
    steps = steps_of(kind, case, policy)
    last = len(steps) - 1
    start = law_start(case) if DEADLINES[kind].law else now
    if 0 < step <= last and not DEADLINES[kind].law:
        return _further_up(kind, case, policy, step, now)
    due = _due(kind, case, policy, start, step) if step <= last else _again(kind, case, policy, now)
    timer = Timer(f"case:{case.id}", kind, case.rev, min(step, last), 0, max(due, now))
    return _counted(timer, start, policy)


def _counted(timer: Timer, start: datetime, policy: Policy) -> Timer:
    """With what its due is reckoned from."""
    return replace(timer, started_at=start, rules=rules_of(policy))


def first_start(kind: str, case: Case, now: datetime) -> datetime:
    """From when a clock counts that is armed now: receipt, or now (DOMAIN.md section 3)."""
    row = DEADLINES[clock_of(kind)]
    if row.id == "plan":
        had = records(case, "plan", "submitted", "approved", "replaced")
        first = track(case) == "abuse" and not had
        return law_start(case) if first else now
    return law_start(case) if row.receipt else now


def dated_timer(kind: str, case: Case, policy: Policy, now: datetime, start: datetime) -> Timer:
    """The next beat of a clock with a due of its own that counts from `start`."""
    row, run = DEADLINES[clock_of(kind)], run_of(kind, case, policy, start)
    step = next((n for n, beat in enumerate(row.beats) if run.at(beat) > now), -1)
    due = run.at(row.beats[step]) if step >= 0 else now
    step = step if step >= 0 else len(row.beats) - 1
    return _counted(Timer(f"case:{case.id}", kind, case.rev, step, 0, due), start, policy)


def _beat_now(kind: str, case: Case, policy: Policy, timer: Timer, now: datetime) -> int:
    """The newest beat that is due: after an outage nobody gets every reminder at once."""
    run = run_of(kind, case, policy, timer.started_at or case.received_at)
    beats = DEADLINES[clock_of(kind)].beats
    return max((n for n, beat in enumerate(beats) if run.at(beat) <= now), default=timer.step)


def _next_beat(kind: str, case: Case, policy: Policy, fired: Timer, now: datetime) -> Timer:
    row, done = DEADLINES[clock_of(kind)], _beat_now(kind, case, policy, fired, now)
    if done + 1 < len(row.beats):
        run = run_of(kind, case, policy, fired.started_at or case.received_at)
        due = max(run.at(row.beats[done + 1]), now)
        return replace(fired, step=done + 1, due_at=due, id="")
    if row.daily:
        again = dated_timer(kind, case, policy, now, now)
        return replace(again, round=fired.round, slot=fired.slot + 1)
    rings = row.again < DAY and (row.law or case.level in ALARMING)
    due = now + row.again if rings else next_morning(now)
    return replace(fired, step=done, slot=fired.slot + 1, due_at=due, id="")


def _further_up(kind: str, case: Case, policy: Policy, step: int, now: datetime) -> Timer:
    """A chain that begins at a later step has waited, as it were, until the step before."""
    steps = steps_of(kind, case, policy)
    before, then = steps[step - 1].after, steps[step].after
    started = now - before.amount if case.level in ALARMING else now
    if case.level in ALARMING:
        due = started + then.amount
    elif before == then:
        due = next_morning(now)
    else:
        gap = then.amount - before.amount if then.counts == before.counts else then.amount
        due = after(now, Span(gap, then.counts), policy.calendar)
    return _counted(Timer(f"case:{case.id}", kind, case.rev, step, 0, due), started, policy)


def step_now(kind: str, case: Case, policy: Policy, timer: Timer, now: datetime) -> int:
    """The step to do now. Urgent and law: the one the age calls for; else one step per delay."""
    policy = policy.under(timer.rules)
    if DEADLINES[clock_of(kind)].beats:
        return _beat_now(kind, case, policy, timer, now)
    steps = steps_of(kind, case, policy)
    step = min(timer.step, len(steps) - 1)
    if not (DEADLINES[kind].law or case.level in ALARMING):
        return step
    start = timer.started_at or case.received_at
    while step + 1 < len(steps) and after(start, steps[step + 1].after, policy.calendar) <= now:
        step += 1
    return step


def next_timer(kind: str, case: Case, policy: Policy, fired: Timer, now: datetime) -> Timer:
    """What follows a fired timer: the next step, or the last one again. Never None, never silence."""
    policy = policy.under(fired.rules)
    if DEADLINES[clock_of(kind)].beats:
        return _next_beat(kind, case, policy, fired, now)
    steps = steps_of(kind, case, policy)
    done = step_now(kind, case, policy, fired, now)
    if done + 1 >= len(steps):
        due = _again(kind, case, policy, now)
        return replace(fired, step=done, slot=fired.slot + 1, due_at=due, id="")
    start = fired.started_at or case.received_at
    if DEADLINES[kind].law or case.level in ALARMING:
        due = max(_due(kind, case, policy, start, done + 1), now)
    else:
        # From now, not from the missed time: after an outage nobody gets every step at once.
        gap = steps[done + 1].after.amount - steps[done].after.amount
        if not gap:
            return replace(fired, step=done + 1, due_at=next_morning(now), id="")
        late = now - fired.due_at > 10 * MINUTE
        due = _due(kind, case, policy, start, done + 1)
        rest = Span(gap, steps[done + 1].after.counts)
        due = after(now, rest, policy.calendar) if late else due
    return replace(fired, step=done + 1, due_at=max(due, now), id="")


def replanned(
    case: Case, policy: Policy, timer: Timer, before: Sequence[Step], now: datetime
) -> tuple[list[int], Timer]:
    """The chain was changed while it runs: which steps are late already, and what follows.

    Nobody who should have been called by now is passed over, nobody is called for whom it is too
    early, and what was to ring next rings no later.
    """
    steps, begun = steps_of("unanswered", case, policy), timer.started_at or case.received_at
    ends = after(begun, before[-1].after, policy.calendar)
    told = before if ends <= now else before[: timer.step]
    called = {one for step in told for one in step.to}
    past = [n for n, one in enumerate(steps) if after(begun, one.after, policy.calendar) <= now]
    first = 0 if case.status is Status.RECEIVED else _first_of(steps, "leader")
    new = [n for n, one in enumerate(steps) if not called.issuperset(one.to)]
    gone = min([*new, len(steps), timer.step]) - 1
    then = max([*past, gone, first - 1]) + 1
    if then >= len(steps):
        then, due = len(steps) - 1, timer.due_at
    else:
        due = min(timer.due_at, after(begun, steps[then].after, policy.calendar))
    late = [n for n in new if n in past and n >= first]
    return late, replace(timer, step=then, due_at=max(due, now), id="")


def _first_of(steps: Sequence[Step], role: str) -> int:
    return next((n for n, one in enumerate(steps) if role in one.to), 0)


def put_off(
    timer: Timer, case: Case, policy: Policy, until: datetime, now: datetime
) -> datetime | None:
    """When this reminder comes if whoever is reminded puts it off; None = it is not theirs to put off.

    A due never moves. The law's reminders come as they are; nobody puts off what is meant for others
    too, nor the step that follows.
    """
    clock = clock_of(timer.kind)
    theirs = clock in DEADLINES and not DEADLINES[clock].law and clock not in _NEVER_PUT_OFF
    if not theirs or timer.due_at >= until:
        return None
    if clock == "idle":
        return until
    if not set(told_at(timer.kind, case, policy, timer.step)) <= {"holder", "party"}:
        return None
    then = next_timer(timer.kind, case, policy, timer, max(timer.due_at, now)).due_at
    return min(until, then)


def passes_the_law(armed: Sequence[Timer], case: Case, policy: Policy, until: datetime) -> bool:
    """Whether a law clock is due before then: nothing is put off beyond it."""
    clocks = [one for one in armed if clock_of(one.kind) in DEADLINES]
    law = [one for one in clocks if DEADLINES[clock_of(one.kind)].law]
    return any(due_of(one, case, policy) < until for one in law)


def due_at(kind: str, case: Case, policy: Policy, start: datetime) -> datetime:
    """The instant the clock calls "due": what cards and notices show."""
    if DEADLINES[clock_of(kind)].beats:
        return run_of(kind, case, policy, start).due
    steps = steps_of(kind, case, policy)
    step = min(DEADLINES[kind].due_step, len(steps) - 1)
    return after(start, steps[step].after, policy.calendar)


def due_of(timer: Timer, case: Case, policy: Policy) -> datetime:
    """When the clock of this timer is due, by the calendar under which it was started."""
    start = timer.started_at or law_start(case)
    return due_at(timer.kind, case, policy.under(timer.rules), start)


def next_due(case: Case, policy: Policy, armed: Sequence[Timer]) -> datetime | None:
    """The earliest instant at which a clock of this case is due; None while none of them runs."""
    owed = set(DEADLINES) - AFTER_CLOSING
    dues = [due_of(timer, case, policy) for timer in armed if clock_of(timer.kind) in owed]
    return min(dues, default=None)


def _due(kind: str, case: Case, policy: Policy, start: datetime, step: int) -> datetime:
    steps = steps_of(kind, case, policy)
    at = after(start, steps[step].after, policy.calendar)
    if kind == "emergency" and case.level not in ALARMING and step < DEADLINES[kind].due_step:
        due = after(start, steps[DEADLINES[kind].due_step].after, policy.calendar)
        return out_of_the_night(at, due)
    return at


def _again(kind: str, case: Case, policy: Policy, now: datetime) -> datetime:
    if DEADLINES[kind].law:
        return now + DEADLINES[kind].again
    return now + policy.of(case.commune).repeat if case.level in ALARMING else next_morning(now)
