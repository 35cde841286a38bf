"""The words of the morning and of the week: codes, levels, times and counts, as on any lock screen. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.figures import SMALL, Week
from cases.model import Case, Level
from cases.times.calendar import local

LINES = 10
_ORDER = (Level.URGENT, Level.UNKNOWN, Level.HIGH, Level.MEDIUM, Level.LOW)
_URGENCY = {"late": 0, "today": 1}
Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One open case of somebody's morning, and when its next clock is due."""

    case: Case
    due: datetime | None


def in_order(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """What is overdue first, then what is due today, then by level and age."""

    def rank(one: Entry) -> tuple[int, int, datetime]:
        level = _ORDER.index(one.case.level)
        return _URGENCY.get(_how(one, now), 2), level, one.case.received_at

    return sorted(entries, key=rank)


def morning(say: Say, entries: Sequence[Entry], now: datetime) -> str:
    """How many cases are open, and the first of them line by line."""
    here = local(now)
    late = sum(_how(one, now) == "late" for one in entries)
    free = sum(not one.case.holder for one in entries)
    head = say("digest.morning", day=_day(say, here), count=len(entries), late=late, free=free)
    lines = [_line(say, one, now) for one in in_order(entries, now)[:LINES]]
    more = len(entries) - LINES
    return "\n".join([head, *lines, *([say("digest.more", count=more)] if more > 0 else [])])


def _day(say: Say, here: datetime) -> str:
    return say("time.day", day=here.day, month=here.month)


def _how(entry: Entry, now: datetime) -> str:
    if entry.due is None:
        return "none"
    if entry.due <= now:
        return "late"
    return "today" if local(entry.due).date() == local(now).date() else "later"


def _line(say: Say, entry: Entry, now: datetime) -> str:
    due = local(entry.due or now)
    return say(
        "digest.line", code=entry.case.code, level=say(f"level.{entry.case.level}"),
        state=say(f"state.{entry.case.status}"), due=_how(entry, now), at=f"{due:%H:%M}",
        day=_day(say, due),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noted:
    """Something a leader looks over: which case, which role, how often; no word of the case."""

    code: str
    role: str
    what: str  # raise | lower | read
    count: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """A week as one person may see it. `silent`: roles of colleagues; `quiet`: names of communes."""

    week: Week
    since: datetime
    until: datetime  # its last day
    lowered: int
    levels: Sequence[Noted] = ()  # changed by people
    night: Sequence[Noted] = ()  # read out of hours
    silent: Sequence[str] = ()
    quiet: Sequence[str] = ()
    unheard: Sequence[str] = ()  # of the drill: roles, or outside names of communes


def weekly(say: Say, summary: Summary, *, outside: bool) -> str:
    """The week, a line for each figure. `outside`: it leaves the commune, so small counts are masked."""
    week, show = summary.week, masked if outside else str
    levels = {level.value: show(week.by_level[level]) for level in Level}
    new = masked_sum(say, [week.by_level[one] for one in Level]) if outside else str(week.new)
    lines = [
        say(
            "weekly.head",
            since=_day(say, local(summary.since)),
            until=_day(say, local(summary.until)),
        ),
        say("weekly.new", count=new),
        # Where the sum is masked, so is each of its parts.
        *([say("weekly.levels", **levels)] if week.new >= (SMALL if outside else 1) else []),
        *_in_time(say, week, outside=outside),
        *_minutes(say, week, outside=outside),
        say("weekly.now", open=show(week.open), late=show(week.overdue), closed=show(week.closed)),
        say("weekly.lowered", count=show(summary.lowered)),
    ]
    lines += _noted(say, "levels_changed", summary.levels)
    lines += _noted(say, "night", summary.night)
    if summary.silent:
        lines.append(say("weekly.silent", roles=", ".join(summary.silent)))
    if summary.unheard:
        key = "weekly.unheard_there" if outside else "weekly.unheard"
        lines.append(say(key, names=", ".join(summary.unheard)))
    if summary.quiet:
        lines.append(say("weekly.quiet", names=", ".join(summary.quiet)))
    return "\n".join(lines)


def _noted(say: Say, head: str, notes: Sequence[Noted]) -> list[str]:
    """How many, then code by code with the role; nothing where there was none."""
    if not notes:
        return []
    count = sum(one.count for one in notes)
    lines = [
        say(
            "weekly.noted", code=one.code, role=say(f"role.{one.role}"), what=one.what,
            count=one.count,
        )
        for one in notes[:LINES]
    ]  # fmt: skip
    more = len(notes) - LINES
    rest = [say("digest.more", count=more)] if more > 0 else []
    return [say(f"weekly.{head}", count=count), *lines, *rest]


def _in_time(say: Say, week: Week, *, outside: bool) -> list[str]:
    if not week.answerable:
        return []
    if not outside:
        return [say("weekly.in_time", count=week.in_time, all=week.answerable)]
    if week.answerable < SMALL:
        return []
    # In tenths: from the exact share the few that were late could be counted.
    return [say("weekly.share", percent=round(10 * week.in_time / week.answerable) * 10)]


def _minutes(say: Say, week: Week, *, outside: bool) -> list[str]:
    if len(week.urgent_minutes) < (SMALL if outside else 1):
        return []
    return [say("weekly.minutes", mean=week.mean, median=week.median)]


def masked(count: int) -> str:
    """A count that leaves the commune."""
    return f"< {SMALL}" if count < SMALL else str(count)


def masked_sum(say: Say, cells: Sequence[int]) -> str:
    """A total beside its cells: from an exact one a single masked cell could be reckoned."""
    shown, whole = sum(one for one in cells if one >= SMALL), sum(cells)
    if whole < SMALL:
        return masked(whole)
    if min(cells) >= SMALL:
        return str(whole)
    return say("weekly.at_least", count=max(shown, SMALL))
