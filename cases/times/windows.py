"""Hours of the day in words: `buổi tối`, `từ 7 đến 9 giờ tối`. Whatever is not quite clear is not guessed."""

import re

from cases.times.spelling import plain
from cases.typed.fold import clean

Window = tuple[int, int]  # minutes after midnight; the end may lie beyond midnight, and is outside

_DAY = 24 * 60
ALWAYS: Window = (0, _DAY)
_PARTS = {
    "sang": (6, 11), "trua": (11, 14), "chieu": (13, 18), "toi": (18, 21), "dem": (21, 29),
    "khuya": (22, 27),
}  # fmt: skip
_PART = "|".join(_PARTS)
_ENGLISH = (
    ("mornings?", "sang"), ("noon", "trua"), ("afternoons?", "chieu"), ("evenings?", "toi"),
    ("nights?", "dem"), ("from|between", "tu"), ("to|and|until", "den"), ("in the|at|the|every", "vao"),
)  # fmt: skip
_FILL = r"(?:(?:vao|luc|buoi|ban|moi) )*"
_END = r"(?: (?:nhe|nha|a|thoi))*"
_CLOCK = r"(\d{1,2})(?: ?(?:h|g|gio))?(?: ?(\d{2}))?"
_ONE_PART = re.compile(rf"{_FILL}({_PART}){_END}")
_HALF = rf"{_CLOCK}(?: {_FILL}({_PART}))?"
_FROM_TO = re.compile(rf"{_FILL}(?:tu )?{_HALF} (?:den )?{_HALF}{_END}")
_AT = re.compile(rf"{_FILL}(\d{{1,2}}) ?(?:h|g|gio)(?: ?(\d{{2}}))?(?: {_FILL}({_PART}))?{_END}")


def window(text: str) -> Window | None:
    """The hours meant, if the whole text is nothing but hours; None = not understood."""
    said = _words(text)
    if part := _ONE_PART.fullmatch(said):
        start, end = _PARTS[part.group(1)]
        return (start * 60, end * 60)
    if span := _FROM_TO.fullmatch(said):
        return _from_to(span)
    if hour := _AT.fullmatch(said):
        begins = _minute(hour.group(1), hour.group(2), hour.group(3))
        return None if begins is None else (begins, begins + 60)
    return None


def always(hours: Window) -> bool:
    """Whether no hour of the day lies outside."""
    return hours[1] - hours[0] >= _DAY


def clock(minute: int) -> str:
    """`18:00`, for minutes after midnight."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _words(text: str) -> str:
    """Folded words of hours; `từ` is no day of the week here, and English says the same."""
    said = plain(re.sub(r"\btừ\b", "tu", clean(text).lower()))
    for word, meant in _ENGLISH:
        said = re.sub(rf"\b(?:{word})\b", meant, said)
    return said


def _from_to(span: re.Match[str]) -> Window | None:
    hour, minute, part, then, minute_then, part_then = span.groups()
    start, end = _minute(hour, minute, part or part_then), _minute(then, minute_then, part_then)
    if start is None or end is None or start == end:
        return None
    return (start, end) if start < end else (start, end + _DAY)


def _minute(hour: str, minute: str | None, part: str | None) -> int | None:
    """Minutes after midnight; an hour that could be morning or evening is not clear."""
    at, past = int(hour), int(minute or 0)
    if at > 23 or past > 59 or (part is None and at <= 12):
        return None
    return _of_the_day(at, part or "") * 60 + past


def _of_the_day(at: int, part: str) -> int:
    """8 in the evening is 20, 12 at night is 0, 1 at noon is 13."""
    late = part in ("chieu", "toi", "dem", "khuya")
    if late and 5 <= at < 12:
        return at + 12
    if (part == "chieu" and at < 5) or (part == "trua" and at < 3):
        return at + 12
    return 0 if part in ("toi", "dem", "khuya") and at == 12 else at
