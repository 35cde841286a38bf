"""when(): `tối qua` -> an interval with a confidence. The raw words are always kept (DOMAIN.md 10)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cases.times.calendar import ZONE, local
from cases.times.english import from_english
from cases.times.lunar import last_tet, lunar_day
from cases.typed.fold import clean, fold

_PARTS = {
    "sang": (5, 11), "trua": (11, 14), "chieu": (13, 18), "toi": (18, 23), "dem": (21, 29),
    "khuya": (22, 27),
}  # fmt: skip
_PART = "|".join(_PARTS)
WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            ("thu 2", "thu hai", "t2"), ("thu 3", "thu ba", "t3"), ("thu 4", "thu tu", "t4"),
            ("thu 5", "thu nam", "t5"), ("thu 6", "thu sau", "t6"), ("thu 7", "thu bay", "t7"),
            ("cn", "chu nhat"),
        )
    )
    for name in names
}  # fmt: skip
# Words of a time that are other words with other marks: `tôi`, `tới` and `tội` are not `tối`.
# A word typed with marks counts only with these; one typed without is read as the time.
_SPELLED = {
    "toi": "tối", "sang": "sáng", "dem": "đêm", "qua": "qua", "nay": "nay", "mai": "mai",
    "sap": "sắp", "thang": "tháng", "tuan": "tuần", "gio": "giờ", "roi": "rồi", "thu": "thứ",
    "tet": "tết", "cuoi": "cuối", "hom": "hôm", "kia": "kia", "trua": "trưa", "chieu": "chiều",
    "dau": "đầu", "bay": "bảy", "sau": "sáu sau", "ba": "ba", "tu": "tư", "nam": "năm",
}  # fmt: skip
_DIALECT = {
    "tới": "den", "hổm": "hom do", "bữa": "hom", "hồi": "luc", "chừng": "khoang", "nãy": "vua nay",
    "bua": "hom", "hoi": "luc", "chung": "khoang",
}  # fmt: skip
_MARKED = re.compile(r"[^\W\d_]+")

_AGO = re.compile(
    r"(?<!thu )(?<!ngay )(?<!mung )(?<!hom )\b(\d+) (phut|tieng|gio|ngay|hom|tuan|thang) truoc\b"
)
_AGO_TOO = re.compile(r"\bcach day (?:khoang )?(\d+) (phut|tieng|gio|ngay|hom|tuan|thang)\b")
_HOUR = re.compile(r"\b(\d{1,2}) ?(?:h|gio|g)(?: ?(\d{2}))?(?: (ruoi))?\b|\b(\d{1,2}) (ruoi)\b")
_DATE = re.compile(r"\b(\d{1,2}) (?:thang )?(\d{1,2})(?: (?:nam )?(\d{4}))?\b")
_LUNAR = re.compile(r"\b(\d{1,2}) (?:thang )?(\d{1,2})\b(?=.*\b(?:am lich|tet)\b)")
_TET = re.compile(r"(?<!sap )(?<!toi )(?<!den )\btet\b")
_LAST_WEEK = re.compile(r"\btuan (?:truoc|roi|qua)\b")
_PAST = re.compile(
    rf"\b(?:hom (?:qua|kia|do)|(?:{_PART}) qua|(?:tuan|thang|nam) (?:roi|qua)"
    r"|(?:tuan|thang|nam|hom|ngay|luc) truoc)\b"
)
_AHEAD = re.compile(rf"\b(?:ngay mai|(?:{_PART}) mai|sap|(?:tuan|thang) (?:sau|toi|den))\b")


@dataclass(frozen=True, slots=True)
class When:
    """From-to in UTC; confidence: exact | part | day | about. `ahead`: it is still to come."""

    start: datetime
    end: datetime
    confidence: str
    raw: str
    rule: str
    ahead: bool = False


def when(text: str, now: datetime) -> When | None:
    """The time meant by a phrase, as of `now`; None = not understood, and unknown stays unknown."""
    folded = plain(text)
    here = local(now)
    for rule in (_ago, _lunar, _ahead, _vague, _day, _mai):
        found = rule(folded, here)
        if found is not None:
            start, end, confidence = found
            ahead = start > here or rule is _ahead
            return When(
                start.astimezone(UTC), end.astimezone(UTC), "about" if ahead else confidence,
                text, rule.__name__[1:], ahead,
            )  # fmt: skip
    return None


_Span = tuple[datetime, datetime, str] | None


def plain(text: str) -> str:
    """Folded words of a time, in one dialect and one language; other words of the same letters are gone."""
    lower = unicodedata.normalize("NFC", clean(text).lower())
    dates = re.sub(r"(\d)[/\-.](\d)", r"\1 \2", lower)
    dates = re.sub(r"\b(tuần|tháng) này\b", r"\1 nay", dates)
    folded = fold(_MARKED.sub(lambda match: _word(match.group()), dates))
    folded = re.sub(r"\btoi (?=gio\b|bay gio\b)", "den ", folded)
    return from_english(folded)


def _word(typed: str) -> str:
    if typed in _DIALECT:
        return _DIALECT[typed]
    bare = fold(typed)
    if typed != bare and bare in _SPELLED and typed not in _SPELLED[bare].split():
        return "x"  # some other word
    return typed


def _ago(text: str, here: datetime) -> _Span:
    match = _AGO.search(text) or _AGO_TOO.search(text)
    if not match:
        return None
    amount, unit = min(int(match.group(1)), 9000), match.group(2)
    if unit in ("ngay", "hom"):
        return _whole_day(here.date() - timedelta(days=min(amount, 3650)), "day")
    if unit in ("tuan", "thang"):
        days = amount * (7 if unit == "tuan" else 30)
        middle, around = here.date() - timedelta(days=min(days, 36500)), 3 if unit == "tuan" else 15
        return _days(
            middle - timedelta(days=around),
            min(middle + timedelta(days=around), here.date()),
            "about",
        )
    span = timedelta(minutes=amount) if unit == "phut" else timedelta(hours=amount)
    return here - span, here - span, "exact"


def _lunar(text: str, here: datetime) -> _Span:
    """Lunar days and Tết are never surer than about; the last one is meant."""
    match = _LUNAR.search(text)
    if match and 1 <= int(match.group(1)) <= 30 and 1 <= int(match.group(2)) <= 12:
        first, last = lunar_day(int(match.group(1)), int(match.group(2)), here.date())
        return _days(first, last, "about")
    if _TET.search(text) and _which_day(text, here.date()) is None:
        first = last_tet(here.date())
        return _days(first - timedelta(days=3), first + timedelta(days=6), "about")
    return None


def _ahead(text: str, here: datetime) -> _Span:
    """Words that look ahead are kept as what they are: a plan, never exact. A past word beside them wins."""
    match = None if _PAST.search(text) else _AHEAD.search(text)
    if match is None:
        return None
    today, monday = here.date(), here.date() - timedelta(days=here.weekday())
    if match.group().startswith("tuan"):
        return _days(monday + timedelta(days=7), monday + timedelta(days=13), "about")
    if match.group().startswith("thang"):
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return _days(
            first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), "about"
        )
    if match.group() == "sap":
        return here, _at(today + timedelta(days=3), 24), "about"
    return _days(today + timedelta(days=1), today + timedelta(days=1), "about")


def _mai(text: str, here: datetime) -> _Span:
    """`mai` alone is tomorrow where nothing else was a time; Mai is also a name."""
    tomorrow = here.date() + timedelta(days=1)
    return _whole_day(tomorrow, "about") if re.search(r"\bmai\b", text) else None


def _vague(text: str, here: datetime) -> _Span:
    today, monday = here.date(), here.date() - timedelta(days=here.weekday())
    if re.search(r"\b(?:may|vai) (?:hom|ngay)\b", text):
        return _days(today - timedelta(days=5), today - timedelta(days=2), "about")
    if re.search(r"\b(?:luc|vua|moi|ban) nay\b", text):
        return here - timedelta(hours=2), here, "about"
    if "cuoi tuan truoc" in text:
        return _days(monday - timedelta(days=2), monday - timedelta(days=1), "day")
    if "dau tuan nay" in text:
        return _days(monday, monday, "day")
    return _long(text, today, monday) if _which_day(text, today) is None else None


def _long(text: str, today: date, monday: date) -> _Span:
    if re.search(r"\bhom (?:do|truoc)\b", text):
        return _days(today - timedelta(days=5), today - timedelta(days=2), "about")
    if _LAST_WEEK.search(text):
        return _days(monday - timedelta(days=7), monday - timedelta(days=1), "about")
    if re.search(r"\btuan nay\b", text):
        return _days(monday, today, "about")
    if re.search(r"\bthang (?:truoc|roi|qua)\b", text):
        last = today.replace(day=1) - timedelta(days=1)
        return _days(last.replace(day=1), last, "about")
    return None


def _day(text: str, here: datetime) -> _Span:
    day = _which_day(text, here.date())
    part = next((name for name in _PARTS if re.search(rf"\b{name}\b", text)), "")
    if day is None and re.search(rf"\bluc (?:{_PART})\b", text):
        return _last_part(part, here)
    if day is None and not (part and re.search(r"\b(nay|qua)\b", text)):
        return None
    day = day or here.date() - timedelta(days=bool(re.search(r"\bqua\b", text)))
    hour = _HOUR.search(text)
    if hour:
        return _clock(hour, part, day, here)
    if part:
        start, end = _PARTS[part]
        return _at(day, start), _at(day, end), "part"
    return _whole_day(day, "day")


def _last_part(part: str, here: datetime) -> _Span:
    """`hồi chiều`: the last afternoon that has begun."""
    start, end = _PARTS[part]
    day = here.date()
    day -= timedelta(days=_at(day, start) > here)
    return _at(day, start), _at(day, end), "part"


def _which_day(text: str, today: date) -> date | None:
    for words, back in (("hom kia", 2), ("hom qua", 1), ("hom nay", 0)):
        if re.search(rf"\b{words}\b", text):
            return today - timedelta(days=back)
    if re.search(rf"\b(?:{_PART}) nay\b", text):
        return today
    if re.search(rf"\b(?:{_PART}) qua\b", text):
        return today - timedelta(days=1)
    for name, weekday in WEEKDAYS.items():
        if re.search(rf"\b{name}\b", text):
            return _weekday(weekday, today, bool(_LAST_WEEK.search(text)))
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
        if not date.min < found < date.max:
            return None  # its hours lie outside every calendar
        # Past is assumed where no year is said: 20/12 typed in November is last year's.
        return found if year or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None


def _clock(match: re.Match[str], part: str, day: date, here: datetime) -> _Span:
    hour = int(match.group(1) or match.group(4))
    minute = 30 if match.group(3) or match.group(5) else int(match.group(2) or 0)
    if hour > 23 or minute > 59:
        return _whole_day(day, "day")
    at = _at(day, _of_the_day(hour, part)) + timedelta(minutes=minute)
    if at > here and at.date() > day and (day < here.date() or here.hour < 6):
        at -= timedelta(days=1)  # said in that very night: it is not still to come
    return at, at, "exact"


def _of_the_day(hour: int, part: str) -> int:
    """The hour counted from the day's midnight: 2h of a night is 26, 1h at noon is 13."""
    if part in ("dem", "khuya") and hour < 6:
        return hour + 24
    if part in ("toi", "dem", "khuya") and hour == 12:
        return 24
    if part in ("chieu", "toi", "dem", "khuya") and hour < 12:
        return hour + 12
    return hour + 12 if part == "trua" and hour < 4 else hour


def _whole_day(day: date, confidence: str) -> _Span:
    return _days(day, day, confidence)


def _days(first: date, last: date, confidence: str) -> _Span:
    return _at(first, 0), _at(last, 24), confidence


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hour)
