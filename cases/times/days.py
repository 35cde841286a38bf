"""Which day is meant: `hom kia`, `thu 6 tuan truoc`, `20 thang 11`, in words as spelled() leaves them."""

import re
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
_NAMED = re.compile(rf"\b({'|'.join(_BACK)}|{WEEKDAY})\b")
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
    if re.search(rf"\b(?:{PART}) nay\b", text):
        return today
    if re.search(rf"\b(?:{PART}) qua\b", text):
        return today - timedelta(days=1)
    if named := re.search(rf"\b({WEEKDAY})\b", text):
        return _weekday(WEEKDAYS[named.group(1)], today, text)
    return _calendar_day(text, today)


def named_days(text: str, today: date) -> list[date]:
    """Every day of a week that is named, and yesterday and the like, in their order."""
    found = {_named(name, today, text) for name in _NAMED.findall(text)}
    return sorted(day for day in found if day <= today)


def _named(name: str, today: date, text: str) -> date:
    if name in _BACK:
        return today - timedelta(days=_BACK[name])
    return _weekday(WEEKDAYS[name], today, text)


def _weekday(weekday: int, today: date, text: str) -> date:
    monday = today - timedelta(days=today.weekday())
    if week := LAST_WEEK.search(text):
        return monday + timedelta(days=weekday - (14 if week.group(1) else 7))
    if "tuan nay" in text:
        return monday + timedelta(days=weekday)
    return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)


def _calendar_day(text: str, today: date) -> date | None:
    """Past is assumed where no year is said: 20/12 typed in November is last year's."""
    if match := _DATE.search(text):
        day, month, year = match.groups()
        found = _made(int(year or today.year), int(month), int(day))
        if found is None or year or found <= today:
            return found
        return _made(today.year - 1, int(month), int(day))
    if alone := _DAY_OF_MONTH.search(text):
        before = today.replace(day=1) - timedelta(days=1)
        months = ((one.year, one.month) for one in (today, before))
        number = int(alone.group(1) or alone.group(2))
        days = [_made(*month, number) for month in months]
        return next((day for day in days if day is not None and day <= today), None)
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
