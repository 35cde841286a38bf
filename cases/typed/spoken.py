"""Phrases heard word by word: a word typed with marks must have the right ones, one without any."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cases.typed.fold import clean, fold, has_marks, unteen, untelex, unvni

_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(
    r"(?<=[^\W\d_])[.*](?=[^\W\d_])"
)  # tự t.ử, as what is filtered elsewhere is typed
_CRIED = re.compile("cu{3,}")  # drawn out, but two of them belong to it
_DRAWN = re.compile(r"([^\W\d_])\1{2,}")  # cứuuuu
# As it is typed to friends, and said in the south. What is a name or an English word is left alone.
_SHORT: Mapping[str, str] = {
    **dict.fromkeys(
        ("ko", "k", "kg", "khg", "kh", "hok", "hog", "hong", "hông", "hổng", "hem", "hk", "khum", "kô"),
        "không",
    ),
    **dict.fromkeys(("mún", "mun"), "muốn"),
    **dict.fromkeys(("mik", "mk", "mih"), "mình"),
    **dict.fromkeys(("đg", "dg", "đag", "dag"), "đang"),
    **dict.fromkeys(("bme", "bm", "bmẹ"), "ba mẹ"),
    **dict.fromkeys(("oánh", "uýnh", "uynh", "quýnh", "quánh", "wánh", "đánk"), "đánh"),
    **dict.fromkeys(("bik", "bit", "bít", "bjt"), "biết"),
    **dict.fromkeys(("dc", "đc", "đk", "dk"), "được"),
    **dict.fromkeys(("vs", "zới"), "với"),
    **dict.fromkeys(("thui", "thoy"), "thôi"),
    **dict.fromkeys(("z", "v", "zậy"), "vậy"),
    **dict.fromkeys(("chít", "chếc", "chớt", "cht", "chớc"), "chết"),
    **dict.fromkeys(("cíu", "kíu"), "cứu"),
    **dict.fromkeys(("chừ", "zờ", "giừ"), "giờ"),
    **dict.fromkeys(("cuuvoi", "cuuem", "cuucon", "cuuchau"), "cứu với"),
    "duoinuoc": "đuối nước", "bùn": "buồn", "wá": "quá", "hs": "học sinh",
    "e": "em", "kb": "không biết", "ns": "nói", "j": "gì", "ng": "người", "nx": "nữa", "ik": "đi",
}  # fmt: skip
_APART = 5  # words that may stand where a phrase has a gap
_NEAR = 12  # words between the beginnings of what belongs together


@dataclass(frozen=True, slots=True)
class Token:
    """One typed word; `said` has its marks, or none where none were typed."""

    said: str
    bare: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of a message, and quickly whether a word can be in it at all."""

    words: tuple[Token, ...]
    bare: frozenset[str]

    def of(self, span: Iterable[int]) -> str:
        """The words at these places, as they were said, in the order of the message."""
        return " ".join(self.words[at].said for at in sorted(set(span)))


def tokens(text: str) -> list[Token]:
    """The words of a message: spaces, line breaks and punctuation do not count."""
    found: list[Token] = []
    for word in _WORD.findall(clean(text).replace("🆘", " sos ").lower()):
        plain = "cuu" if _CRIED.fullmatch(word) else _DRAWN.sub(r"\1", word)
        said = _SHORT.get(plain, plain).split()
        found.extend(Token(one, fold(one), has_marks(one)) for one in said)
    return found


def saying(text: str) -> Saying:
    """A message, ready to be searched for phrases."""
    words = tuple(tokens(text))
    return Saying(words, frozenset(word.bare for word in words))


def readings(text: str) -> Iterator[Saying]:
    """A message as it stands, and as it was meant: with Telex or VNI left in it, or its words cut."""
    yield saying(text)
    meant = _WORD.sub(_respelt, _CUT.sub("", clean(text)))
    if meant != clean(text):
        yield saying(meant)


def _respelt(word: re.Match[str]) -> str:
    plain = word.group()
    return plain if has_marks(plain) else unteen(untelex(unvni(fold(plain))))


class _OneOf:
    """One place of a phrase: `ba/bố/mẹ`. `=má` is heard only as it is written: ma may be mà."""

    def __init__(self, text: str) -> None:
        words = text.split("/")
        loose = [word for word in words if not word.startswith("=")]
        self._said = frozenset(word.lstrip("=") for word in words)
        self._bare = frozenset(map(fold, loose))
        self._any_marks = frozenset(word for word in loose if not has_marks(word))
        self.bare = frozenset(map(fold, words))

    def fits(self, token: Token) -> bool:
        loose = self._any_marks if token.marked else self._bare
        return token.said in self._said or token.bare in loose


class Phrase:
    """A phrase of a word list: `a/b` is either, `…` a few other words, of nobody else.

    A word of the list without marks is heard with any marks. `text` is what the phrase is called.
    """

    # Somebody else did it: "ba em đi làm, bạn đánh em" says nothing of the father.
    _OTHERS = _OneOf("bạn/=tụi/bọn/=mấy/nó/=anh/=chị/=đứa/=thằng/người")

    def __init__(self, pattern: str, text: str = "") -> None:
        self.text = text or pattern
        self._places = tuple(None if one == "…" else _OneOf(one) for one in pattern.split())
        self._needs = tuple(one.bare for one in self._places if one is not None)

    def at(self, said: Saying) -> Iterable[tuple[int, ...]]:
        """Every place where it stands: the numbers of its words in what was said."""
        if any(need.isdisjoint(said.bare) for need in self._needs):
            return
        for start in range(len(said.words)):
            yield from self._from(said, start, 0, ())

    def _from(
        self, said: Saying, at: int, place: int, found: tuple[int, ...]
    ) -> Iterator[tuple[int, ...]]:
        if place == len(self._places):
            yield found
            return
        one = self._places[place]
        if one is None:
            for later in range(at, min(at + _APART + 1, len(said.words))):
                yield from self._from(said, later, place + 1, found)
                if self._OTHERS.fits(said.words[later]):
                    return
        elif at < len(said.words) and one.fits(said.words[at]):
            yield from self._from(said, at + 1, place + 1, (*found, at))


class Together:
    """What means danger where it stands together, in whichever order people tell it.

    Each side is one or more phrases (`a | b`), all within a few words of each other.
    """

    def __init__(self, text: str, *sides: str) -> None:
        self.text = text
        self._sides = tuple(tuple(map(Phrase, side.split(" | "))) for side in sides)

    def at(self, said: Saying) -> Iterable[tuple[int, ...]]:
        """Every place where all of it stands, begun with the first side."""
        found: list[dict[int, tuple[int, ...]]] = []
        for side in self._sides:
            found.append({span[0]: span for one in side for span in one.at(said)})
            if not found[-1]:
                return
        for at, span in found[0].items():
            near = [_nearest(other, at) for other in found[1:]]
            if all(near):
                yield sum(near, span)


def _nearest(spans: Mapping[int, tuple[int, ...]], at: int) -> tuple[int, ...]:
    for away in range(1, _NEAR + 1):
        for start in (at - away, at + away):
            if start in spans:
                return spans[start]
    return ()
