"""When may we write first? What a reporter told us of their phone, and what follows from it. Pure.

A law clock never waits for this; a word to a reporter always does (DOMAIN.md section 8, 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.times.calendar import local
from cases.times.windows import ALWAYS, Window, window

NEVER = "no_first"
JUST_NOW = timedelta(minutes=2)  # an answer within it was asked for (CHANNELS.md section 10)
_OFFERED: Mapping[str, Window] = {
    "anytime": ALWAYS, "morning": (6 * 60, 11 * 60), "evening": (18 * 60, 21 * 60),
}  # fmt: skip
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Safety:
    """What is known of one address. `said`: when it is safe, as a code or in words; "" = not said.

    `left`: a quick exit since then. `word`: the mark of the code word. `unsafe`: it was said, and
    nothing is shown until the person asks for it in plain words.
    """

    said: str = ""
    child: bool = False
    shared: bool = False
    left: bool = False
    word: str = ""
    unsafe: bool = False

    def json(self) -> dict[str, Any]:
        return {
            "said": self.said, "child": self.child, "shared": self.shared, "left": self.left,
            "word": self.word, "unsafe": self.unsafe,
        }  # fmt: skip

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Safety":
        return cls(**{name: stored[name] for name in cls().json() if name in stored})

    def calm(self) -> "Safety":
        """The same without "not safe": somebody asked for the thread in plain words."""
        return replace(self, unsafe=False)


def learned(known: Safety, answers: Mapping[str, Any]) -> Safety:
    """With what the answers of a report say; a question nobody answered takes nothing back."""
    child = known.child or bool(answers.get("child"))
    known = replace(known, child=child)
    if said := _said(answers.get("safe_time")):
        known = replace(known, said=said, left=False)
    if answers.get("shared_phone") in ("yes", "no"):
        known = replace(known, shared=answers["shared_phone"] == "yes")
    mark = answers.get("code_word")
    return (
        replace(known, word=mark["mark"]) if isinstance(mark, Mapping) and "mark" in mark else known
    )


def _said(answer: Any) -> str:
    if isinstance(answer, Mapping):
        return str(answer.get("words", ""))
    return answer if isinstance(answer, str) else ""


def left(known: Safety) -> Safety:
    """After a quick exit whoever reads there may not be who wrote: nothing is said first any more."""
    return replace(known, said="", left=True, unsafe=False)


def window_of(safety: Safety) -> Window | None:
    """The hours in which we may write first; None = never.

    An adult who did not say may be written to; a child, and whoever left in a hurry, must have said
    so. Words that are no hours are never guessed at.
    """
    if safety.unsafe or safety.said == NEVER:
        return None
    if safety.said:
        return _OFFERED.get(safety.said) or window(safety.said)
    return None if safety.child or safety.left else ALWAYS


def opening(hours: Window, now: datetime) -> datetime:
    """Now, if it lies in these hours of the day; else the next moment that does."""
    here = local(now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [midnight + n * _DAY + timedelta(minutes=hours[0]) for n in (-1, 0, 1)]
    length = timedelta(minutes=hours[1] - hours[0])
    if any(start <= here < start + length for start in starts):
        return now
    return next(start for start in starts if start > here).astimezone(UTC)


def first_chance(safety: Safety, now: datetime) -> datetime | None:
    """When we may write first: now, at a later moment, or never (then it waits in the thread)."""
    hours = window_of(safety)
    return None if hours is None else opening(hours, now)


def answers_now(safety: Safety, heard_at: datetime, now: datetime) -> bool:
    """Whether what we say now is an answer to what they have just written, and not a first word."""
    return not safety.unsafe and now - heard_at <= JUST_NOW
