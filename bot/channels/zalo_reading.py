"""What both Zalo channels read alike: times in two units, codes typed after a #, text in NFC."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

_MILLI_FROM = 10**12  # a number below it counts seconds
_ABSURD = 4_000_000_000  # seconds: in the year 2096
_START = re.compile(r"#(?=[\w-]*\d)(?=[\w-]*[A-Za-z])([A-Za-z0-9_-]{1,64})")


def when(stamp: Any) -> datetime | None:
    """A number, or text of one, in milliseconds or seconds; None for a missing or absurd one."""
    if isinstance(stamp, bool) or not isinstance(stamp, int | str) or not str(stamp).isdigit():
        return None
    if len(str(stamp)) > 15:
        return None
    number = int(stamp)
    seconds = number / 1000 if number >= _MILLI_FROM else float(number)
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _ABSURD else None


def nfc(text: Any) -> str:
    """Text as it was written. Raises TypeError for anything else."""
    if not isinstance(text, str):
        raise TypeError("text")
    return unicodedata.normalize("NFC", text).strip()


def start_code(text: str) -> str:
    """The code of a message that is nothing but `#CODE`; a word after a # is a report."""
    found = _START.fullmatch(text)
    return found.group(1) if found else ""


def named(value: Any, *path: str) -> str:
    """An id by its path, as text; "" where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
