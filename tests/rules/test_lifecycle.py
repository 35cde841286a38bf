"""The lifecycle table: who may do what from where, and what it changes. The rows here are the promise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.acting import apply, clock_turn
from cases.allowed import acts_for, allowed
from cases.errors import Refused
from cases.incident_types import track
from cases.lifecycle import OPEN_STATUSES, TABLE, TRANSITIONS, Act
from cases.model import Case, Level, Person, Record, Role, Status
from cases.records import Doing

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
STAFF = {role: Person(f"p-{role}", role, "20500") for role in Role}
KIND_OF = {"abuse": "neglect", "special": "self_harm", "hazard": "injury"}


def case(status="received", holder="", kind="neglect", level=Level.URGENT):
    person = f"p-{holder}" if holder else ""
    return replace(CASE, status=Status(status), holder=person, kind=kind, level=level)


FORM02 = Record("form02", 1, "on_file", NOW, NOW, body={"decision": "urgent"})
# What the form of an act must say for the rules to take it.
FORMS = {Act.SEPARATE: {"since": "2026-11-23", "until": "2026-11-30"}}


def done(act, what, person, form=None):
    return apply(act, what, Doing(person, NOW, form or FORMS.get(act, {})))


def statuses(words):
    whole = {"open": OPEN_STATUSES, "any": frozenset(Status)}
    return whole.get(words) or frozenset(Status(word) for word in words.split())


# act, from, to ("" = stays), by, clocks stopped, clocks started
ROWS = [
    ("open", "", "received", "system staff", "", "unanswered emergency plan unplaced"),
    ("acknowledge", "received", "acknowledged", "officer deputy leader police supervisor",
     "unanswered", "idle verify assess"),
    ("decline", "received", "", "staff", "", ""),
    ("release", "acknowledged verifying", "received", "holder", "idle verify assess", "unanswered"),
    ("assign", "open", "", "leader", "", "idle"),
    ("verify", "acknowledged", "verifying", "holder", "verify", ""),
    ("note", "open", "", "staff", "", "idle"),
    ("ask_reporter", "open", "", "holder", "reporter_waiting", "idle"),
    ("send_visit", "open", "", "holder", "", "visit"),
    ("visit_report", "open", "", "party", "visit", ""),
    ("refer", "open", "", "holder leader", "crime", "referral"),
    ("assess", "acknowledged verifying emergency", "", "holder", "verify assess", ""),
    ("refer_received", "open", "", "holder police", "referral", ""),
    ("measure", "open", "emergency", "leader holder", "verify emergency", "child_check confirm"),
    ("confirm_measure", "open", "", "leader", "confirm", ""),
    ("separate", "open", "emergency", "leader", "verify emergency", "separation"),
    ("end_separation", "open", "", "leader", "separation", ""),
    ("safe", "emergency", "detailed", "holder leader", "child_check", "detail"),
    ("assess_detail", "detailed", "planning", "holder", "detail", "plan idle"),
    ("meeting", "detailed planning", "", "holder", "", "idle"),
    ("submit", "planning", "approval", "holder", "plan idle", "approve"),
    ("approve", "approval", "running", "leader", "approve", "task review contact"),
    ("send_back", "approval", "planning", "leader", "approve", "idle"),
    ("task_done", "running", "", "party holder", "task", ""),
    ("task_failed", "running", "", "party holder", "", ""),
    ("review", "running", "review", "holder", "review", "decide"),
    ("end", "review", "closed", "leader", "*", "safe_check"),
    ("replan", "review", "planning", "leader", "decide", "plan idle"),
    ("resolve", "acknowledged verifying detailed", "closed", "holder", "*", "safe_check"),
    ("dismiss", "acknowledged verifying detailed", "closed", "leader holder", "*", ""),
    ("merge", "open", "closed", "holder", "*", ""),
    ("reopen", "closed", "received", "leader supervisor system", "", "unanswered emergency plan"),
    ("raise", "open", "", "staff", "", ""),
    ("lower", "open", "", "holder", "", ""),
    ("offer_handover", "open", "", "holder leader", "forward", "handover"),
    ("accept_handover", "open", "", "receiver", "handover", ""),
    ("decline_handover", "open", "", "receiver", "handover", ""),
    ("withdraw_handover", "open", "", "holder leader", "handover", ""),
    ("route", "received acknowledged", "received", "supervisor", "forward unplaced", "unanswered"),
    ("set_kind", "open", "", "holder", "", ""),
    ("mark_crime", "open", "", "staff", "", "crime"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "start", "to", "by", "stops", "starts"), ROWS)
def test_a_row_of_the_table_is_the_row_of_the_law(act, start, to, by, stops, starts):
    row = TABLE[Act(act)]
    assert row.when == statuses(start)
    assert (row.to or "") == to
    assert set(row.by) == set(by.split())
    assert set(stops.split()) <= set(row.stops)
    assert set(starts.split()) <= set(row.starts)


def test_every_act_has_exactly_one_row():
    assert len(TABLE) == len(TRANSITIONS) == len(Act)
    assert set(TABLE) == set(Act)


@pytest.mark.parametrize("act", ["refer", "measure", "separate", "approve", "accept_handover"])
def test_what_left_something_outside_is_never_undone(act):
    assert not TABLE[Act(act)].undoable


def test_a_hold_is_possible_in_every_status_for_the_leader_or_where_the_commune_may_not_know_the_city():
    for act in (Act.HOLD, Act.UNHOLD):
        assert TABLE[act].when == frozenset(Status)
        assert TABLE[act].by == (Role.LEADER, Role.SUPERVISOR)
    hidden = replace(case("closed"), flags=("conflict_commune",))
    assert allowed(Act.HOLD, case("closed"), STAFF[Role.SUPERVISOR]) == "error.not_yours"
    assert allowed(Act.HOLD, hidden, STAFF[Role.SUPERVISOR]) == ""


def test_an_erasure_needs_a_second_person_and_nothing_that_is_held_back():
    asked = replace(case("closed"), beside=(record("erasure", 1, "asked", STAFF[Role.LEADER].id),))
    assert allowed(Act.AGREE_ERASE, asked, STAFF[Role.LEADER]) == "error.own_erasure"
    assert allowed(Act.AGREE_ERASE, asked, STAFF[Role.SUPERVISOR]) == ""
    assert allowed(Act.ASK_ERASE, asked, STAFF[Role.OFFICER]) == "error.not_now"
    held = replace(asked, beside=(*asked.beside, record("hold", 1, "on")))
    assert allowed(Act.AGREE_ERASE, held, STAFF[Role.SUPERVISOR]) == "error.held"
    assert allowed(Act.REFUSE_ERASE, held, STAFF[Role.LEADER]) == ""
    kept = replace(case("closed"), beside=(record("hold", 1, "on"),))
    assert allowed(Act.ASK_ERASE, kept, STAFF[Role.OFFICER]) == "error.held"
    assert allowed(Act.HOLD, kept, STAFF[Role.LEADER]) == "error.not_now"


def test_only_closing_acts_and_a_reopening_stop_every_clock():
    every = {row.act for row in TRANSITIONS if row.stops == ("*",)}
    assert {row.act for row in TRANSITIONS if row.to is Status.CLOSED} | {Act.REOPEN} == every


def test_no_act_leads_to_an_open_status_without_leaving_a_way_on():
    leave = {status for row in TRANSITIONS if row.to is not None for status in row.when}
    assert leave == set(Status)


# Who may press what: act -> (from, who may without holding it, who may as the holder)
WORKERS = "officer deputy leader"
EVERYBODY = f"{WORKERS} police supervisor"
MAY = {
    "acknowledge": ("received", EVERYBODY, EVERYBODY),
    "decline": ("received", EVERYBODY, EVERYBODY),
    "release": ("acknowledged verifying", "", EVERYBODY),
    "assign": ("open", "leader", "leader"),
    "note": ("open", EVERYBODY, EVERYBODY),
    "ask_reporter": ("open", "", EVERYBODY),
    "measure": ("open", "leader", WORKERS),
    "safe": ("emergency", "leader", WORKERS),
    "assess": ("acknowledged verifying emergency", "", WORKERS),
    "separate": ("open", "leader", "leader"),
    "resolve": ("acknowledged verifying detailed", "", WORKERS),
    "dismiss": ("acknowledged verifying detailed", "", WORKERS),
    "raise": ("open", EVERYBODY, EVERYBODY),
    "lower": ("open", "", WORKERS),
    "set_kind": ("open", "", WORKERS),
    "route": ("received acknowledged", "supervisor", "supervisor"),
    "reopen": ("closed", "leader supervisor", "leader supervisor"),
    "assess_detail": ("detailed", "", WORKERS),
    "meeting": ("detailed planning", "", WORKERS),
    "submit": ("planning", "", WORKERS),
    "approve": ("approval", "leader", "leader"),
    "send_back": ("approval", "leader", "leader"),
    "task_done": ("running", "", WORKERS),
    "task_failed": ("running", "", WORKERS),
    "review": ("running", "", WORKERS),
    "end": ("review", "leader", "leader"),
    "replan": ("review", "leader", "leader"),
    "merge": ("open", "", WORKERS),
    "hold": ("any", "leader", "leader"),
    "unhold": ("any", "leader", "leader"),
    "ask_erase": ("closed", f"{WORKERS} supervisor", f"{WORKERS} supervisor"),
    "agree_erase": ("closed", "leader supervisor", "leader supervisor"),
    "refuse_erase": ("closed", "leader supervisor", "leader supervisor"),
    "verify": ("acknowledged", "", WORKERS),
    "send_visit": ("open", "", EVERYBODY),
    "refer": ("open", "leader", EVERYBODY),
    "refer_received": ("open", "police", EVERYBODY),
    "confirm_measure": ("open", "leader", "leader"),
    "extend_separation": ("open", "leader", "leader"),
    "end_separation": ("open", "leader", "leader"),
    "offer_handover": ("open", "leader", WORKERS),
    "withdraw_handover": ("open", "leader", WORKERS),
    "handover_received": ("open", "leader", WORKERS),
    "mark_crime": ("open", WORKERS, WORKERS),
    "exclude": ("any", EVERYBODY, EVERYBODY),
    "include": ("any", "leader supervisor", "leader supervisor"),
    "snooze": ("open", "", EVERYBODY),
}
# Theirs is a record of their own: the visit that they were asked for, the offer to their commune.
OF_A_RECORD = {
    "accept_visit": "asked", "decline_visit": "accepted", "visit_report": "accepted",
    "accept_handover": "offered", "decline_handover": "offered",
}  # fmt: skip
# Only these hold cases; police contact and city to get a case moving, so not every act is promised.
PROMISED = {
    (act, role)
    for act in MAY
    for role in EVERYBODY.split()
    if role in WORKERS.split() or act not in ("dismiss", "raise")
}


def record(kind, no, state, person=""):
    return Record(kind, no, state, NOW, NOW, person, body={"n": no})


FILED = tuple(record(kind, 1, "on_file") for kind in ("form02", "form03", "minutes"))
WRITTEN = record("plan", 1, "submitted", "p-somebody")
APPROVED = record("plan", 1, "approved", "p-somebody")
TASK = record("task", 1, "open", "p-nobody")
# What must stand beside the case for the act to have something to do.
BESIDE = {
    "submit": FILED, "approve": (WRITTEN,), "send_back": (WRITTEN,), "task_done": (APPROVED, TASK),
    "task_failed": (APPROVED, TASK), "end": (APPROVED,), "replan": (APPROVED,),
    "unhold": (record("hold", 1, "on"),),
    "agree_erase": (record("erasure", 1, "asked", "p-else"),),
    "refuse_erase": (record("erasure", 1, "asked", "p-else"),),
    "refer_received": (
        replace(record("referral", 1, "sent"), commune="20500", body={"purpose": "police_crime"}),
    ),
    "confirm_measure": (record("measure", 1, "proposed"),),
    "extend_separation": (record("separation", 1, "running"),),
    "end_separation": (record("separation", 1, "running"),),
    "withdraw_handover": (record("handover", 1, "offered"),),
    "handover_received": (record("handover", 1, "sent"),),
}  # fmt: skip


def may(act, role, status, held, kind):
    start, others, holder = MAY[act]
    if status not in statuses(start):
        return False
    if act == "resolve" and kind == "abuse":
        return False
    if act == "dismiss" and kind == "abuse":
        return role == "leader"
    return role in (holder if held else others).split()


@pytest.mark.parametrize("act", MAY)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", KIND_OF)
def test_an_act_is_allowed_to_whom_the_table_names_and_to_nobody_else(act, role, kind):
    for status in Status:
        for held in (True, False):
            if held and (status is Status.RECEIVED or (act, role) not in PROMISED):
                continue
            what = case(status, role if held else "somebody", KIND_OF[kind])
            what = replace(what, beside=(FORM02, *BESIDE.get(act, ())))
            why = allowed(Act(act), what, STAFF[role])
            assert (why == "") is may(act, role, status, held, kind), (status, held, why)


@pytest.mark.parametrize("act", OF_A_RECORD)
@pytest.mark.parametrize("role", Role)
def test_whose_record_it_is_may_act_on_it_and_nobody_else(act, role):
    kind, person = act.removeprefix("accept_").removeprefix("decline_"), STAFF[role]
    kind = "visit" if kind == "visit_report" else kind
    workers = role in WORKERS.split()
    for status in Status:
        for theirs in (True, False):
            one = record(kind, 1, OF_A_RECORD[act], person.id if theirs else "p-else")
            one = replace(one, commune=person.commune if theirs else "20506")
            what = replace(case(status), beside=(one,))
            can = theirs and status is not Status.CLOSED and (kind == "visit" or workers)
            assert (allowed(Act(act), what, person) == "") is can, (status, theirs)


def test_every_act_has_its_row_of_who_may():
    assert {*MAY, *OF_A_RECORD, "open", "undo"} == {act.value for act in Act}


@pytest.mark.parametrize(
    ("act", "who", "what", "why"),
    [
        ("acknowledge", "collaborator", case(), "error.not_yours"),
        ("acknowledge", "admin", case(), "error.not_yours"),
        ("acknowledge", "officer", case("acknowledged", "deputy"), "error.not_now"),
        ("release", "deputy", case("acknowledged", "officer"), "error.not_yours"),
        ("release", "officer", case("emergency", "officer"), "error.not_now"),
        ("measure", "officer", case(), "error.not_yours"),
        ("measure", "police", case("acknowledged", "police"), "error.not_yours"),
        ("resolve", "officer", case("acknowledged", "officer", "neglect"), "error.not_now"),
        ("dismiss", "officer", case("acknowledged", "officer", "neglect"), "error.not_yours"),
        ("dismiss", "leader", case("acknowledged", "officer", "injury"), "error.not_yours"),
        ("exclude", "officer", case(), ""),
        ("exclude", "admin", case(), "error.not_yours"),
        ("snooze", "officer", case("acknowledged", "officer"), ""),
        ("snooze", "deputy", case("acknowledged", "officer"), "error.not_yours"),
        ("note", "officer", case("closed"), "error.not_now"),
        ("submit", "officer", case("planning", "officer"), "error.needs_form02"),
        ("safe", "officer", case("emergency", "officer"), "error.needs_form02"),
    ],
)  # fmt: skip
def test_who_may_not_is_told_why(act, who, what, why):
    assert allowed(Act(act), what, STAFF[Role(who)]) == why


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_a_card_shows_exactly_what_is_allowed_now(status, role):
    for level in Level:
        for holder in ("", role):
            what = case(status, holder, level=level)
            shown = acts_for(what, STAFF[role])
            can = {
                act
                for act in set(Act) - {Act.OPEN, Act.UNDO}
                if not allowed(act, what, STAFF[role])
            }
            assert set(shown) == (can - {Act.RAISE} if level is Level.URGENT else can)
            assert len(shown) == len(set(shown))


def test_the_administrator_and_a_collaborator_have_no_button_on_a_case():
    for status in Status:
        for role in (Role.ADMIN, Role.COLLABORATOR):
            assert acts_for(case(status), STAFF[role]) == ()


def test_a_refused_act_changes_nothing():
    before = case()
    with pytest.raises(Refused, match=r"error\.not_yours"):
        done(Act.ROUTE, before, STAFF[Role.OFFICER])
    assert before == case()


@pytest.mark.parametrize("role", ["officer", "deputy", "leader", "police", "supervisor"])
def test_acknowledging_names_the_holder_and_makes_older_buttons_stale(role):
    after = done(Act.ACKNOWLEDGE, case(), STAFF[Role(role)])
    assert (after.status, after.holder, after.acked_at) == ("acknowledged", f"p-{role}", NOW)
    assert (after.acked_by_role, after.rev) == (role, 2)


def test_a_case_cannot_be_taken_twice():
    taken = done(Act.ACKNOWLEDGE, case(), STAFF[Role.OFFICER])
    with pytest.raises(Refused, match=r"error\.not_now"):
        done(Act.ACKNOWLEDGE, taken, STAFF[Role.DEPUTY])


def test_a_measure_on_a_received_case_acknowledges_it():
    after = done(Act.MEASURE, case(), STAFF[Role.LEADER])
    assert (after.status, after.holder, after.acked_at) == (Status.EMERGENCY, "p-leader", NOW)


def test_a_measure_by_the_leader_leaves_the_holder_the_case():
    after = done(Act.MEASURE, case("acknowledged", "officer"), STAFF[Role.LEADER])
    assert (after.status, after.holder) == (Status.EMERGENCY, "p-officer")


@pytest.mark.parametrize("status", sorted(OPEN_STATUSES))
def test_paper_order_never_delays_a_measure(status):
    assert done(Act.MEASURE, case(status), STAFF[Role.LEADER]).status is Status.EMERGENCY


def test_giving_it_back_leaves_nobody_holding_it():
    after = done(Act.RELEASE, case("verifying", "officer"), STAFF[Role.OFFICER])
    assert (after.status, after.holder, after.rev) == (Status.RECEIVED, "", 2)


def test_a_note_makes_no_button_stale():
    assert done(Act.NOTE, case("acknowledged", "officer"), STAFF[Role.OFFICER]).rev == 1


def test_closing_and_reopening_keep_their_facts():
    closed = done(Act.RESOLVE, case("acknowledged", "officer", "injury"), STAFF[Role.OFFICER])
    assert (closed.closed_at, closed.closed_by_role) == (NOW, Role.OFFICER)
    opened = done(Act.REOPEN, closed, STAFF[Role.LEADER])
    assert (opened.status, opened.holder, opened.closed_at) == (Status.RECEIVED, "", None)


@pytest.mark.parametrize("act", ["exclude", "hold"])
def test_what_is_done_on_a_closed_case_leaves_its_closing_as_it_was(act):
    closed = done(Act.RESOLVE, case("acknowledged", "officer", "injury"), STAFF[Role.OFFICER])
    later = Doing(STAFF[Role.LEADER], NOW + timedelta(days=40), {"reason": "khiếu nại"})
    after = apply(Act(act), closed, later)
    assert (after.closed_at, after.closed_by_role) == (NOW, Role.OFFICER)


@pytest.mark.parametrize(
    ("act", "what", "starts"),
    [
        ("acknowledge", case(), ("idle", "verify", "assess")),
        ("acknowledge", case("emergency"), ("idle",)),
        ("assign", case(), ("idle", "verify", "assess")),
        ("assign", case("detailed", "officer"), ("idle",)),
        ("accept_handover", case(), ("idle", "verify", "assess")),
        ("accept_handover", case("verifying", "officer"), ("idle",)),
    ],
)
def test_whoever_takes_it_first_owes_the_first_steps_and_whoever_comes_later_does_not(
    act, what, starts
):
    assert clock_turn(Act(act), what, {})[1] == starts


def test_no_act_changes_code_commune_kind_level_or_receipt_of_a_case():
    forms = {
        Act.SEND_VISIT: {"person": "p"}, Act.OFFER_HANDOVER: {"commune": "20515"},
    }  # fmt: skip
    for act in set(Act) - {Act.OPEN, Act.UNDO}:
        for role in Role:
            for status in Status:
                what = case(status, role, "injury")
                if allowed(act, what, STAFF[role]) == "":
                    after = done(act, what, STAFF[role], forms.get(act))
                    assert (after.id, after.code, after.commune) == ("c1", "7KQ4-2MDJ", "20500")
                    assert (after.kind, after.level) == ("injury", Level.URGENT)
                    assert after.received_at == NOW or act is Act.REOPEN


def test_an_unknown_kind_counts_as_abuse():
    assert track(case(kind="not in the table")) == "abuse"
    assert {kind: track(case(kind=code)) for kind, code in KIND_OF.items()} == {
        kind: kind for kind in KIND_OF
    }


def beside(*more):
    papers = [Record(kind, 1, "on_file", NOW, NOW) for kind in ("form02", "form03", "minutes")]
    return (*papers, *more)


SENT = Record("referral", 1, "sent", NOW, NOW, body={"purpose": "clinic_care"})
PLAN = Record("plan", 1, "submitted", NOW, NOW, person="p-officer")
TASK = Record("task", 1, "open", NOW, NOW, person="p-deputy")
# Who, from where, and what the law or a running clock waits for: never behind the second page.
NEXT = [
    ("officer", "received", "", "acknowledge decline"),
    ("leader", "received", "", "acknowledge assign measure separate"),
    ("officer", "acknowledged", "officer", "verify assess measure ask_reporter refer refer_received"),
    ("officer", "verifying", "officer", "assess measure ask_reporter refer_received"),
    ("leader", "verifying", "officer", "measure separate refer dismiss"),
    ("officer", "emergency", "officer", "measure safe assess refer_received"),
    ("leader", "emergency", "officer", "measure separate safe"),
    ("officer", "detailed", "officer", "assess_detail meeting measure refer_received"),
    ("leader", "detailed", "", "acknowledge assign"),
    ("officer", "planning", "officer", "submit meeting refer_received"),
    ("leader", "approval", "officer", "approve send_back"),
    ("officer", "running", "officer", "task_done task_failed review refer_received"),
    ("deputy", "running", "officer", "task_done task_failed"),
    ("leader", "review", "officer", "end replan"),
    ("leader", "closed", "officer", "reopen"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "status", "holder", "steps"), NEXT)
def test_the_next_lawful_step_is_on_the_first_two_pages_of_a_card(role, status, holder, steps):
    approved = replace(PLAN, no=2, state="approved")
    found = replace(case(status, holder), beside=beside(SENT, PLAN, approved, TASK))
    shown = [act.value for act in acts_for(found, STAFF[Role(role)])][: 2 * 4]
    assert set(steps.split()) <= set(shown)
