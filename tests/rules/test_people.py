"""Who is called, who may see, and that a conflict of interest hides a case."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.access import bypassed, hidden_from, may_see
from cases.codes import invitation, read_invitation
from cases.errors import Conflict, Refused
from cases.model import Case, Level, Person, Role, Status
from cases.policy import DEFAULT
from cases.roles import ROLES
from cases.routing import people_for, reach

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
STAFF = [Person(role.value, role, "" if ROLES[role].city else "20500") for role in Role]
STEPS = DEFAULT.unanswered[Level.URGENT]
NOBODY = frozenset()


def names(people):
    return [person.id for person in people]


def test_a_step_calls_the_people_of_its_roles_who_are_there():
    assert names(people_for(("officer",), CASE, STAFF, NOBODY)) == ["officer"]
    assert names(people_for(("leader", "police"), CASE, STAFF, NOBODY)) == ["leader", "police"]
    held = replace(CASE, holder="deputy")
    assert names(people_for(("holder", "leader"), held, STAFF, NOBODY)) == ["deputy", "leader"]


def test_off_duty_excluded_removed_and_foreign_people_are_not_called():
    away = [replace(one, on_duty=False) for one in STAFF]
    gone = [replace(one, active=False) for one in STAFF]
    far = [replace(one, commune="20515") for one in STAFF]
    for staff in (away, gone, far):
        assert people_for(("officer",), CASE, staff, NOBODY) == ()
    assert people_for(("officer",), CASE, STAFF, frozenset({"officer"})) == ()


def test_a_holder_off_duty_is_still_the_holder():
    held = replace(CASE, holder="officer")
    away = [replace(one, on_duty=False) for one in STAFF]
    assert names(people_for(("holder",), held, away, NOBODY)) == ["officer"]


def test_a_step_without_people_goes_one_up_and_the_last_resort_is_the_city():
    no_officer = [one for one in STAFF if one.role is not Role.OFFICER]
    assert reach(STEPS, 0, CASE, no_officer, NOBODY)[0] == 1
    unplaced = replace(CASE, commune="")
    step, people = reach(STEPS, 0, unplaced, STAFF, NOBODY)
    assert (step, names(people)) == (3, ["supervisor"])
    assert reach(STEPS, 0, CASE, [], NOBODY) == (len(STEPS) - 1, ())


@pytest.mark.parametrize(
    ("role", "case", "involved", "sees"),
    [
        ("officer", CASE, False, True),
        ("officer", replace(CASE, commune="20515"), False, False),
        ("officer", replace(CASE, commune=""), False, False),
        ("deputy", CASE, False, True),
        ("leader", CASE, False, True),
        ("police", CASE, False, False),
        ("police", CASE, True, True),
        ("supervisor", CASE, False, False),
        ("supervisor", CASE, True, True),
        ("supervisor", replace(CASE, commune=""), False, True),
        ("supervisor", replace(CASE, flags=("conflict_commune",)), False, True),
        ("officer", replace(CASE, flags=("conflict_commune",)), True, False),
        ("police", replace(CASE, flags=("conflict_police",)), True, False),
        ("officer", replace(CASE, flags=("conflict_police",)), False, True),
        ("collaborator", CASE, True, False),
        ("admin", CASE, True, False),
    ],
)
def test_a_case_is_seen_by_role_place_and_need(role, case, involved, sees):
    person = next(one for one in STAFF if one.role == role)
    assert may_see(person, case, involved, excluded=False) is sees
    assert may_see(person, case, involved, excluded=True) is False
    assert may_see(replace(person, active=False), case, involved, excluded=False) is False


def test_a_deputy_off_duty_sees_only_what_they_were_called_to():
    deputy = Person("d", Role.DEPUTY, "20500", on_duty=False)
    assert not may_see(deputy, CASE, involved=False, excluded=False)
    assert may_see(deputy, CASE, involved=True, excluded=False)


def test_a_conflict_in_the_commune_bypasses_it():
    conflict = replace(CASE, flags=("conflict_commune",))
    assert bypassed(conflict)
    assert hidden_from(conflict, STAFF[1])


def test_an_invitation_is_typed_the_way_it_is_read_aloud():
    class Chance:
        def bytes(self, n):
            return bytes(range(n))

    code = invitation(Chance())
    assert len(code) == 16
    assert read_invitation(f"#{code.lower()}") == code
    assert read_invitation(" ".join(code)) == code
    assert read_invitation("short") is None
    assert read_invitation("O" * 16) is None


def test_a_refusal_carries_its_sentence_and_a_conflict_is_one():
    assert isinstance(Conflict("error.changed"), Refused)
    assert Refused("error.taken", role="x").values_ == {"role": "x"}
