"""Phrases heard word by word: a word typed with marks must have the right ones, one without any."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.typed.fold import clean, fold, has_marks

_WORD = re.compile(r"[^\W_]+")
# As it is typed to friends, and said in the south.
_SHORT = dict.fromkeys(("ko", "k", "kg", "khg", "kh", "hok", "hong", "hông"), "không")


@dataclass(frozen=True, slots=True)
class Token:
    """One typed word; `said` has its marks, or none where none were typed."""

    said: str
    bare: str
    marked: bool


def tokens(text: str) -> list[Token]:
    """The words of a message: spaces, line breaks and punctuation do not count."""
    found = []
    for word in _WORD.findall(clean(text).lower()):
        said = _SHORT.get(word, word)
        found.append(Token(said, fold(said), has_marks(said)))
    return found


class Phrase:
    """A phrase of a word list. A word of the list without marks is heard with any marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = tuple((word, fold(word), has_marks(word)) for word in text.split())

    def at(self, said: list[Token]) -> Iterable[range]:
        """Every place where it stands in what was said."""
        size = len(self._words)
        for start in range(len(said) - size + 1):
            if all(map(_same, said[start : start + size], self._words)):
                yield range(start, start + size)


def _same(token: Token, word: tuple[str, str, bool]) -> bool:
    exact, bare, marked = word
    return token.said == exact if token.marked and marked else token.bare == bare
