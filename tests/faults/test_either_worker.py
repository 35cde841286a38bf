"""Two workers on PostgreSQL, and either may go at any moment: with kill -9, again and again (P4 P5 P8 P10)."""

import random

import pytest

from tests.faults.many import Crowd

ROUNDS, EACH = 5, 4  # kills, and people who report meanwhile
SEED = 20261126


@pytest.mark.long
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
async def test_f11_two_workers_survive_the_loss_of_either_at_any_moment(many, seed):
    chance, crowd = random.Random(seed), Crowd(many)
    workers = [await many.role("worker"), await many.role("worker")]
    await many.working(2)
    for _ in range(ROUNDS):
        await many.present(2)
        crowd.reports(EACH)
        events = len(many.peer.accepted) + chance.randrange(1, 6 * EACH)
        await many.until(lambda events=events: len(many.peer.accepted) >= events)
        lost = workers.pop(chance.randrange(2))
        await many.kill(lost)
        workers.append(await many.role("worker"))
    crowd.reports(1)
    await crowd.until_heard()
    await many.settled()
    crowd.judged()
