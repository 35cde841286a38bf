"""Other people's hands: who is asked to go, what a body may read, whose record an act moves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.acting import apply, clock_turn
from cases.allowed import acts_for, allowed
from cases.deadlines import owes_crime
from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Role, Status
from cases.records import Doing, made, owed, records
from cases.sharing import (
    FIELDS,
    LEAST,
    PURPOSES,
    body_of,
    purposes_for,
    reports_crime,
    shared,
)
from cases.visiting import collaborators, lives_there, next_one
from handlers.flows.act_forms import ACT_FORMS
from handlers.talk.model import SKIPPED

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 14, 15, tzinfo=UTC)
HERE, THERE = "20500", "20515"
LAN = Person("lan", Role.OFFICER, HERE)
CHU = Person("chu", Role.LEADER, HERE)
CONG = Person("cong", Role.POLICE, HERE)
NA = Person("na", Role.OFFICER, THERE)
TAM = Person("tam", Role.SUPERVISOR)
MAI = Person("mai", Role.COLLABORATOR, HERE, ("thôn Mỹ An",))
BA = Person("ba", Role.COLLABORATOR, HERE, ("Mỹ An", "thôn 3"))
TU = Person("tu", Role.COLLABORATOR, HERE, ("thôn Phú Lộc",))
FAR = Person("far", Role.COLLABORATOR, THERE, ("thôn Mỹ An",))
CASE = Case(
    "c1", "7KQ4-2MDJ", HERE, Level.URGENT, "neglect", Status.ACKNOWLEDGED, 1, NOW, NOW, "lan"
)


def do(case, act, doer, **form):
    return apply(act, case, Doing(doer, NOW, form))


def asked(*people, case=CASE):
    for one in people:
        case = do(case, Act.SEND_VISIT, LAN, person=one.id, what="xem")
    return case


def offer(case=CASE, to=THERE, **more):
    return do(case, Act.OFFER_HANDOVER, LAN, commune=to, kind="moved", why="w", done="d", **more)


@pytest.mark.parametrize(
    ("village", "said", "there"),
    [
        ("thôn Mỹ An", "nhà ở my an, xa dai hiep", True),
        ("Mỹ An", "thôn Mỹ An", True),
        ("thôn Mỹ An", "Mỹ Anh", False),
        ("thôn 3", "thôn 3, xã Đại Hiệp", True),
        ("thôn 3", "nhà số 3", False),
        ("thôn Phú Lộc", "thôn Mỹ An", False),
    ],
)
def test_a_village_is_found_in_what_was_told(village, said, there):
    assert lives_there(Person("p", Role.COLLABORATOR, HERE, (village,)), [said]) is there


def test_the_village_comes_first_then_who_is_on_duty_and_nobody_from_elsewhere():
    away = replace(MAI, id="away", on_duty=False)
    staff = [LAN, TU, away, FAR, MAI, BA, replace(TU, id="left", active=False)]
    assert collaborators(CASE, staff, {"ba"}, ["thôn Mỹ An"]) == (MAI, away, TU)
    hidden = replace(CASE, flags=("conflict_commune",))
    assert collaborators(hidden, staff, (), []) == ()


def test_a_visit_goes_on_within_the_village_only():
    near, case = (MAI, BA, TU), asked(MAI)
    visit = records(case, "visit")[-1]
    assert next_one(case, visit, near, ["thôn Mỹ An"]) == BA
    assert next_one(case, visit, near, []) == BA  # not named: that of who was chosen
    assert next_one(asked(TU), records(asked(TU), "visit")[-1], near, []) is None
    both = asked(MAI, BA)
    assert next_one(both, records(both, "visit")[-1], near, ["thôn Mỹ An"]) is None


@pytest.mark.parametrize("more", [{"flags": ("conflict_school",)}, {"kind": "violence_school"}])
def test_where_a_school_is_in_question_nobody_is_alerted_by_itself(more):
    case = replace(asked(MAI), **more)
    assert next_one(case, records(case, "visit")[-1], (MAI, BA), ["thôn Mỹ An"]) is None
    assert not [one for one in purposes_for(case) if PURPOSES[one].body == "school"]


def test_where_the_police_are_in_question_nothing_goes_to_them():
    case = replace(CASE, flags=("conflict_police",))
    bodies = {PURPOSES[one].body for one in purposes_for(case)}
    assert bodies == {"police_city", "clinic", "school", "h111"}
    assert "police_city" not in {PURPOSES[one].body for one in purposes_for(CASE)}
    with pytest.raises(Refused, match="not_for_them"):
        do(case, Act.REFER, LAN, purpose="police_crime", fields="all", way="phone")
    with pytest.raises(Refused, match="not_for_them"):
        do(CASE, Act.REFER, LAN, purpose="city_crime", fields="all", way="phone")


@pytest.mark.parametrize("flags", [(), ("conflict_police",)])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_only_police_who_are_not_in_question_hear_of_a_crime(purpose, flags):
    """Also where the police here were told before anybody knew whom the harmer works for."""
    at = {"police_crime": (), "police_protect": (),
          "city_crime": ("conflict_police",), "city_protect": ("conflict_police",)}  # fmt: skip
    told = replace(CASE, flags=at.get(purpose, ()))
    told = do(told, Act.REFER, LAN, purpose=purpose, fields="all", way="phone")
    case = replace(told, flags=flags)
    assert reports_crime(case, {"purpose": purpose}) is (at.get(purpose) == flags)
    assert not owes_crime(case)
    assert owes_crime(replace(case, flags=("crime", *flags))) is (at.get(purpose) != flags)


def test_each_collaborator_moves_their_own_visit():
    case = do(asked(MAI, BA), Act.ACCEPT_VISIT, MAI)
    states = {one.person: one.state for one in records(case, "visit")}
    assert states == {"mai": "accepted", "ba": "asked"}
    assert allowed(Act.ACCEPT_VISIT, case, TU) == "error.not_now"
    assert acts_for(case, BA) == (Act.ACCEPT_VISIT, Act.DECLINE_VISIT)
    assert acts_for(case, MAI) == (Act.VISIT_REPORT, Act.DECLINE_VISIT)


def test_what_a_body_reads_is_fixed():
    assert shared({"purpose": "school_watch", "fields": "all"}) == ("child_name", "child_age")
    assert shared({"purpose": "police_crime", "fields": "least"}) == LEAST
    assert shared({"purpose": "clinic_care", "fields": "least"}) == ("child_place",)
    assert shared({"purpose": "clinic_care"}) == ("child_place",)
    assert shared({"purpose": "school_watch"}) == ("child_name", "child_age")
    assert shared({}) == ()
    assert body_of({"purpose": "clinic_care"}) == "clinic" and body_of({}) == ""
    quiet = [one for one in PURPOSES if PURPOSES[one].body in ("school", "clinic")]
    assert not [one for one in quiet if {"story", "harmer", "kind"} & set(PURPOSES[one].fields)]


@given(st.fixed_dictionaries({}, optional={
    "purpose": st.sampled_from([*PURPOSES, "", "other"]),
    "fields": st.sampled_from([*FIELDS, "", SKIPPED]),
}))  # fmt: skip
def test_no_referral_hands_on_more_than_its_purpose_needs(form):
    purpose = PURPOSES.get(form.get("purpose", ""))
    assert set(shared(form)) <= set(purpose.fields if purpose else ())


@pytest.mark.parametrize("purpose", PURPOSES)
def test_only_the_least_that_is_something_is_offered(purpose):
    asked = ACT_FORMS[Act.REFER].next({"purpose": purpose})
    assert (asked.id == "fields") is bool(shared({"purpose": purpose, "fields": "least"}))


@pytest.mark.parametrize("flags", [(), ("conflict_police",)])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_only_the_police_stop_the_clock_of_a_crime(purpose, flags):
    form = {"purpose": purpose, "fields": "all", "way": "phone"}
    stops, starts = clock_turn(Act.REFER, replace(CASE, flags=flags), form)
    there = (
        PURPOSES[purpose].body == "police_city"
        if flags
        else purpose in ("police_crime", "police_protect")
    )
    assert ("crime" in stops) is there
    assert "idle" in starts


def test_nobody_waits_for_the_word_of_police_who_are_in_question():
    case = do(CASE, Act.REFER, LAN, purpose="police_crime", fields="all", way="phone")
    case = do(case, Act.REFER, LAN, purpose="clinic_care", fields="all", way="phone")
    assert set(owed(case)) == {"referral:1", "referral:2"}
    assert set(owed(replace(case, flags=("conflict_police",)))) == {"referral:2"}


def test_signs_of_a_crime_are_marked_once():
    case = do(CASE, Act.MARK_CRIME, LAN, reason="r")
    assert "crime" in case.flags
    assert allowed(Act.MARK_CRIME, case, LAN) == "error.not_now"


def test_the_police_answer_what_is_for_the_police_and_the_holder_anything():
    clinic = do(CASE, Act.REFER, LAN, purpose="clinic_care", fields="all", way="phone")
    assert allowed(Act.REFER_RECEIVED, clinic, CONG) == "error.not_now"
    held = replace(clinic, holder=CONG.id)
    assert allowed(Act.REFER_RECEIVED, held, CONG) == "error.not_now"
    both = do(clinic, Act.REFER, LAN, purpose="police_crime", fields="all", way="phone")
    after = do(both, Act.REFER_RECEIVED, CONG)
    assert [one.state for one in records(after, "referral")] == ["sent", "received"]
    assert allowed(Act.REFER_RECEIVED, after, LAN) == ""
    elsewhere = replace(both, commune=THERE)
    assert allowed(Act.REFER_RECEIVED, elsewhere, replace(CONG, commune=THERE)) == "error.not_now"


def test_an_accepted_handover_changes_commune_and_holder_and_not_the_receipt():
    case = replace(asked(MAI), flags=("conflict_commune", "child"))
    after = do(offer(case), Act.ACCEPT_HANDOVER, NA)
    assert (after.commune, after.holder, after.received_at) == (THERE, "na", NOW)
    assert (after.status, after.flags) == (
        Status.ACKNOWLEDGED,
        (f"conflict_commune_{HERE}", "child"),
    )
    assert records(after, "visit")[0].state == "ended"
    fresh = replace(CASE, status=Status.RECEIVED, holder="")
    taken = do(do(fresh, Act.OFFER_HANDOVER, CHU, commune=THERE), Act.ACCEPT_HANDOVER, NA)
    assert taken.status is Status.ACKNOWLEDGED


def test_no_act_brings_a_case_back_to_a_commune_that_a_conflict_shut_out():
    left = do(offer(replace(CASE, flags=("conflict_commune",))), Act.ACCEPT_HANDOVER, NA)
    back = Doing(NA, NOW, {"commune": HERE, "kind": "moved", "why": "w", "done": "d"})
    with pytest.raises(Refused, match="kept_from"):
        apply(Act.OFFER_HANDOVER, left, back)
    with pytest.raises(Refused, match="kept_from"):
        do(replace(left, status=Status.RECEIVED), Act.ROUTE, TAM, commune=HERE)
    offered = replace(left, flags=(), beside=())
    offered = apply(Act.OFFER_HANDOVER, offered, back)
    with pytest.raises(Refused, match="kept_from"):
        do(replace(offered, flags=left.flags), Act.ACCEPT_HANDOVER, LAN)
    assert do(offered, Act.ACCEPT_HANDOVER, LAN).commune == HERE


def test_one_offer_at_a_time_and_never_of_a_case_without_a_commune():
    assert allowed(Act.OFFER_HANDOVER, offer(), LAN) == "error.offered"
    nowhere = replace(CASE, commune="")
    assert allowed(Act.OFFER_HANDOVER, nowhere, LAN) == "error.not_now"
    with pytest.raises(Refused):
        do(offer(), Act.ACCEPT_HANDOVER, replace(NA, commune="20539"))


def test_on_paper_it_closes_only_with_the_receipt():
    case = offer(paper="yes")
    assert allowed(Act.ACCEPT_HANDOVER, case, NA) == "error.not_now"
    after = do(case, Act.HANDOVER_RECEIVED, LAN, name="n", when="w", paper="12")
    assert after.status is Status.CLOSED
    assert records(after, "handover")[0].state == "accepted"
    assert allowed(Act.HANDOVER_RECEIVED, offer(), LAN) == "error.not_now"


def test_what_was_sent_on_paper_can_be_taken_back():
    sent = offer(paper="yes")
    assert records(sent, "handover")[0].state == "sent"
    back = do(sent, Act.WITHDRAW_HANDOVER, LAN, reason="nhầm xã")
    assert records(back, "handover")[0].state == "withdrawn"
    assert not owed(back)


@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.EMERGENCY, Status.RUNNING])
def test_what_is_declined_the_city_decides_and_then_it_is_decided(status):
    case = do(offer(replace(CASE, status=status)), Act.DECLINE_HANDOVER, NA, reason="r")
    assert allowed(Act.ROUTE, case, TAM) == ""
    stays = do(case, Act.ROUTE, TAM, commune=HERE)
    assert (stays.status, stays.holder) == (status, "lan")
    assert clock_turn(Act.ROUTE, case, {"commune": HERE}) == (("forward",), ("idle",))
    early = status is Status.ACKNOWLEDGED
    goes = do(case, Act.ROUTE, TAM, commune=THERE)
    assert goes.status is (Status.RECEIVED if early else status)
    undisputed = replace(CASE, status=status)
    assert (allowed(Act.ROUTE, undisputed, TAM) == "") is early


def test_closing_asks_nothing_more_of_anybody():
    case = offer(asked(MAI, case=replace(CASE, kind="injury")))
    closed = do(case, Act.RESOLVE, LAN)
    assert records(closed, "visit")[0].state == "ended"
    assert records(closed, "handover")[0].state == "withdrawn"


def test_who_asked_is_kept_with_what_was_shared():
    case = do(CASE, Act.REFER, LAN, purpose="clinic_care", fields="all", way="link")
    assert (records(case, "referral")[0].person, records(case, "referral")[0].commune) == (
        "lan",
        HERE,
    )
    again = made(case, "visit", "asked", Doing(LAN, LATER, {"what": "x"}), person="mai")
    assert records(again, "visit")[0].no == 1
