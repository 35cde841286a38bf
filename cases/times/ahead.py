"""Times still to come: `thứ 7` -> a day, `7h30 đến 17h` -> hours. For shifts and leave, never for cases."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from cases.times.calendar import local
from cases.times.days import WEEKDAYS
from cases.times.english import from_english
from cases.typed.fold import clean, fold

FARTHEST = timedelta(days=180)  # a day typed further ahead is a slip of the thumb
_JUST_OVER = timedelta(days=60)  # a date without its year was meant for the past when this near
_NEAR = (
    (r"\bday after ngay mai\b|\bngay (?:kia|mot)\b|^(?:kia|mot)$", 2),
    (r"\bmai\b", 1),
    (r"\b(?:hom|sang|trua|chieu|toi|dem|bay gio|luc) nay\b|^nay$", 0),
)
_IN_DAYS = re.compile(r"\b(\d{1,3}) ngay nua\b|\bin (\d{1,3}) days?\b")
_DATE = re.compile(r"\b(\d{1,2}) (?:thang )?(\d{1,2})(?: (?:nam )?(\d{4}))?\b")
_DAY_OF_MONTH = re.compile(r"\bngay (\d{1,2})\b")
_CUT = re.compile(r"\s*(?:[-–—]|\b(?:đến|den|tới|to|until)\b|\btoi\b(?= *\d))\s*")
_CLOCK = re.compile(
    r"(?:tu |luc |from )?(\d{1,2})(?: ?(?:h|g|gio))?(?: ?(\d{2}))?(?: (ruoi))?"
    r"(?: (sang|trua|chieu|toi|dem|khuya))?(?: hom sau| ngay mai| mai)?"
)


def day_ahead(text: str, now: datetime) -> date | None:
    """The day meant, today or later, at most half a year away; None = not understood."""
    today = local(now).date()
    found = _named(_plain(text), today)
    return found if found is not None and today <= found <= today + FARTHEST else None


def too_far(text: str, now: datetime) -> bool:
    """Whether a day to come is meant that is further ahead than anybody plans."""
    folded, today = _plain(text), local(now).date()
    found = _named(folded, today)
    if found is None or found <= today + FARTHEST:
        return False
    typed = _DATE.search(folded)
    with_year = typed is None or typed.group(3) is not None
    return with_year or today - (found - timedelta(days=365)) > _JUST_OVER


def _named(folded: str, today: date) -> date | None:
    """The day that the words name, however far away."""
    for words, ahead in _NEAR:
        if re.search(words, folded):
            return today + timedelta(days=ahead)
    if later := _IN_DAYS.search(folded):
        return today + timedelta(days=int(later.group(1) or later.group(2)))
    for name, weekday in WEEKDAYS.items():
        if re.search(rf"\b{name}\b", folded):
            return _weekday(weekday, today, next_week="tuan sau" in folded)
    return _date(folded, today)


def hours(text: str) -> tuple[time, time] | None:
    """From when to when; the same or an earlier hour means the next day. None = not understood."""
    parts = _CUT.split(unicodedata.normalize("NFC", clean(text).lower()))
    if len(parts) != 2:
        return None
    first, last = _clock(parts[0]), _clock(parts[1])
    return (first, last) if first is not None and last is not None else None


def _plain(text: str) -> str:
    lower = unicodedata.normalize("NFC", clean(text).lower())
    return from_english(fold(re.sub(r"(\d)[/\-.](\d)", r"\1 \2", lower)))


def _weekday(weekday: int, today: date, *, next_week: bool) -> date:
    """The next one after today; of next week, the one in it."""
    if next_week:
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _date(text: str, today: date) -> date | None:
    """A date without its year, or a day without its month, is the next one there is."""
    if match := _DATE.search(text):
        day, month, year = match.groups()
        if year:
            return _made(int(year), int(month), int(day))
        found = _made(today.year, int(month), int(day))
        later = _made(today.year + 1, int(month), int(day))
        return later if found is None or found < today else found
    alone = _DAY_OF_MONTH.search(text)
    for first in (today.replace(day=1) + timedelta(days=ahead) for ahead in (0, 31)):
        found = _made(first.year, first.month, int(alone.group(1))) if alone else None
        if found is not None and found >= today:
            return found
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    match = _CLOCK.fullmatch(from_english(fold(text)))
    if match is None:
        return None
    hour, part = int(match.group(1)), match.group(4) or ""
    minute = 30 if match.group(3) else int(match.group(2) or 0)
    late = part in ("chieu", "toi") or (part in ("dem", "khuya") and hour >= 6)
    if hour < 12 and (late or (part == "trua" and hour < 4)):
        hour += 12
    elif hour == 12 and part in ("toi", "dem", "khuya"):
        hour = 24
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
