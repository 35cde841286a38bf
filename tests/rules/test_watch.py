"""Whichever clocks were lost, an open case owes some; every rule of the watch has words of its own."""

from datetime import UTC, datetime

import pytest

from cases.deadlines import ARMED, DEADLINES
from cases.incident_types import KINDS
from cases.model import Case, Level, Status
from cases.owed import clocks_owed
from cases.watch import WATCH
from locales.catalog import LANGUAGES, Catalog

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
OPEN = [one for one in Status if one is not Status.CLOSED]


def case(status, kind="other", holder="p-lan", level=Level.HIGH):
    return Case("c", "7KQ4-2MDJ", "20500", level, kind, status, 1, NOW, NOW, holder=holder)


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize("kind", KINDS)
def test_every_open_case_owes_a_clock_that_goes_on(status, kind):
    for level in Level:
        owed = clocks_owed(case(status, kind, level=level))
        assert owed and set(owed) <= ARMED & set(DEADLINES)


@pytest.mark.parametrize("status", OPEN)
def test_where_nobody_has_it_the_alarm_rings_first(status):
    assert clocks_owed(case(status, holder=""))[0] == "unanswered"


def test_an_urgent_case_that_nobody_took_owes_the_twelve_hours():
    assert "emergency" in clocks_owed(case(Status.RECEIVED, holder="", level=Level.URGENT))


def test_who_plans_is_not_asked_what_they_do_meanwhile():
    assert clocks_owed(case(Status.APPROVAL)) == ("approve",)


def test_a_closed_case_owes_nothing():
    assert clocks_owed(case(Status.CLOSED, holder="")) == ()


def test_every_rule_says_what_it_is_and_what_to_do():
    catalog, said = Catalog.load(), set()
    for lang in LANGUAGES:
        for rule in WATCH:
            values = {"rule": rule, "count": 1, "at": "20:15", "at_day": "23/11"}
            said.add(catalog.say(lang, "notice.watch", **values).split(". ", 1)[1])
    assert len(said) == len(WATCH) * len(LANGUAGES)
