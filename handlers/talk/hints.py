"""What first words already tell is put to the person for one press; nothing of it is assumed. Pure.

The note `hints` holds what is still to be put: the likely kinds, a place as Place keeps it half
answered, a time as When keeps it. The answer `hints` says, for the card, which words led to what.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.times.phrases import When
from cases.understanding import Understood, suggested_places, understand
from handlers.talk.answers import Question, Taken, guess
from handlers.talk.flow import Ask
from handlers.talk.model import Asking, Facts, Option, Said, Talk
from handlers.talk.speaker import is_child

_SHOWN = 4  # kinds offered beside "another"
_PLACES = ("place", "child_place")
_YES_OR_OTHER = (Option("yes"), Option("other"))


def hinted(talk: Talk, said: Said, facts: Facts) -> Talk:
    """The talk with what its first words suggest. Danger is heard elsewhere, and waits for nothing."""
    if said.kind != "text" or not said.text:
        return talk
    seen = understand(said.text, facts.places, facts.now)
    if not seen.reasons:
        return talk
    why: list[dict[str, Any]] = [dict(one.stored()) for one in seen.reasons]
    if seen.time:
        why[-1]["span"] = _span(seen.time)
    answers = {**talk.answers, "hints": why}
    return replace(talk, answers=answers, notes={**talk.notes, "hints": _hints(seen, facts)})


def _hints(seen: Understood, facts: Facts) -> dict[str, Any]:
    hints: dict[str, Any] = {}
    if seen.kinds:
        hints["kind"] = list(seen.kinds[:_SHOWN])
    if places := suggested_places(seen.place):
        words = places[0].via or places[0].name
        found = replace(seen.place, candidates=places)
        hints["place"] = guess(found, words, list(facts.places.areas.communes))
    if seen.time:
        hints["when"] = _span(seen.time)
    return hints


def _span(time: When) -> dict[str, Any]:
    ahead = {"ahead": True} if time.ahead else {}
    return {
        "raw": time.raw, "from": time.start.isoformat(), "to": time.end.isoformat(),
        "confidence": time.confidence, "hinted": True, **ahead,
    }  # fmt: skip


def without(notes: Mapping[str, Any], ask_id: str) -> dict[str, Any]:
    """The notes when this question was answered: what was put is not put again."""
    name = "place" if ask_id in _PLACES else ask_id
    left = {key: one for key, one in notes.get("hints", {}).items() if key != name}
    rest = {key: one for key, one in notes.items() if key != "hints"}
    return {**rest, "hints": left} if left else rest


def put(question: Question, one: Ask, talk: Talk) -> Asking | None:
    """The question as a suggestion to confirm; None = it is asked as ever."""
    hint = _of(one.id, talk)
    if hint is None:
        return None
    if one.id == "kind":
        return _kind(question, hint)
    if one.id == "when":
        return Asking(
            f"{question.key}_hint", f"{question.text}_hint", _YES_OR_OTHER, values={"span": hint}
        )
    asking = one.answer.ask(question, _with_place(talk, hint))
    if asking.text.endswith("_confirm"):
        via = hint["via"]
        same = "yes" if via in ("", asking.values["name"]) else "no"
        values = {**asking.values, "same": same}
        return replace(
            asking, question=f"{question.key}_hint", text=f"{question.text}_hint", values=values
        )
    which = asking.text.endswith("_which")
    return replace(asking, text=f"{question.text}_hints") if which else asking


def taken(question: Question, one: Ask, talk: Talk, said: Said) -> Taken | None:
    """What a press makes of it; None = no press of these: the words are an answer of their own."""
    hint, asking = _of(one.id, talk), put(question, one, talk)
    if hint is None or asking is None:
        return None
    here = Question(question.id, asking.question, asking.text, question.facts)
    picked = here.pick(said, asking.options)
    if not picked:
        return None
    if one.id in _PLACES:
        # By its code, whatever it is called in this question.
        return one.answer.take(question, _with_place(talk, hint), Said("option", option=picked))
    if picked == "other":
        return Taken(notes={"hints": without(talk.notes, one.id).get("hints", {})})
    if one.id == "when":
        return Taken(hint)
    return Taken(hint[0] if picked == "yes" else picked)


def _of(ask_id: str, talk: Talk) -> Any:
    """What is still to be put at this question, or None. A child is not asked whether it was this or that."""
    hints, notes = talk.notes.get("hints", {}), talk.notes
    if ask_id in _PLACES:
        known = notes.get("place") or any(name in talk.answers for name in _PLACES)
        return None if known else hints.get("place")
    if ask_id == "kind" and (is_child(talk) or notes.get("kind_group") is not None):
        return None
    return hints.get(ask_id)


def _kind(question: Question, kinds: list[str]) -> Asking:
    label, flow = question.facts.label, question.flow
    names = {code: label(f"{flow}.kind_detail", code) for code in kinds}
    if len(kinds) == 1:
        values = {"kind": names[kinds[0]]}
        return Asking(f"{question.key}_hint", f"{question.text}_hint", _YES_OR_OTHER, values=values)
    options = tuple(Option(code, name) for code, name in names.items())
    return Asking(f"{question.key}_hint", f"{question.text}_hints", (*options, Option("other")))


def _with_place(talk: Talk, hint: Mapping[str, Any]) -> Talk:
    return replace(talk, notes={**talk.notes, "place": hint})
