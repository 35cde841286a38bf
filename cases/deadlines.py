"""DEADLINES: when due, whom next, never silence. Every clock of DOMAIN.md section 3, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.beats import (
    Beat,
    Run,
    at_due,
    before,
    half,
    late,
    that_morning,
    twice_late,
)
from cases.incident_types import track
from cases.model import Case, Level, Status
from cases.policy import DAY, HOUR, MINUTE, NOTHING, Policy, Span, Step, c, w
from cases.records import clock_of, helped, records
from cases.sharing import reports_crime
from cases.times.calendar import (
    MORNING,
)

VERSION = 1
ALARMING = (Level.URGENT, Level.UNKNOWN)
# While no measure was taken and nothing assessed, a raised case still owes the twelve hours.
BEFORE_MEASURE = (Status.RECEIVED, Status.ACKNOWLEDGED, Status.VERIFYING)
# From the submission of the plan on it has clocks of its own; nobody is asked what they do meanwhile.
WITH_PLAN = (Status.APPROVAL, Status.RUNNING, Status.REVIEW)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock. No setting moves a `law` clock. `due_step`: which step is the due.

    A clock with `beats` has a due of its own: `span` after its start, else what the policy says.
    `receipt`: it counts from the receipt of the report, whenever it is armed. `daily`: after its last
    beat it begins again; arming it once more while it runs changes nothing.
    """

    id: str
    due: str  # in words of section 3, for the generated page
    basis: str
    law: bool = False
    steps: tuple[Step, ...] = ()  # empty: read from the policy
    due_step: int = 0
    again: timedelta = DAY
    beats: tuple[Beat, ...] = ()
    span: Span | None = None
    receipt: bool = False
    daily: bool = False


_HOLDER, _DEPUTY = ("holder",), ("holder", "deputy")
_LEADER, _CITY = ("holder", "leader"), ("leader", "supervisor")
_DAY_BEFORE = c(DAY)
_ROWS = (
    Deadline("forward", "at once; target 15 min", "D56 25(1), 26(1)", True, (
        Step(c(30 * MINUTE), ("leader",)), Step(c(60 * MINUTE), ("supervisor",))), 0, HOUR,
        receipt=True),
    Deadline("emergency", "12 h", "D56 26(2)(3), 31(1), 32", True, (
        Step(c(6 * HOUR), _HOLDER), Step(c(9 * HOUR), _LEADER),
        Step(c(11 * HOUR), ("holder", "officer", "deputy", "leader", "supervisor")),
        Step(c(12 * HOUR), _CITY)), 3, HOUR, receipt=True),
    Deadline("separation", "15 d", "D56 32", True, span=NOTHING, beats=(
        before(c(5 * DAY), *_LEADER), before(c(2 * DAY), *_LEADER), before(c(DAY), *_LEADER),
        at_due("holder", *_CITY))),
    Deadline("plan", "5 w", "D56 28(1)", True, span=w(5), beats=(
        before(w(2), "holder"), before(w(1), "holder"), that_morning("holder"),
        at_due(*_LEADER), late(w(1), *_LEADER), late(w(2), "holder", *_CITY))),
    Deadline("crime", "at once; target 30 min", "D56 25(3)", True,
        again=30 * MINUTE, span=c(30 * MINUTE), beats=(
        at_due("holder", *_CITY),)),
    Deadline("rights_ack", "2 w", "D356", True, span=w(2), beats=(
        before(w(1), "leader", "admin"), at_due("leader", "admin"))),
    Deadline("rights_do", "10 / 15 / 20 d", "D356; see, correct, erase (u)", True, span=c(20 * DAY),
        beats=(before(c(5 * DAY), "leader"), before(c(2 * DAY), "leader"), at_due("leader"))),
    Deadline("breach", "72 h", "PDPL 23 (u)", True, span=c(72 * HOUR), beats=(
        before(c(48 * HOUR), "leader", "admin", hour=None),
        before(c(24 * HOUR), "leader", "admin", hour=None),
        before(c(6 * HOUR), "leader", "admin", hour=None),
        at_due("leader", "admin", "supervisor"))),
    Deadline("dossier", "60 d", "PDPL, D356", True),
    Deadline("yearly", "calendar", "Circular 16/2025/TT-BYT", True),
    Deadline("unanswered", "15 min / 2 h d / 4 h d / 1 w", "setting", due_step=1, again=30 * MINUTE),
    Deadline("idle", "30 min / 4 h d / 1 w / 3 w", "setting", again=30 * MINUTE),
    Deadline("verify", "2 h / 24 h", "setting", beats=(at_due(*_LEADER),)),
    Deadline("assess", "12 h / 24 h / 72 h / 7 d", "setting", beats=(
        half("holder"), at_due(*_LEADER))),
    Deadline("confirm", "24 h", "setting", beats=(half("leader"), at_due(*_CITY))),
    Deadline("child_check", "daily", "setting", daily=True, beats=(
        that_morning("holder", hour=MORNING), at_due(*_LEADER))),
    Deadline("detail", "3 w", "setting", beats=(before(w(1), "holder"), at_due(*_LEADER))),
    Deadline("approve", "2 w", "setting", beats=(before(w(1), "leader"), at_due(*_CITY))),
    Deadline("task", "its date", "setting", beats=(
        before(_DAY_BEFORE, "party"), that_morning("party"), at_due("party"),
        late(c(DAY), "party", "holder"), late(c(3 * DAY), *_LEADER))),
    Deadline("contact", "7 / 14 / 30 d", "setting", beats=(
        before(_DAY_BEFORE, "holder"), at_due(*_LEADER))),
    Deadline("review", "30 / 60 / 90 d", "setting", beats=(
        before(c(7 * DAY), "holder"), before(_DAY_BEFORE, "holder"), at_due(*_LEADER))),
    Deadline("decide", "3 w", "setting", beats=(before(w(1), "leader"), at_due(*_CITY))),
    Deadline("handover", "30 min / 4 h d", "setting", again=30 * MINUTE, beats=(
        at_due("leader"), twice_late(*_CITY))),
    Deadline("referral", "30 min / 1 w", "setting", again=30 * MINUTE, beats=(
        at_due(*_LEADER), twice_late("holder", *_CITY))),
    Deadline("visit", "15 min / 4 h", "setting", again=30 * MINUTE, beats=(
        half("party"), at_due("party", "holder"))),
    Deadline("visit_done", "2 h / 24 h / 3 d", "setting", again=30 * MINUTE, beats=(
        half("party"), at_due("party", "holder"))),
    Deadline("reporter_waiting", "15 min / 4 h", "setting"),
    Deadline("unfinished", "10 min; 1 h, 24 h", "setting"),
    Deadline("unplaced", "10 min", "setting", steps=(Step(c(10 * MINUTE), ("supervisor",)),)),
    Deadline("safe_check", "7 d", "setting", span=c(7 * DAY), beats=(at_due(),)),
    Deadline("duty", "15 min", "setting"),
    Deadline("quiet_commune", "90 d", "setting"),
)  # fmt: skip
DEADLINES: Mapping[str, Deadline] = {row.id: row for row in _ROWS}
ARMED = frozenset(
    {
        *("unanswered", "idle", "emergency", "unfinished", "unplaced", "forward"),
        *("reporter_waiting", "duty", "verify", "confirm"),
        *("assess", "child_check", "separation", "detail"),
        *("plan", "approve", "task", "contact", "review", "decide"),
        *("safe_check", "yearly", "quiet_commune", "rights_ack", "rights_do", "breach"),
        *("crime", "visit", "visit_done", "referral", "handover"),
    }
)
# They follow holder and level and call people: what ends or moves another clock leaves them alone.
CHAINS = ("unanswered", "unplaced", "hop", "idle")
AFTER_CLOSING = frozenset({"safe_check", "retention"})  # nothing that staff owe
# Of a talk; of a shift (cases/duty.py); of a commune (cases/yearly.py, cases/figures.py); of a request
# or a breach (cases/data_rights.py).
NOT_OF_A_CASE = frozenset(
    {"unfinished", "duty", "yearly", "quiet_commune", "rights_ack", "rights_do", "breach"}
)


def after(start: datetime, span: Span, calendar: Mapping[date, bool]) -> datetime:
    """The instant when the span has passed, counted as it says."""
    return Run(start, span, calendar, quiet=False).after(start, span)


def run_of(kind: str, case: Case, policy: Policy, start: datetime) -> Run:
    """A clock with a due of its own, as it runs for this case from this start."""
    row = DEADLINES[clock_of(kind)]
    spans = policy.of(case.commune).spans
    span = row.span if row.span is not None else spans[row.id][case.level]
    return Run(start, span, policy.calendar, quiet=case.level not in ALARMING)


def steps_of(kind: str, case: Case, policy: Policy) -> tuple[Step, ...]:
    """The steps of a chain: whom, and how long after the start. Empty for a clock with beats."""
    policy = policy.of(case.commune)
    if kind == "unanswered":
        return policy.unanswered[case.level]
    if kind == "idle":
        span = policy.idle[case.level]
        return (Step(span, _HOLDER), Step(Span(span.amount * 2, span.counts), _LEADER))
    if kind == "reporter_waiting":
        span = policy.reporter_waiting[case.level]
        return (Step(span, _DEPUTY), Step(Span(span.amount * 2, span.counts), _LEADER))
    return DEADLINES[clock_of(kind)].steps


def applies(kind: str, case: Case) -> bool:
    """Whether a starting act arms this clock for this case."""
    if kind not in ARMED:
        return False
    abuse = track(case) == "abuse"
    if kind == "emergency":
        return abuse or case.level in ALARMING or _concluded_urgent(case)
    if kind == "detail":
        return track(case) != "hazard"  # that is mended, and no plan is made
    if kind == "plan":
        return abuse or case.status is Status.PLANNING
    if kind == "idle":
        return case.status not in WITH_PLAN
    if kind == "assess":
        return not abuse
    if kind == "safe_check":
        return "drill" not in case.flags
    return kind != "unplaced" or not case.commune


def owes_measure(case: Case) -> bool:
    """Whether the twelve hours run: nothing was done yet, or what was proposed was refused."""
    if case.status is Status.EMERGENCY:
        urgent = _concluded_urgent(case) or records(case, "measure", "refused")
        return bool(urgent) and not helped(case) and applies("emergency", case)
    return case.status in BEFORE_MEASURE and applies("emergency", case)


def still_owes(kind: str, case: Case) -> bool:
    """Whether a starting act arms this clock: it applies, and what the law asks for was not done yet."""
    if kind == "emergency":
        return owes_measure(case)
    return applies(kind, case) and (kind != "crime" or owes_crime(case))


def _concluded_urgent(case: Case) -> bool:
    """Whether form 02 says that help cannot wait; what came before a re-opening is over."""
    forms = [one for one in records(case, "form02", "on_file") if one.made_at >= case.opened_at]
    return bool(forms) and forms[-1].body["decision"] == "urgent"


def told_at(kind: str, case: Case, policy: Policy, step: int) -> tuple[str, ...]:
    """Whom this step of the clock tells."""
    row = DEADLINES[clock_of(kind)]
    if row.beats:
        return row.beats[min(step, len(row.beats) - 1)].to
    return steps_of(kind, case, policy)[step].to


def law_start(case: Case) -> datetime:
    """Law clocks count from receipt; those of a re-opened case from the re-opening."""
    return case.opened_at if "reopened" in case.flags else case.received_at


def owes_crime(case: Case) -> bool:
    """Whether there are signs of a crime that no police have heard of who may."""
    told = any(reports_crime(case, one.body) for one in records(case, "referral"))
    return "crime" in case.flags and not told
