"""The emergency path: what form 02 suggests, fifteen days, a child seen daily, the twelve hours owed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.acting import apply, clock_turn
from cases.allowed import acts_for, allowed
from cases.assessment import Proposal, proposal
from cases.deadlines import applies, owes_measure, told_at
from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Case, Level, Person, Record, Role, Status
from cases.policy import DEFAULT
from cases.records import Doing, records
from cases.separation import days, known, used
from cases.timers import dated_timer, due_at, next_timer, step_now
from cases.times.calendar import ZONE, instant, local

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=ZONE)
CASE = Case(
    "c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.VERIFYING, 3, NOW, NOW, "p-officer"
)
OFFICER, LEADER = Person("p-officer", Role.OFFICER, "20500"), Person("p-l", Role.LEADER, "20500")


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def done(act, case, who=OFFICER, now=NOW, **form):
    return apply(act, case, Doing(who, now, form))


def assessed(case, decision, now=NOW):
    return done(Act.ASSESS, case, now=now, decision=decision)


def separated(case, since, until, now=NOW, **form):
    return done(Act.SEPARATE, case, LEADER, now, since=since, until=until, **form)


# harm again reach self_protect protector -> decision, and because of what
DEGREES = [
    ("high low low high high", "urgent", "harm"),
    ("low high low high high", "urgent", "again"),
    ("middle high high low low", "urgent", "again reach"),
    ("middle low low low low", "urgent", "harm self_protect protector"),
    ("low middle middle low low", "urgent", "again reach self_protect protector"),
    ("middle middle middle low middle", "calm", ""),
    ("middle middle middle high low", "calm", ""),
    ("low low low low low", "calm", ""),
    ("low low low high high", "calm", ""),
]


@pytest.mark.parametrize(("degrees", "decision", "because"), DEGREES)
def test_form_02_suggests_and_says_because_of_which_degrees(degrees, decision, because):
    names = ("harm", "again", "reach", "self_protect", "protector")
    form = dict(zip(names, degrees.split(), strict=True))
    assert proposal(form) == Proposal(decision, tuple(because.split()))


def test_where_nobody_harms_the_question_of_reach_is_not_missed():
    assert proposal({"harm": "low", "again": "low", "self_protect": "low", "protector": "low"}) == (
        Proposal("calm")
    )


@pytest.mark.parametrize(
    ("status", "decision", "after"),
    [
        ("acknowledged", "urgent", "emergency"),
        ("verifying", "urgent", "emergency"),
        ("acknowledged", "calm", "detailed"),
        ("verifying", "calm", "detailed"),
        ("emergency", "urgent", "emergency"),
        ("emergency", "calm", "emergency"),
    ],
)
def test_the_person_concludes_and_an_emergency_stays_one(status, decision, after):
    case = replace(CASE, status=Status(status))
    found = assessed(case, decision)
    assert found.status == after
    assert [one.state for one in records(found, "form02")] == ["on_file"]
    stops, starts = clock_turn(Act.ASSESS, case, {"decision": decision})
    calm = decision == "calm" and status != "emergency"
    assert ("emergency" in stops, "detail" in starts) == (calm, calm)


def test_the_next_step_of_the_law_stands_first_on_the_card():
    assert acts_for(CASE, OFFICER)[0] is Act.ASSESS
    assert acts_for(replace(CASE, status=Status.ACKNOWLEDGED), OFFICER)[0] is Act.VERIFY
    assert acts_for(measured(CASE), OFFICER)[0] is Act.ASSESS
    assert acts_for(assessed(CASE, "urgent"), OFFICER)[0] is Act.MEASURE
    assert acts_for(measured(assessed(CASE, "urgent")), OFFICER)[0] is Act.NOTE


def test_safe_needs_a_form_02_of_this_time():
    case = assessed(CASE, "urgent")
    assert allowed(Act.SAFE, case, OFFICER) == ""
    again = replace(case, opened_at=NOW + timedelta(days=30))
    assert allowed(Act.SAFE, again, OFFICER) == "error.needs_form02"


def measured(case, who=OFFICER):
    return done(Act.MEASURE, case, who, measure="medical")


def test_the_twelve_hours_are_owed_until_something_was_done():
    urgent = assessed(CASE, "urgent")
    assert owes_measure(CASE) and owes_measure(urgent)
    assert not owes_measure(assessed(CASE, "calm"))
    assert not owes_measure(measured(urgent))
    assert not owes_measure(separated(urgent, "2026-11-23", "2026-11-25"))
    assert not owes_measure(measured(CASE))


def test_a_refused_measure_lets_them_run_on_unless_another_one_stands():
    case = measured(CASE)
    form = {"decision": "refused", "reason": "x", "record": "1"}
    assert owes_measure(done(Act.CONFIRM_MEASURE, case, LEADER, **form))
    assert not owes_measure(done(Act.CONFIRM_MEASURE, measured(case), LEADER, **form))


@pytest.mark.parametrize("kind", ["injury", "hardship"])
def test_on_every_track_who_concluded_that_it_cannot_wait_owes_a_measure(kind):
    case = replace(CASE, kind=kind, level=Level.MEDIUM)
    assert not owes_measure(case)
    assert owes_measure(assessed(case, "urgent"))
    assert not owes_measure(measured(assessed(case, "urgent")))
    before = replace(assessed(case, "urgent"), opened_at=NOW + timedelta(days=1))
    assert not applies("emergency", before)


def test_a_hazard_has_no_detailed_assessment_and_abuse_no_clock_for_the_first():
    kinds = {"neglect": (False, True), "hardship": (True, True), "injury": (True, False)}
    for kind, found in kinds.items():
        case = replace(CASE, kind=kind)
        assert (applies("assess", case), applies("detail", case)) == found


# since, until -> days, both counted
DAYS = [
    ("2026-11-23", "2026-11-23", 1),
    ("2026-11-23", "2026-12-07", 15),
    ("2027-01-25", "2027-02-08", 15),
    ("2026-11-23", "2026-11-22", 0),
]


@pytest.mark.parametrize(("since", "until", "many"), DAYS)
def test_the_first_and_the_last_day_count(since, until, many):
    assert days(date.fromisoformat(since), date.fromisoformat(until)) == many


# since, until, paper -> why it is refused; now is 23/11/2026 20:15
REFUSED = [
    ("2026-11-23", "2026-12-07", "", ""),
    ("2026-11-23", "2026-12-08", "", "error.needs_paper"),
    ("2026-11-23", "2026-12-08", "chưa có", "error.needs_paper"),
    ("2026-11-23", "2026-12-08", "15/2026/QĐ-TA", ""),
    ("2026-11-22", "2026-11-25", "", ""),
    ("2026-11-21", "2026-11-25", "", "error.day_past"),
    ("2026-11-25", "2026-11-24", "", "error.day_past"),
    ("2026-11-22", "2026-11-22", "", "error.day_past"),
    ("2026-11-30", "2026-12-04", "", ""),
    ("2026-12-01", "2026-12-04", "", "error.day_far"),
    ("2026-11-23", "2027-11-23", "15/2026/QĐ-TA", "error.day_far"),
]


@pytest.mark.parametrize(("since", "until", "paper", "why"), REFUSED)
def test_a_separation_is_neither_over_nor_far_nor_too_long(since, until, paper, why):
    if not why:
        assert separated(CASE, since, until, paper=paper).status is Status.EMERGENCY
        return
    with pytest.raises(Refused, match=why.replace(".", r"\.")):
        separated(CASE, since, until, paper=paper)


def extended(case, until, now=NOW, **form):
    return done(Act.EXTEND_SEPARATION, case, LEADER, now, until=until, why="x", **form)


def test_extensions_count_to_the_sum_and_move_the_due():
    case = extended(separated(CASE, "2026-11-23", "2026-11-25"), "2026-12-07")
    (one,) = records(case, "separation")
    assert (one.state, local(one.due_at).date()) == ("running", date(2026, 12, 7))
    assert one.body["extend_separation"]["why"] == "x"
    assert known(case) == {"used": 0, "since": "2026-11-23", "last": "2026-12-07"}
    with pytest.raises(Refused, match=r"needs_paper"):
        extended(case, "2026-12-08")
    assert extended(case, "2026-12-08", paper="15/QĐ").status is Status.EMERGENCY


def test_one_that_lapsed_goes_on_counting_and_can_still_be_extended():
    case = separated(CASE, "2026-11-23", "2026-11-25")
    late = NOW + timedelta(days=5)
    with pytest.raises(Refused, match=r"day_past"):
        extended(case, "2026-11-27", late)
    assert records(extended(case, "2026-11-30", late), "separation", "running")
    with pytest.raises(Refused, match=r"needs_paper"):
        extended(case, "2026-12-10", late)


def test_days_of_an_earlier_separation_count():
    case = separated(CASE, "2026-11-23", "2026-12-05")
    ended = done(Act.END_SEPARATION, case, LEADER, NOW + timedelta(days=4), why="x")
    assert used(ended) == 5
    assert known(ended) == {"used": 5}
    later = NOW + timedelta(days=6)
    with pytest.raises(Refused, match=r"needs_paper"):
        separated(ended, "2026-11-29", "2026-12-09", later)
    assert records(separated(ended, "2026-11-29", "2026-12-08", later), "separation", "running")


def test_while_one_runs_there_is_no_second_and_no_end_of_the_case():
    case = separated(CASE, "2026-11-23", "2026-11-25")
    assert allowed(Act.SEPARATE, case, LEADER) == "error.separation_is"
    closing = replace(case, status=Status.DETAILED)
    assert allowed(Act.DISMISS, closing, LEADER) == "error.separation_runs"
    hazard = replace(closing, kind="injury")
    assert allowed(Act.RESOLVE, hazard, OFFICER) == "error.separation_runs"
    ended = done(Act.END_SEPARATION, closing, LEADER, why="x")
    assert allowed(Act.DISMISS, ended, LEADER) == ""


def test_a_separation_of_a_received_case_acknowledges_it():
    case = replace(CASE, status=Status.RECEIVED, holder="")
    after = separated(case, "2026-11-23", "2026-11-25")
    assert (after.status, after.holder) == (Status.EMERGENCY, "p-l")


def lived(kind, case, timer, many):
    """When the clock rings and whom, each time it does; every ring is on time."""
    found = []
    for _ in range(many):
        step = step_now(kind, case, DEFAULT, timer, timer.due_at)
        found.append((f"{local(timer.due_at):%d/%m %H:%M}", told_at(kind, case, DEFAULT, step)))
        timer = next_timer(kind, case, DEFAULT, timer, timer.due_at)
    return found


HOLDER, BOTH, CITY = ("holder",), ("holder", "leader"), ("holder", "leader", "supervisor")
# Tết 2027 is on 6 February: nothing waits for the holidays.
OVER_TET = [
    ("03/02 08:00", BOTH),  # day 10
    ("06/02 08:00", BOTH),  # day 13
    ("07/02 08:00", BOTH),  # day 14
    ("08/02 17:00", CITY),  # day 15
    ("09/02 07:30", CITY),
    ("10/02 07:30", CITY),
]


@pytest.mark.parametrize("level", Level)
def test_a_separation_of_fifteen_days_over_tet_reminds_on_days_10_13_and_14(level):
    now = at("2027-01-25 09:00")
    case = replace(CASE, level=level, received_at=now, opened_at=now)
    case = separated(case, "2027-01-25", "2027-02-08", now)
    due = records(case, "separation")[0].due_at
    assert due == instant(date(2027, 2, 8), datetime(2027, 2, 8, 17).time())
    timer = dated_timer("separation:1", case, DEFAULT, now, due)
    assert lived("separation:1", case, timer, 6) == OVER_TET


SEEN_BY_NOBODY = [
    ("05/02 07:30", HOLDER),
    ("05/02 18:00", BOTH),
    ("06/02 07:30", HOLDER),
    ("06/02 18:00", BOTH),
    ("07/02 07:30", HOLDER),
    ("07/02 18:00", BOTH),
    ("08/02 07:30", HOLDER),
]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("hour", ["00:10", "07:30", "17:59", "23:50"])
def test_a_child_is_seen_every_day_of_tet(level, hour):
    start = at(f"2027-02-04 {hour}")
    case = replace(CASE, level=level)
    timer = dated_timer("child_check", case, DEFAULT, start, start)
    assert lived("child_check", case, timer, 7) == SEEN_BY_NOBODY


def test_who_saw_the_child_is_reminded_the_next_morning():
    seen = at("2027-02-06 19:00")
    timer = dated_timer("child_check", CASE, DEFAULT, seen, seen)
    assert lived("child_check", CASE, timer, 2) == [("07/02 07:30", HOLDER), ("07/02 18:00", BOTH)]
    assert due_at("child_check", CASE, DEFAULT, seen) == at("2027-02-07 18:00")


def test_a_record_of_another_state_is_no_form_on_file():
    undone = Record("form02", 1, "undone", NOW, NOW, body={"decision": "urgent"})
    case = replace(CASE, status=Status.EMERGENCY, beside=(undone,))
    assert allowed(Act.SAFE, case, OFFICER) == "error.needs_form02"
    assert not owes_measure(case)
