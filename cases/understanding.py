"""What a first message already tells: kinds, place, time, danger, each with the words that led there.

Everything but danger is a suggestion that the person confirms or refuses; nothing is assumed of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.areas.found import Candidate, Found
from cases.areas.places import Places
from cases.model import Level
from cases.times.phrases import When, when
from cases.triage import highest, triage
from cases.typed.danger_words import KIND_OF_DANGER
from cases.typed.first_words import danger_heard, global_word, harmless
from cases.typed.kind_words import IN_CONTEXT, KIND_WORDS
from cases.typed.spoken import Phrase, Saying, saying

_LONG = 4_000
_SURE = 90  # likeness of a misspelt name from which it is worth a question nobody asked for
_WORDS = 40  # a time told later than that is kept without the words that told it

_RULES = tuple(
    (kind, Phrase(words))
    for table in (KIND_WORDS, IN_CONTEXT)
    for kind, phrases in table.items()
    for words in phrases
)


@dataclass(frozen=True, slots=True)
class Reason:
    """`about`: danger, kind, place or time; `code`: rule, kind, commune; `words`: as they were typed."""

    about: str
    code: str
    words: str

    def stored(self) -> dict[str, str]:
        return {"about": self.about, "code": self.code, "words": self.words}


@dataclass(frozen=True, slots=True)
class Understood:
    """What one message tells by itself, the likeliest kind first."""

    text: str
    kinds: tuple[str, ...]
    level: Level
    danger: bool
    place: Found
    time: When | None
    reasons: tuple[Reason, ...]


def understand(text: str, places: Places, now: datetime) -> Understood:
    """Read a first message. The level is what the rules say of danger and of the gravest kind."""
    cried = _cries(text)
    heard = danger_heard(text, places.areas.folded)
    said = saying(text[:_LONG])
    kinds = _kinds(said, heard)
    place, time = places.find(text), when(text, now)
    reasons = [Reason("danger", "T1", text)] * cried
    reasons += [Reason("danger", "T9", words) for words in dict.fromkeys(heard.values())]
    reasons += [Reason("kind", kind, words) for kind, words in kinds.items()]
    reasons += [Reason("place", one.code, one.via or one.name) for one in _likest(place)]
    reasons += [Reason("time", time.rule, _told(text, time, now))] if time else []
    level = _level(tuple(kinds), cried=cried, heard=tuple(heard))
    danger = bool(cried or heard)
    return Understood(text, tuple(kinds), level, danger, place, time, tuple(reasons))


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds that these words name, the likeliest first."""
    return tuple(_kinds(saying(text[:_LONG]), {}))


def suggested_places(found: Found) -> tuple[Candidate, ...]:
    """The communes worth asking about: those served here, and another one only when it is named whole."""
    if found.match == "exact":
        return found.candidates
    if found.reason == "doubted":
        return ()  # one press on a bare name would take it for ours: asked with its province, later
    here = tuple(one for one in found.candidates if not one.province)
    return here if here and max(one.score for one in here) >= _SURE else ()


def _likest(found: Found) -> tuple[Candidate, ...]:
    """Of what is suggested, what was said; the others only sound like it."""
    some = suggested_places(found)
    return tuple(one for one in some if one.score == some[0].score)


def _cries(text: str) -> bool:
    word = global_word(text)
    return word is not None and word.name == "sos"


def _level(kinds: tuple[str, ...], *, cried: bool, heard: tuple[str, ...]) -> Level:
    level = triage({"sos": cried, "danger_words": heard}).level if not kinds else Level.LOW
    for kind in kinds:
        level = highest(level, triage({"sos": cried, "danger_words": heard, "kind": kind}).level)
    return level


def _kinds(said: Saying, heard: Mapping[str, str]) -> dict[str, str]:
    """Kind -> the words that name it, the most words first; words of danger only where nothing else does."""
    spans = sorted(_spans(said), key=lambda one: (-len(one[1]), one[1]))
    found: dict[str, str] = {}
    for kind, span in spans:
        inside = any(set(span) < set(other) for name, other in spans if name != kind)
        if not inside:
            found.setdefault(kind, said.of(span))
    if found:
        return found
    return {KIND_OF_DANGER[one]: words for one, words in heard.items() if one in KIND_OF_DANGER}


def _spans(said: Saying) -> Iterator[tuple[str, tuple[int, ...]]]:
    taken = harmless(said)
    for kind, phrase in _RULES:
        for span in phrase.at(said):
            if taken.isdisjoint(span):
                yield kind, span


def _told(text: str, time: When, now: datetime) -> str:
    """The fewest words that tell the same time."""
    words = text[:_LONG].split()
    if len(words) > _WORDS:
        return ""
    for cut in (slice(1, None), slice(None, -1)):
        while len(words) > 1 and _same(when(" ".join(words[cut]), now), time):
            words = words[cut]
    return " ".join(words)


def _same(one: When | None, other: When) -> bool:
    return one is not None and (one.start, one.end, one.confidence) == (
        other.start, other.end, other.confidence,
    )  # fmt: skip
