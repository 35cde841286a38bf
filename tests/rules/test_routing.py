"""Whom an alarm reaches: roles become people, and a step without people goes one up at once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.model import Case, Level, Person, Role, Status
from cases.policy import DEFAULT
from cases.roles import ROLES
from cases.routing import desk, people_for, reach

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
STAFF = [Person(role.value, role, "" if ROLES[role].city else "20500") for role in Role]
STEPS = DEFAULT.unanswered[Level.URGENT]
NOBODY = frozenset()


def names(people):
    return [person.id for person in people]


def without(*roles):
    return [one for one in STAFF if one.role not in roles]


@pytest.mark.parametrize(
    ("to", "called"),
    [
        (("officer",), ["officer"]),
        (("leader", "police"), ["leader", "police"]),
        (("supervisor",), ["supervisor"]),
        (("holder",), ["deputy"]),
        (("holder", "leader"), ["deputy", "leader"]),
        ((), []),
    ],
)
def test_a_step_calls_the_people_of_its_roles(to, called):
    assert names(people_for(to, replace(CASE, holder="deputy"), STAFF, NOBODY)) == called


def test_off_duty_excluded_removed_and_foreign_people_are_not_called():
    away = [replace(one, on_duty=False) for one in STAFF]
    gone = [replace(one, active=False) for one in STAFF]
    far = [replace(one, commune="20515") for one in STAFF]
    for staff in (away, gone, far):
        assert people_for(("officer",), CASE, staff, NOBODY) == ()
    assert people_for(("officer",), CASE, STAFF, frozenset({"officer"})) == ()


def test_who_is_on_leave_is_heard_through_whoever_stands_in_and_the_step_stays():
    away = [
        replace(one, substitute="deputy", on_duty=False) if one.id == "officer" else one
        for one in STAFF
    ]
    assert names(people_for(("officer",), CASE, away, NOBODY)) == ["deputy"]
    assert reach(STEPS, 0, CASE, away, NOBODY)[0] == 0
    held = replace(CASE, holder="officer")
    assert names(people_for(("holder",), held, away, NOBODY)) == ["officer", "deputy"]
    assert people_for(("officer",), CASE, away, frozenset({"deputy"})) == ()


def test_f40_a_chain_that_is_broken_calls_the_next_step():
    for changes in (
        {"officer": {"substitute": "nobody"}},
        {"officer": {"substitute": "deputy"}, "deputy": {"substitute": "officer"}},
    ):
        away = [replace(one, **changes.get(one.id, {})) for one in STAFF]
        away = [replace(one, on_duty=not one.substitute) for one in away]
        reached, people = reach(STEPS, 0, CASE, away, NOBODY)
        assert people
        assert reached > 0


def test_f40_a_substitute_off_duty_or_removed_calls_the_next_step():
    for change in ({"on_duty": False}, {"active": False}):
        away = [
            replace(one, substitute="deputy", on_duty=False) if one.id == "officer"
            else replace(one, **change) if one.id == "deputy" else one
            for one in STAFF
        ]  # fmt: skip
        reached, people = reach(STEPS, 0, CASE, away, NOBODY)
        assert (reached, names(people)) == (2, ["leader", "police"])


def test_f40_without_a_city_desk_a_leader_on_leave_is_called_rather_than_nobody():
    unplaced = replace(CASE, commune="")
    leaders = [Person(name, Role.LEADER, "20500", on_duty=False) for name in ("a", "b")]
    assert desk(unplaced, leaders, NOBODY) == ()
    away = [leaders[0], replace(leaders[1], substitute="x")]
    assert names(desk(unplaced, away, NOBODY)) == ["b"]
    assert names(desk(unplaced, [replace(leaders[0], on_duty=True), away[1]], NOBODY)) == ["a"]


def test_a_holder_off_duty_is_still_the_holder():
    held = replace(CASE, holder="officer")
    away = [replace(one, on_duty=False) for one in STAFF]
    assert names(people_for(("holder",), held, away, NOBODY)) == ["officer"]


def test_nobody_is_called_to_a_case_that_is_hidden_from_them():
    everybody = tuple(role.value for role in Role)
    in_commune = replace(CASE, flags=("conflict_commune",), holder="officer")
    assert names(people_for((*everybody, "holder"), in_commune, STAFF, NOBODY)) == [
        "supervisor", "admin",
    ]  # fmt: skip
    in_police = replace(CASE, flags=("conflict_police",))
    assert "police" not in names(people_for(everybody, in_police, STAFF, NOBODY))


@pytest.mark.parametrize(
    ("first", "missing", "step", "called"),
    [
        (0, (), 0, ["officer"]),
        (0, ("officer",), 1, ["deputy"]),
        (0, ("officer", "deputy"), 2, ["leader", "police"]),
        (0, ("officer", "deputy", "leader"), 2, ["police"]),
        (0, ("officer", "deputy", "leader", "police"), 3, ["supervisor"]),
        (2, (), 2, ["leader", "police"]),
        (2, ("leader", "police"), 3, ["supervisor"]),
    ],
)
def test_f39_a_step_without_people_goes_one_up_at_once(first, missing, step, called):
    reached, people = reach(STEPS, first, CASE, without(*missing), NOBODY)
    assert (reached, names(people)) == (step, called)


def test_a_case_without_a_commune_goes_to_the_city():
    step, people = reach(STEPS, 0, replace(CASE, commune=""), STAFF, NOBODY)
    assert (step, names(people)) == (3, ["supervisor"])


def test_a_conflict_in_the_commune_goes_to_the_city():
    step, people = reach(STEPS, 0, replace(CASE, flags=("conflict_commune",)), STAFF, NOBODY)
    assert (step, names(people)) == (3, ["supervisor"])


def test_an_administrator_alone_answers_for_nobody():
    admins = [one for one in STAFF if one.role is Role.ADMIN]
    assert reach(STEPS, 0, CASE, admins, NOBODY) == (len(STEPS) - 1, ())
    assert reach(STEPS, 0, CASE, [], NOBODY) == (len(STEPS) - 1, ())


def test_the_last_step_calls_everybody_who_may_know_and_the_administrator():
    last = len(STEPS) - 1
    assert names(reach(STEPS, last, CASE, STAFF, NOBODY)[1]) == [
        "officer", "deputy", "leader", "police", "supervisor", "admin",
    ]  # fmt: skip


LEADERS = [Person(f"leader-{code}", Role.LEADER, code) for code in ("20500", "20515", "20506")]


def test_without_a_city_desk_a_passed_over_commune_is_the_business_of_other_leaders():
    passed = replace(CASE, flags=("conflict_commune",))
    assert names(desk(passed, LEADERS, NOBODY)) == ["leader-20515", "leader-20506"]
    assert names(desk(passed, LEADERS, frozenset({"leader-20515"}))) == ["leader-20506"]
    assert names(desk(replace(CASE, commune=""), LEADERS, NOBODY)) == names(LEADERS)
    assert desk(CASE, LEADERS, NOBODY) == ()


def test_where_the_city_has_to_do_with_it_too_other_leaders_are_called():
    passed = replace(CASE, flags=("conflict_commune",))
    staff = [*STAFF, *LEADERS]
    assert names(reach(STEPS, 3, passed, staff, NOBODY)[1]) == ["supervisor"]
    assert names(reach(STEPS, 3, passed, staff, frozenset({"supervisor"}))[1]) == [
        "leader-20515", "leader-20506",
    ]  # fmt: skip
