"""Who may know that a case exists: role x place x exclusion, and what they may count."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.access import (
    View,
    bypassed,
    hidden_from,
    may_count,
    may_do,
    may_see,
    reads_whole,
    view_of,
)
from cases.acting import in_commune
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Record, Role, Status
from cases.records import STATES
from cases.sharing import PURPOSES, to_police
from storage import tables

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
HERE, THERE = "20500", "20515"
CASE = Case("c1", "7KQ4-2MDJ", HERE, Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
CITY = (Role.SUPERVISOR, Role.ADMIN)
COMMUNE = [role for role in Role if role not in CITY]


def somebody(role, commune=HERE, **more):
    return Person(f"p-{role}", role, "" if role in CITY else commune, **more)


def in_conflict(unit, **more):
    return replace(CASE, flags=(f"conflict_{unit}",), **more)


@pytest.mark.parametrize("role", COMMUNE)
def test_a_conflict_in_the_commune_hides_the_case_from_everybody_there_and_from_nobody_elsewhere(
    role,
):
    assert hidden_from(in_conflict("commune"), somebody(role))
    assert not hidden_from(in_conflict("commune"), somebody(role, THERE))
    assert not may_see(somebody(role), in_conflict("commune"), True, False)


@pytest.mark.parametrize("role", COMMUNE)
def test_while_the_commune_is_unknown_it_may_be_any(role):
    case = in_conflict("commune", commune="")
    assert hidden_from(case, somebody(role))
    assert hidden_from(case, somebody(role, THERE))


@pytest.mark.parametrize("role", Role)
def test_a_commune_that_the_case_left_for_a_conflict_stays_shut_out(role):
    case = in_commune(in_conflict("commune"), THERE, NOW)
    assert hidden_from(case, somebody(role)) is (role not in CITY)
    assert not hidden_from(case, somebody(role, THERE)) and not bypassed(case)
    assert not may_see(somebody(role), replace(case, commune=HERE), True, False) or role in CITY
    assert may_see(somebody(Role.SUPERVISOR), case, False, False)
    offer = replace(offered(to=HERE), commune=THERE, flags=case.flags)
    assert view_of(somebody(role), offer, True, False) in (View.NONE, View.WHOLE)
    assert bypassed(replace(case, commune=HERE))


def test_it_is_remembered_wherever_the_case_goes_and_fits_its_column():
    case = in_conflict("commune")
    for commune in (THERE, "20539", "20551", "20575"):
        case = in_commune(case, commune, NOW)
        case = replace(case, flags=("conflict_commune", *case.flags))
    everything = ("child", "adult", "age_16_17", "conflict_school", "conflict_police", "raw")
    flags = (*everything, "reopened", "drill", "crime", *case.flags)
    assert len(",".join(flags)) <= tables.cases.c.flags.type.length
    for commune in (HERE, THERE, "20539", "20551", "20575"):
        assert hidden_from(case, somebody(Role.LEADER, commune))


def test_where_no_commune_was_known_the_one_it_goes_to_may_be_the_one_concerned():
    case = in_commune(in_conflict("commune", commune=""), THERE, NOW)
    assert hidden_from(case, somebody(Role.LEADER, THERE)) and bypassed(case)
    assert in_commune(case, THERE, NOW) == case


@pytest.mark.parametrize("role", Role)
def test_a_conflict_with_the_police_hides_it_from_the_police_and_from_nobody_else(role):
    assert hidden_from(in_conflict("police"), somebody(role)) is (role is Role.POLICE)


@pytest.mark.parametrize("role", Role)
def test_a_conflict_with_the_school_hides_it_from_no_account(role):
    assert not hidden_from(in_conflict("school"), somebody(role))


@pytest.mark.parametrize("role", Role)
def test_an_excluded_or_removed_person_knows_and_counts_nothing(role):
    for involved in (True, False):
        for case in (CASE, in_conflict("commune"), replace(CASE, commune="")):
            assert not may_see(somebody(role), case, involved, True)
            assert not may_see(somebody(role, active=False), case, involved, False)
            assert not may_count(somebody(role), case, involved, True)
            assert not may_count(somebody(role, active=False), case, involved, False)


SEES = [  # role, case, called, sees
    (Role.OFFICER, CASE, False, True),
    (Role.LEADER, CASE, False, True),
    (Role.DEPUTY, CASE, False, True),
    (Role.POLICE, CASE, False, False),
    (Role.POLICE, CASE, True, True),
    (Role.SUPERVISOR, CASE, False, False),
    (Role.SUPERVISOR, CASE, True, True),
    (Role.SUPERVISOR, in_conflict("commune"), False, True),
    (Role.SUPERVISOR, in_conflict("police"), False, True),
    (Role.SUPERVISOR, replace(CASE, commune=""), False, True),
    (Role.SUPERVISOR, replace(CASE, status=Status.CLOSED, closed_by_role=Role.LEADER), False, True),
    (Role.SUPERVISOR, replace(CASE, status=Status.CLOSED, closed_by_role=Role.OFFICER), False,
     False),
    (Role.ADMIN, CASE, True, False),
    (Role.COLLABORATOR, CASE, True, False),
    (Role.OFFICER, replace(CASE, commune=""), True, False),
    (Role.LEADER, replace(CASE, commune=""), True, True),
    (Role.LEADER, replace(CASE, commune=""), False, False),
]  # fmt: skip


@pytest.mark.parametrize(("role", "case", "called", "sees"), SEES)
def test_a_role_sees_what_the_table_gives_it(role, case, called, sees):
    assert may_see(somebody(role), case, called, False) is sees


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.DEPUTY, Role.POLICE])
def test_nobody_sees_the_cases_of_another_commune(role):
    assert not may_see(somebody(role, THERE), CASE, True, False)


def test_without_a_city_desk_a_leader_of_another_commune_sees_what_they_were_called_to():
    case = in_conflict("commune")
    assert bypassed(case) and not bypassed(CASE)
    assert may_see(somebody(Role.LEADER, THERE), case, True, False)
    assert not may_see(somebody(Role.LEADER, THERE), case, False, False)
    assert not may_see(somebody(Role.OFFICER, THERE), case, True, False)


def test_a_deputy_sees_the_cases_of_the_commune_on_duty_else_their_own():
    deputy = somebody(Role.DEPUTY, on_duty=False)
    assert not may_see(deputy, CASE, False, False)
    assert may_see(deputy, CASE, True, False)


def test_the_city_counts_what_it_may_not_open_and_a_commune_only_its_own():
    assert may_count(somebody(Role.SUPERVISOR), CASE, False, False)
    assert may_count(somebody(Role.LEADER), CASE, False, False)
    drill = replace(CASE, flags=("drill",))
    assert not any(may_count(somebody(role), drill, True, False) for role in Role)
    assert not may_count(somebody(Role.LEADER), in_conflict("commune"), False, False)
    assert not may_count(somebody(Role.LEADER, THERE), CASE, False, False)


def beside(kind, state, **more):
    return Record(kind, 1, state, NOW, NOW, **more)


def visited(state, person="p-collaborator", **more):
    return replace(CASE, beside=(beside("visit", state, person=person),), **more)


def offered(state="offered", to=THERE, **more):
    return replace(CASE, beside=(beside("handover", state, commune=to),), **more)


@pytest.mark.parametrize("state", STATES["visit"])
def test_a_collaborator_sees_a_part_while_the_visit_is_theirs_and_never_more(state):
    view = view_of(somebody(Role.COLLABORATOR), visited(state), True, False)
    assert view is (View.VISIT if state in ("asked", "accepted") else View.NONE)


@pytest.mark.parametrize(
    ("case", "person"),
    [
        (CASE, somebody(Role.COLLABORATOR)),
        (visited("asked", "p-other"), somebody(Role.COLLABORATOR)),
        (visited("asked", commune=THERE), somebody(Role.COLLABORATOR)),
        (visited("asked", status=Status.CLOSED), somebody(Role.COLLABORATOR)),
        (visited("asked", flags=("conflict_commune",)), somebody(Role.COLLABORATOR)),
        (visited("asked"), somebody(Role.COLLABORATOR, active=False)),
        (visited("asked", "p-police"), somebody(Role.POLICE)),
        (offered(), somebody(Role.COLLABORATOR, THERE)),
        (offered(), somebody(Role.POLICE, THERE)),
        (offered(), somebody(Role.ADMIN)),
        (offered(), somebody(Role.SUPERVISOR)),
        (offered(), somebody(Role.OFFICER, "20539")),
        (offered(), somebody(Role.DEPUTY, THERE, on_duty=False)),
        (offered(status=Status.CLOSED), somebody(Role.OFFICER, THERE)),
        (offered(flags=("conflict_commune",), commune=""), somebody(Role.OFFICER, THERE)),
        (offered("declined"), somebody(Role.OFFICER, THERE)),
        (offered("withdrawn"), somebody(Role.OFFICER, THERE)),
        (offered("sent"), somebody(Role.OFFICER, THERE)),
    ],
)  # fmt: skip
def test_whose_it_is_not_sees_as_if_there_were_no_case(case, person):
    assert view_of(person, case, False, False) is View.NONE


def referred(purpose="police_crime", state="sent", to=HERE, **more):
    told = beside("referral", state, commune=to, body={"purpose": purpose, "fields": "all"})
    return replace(CASE, beside=(told,), **more)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("state", STATES["referral"])
def test_the_police_contact_sees_what_the_police_were_told_and_no_more(purpose, state):
    view = view_of(somebody(Role.POLICE), referred(purpose, state), False, False)
    assert view is (View.REFERRED if to_police({"purpose": purpose}) else View.NONE)
    assert view_of(somebody(Role.POLICE), referred(purpose, state), True, False) is View.WHOLE


@pytest.mark.parametrize(
    ("case", "person", "out"),
    [
        (referred(), somebody(Role.POLICE), True),
        (referred(), somebody(Role.POLICE, active=False), False),
        (referred(), somebody(Role.POLICE, THERE), False),
        (referred(to=THERE), somebody(Role.POLICE), False),  # told before it was ours
        (referred(commune=THERE), somebody(Role.POLICE), False),  # theirs when it was told
        (referred(commune=THERE), somebody(Role.POLICE, THERE), False),
        (referred(status=Status.CLOSED), somebody(Role.POLICE), False),
        (referred(flags=("conflict_police",)), somebody(Role.POLICE), False),
        (referred(flags=("conflict_commune",)), somebody(Role.POLICE), False),
        (referred(), somebody(Role.COLLABORATOR), False),
        (referred(), somebody(Role.ADMIN), False),
    ],
)  # fmt: skip
def test_a_referral_is_a_part_for_nobody_else(case, person, out):
    assert view_of(person, case, False, out) is View.NONE


@pytest.mark.parametrize("role", Role)
def test_the_police_contact_reads_all_of_what_they_have_themselves_only(role):
    who = somebody(role)
    assert reads_whole(who, replace(CASE, holder="lan")) is (role is not Role.POLICE)
    assert reads_whole(who, replace(CASE, holder=who.id))


def test_whoever_is_taken_out_sees_no_part_either():
    assert view_of(somebody(Role.COLLABORATOR), visited("accepted"), True, True) is View.NONE
    assert view_of(somebody(Role.OFFICER, THERE), offered(), False, True) is View.NONE


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.DEPUTY])
@pytest.mark.parametrize("involved", [True, False])
def test_the_commune_that_is_offered_a_case_sees_the_offer_and_ours_the_whole(role, involved):
    assert view_of(somebody(role, THERE), offered(), involved, False) is View.OFFER
    assert view_of(somebody(role), offered(), True, False) is View.WHOLE


@pytest.mark.parametrize("act", Act)
def test_a_part_gives_no_act_but_its_own(act):
    assert may_do(View.WHOLE, act)
    assert not may_do(View.NONE, act)
    visit = (Act.ACCEPT_VISIT, Act.DECLINE_VISIT, Act.VISIT_REPORT)
    assert may_do(View.VISIT, act) is (act in visit)
    assert may_do(View.OFFER, act) is (act in (Act.ACCEPT_HANDOVER, Act.DECLINE_HANDOVER))
    assert may_do(View.REFERRED, act) is (act in (Act.REFER_RECEIVED, Act.NOTE, Act.UNDO))
