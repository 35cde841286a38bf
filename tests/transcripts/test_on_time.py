"""One case from the alert to the closing: each of its deadlines is heard at its minute, by whom it concerns."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from cases.deadlines import AFTER_CLOSING, ARMED, DEADLINES, NOT_OF_A_CASE, steps_of
from cases.policy import DEFAULT
from cases.records import clock_of
from cases.times.calendar import ZONE
from tests.support.player import Player
from tests.support.punctual import PERIOD, Moment, Watched, differences, promised
from tests.support.world import open_world

CHAT = Path(__file__).parent / "whole" / "alert_to_closing.md"
# No clock of such a case: it is of this commune, of the track abuse, and handed over to nobody.
NEVER_HERE = {"forward", "unplaced", "assess", "handover"}
PEOPLE = {
    "officer": "lan", "holder": "lan", "deputy": "hoa", "leader": "chu", "police": "cong",
    "supervisor": "tam",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The chat as it is written, lived through by a clock that jumps from one due moment to the next."""

    async def lived():
        player = Player(tmp_path_factory.mktemp("whole"), opens=partial(open_world, kind=Watched))
        await player.play(CHAT.read_text("utf-8"))
        await player.close()
        return player.world

    return asyncio.run(lived())


def a_moment(minutes=0, **other):
    one = Moment(datetime(2026, 11, 23, 8, tzinfo=ZONE), "plan", 3, "lan")
    return replace(one, at=one.at + timedelta(minutes=minutes), **other)


def test_every_deadline_is_heard_in_its_minute_and_nothing_early_or_twice(world):
    told = [one for one in world.told if (one.clock, one.step) != ("unanswered", 0)]
    assert differences(promised(world.looks, PEOPLE), told) == []


def test_each_deadline_of_such_a_case_is_heard_from_its_first_reminder_to_its_last_alarm(world):
    case, heard = world.looks[-1].case, {(clock_of(one.clock), one.step) for one in world.told}
    clocks = ARMED - NOT_OF_A_CASE - NEVER_HERE - AFTER_CLOSING
    assert {clock for clock, _ in heard} == clocks
    for clock in clocks - {"unanswered"}:  # somebody took it after the first call
        many = len(DEADLINES[clock].beats or steps_of(clock, case, DEFAULT))
        assert {step for one, step in heard if one == clock} == set(range(many)), clock
    assert {step for one, step in heard if one == "unanswered"} == {0, 1}


def test_the_law_counts_from_the_first_message_and_the_alert_leaves_at_once(world):
    for look in world.looks:
        law = [one for one in look.armed if one.kind in ("emergency", "plan")]
        assert all(one.started_at == look.case.received_at for one in law)
    alert, received = world.told[0], world.looks[-1].case.received_at
    assert (alert.clock, alert.step, alert.who) == ("unanswered", 0, "lan")
    assert alert.at - received < PERIOD


def test_who_reported_is_asked_after_seven_days_to_the_minute(world):
    asked = world.looks[-1].case.closed_at + timedelta(days=7)
    assert [one for one in world.rang if asked <= one[0] < asked + PERIOD and one[1] == "thu"]


@pytest.mark.parametrize(
    "told",
    [
        [], [a_moment(-1)], [a_moment(1)], [a_moment(), a_moment()], [a_moment(who="chu")],
        [a_moment(step=4)], [a_moment(clock="detail")],
    ],
)  # fmt: skip
def test_what_is_lost_early_late_twice_or_for_another_would_be_noticed(told):
    assert differences([a_moment()], [a_moment()]) == []
    assert differences([a_moment()], told)
