"""Whatever chain is accepted, played by the clock: nobody hears later than by the chain as delivered."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.chains import CHAINS, chain_of, check, closing_may_move, limits, name_of
from cases.errors import Refused
from cases.model import Case, Level, Status
from cases.policy import DEFAULT, Decided, Decisions, stored
from cases.timers import first_timer, next_timer, step_now

HERE = "20500"
ROLES = ("officer", "deputy", "leader", "police", "supervisor")
STARTS = datetime(2026, 11, 20, tzinfo=UTC)  # the days after it hold a holiday and two weekends


def heard(level, steps, start):
    """Role -> when nobody having answered first calls it; `all` = the last step."""
    decided = Decisions((Decided(1, HERE, name_of(level), stored(steps)),))
    policy = replace(DEFAULT, decided=decided)
    case = Case("c1", "7KQ4-2MDJ", HERE, level, "other", Status.RECEIVED, 1, start, start)
    found, now, step = dict.fromkeys(steps[0].to, start), start, 0
    timer = first_timer("unanswered", case, policy, start, 1)
    while step + 1 < len(steps):
        now = max(timer.due_at, now)
        step = step_now("unanswered", case, policy, timer, now)
        found = {**dict.fromkeys(steps[step].to, now), **found}
        timer = next_timer("unanswered", case, policy, timer, now)
    return {**found, "all": now}


def some_chain(level, chance):
    most = limits(level).city if closing_may_move(level) else limits(level).leader
    times = sorted(chance.choices(range(1, most + 2), k=chance.randint(0, 4)))
    rows = [(many, chance.sample(ROLES, chance.randint(1, 2))) for many in (0, *times)]
    return chain_of(level, rows, chance.randint(20, 61), chance.randint(30, 91))


@pytest.mark.parametrize("level", CHAINS)
def test_no_accepted_chain_is_slower_than_as_delivered(level):
    chance, accepted = random.Random(7), 0
    for _ in range(3000):
        steps = some_chain(level, chance)
        start = STARTS + timedelta(minutes=chance.randint(0, 14 * 24 * 60))
        try:
            check(level, steps, {"officer", "deputy", "leader"})
        except Refused:
            continue
        accepted += 1
        own, delivered = heard(level, steps, start), heard(level, DEFAULT.unanswered[level], start)
        assert all(own[who] <= delivered[who] for who in ("leader", "supervisor", "all")), steps
    assert accepted > 50


def test_the_play_finds_what_is_slower():
    slow = chain_of(Level.HIGH, [(0, ["officer"]), (8, ["leader"]), (99, ["police"])], 0, 0)
    start = STARTS + timedelta(hours=2)
    played = heard(Level.HIGH, slow, start)["supervisor"]
    assert played > heard(Level.HIGH, DEFAULT.unanswered[Level.HIGH], start)["supervisor"]
