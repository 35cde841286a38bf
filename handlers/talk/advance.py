"""One turn of a talk: what was understood, what to ask next. Pure; nothing said is ever lost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.typed.first_words import danger_words, is_story, tells
from cases.typed.fold import fold
from cases.typed.short import refuses
from handlers.talk.answers import NOTHING, Choice, Question, Taken
from handlers.talk.flow import Ask, Flow
from handlers.talk.hints import hinted, put
from handlers.talk.hints import taken as hint_taken
from handlers.talk.kept import aside, now_locked, of_an_album, of_files, spoken, with_words
from handlers.talk.model import SKIPPED, Asking, Facts, Said, Talk, Turn
from handlers.talk.moves import answered, back, noted, settled, way_back
from handlers.talk.speaker import (
    VOICES,
    Says,
    is_child,
    led,
    offered,
    overheard,
    put_back,
    spoken_by,
    wished,
)

_MODES = ("child", "behalf", "brief")
MISSES = 2  # so often a question is put again; a frightened person is not held up by it


def begin(flow: Flow, said: Said | None, facts: Facts, notes: Mapping[str, Any]) -> Turn:
    """Open a talk with whatever came first: it is kept, and not asked again.

    `notes` may bring the mode of a report, and answers that are `told` already.
    """
    answers = {**notes.get("told", {}), **{name: True for name in _MODES if notes.get(name)}}
    trail: tuple[str, ...] = ()
    says: Says = of_files(said, {}) if said is not None else ()
    if said is not None:
        if said.kind == "text" and said.text:
            answers["first_words"] = said.text
            if flow.listens and is_story(said.text):
                answers["story"] = [said.text]
                trail = ("story",)  # it can be changed at the review like any other answer
        answers |= aside(answers, said)
    talk = Talk(flow.name, answers, trail, notes)
    if said is not None and flow.listens:
        talk, _ = _listen(overheard(talk, said, first=True), said, facts)
        talk = hinted(talk, said, facts)
        wish, talk, _ = wished(talk, said)
        talk = spoken_by(talk, wish) if wish in VOICES else talk
        says += (("talk.person_first", {}),) if wish == "person" else ()
    return _on(flow, talk, facts, says)


def advance(flow: Flow, talk: Talk, said: Said, facts: Facts) -> Turn:
    """One message in an open talk. `skip` and `back` are options like any other."""
    turn = _advanced(flow, talk, said, facts)
    locked = () if said.media else now_locked(talk.answers, turn.talk.answers)
    return replace(turn, says=(*turn.says, *locked)) if locked else turn


def _advanced(flow: Flow, talk: Talk, said: Said, facts: Facts) -> Turn:
    one = flow.next(talk.answers)
    if one is None:
        return Turn(talk, finished=True)
    if of_an_album(talk, said):
        return Turn(replace(talk, answers={**talk.answers, **aside(talk.answers, said)}))
    if said.kind == "sos":
        return _cried(flow, talk, facts)
    said = _pressed_in_words(flow, one, talk, said, facts)
    standing = said.option if said.kind == "option" else _standing_word(one, talk, said, facts)
    if standing in (*VOICES, "skip", "back"):
        return _standing(flow, talk, one, standing, facts)
    says = of_files(said, talk.answers)
    if flow.listens:
        talk, heard = _listen(overheard(talk, said), said, facts)
        # A code word may be any word, also one that is a wish elsewhere.
        wish, talk, words = ("", talk, ()) if one.id == "code_word" else wished(talk, said)
        says += heard + words
        if wish and not tells(said.text):
            talk = talk if wish in VOICES else with_words(talk, said, listens=flow.listens)
            return _wished(flow, talk, wish, facts, says)
        # Danger words may have changed the order; the answer still belongs to what was asked.
    taken = _taken(_question(flow, one, talk, facts), one, talk, said)
    talk = replace(talk, answers={**talk.answers, **aside(talk.answers, said)})
    if taken is None or taken.why:
        missed = _missed(flow, talk, said, facts, says)
        return replace(missed, why=taken.why if taken is not None else "")
    if taken.notes is not None:
        return _on(flow, noted(talk, taken), facts, says)
    talk = with_words(talk, said, listens=flow.listens) if taken.value == SKIPPED else talk
    return _on(flow, answered(talk, one, taken.value), facts, says)


def _taken(question: Question, one: Ask, talk: Talk, said: Said) -> Taken | None:
    """What an answer makes of it; None = nothing. A child that would rather not say is not asked again."""
    if (pressed := hint_taken(question, one, talk, said)) is not None:
        return pressed
    refused = is_child(talk) and said.kind == "text" and refuses(said.text)
    taken = NOTHING
    if not refused or isinstance(one.answer, Choice):
        taken = one.answer.take(question, talk, said)
    if taken != NOTHING:
        return taken
    return Taken(SKIPPED) if refused and not one.must else None


def _wished(flow: Flow, talk: Talk, wish: str, facts: Facts, says: Says) -> Turn:
    """A wish is met and the open question waits; after a retreat, in silence."""
    if wish in VOICES:
        return _on(flow, spoken_by(talk, wish), facts, (*says, *_put_right(wish)))
    return Turn(talk, says) if wish == "taken_back" else _on(flow, talk, facts, says)


def _put_right(voice: str) -> Says:
    return (("talk.adult_again", {}),) if voice == "adult" else ()


def _pressed_in_words(flow: Flow, one: Ask, talk: Talk, said: Said, facts: Facts) -> Said:
    """Where the child's button stands first, typed numbers and labels count with it."""
    if said.kind != "text" or "young" not in talk.notes:
        return said
    asking = _asking(flow, one, talk, facts)
    if "child" not in {option.code for option in asking.options}:
        return said
    here = Question(one.id, asking.question, asking.text, facts)
    picked = here.pick(said, asking.options, numbers=not asking.takes_numbers)
    return Said("option", option=picked) if picked else said


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
    question = _question(flow, one, talk, facts)
    asking = put(question, one, talk) or one.answer.ask(question, talk)
    standing = offered(one, talk, way_back=way_back(talk))
    label = facts.label("standing", "child") if "child" in standing else ""
    options, standing = led(asking.options, standing, talk, label)
    return replace(asking, options=options, standing=standing)


def _standing_word(one: Ask, talk: Talk, said: Said, facts: Facts) -> str:
    """The standing button whose whole label was typed, or ""."""
    typed = fold(said.text)
    names = offered(one, talk, way_back=way_back(talk)) if said.kind == "text" and typed else ()
    return next((name for name in names if fold(facts.label("standing", name)) == typed), "")


def _question(flow: Flow, one: Ask, talk: Talk, facts: Facts) -> Question:
    variant = flow.variant(talk.answers)
    text = f"{variant}.{one.id}" if variant else f"{flow.name}.{one.id}"
    return Question(one.id, f"{flow.name}.{one.id}", text, facts)


def _standing(flow: Flow, talk: Talk, one: Ask, option: str, facts: Facts) -> Turn:
    if option in VOICES and flow.listens and not talk.answers.get("behalf"):
        return _on(flow, spoken_by(talk, option), facts, _put_right(option))
    if option == "skip" and not one.must:
        return _on(flow, answered(talk, one, SKIPPED), facts, ())
    if option == "back":
        return _on(flow, back(talk) if way_back(talk) else put_back(talk), facts, ())
    return _on(flow, talk, facts, ())


def _missed(flow: Flow, talk: Talk, said: Said, facts: Facts, says: Says) -> Turn:
    """Kept all the same; asked again kindly, the second time with a person to call, then passed over."""
    if (said.kind == "media" and not spoken(said)) or said.kind in ("location", "contact"):
        return _set_aside(flow, talk, said, facts, says)
    misses = int(talk.notes.get("misses", 0)) + 1
    talk = replace(talk, notes={**talk.notes, "misses": misses})
    if said.kind == "text" and said.text:
        talk = with_words(talk, said, listens=flow.listens)
    one = flow.next(talk.answers)
    if misses > MISSES and one is not None and not one.must:
        return _on(flow, answered(talk, one, SKIPPED), facts, (*says, ("talk.kept", {})))
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


def _cried(flow: Flow, talk: Talk, facts: Facts) -> Turn:
    """`sos` anywhere is the danger button: help numbers, then what helps the child first."""
    cries = int(talk.answers.get("sos", 0)) + 1  # each one counts: the last may come much later
    answers = {**talk.answers, "danger_now": "now", "sos": cries}
    trail = talk.trail if "danger_now" in talk.trail else (*talk.trail, "danger_now")
    after = Talk(talk.flow, answers, trail, settled(talk.notes))
    key = "talk.sos_child" if is_child(talk) else "talk.danger"
    return _on(flow, after, facts, ((key, {}),) if talk.trail else ())


def _listen(talk: Talk, said: Said, facts: Facts) -> tuple[Talk, Says]:
    """Danger words raise the case at once and bring the help numbers back (T9)."""
    known = list(talk.answers.get("danger_words", ()))
    heard = danger_words(said.text, facts.places.areas.folded) if said.text else ()
    new = [word for word in heard if word not in known]
    if not new:
        return talk, ()
    says: Says = (("talk.danger", {}),) if talk.trail else ()
    return replace(talk, answers={**talk.answers, "danger_words": [*known, *new]}), says
