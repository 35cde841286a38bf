"""What the degrees of form 02 suggest, and which of them: a person concludes. Pure (D56 26(2))."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HARM = ("harm", "again", "reach")  # part a of form 02: high is worse
GUARD = ("self_protect", "protector")  # part b: low is worse


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion and the fields that led to it; none where nothing worrying was said."""

    decision: str  # urgent | calm
    because: tuple[str, ...] = ()


def proposal(form: Mapping[str, Any]) -> Proposal:
    """Urgent: something high in part a, or harm that nobody at all can keep from the child."""
    high = tuple(name for name in HARM if form.get(name) == "high")
    if high:
        return Proposal("urgent", high)
    middle = tuple(name for name in HARM if form.get(name) == "middle")
    if middle and all(form.get(name) == "low" for name in GUARD):
        return Proposal("urgent", (*middle, *GUARD))
    return Proposal("calm")
