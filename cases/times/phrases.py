"""when(): `tối qua` -> an interval with a confidence. The raw words are always kept (DOMAIN.md 10)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cases.times.calendar import ZONE, local
from cases.times.days import (
    LAST_WEEK,
    PART,
    PARTS,
    WEEKDAY,
    WEEKDAYS,
    maybe_today,
    named_days,
    said_year,
    which_day,
)
from cases.times.lunar import last_day, last_tet, lunar_day
from cases.times.spelling import spelled
from cases.typed.fold import fold, untelex, unvni

_LONG = 1_000  # characters; a time told later than that is not looked for
_UNIT = "phut|tieng|gio|ngay|hom|tuan|thang"
_COUNT = rf"(?:(\d+) den )?(\d+) ({_UNIT})( ruoi)?"
_AGO = re.compile(
    rf"(?<!thu )(?<!ngay )(?<!mung )(?<!hom )\b{_COUNT} truoc\b|\bcach day (?:khoang )?{_COUNT}\b"
)
_SINCE = re.compile(
    r"(?<!thu )(?<!ngay )(?<!mung )\b(\d{1,3}) (ngay|hom|tuan|thang|tieng|gio) (nay|roi)\b"
)
_SOME = re.compile(rf"\b(?:may|vai) ({_UNIT})\b")
_LATELY = re.compile(
    r"\bhom do (?:ray|nay|gio)\b|\bhom (?:ray|gio)\b|\b(?:may|vai) (?:hom|ngay|toi|dem) (?:nay|ray|gio)\b"
)
_MONTH_LONG = re.compile(
    r"\b(?:ca|suot|hon) thang nay\b|\bdao (?:nay|gan day)\b|\b(?:thoi gian|lau) (?:nay|gan day)\b"
)
_JUST = re.compile(
    r"\b(?:luc|vua|moi|moiz|ban) nay\b|\bvua xong\b|\b(?:vua|moi|moiz) (?:vua|xong|tuc thi)\b"
)
_NOW = re.compile(r"^(?:ngay )?(?:bay gio|luc nay|dang xay ra)$")
_NIGHT_BEFORE = re.compile(
    rf"\b(?:luc|khi) hom\b(?! (?:qua|kia|kiaz|nay|do|\d|{WEEKDAY}|truoc|mot|hai))"
)

_APPROX = r"(?:\b(khoang) (?:luc )?)?"
_HOUR = re.compile(
    rf"{_APPROX}\b(\d{{1,2}}) ?(?:h|gio|g)(?: ?(\d{{2}}))?(?: (ruoi))?\b|\b(\d{{1,2}}) (ruoi)\b"
)
_TO = rf"(?: ({PART}))?(?: (?:hom )?(?:qua|nay))?"
_HOURS = re.compile(
    rf"{_APPROX}\b(\d{{1,2}}) ?(?:h|gio|g)?(?: ?(\d{{2}}))?{_TO} den "
    rf"(\d{{1,2}}) ?(?:h|gio|g)(?: ?(\d{{2}}))?\b{_TO}"
)
_LUNAR = re.compile(r"\b(\d{1,2}) thang (\d{1,2})\b(?=(?: \w+){0,3} (?:am lich|am|al)\b)( nhuan)?")
_LUNAR_DAY = re.compile(r"\bmung (\d{1,2})\b(?! (?:thang|tet)\b)")
_FULL_MOON = re.compile(r"\bram\b(?: thang (\d{1,2})\b)?( nhuan)?")
_FEASTS = (
    ("trung thu", 15, 8),
    ("vu lan", 15, 7),
    ("doan ngo", 5, 5),
    ("ong tao|ong cong", 23, 12),
)
_NEW_YEAR = re.compile(r"\b(?:mung )?(\d{1,2}) tet\b")
_TET = re.compile(r"(?<!sap )(?<!toi )(?<!den )\btet\b")
_GONE = re.compile(r"\b(?:vua )?(?:roi|qua|truoc)\b")

_PAST = re.compile(
    rf"\b(?:hom (?:qua|kia|kiaz|do)|(?:{PART}) qua|(?:tuan|thang|nam) (?:roi|qua)|vua (?:roi|qua)"
    r"|(?:tuan|thang|nam|hom|ngay|luc) truoc)\b"
)
_AHEAD = re.compile(
    rf"\bngay mai\b|\b(?:{PART}) mai\b|\bsap\b|\b(?:tuan|thang) (?:sau|toi|den)\b(?: (nua)\b)?"
)
_LATER = re.compile(rf"\b(\d{{1,3}}) ({_UNIT}) nua\b|\b(?:lat|chut|ti|xiu) nua\b")
_AFTER_TOMORROW = re.compile(r"\bngay (?:mot|motz|kia)\b|\bhom (?:mot|motz)\b")
_NOT_THAT = rf"(?! (?:nay|gio|bay|hom|ngay|luc|khi|{WEEKDAY}))"
_NEXT = re.compile(
    rf"\b({WEEKDAY}) (?:(?:tuan )?nay|den{_NOT_THAT}|toi$)|\bcuoi tuan nay\b"
    r"|\bngay (\d{1,2}) (?:den|toi$)"
)

_MONTH = re.compile(
    r"(?:\b(dau|giua|cuoi) )?\bthang (nay|truoc|roi|qua|vua roi|(?<!\d thang )(?:1[0-2]|0?[1-9]))\b"
    r"(?! (?:tuoi|am))"
)
_NIGHT_TO_DAWN = re.compile(r"^(.*\b(?:toi|dem|khuya)\b.*?) ?\brangsang\b")
_ONE_DAY = rf"(?:ngay |hom )?(?:{WEEKDAY}|hom \w+|\d+ thang \d+(?: nam \d+)?)"
_FROM_TO = re.compile(rf"^(?:tu )?{_ONE_DAY} den {_ONE_DAY}\b")
_UNTIL_NOW = re.compile(r"\btu (.+) den (?:bay )?(?:gio|nay)\b")
# Beside a day these say that it is not that very one, or that nobody is sure; `thứ sáu`, `tuần trước` do not.
_LOOSE = re.compile(
    r"(?<!thu )(?<!tuan )(?<!thang )(?<!nam )(?<!hom )(?<!ngay )(?<!luc )\b(?:khoang|truoc|sau|gan) "
    r"(?:luc |dip |le )?(?:ngay |hom )?(?:\d|(?<=hom )(?:qua|kia|nay))"
    r"|\b(?:gi do|hinh nhu|co le|khong (?:chac|nho))\b"
)
_THIRDS = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, 31)}
_IN_LAST_WEEK = {"dau": (7, 6, "about"), "giua": (5, 4, "about"), "cuoi": (2, 1, "day")}
_KEYBOARD = re.compile(r"aa|ee|oo|dd|[aou]w|[aeiouy][sfrxj]\b|[a-z][1-9]")


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
    found = _read(text, text, now)
    bare = fold(text)
    if found is None and _KEYBOARD.search(bare):
        decoded = {untelex(bare), unvni(bare)} - {bare}
        return next((one for words in sorted(decoded) if (one := _read(words, text, now))), None)
    return found


def _read(words: str, raw: str, now: datetime) -> When | None:
    folded, here = spelled(words[:_LONG]), local(now)
    for rule in (_now, _ago, _lunar, _ahead, _vague, _day, _mai):
        found = rule(folded, here)
        if found is not None and found[0] <= found[1]:  # "from next year until now" is no time
            start, end, confidence = found
            ahead = start > here or rule is _ahead
            return When(
                start.astimezone(UTC), end.astimezone(UTC), "about" if ahead else confidence,
                raw, rule.__name__[1:], ahead,
            )  # fmt: skip
    return None


_Span = tuple[datetime, datetime, str] | None


def _now(text: str, here: datetime) -> _Span:
    return (here, here, "about") if _NOW.search(text) else None


# So long ago


def _ago(text: str, here: datetime) -> _Span:
    if match := _AGO.search(text):
        least, most, unit, half = match.groups()[:4] if match.group(2) else match.groups()[4:]
        loose = bool(least) or "khoang" in text
        if unit in ("ngay", "hom") and not loose:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return _within(rest, _earlier(here.date(), min(int(most), 9000), unit), here)
        return _back(here, min(int(most), 9000), unit, (int(least or most), bool(half), loose))
    if match := _SINCE.search(text):
        amount, unit = int(match.group(1)), match.group(2)
        if match.group(3) == "nay" and unit not in ("tieng", "gio"):
            return _days(_earlier(here.date(), amount, unit), here.date(), "about")
        span = _back(here, amount, unit, (amount, False, True))
        return (*span[:2], "about") if span else None
    return None


def _back(here: datetime, most: int, unit: str, how: tuple[int, bool, bool]) -> _Span:
    """`how`: the smaller of two numbers, and a half, more or less."""
    least, half, loose = how
    today = here.date()
    if unit in ("phut", "tieng", "gio"):
        minute = timedelta(minutes=1 if unit == "phut" else 60)
        around = timedelta(minutes=30 if loose and least == most and unit != "phut" else 0)
        last = here - least * minute - half * minute / 2
        first = here - most * minute - half * minute / 2
        return first - around, min(last + around, here), "about" if loose else "exact"
    if unit in ("ngay", "hom"):
        return _days(_earlier(today, most, unit), _earlier(today, least, unit), "about")
    wide = timedelta(days=3 if unit == "tuan" else 15)
    begin, end = _earlier(today, most, unit) - wide, _earlier(today, least, unit) + wide
    return _days(begin, min(end, today), "about")


def _earlier(today: date, amount: int, unit: str) -> date:
    days = {"ngay": 1, "hom": 1, "tuan": 7, "thang": 30}[unit]
    return today - timedelta(days=min(amount * days, 36500))


# The moon's calendar


def _lunar(text: str, here: datetime) -> _Span:
    """Lunar days and Tết are never surer than about; the last one is meant."""
    today = here.date()
    if (match := _LUNAR.search(text)) and 1 <= int(match.group(1)) <= 30:
        day, month = int(match.group(1)), int(match.group(2))
        return _moon(lunar_day(day, month, today, leap=bool(match.group(3))))
    if match := _FULL_MOON.search(text):
        if match.group(1):
            return _moon(lunar_day(15, int(match.group(1)), today, leap=bool(match.group(2))))
        return _last_moon(15, text, today)
    if match := _LUNAR_DAY.search(text):
        return _last_moon(int(match.group(1)), text, today)
    return _feast(text, today)


def _feast(text: str, today: date) -> _Span:
    for names, day, month in _FEASTS:
        if re.search(rf"\b(?:{names})\b", text):
            return _moon(lunar_day(day, month, today))
    if "giao thua" in text:
        eve = last_tet(today) - timedelta(days=1)
        return _moon((eve, eve))
    if match := _NEW_YEAR.search(text):
        day = int(match.group(1))
        return _moon(lunar_day(day, 1 if day < 16 else 12, today)) if 1 <= day <= 30 else None
    if _TET.search(text) and which_day(text, today) is None:
        first = last_tet(today)
        return _days(first - timedelta(days=3), first + timedelta(days=6), "about")
    return None


def _last_moon(day: int, text: str, today: date) -> _Span:
    """`rằm vừa rồi` said on such a day is the one before."""
    found = last_day(day, today - timedelta(days=bool(_GONE.search(text))))
    return _days(found, found, "about") if found and 1 <= day <= 30 else None


def _moon(found: tuple[date, date] | None) -> _Span:
    return _days(*found, "about") if found else None


# Still to come


def _ahead(text: str, here: datetime) -> _Span:
    """Words that look ahead are kept as what they are: a plan, never exact. A past word beside them wins."""
    if _PAST.search(text):
        return None
    if match := _LATER.search(text):
        return _in_so_long(match, here)
    if _AFTER_TOMORROW.search(text):
        day = here.date() + timedelta(days=2)
        return _days(day, day, "about")
    if match := _NEXT.search(text):
        return _next(match, here.date())
    match = _AHEAD.search(text)
    return _later(match, here) if match else None


def _in_so_long(match: re.Match[str], here: datetime) -> _Span:
    if not match.group(1):
        return here, here + timedelta(hours=3), "about"
    amount, unit = int(match.group(1)), match.group(2)
    if unit in ("phut", "tieng", "gio"):
        at = here + timedelta(minutes=amount * (1 if unit == "phut" else 60))
        return at, at, "about"
    day = here.date() + (here.date() - _earlier(here.date(), amount, unit))
    return _days(day, day, "about")


def _next(match: re.Match[str], today: date) -> _Span:
    """The next such day; one of this week that is over is none to come."""
    monday = today - timedelta(days=today.weekday())
    if match.group(2):
        number = int(match.group(2))
        days = (today + timedelta(days=n) for n in range(1, 32))
        day = next((day for day in days if day.day == number), None)
        return _days(day, day, "about") if day else None
    if match.group(1):
        name, ending = match.group(1), match.group().removeprefix(match.group(1))
        day = monday + timedelta(days=WEEKDAYS[name])
        if day <= today and "nay" not in ending:
            day += timedelta(days=7)
        return _days(day, day, "about") if day > today else None
    saturday = monday + timedelta(days=5)
    return _days(saturday, saturday + timedelta(days=1), "about") if today < saturday else None


def _later(match: re.Match[str], here: datetime) -> _Span:
    today, monday = here.date(), here.date() - timedelta(days=here.weekday())
    if match.group().startswith("tuan"):
        first = monday + timedelta(days=14 if match.group(1) else 7)
        return _days(first, first + timedelta(days=6), "about")
    if match.group().startswith("thang"):
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return _days(first, _month_end(first), "about")
    if match.group() == "sap":
        return here, _at(today + timedelta(days=3), 24), "about"
    return _days(today + timedelta(days=1), today + timedelta(days=1), "about")


def _mai(text: str, here: datetime) -> _Span:
    """`mai` alone is tomorrow where nothing else was a time; Mai is also a name."""
    tomorrow = here.date() + timedelta(days=1)
    return _days(tomorrow, tomorrow, "about") if re.search(r"\bmai\b", text) else None


# Nobody knows exactly


def _vague(text: str, here: datetime) -> _Span:
    today = here.date()
    if (until := _UNTIL_NOW.search(text)) and (since := which_day(until.group(1), today)):
        return _days(since, today, "about")
    if _LATELY.search(text):
        return _days(today - timedelta(days=5), today, "about")
    if "hom kiaz" in text:
        return _days(today - timedelta(days=3), today - timedelta(days=3), "about")
    if match := _SOME.search(text):
        return _some(match.group(1), here)
    if _JUST.search(text):
        return here - timedelta(hours=2), here, "about"
    if _NIGHT_BEFORE.search(text):
        return _at(today - timedelta(days=1), 18), _at(today, 5), "about"
    if match := re.search(r"\b(dau|giua|cuoi) tuan (?:truoc|roi|qua|vua roi|vua qua)\b", text):
        first, last, confidence = _IN_LAST_WEEK[match.group(1)]
        monday = today - timedelta(days=here.weekday())
        return _days(monday - timedelta(days=first), monday - timedelta(days=last), confidence)
    if "dau tuan nay" in text:
        monday = today - timedelta(days=here.weekday())
        return _days(monday, monday, "day")
    return _long(text, today) if which_day(text, today) is None else None


def _some(unit: str, here: datetime) -> _Span:
    """`mấy`, `vài`: two to five."""
    today = here.date()
    if unit in ("phut", "tieng", "gio"):
        one = timedelta(minutes=1 if unit == "phut" else 60)
        return here - 5 * one, here - 2 * one, "about"
    if unit == "thang":
        return _days(_months_back(today, 5), _months_back(today, 2), "about")
    return _days(_earlier(today, 5, unit), _earlier(today, 2, unit), "about")


def _long(text: str, today: date) -> _Span:
    monday = today - timedelta(days=today.weekday())
    if re.search(r"\bhom (?:do|truoc)\b", text):
        return _days(today - timedelta(days=5), today - timedelta(days=2), "about")
    if week := LAST_WEEK.search(text):
        first = monday - timedelta(days=14 if week.group(1) else 7)
        return _days(first, first + timedelta(days=6), "about")
    if re.search(r"\b(?:ca|suot|hon) tuan nay\b", text):
        return _days(today - timedelta(days=7), today, "about")
    if re.search(r"\btuan nay\b", text):
        return _days(monday, today, "about")
    if _MONTH_LONG.search(text):
        return _days(today - timedelta(days=30), today, "about")
    return _month(text, today) or _year(text, today)


def _year(text: str, today: date) -> _Span:
    if "dau nam den" in text:
        return _days(date(today.year, 1, 1), today, "about")
    if "dau nam nay" in text:
        return _days(date(today.year, 1, 1), min(date(today.year, 3, 31), today), "about")
    year = said_year(text, today)
    return _days(date(year, 1, 1), date(year, 12, 31), "about") if year else None


def _month(text: str, today: date) -> _Span:
    """A month, or the beginning, middle or end of it; the last one that has begun."""
    match = _MONTH.search(text)
    if match is None:
        return None
    third, said = match.groups()
    first = today.replace(day=1)
    if said.isdigit():
        year = said_year(text, today) or today.year - (int(said) > today.month)
        first = date(year, int(said), 1)
    elif said != "nay":
        first = _months_back(first, 1)
    begin, end = _THIRDS.get(third, (1, 31))
    last = min(first + timedelta(days=end - 1), _month_end(first))
    last = last if third else min(last, today)
    return _days(first.replace(day=begin), last, "about")


def _months_back(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 - months
    first = date(at // 12, at % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), _month_end(first))


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


# A day, a part of it, a clock


def _day(text: str, here: datetime) -> _Span:
    if night := _NIGHT_TO_DAWN.search(text):
        day = which_day(night.group(1), here.date())
        return (_at(day, 21), _at(day, 30), "about") if day else None
    days = named_days(text, here.date())
    if len(days) > 1:
        return _days(days[0], days[-1], "day" if _FROM_TO.search(text) else "about")
    day = days[0] if days else which_day(text, here.date())
    if day is None:
        return _no_day(text, here)
    span = _within(text, day, here)
    that_week = LAST_WEEK.search(text) and not re.search(WEEKDAY, text)
    unsure = day < here.date() and maybe_today(text, here.date())
    return (*span[:2], "about") if unsure or that_week or _LOOSE.search(text) else span


def _no_day(text: str, here: datetime) -> _Span:
    """A part of the day, or a clock, and nothing else."""
    said = re.search(rf"\b({PART})\b", text)
    part = said.group(1) if said else ""
    if re.search(rf"\b(?:luc|khi|tu) (?:{PART})\b|\bban (?:sang|trua|chieu|toi)\b", text):
        return _last_part(part, here)
    return _clock_alone(text, part, here)


def _within(text: str, day: date, here: datetime) -> tuple[datetime, datetime, str]:
    """The clock, or the parts of the day, that are said beside a day; else the whole of it."""
    said = list(dict.fromkeys(re.findall(rf"\b({PART})\b", text)))
    if clock := _clock(text, said, day, here):
        return clock
    if said:
        start, end = min(PARTS[one][0] for one in said), max(PARTS[one][1] for one in said)
        return _at(day, start), _at(day, end), "about" if "nuadem" in said else "part"
    return _days(day, day, "day")


def _last_part(part: str, here: datetime) -> _Span:
    """`hồi chiều`: the last afternoon that has begun."""
    start, end = PARTS[part]
    day = here.date()
    day -= timedelta(days=_at(day, start) > here)
    return _at(day, start), _at(day, end), "part"


def _clock(
    text: str, said: list[str], day: date, here: datetime
) -> tuple[datetime, datetime, str] | None:
    """A clock time of that day; from one to another; or half an hour around it.

    Where two are said, or none knows whether it was morning or evening, only the day is sure.
    """
    if match := _HOURS.search(text):
        return _from_to(match, said[0] if len(said) == 1 else "", day, here)
    clocks = list(_HOUR.finditer(text))
    if not clocks:
        return None
    part = _beside(clocks[0], said)
    at = _moment(_of_match(clocks[0]), part, day, here)
    around = timedelta(minutes=30 if clocks[0].group(1) else 0)
    if at is None or len(clocks) > 1 or not (part or _whole(clocks[0].group(2))):
        return _days(day, day, "day")
    return at - around, at + around, "about" if around else "exact"


def _beside(clock: re.Match[str], said: list[str]) -> str:
    """The part of the day that belongs to this clock: the only one, or the one right behind it."""
    if len(said) == 1:
        return said[0]
    behind = re.match(rf" ({PART})\b", clock.string[clock.end() :])
    part = behind.group(1) if behind else ""
    night = part in ("sang", "rangsang") and "dem" in said  # 2h sáng đêm qua
    return "dem" if night and _of_match(clock)[0] < 6 else part


def _whole(hour: str | None) -> bool:
    """An hour as it is counted to 24: `15h`, `0h`, `08:30`; `8h` may be of the evening."""
    return hour is not None and (int(hour) > 12 or hour.startswith("0"))


def _from_to(
    match: re.Match[str], part: str, day: date, here: datetime
) -> tuple[datetime, datetime, str]:
    """From one clock to another; through the night only where both say their part of the day."""
    loose, hour, minute, begins, to_hour, to_minute, ends = match.groups()
    if not (begins or ends or part or _whole(hour) or _whole(to_hour)):
        return _days(day, day, "day")
    start = _moment((int(hour), int(minute or 0)), begins or part, day, here)
    end = _moment((int(to_hour), int(to_minute or 0)), ends or begins or part, day, here)
    if start is not None and end is not None and end < start and begins and ends:
        end += timedelta(days=1)
    if start is None or end is None or end <= start:
        return _days(day, day + timedelta(days=1), "about")
    return start, end, "about" if loose else "exact"


def _clock_alone(text: str, part: str, here: datetime) -> _Span:
    """`10h tối`, `15h30`: the last one there was, and never surer than about."""
    match = _HOUR.search(text)
    if match is None or not (part or _of_match(match)[0] > 12):
        return None
    at = _moment(_of_match(match), part, here.date(), here)
    if at is not None and at > here:
        at = _moment(_of_match(match), part, here.date() - timedelta(days=1), here)
    return (at, at, "about") if at else None


def _of_match(match: re.Match[str]) -> tuple[int, int]:
    half = match.group(4) or match.group(6)
    return int(match.group(2) or match.group(5)), 30 if half else int(match.group(3) or 0)


def _moment(clock: tuple[int, int], part: str, day: date, here: datetime) -> datetime | None:
    hour, minute = clock
    if hour > 23 or minute > 59:
        return None
    at = _at(day, _of_the_day(hour, part)) + timedelta(minutes=minute)
    if at > here and at.date() > day and (day < here.date() or here.hour < 6):
        at -= timedelta(days=1)  # said in that very night: it is not still to come
    return at


def _of_the_day(hour: int, part: str) -> int:
    """The hour counted from the day's midnight: 2h of a night is 26, 1h at noon is 13."""
    late = part in ("toi", "chaptoi", "dem", "nuadem", "khuya")
    if part in ("dem", "nuadem", "khuya") and hour < 6:
        return hour + 24
    if late and hour == 12:
        return 24
    if (late or part in ("chieu", "xechieu")) and hour < 12:
        return hour + 12
    return hour + 12 if part == "trua" and hour < 4 else hour


def _days(first: date, last: date, confidence: str) -> tuple[datetime, datetime, str]:
    return _at(first, 0), _at(last, 24), confidence


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(), ZONE) + timedelta(hours=hour)
