"""How a talk moves: an answer, half an answer, a step back. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.talk.answers import Taken
from handlers.talk.flow import Ask
from handlers.talk.hints import without
from handlers.talk.model import Talk

_PENDING = ("kind_group", "place", "contact", "page", "edit", "change", "misses")


def settled(notes: Mapping[str, Any]) -> dict[str, Any]:
    """The notes without what was half answered."""
    return {name: value for name, value in notes.items() if name not in _PENDING}


def answered(talk: Talk, one: Ask, value: Any) -> Talk:
    """The talk with this answer; what was told in pieces grows."""
    known = talk.answers.get(one.id)
    value = [*known, *value] if isinstance(known, list) and isinstance(value, list) else value
    trail = (*(name for name in talk.trail if name != one.id), one.id)
    notes = without(settled(talk.notes), one.id)
    return Talk(talk.flow, {**talk.answers, one.id: value}, trail, notes)


def noted(talk: Talk, taken: Taken) -> Talk:
    """Half an answer, or at the review the answer that shall be given anew."""
    notes = {**talk.notes, **(taken.notes or {})}
    change = notes.pop("change", "")
    if not change:
        group = {"kind_group": notes["kind_group"]} if "kind_group" in notes else {}
        return replace(talk, notes=notes, answers={**talk.answers, **group})
    answers = _without(talk.answers, change)
    trail = tuple(name for name in talk.trail if name != change)
    return Talk(talk.flow, answers, trail, settled(notes))


def way_back(talk: Talk) -> bool:
    """Whether there is anything to go back to; a story told first was no question."""
    return half_way(talk) or any(name != "story" for name in talk.trail)


def half_way(talk: Talk) -> bool:
    """Whether the open question has been answered in part: *back* then means its beginning."""
    return any(talk.notes.get(name) for name in ("kind_group", "place", "contact", "edit"))


def back(talk: Talk) -> Talk:
    """One step back: to the beginning of the open question, else to the one before it."""
    if half_way(talk):
        return replace(talk, notes=settled(talk.notes))
    last = talk.trail[-1]
    answers, notes = _without(talk.answers, last), settled(talk.notes)
    return replace(talk, answers=answers, trail=talk.trail[:-1], notes=notes)


def _without(answers: Mapping[str, Any], ask_id: str) -> dict[str, Any]:
    """The answers with one taken back, and what was half answered of it."""
    return {key: value for key, value in answers.items() if key not in (ask_id, f"{ask_id}_group")}
