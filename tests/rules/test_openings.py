"""Who may ask to open a case that is not theirs, and who may be the second person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.access import ACTS_OF_PART, View, may_do
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Role, Status
from cases.openings import MAY_ASK, may_agree, may_be_opened

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
HERE, THERE = "20500", "20515"
CASE = Case("c1", "7KQ4-2MDJ", HERE, Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
CITY = (Role.SUPERVISOR, Role.ADMIN)
CONFLICT = replace(CASE, flags=("conflict_commune",))


def somebody(role, commune=HERE, **more):
    return Person(f"p-{role}-{commune}", role, "" if role in CITY else commune, **more)


@pytest.mark.parametrize("role", Role)
def test_who_works_cases_for_a_commune_or_the_city_may_ask_and_nobody_who_is_concerned(role):
    asks = role in (Role.OFFICER, Role.DEPUTY, Role.LEADER, Role.SUPERVISOR)
    assert may_be_opened(somebody(role, THERE), CASE, excluded=False) is asks is (role in MAY_ASK)
    assert not may_be_opened(somebody(role), CASE, excluded=True)
    assert not may_be_opened(somebody(role, active=False), CASE, excluded=False)
    assert may_be_opened(somebody(role), CONFLICT, excluded=False) is (role is Role.SUPERVISOR)


@pytest.mark.parametrize("role", Role)
def test_the_second_person_is_the_city_or_the_leader_here_and_never_the_first(role):
    asker = Person("p-asker", Role.SUPERVISOR, "")
    fits = role in (Role.LEADER, Role.SUPERVISOR)
    assert may_agree(somebody(role), asker, CASE, excluded=False) is fits
    assert may_agree(somebody(role, THERE), asker, CASE, excluded=False) is (
        role is Role.SUPERVISOR
    )
    assert not may_agree(somebody(role), somebody(role), CASE, excluded=False)
    assert not may_agree(somebody(role), asker, CASE, excluded=True)
    assert may_agree(somebody(role), asker, CONFLICT, excluded=False) is (role is Role.SUPERVISOR)
    unplaced = replace(CASE, commune="")
    assert may_agree(somebody(role, ""), asker, unplaced, excluded=False) is (
        role is Role.SUPERVISOR
    )


def test_what_was_opened_in_need_is_read_and_hardly_worked_on():
    assert ACTS_OF_PART[View.OPENED] == (Act.NOTE, Act.RAISE, Act.EXCLUDE)
    assert not may_do(View.OPENED, Act.ACKNOWLEDGE)
