"""Answers that are a time: a day or hours ahead, a working day, a term, the day of a paper, a moment. Pure."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from cases.times.ahead import FARTHEST, day_ahead, hours, too_far
from cases.times.calendar import DAY_END, instant, is_working_day, local
from cases.times.phrases import When, when
from cases.typed.fold import fold
from handlers.talk.answers import NOTHING, Question, Taken
from handlers.talk.model import Asking, Facts, Option, Said, Talk, told

NOW = "now"
_AHEAD = {"today": 0, "tomorrow": 1, "after": 2}
_LATER = {
    "week": timedelta(days=7), "fortnight": timedelta(days=14), "month": timedelta(days=30),
}  # fmt: skip
_OLDEST = timedelta(days=60)  # a date without its year further back was meant for the year to come
_HOURS = {
    "day": (time(7), time(17)), "night": (time(17), time(7)), "whole": (time(7), time(7)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day from today on; `since` names the question whose day must not be later."""

    options: tuple[str, ...] = ("today", "tomorrow", "after")
    since: str = ""

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        if picked == NOW:
            return Taken(NOW)
        today = local(question.facts.now).date()
        day = day_ahead(said.text, question.facts.now)
        if picked:
            day = today + timedelta(days=_AHEAD[picked])
        if day is None or day < day_of(talk.answers.get(self.since, NOW), question.facts):
            return NOTHING
        return Taken(day.isoformat())


@dataclass(frozen=True, slots=True)
class Begins:
    """The first day of a decision, `within` so many days; another one is refused with the reason."""

    within: int
    options: tuple[str, ...] = ("today", "tomorrow")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        today = local(question.facts.now).date()
        if picked:
            return Taken((today + timedelta(days=_AHEAD[picked])).isoformat())
        day = day_ahead(said.text, question.facts.now)
        if day is None:
            return _cannot_be(said, question.facts, "work.begins_far")
        soon = day <= today + timedelta(days=self.within)
        return Taken(day.isoformat()) if soon else Taken(why="work.begins_far")


@dataclass(frozen=True, slots=True)
class WorkDay:
    """A working day whose close is still to come; another one is refused with the reason.

    What is offered is so many days ahead, or the first working day after that.
    """

    options: tuple[str, ...] = ("week", "fortnight", "month")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        facts = question.facts
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        if picked:
            return Taken(_working(local(facts.now).date() + _LATER[picked], facts).isoformat())
        day = day_ahead(said.text, facts.now)
        if day is None:
            return _cannot_be(said, facts)
        if instant(day, DAY_END) <= facts.now:
            return Taken(why="work.day_past")
        if not is_working_day(day, facts.calendar):
            return Taken(why="work.day_off")
        return Taken(day.isoformat())


def _cannot_be(said: Said, facts: Facts, far: str = "work.day_far") -> Taken:
    """Why a day that was named is none to come; NOTHING = none was named."""
    if too_far(said.text, facts.now):
        return Taken(why=far)
    found = when(said.text, facts.now) if said.text else None
    return Taken(why="work.day_past") if found is not None and not found.ahead else NOTHING


def _working(day: date, facts: Facts) -> date:
    while not is_working_day(day, facts.calendar):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Signed:
    """The day of a paper: today or not long ago; one that is still to come is refused with the reason."""

    options: tuple[str, ...] = ("today", "yesterday")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        now, today = question.facts.now, local(question.facts.now).date()
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        if picked:
            return Taken((today - timedelta(days=picked == "yesterday")).isoformat())
        found = when(said.text, now) if said.text else None
        if found is None or found.confidence == "about":
            later = found is not None and found.ahead
            ahead = later or day_ahead(said.text, now) is not None
            return Taken(why="work.day_future") if ahead else NOTHING
        return _day_of_paper(found, today)


def _day_of_paper(found: When, today: date) -> Taken:
    day = local(found.start).date()
    if today - day <= _OLDEST:
        return Taken(day.isoformat())
    return Taken(why="work.day_old" if str(day.year) in found.raw else "work.day_future")


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on a day; an hour that is not later means the next day."""

    options: tuple[str, ...] = ("day", "night", "whole")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        picked = question.pick(said, tuple(Option(one) for one in self.options))
        found = _HOURS[picked] if picked else hours(said.text)
        if found is None:
            return NOTHING
        return Taken({"from": found[0].isoformat("minutes"), "to": found[1].isoformat("minutes")})


def day_of(value: object, facts: Facts) -> date:
    """The day of an answer; now is today."""
    return local(facts.now).date() if value == NOW else date.fromisoformat(str(value))


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a term: so many days, or a day; never over, never before its beginning.

    It counts from the answer `since`, its first day; where one runs already, from its `last` day on.
    """

    options: tuple[str, ...] = ("days3", "days7", "days15")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        before = self._before(question, talk)
        picked = question.pick(said, tuple(Option(one) for one in self.options), numbers=False)
        many = _DAYS.search(picked or fold(said.text))
        day = day_ahead(said.text, question.facts.now)
        if many is not None:
            day = before + timedelta(days=int(many.group(1) or many.group(2)))
        last = local(question.facts.now).date() + FARTHEST
        if too_far(said.text, question.facts.now) if day is None else day > last:
            return Taken(why="work.day_far")
        return Taken(day.isoformat()) if day is not None and day > before else NOTHING

    def _before(self, question: Question, talk: Talk) -> date:
        """The day before the first one that can be the last; a term that lapsed goes on from today."""
        yesterday = local(question.facts.now).date() - timedelta(days=1)
        last, since = told(talk.answers, "last"), told(talk.answers, "since")
        if last is not None:
            return max(date.fromisoformat(last), yesterday)
        first = date.fromisoformat(since) if since is not None else yesterday
        return max(first - timedelta(days=1), yesterday)


_DAYS = re.compile(r"^days(\d{1,3})$|\b(\d{1,3}) (?:ngay|days?)\b(?! nua)")


@dataclass(frozen=True, slots=True)
class Seen:
    """When somebody was seen: a moment that is over. The words are kept as they were said."""

    options: tuple[str, ...] = ("just_now", "today", "yesterday")

    def ask(self, question: Question, talk: Talk) -> Asking:
        return Asking(question.key, question.text, tuple(Option(one) for one in self.options))

    def take(self, question: Question, talk: Talk, said: Said) -> Taken:
        if picked := question.pick(said, tuple(Option(one) for one in self.options)):
            return Taken(picked)
        if said.kind != "text" or not said.text:
            return NOTHING
        found, now = when(said.text, question.facts.now), question.facts.now
        ahead = too_far(said.text, now) if found is None else found.ahead
        return NOTHING if ahead else Taken(said.text)
