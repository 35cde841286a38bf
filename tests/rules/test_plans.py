"""The plan and its tasks: what a file needs, what an act makes of them, and which clocks they owe."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.acting import apply, clock_turn
from cases.allowed import acts_for, allowed
from cases.deadlines import applies
from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Role, Status
from cases.plans import draft, missing, number_of, plan_no, plan_now, tasks_now
from cases.records import Doing, owed, records
from cases.timers import first_start
from cases.times.calendar import ZONE

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=ZONE)
CASE = Case(
    "c1",
    "7KQ4-2MDJ",
    "20500",
    Level.LOW,
    "neglect",
    Status.DETAILED,
    1,
    NOW,
    NOW,
    holder="p-officer",
)
OFFICER, LEADER, DEPUTY = (
    Person(f"p-{role}", role, "20500") for role in (Role.OFFICER, Role.LEADER, Role.DEPUTY)
)
PLAN = {
    "goals": "an toàn",
    "task1": "thăm", "task1_who": "p-deputy", "task1_until": "2026-11-25", "task1_more": "add",
    "task2": "rào ao", "task2_who": "family", "task2_until": "2026-11-27", "task2_more": "enough",
}  # fmt: skip
PATH = [
    ("assess", OFFICER, {"decision": "calm"}), ("assess_detail", OFFICER, {}), ("meeting", OFFICER, {}),
    ("submit", OFFICER, PLAN), ("approve", LEADER, {}),
]  # fmt: skip


def done(case, *steps):
    for act, person, form in steps:
        case = apply(Act(act), case, Doing(person, NOW, form))
    return case


def after(act):
    """The case as it is when this act of the path was done."""
    names = [step[0] for step in PATH]
    return done(replace(CASE, status=Status.VERIFYING), *PATH[: names.index(act) + 1])


def states(case, kind):
    return [(one.no, one.state, one.person) for one in records(case, kind)]


def test_each_paper_that_is_missing_is_named():
    filed = replace(CASE, status=Status.VERIFYING)
    assert missing(filed) == ("form02", "form03", "minutes")
    for n, left in enumerate([("form03", "minutes"), ("minutes",), ()], 1):
        assert missing(done(filed, *PATH[:n])) == left
    reopened = replace(after("meeting"), opened_at=NOW + timedelta(days=30))
    assert missing(reopened) == ("form02", "form03", "minutes")  # old papers are of the old time


@pytest.mark.parametrize("kind", ["form02", "form03", "minutes"])
def test_no_plan_is_submitted_while_a_paper_is_missing(kind):
    whole = after("meeting")
    short = replace(whole, beside=tuple(one for one in whole.beside if one.kind != kind))
    assert allowed(Act.SUBMIT, short, OFFICER) == f"error.needs_{kind}"
    assert Act.SUBMIT not in acts_for(short, OFFICER)
    assert allowed(Act.SUBMIT, whole, OFFICER) == ""


def test_a_submitted_plan_brings_its_tasks_and_owes_them_nothing_yet():
    case = after("submit")
    assert states(case, "task") == [(1, "planned", "p-deputy"), (2, "planned", "")]
    assert [number_of(one) for one in tasks_now(case)] == [1, 2]
    assert [f"{one.due_at.astimezone(ZONE):%d/%m %H:%M}" for one in tasks_now(case)] == [
        "25/11 17:00", "27/11 17:00",
    ]  # fmt: skip
    assert owed(case) == {}


def test_approved_tasks_owe_their_own_date_while_the_plan_runs():
    case = after("approve")
    assert owed(case) == {f"task:{one.no}": one.due_at for one in tasks_now(case)}
    for status in set(Status) - {Status.RUNNING}:
        assert owed(replace(case, status=status)) == {}


def test_whoever_wrote_a_plan_does_not_approve_it():
    held = replace(after("meeting"), holder="p-leader")
    case = done(held, ("submit", LEADER, PLAN))
    assert allowed(Act.APPROVE, case, LEADER) == "error.own_plan"
    assert allowed(Act.APPROVE, case, replace(LEADER, id="p-other")) == ""


def test_what_was_sent_back_is_a_draft_and_its_tasks_are_dropped():
    case = done(after("submit"), ("send_back", LEADER, {"change": "thêm người"}))
    assert draft(case).body["send_back"] == {"change": "thêm người", "record": "1"}
    assert {one.state for one in records(case, "task")} == {"dropped"}
    assert tasks_now(case) == ()
    again = done(case, ("submit", OFFICER, PLAN))
    assert draft(again) is None
    assert (plan_no(again), [number_of(one) for one in tasks_now(again)]) == (1, [1, 2])


def test_a_new_plan_drops_what_was_open_and_has_the_next_number():
    running = done(after("approve"), ("task_done", DEPUTY, {"record": "1", "result": "đã thăm"}))
    case = done(running, ("review", OFFICER, {"decision": "replan"}), ("replan", LEADER, {}))
    assert states(case, "task") == [(1, "done", "p-deputy"), (2, "dropped", "")]
    assert (plan_now(case), plan_no(case)) == (None, 2)


def test_a_plan_after_an_emergency_takes_the_place_of_the_one_before():
    case = done(after("approve"), ("measure", LEADER, {}), ("safe", LEADER, {}))
    case = done(case, ("assess_detail", OFFICER, {}), ("submit", OFFICER, PLAN))
    assert [one.state for one in records(case, "plan")] == ["replaced", "submitted"]
    assert [one.state for one in records(case, "task")] == ["dropped"] * 2 + ["planned"] * 2


def test_nothing_is_to_be_done_in_a_closed_case():
    case = done(after("approve"), ("review", OFFICER, {}), ("end", LEADER, {}))
    assert {one.state for one in records(case, "task")} == {"dropped"}


def test_a_task_that_failed_keeps_open_with_its_new_date():
    case = done(
        after("approve"), ("task_failed", DEPUTY, {"record": "1", "until": "2026-11-26"})
    )  # fmt: skip
    first = records(case, "task")[0]
    assert (first.state, f"{first.due_at.astimezone(ZONE):%d/%m %H:%M}") == ("open", "26/11 17:00")


@pytest.mark.parametrize("act", ["task_done", "task_failed"])
def test_a_task_is_ended_by_its_person_or_the_holder_alone(act):
    case = after("approve")
    other = replace(DEPUTY, id="p-else")
    assert [allowed(Act(act), case, one) for one in (OFFICER, DEPUTY, other, LEADER)] == [
        "", "", "error.not_yours", "error.not_yours",
    ]  # fmt: skip


def test_an_act_on_a_task_that_is_not_there_changes_nothing():
    with pytest.raises(Refused, match=r"error\.not_now"):
        done(after("approve"), ("task_done", DEPUTY, {"record": "9"}))


def test_a_case_is_held_once():
    held = done(CASE, ("hold", LEADER, {}))
    assert allowed(Act.HOLD, held, LEADER) == "error.not_now"
    free = done(held, ("unhold", LEADER, {}))
    assert (states(free, "hold"), allowed(Act.HOLD, free, LEADER)) == ([(1, "off", "")], "")


# kind, plans so far -> whether the days for the plan count from the receipt
@pytest.mark.parametrize(
    ("kind", "plans", "receipt"),
    [
        ("neglect", (), True), ("neglect", ("sent_back",), True), ("neglect", ("undone",), True),
        ("neglect", ("replaced",), False), ("neglect", ("approved",), False),
        ("neglect", ("submitted",), False), ("hardship", (), False),
    ],
)  # fmt: skip
def test_the_days_for_a_plan_count_from_receipt_until_there_was_one(kind, plans, receipt):
    later = NOW.replace(day=27)
    whole = after("submit")
    plan = records(whole, "plan")[0]
    beside = tuple(replace(plan, no=n, state=state) for n, state in enumerate(plans, 1))
    case = replace(CASE, kind=kind, beside=beside)
    assert first_start("plan", case, later) == (NOW if receipt else later)


@pytest.mark.parametrize(
    ("kind", "status", "yes"),
    [
        ("neglect", "received", True), ("neglect", "planning", True), ("hardship", "received", False),
        ("hardship", "planning", True), ("injury", "acknowledged", False), ("unheard of", "received", True),
    ],
)  # fmt: skip
def test_the_days_for_a_plan_run_for_abuse_and_where_a_plan_was_decided(kind, status, yes):
    assert applies("plan", replace(CASE, kind=kind, status=Status(status))) is yes


@pytest.mark.parametrize("status", Status)
def test_from_submission_on_nobody_is_asked_what_they_do_meanwhile(status):
    calm = status not in (Status.APPROVAL, Status.RUNNING, Status.REVIEW)
    assert applies("idle", replace(CASE, status=status)) is calm


def test_each_act_of_the_path_leaves_a_clock_running():
    """Clocks stopped and started on the way, as the table says, never leave an open case without one."""
    case, running = replace(CASE, status=Status.VERIFYING), {"idle", "emergency", "plan"}
    ends = [("review", OFFICER, {}), ("replan", LEADER, {}), ("submit", OFFICER, PLAN)]
    for act, person, form in [*PATH, *ends, ("send_back", LEADER, {})]:
        stops, starts = clock_turn(Act(act), case, form)
        case = done(case, (act, person, form))
        running = {one for one in running if one not in stops}
        running |= {one for one in starts if applies(one, case)} | set(owed(case))
        assert running, act
