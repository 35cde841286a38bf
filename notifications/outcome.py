"""The outcome table: what becomes of a row after each of the five answers (TRUST.md section 5). Pure."""

import re
from dataclasses import dataclass, replace

from notifications.channel import Bad, Gone, Result, Retry, Sent, Unknown

BUGS = 5  # attempts of a row at which the program itself fails
NOT_STARTED = Retry(0, "chat", "not started")
UNREADABLE, TOO_OLD = "unreadable", "too old"
_COUNTED = re.compile(r"^retry .* \((\d+)\)$")
_BACK_OFF = (2, 5, 15, 45, 120, 300)


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a row after an answer."""

    state: str  # waiting | sent | dead
    due_in: float = 0.0
    maybe_sent: bool = False
    outcome: str = ""
    message_id: str = ""
    before: tuple[str, ...] = ()  # the platform's ids of the pieces that went ahead


def next_state(result: Result, attempt: int, jitter: float) -> Next:
    """The outcome table. `jitter` is between -1 and 1: a quarter of the back-off either way."""
    pause = _BACK_OFF[min(attempt, len(_BACK_OFF)) - 1] * (1 + jitter / 4)
    match result:
        case Sent(id=message_id, before=before):
            return Next("sent", message_id=message_id, before=before)
        case Retry(after=after, why=why, begun=begun, before=before):
            return Next("waiting", max(after, 1.0), begun, f"retry {why}", before=before)
        case Unknown(why=why):
            return Next("waiting", pause, maybe_sent=True, outcome=f"unknown {why}")
        case Gone(why=why):
            return Next("dead", outcome=f"gone {why}")
        case Bad(why=why):
            return Next("dead", outcome=why if why == UNREADABLE else f"bad {why}")


def result_of(outcome: Result | Exception, attempt: int, before: str = "") -> Result:
    """What is refused so often in a row will not pass; `before`: the outcome of the try before this one.

    A fault in the program may pass, and may have come after the message left: it is tried again.

    A row at which it never passes is dead and visible; it holds up no other.
    """
    if isinstance(outcome, Retry) and outcome.most:
        times = _in_a_row(before) + 1
        refused = replace(outcome, why=f"{outcome.why} ({times})")
        return Bad(outcome.why) if times > outcome.most else refused
    if not isinstance(outcome, Exception):
        return outcome
    why = f"bug {type(outcome).__name__}"
    return Unknown(why) if attempt < BUGS else Bad(why)


def _in_a_row(before: str) -> int:
    """How often it was refused until now: what gates and lost answers cost is no refusal."""
    found = _COUNTED.search(before)
    return int(found.group(1)) if found else 0
