"""A typed answer to buttons: a number, a label without accents, the beginning of one label."""

import re
from collections.abc import Sequence

from cases.typed.fold import fold
from cases.typed.short import NO, UNKNOWN, YES, meant

_NUMBER = re.compile(r"^(?:so|number|no)? ?(\d{1,2})$")


def choose(text: str, options: Sequence[tuple[str, str]], *, numbers: bool = True) -> str:
    """The option code meant by `text` among (code, label) in the order sent; "" = none, or unclear.

    `numbers` is False where a number is an answer in itself (age, phone).
    """
    folded = fold(text)
    if not folded:
        return ""
    number = _NUMBER.match(folded) if numbers else None
    if number:
        place = int(number.group(1))
        return options[place - 1][0] if 1 <= place <= len(options) else ""
    labels = [(code, fold(label)) for code, label in options]
    said = meant(text)
    return _labelled(folded, labels) or _labelled(said, labels) or _agreed(said, labels)


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
