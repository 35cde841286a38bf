"""Who is there: shifts, leave, chains of substitutes; never a circle, never nobody without a word."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.duty import (
    Leave,
    LeaveState,
    Shift,
    ShiftState,
    ShiftStep,
    answer_by,
    may_plan,
    moments,
    overlap,
    stand_in,
    substitutes_for,
    there,
    would_loop,
)
from cases.model import Person, Role
from cases.roles import ROLES
from cases.times.calendar import ZONE, local

HERE = "20500"
NOW = datetime(2026, 11, 23, 20, 15, tzinfo=ZONE)
STAFF = [Person(role.value, role, "" if ROLES[role].city else HERE) for role in Role]
BY = {one.id: one for one in STAFF}


def staff(**changes):
    """Everybody, with what is said of some: officer={"substitute": "deputy"}."""
    return [replace(one, **changes.get(one.id, {})) for one in STAFF]


def one(people, name):
    return next(person for person in people if person.id == name)


def leave(person, substitute, start=0, end=3, state=LeaveState.ASKED):
    days = [NOW + timedelta(days=n) for n in (start, end)]
    return Leave(f"{person}-{substitute}-{start}", person, substitute, *days, state)


def test_who_is_here_stands_for_themselves():
    assert stand_in(BY["officer"], STAFF) is BY["officer"]


def test_the_end_of_a_chain_of_substitutes_is_called():
    people = staff(officer={"substitute": "deputy"}, deputy={"substitute": "leader"})
    assert stand_in(one(people, "officer"), people).id == "leader"


@pytest.mark.parametrize(
    "changes",
    [
        {"officer": {"substitute": "nobody"}},
        {"officer": {"substitute": "deputy"}, "deputy": {"active": False}},
        {"officer": {"substitute": "officer"}},
        {"officer": {"substitute": "deputy"}, "deputy": {"substitute": "officer"}},
        {
            "officer": {"substitute": "deputy"}, "deputy": {"substitute": "leader"},
            "leader": {"substitute": "deputy"},
        },
    ],
)  # fmt: skip
def test_f40_a_broken_chain_or_a_circle_stands_for_nobody(changes):
    people = staff(**changes)
    assert stand_in(one(people, "officer"), people) is None


@pytest.mark.parametrize(
    ("changes", "called"),
    [
        ({}, ["officer", "deputy"]),
        ({"officer": {"on_duty": False}}, ["deputy"]),
        ({"officer": {"on_duty": False, "substitute": "deputy"}}, ["deputy"]),
        ({"officer": {"on_duty": False, "substitute": "leader"}}, ["leader", "deputy"]),
        ({"officer": {"substitute": "x"}, "deputy": {"on_duty": False}}, []),
        (
            {"officer": {"substitute": "leader"}, "leader": {"on_duty": False},
             "deputy": {"active": False}},
            [],
        ),
    ],
)  # fmt: skip
def test_who_would_hear_of_a_new_case_first(changes, called):
    found = [person.id for person in there(staff(**changes), HERE)]
    assert sorted(found) == sorted(called)
    assert there(staff(**changes), "20515") == ()


def test_two_times_overlap_only_when_they_share_a_moment():
    first, second = leave("a", "b", 0, 2), leave("a", "b", 2, 4)
    assert not overlap(first, second) and not overlap(second, first)
    assert overlap(first, leave("a", "b", 1, 3)) and overlap(leave("a", "b", 0, 9), second)


@pytest.mark.parametrize(
    ("others", "loops"),
    [
        ([], False),
        ([leave("b", "c")], False),
        ([leave("b", "a")], True),
        ([leave("b", "a", 3, 5)], False),  # when the first is back already
        ([leave("b", "c"), leave("c", "a")], True),
        ([leave("b", "c"), leave("c", "b"), leave("c", "d")], False),  # an old circle beside it
        ([leave("b", "c"), leave("b", "d", 1, 2), leave("d", "a", 0, 9)], True),
    ],
)
def test_f40_a_leave_that_would_lead_back_is_noticed(others, loops):
    assert would_loop(leave("a", "b"), others) is loops


def test_nobody_stands_in_for_themselves():
    assert would_loop(leave("a", "a"), [])


def test_a_substitute_has_four_hours_of_the_day_or_fifteen_minutes_before_a_near_leave():
    assert answer_by(NOW, NOW) == NOW + timedelta(minutes=15)
    assert answer_by(NOW + timedelta(hours=23), NOW) == NOW + timedelta(minutes=15)
    late = local(answer_by(NOW + timedelta(days=1), NOW))
    assert f"{late:%d/%m %H:%M}" == "24/11 09:15"  # 45 minutes until 21:00, the rest from 06:00


def shift(start, hours=10):
    begins = NOW + timedelta(hours=start)
    return Shift("s", "officer", HERE, begins, begins + timedelta(hours=hours))


def test_a_shift_reminds_twelve_hours_before_begins_and_ends():
    planned = shift(20)
    assert moments(planned, NOW) == {
        ShiftStep.REMIND: NOW + timedelta(hours=8),
        ShiftStep.BEGIN: planned.starts_at,
        ShiftStep.OVER: planned.ends_at,
    }
    assert planned.state is ShiftState.PLANNED


def test_a_shift_that_is_near_or_has_begun_asks_without_a_reminder():
    assert set(moments(shift(12), NOW)) == {ShiftStep.BEGIN, ShiftStep.OVER}
    assert moments(shift(-1), NOW)[ShiftStep.BEGIN] == NOW


@pytest.mark.parametrize(
    ("planner", "person", "may"),
    [
        ("officer", "officer", True), ("officer", "deputy", False), ("leader", "officer", True),
        ("leader", "police", True), ("leader", "supervisor", False), ("police", "police", True),
        ("collaborator", "collaborator", False), ("admin", "admin", False),
        ("leader", "collaborator", False),
    ],
)  # fmt: skip
def test_people_plan_their_own_shifts_and_the_leader_everybodys(planner, person, may):
    assert may_plan(BY[planner], BY[person]) is may
    away = replace(BY[person], id="x", commune="20515")
    assert not may_plan(BY[planner], away)


@pytest.mark.parametrize(
    ("person", "who"),
    [
        ("officer", ["deputy", "leader"]), ("deputy", ["officer", "leader"]),
        ("leader", ["officer", "deputy"]), ("police", ["officer", "deputy", "leader"]),
        ("collaborator", []), ("supervisor", []), ("admin", []),
    ],
)  # fmt: skip
def test_who_may_stand_in(person, who):
    assert sorted(one.id for one in substitutes_for(BY[person], STAFF)) == sorted(who)


def test_city_and_police_may_stand_in_for_their_own():
    more = [
        *STAFF, Person("tam2", Role.SUPERVISOR), Person("cong2", Role.POLICE, HERE),
        Person("gone", Role.OFFICER, HERE, active=False), Person("far", Role.OFFICER, "20515"),
    ]  # fmt: skip
    assert [one.id for one in substitutes_for(BY["supervisor"], more)] == ["tam2"]
    assert "cong2" in [one.id for one in substitutes_for(BY["police"], more)]
    named = {one.id for one in substitutes_for(BY["deputy"], more)}
    assert named == {"officer", "leader"}
