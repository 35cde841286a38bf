"""Answers that lie ahead: a day, and hours of it. Pure."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from cases.times.ahead import day_ahead, hours
from cases.times.calendar import local
from handlers.talk.answers import NOTHING, Question, Taken
from handlers.talk.model import Asking, Facts, Option, Said, Talk

NOW = "now"
_AHEAD = {"today": 0, "tomorrow": 1, "after": 2}
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
