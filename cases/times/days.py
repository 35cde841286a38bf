"""Which day is meant: `hom kia`, `thu 6 tuan truoc`, `20 thang 11`, in words as spelled() leaves them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

PARTS = {
    "rangsang": (3, 6), "sangsom": (5, 7), "xechieu": (15, 18), "chaptoi": (18, 20),
    "nuadem": (23, 25), "sang": (5, 11), "trua": (11, 14), "chieu": (13, 18), "toi": (18, 23),
    "dem": (21, 29), "khuya": (22, 27),
}  # fmt: skip
PART = "|".join(PARTS)
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
WEEKDAY = "|".join(WEEKDAYS)
LAST_WEEK = re.compile(r"\btuan (?:truoc|roi|qua|vua roi|vua qua)\b( nua)?")
_BACK = {"hom kiaz": 3, "hom kia": 2, "hom qua": 1, "hom nay": 0}
_ENDINGS = {"qua": 1, "nay": 0, "kia": 2}
_NAMED = re.compile(rf"\b({'|'.join(_BACK)}|(?:{PART}) (?:{'|'.join(_ENDINGS)})|{WEEKDAY})\b")
_THIS_OR_THAT_WEEK = re.compile(r"\btuan (?:nay|truoc|roi|qua|vua)\b|\bvua (?:roi|qua)\b")
_YEARS_AGO = re.compile(r"(?<!thang )\b(\d{1,2}) nam truoc\b")
_DATE = re.compile(
    r"\b(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?\b(?!(?: \w+){0,3} (?:am lich|am|al)\b)"
)
_DAY_OF_MONTH = re.compile(
    r"\b(?:ngay|hom) (\d{1,2})\b(?! (?:lan|bua|tieng|gio|nguoi|dua|den|thang(?! nay))\b)"
    rf"|\b(?:{PART}) (\d{{2}})$"
)


def which_day(text: str, today: date) -> date | None:
    """The one day that is meant, not later than today; None = none, or none that can be."""
    for words, back in _BACK.items():
        if re.search(rf"\b{words}\b", text):
            return today - timedelta(days=back)
    for ending in ("nay", "qua", "kia"):
        if re.search(rf"\b(?:{PART}) {ending}\b", text):
            return today - timedelta(days=_ENDINGS[ending])
    if named := re.search(rf"\b({WEEKDAY})\b", text):
        return _weekday(WEEKDAYS[named.group(1)], today, text)
    return _calendar_day(text, today)


def named_days(text: str, today: date) -> list[date]:
    """Every day that is named, in their order. A weekday beside its own date is that date."""
    dates = {day for day in _dates(text, today) if day is not None}
    own = {day.weekday() for day in dates}
    names = (one for one in _NAMED.findall(text) if WEEKDAYS.get(one) not in own)
    found = dates | {_named(name, today, text) for name in names}
    return sorted(day for day in found if day <= today)


def maybe_today(text: str, today: date) -> bool:
    """The weekday that is named is today's, and nobody said which one: this one or the last."""
    named = re.search(rf"\b({WEEKDAY})\b", text)
    same = named is not None and WEEKDAYS[named.group(1)] == today.weekday()
    return same and not _THIS_OR_THAT_WEEK.search(text)


def said_year(text: str, today: date) -> int:
    """The year that is named and not to come, 0 = none."""
    if ago := _YEARS_AGO.search(text):
        return today.year - int(ago.group(1))
    if re.search(r"\bnam kia\b", text):
        return today.year - 2
    if re.search(r"\bnam (?:ngoai|truoc|roi)\b", text):
        return today.year - 1
    named = re.search(r"\bnam (20\d\d)\b", text)
    return int(named.group(1)) if named and int(named.group(1)) <= today.year else 0


def _named(name: str, today: date, text: str) -> date:
    if name in WEEKDAYS:
        return _weekday(WEEKDAYS[name], today, text)
    back = _BACK[name] if name in _BACK else _ENDINGS[name.rsplit(maxsplit=1)[-1]]
    return today - timedelta(days=back)


def _weekday(weekday: int, today: date, text: str) -> date:
    monday = today - timedelta(days=today.weekday())
    if week := LAST_WEEK.search(text):
        return monday + timedelta(days=weekday - (14 if week.group(1) else 7))
    if "tuan nay" in text:
        return monday + timedelta(days=weekday)
    return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)


def _calendar_day(text: str, today: date) -> date | None:
    return next(_dates(text, today), None)


def _dates(text: str, today: date) -> Iterator[date | None]:
    """Dates, then days of a month that stand alone; None = one that cannot be."""
    for match in _DATE.finditer(text):
        day, month, year = match.groups()
        yield _in_the_past(int(day), int(month), int(year or said_year(text, today)), today)
    for alone in _DAY_OF_MONTH.finditer(text):
        before = today.replace(day=1) - timedelta(days=1)
        months = ((one.year, one.month) for one in (today, before))
        number = int(alone.group(1) or alone.group(2))
        days = [_made(*month, number) for month in months]
        yield next((day for day in days if day is not None and day <= today), None)


def _in_the_past(day: int, month: int, year: int, today: date) -> date | None:
    """Past is assumed where no year is said: 20/12 typed in November is last year's."""
    found = _made(year or today.year, month, day)
    if found is None or year or found <= today:
        return found
    return _made(today.year - 1, month, day)


def _made(year: int, month: int, day: int) -> date | None:
    """None = no such day, or of a year that nobody who writes here means (31/12/9999 ends the calendar)."""
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
