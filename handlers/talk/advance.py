"""One turn of a talk: what was understood, what to ask next. Pure; nothing said is ever lost."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cases.messages import LARGEST_FILE
from cases.typed.first_words import danger_words, is_story
from cases.typed.fold import fold
from handlers.talk.answers import Question, Taken
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import SKIPPED, Asking, Facts, Said, Talk, Turn, files_of

_PENDING = ("kind_group", "place", "contact", "page", "edit", "change", "misses")
_MODES = ("child", "behalf")
MISSES = 2  # so often a question is put again; a frightened person is not held up by it
Says = tuple[tuple[str, Mapping[str, Any]], ...]


def begin(flow: Flow, said: Said | None, facts: Facts, notes: Mapping[str, Any]) -> Turn:
    """Open a talk with whatever came first: it is kept, and not asked again.

    `notes` may bring the mode of a report, and answers that are `told` already.
    """
    answers = {**notes.get("told", {}), **{name: True for name in _MODES if notes.get(name)}}
    trail: tuple[str, ...] = ()
    says: Says = _of_files(said, {}) if said is not None else ()
    if said is not None:
        if said.kind == "text" and said.text:
            answers["first_words"] = said.text
            if flow.listens and is_story(said.text):
                answers["story"] = [said.text]
                trail = ("story",)  # it can be changed at the review like any other answer
        answers |= _aside(answers, said)
    talk = Talk(flow.name, answers, trail, notes)
    if said is not None and flow.listens:
        talk, _ = _listen(talk, said, facts)
    return _on(flow, talk, facts, says)


def advance(flow: Flow, talk: Talk, said: Said, facts: Facts) -> Turn:
    """One message in an open talk. `skip` and `back` are options like any other."""
    one = flow.next(talk.answers)
    if one is None:
        return Turn(talk, finished=True)
    if _of_an_album(talk, said):
        return Turn(replace(talk, answers={**talk.answers, **_aside(talk.answers, said)}))
    if said.kind == "sos":
        return _cried(flow, talk, facts)
    standing = said.option if said.kind == "option" else _standing_word(one, talk, said, facts)
    if standing in ("skip", "back", "child"):
        return _standing(flow, talk, one, standing, facts)
    says = _of_files(said, talk.answers)
    if flow.listens:
        talk, heard = _listen(talk, said, facts)
        says += heard
        # Danger words may have changed the order; the answer still belongs to what was asked.
    question = _question(flow, one, talk, facts)
    taken = one.answer.take(question, talk, said)
    talk = replace(talk, answers={**talk.answers, **_aside(talk.answers, said)})
    if taken.value is not None:
        return _on(flow, _answered(talk, one, taken.value), facts, says)
    if taken.notes is not None:
        return _on(flow, _noted(talk, one, taken), facts, says)
    return _missed(flow, talk, said, facts, says)


def amended(answers: Mapping[str, Any], said: Said, places: Iterable[str]) -> dict[str, Any]:
    """The answers with an edited message beside them: new words, the last point, new danger."""
    kept = dict(answers)
    if said.text:
        kept["extra_words"] = [*kept.get("extra_words", ()), said.text]
        known = list(kept.get("danger_words", ()))
        new = [word for word in danger_words(said.text, places) if word not in known]
        kept |= {"danger_words": [*known, *new]} if new else {}
    if said.lat is not None:
        kept["moved_to"] = {"lat": said.lat, "lon": said.lon}
    return kept


def beside(answers: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """The answers with a message that was only kept: its words, files and place."""
    kept = {**answers, **_aside(answers, said)}
    if said.text and not said.media:
        kept["extra_words"] = [*kept.get("extra_words", ()), said.text]
    return kept


def again(flow: Flow, talk: Talk, facts: Facts) -> Asking | None:
    """The current question once more."""
    one = flow.next(talk.answers)
    return _asking(flow, one, talk, facts) if one else None


def _on(flow: Flow, talk: Talk, facts: Facts, says: Says) -> Turn:
    one = flow.next(talk.answers)
    opens = flow.opens(talk.answers, facts)
    if one is None:
        return Turn(talk, says, None, opens, finished=True)
    return Turn(talk, says, _asking(flow, one, talk, facts), opens)


def _asking(flow: Flow, one: Ask, talk: Talk, facts: Facts) -> Asking:
    asking = one.answer.ask(_question(flow, one, talk, facts), talk)
    return replace(asking, standing=_offered(one, talk))


def _offered(one: Ask, talk: Talk) -> tuple[str, ...]:
    """The standing buttons that mean something now; a child may say that it was none, or cry for help."""
    child = bool(talk.answers.get("child"))
    way_back = _way_back(talk) or child
    behalf = bool(talk.answers.get("behalf"))  # then nobody here is a child or follows a report
    names = ["back" if name == "child" and (child or behalf) else name for name in one.standing]
    names = [name for name in names if name != "back" or way_back]
    names = [name for name in names if name != "follow" or not behalf]
    unsafe = child and talk.answers.get("danger_now") in ("now", "unsure")
    return tuple(["sos"] * unsafe + names)


def _standing_word(one: Ask, talk: Talk, said: Said, facts: Facts) -> str:
    """The standing button whose whole label was typed, or ""."""
    typed = fold(said.text)
    names = _offered(one, talk) if said.kind == "text" and typed else ()
    return next((name for name in names if fold(facts.label("standing", name)) == typed), "")


def _way_back(talk: Talk) -> bool:
    return _half_way(talk) or any(name != "story" for name in talk.trail)


def _question(flow: Flow, one: Ask, talk: Talk, facts: Facts) -> Question:
    variant = flow.variant(talk.answers)
    text = f"{variant}.{one.id}" if variant else f"{flow.name}.{one.id}"
    return Question(one.id, f"{flow.name}.{one.id}", text, facts)


def _standing(flow: Flow, talk: Talk, one: Ask, option: str, facts: Facts) -> Turn:
    if option == "child" and "child" in _offered(one, talk):
        return _on(flow, replace(talk, answers={**talk.answers, "child": True}), facts, ())
    if option == "skip" and not one.must:
        return _on(flow, _answered(talk, one, SKIPPED), facts, ())
    if option == "back" and _half_way(talk):
        return _on(flow, replace(talk, notes=_settled(talk.notes)), facts, ())
    if option == "back" and not _way_back(talk):
        answers = {key: value for key, value in talk.answers.items() if key != "child"}
        return _on(flow, replace(talk, answers=answers), facts, ())
    if option == "back":
        last = talk.trail[-1]
        answers = _without(talk.answers, last)
        before = replace(talk, answers=answers, trail=talk.trail[:-1], notes=_settled(talk.notes))
        return _on(flow, before, facts, ())
    return _on(flow, talk, facts, ())


def _without(answers: Mapping[str, Any], ask_id: str) -> dict[str, Any]:
    """The answers with one taken back, and what was half answered of it."""
    return {key: value for key, value in answers.items() if key not in (ask_id, f"{ask_id}_group")}


def _half_way(talk: Talk) -> bool:
    """Whether the open question has been answered in part: *back* then means its beginning."""
    return any(talk.notes.get(name) for name in ("kind_group", "place", "contact", "edit"))


def _answered(talk: Talk, one: Ask, value: Any) -> Talk:
    known = talk.answers.get(one.id)
    value = [*known, *value] if isinstance(known, list) and isinstance(value, list) else value
    trail = (*(name for name in talk.trail if name != one.id), one.id)
    return Talk(talk.flow, {**talk.answers, one.id: value}, trail, _settled(talk.notes))


def _noted(talk: Talk, one: Ask, taken: Taken) -> Talk:
    notes = {**talk.notes, **(taken.notes or {})}
    change = notes.pop("change", "")
    if not change:
        group = {"kind_group": notes["kind_group"]} if "kind_group" in notes else {}
        return replace(talk, notes=notes, answers={**talk.answers, **group})
    answers = _without(talk.answers, change)
    trail = tuple(name for name in talk.trail if name != change)
    return Talk(talk.flow, answers, trail, _settled(notes))


def _missed(flow: Flow, talk: Talk, said: Said, facts: Facts, says: Says) -> Turn:
    """Kept all the same; asked again kindly, the second time with a person to call, then passed over."""
    if (said.kind == "media" and not _spoken(said)) or said.kind in ("location", "contact"):
        return _set_aside(flow, talk, said, facts, says)
    misses = int(talk.notes.get("misses", 0)) + 1
    talk = replace(talk, notes={**talk.notes, "misses": misses})
    if said.kind == "text" and said.text:
        extra = [*talk.answers.get("extra_words", ()), said.text]
        talk = replace(talk, answers={**talk.answers, "extra_words": extra})
    one = flow.next(talk.answers)
    if misses > MISSES and one is not None and not one.must:
        return _on(flow, _answered(talk, one, SKIPPED), facts, (*says, ("talk.kept", {})))
    key = "talk.call_a_person" if misses > 1 else "talk.not_understood"
    words: Says = () if said.media else ((key, {}),)
    turn = _on(flow, talk, facts, (*says, *words))
    return replace(turn, understood=False)


def _set_aside(flow: Flow, talk: Talk, said: Said, facts: Facts, says: Says) -> Turn:
    """A picture, a place, a number is no answer and no failure to give one: kept, the question stays."""
    words: Says = () if says else (("talk.kept", {}),)
    if said.phone and not talk.answers.get("child"):
        # One's own number waits in the talk alone until there is a yes of its own (P2).
        answers = {**talk.answers, "number_waits": True}
        talk = replace(talk, notes={**talk.notes, "own_number": said.phone}, answers=answers)
        words = (("media.own_number", {}),)
    return replace(_on(flow, talk, facts, (*says, *words)), understood=False)


def _spoken(said: Said) -> bool:
    return any(one.kind == "voice" for one in said.media)


def _aside(answers: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """What came beside the question: files and points are kept with the report in any case."""
    kept: dict[str, Any] = {}
    if said.media:
        kept["files"] = [*answers.get("files", ()), *files_of(said.media)]
        if said.text:
            kept["captions"] = [*answers.get("captions", ()), said.text]
    # A child's own number needs no consent (P1), somebody else's is part of what is told.
    if number := said.number or (said.phone if answers.get("child") else ""):
        kept["numbers"] = [*answers.get("numbers", ()), number]
    if said.kind == "location":
        kept["point"] = {"lat": said.lat, "lon": said.lon}
    return kept


def _of_files(said: Said, answers: Mapping[str, Any]) -> Says:
    """What is said of a file at once. Of pictures once: who sees them, and which not to send."""
    if any(one.size > LARGEST_FILE for one in said.media):
        return (("talk.too_big", {}),)
    if _spoken(said):
        return (("media.voice", {}),)
    seen = any(one.kind == "image" for one in said.media)
    known = any(file["kind"] == "image" for file in answers.get("files", ()))
    return (("media.image", {}),) if seen and not known else ()


def _cried(flow: Flow, talk: Talk, facts: Facts) -> Turn:
    """`sos` anywhere is the danger button: help numbers, then what helps the child first."""
    cries = int(talk.answers.get("sos", 0)) + 1  # each one counts: the last may come much later
    answers = {**talk.answers, "danger_now": "now", "sos": cries}
    trail = talk.trail if "danger_now" in talk.trail else (*talk.trail, "danger_now")
    after = Talk(talk.flow, answers, trail, _settled(talk.notes))
    return _on(flow, after, facts, (("talk.danger", {}),) if talk.trail else ())


def _of_an_album(talk: Talk, said: Said) -> bool:
    """A further picture of an album that was answered already: kept, and nothing is said."""
    known = {file["group"] for file in talk.answers.get("files", ())}
    return any(one.group and one.group in known for one in said.media)


def _listen(talk: Talk, said: Said, facts: Facts) -> tuple[Talk, Says]:
    """Danger words raise the case at once and bring the help numbers back (T9)."""
    known = list(talk.answers.get("danger_words", ()))
    heard = danger_words(said.text, facts.places.areas.folded) if said.text else ()
    new = [word for word in heard if word not in known]
    if not new:
        return talk, ()
    says: Says = (("talk.danger", {}),) if talk.trail else ()
    return replace(talk, answers={**talk.answers, "danger_words": [*known, *new]}), says


def _settled(notes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in notes.items() if name not in _PENDING}
