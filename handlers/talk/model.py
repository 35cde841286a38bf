"""A talk as data: what is asked, in which order, what was said, and what comes next. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cases.areas.places import Places
from cases.messages import MediaRef

if TYPE_CHECKING:
    from handlers.talk.answers import Answer

SKIPPED = {"skipped": True}
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person just did: typed, pressed, shared or sent."""

    kind: str  # text | option | location | media | contact
    text: str = ""
    option: str = ""
    lat: float | None = None
    lon: float | None = None
    media: tuple[MediaRef, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a turn may know besides the talk. `label(question, option)` reads the person's language."""

    now: datetime
    places: Places
    label: Callable[[str, str], str]
    commune: str = ""
    lists: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


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
    """What one message led to. `says` are sentences before the question."""

    talk: Talk
    says: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    asking: Asking | None = None
    opens: bool = False
    finished: bool = False
    understood: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a flow. `when` says for which answers it applies."""

    id: str
    answer: "Answer"
    when: Callable[[Answers], bool] = lambda _: True
    standing: tuple[str, ...] = ("skip", "back", "exit")


@dataclass(frozen=True, slots=True)
class Flow:
    """The questions of one form and the order in force for the answers so far.

    `opens`: after these answers the case must be open. `listens`: danger words count in free text.
    `variant`: other wording for a child. A repeated or unknown id is refused when it is built.
    """

    name: str
    asks: tuple[Ask, ...]
    order: Callable[[Answers], Sequence[str]]
    opens: Callable[[Answers, Facts], bool] = lambda _, __: False
    listens: bool = False
    variant: Callable[[Answers], str] = lambda _: ""
    version: int = 1

    def __post_init__(self) -> None:
        ids = [ask.id for ask in self.asks]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.name} asks something twice")
        unknown = set(self.order({})) - set(ids)
        if unknown:
            raise ValueError(f"{self.name} orders unknown questions: {sorted(unknown)}")

    @property
    def fingerprint(self) -> str:
        return f"{self.name}:{self.version}"

    def ask(self, ask_id: str) -> Ask:
        return next(one for one in self.asks if one.id == ask_id)

    def next(self, answers: Answers) -> Ask | None:
        """The first question of the order in force that applies and has no answer."""
        for ask_id in self.order(answers):
            one = self.ask(ask_id)
            if ask_id not in answers and one.when(answers):
                return one
        return None


def told(answers: Answers, name: str) -> Any:
    """The answer, or None when it was skipped or not asked."""
    value = answers.get(name)
    return None if value == SKIPPED else value
