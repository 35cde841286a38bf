"""The clocks of a plan: when due, who is reminded when, and who hears that it has passed (DOMAIN.md 3, 10)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.deadlines import told_at
from cases.model import Case, Level, Status
from cases.policy import DEFAULT, Policy, w
from cases.timers import dated_timer, due_at, first_timer, next_timer, step_now
from cases.times.calendar import OVERRIDES, ZONE

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=ZONE)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


def shown(moment):
    return f"{moment.astimezone(ZONE):%d/%m %H:%M}"


def chain(kind, case, start, many):
    """(when, whom) of every beat, each on time, from the start on."""
    timer, found = dated_timer(kind, case, DEFAULT, start, start), []
    for _ in range(many):
        step = step_now(kind, case, DEFAULT, timer, timer.due_at)
        found.append((shown(timer.due_at), " ".join(told_at(kind, case, DEFAULT, step))))
        timer = next_timer(kind, case, DEFAULT, timer, timer.due_at)
    return found


# receipt -> due at 17:00; holidays, worked Saturdays, Tết of 2026 and the forecast one of 2027
GOLDEN = [
    ("31/12/2025", "09/01/2026"), ("07/01/2026", "13/01/2026"), ("13/02/2026", "27/02/2026"),
    ("24/04/2026", "06/05/2026"), ("21/08/2026", "27/08/2026"), ("28/08/2026", "09/09/2026"),
    ("21/11/2026", "30/11/2026"), ("23/11/2026", "01/12/2026"), ("29/01/2027", "12/02/2027"),
]  # fmt: skip


@pytest.mark.parametrize(("received", "due"), GOLDEN)
@pytest.mark.parametrize("level", Level)
def test_five_working_days_for_the_plan_at_every_level_and_hour(received, due, level):
    for hour in (0, 8, 16, 17, 23):
        start = at(f"{received} {hour:02}:15")
        case = replace(CASE, level=level, received_at=start, opened_at=start)
        timer = first_timer("plan", case, DEFAULT, start + timedelta(minutes=1))
        assert due_at("plan", case, DEFAULT, timer.started_at) == at(f"{due} 17:00")


# clock, start -> due over Tết of 2026 (14 to 22/02), the forecast one of 2027 and worked Saturdays
OVER_TET = [
    ("detail", "12/02/2026 09:00", "24/02/2026 17:00"), ("approve", "13/02/2026 16:00", "24/02/2026 17:00"),
    ("decide", "11/02/2026 09:00", "23/02/2026 17:00"), ("referral", "13/02/2026 09:00", "23/02/2026 17:00"),
    ("detail", "03/02/2027 09:00", "15/02/2027 17:00"), ("approve", "04/02/2027 09:00", "12/02/2027 17:00"),
    ("decide", "04/02/2027 16:59", "15/02/2027 17:00"), ("referral", "04/02/2027 09:00", "11/02/2027 17:00"),
    ("approve", "20/08/2026 09:00", "22/08/2026 17:00"), ("approve", "29/04/2026 09:00", "05/05/2026 17:00"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "start", "due"), OVER_TET)
def test_f37_working_days_are_counted_over_tet(kind, start, due):
    case = replace(CASE, level=Level.HIGH)
    assert f"{due_at(kind, case, DEFAULT, at(start)).astimezone(ZONE):%d/%m/%Y %H:%M}" == due


def test_no_setting_moves_the_days_for_the_plan_and_a_declared_day_off_does():
    loose = Policy(spans={**DEFAULT.spans, "plan": dict.fromkeys(Level, w(90))})
    assert due_at("plan", CASE, loose, NOW) == at("01/12/2026 17:00")
    declared = Policy(calendar={**OVERRIDES, at("27/11/2026 00:00").date(): False})
    assert due_at("plan", CASE, declared, NOW) == at("02/12/2026 17:00")


# clock, level, start -> who is told when
BEATS = [
    ("plan", "low", "23/11/2026 20:15", [
        ("27/11 08:00", "holder"), ("30/11 08:00", "holder"), ("01/12 08:00", "holder"),
        ("01/12 17:00", "holder leader"), ("02/12 17:00", "holder leader"),
        ("03/12 17:00", "holder leader supervisor"), ("04/12 07:30", "holder leader supervisor"),
    ]),
    ("approve", "urgent", "23/11/2026 20:15", [
        ("25/11 08:00", "leader"), ("26/11 17:00", "leader supervisor"),
        ("27/11 07:30", "leader supervisor"),
    ]),
    ("task:3", "high", "30/11/2026 17:00", [
        ("01/12 17:00", "party holder"), ("03/12 17:00", "holder leader"),
    ]),
    ("contact", "urgent", "23/11/2026 20:15", [
        ("29/11 08:00", "holder"), ("30/11 20:15", "holder leader"), ("01/12 07:30", "holder leader"),
    ]),
    ("contact", "high", "23/11/2026 20:15", [("06/12 08:00", "holder"), ("07/12 20:15", "holder leader")]),
    ("review", "high", "23/11/2026 20:15", [
        ("16/12 08:00", "holder"), ("22/12 08:00", "holder"), ("23/12 20:15", "holder leader"),
    ]),
    ("decide", "low", "23/11/2026 20:15", [
        ("26/11 08:00", "leader"), ("27/11 17:00", "leader supervisor"),
        ("28/11 07:30", "leader supervisor"),
    ]),
    ("verify", "urgent", "23/11/2026 20:15", [("23/11 22:15", "holder leader")]),
    ("verify", "low", "23/11/2026 20:15", [("24/11 20:15", "holder leader")]),
    ("assess", "urgent", "23/11/2026 20:15", [
        ("24/11 02:15", "holder"), ("24/11 08:15", "holder leader"),
    ]),
    ("assess", "high", "23/11/2026 20:15", [
        ("24/11 08:15", "holder"), ("24/11 20:15", "holder leader"),
    ]),
    ("assess", "medium", "23/11/2026 20:15", [
        ("25/11 08:15", "holder"), ("26/11 20:15", "holder leader"),
    ]),
    ("assess", "low", "23/11/2026 20:15", [
        ("27/11 08:15", "holder"), ("30/11 20:15", "holder leader"),
    ]),
    ("confirm", "urgent", "23/11/2026 20:15", [
        ("24/11 08:15", "leader"), ("24/11 20:15", "leader supervisor"),
    ]),
    ("detail", "high", "23/11/2026 20:15", [
        ("26/11 08:00", "holder"), ("27/11 17:00", "holder leader"), ("28/11 07:30", "holder leader"),
    ]),
    ("handover", "urgent", "23/11/2026 20:15", [
        ("23/11 20:45", "leader"), ("23/11 21:15", "leader supervisor"),
        ("23/11 21:45", "leader supervisor"),
    ]),
    ("handover", "high", "23/11/2026 20:15", [
        ("24/11 09:15", "leader"), ("24/11 13:15", "leader supervisor"),
    ]),
    ("referral", "urgent", "23/11/2026 20:15", [
        ("23/11 20:45", "holder leader"), ("23/11 21:15", "holder leader supervisor"),
    ]),
    ("referral", "high", "23/11/2026 20:15", [
        ("25/11 17:00", "holder leader"), ("26/11 17:00", "holder leader supervisor"),
    ]),
    ("visit", "urgent", "23/11/2026 08:00", [
        ("23/11 08:07", "party"), ("23/11 08:15", "party holder"),
    ]),
    ("visit", "low", "23/11/2026 08:00", [
        ("23/11 10:00", "party"), ("23/11 12:00", "party holder"),
    ]),
    ("visit_done", "urgent", "23/11/2026 08:00", [
        ("23/11 09:00", "party"), ("23/11 10:00", "party holder"),
    ]),
    ("visit_done", "high", "23/11/2026 08:00", [
        ("23/11 20:00", "party"), ("24/11 08:00", "party holder"),
    ]),
    ("visit_done", "medium", "23/11/2026 08:00", [
        ("24/11 20:00", "party"), ("26/11 08:00", "party holder"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "level", "start", "told"), BEATS)
def test_who_is_told_when(kind, level, start, told):
    case = replace(CASE, level=Level(level))
    assert chain(kind, case, at(start), len(told)) == told


def test_a_task_reminds_the_day_before_and_that_morning():
    due, now = at("30/11/2026 17:00"), at("27/11/2026 09:00")
    timer, found = dated_timer("task:3", CASE, DEFAULT, now, due), []
    for _ in range(5):
        found.append(shown(timer.due_at))
        timer = next_timer("task:3", CASE, DEFAULT, timer, timer.due_at)
    assert found == ["29/11 08:00", "30/11 08:00", "30/11 17:00", "01/12 17:00", "03/12 17:00"]


@pytest.mark.parametrize(
    ("level", "contact", "review"),
    [
        ("urgent", 7, 30), ("unknown", 7, 30), ("high", 14, 30), ("medium", 30, 60), ("low", 30, 90),
    ],
)  # fmt: skip
def test_meetings_and_reviews_come_at_the_pace_of_the_level(level, contact, review):
    case = replace(CASE, level=Level(level))
    days = [(due_at(kind, case, DEFAULT, NOW) - NOW).days for kind in ("contact", "review")]
    assert days == [contact, review]


def test_a_task_whose_day_has_passed_before_its_plan_was_approved_is_late_at_once():
    now = at("05/12/2026 09:00")
    timer = dated_timer("task:1", CASE, DEFAULT, now, at("30/11/2026 17:00"))
    assert timer.due_at == now
    step = step_now("task:1", CASE, DEFAULT, timer, now)
    assert told_at("task:1", CASE, DEFAULT, step) == ("holder", "leader")
