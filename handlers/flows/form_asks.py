"""The official forms as questions: each field of cases/forms.py becomes one, in its order."""

from collections.abc import Callable, Mapping

from cases.forms import FORMS, SCALE, TASKS, Field
from handlers.talk.answers import Choice, Pick, Words
from handlers.talk.flow import Ask
from handlers.talk.model import Answers
from handlers.talk.moments import Signed, WorkDay

_Answer = Choice | Pick | Words | WorkDay | Signed
_KINDS: Mapping[str, Callable[[Field], _Answer]] = {
    "scale": lambda _: Choice(SCALE),
    "words": lambda _: Words(),
    "decision": lambda field: Choice(field.options),
    "person": lambda _: Pick("doers"),
    "day": lambda field: Signed() if field.id == "date" else WorkDay(),
}


def asks_of(code: str) -> tuple[Ask, ...]:
    """The questions of this form; what need not be filled in can be skipped."""
    return tuple(
        Ask(
            field.id,
            _KINDS[field.kind](field),
            standing=("back", "cancel") if field.must else ("skip", "back", "cancel"),
            must=field.must,
        )
        for field in FORMS[code].fields
    )


def plan_order(answers: Answers) -> tuple[str, ...]:
    """One task after the other until there are enough, then the rest of form 04."""
    asked: list[str] = ["goals"]
    for n in range(1, TASKS + 1):
        asked += [f"task{n}", f"task{n}_who", f"task{n}_until"]
        asked += [f"task{n}_more"] * (n < TASKS)
        if answers.get(f"task{n}_more") != "add":
            break
    return (*asked, "means", "partners", "review_on")
