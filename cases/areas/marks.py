"""What differs when a name is written with its marks: thương được is not Thượng Đức."""

import unicodedata
from collections.abc import Sequence

from cases.areas.parts import Word
from cases.typed.fold import fold, has_marks

_TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}


def beside(words: Sequence[Word], shown: str) -> tuple[str, str] | None:
    """The words and the name to compare letter by letter; None: no marks, or not word by word.

    A tone stands at the end of its word, so that it may be written over another vowel. Where a word
    has no marks, its word of the name loses them too.
    """
    name = shown.lower().split()
    if len(name) != len(words) or not any(has_marks(word.raw) for word in words):
        return None
    said, meant = [], []
    for word, own in zip(words, name, strict=True):
        marked = has_marks(word.raw)
        said.append(_toned(word.raw) if marked else word.folded)
        meant.append(_toned(own) if marked else fold(own))
    return " ".join(said), " ".join(meant)


def _toned(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES.get(one, "") for one in letters)
    bare = "".join(one for one in letters if one not in _TONES)
    return unicodedata.normalize("NFC", bare) + tones
