"""RETENTION: how long what is kept, and what keeps it longer (TRUST.md section 16, DOMAIN.md 7). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.incident_types import track
from cases.model import Case, Level, Status, Timer
from cases.policy import DAY, HOUR, Policy
from cases.records import records

KIND = "retention"  # the timer of a closed case: what is still to be forgotten of it
WRITTEN = 30 * DAY  # a reporter who wrote may want an answer
AGAIN = 7 * DAY  # when what could not be forgotten is looked at the next time
ASKED_AGAIN = 365 * DAY
BACKUPS = 35 * DAY  # the life of a backup and of the journal: when the last copy is gone
_LATER = ("unfounded", "out_of_scope", "duplicate", "drill")


@dataclass(frozen=True, slots=True)
class Keep:
    """One class of what is kept: whose rows, how long since when, and what becomes of them then.

    `setting`: what a commune may change within its bounds (cases/settings.py); "" = nobody may.
    """

    id: str
    owner: str
    life: timedelta
    since: str
    then: str  # emptied | deleted | erased | asked
    basis: str
    setting: str = ""


_ROWS = (
    Keep("raw", "inbox", 30 * DAY, "done", "emptied", "TRUST 16"),
    Keep("journal", "journal", BACKUPS, "its day", "deleted", "TRUST 16"),
    Keep("link", "login_links", 5 * timedelta(minutes=1), "made", "deleted", "TRUST 15"),
    Keep("paper_link", "paper_links", HOUR, "its end", "deleted", "TRUST 15"),
    Keep("slip", "slips", 30 * DAY, "its end", "deleted", "TRUST 16"),
    Keep("session", "staff_sessions", 8 * HOUR, "made", "deleted", "TRUST 15"),
    Keep("invite", "invites", 48 * HOUR, "made", "deleted", "TRUST 13"),
    Keep("empty_talk", "talks", 24 * HOUR, "last word", "deleted", "DOMAIN 3 unfinished"),
    Keep("stray_file", "files", DAY, "received", "erased", "DOMAIN 3 unfinished"),
    Keep("family", "families", 31 * DAY, "end of its month", "deleted", "PDPL"),
    Keep("asked", "rights", 365 * DAY, "its answer", "emptied", "PDPL 14; DOMAIN 7"),
    Keep("request", "rights", 1826 * DAY, "its answer", "deleted", "DOMAIN 7 (as P12) (u)"),
    Keep("said", "outbox", 30 * DAY, "sent", "emptied", "TRUST 16"),
    Keep("bodies", "case", 30 * DAY, "closed", "emptied", "TRUST 16"),
    Keep("pictures", "case", 90 * DAY, "closed", "erased", "DOMAIN 7"),
    Keep("contact", "case", 365 * DAY, "closed", "erased", "PDPL 14; DOMAIN 7", "keep_contact"),
    Keep("dismissed", "case", 90 * DAY, "closed", "erased", "DOMAIN 7", "keep_dismissed"),
    Keep("resolved", "case", 730 * DAY, "closed", "erased", "DOMAIN 7", "keep_resolved"),
    Keep("abuse", "case", 1826 * DAY, "closed", "asked", "Law 33/2024/QH15 (u)", "keep_abuse"),
)  # fmt: skip
RETENTION: Mapping[str, Keep] = {row.id: row for row in _ROWS}
# What is forgotten of a closed case, one after another; a timer's `step` is its place here.
STAGES = ("bodies", "pictures", "contact", "file")


@dataclass(frozen=True, slots=True)
class Facts:
    """What keeps a case besides itself. `written_at`: when its reporter last wrote."""

    overdue: bool = False
    unread: bool = False
    asked: bool = False  # a request about data runs, or an erasure waits for its second person
    joined: bool = False  # what it was a duplicate of is still kept, and reads it
    written_at: datetime | None = None


def class_of(case: Case) -> Keep:
    """How long the file of this case is kept."""
    if case.closed_reason in _LATER or "drill" in case.flags:
        return RETENTION["dismissed"]
    return RETENTION["abuse" if track(case) == "abuse" else "resolved"]


def life_of(keep: Keep, policy: Policy, commune: str) -> timedelta:
    """As the commune has set it, where it may."""
    if not keep.setting:
        return keep.life
    return policy.of(commune).spans[keep.setting][Level.LOW].amount


def stages(case: Case, policy: Policy) -> list[tuple[int, timedelta]]:
    """(place in STAGES, how long after the closing) of all that is forgotten of it, in that order.

    What goes with the whole file needs no turn of its own. Pictures of an abuse case are evidence.
    """
    file = class_of(case)
    end = life_of(file, policy, case.commune)
    parts = ["bodies", "contact"] + ["pictures"] * (track(case) != "abuse")
    found = [(STAGES.index(one), life_of(RETENTION[one], policy, case.commune)) for one in parts]
    found = [one for one in found if one[1] < end or file.then == "asked"]
    return sorted([*found, (STAGES.index("file"), end)], key=lambda one: one[1])


def first_retention(case: Case, policy: Policy, now: datetime) -> Timer:
    """What a closed case owes first of all: no closed case is without it until it is erased."""
    step, life = stages(case, policy)[0]
    return _timer(case, step, (case.closed_at or now) + life, now)


def next_retention(case: Case, policy: Policy, done: Timer, now: datetime) -> Timer | None:
    """What follows a stage that was done; None = nothing of it is left."""
    order = stages(case, policy)
    place = [step for step, _ in order].index(done.step) if _is_in(order, done) else -1
    if place + 1 < len(order):
        step, life = order[place + 1]
        return _timer(case, step, (case.closed_at or now) + life, now)
    if class_of(case).then == "asked":
        return replace(_timer(case, done.step, now + ASKED_AGAIN, now), slot=done.slot + 1)
    return None


def _is_in(order: list[tuple[int, timedelta]], done: Timer) -> bool:
    return any(step == done.step for step, _ in order)


def put_off(timer: Timer, why: str, facts: Facts, now: datetime) -> Timer:
    """The same stage, looked at again when it may have become free."""
    due = now + AGAIN
    if why == "written" and facts.written_at is not None:
        due = facts.written_at + WRITTEN
    return replace(timer, slot=timer.slot + 1, due_at=due, started_at=timer.started_at, id="")


def kept_because(case: Case, facts: Facts, now: datetime) -> str:
    """Why nothing of it may be forgotten now, or ""."""
    if case.status is not Status.CLOSED:
        return "open"
    if records(case, "hold", "on"):
        return "hold"
    for name in ("overdue", "unread", "asked", "joined"):
        if getattr(facts, name):
            return name
    written = facts.written_at is not None and now - facts.written_at < WRITTEN
    return "written" if written else ""


def _timer(case: Case, step: int, due: datetime, now: datetime) -> Timer:
    return Timer(
        f"case:{case.id}", KIND, case.rev, step, 0, max(due, now),
        started_at=case.closed_at or now, clock_due=due, level=case.level,
    )  # fmt: skip
