"""The clocks: when due, whom next, and never silence. Moments are Viet Nam time; 24/11 is a holiday."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cases.deadlines import ALARMING, ARMED, DEADLINES, NOT_OF_A_CASE, after, applies, steps_of
from cases.model import Case, Level, Status
from cases.policy import DEFAULT, Policy, Step, c, d, w
from cases.timers import (
    due_at,
    due_of,
    first_timer,
    next_due,
    next_timer,
    passes_the_law,
    put_off,
    rules_of,
    step_now,
)
from cases.times.calendar import ZONE, DayChange

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=ZONE)
CASE = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "neglect", Status.RECEIVED, 1, NOW, NOW)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EVERYBODY = "officer deputy leader police supervisor admin"


def at(text):
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def shown(moment):
    return f"{moment.astimezone(ZONE):%m-%d %H:%M}"


def of(level, **changed):
    return replace(CASE, level=Level(level), **changed)


def chain(kind, case, steps, policy=DEFAULT):
    """The timers when every one fires on time."""
    timer, fired = first_timer(kind, case, policy, NOW), []
    for _ in range(steps):
        fired.append(timer)
        timer = next_timer(kind, case, policy, timer, timer.due_at)
    return fired


def moments(kind, case, steps):
    return [one.due_at for one in chain(kind, case, steps)]


LAW = "forward emergency separation plan crime rights_ack rights_do breach dossier yearly"
SETTINGS = (
    "unanswered idle verify assess confirm child_check detail approve task contact review decide "
    "handover referral visit visit_done reporter_waiting unfinished unplaced safe_check duty quiet_commune"
)


def test_every_clock_is_data_and_the_law_is_told_from_settings():
    assert {one.id for one in DEADLINES.values() if one.law} == set(LAW.split())
    assert {one.id for one in DEADLINES.values() if not one.law} == set(SETTINGS.split())
    assert set(DEADLINES) >= ARMED
    assert all(one.basis and one.due for one in DEADLINES.values())


@pytest.mark.parametrize("clock", ["crime", "forward"])
def test_what_the_law_wants_at_once_is_not_called_due_later(clock):
    assert DEADLINES[clock].due.startswith("at once; target")


# level, step -> (when, whom) of "nobody has taken it", received 23/11 at 20:15
UNANSWERED = [
    ("urgent", 0, "11-23 20:15", "officer"),
    ("urgent", 1, "11-23 20:30", "deputy"),
    ("urgent", 2, "11-23 20:45", "leader police"),
    ("urgent", 3, "11-23 21:15", "supervisor"),
    ("urgent", 4, "11-23 21:45", EVERYBODY),
    ("high", 0, "11-23 20:15", "officer"),
    ("high", 1, "11-24 07:15", "officer"),
    ("high", 2, "11-24 09:15", "deputy"),
    ("high", 3, "11-24 13:15", "leader"),
    ("high", 4, "11-25 17:00", "supervisor"),
    ("medium", 0, "11-23 20:15", "officer"),
    ("medium", 1, "11-24 09:15", "officer"),
    ("medium", 2, "11-24 13:15", "deputy"),
    ("medium", 3, "11-25 06:15", "leader"),
    ("medium", 4, "11-25 17:00", "supervisor"),
    ("low", 0, "11-23 20:15", "officer"),
    ("low", 1, "11-25 17:00", "officer"),
    ("low", 3, "11-26 17:00", "leader"),
    ("low", 4, "11-27 17:00", "supervisor"),
]


@pytest.mark.parametrize(("level", "step", "when", "whom"), UNANSWERED)
def test_a_case_nobody_takes_goes_up_step_by_step(level, step, when, whom):
    found = steps_of("unanswered", of(level), DEFAULT)[step]
    assert found.to == tuple(whom.split())
    assert shown(after(NOW, found.after, DEFAULT.calendar)) == when


@pytest.mark.parametrize("level", Level)
def test_the_first_alert_leaves_at_once_at_every_level_and_hour(level):
    for hour in range(24):
        now = NOW.replace(hour=hour)
        assert first_timer("unanswered", of(level), DEFAULT, now).due_at == now


@pytest.mark.parametrize("level", Level)
def test_the_last_step_calls_everybody(level):
    assert steps_of("unanswered", of(level), DEFAULT)[-1].to == tuple(EVERYBODY.split())


def test_an_urgent_case_goes_up_after_15_30_60_and_90_minutes_then_every_30():
    minutes = [(one - NOW) / MINUTE for one in moments("unanswered", CASE, 8)]
    assert minutes == [0, 15, 30, 60, 90, 120, 150, 180]


def test_an_unknown_level_is_timed_as_urgent():
    for kind in ("unanswered", "idle", "emergency"):
        assert moments(kind, of("unknown"), 6) == moments(kind, CASE, 6)


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("high", "11-23 20:15 | 11-24 07:15 | 11-24 09:15 | 11-24 13:15 | 11-25 17:00"),
        ("medium", "11-23 20:15 | 11-24 09:15 | 11-24 13:15 | 11-25 06:15 | 11-25 17:00"),
    ],
)
def test_a_calm_case_goes_up_by_day_only_then_every_morning_at_half_past_seven(level, found):
    expected = [*found.split(" | "), "11-26 07:30", "11-27 07:30", "11-28 07:30"]
    assert [shown(one) for one in moments("unanswered", of(level), 8)] == expected


@pytest.mark.parametrize("level", ["high", "medium", "low"])
@pytest.mark.parametrize("hour", [0, 5, 12, 20, 23])
def test_no_calm_case_rings_at_night_after_its_first_alert(level, hour):
    now = NOW.replace(hour=hour)
    timer = first_timer("unanswered", of(level, received_at=now), DEFAULT, now)
    for _ in range(12):
        timer = next_timer("unanswered", of(level, received_at=now), DEFAULT, timer, timer.due_at)
        assert 6 <= timer.due_at.astimezone(ZONE).hour <= 21


def test_the_twelve_hours_count_from_receipt_and_remind_before():
    hours = [(one - NOW) / HOUR for one in moments("emergency", CASE, 6)]
    assert hours == [6, 9, 11, 12, 13, 14]
    assert due_at("emergency", CASE, DEFAULT, NOW) == at("11-24 08:15")
    steps = steps_of("emergency", CASE, DEFAULT)
    assert [set(step.to) for step in steps[:2]] == [{"holder"}, {"holder", "leader"}]
    assert {"holder", "leader", "supervisor"} <= set(steps[2].to)
    assert set(steps[3].to) == {"leader", "supervisor"}


def test_a_law_clock_started_late_still_counts_from_receipt():
    late = first_timer("emergency", CASE, DEFAULT, NOW + 5 * HOUR)
    assert late.due_at == NOW + 6 * HOUR
    overdue = first_timer("emergency", CASE, DEFAULT, NOW + 30 * HOUR)
    assert overdue.due_at == NOW + 30 * HOUR


def test_no_setting_moves_a_law_clock():
    loose = Policy(
        unanswered={level: (Step(w(90), ("officer",)),) for level in Level},
        idle={level: w(90) for level in Level},
        repeat=timedelta(days=90),
        unplaced=timedelta(days=90),
    )
    for kind in ("emergency", "forward"):
        for level in Level:
            assert chain(kind, of(level), 6, loose) == chain(kind, of(level), 6)


@pytest.mark.parametrize("level", Level)
def test_the_due_of_a_law_clock_is_the_same_at_every_level_and_hour(level):
    for hour in range(24):
        received = NOW.replace(hour=hour)
        case = of(level, received_at=received)
        assert due_at("emergency", case, DEFAULT, received) == received + 12 * HOUR


def test_night_reminders_of_a_high_case_wait_for_the_morning_but_the_due_does_not():
    found = moments("emergency", of("high"), 4)  # 02:15 and 05:15 are one reminder at six
    assert [shown(one) for one in found] == [
        "11-24 06:00", "11-24 07:15", "11-24 08:15", "11-24 09:15",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("urgent", "11-23 20:45 | 11-23 21:15 | 11-23 21:45"),
        ("unknown", "11-23 20:45 | 11-23 21:15 | 11-23 21:45"),
        ("high", "11-24 09:15 | 11-24 13:15 | 11-25 07:30"),
        ("medium", "11-25 17:00 | 11-26 17:00 | 11-27 07:30"),
        ("low", "11-27 17:00 | 12-02 17:00 | 12-03 07:30"),
    ],
)
def test_f41_idle_calls_the_holder_then_the_leader_then_again(level, found):
    assert [shown(one) for one in moments("idle", of(level), 3)] == found.split(" | ")
    assert ["leader" in step.to for step in steps_of("idle", of(level), DEFAULT)] == [False, True]
    assert all("holder" in step.to for step in steps_of("idle", of(level), DEFAULT))


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("urgent", "11-23 20:30 | 11-23 20:45 | 11-23 21:15"),
        ("unknown", "11-23 20:30 | 11-23 20:45 | 11-23 21:15"),
        ("high", "11-24 09:15 | 11-24 13:15 | 11-25 07:30"),
        ("low", "11-24 09:15 | 11-24 13:15 | 11-25 07:30"),
    ],
)
def test_a_reporter_who_waits_for_an_answer_is_heard_by_the_deputy_then_the_leader(level, found):
    assert [shown(one) for one in moments("reporter_waiting", of(level), 3)] == found.split(" | ")
    steps = steps_of("reporter_waiting", of(level), DEFAULT)
    assert [step.to for step in steps] == [("holder", "deputy"), ("holder", "leader")]


def test_a_report_of_another_commune_calls_the_leaders_after_30_minutes_and_the_city_after_60():
    steps = steps_of("forward", CASE, DEFAULT)
    assert [(step.after.amount / MINUTE, step.to) for step in steps] == [
        (30, ("leader",)), (60, ("supervisor",)),
    ]  # fmt: skip


def test_a_case_without_a_commune_is_the_citys_after_ten_minutes():
    unplaced = replace(CASE, commune="")
    first = first_timer("unplaced", unplaced, DEFAULT, NOW)
    assert first.due_at == NOW + 10 * MINUTE
    assert steps_of("unplaced", unplaced, DEFAULT)[0].to == ("supervisor",)
    assert due_at("unplaced", unplaced, DEFAULT, NOW) == first.due_at


def test_due_is_the_first_step_that_is_late():
    assert due_at("unanswered", CASE, DEFAULT, NOW) == NOW + 15 * MINUTE
    assert due_at("unanswered", of("low"), DEFAULT, NOW) == at("11-25 17:00")


def test_after_an_outage_an_urgent_case_gets_the_step_its_age_calls_for():
    timer = first_timer("unanswered", CASE, DEFAULT, NOW, 1)
    assert step_now("unanswered", CASE, DEFAULT, timer, NOW + 70 * MINUTE) == 3
    assert step_now("unanswered", CASE, DEFAULT, timer, NOW + timedelta(days=9)) == 4
    later = next_timer("unanswered", CASE, DEFAULT, timer, NOW + timedelta(days=9))
    assert later.due_at == NOW + timedelta(days=9, minutes=30)


def test_after_an_outage_the_reminders_of_a_law_clock_are_one():
    timer = first_timer("emergency", CASE, DEFAULT, NOW)
    late = NOW + 11.5 * HOUR
    assert step_now("emergency", CASE, DEFAULT, timer, late) == 2
    assert next_timer("emergency", CASE, DEFAULT, timer, late).due_at == NOW + 12 * HOUR


def test_after_an_outage_a_calm_case_gets_one_step_per_delay():
    timer = first_timer("unanswered", of("high"), DEFAULT, NOW, 1)
    late = at("11-26 10:00")
    assert step_now("unanswered", of("high"), DEFAULT, timer, late) == 1
    follow = next_timer("unanswered", of("high"), DEFAULT, timer, late)
    assert (follow.step, shown(follow.due_at)) == (2, "11-26 12:00")


def test_a_chain_that_was_run_through_repeats_its_last_step():
    timer = first_timer("unanswered", CASE, DEFAULT, NOW, 99)
    assert timer.step == len(steps_of("unanswered", CASE, DEFAULT)) - 1
    assert timer.due_at == NOW + 30 * MINUTE
    law = first_timer("emergency", CASE, DEFAULT, NOW, 99)
    assert law.due_at == NOW + HOUR


def test_a_timer_without_a_start_counts_from_receipt():
    timer = replace(first_timer("unanswered", CASE, DEFAULT, NOW, 1), started_at=None)
    assert step_now("unanswered", CASE, DEFAULT, timer, NOW + 31 * MINUTE) == 2
    follow = next_timer("unanswered", CASE, DEFAULT, timer, NOW + 15 * MINUTE)
    assert follow.due_at == NOW + 30 * MINUTE


DAILY = {one.id for one in DEADLINES.values() if one.daily}


@pytest.mark.parametrize("kind", sorted(ARMED - NOT_OF_A_CASE - DAILY))
@pytest.mark.parametrize("level", Level)
def test_no_chain_ends_in_silence(kind, level):
    case = of(level, commune="")
    last = len(steps_of(kind, case, DEFAULT)) - 1
    timer = first_timer(kind, case, DEFAULT, NOW)
    for _ in range(50):
        follow = next_timer(kind, case, DEFAULT, timer, timer.due_at)
        assert follow.owner == "case:c1" and follow.kind == kind
        assert follow.step >= timer.step
        assert follow.due_at >= timer.due_at
        if timer.step == last:
            assert (follow.step, follow.slot) == (last, timer.slot + 1)
            assert timedelta(0) < follow.due_at - timer.due_at <= timedelta(days=1)
        timer = follow
    assert timer.slot > 40
    # A chain rings on within the hour; a clock with a due of its own comes back each morning.
    soon = timer.due_at - NOW < timedelta(days=3)
    assert soon or level not in ALARMING or DEADLINES[kind].beats


@pytest.mark.parametrize(
    ("kind", "case", "yes"),
    [
        ("emergency", CASE, True),
        ("emergency", of("low"), True),
        ("emergency", of("high", kind="injury"), False),
        ("emergency", of("low", kind="hardship"), False),
        ("emergency", of("urgent", kind="injury"), True),
        ("emergency", of("unknown", kind="injury"), True),
        ("emergency", of("low", kind="unheard of"), True),
        ("unplaced", CASE, False),
        ("unplaced", replace(CASE, commune=""), True),
        ("unanswered", CASE, True),
        ("idle", CASE, True),
        ("no such clock", CASE, False),
    ],
)
def test_a_clock_is_armed_where_it_applies(kind, case, yes):
    assert applies(kind, case) is yes


@pytest.mark.parametrize(
    ("span", "due"),
    [
        (c(2 * HOUR), "11-23 22:15"),
        (d(2 * HOUR), "11-24 07:15"),
        (w(1), "11-25 17:00"),
        (w(5), "12-01 17:00"),
    ],
)
def test_a_span_passes_every_hour_by_day_or_by_working_days(span, due):
    assert shown(after(NOW, span, DEFAULT.calendar)) == due


def test_what_is_due_next_is_the_earliest_of_the_clocks_that_run():
    case = of("high")
    waiting = first_timer("unanswered", case, DEFAULT, NOW, 1)
    law = first_timer("emergency", case, DEFAULT, NOW)
    hop = replace(waiting, kind="hop")
    assert shown(next_due(case, DEFAULT, [hop, law, waiting])) == "11-24 07:15"
    assert shown(next_due(case, DEFAULT, [law])) == "11-24 08:15"
    assert next_due(case, DEFAULT, [hop]) is None
    assert next_due(case, DEFAULT, []) is None
    unstarted = replace(waiting, started_at=None)
    assert next_due(case, DEFAULT, [unstarted]) == next_due(case, DEFAULT, [waiting])


# clock, level -> when it is due: at the first call of whoever should have done it, not at the second
DUES = [
    ("unanswered", "urgent", "11-23 20:30"), ("unanswered", "high", "11-24 07:15"),
    ("idle", "urgent", "11-23 20:45"), ("idle", "medium", "11-25 17:00"),
    ("reporter_waiting", "urgent", "11-23 20:30"), ("reporter_waiting", "low", "11-24 09:15"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "level", "due"), DUES)
def test_a_chain_is_due_when_it_first_calls(kind, level, due):
    assert shown(due_of(first_timer(kind, of(level), DEFAULT, NOW), of(level), DEFAULT)) == due


def test_f39_a_clock_keeps_the_calendar_under_which_it_was_started():
    running = first_timer("unanswered", of("low"), DEFAULT, NOW)
    assert running.rules == rules_of(DEFAULT) == f"1/{DEFAULT.calendar_version}"
    decided = DEFAULT.with_calendar([DayChange(1, date(2026, 11, 25), False, "bão")])
    assert decided.calendar_version != DEFAULT.calendar_version
    assert due_of(running, of("low"), decided) == due_of(running, of("low"), DEFAULT)
    following = next_timer("unanswered", of("low"), decided, running, running.due_at)
    assert (shown(following.due_at), following.rules) == ("11-25 17:00", running.rules)
    started_later = first_timer("unanswered", of("low"), decided, NOW)
    assert shown(due_of(started_later, of("low"), decided)) == "11-26 17:00"
    more = decided.with_calendar([*decided.changes, DayChange(2, date(2026, 11, 26), False, "lũ")])
    assert more.under(started_later.rules).calendar == decided.calendar
    assert more.under("") is more  # a clock of before calendars had versions


HELD = replace(CASE, status=Status.ACKNOWLEDGED, holder="lan")


def test_a_reminder_that_is_ones_own_is_put_off_until_then():
    idle = first_timer("idle", HELD, DEFAULT, NOW)
    assert put_off(idle, HELD, DEFAULT, NOW + HOUR, NOW) == NOW + HOUR
    assert put_off(idle, HELD, DEFAULT, NOW + 10 * MINUTE, NOW) is None  # it comes later anyhow
    half = first_timer("assess", HELD, DEFAULT, NOW)
    assert put_off(half, HELD, DEFAULT, NOW + 7 * HOUR, NOW) == NOW + 7 * HOUR


def test_nobody_puts_off_the_step_after_theirs_or_what_others_hear_too():
    half = first_timer("assess", HELD, DEFAULT, NOW)
    late = put_off(half, HELD, DEFAULT, NOW + 30 * HOUR, NOW)
    assert late == next_timer("assess", HELD, DEFAULT, half, half.due_at).due_at == NOW + 12 * HOUR
    leaders = first_timer("verify", HELD, DEFAULT, NOW)
    assert put_off(leaders, HELD, DEFAULT, NOW + 4 * HOUR, NOW) is None


@pytest.mark.parametrize("kind", ["emergency", "unanswered", "reporter_waiting", "forward"])
def test_alarms_and_the_law_are_never_put_off(kind):
    timer = first_timer(kind, HELD, DEFAULT, NOW)
    assert put_off(timer, HELD, DEFAULT, NOW + 24 * HOUR, NOW) is None
    assert put_off(replace(timer, kind="hop"), HELD, DEFAULT, NOW + 24 * HOUR, NOW) is None


def test_nothing_is_put_off_beyond_the_due_of_a_law_clock():
    armed = [first_timer(kind, HELD, DEFAULT, NOW) for kind in ("idle", "emergency")]
    hop = replace(armed[0], kind="hop")
    assert not passes_the_law([hop, *armed], HELD, DEFAULT, NOW + 12 * HOUR)
    assert passes_the_law([hop, *armed], HELD, DEFAULT, NOW + 12 * HOUR + MINUTE)
    assert not passes_the_law([hop, armed[0]], HELD, DEFAULT, NOW + 99 * HOUR)


def test_the_question_after_closing_comes_on_the_seventh_day_and_is_no_due_of_staff():
    closed = replace(CASE, status=Status.CLOSED, closed_at=NOW)
    timer = first_timer("safe_check", closed, DEFAULT, NOW)
    assert timer.due_at == NOW + timedelta(days=7)
    assert next_due(closed, DEFAULT, [timer]) is None
    assert applies("safe_check", closed)
    assert not applies("safe_check", replace(closed, flags=("drill",)))
