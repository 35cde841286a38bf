"""Signs that a child may not be writing freely. They decide nothing; they stand on the card."""

from handlers.talk.model import Answers
from handlers.talk.speaker import UNSAFE


def in_danger(answers: Answers) -> bool:
    """A child that said it is not safe, cried for help, or used words of danger."""
    said = answers.get("danger_now") in UNSAFE or answers.get("sos")
    return bool(answers.get("child") and (said or answers.get("danger_words")))


def signs(answers: Answers) -> tuple[str, ...]:
    """What an officer should notice, in the order of weight."""
    named = ("left", "stopped", "taken_over", "taken_back")
    found = [name for name in named if answers.get(name)]
    if answers.get("child") and _curt(answers):
        found.append("curt")
    return tuple(found)


def _curt(answers: Answers) -> bool:
    """Never more than one word at a time, where words were asked for."""
    story = answers.get("story")
    told = [*(story if isinstance(story, list) else ()), *answers.get("extra_words", ())]
    return bool(told) and all(len(str(one).split()) < 2 for one in told)
