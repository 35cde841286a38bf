"""What we ask a reporter afterwards: which report and what to say, and when it is safe to answer."""

from handlers.talk.answers import Choice, CodeWord, Pick, Words
from handlers.talk.flow import Ask, Flow

_STANDING = ("cancel", "exit")


def _child(answers: object) -> str:
    return "child" if isinstance(answers, dict) and answers.get("child") else ""


WRITE = Flow(
    name="write",
    asks=(
        Ask("which", Pick("mine"), standing=_STANDING, must=True),
        Ask("letter", Words(), standing=_STANDING, must=True),
    ),
    order=lambda _: ("which", "letter"),
    variant=_child,
)

SAFETY = Flow(
    name="safety",
    asks=(
        Ask(
            "safe_time", Choice(("anytime", "morning", "evening", "no_first"), free=True),
            standing=("skip", *_STANDING),
        ),
        Ask("shared_phone", Choice(("yes", "no")), standing=("skip", *_STANDING)),
        Ask(
            "code_word", CodeWord(), lambda answers: answers.get("shared_phone") == "yes",
            standing=("skip", *_STANDING),
        ),
    ),
    order=lambda _: ("safe_time", "shared_phone", "code_word"),
    variant=_child,
)  # fmt: skip

FOLLOW_UPS = frozenset({WRITE.name, SAFETY.name})
