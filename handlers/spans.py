"""An interval of time in words: hours as everybody says them, or as staff write them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from cases.times.calendar import local
from handlers.actor import Kit


def span_words(kit: Kit, lang: str, value: Mapping[str, Any], *, public: bool = False) -> str:
    """An interval that was understood: `khoảng 18 giờ đến 23 giờ ngày 22/11`."""
    say = kit.catalog.say
    start, end = (local(datetime.fromisoformat(value[name])) for name in ("from", "to"))
    whole = start.time() == end.time() == time() and start < end
    last = end - timedelta(days=1) if whole else end
    days = {"day": _day(kit, lang, start), "last": _day(kit, lang, last)}
    if whole and start.date() == last.date():
        return say(lang, "span.about" if value["confidence"] == "about" else "span.day", **days)
    if whole:
        return say(lang, "span.days", **days)
    hours = {
        name: _hour(kit, lang, at, public=public) for name, at in (("from", start), ("to", end))
    }
    exact = value["confidence"] == "exact"
    if start == end:
        return say(lang, "span.at" if exact else "span.near", **days, **hours)
    if start.date() != end.date():
        return say(lang, "span.night", **days, **hours)
    return say(lang, "span.between" if exact else "span.around", **days, **hours)


def _day(kit: Kit, lang: str, at: datetime) -> str:
    """With its year where that is not this one."""
    day = kit.catalog.day(lang, at.day, at.month)
    if at.year == local(kit.clock.now()).year:
        return day
    return kit.catalog.say(lang, "time.day_of", day=day, year=str(at.year))


def _hour(kit: Kit, lang: str, at: datetime, *, public: bool) -> str:
    if public:
        return kit.catalog.say(
            lang, "span.hour", hour=str(at.hour), minute=f"{at:%M}" if at.minute else "none"
        )
    return f"{at:%H:%M}"
