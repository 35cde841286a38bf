"""Vietnamese without its marks, and keyboards that left Telex or VNI letters behind."""

import re
import unicodedata
from typing import Any

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_WORDS = re.compile(r"[^a-z0-9]+")
_FIRST_MARK = "\u0300"
_MARKS = 8  # combining marks kept on one letter: no language needs more


def sound(value: Any) -> Any:
    """Foreign JSON without halves of characters, which can neither be stored nor shown."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {sound(key): sound(one) for key, one in value.items()}
    return [sound(one) for one in value] if isinstance(value, list) else value


def clean(text: str) -> str:
    """NFC, without invisible and direction characters and outer space: what a card may show."""
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text.replace("\r\n", "\n")))
    return _thin(plain).strip()


def fold(text: str) -> str:
    """Lower case, no marks, d for đ, punctuation as single spaces: `Thị trấn Ái Nghĩa` -> words."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    # A search folds everything it looks at: asking of each plain letter whether it is a mark took most of it.
    bare = "".join([one for one in bare if one < _FIRST_MARK or not unicodedata.combining(one)])
    return _WORDS.sub(" ", unicodedata.normalize("NFKC", bare)).strip()


def has_marks(text: str) -> bool:
    """Whether it was typed with Vietnamese marks: then dao is not đào."""
    return any(one in "đĐ" or unicodedata.decomposition(one) for one in text)


_TELEX = (("dd", "d"), ("aa", "a"), ("aw", "a"), ("ee", "e"), ("oo", "o"), ("ow", "o"), ("uw", "u"))
_TONE = re.compile(r"[sfrxjw]")
_ONSET = re.compile(r"[^aeiouyw]*[aeiouyw]?")


def untelex(folded: str) -> str:
    """`ddaij looc` -> `dai loc`: what is left when the keyboard did not turn Telex into letters."""
    words = []
    for word in folded.split():
        plain = word
        for typed, meant in _TELEX:
            plain = plain.replace(typed, meant)
        # After its first vowel no syllable has one of these letters: there they are a tone or a horn.
        onset = _ONSET.match(plain).group()  # type: ignore[union-attr]
        words.append(onset.replace("w", "u") + _TONE.sub("", plain[len(onset) :]))
    return " ".join(words)


_TEEN = (("f", "ph"), (r"\bj(?=[aeou])", "gi"), ("j", "i"), ("z", "d"))


def unteen(folded: str) -> str:
    """`fu thuan`, `vu ja`, `dai hjep`: letters as young people write them."""
    for typed, meant in _TEEN:
        folded = re.sub(typed, meant, folded)
    return folded


_VNI = re.compile(r"(?<=[a-z])[1-9]+")


def unvni(folded: str) -> str:
    """`d9a5i lo65c` -> `dai loc`."""
    return _VNI.sub("", folded)


def _thin(text: str) -> str:
    if not any(unicodedata.combining(one) for one in text):
        return text
    kept, run = [], 0
    for one in text:
        run = run + 1 if unicodedata.combining(one) else 0
        if run <= _MARKS:
            kept.append(one)
    return "".join(kept)
