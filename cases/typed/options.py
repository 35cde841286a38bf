"""A typed answer to buttons: a number or letter, a label without accents, the beginning of one label."""

import re
from collections.abc import Iterable, Sequence

from cases.typed.fold import fold
from cases.typed.short import NO, UNKNOWN, YES, meant

_NUMBER = re.compile(r"^(?:so|number|no)? ?(\d{1,2})$")
_LETTER = re.compile(r"^([a-z])[.)]?$")
_WITHIN = re.compile(r"(?<!\w)\d{1,2}(?!\w)")


def lettered(labels: Iterable[str]) -> bool:
    """Whether places are letters, because a number would be taken for one that a label names itself."""
    return any(_WITHIN.search(label) for label in labels)


def mark(place: int, *, letters: bool) -> str:
    """What stands before the option at this place, counted from 1."""
    return chr(ord("a") + place - 1) if letters else str(place)


def choose(
    text: str, options: Sequence[tuple[str, str]], *, numbers: bool = True, letters: bool = True
) -> str:
    """The option code meant by `text` among (code, label) in the order sent; "" = none, or unclear.

    `numbers` is False where a number is an answer in itself (age, phone), `letters` where nobody was
    shown this list as it is.
    """
    folded = fold(text)
    if not folded:
        return ""
    if numbers and (number := _NUMBER.match(folded)):
        return _numbered(int(number.group(1)), options)
    if letters and (place := _letter(text, options)):
        return place
    labels = [(code, fold(label)) for code, label in options]
    said = meant(text)
    return _labelled(folded, labels) or _labelled(said, labels) or _agreed(said, labels)


def placed(text: str, options: Sequence[tuple[str, str]]) -> bool:
    """Whether the text is nothing but the number or letter of one of these."""
    number = _NUMBER.match(fold(text))
    return bool(_numbered(int(number.group(1)), options) if number else _letter(text, options))


def _numbered(number: int, options: Sequence[tuple[str, str]]) -> str:
    """By its place; but `1` among `15 minutes`, `1 hour` is the hour."""
    naming = [code for code, label in options if number in map(int, _WITHIN.findall(label))]
    if naming:
        return naming[0] if len(naming) == 1 else ""
    return options[number - 1][0] if 1 <= number <= len(options) else ""


def _letter(text: str, options: Sequence[tuple[str, str]]) -> str:
    """By its letter, where letters were shown; with an accent it is a word."""
    found = _LETTER.match(text.strip().casefold())
    if found is None or not lettered(label for _, label in options):
        return ""
    place = ord(found.group(1)) - ord("a")
    return options[place][0] if place < len(options) else ""


def _labelled(said: str, labels: Sequence[tuple[str, str]]) -> str:
    exact = [code for code, label in labels if label == said]
    if exact:
        return exact[0]
    starts = [code for code, label in labels if len(said) >= 2 and label.startswith(said)]
    return starts[0] if len(starts) == 1 else ""


def _agreed(said: str, labels: Sequence[tuple[str, str]]) -> str:
    """Any yes, no or don't know, where the button says just that ("no" may also be called safe)."""
    for code, words in (("yes", YES), ("no", NO), ("unknown", UNKNOWN)):
        for name, label in labels:
            plain = label in words or label.partition(" ")[0] in words
            if name == code and plain and said in words:
                return code
    return ""
