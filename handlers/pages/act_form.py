"""An act's questions on one page instead of one by one: the same flow, taken by the same engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cases.typed.fold import clean
from handlers.actor import Actor
from handlers.render import label, question
from handlers.talk.advance import advance, begin
from handlers.talk.answers import Choice, Pick, Question
from handlers.talk.flow import Ask, Flow
from handlers.talk.model import SKIPPED, Asking, Facts, Said, Talk
from handlers.talks import Lists, facts

LONGEST = 4000  # characters in one field, as in the chat
WORDS = ".words"  # behind the name of a field: what was typed, not chosen
Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `must`: without an answer nothing is done."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    words: bool
    must: bool
    option: str = ""
    text: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form came to: its answers, or a sentence for each field that is wrong.

    `strange`: an option was sent that its question does not offer to this person.
    """

    answers: Mapping[str, Any]
    wrong: Given
    strange: bool


class ActForm:
    """The form of one act for one person, in their language."""

    def __init__(self, actor: Actor, flow: Flow, lists: Lists, told: Mapping[str, Any]) -> None:
        self._actor = actor
        self._told = told
        self._flow = flow
        self._facts: Facts = facts(actor, {}, lists)
        self._possible = flow.possible(told)
        self._at_once = flow.order(told)  # what is asked whatever the other answers are

    def fields(self, given: Given, wrong: Given) -> list[Field]:
        """Every question as a field, with what stands in it so far."""
        return [
            replace(
                self._field(one), option=given.get(one.id, ""),
                text=given.get(one.id + WORDS, ""), wrong=wrong.get(one.id, ""),
            )
            for one in self._flow.asks
            if one.id in self._possible and one.id not in self._told
        ]  # fmt: skip

    def fill(self, given: Given) -> Filled:
        """Every question in the order in force, answered by what stands in its field."""
        talk = begin(self._flow, None, self._facts, {"told": self._told}).talk
        wrong: dict[str, str] = {}
        strange = False
        while (one := self._flow.next(talk.answers)) is not None:
            turn = advance(self._flow, talk, _said(one, given), self._facts)
            after = turn.talk
            if one.id not in after.answers:
                wrong[one.id] = self._wrong(one, given, turn.why)
                strange = strange or (bool(given.get(one.id)) and not turn.why)
                after = replace(talk, answers={**talk.answers, one.id: SKIPPED})
            talk = after
        answers = {one.id: talk.answers[one.id] for one in self._asked(talk)}
        return Filled(answers, wrong, strange)

    def _asked(self, talk: Talk) -> list[Ask]:
        return [one for one in self._flow.asks if one.id in talk.answers]

    def _wrong(self, one: Ask, given: Given, why: str) -> str:
        text = given.get(one.id + WORDS, "")
        again = f"{self._flow.name}.{one.id}.again"
        if (
            not why
            and text
            and len(text) <= LONGEST
            and self._actor.kit.catalog.has(self._actor.lang, again)
        ):
            return self._actor.words(again)
        key = "staff.too_long" if len(text) > LONGEST else why or "staff.answer_this"
        return self._actor.words(key)

    def _field(self, one: Ask) -> Field:
        asking = self._asking(one)
        options = tuple(
            (row.code, row.label or self._label(asking, row.code)) for row in asking.options
        )
        if isinstance(one.answer, Pick):
            options = self._facts.lists.get(one.answer.source, ())
        closed = isinstance(one.answer, Pick) or (
            isinstance(one.answer, Choice) and not one.answer.free
        )
        words = question(self._actor.kit, self._actor.lang, asking)
        must = one.must and one.id in self._at_once and one.when(self._told)
        return Field(one.id, words, options, words=not closed, must=must)

    def _asking(self, one: Ask) -> Asking:
        key = f"{self._flow.name}.{one.id}"
        return one.answer.ask(Question(one.id, key, key, self._facts), Talk(self._flow.name))

    def _label(self, asking: Asking, code: str) -> str:
        return label(self._actor.kit, self._actor.lang, asking.text, code)


def _said(one: Ask, given: Given) -> Said:
    """What stands in the field, as if it had been pressed or typed in the chat."""
    if option := given.get(one.id, ""):
        return Said("option", option=option)
    text = clean(given.get(one.id + WORDS, ""))
    if not text:
        return Said("option", option="skip")
    return Said("text", text=text if len(text) <= LONGEST else "")
