"""Two reports of one matter become one case: which may be joined, and what the open one takes over. Pure."""

from dataclasses import replace

from cases.conflict import flags_in
from cases.deadlines import law_start
from cases.incident_types import track
from cases.model import Case, Status
from cases.triage import highest


def why_not(case: Case, other: Case) -> str:
    """ "" when this case may be closed as a duplicate of the other, else the key that says why not.

    No law clock gets lost: what may be abuse joins no case that is not timed as abuse.
    """
    if other.id == case.id:
        return "error.merge_itself"
    if other.status is Status.CLOSED:
        return "error.merge_closed"
    if track(case) == "abuse" and track(other) != "abuse":
        return "error.merge_track"
    if _by_a_child(case) is not _by_a_child(other):
        return (
            "error.merge_voices"  # a child would be spoken to like an adult, or the other way round
        )
    return "error.merge_conflict" if _conflicts(case) - _conflicts(other) else ""


def _by_a_child(case: Case) -> bool:
    return "child" in case.flags and "adult" not in case.flags


def _conflicts(case: Case) -> set[str]:
    """The units that may not know of it: what one hides, the other would show."""
    return {flag for flag in case.flags if flag.startswith("conflict_")}


def kept_alike(case: Case, other: Case) -> Case:
    """The case, kept from the units from which the other is kept: each tells of the other."""
    theirs = [flag for flag in flags_in(other, case.commune) if flag.startswith("conflict_")]
    return replace(case, flags=tuple(dict.fromkeys((*case.flags, *theirs))))


def joined(case: Case, other: Case) -> Case:
    """The open case with what the closed one brings: the earliest receipt, and the higher level."""
    start, level = law_start(case), highest(other.level, case.level)
    other = replace(kept_alike(other, case), level=level, rev=other.rev + 1)
    if "reopened" in other.flags:
        return replace(other, opened_at=min(other.opened_at, start))
    return replace(other, received_at=min(other.received_at, start))
