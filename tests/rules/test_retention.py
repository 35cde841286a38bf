"""How long what is kept, and what keeps it longer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.model import Case, Level, Record, Status
from cases.policy import DAY, DEFAULT, Decided, Decisions
from cases.retention import (
    RETENTION,
    STAGES,
    WRITTEN,
    Facts,
    class_of,
    first_retention,
    kept_because,
    life_of,
    next_retention,
    put_off,
    stages,
)
from cases.settings import SETTINGS

NOW = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
HERE = "20500"


def closed(kind="dangerous_place", reason="resolved", **more):
    case = Case("c1", "7KQ4-2MDJ", HERE, Level.LOW, kind, Status.CLOSED, 4, NOW, NOW)
    return replace(case, closed_at=NOW, closed_reason=reason, **more)


def lives(case, policy=DEFAULT):
    """(stage, days after the closing) until nothing is left, or twice after the last."""
    timer, found = first_retention(case, policy, NOW), []
    for _ in range(6):
        found.append((STAGES[timer.step], (timer.due_at - NOW) // DAY))
        timer = next_retention(case, policy, timer, timer.due_at)
        if timer is None:
            return found
    return found


def test_a_resolved_hazard_is_forgotten_stage_by_stage_in_two_years():
    assert lives(closed()) == [
        ("bodies", 30), ("pictures", 90), ("contact", 365), ("file", 730)
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["unfounded", "out_of_scope", "duplicate", "drill"])
@pytest.mark.parametrize("kind", ["dangerous_place", "violence_home"])
def test_what_was_dismissed_goes_whole_after_ninety_days(reason, kind):
    assert lives(closed(kind, reason)) == [("bodies", 30), ("file", 90)]


def test_a_file_of_abuse_keeps_its_pictures_and_is_asked_about_each_year_for_ever():
    found = lives(closed("violence_home", "plan_done"))
    assert found == [
        ("bodies", 30), ("contact", 365), ("file", 1826), ("file", 2191), ("file", 2556),
        ("file", 2921),
    ]  # fmt: skip
    assert class_of(closed("violence_home", "plan_done")).then == "asked"


def test_a_drill_is_a_drill_whatever_it_was_closed_as():
    assert class_of(closed("violence_home", "resolved", flags=("drill",))).id == "dismissed"


def test_a_commune_changes_a_period_within_its_bounds_only():
    for keep in RETENTION.values():
        if keep.setting:
            number = SETTINGS[keep.setting].numbers[0]
            assert number.least <= keep.life // DAY <= number.most
    value = dict.fromkeys(Level, 400 * 1440)
    policy = replace(DEFAULT, decided=Decisions((Decided(1, HERE, "keep_resolved", value),)))
    assert life_of(RETENTION["resolved"], policy, HERE) == 400 * DAY
    assert life_of(RETENTION["resolved"], policy, "other") == 730 * DAY
    assert lives(closed(), policy)[-1] == ("file", 400)


def test_the_address_of_a_reporter_is_never_kept_longer_than_delivered_nor_abuse_shorter():
    assert SETTINGS["keep_contact"].numbers[0].most * DAY == RETENTION["contact"].life
    assert SETTINGS["keep_abuse"].numbers[0].least * DAY == RETENTION["abuse"].life


def test_a_period_made_shorter_meanwhile_leaves_what_is_due_and_goes_on():
    policy = replace(
        DEFAULT,
        decided=Decisions((Decided(1, HERE, "keep_dismissed", dict.fromkeys(Level, 30 * 1440)),)),
    )
    case = closed(reason="unfounded")
    timer = first_retention(case, DEFAULT, NOW)
    assert [STAGES[step] for step, _ in stages(case, policy)] == ["file"]
    after = next_retention(case, policy, timer, timer.due_at)
    assert after is not None
    assert STAGES[after.step] == "file"


HELD = Record("hold", 1, "on", NOW, NOW)


@pytest.mark.parametrize(
    ("case", "facts", "why"),
    [
        (closed(), Facts(), ""),
        (replace(closed(), status=Status.RUNNING), Facts(), "open"),
        (closed(beside=(HELD,)), Facts(), "hold"),
        (closed(beside=(replace(HELD, state="off"),)), Facts(), ""),
        (closed(), Facts(overdue=True), "overdue"),
        (closed(), Facts(unread=True), "unread"),
        (closed(), Facts(asked=True), "asked"),
        (closed(), Facts(joined=True), "joined"),
        (closed(), Facts(written_at=NOW - 29 * DAY), "written"),
        (closed(), Facts(written_at=NOW - 30 * DAY), ""),
    ],
)
def test_what_keeps_a_case(case, facts, why):
    assert kept_because(case, facts, NOW) == why


def test_what_is_kept_is_looked_at_again_and_never_given_up():
    timer = replace(first_retention(closed(), DEFAULT, NOW), id="t1")
    later = NOW + 40 * DAY
    again = put_off(timer, "hold", Facts(), later)
    assert (again.step, again.slot, again.due_at, again.id) == (timer.step, 1, later + 7 * DAY, "")
    written = put_off(timer, "written", Facts(written_at=later - timedelta(hours=1)), later)
    assert written.due_at == later - timedelta(hours=1) + WRITTEN
