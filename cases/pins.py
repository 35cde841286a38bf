"""A PIN as people type it: six digits, and none that everybody tries first. Pure."""

import unicodedata

DIGITS, TRIES = 6, 5  # after so many wrong ones in a row it opens nothing any more
_RUN = "0123456789" * 2


def read_pin(text: str) -> str:
    """The six digits, also of a wide keyboard or with spaces between them; "" = it is no PIN."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain if len(plain) == DIGITS and plain.isascii() and plain.isdigit() else ""


def too_easy(pin: str) -> bool:
    """One digit, a run, or a few digits again and again."""
    repeats = any(pin == pin[:n] * (DIGITS // n) for n in (1, 2, 3))
    return repeats or pin in _RUN or pin[::-1] in _RUN
