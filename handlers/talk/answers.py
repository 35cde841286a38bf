"""One class per kind of answer: what it offers, and what it makes of what was said. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.areas.found import Candidate, Found
from cases.incident_types import GROUPS, KINDS, kinds_of
from cases.separation import has_number
from cases.times.calendar import local
from cases.times.phrases import when
from cases.typed.ages import age_of
from cases.typed.code_word import code_word, declined
from cases.typed.first_words import names_no_place, tells
from cases.typed.fold import fold
from cases.typed.options import choose
from cases.typed.short import meant
from handlers.talk.model import SKIPPED, Asking, Facts, Option, Said, Talk

PAGE = 4  # options beside "other…", so that no question shows more than five


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer understood (`value`), half understood (`notes` to ask on with), or neither.

    `why`: the key of the sentence that says why it cannot be taken.
    """

    value: Any = None
    notes: Mapping[str, Any] | None = None
    why: str = ""


NOTHING = Taken()


@dataclass(frozen=True, slots=True)
class Question:
    """What the engine must know to word a question: its key, text message and label reader."""

    id: str
    key: str
    text: str
    facts: Facts

    @property
    def flow(self) -> str:
        """Whose wording: the report's, or a child's."""
        return self.text.partition(".")[0]

    def pick(self, said: Said, options: tuple[Option, ...], *, numbers: bool = True) -> str:
        """The option pressed or typed, or "". A pressed option must be one that is offered."""
        codes = {one.code for one in options}
        if said.kind == "option":
            return said.option if said.option in codes else ""
        labelled = [
            (one.code, one.label or self.facts.label(self.text, one.code)) for one in options
        ]
        return choose(said.text, labelled, numbers=numbers)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these, by button, number or words; `free` also takes any other words.

    `also`: what else an option is called where a child is asked, by the wording of the question.
    """

    options: tuple[str, ...]
    free: bool = False
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        picked = picked or self.also.get(question.flow, {}).get(meant(said.text), "")
        if picked:
            return Taken(picked)
        if self.free and said.kind == "text" and said.text and not _tells(talk, said):
            return Taken({"words": said.text})
        return NOTHING


@dataclass(frozen=True, slots=True)
class Words:
    """Free words, kept exactly; a voice note or picture counts where `media` says so.

    `number`: of a paper, so there is at least one digit in it.
    """

    media: bool = False
    number: bool = False

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text)

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        if self.number and not has_number(said.text):
            return NOTHING
        if said.kind == "text" and said.text and (self.media or not _tells(talk, said)):
            return Taken([said.text] if self.media else said.text)
        if said.kind == "media" and self.media:
            return Taken([])
        return NOTHING


def _tells(talk: Talk, said: Said) -> bool:
    """A child tells what happened while it is asked for something else: that is its story."""
    return bool(talk.answers.get("child")) and tells(said.text)


@dataclass(frozen=True, slots=True)
class Age:
    """About how old, in years; months count as 0 years."""

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, (Option("unknown"),), takes_numbers=True)

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        if question.pick(said, (Option("unknown"),), numbers=False):
            return Taken("unknown")
        years = age_of(said.text, local(question.facts.now).year)
        return NOTHING if years is None else Taken(years)


@dataclass(frozen=True, slots=True)
class When:
    """today, yesterday, … or words; what was understood is shown at the review, raw words kept."""

    options: tuple[str, ...] = ("today", "yesterday", "week", "longer")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        if picked:
            return Taken(picked)
        if said.kind != "text" or not said.text:
            return NOTHING
        found = when(said.text, question.facts.now)
        if found is None:
            return Taken({"raw": said.text})
        ahead = {"ahead": True} if found.ahead else {}
        return Taken(
            {"raw": said.text, "from": found.start.isoformat(), "to": found.end.isoformat(),
             "confidence": found.confidence, **ahead}
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What is happening: five groups, then the kinds of the group. One question, paged."""

    def ask(self, question: Question, talk: Talk) -> Asking:
        group = talk.notes.get("kind_group")
        if group is None:
            return Asking(question.key, question.text, tuple(Option(one) for one in GROUPS))
        options = tuple(Option(one) for one in kinds_of(str(group)))
        return Asking(f"{question.key}_detail", f"{question.text}_detail", options)

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        asking = self.ask(question, talk)
        detail = Question(question.id, asking.question, asking.text, question.facts)
        picked = detail.pick(said, asking.options)
        if picked in KINDS and talk.notes.get("kind_group") is not None:
            return Taken(picked)
        if picked:
            return Taken(notes={"kind_group": picked})
        return NOTHING


@dataclass(frozen=True, slots=True)
class Place:
    """A commune: shared, pressed, or typed the way people do; a guess is confirmed by a button.

    Half answered, the note `place` holds the communes on this page (`codes`) and the later ones (`rest`).
    """

    same_as: str = ""  # the other place question whose answer may be taken over

    def ask(self, question: Question, talk: Talk) -> Asking:
        note = talk.notes.get("place") or {}
        codes = [str(code) for code in note.get("codes", ())]
        places = question.facts.places
        known = list(map(places.whole if note.get("doubted") else places.by_code, codes))
        if note.get("confirm"):
            return self._confirm(question, known[0], str(note.get("via", "")))
        if note.get("district"):
            text = f"{question.flow}.place_district"
            own = Option(codes[0], question.facts.label(text, "commune"))
            return Asking(question.key, text, (own, Option("district")))
        if codes:
            listed = tuple(Option(one.code, _listed(one)) for one in known)
            last = Option("other" if note.get("rest") else "elsewhere")
            return Asking(question.key, f"{question.flow}.place_which", (*listed, last))
        first = (Option("same"),) if self._other(talk) else _near(question)
        return Asking(question.key, question.text, first, ask="location")

    def _confirm(self, question: Question, one: Candidate, via: str) -> Asking:
        options = (Option("yes"), Option("other"))
        if one.province:
            values = {"name": one.name, "unit": one.kind, "province": one.province}
            return Asking(question.key, f"{question.flow}.place_elsewhere", options, values=values)
        values = {**question.facts.places.areas.named(one.code), "via": via}
        return Asking(question.key, f"{question.flow}.place_confirm", options, values=values)

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        if said.kind == "location":
            return self._located(question, said)
        picked = self._picked(question, talk, said)
        if picked is not None:
            return picked
        if said.kind != "text" or not said.text:
            return NOTHING
        return self._typed(question, talk, said)

    def _picked(self, question: Question, talk: Talk, said: Said) -> Taken | None:
        note = talk.notes.get("place") or {}
        asking = self.ask(question, talk)
        here = Question(question.id, asking.question, asking.text, question.facts)
        picked = here.pick(said, asking.options if note else _untyped(asking.options))
        if picked == "same":
            return Taken({**self._other(talk), "same": True})
        if picked in ("other", "district"):
            others = [code for code in self._communes(question) if code not in note["codes"]]
            page = _page(note.get("rest", others))
            return Taken(notes={"place": {**_keep(note), **page, "words": note.get("words", "")}})
        if picked == "elsewhere":
            return Taken({"words": note.get("words", ""), **_point(note)})
        if (village := question.facts.places.areas.villages.get(picked)) is not None:
            return Taken({"commune": village.commune, "words": village.name, "via": village.name})
        code = str(note["codes"][0]) if picked == "yes" else picked
        if not code:
            return None
        one = question.facts.places.by_code(code)
        return _taken(one, str(note.get("words", "")), str(note.get("via", "")), note)

    def _located(self, question: Question, said: Said) -> Taken:
        """A point inside one commune is confirmed; near a border, or nowhere, the commune is asked."""
        point = {"lat": said.lat, "lon": said.lon, "words": said.text}
        found = question.facts.places.locate(said.lat or 0.0, said.lon or 0.0)
        communes = self._communes(question)
        page = guess(found, said.text, communes)
        if found.reason != "inside":
            page = _page([*page["codes"], *page["rest"]])
        return Taken(notes={"place": {**page, "point": point}})

    def _typed(self, question: Question, talk: Talk, said: Said) -> Taken:
        found = question.facts.places.find(said.text)
        if found.match == "none" and names_no_place(said.text):
            return NOTHING  # what happened, where the place was asked: kept as the story
        note = talk.notes.get("place") or {}
        if found.match == "exact":
            one = found.candidates[0]
            return _taken(one, said.text, one.via, note)
        if found.match == "confirm" and not (found.district and note.get("district")):
            page = guess(found, said.text, self._communes(question))
            return Taken(notes={"place": {**page, **_keep(note)}})
        if note.get("words"):
            # Named twice and still unclear: the words go to the duty desk, nobody is asked thrice.
            return Taken({"words": f"{note['words']}; {said.text}", **_point(note)})
        page = _page(self._communes(question))
        return Taken(notes={"place": {**page, "words": said.text, **_keep(note)}})

    def _communes(self, question: Question) -> list[str]:
        return list(question.facts.places.areas.communes)

    def _other(self, talk: Talk) -> dict[str, Any]:
        value = talk.answers.get(self.same_as)
        return dict(value) if isinstance(value, Mapping) and value != SKIPPED else {}


def _near(question: Question) -> tuple[Option, ...]:
    """What a poster or their own work suggests: one press says that it is there."""
    facts, areas = question.facts, question.facts.places.areas
    village, commune = areas.villages.get(facts.village), areas.communes.get(facts.commune, "")
    if fold(commune) in areas.districts:  # the name alone would be pressed for all of the district
        commune = facts.label(f"{question.flow}.place_district", "commune")
    named = [Option(facts.village, village.name)] if village is not None else []
    return (*named, *([Option(facts.commune, commune)] if commune else []))


def _untyped(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """A suggestion is pressed, or its number typed: a name that is typed may mean another place."""
    return tuple(Option(one.code, "-" if one.label else "") for one in options)


def guess(found: Found, words: str, communes: list[str]) -> dict[str, Any]:
    """The communes that may be meant, then all others; of a former district, only its own."""
    codes = list(dict.fromkeys(one.code for one in found.candidates))
    if found.district and len(codes) > 1:
        return {"codes": codes[:1], "rest": codes[1:], "district": True, "words": words}
    sure = len(codes) == 1
    doubted = {"doubted": True} if found.reason == "doubted" else {}
    return {
        **doubted, "codes": codes, "rest": [code for code in communes if code not in codes], "confirm": sure,
        "via": found.candidates[0].via if sure else "", "words": words,
    }  # fmt: skip


def _taken(one: Candidate, words: str, via: str, note: Mapping[str, Any]) -> Taken:
    """A commune served here; another is kept by its name, and the case is the duty desk's."""
    where = {"elsewhere": one.elsewhere} if one.province else {"commune": one.code}
    return Taken({**where, "words": words, "via": via, **_point(note)})


def _listed(one: Candidate) -> str:
    """A name on a button; of a commune that is not served, its province first."""
    return f"{one.province}: {one.kind} {one.name}" if one.province else one.name


def _page(codes: list[str]) -> dict[str, Any]:
    """The next communes to choose from, and those that still follow."""
    return {"codes": codes[:PAGE], "rest": codes[PAGE:]}


def _keep(note: Mapping[str, Any]) -> dict[str, Any]:
    return {"point": note["point"]} if "point" in note else {}


def _point(note: Mapping[str, Any]) -> dict[str, Any]:
    return dict(note.get("point") or {})


@dataclass(frozen=True, slots=True)
class Files:
    """Pictures or other files, by reference; sending one is the answer."""

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, (Option("no"),), ask="media")

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        if said.kind == "media":
            return Taken({"media": len(said.media)})
        return Taken("no") if question.pick(said, (Option("no"),)) else NOTHING


@dataclass(frozen=True, slots=True)
class Contact:
    """Yes or no; then name or number in words; then a separate consent, never assumed (P2)."""

    def ask(self, question: Question, talk: Talk) -> Asking:
        note = _given(talk)
        if "given" in note:
            return Asking(question.key, f"{question.text}_consent", (Option("agree"), Option("no")))
        if note:
            own = not talk.answers.get("behalf")  # else the number shared would be the wrong one
            return Asking(question.key, f"{question.text}_give", ask="contact" if own else "")
        return Asking(question.key, question.text, (Option("no"), Option("yes")))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        note = _given(talk)
        given = said.text if talk.answers.get("behalf") else said.phone or said.text
        asking = self.ask(question, talk)
        here = Question(question.id, asking.question, asking.text, question.facts)
        picked = here.pick(said, asking.options, numbers=not note or "given" in note)
        if picked == "no":
            return Taken("no")
        if picked == "yes":
            return Taken(notes={"contact": {"wanted": True}})
        if picked == "agree":
            at = question.facts.now.isoformat()
            return Taken({"given": note["given"], "consent": True, "at": at})
        if said.kind in ("text", "contact") and given and "given" not in note:
            return Taken(notes={"contact": {"given": given}}) if note or _phone(given) else NOTHING
        return NOTHING


def _given(talk: Talk) -> Mapping[str, Any]:
    """What was told so far; a number that was shared before it was asked only needs its yes."""
    early = talk.notes.get("own_number")
    return talk.notes.get("contact") or ({"given": early} if early else {})


def _phone(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) >= 8


@dataclass(frozen=True, slots=True)
class CodeWord:
    """A word that will mean "not safe": only its mark is kept, so that nobody can read it."""

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text)

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        if said.kind == "text" and declined(said.text):
            return Taken("no")
        word = code_word(said.text) if said.kind == "text" else ""
        return Taken({"mark": question.facts.mark(word)}) if word else NOTHING


@dataclass(frozen=True, slots=True)
class Pick:
    """One row of a list that the turn brings along: people, communes, kinds.

    `by`: the question whose answer says in which order the rows come; its list is `source:answer`.
    """

    source: str
    by: str = ""

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, self._options(question, talk))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        picked = question.pick(said, self._options(question, talk))
        if picked == "more":
            page = int(talk.notes.get("page", 0)) + 1
            return Taken(notes={"page": page})
        # A row can be pressed, or its name typed, whatever page it stands on.
        rows = self._rows(question, talk)
        if not picked and said.kind == "option":
            picked = said.option if said.option in dict(rows) else ""
        elif not picked and said.kind == "text":
            picked = choose(said.text, list(rows), numbers=False, letters=False)
        return Taken(picked) if picked else NOTHING

    def _options(self, question: Question, talk: Talk) -> tuple[Option, ...]:
        rows = self._rows(question, talk)
        if len(rows) <= PAGE + 1:
            return tuple(Option(code, label) for code, label in rows)
        pages = -(-len(rows) // PAGE)
        start = int(talk.notes.get("page", 0)) % pages * PAGE
        shown = rows[start : start + PAGE]
        more = Option("more", question.facts.label("common.page", "more"))
        return (*(Option(code, label) for code, label in shown), more)

    def _rows(self, question: Question, talk: Talk) -> tuple[tuple[str, str], ...]:
        lists = question.facts.lists
        ordered = f"{self.source}:{talk.answers.get(self.by)}"
        return lists.get(ordered) or lists.get(self.source, ())


@dataclass(frozen=True, slots=True)
class Review:
    """The summary: send it, or change one answer."""

    never: frozenset[str] = field(default_factory=frozenset)

    def ask(self, question: Question, talk: Talk) -> Asking:
        if talk.notes.get("edit"):
            return Asking(question.key, f"{question.text}_edit", self._changeable(talk))
        return Asking(question.key, question.text, (Option("send"), Option("edit")))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        asking = self.ask(question, talk)
        here = Question(question.id, asking.question, asking.text, question.facts)
        picked = here.pick(said, asking.options)
        if picked == "send":
            return Taken("send")
        if picked == "edit":
            return Taken(notes={"edit": 1})
        if picked == "more":
            return Taken(notes={"edit": int(talk.notes.get("edit", 1)) + 1})
        return Taken(notes={"change": picked}) if picked else NOTHING

    def _changeable(self, talk: Talk) -> tuple[Option, ...]:
        rows = [one for one in talk.trail if one not in self.never]
        if len(rows) <= PAGE + 1:
            return tuple(Option(one) for one in rows)
        start = (int(talk.notes["edit"]) - 1) % -(-len(rows) // PAGE) * PAGE
        return (*(Option(one) for one in rows[start : start + PAGE]), Option("more"))


Answer = Choice | Words | Age | When | Kind | Place | Files | Contact | CodeWord | Pick | Review
