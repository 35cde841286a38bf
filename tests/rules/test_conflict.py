"""Who takes whom out of a case, and who lets them in again: only the level above."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.conflict import may_let_in, may_take_out, stands_above, to_release
from cases.model import Case, Level, Person, Role, Status
from cases.policy import DEFAULT
from cases.routing import people_for

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
R = Role
WORKERS = (R.OFFICER, R.DEPUTY, R.LEADER, R.POLICE, R.SUPERVISOR)


def somebody(role, who="a", commune="20500"):
    return Person(f"{who}-{role}", role, "" if role is R.SUPERVISOR else commune)


ABOVE = {
    R.OFFICER: {R.LEADER, R.SUPERVISOR},
    R.DEPUTY: {R.LEADER, R.SUPERVISOR},
    R.LEADER: {R.SUPERVISOR},
    R.POLICE: {R.SUPERVISOR},
    R.SUPERVISOR: {R.SUPERVISOR},
    R.COLLABORATOR: {R.OFFICER, R.LEADER, R.SUPERVISOR},
    R.ADMIN: set(),
}


@pytest.mark.parametrize("role", Role)
def test_the_way_up_leads_to_the_city(role):
    assert {one for one in Role if stands_above(one, role)} == ABOVE[role]


TAKES_OUT = {
    R.OFFICER: set(),
    R.DEPUTY: set(),
    R.POLICE: set(),
    R.LEADER: {R.OFFICER, R.DEPUTY, R.POLICE},
    R.SUPERVISOR: {R.OFFICER, R.DEPUTY, R.LEADER, R.POLICE, R.SUPERVISOR},
}
LETS_IN = {**TAKES_OUT, R.LEADER: {R.OFFICER, R.DEPUTY}}


@pytest.mark.parametrize("doer", WORKERS)
def test_the_level_above_says_it_about_others_and_alone_takes_it_back(doer):
    for other in WORKERS:
        out = may_take_out(somebody(doer), somebody(other, "b"))
        assert out is (other in TAKES_OUT[doer]), other
        back = may_let_in(somebody(doer), somebody(other, "b"))
        assert back is (other in LETS_IN[doer]), other


@pytest.mark.parametrize("role", WORKERS)
def test_everybody_may_step_aside_and_nobody_comes_back_by_themselves(role):
    assert may_take_out(somebody(role), somebody(role))
    assert not may_let_in(somebody(role), somebody(role))


def test_a_leader_says_nothing_about_people_of_another_commune():
    far = somebody(R.OFFICER, "b", "20515")
    assert not may_take_out(somebody(R.LEADER), far)
    assert not may_let_in(somebody(R.LEADER), far)


@pytest.mark.parametrize("role", Role)
def test_only_the_city_shows_the_case_to_a_whole_unit_again(role):
    case = replace(CASE, flags=("child", "conflict_police", "conflict_commune", "conflict_school"))
    flags = ("conflict_commune", "conflict_police") if role is R.SUPERVISOR else ()
    assert to_release(somebody(role), case) == flags
    assert to_release(somebody(role), CASE) == ()
    left = replace(CASE, flags=("conflict_commune_20515",))
    assert to_release(somebody(role), left) == (left.flags if role is R.SUPERVISOR else ())


@pytest.mark.parametrize("flags", [(), ("conflict_school",)])
@pytest.mark.parametrize("kind", ["violence_school", "neglect"])
@pytest.mark.parametrize("level", Level)
def test_no_collaborator_is_ever_alerted_by_itself(level, kind, flags):
    case = replace(CASE, flags=flags, kind=kind, level=level)
    staff = [somebody(role) for role in Role]
    for step in DEFAULT.unanswered[level]:
        assert R.COLLABORATOR not in step.to
        called = people_for(step.to, case, staff, frozenset())
        assert R.COLLABORATOR not in {one.role for one in called}
