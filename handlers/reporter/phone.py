"""What we say about a reporter's own phone: when we may write first, and how to leave no traces on it."""

from collections.abc import Mapping
from typing import Any

from cases.safe_contact import Safety, learned, window_of
from cases.times.windows import always
from handlers.actor import Actor

Answers = Mapping[str, Any]


def about_phone(actor: Actor, answers: Answers, before: Answers) -> list[str]:
    """Once, right after the answer: typed hours as they were understood, the traces, the code word."""
    words = []
    if answers.get("safe_time") != before.get("safe_time") and _typed(answers):
        known = Safety(child=bool(answers.get("child")))
        words.append(safe_hours(actor, learned(known, answers)))
    return words + about_traces(actor, answers, before)


def about_traces(actor: Actor, answers: Answers, before: Answers) -> list[str]:
    """Somebody else sees this phone: how to leave no traces, and that the code word is known."""
    child, words = bool(answers.get("child")), []
    if answers.get("shared_phone") == "yes" and before.get("shared_phone") != "yes":
        words.append(traces(actor, child=child))
    if has_word(answers) and not has_word(before):
        words.append(actor.words_for("relay.word_set", child=child))
    return words


def _typed(answers: Answers) -> bool:
    """Whether the hours were told in words; SKIPPED is a mapping without any."""
    told = answers.get("safe_time")
    return isinstance(told, Mapping) and "words" in told


def has_word(answers: Answers) -> bool:
    """Whether a code word was chosen."""
    chosen = answers.get("code_word")
    return isinstance(chosen, Mapping) and "mark" in chosen


def safe_hours(actor: Actor, safety: Safety) -> str:
    """When we shall write first, as it was understood; nothing is said that was not."""
    hours = window_of(safety)
    how = "never" if hours is None else "always" if always(hours) else "hours"
    start, end = (_spoken(actor, one) for one in hours or (0, 0))
    key, child = "relay.safe_hours", safety.child
    return actor.words_for(key, child=child, how=how, start=start, end=end)


def _spoken(actor: Actor, minute: int) -> str:
    hour, past = minute // 60 % 24, minute % 60
    if past:
        return actor.words("receipt.time", hour=f"{hour}", minute=f"{past:02}")
    return actor.words("relay.hour", hour=f"{hour}")


def traces(actor: Actor, *, child: bool) -> str:
    """How to take this chat off the phone, honestly for each messenger."""
    assert actor.voice is not None
    return actor.words_for("relay.traces", child=child, channel=actor.voice.contact.channel)
