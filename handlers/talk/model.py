"""A talk as data: what is asked, in which order, what was said, and what comes next. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cases.areas.places import Places
from cases.messages import MediaRef
from cases.times.calendar import OVERRIDES

SKIPPED = {"skipped": True}
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person just did: typed, pressed, shared or sent."""

    kind: str  # text | option | location | media | contact | sos
    text: str = ""
    option: str = ""
    lat: float | None = None
    lon: float | None = None
    media: tuple[MediaRef, ...] = ()
    phone: str = ""  # their own, proven by the platform
    number: str = ""  # somebody else's


@dataclass(frozen=True, slots=True)
class Facts:
    """What a turn may know besides the talk. `label(question, option)` reads the person's language.

    `mark(word)` is what may be kept of a word that nobody shall read.
    """

    now: datetime
    places: Places
    label: Callable[[str, str], str]
    mark: Callable[[str], str]
    commune: str = ""  # of the poster, or of whoever reports: offered, never taken for an answer
    lists: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    calendar: Mapping[date, bool] = field(default_factory=lambda: OVERRIDES)  # off or worked
    village: str = ""  # its code, where the poster names one


@dataclass(frozen=True, slots=True)
class Option:
    """One answer offered; `label` only where it is a name and no text of the catalogue."""

    code: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to put: `question` is its public key, `text` the message that words it."""

    question: str
    text: str
    options: tuple[Option, ...] = ()
    standing: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    ask: str = ""
    takes_numbers: bool = False  # a number is the answer itself, never a button's place


@dataclass(frozen=True, slots=True)
class Talk:
    """One person in one flow. Everything in it is JSON; the position is derived, never stored."""

    flow: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        return {
            "flow": self.flow, "answers": dict(self.answers), "trail": list(self.trail),
            "notes": dict(self.notes),
        }  # fmt: skip

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Talk":
        return cls(stored["flow"], stored["answers"], tuple(stored["trail"]), stored["notes"])


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message led to. `says` come before the question; without one nothing is said.

    `why`: the key of the sentence that says why the answer could not be taken.
    """

    talk: Talk
    says: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    asking: Asking | None = None
    opens: bool = False
    finished: bool = False
    understood: bool = True
    why: str = ""


def files_of(media: Iterable[MediaRef]) -> list[dict[str, str]]:
    """Files as the report keeps them: by reference, the bytes come later."""
    return [
        {"kind": one.kind, "ref": one.ref, "unique": one.unique, "group": one.group}
        for one in media
    ]


def told(answers: Answers, name: str) -> Any:
    """The answer, or None when it was skipped or not asked."""
    value = answers.get(name)
    return None if value == SKIPPED else value
