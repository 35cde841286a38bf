"""A typed answer to buttons: a number, a label without accents, the beginning of one label."""

import re
from collections.abc import Sequence

from cases.typed.fold import fold

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
    exact = [code for code, label in labels if label == folded]
    if exact:
        return exact[0]
    starts = [code for code, label in labels if len(folded) >= 2 and label.startswith(folded)]
    return starts[0] if len(starts) == 1 else ""
