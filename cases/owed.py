"""Which clocks an open case owes by its status: what is armed again where all were lost."""

from collections.abc import Mapping

from cases.deadlines import still_owes
from cases.model import Case, Status

_EARLY = ("emergency", "plan")
_BY_STATUS: Mapping[Status, tuple[str, ...]] = {
    Status.RECEIVED: ("unanswered", *_EARLY),
    Status.ACKNOWLEDGED: ("idle", "verify", "assess", *_EARLY),
    Status.VERIFYING: ("idle", "assess", *_EARLY),
    Status.EMERGENCY: ("idle", "child_check", "emergency"),
    Status.DETAILED: ("idle", "detail"),
    Status.PLANNING: ("idle", "plan"),
    Status.APPROVAL: ("approve",),
    Status.RUNNING: ("review", "contact"),
    Status.REVIEW: ("decide",),
}
# These end by themselves, or belong to no open case: whoever has only these has no obligation ahead.
PASSING = ("hop", "safe_check", "retention")


def clocks_owed(case: Case) -> tuple[str, ...]:
    """Those of its status, and the alarm where nobody has it; never none for an open case.

    One that had been answered already may ring once more: too much is safer than never.
    """
    kinds = [kind for kind in _BY_STATUS.get(case.status, ()) if still_owes(kind, case)]
    if kinds and not case.holder and "unanswered" not in kinds:
        kinds.insert(0, "unanswered")
    return tuple(kinds)
