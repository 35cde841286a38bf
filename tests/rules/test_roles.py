"""Who may know that a case exists, by role, place and need; whom a role may invite; who stands above whom."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.access import bypassed, hidden_from, may_see
from cases.model import Case, Level, Person, Role, Status
from cases.roles import ABOVE, ROLES, may_confirm, may_invite, may_remove

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
UNPLACED = replace(CASE, commune="")
ELSEWHERE = replace(CASE, commune="20515")
AGAINST_COMMUNE = replace(CASE, flags=("conflict_commune",))
AGAINST_POLICE = replace(CASE, flags=("conflict_police",))
STAFF = {role: Person(f"p-{role}", role, "" if ROLES[role].city else "20500") for role in Role}


@pytest.mark.parametrize(
    ("role", "case", "involved", "sees"),
    [
        ("officer", CASE, False, True),
        ("officer", ELSEWHERE, False, False),
        ("officer", ELSEWHERE, True, False),
        ("officer", UNPLACED, False, False),
        ("officer", AGAINST_COMMUNE, True, False),
        ("officer", AGAINST_POLICE, False, True),
        ("deputy", CASE, False, True),
        ("deputy", ELSEWHERE, False, False),
        ("leader", CASE, False, True),
        ("leader", ELSEWHERE, False, False),
        ("leader", AGAINST_COMMUNE, True, False),
        ("police", CASE, False, False),
        ("police", CASE, True, True),
        ("police", ELSEWHERE, True, False),
        ("police", AGAINST_POLICE, True, False),
        ("police", AGAINST_COMMUNE, True, False),
        ("supervisor", CASE, False, False),
        ("supervisor", CASE, True, True),
        ("supervisor", UNPLACED, False, True),
        ("supervisor", AGAINST_COMMUNE, False, True),
        ("collaborator", CASE, True, False),
        ("collaborator", UNPLACED, True, False),
        ("admin", CASE, True, False),
        ("admin", UNPLACED, True, False),
        ("admin", AGAINST_COMMUNE, True, False),
    ],
)
def test_a_case_is_seen_by_role_place_and_need(role, case, involved, sees):
    assert may_see(STAFF[Role(role)], case, involved, excluded=False) is sees


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("case", [CASE, UNPLACED, ELSEWHERE, AGAINST_COMMUNE, AGAINST_POLICE])
def test_nobody_excluded_or_removed_sees_anything(role, case):
    for involved in (True, False):
        assert not may_see(STAFF[role], case, involved, excluded=True)
        assert not may_see(replace(STAFF[role], active=False), case, involved, excluded=False)


def test_a_deputy_off_duty_sees_only_what_they_were_called_to():
    deputy = Person("d", Role.DEPUTY, "20500", on_duty=False)
    assert not may_see(deputy, CASE, involved=False, excluded=False)
    assert may_see(deputy, CASE, involved=True, excluded=False)


def test_an_officer_off_duty_still_sees_the_cases_of_the_commune():
    assert may_see(replace(STAFF[Role.OFFICER], on_duty=False), CASE, False, False)


def test_a_conflict_hides_the_case_from_the_whole_unit_and_from_nobody_else():
    assert [role for role in Role if hidden_from(AGAINST_COMMUNE, STAFF[role])] == [
        "collaborator", "officer", "deputy", "leader", "police",
    ]  # fmt: skip
    assert [role for role in Role if hidden_from(AGAINST_POLICE, STAFF[role])] == ["police"]
    assert not any(hidden_from(CASE, person) for person in STAFF.values())


def test_only_a_conflict_in_the_commune_passes_it_over():
    assert bypassed(AGAINST_COMMUNE)
    assert not bypassed(AGAINST_POLICE)
    assert not bypassed(UNPLACED)


def test_every_role_has_one_row_and_the_administrator_sees_no_content():
    assert set(ROLES) == set(Role)
    assert ROLES[Role.ADMIN].scope == "none"
    assert [role for role in Role if ROLES[role].city] == ["supervisor", "admin"]
    assert not ROLES[Role.ADMIN].works_cases
    assert not ROLES[Role.COLLABORATOR].works_cases


def test_the_administrator_invites_anybody_and_the_commune_its_collaborators():
    assert set(ROLES[Role.ADMIN].invites) == set(Role)
    for role in (Role.OFFICER, Role.DEPUTY, Role.LEADER):
        assert ROLES[role].invites == (Role.COLLABORATOR,)
    for role in (Role.COLLABORATOR, Role.POLICE, Role.SUPERVISOR):
        assert ROLES[role].invites == ()


def test_above_everybody_who_works_a_case_stands_somebody_and_the_way_up_ends_at_the_city():
    for role in set(Role) - {Role.ADMIN}:
        seen = role
        for _ in Role:
            seen = ABOVE[seen]
        assert seen is Role.SUPERVISOR
    assert ABOVE[Role.OFFICER] is ABOVE[Role.DEPUTY] is Role.LEADER
    assert ABOVE[Role.LEADER] is Role.SUPERVISOR


@pytest.mark.parametrize(
    ("who", "role", "commune", "may"),
    [
        ("officer", "collaborator", "20500", True), ("deputy", "collaborator", "20500", True),
        ("leader", "collaborator", "20500", True), ("officer", "collaborator", "20515", False),
        ("officer", "officer", "20500", False), ("officer", "collaborator", "", False),
        ("police", "collaborator", "20500", False), ("collaborator", "collaborator", "20500", False),
        ("supervisor", "officer", "20500", False), ("admin", "leader", "20515", True),
        ("admin", "admin", "", True),
    ],
)  # fmt: skip
def test_whom_a_role_may_invite_where(who, role, commune, may):
    assert may_invite(STAFF[Role(who)], Role(role), commune) is may


@pytest.mark.parametrize(
    ("who", "commune", "may"),
    [
        ("officer", "20500", True), ("deputy", "20500", True), ("leader", "20500", True),
        ("officer", "20515", False), ("officer", "", False), ("admin", "", True),
        ("admin", "20515", True), ("police", "20500", False), ("collaborator", "20500", False),
        ("supervisor", "20500", False),
    ],
)  # fmt: skip
def test_who_may_be_the_second_person_of_an_invitation(who, commune, may):
    person = STAFF[Role(who)]
    assert may_confirm(person, "somebody", commune) is may
    assert not may_confirm(person, person.id, commune)


@pytest.mark.parametrize(
    ("by", "person", "may"),
    [
        ("admin", "officer", True), ("admin", "supervisor", True), ("leader", "officer", True),
        ("leader", "police", True), ("leader", "collaborator", True), ("leader", "supervisor", False),
        ("officer", "deputy", False), ("police", "officer", False), ("leader", "leader", False),
        ("admin", "admin", False),
    ],
)  # fmt: skip
def test_who_may_end_whose_rights(by, person, may):
    assert may_remove(STAFF[Role(by)], STAFF[Role(person)]) is may


def test_a_leader_removes_neither_people_elsewhere_nor_another_leader():
    leader = STAFF[Role.LEADER]
    assert not may_remove(leader, replace(STAFF[Role.OFFICER], commune="20515"))
    assert not may_remove(leader, replace(leader, id="second"))
    assert may_remove(STAFF[Role.ADMIN], replace(STAFF[Role.ADMIN], id="second"))
