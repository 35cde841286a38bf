"""when(): `tối qua` -> an interval with a confidence. The raw words are always kept (DOMAIN.md 10)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cases.times.calendar import ZONE, local
from cases.typed.fold import fold

_PARTS = {
    "sang": (5, 11), "trua": (11, 14), "chieu": (13, 18), "toi": (18, 23), "dem": (21, 29),
    "khuya": (22, 27),
}  # fmt: skip
_WEEKDAYS = {
    "thu 2": 0,
    "thu 3": 1,
    "thu 4": 2,
    "thu 5": 3,
    "thu 6": 4,
    "thu 7": 5,
    "cn": 6,
    "chu nhat": 6,
}
_AGO = re.compile(r"(\d+) (phut|tieng|gio|ngay) truoc")
_HOUR = re.compile(r"\b(\d{1,2}) ?(?:h|gio|g)(?: ?(\d{2}))?(?: (ruoi))?\b|\b(\d{1,2}) (ruoi)\b")
_DATE = re.compile(r"\b(\d{1,2}) (?:thang )?(\d{1,2})(?: (?:nam )?(\d{4}))?\b")


@dataclass(frozen=True, slots=True)
class When:
    """From-to in UTC; confidence: exact | part | day | about."""

    start: datetime
    end: datetime
    confidence: str
    raw: str
    rule: str


def when(text: str, now: datetime) -> When | None:
    """The time meant by a phrase, as of `now`; None = not understood, and unknown stays unknown."""
    folded = _dialect(re.sub(r"[.]", "/", text.lower()))
    here = local(now)
    for rule in (_ago, _vague, _day):
        found = rule(folded, here)
        if found is not None:
            start, end, confidence = found
            confidence = "about" if start > here else confidence
            return When(
                start.astimezone(UTC), end.astimezone(UTC), confidence, text, rule.__name__[1:]
            )
    return None


_Span = tuple[datetime, datetime, str] | None


def _dialect(text: str) -> str:
    dates = re.sub(r"(\d)[/\-](\d)", r"\1 \2", text)
    folded = fold(dates)
    for said, meant in (("bua", "hom"), ("hoi", "luc"), ("chung", "khoang")):
        folded = re.sub(rf"\b{said}\b", meant, folded)
    return folded


def _ago(text: str, here: datetime) -> _Span:
    match = _AGO.search(text)
    if not match:
        return None
    amount, unit = int(match.group(1)), match.group(2)
    if unit == "ngay":
        return _whole_day(here.date() - timedelta(days=min(amount, 3650)), "day")
    span = timedelta(minutes=amount) if unit == "phut" else timedelta(hours=min(amount, 9000))
    return here - span, here - span, "exact"


def _vague(text: str, here: datetime) -> _Span:
    today, monday = here.date(), here.date() - timedelta(days=here.weekday())
    if re.search(r"\b(may|vai) (hom|ngay)\b", text):
        return _days(today - timedelta(days=5), today - timedelta(days=2), "about")
    if "cuoi tuan truoc" in text:
        return _days(monday - timedelta(days=2), monday - timedelta(days=1), "day")
    if "dau tuan nay" in text:
        return _days(monday, monday, "day")
    if text in ("tuan truoc", "tuan roi"):
        return _days(monday - timedelta(days=7), monday - timedelta(days=1), "about")
    if re.search(r"\b(thang truoc|thang roi)\b", text):
        last = today.replace(day=1) - timedelta(days=1)
        return _days(last.replace(day=1), last, "about")
    return _ahead(text, today, monday)


def _ahead(text: str, today: date, monday: date) -> _Span:
    """Words that look ahead are kept as what they are: a plan, never exact."""
    if re.search(r"\b(ngay mai|sang mai|chieu mai|toi mai|mai)\b", text):
        return _days(today + timedelta(days=1), today + timedelta(days=1), "about")
    if re.search(r"\btuan (sau|toi)\b", text):
        return _days(monday + timedelta(days=7), monday + timedelta(days=13), "about")
    return None


def _day(text: str, here: datetime) -> _Span:
    day = _which_day(text, here.date())
    part = next((name for name in _PARTS if re.search(rf"\b{name}\b", text)), "")
    if day is None and not (part and re.search(r"\b(nay|qua)\b", text)):
        return None
    day = day or here.date() - timedelta(days="qua" in text)
    hour = _HOUR.search(text)
    if hour:
        return _clock(hour, part, day)
    if part:
        start, end = _PARTS[part]
        return _at(day, start), _at(day, end), "part"
    return _whole_day(day, "day")


def _which_day(text: str, today: date) -> date | None:
    for words, back in (("hom kia", 2), ("hom qua", 1), ("hom nay", 0)):
        if words in text:
            return today - timedelta(days=back)
    if re.search(r"\b(sang|trua|chieu|toi|dem|khuya) nay\b", text):
        return today
    if re.search(r"\b(sang|trua|chieu|toi|dem|khuya) (hom )?qua\b", text):
        return today - timedelta(days=1)
    for name, weekday in _WEEKDAYS.items():
        if re.search(rf"\b{name}\b", text):
            return _weekday(weekday, today, "tuan truoc" in text)
    return _calendar_day(text, today)


def _weekday(weekday: int, today: date, last_week: bool) -> date:
    if last_week:
        return today - timedelta(days=today.weekday() + 7 - weekday)
    return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)


def _calendar_day(text: str, today: date) -> date | None:
    match = _DATE.search(text)
    if not match:
        return None
    day, month, year = match.groups()
    try:
        found = date(int(year or today.year), int(month), int(day))
        # Past is assumed where no year is said: 20/12 typed in November is last year's.
        return found if year or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None


def _clock(match: re.Match[str], part: str, day: date) -> _Span:
    hour = int(match.group(1) or match.group(4))
    minute = 30 if match.group(3) or match.group(5) else int(match.group(2) or 0)
    if part in ("chieu", "toi", "dem") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return _whole_day(day, "day")
    at = _at(day, hour) + timedelta(minutes=minute)
    return at, at, "exact"


def _whole_day(day: date, confidence: str) -> _Span:
    return _days(day, day, confidence)


def _days(first: date, last: date, confidence: str) -> _Span:
    return _at(first, 0), _at(last, 24), confidence


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hour)
