"""A form as data: its questions, and the order in force for the answers so far. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.talk.answers import Answer
from handlers.talk.model import Answers, Facts
from handlers.talk.moments import Begins, Day, Hours, Seen, Signed, Term, WorkDay


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a flow. `when` says for which answers it applies.

    `must`: it is put until it is answered; any other is passed over after a few misunderstandings.
    """

    id: str
    answer: Answer | Begins | Day | Hours | WorkDay | Signed | Seen | Term
    when: Callable[[Answers], bool] = lambda _: True
    standing: tuple[str, ...] = ("skip", "back", "exit")
    must: bool = False


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
    unfolds: bool = False  # each answer may bring more questions: a page shows all there can be

    def __post_init__(self) -> None:
        ids = [ask.id for ask in self.asks]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.name} asks something twice")
        unknown = set(self.order({})) - set(ids)
        if unknown:
            raise ValueError(f"{self.name} orders unknown questions: {sorted(unknown)}")

    def possible(self, answers: Answers) -> Sequence[str]:
        """Every question that these answers may still lead to."""
        return tuple(ask.id for ask in self.asks) if self.unfolds else self.order(answers)

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
