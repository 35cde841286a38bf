"""What was typed about a place, cut where a comma stands or should: each part with its kind of unit."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cases.typed.fold import fold, has_marks

_LONGEST = 400
_BREAK = re.compile(r"[,;:\n()\[\]/|]|\s[-–—]+\s")
_WORD = re.compile(r"[\W_]+")
# How a kind of unit is written, folded -> with its marks. Xa is far, xã is a commune.
_SMALL = {"xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "thon": "thôn", "dac khu": "đặc khu",
          "tt": "tt", "ttr": "ttr"}  # fmt: skip
_WIDE = {"huyen": "huyện", "quan": "quận", "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "tp",
         "thi xa": "thị xã", "tx": "tx"}  # fmt: skip
_KINDS = {**_SMALL, **_WIDE}
_LETTERS = {"x": "xa", "p": "phuong", "h": "huyen", "q": "quan", "t": "tinh"}
_SAME = {"tt": "thi tran", "ttr": "thi tran", "tp": "thanh pho", "tx": "thi xa"}
_AGED = ("cu", "moi")  # xã Đại Đồng cũ
# These say that it is only near there, or was once, a few words before the name; or, right before it,
# not there: quê ở, đối diện, bên kia sông, trước ở.
_NEAR = {"gan", "canh", "giap", "cach", "sat", "ke", "que", "dien", "kia", "truoc", "tung", "xua"}
_NOT_IN = {"qua", "tu", "khoi", "ngoai", "phai", "huong", "sap toi", "sap den"}
# Right before it: somebody of that commune, who may be anywhere.
_SOMEBODY = {"nguoi", "dan", "truong", "cong an", "chu tich", "bi thu", "can bo"}
_DENIED = re.compile(r"\b(?:(?:khong|ko|k|hok|chang|chua) (?:phai|o)|(?:hong|dau) phai)\b")
# Everyday words that look like a name of ours: never part of a guess.
STOP = {
    "dai ca", "dai hoc", "dai ly", "dai hoi", "dai gia", "dai dien", "dai khai", "dai su", "dai uy",
    "dai ta", "dai tien", "dai han", "dai duong", "dai dich", "dai bang", "dai loan", "thuong uy",
    "thuong ta", "thuong si", "nha em", "hom qua", "gia dinh", "ai nghi", "duoc", "dua",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word folded, and as it was written."""

    folded: str
    raw: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """What may be a name as a whole; `kind` is the unit that was said before it, or ""."""

    name: str
    kind: str = ""

    @property
    def wide(self) -> bool:
        return self.kind in _WIDE

    @property
    def district(self) -> bool:
        """Huyện, quận, thị xã or thành phố, as they were until 2025."""
        return self.wide and self.kind != "tinh"


@dataclass(frozen=True, slots=True)
class Part:
    """The words between two commas, or from one kind of unit to the next.

    `spellings`: the whole, then without its kind, then without old and new; () when it is denied.
    """

    words: tuple[Word, ...]
    folded: str
    spellings: tuple[Spelling, ...]

    @property
    def inner(self) -> Iterator[tuple[Word, ...]]:
        """Two or three words inside a part, where they are not denied nor said to be only near."""
        for size in (3, 2):
            for at in range(len(self.words) - size + 1 if self.spellings else 0):
                if not _beside(self.words, at):
                    yield self.words[at : at + size]


def parts(text: str) -> list[Part]:
    """Most specific first, as addresses are written."""
    found: list[Part] = []
    for piece in _BREAK.split(unicodedata.normalize("NFC", text[:_LONGEST])):
        words = _words(piece)
        if words:
            found += _at_kinds(words)
    return found


def runs(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The words between those that never mean a place."""
    begins = at = 0
    while at < len(words):
        size = next((n for n in (2, 1) if joined(words[at : at + n]) in STOP), 0)
        if size:
            yield words[begins:at]
            begins = at + size
        at += size or 1
    yield words[begins:]


def joined(words: tuple[Word, ...]) -> str:
    """These words folded."""
    return " ".join(word.folded for word in words)


def _words(piece: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for raw in _WORD.split(piece.lower()):
        found += [Word(folded, raw) for folded in fold(raw).split()]
    for at in range(len(found) - 1):
        if found[at].folded == found[at + 1].folded == "t":  # T.T Ái Nghĩa
            return (*found[:at], Word("tt", "tt"), *found[at + 2 :])
    return tuple(found)


def _at_kinds(words: tuple[Word, ...]) -> Iterator[Part]:
    """As good as a comma: `thôn 3 xã Đại Lãnh huyện Đại Lộc` is three parts."""
    marked = any(has_marks(word.raw) for word in words)
    denied = _DENIED.search(joined(words))
    begins = 0
    for at in range(1, len(words) - 1):  # something is said after it
        away = _beside(words, at) or _follows(words, at, _NOT_IN | _SOMEBODY)
        if not denied and not away and _kind(words, at, marked=marked):
            yield _part(words[begins:at])
            begins = at
    yield _part(words[begins:])


def _beside(words: tuple[Word, ...], at: int) -> bool:
    return not _NEAR.isdisjoint(word.folded for word in words[max(0, at - 4) : at])


def _follows(words: tuple[Word, ...], at: int, some: set[str]) -> bool:
    return any(joined(words[max(0, at - size) : at]) in some for size in (1, 2))


def _part(words: tuple[Word, ...]) -> Part:
    folded = joined(words)
    whole = () if _DENIED.search(folded) else tuple(dict.fromkeys(_spellings(words)))
    return Part(words, folded, whole)


def _kind(words: tuple[Word, ...], at: int, *, marked: bool) -> str:
    """The kind of unit that is said here, or "". Among words with marks it has its own."""
    for size in (2, 1):
        said = words[at : at + size]
        folded = joined(said)
        right = " ".join(word.raw for word in said) == _KINDS.get(folded)
        if folded in _KINDS and (right or not marked):
            return folded
    return ""


def _spellings(words: tuple[Word, ...]) -> Iterator[Spelling]:
    whole = [word.folded for word in words]
    kind, name = _led(words)
    for said, some in (("", whole), (kind, name)):
        yield Spelling(" ".join(some), said)
        if len(some) > 1 and some[-1] in _AGED:
            yield Spelling(" ".join(some[:-1]), said)


def _led(words: tuple[Word, ...]) -> tuple[str, list[str]]:
    """A part that begins with a kind of unit, written out or as a letter: the kind, the rest.

    A small one may have any marks; quán is no quận.
    """
    for size in (2, 1):
        said = words[:size]
        first = _LETTERS.get(joined(said), joined(said))
        other = any(has_marks(word.raw) for word in said) and first in _WIDE
        right = " ".join(word.raw for word in said) == _KINDS.get(first)
        if first in _KINDS and len(words) > size and (right or not other):
            return _SAME.get(first, first), [word.folded for word in words[size:]]
    return "", [word.folded for word in words]
