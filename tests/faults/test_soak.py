"""A short soak on each database: programs killed again and again while people report (F11)."""

import pytest

from tests.faults.oracle import judge
from tests.faults.soak import Size, on_postgres, on_sqlite, plan

SHORT = Size(kills=20, reports=100, workers=4)


async def _holds(soak):
    await soak.run()
    verdict = await judge(soak)
    assert verdict.wrong == []
    assert verdict.figures["kills"] >= soak.size.kills
    assert verdict.figures["reports"] == soak.size.reports


@pytest.mark.long
async def test_f11_four_workers_killed_twenty_times_lose_and_double_nothing(tmp_path, server):
    async with on_postgres(tmp_path, SHORT, server) as soak:
        await _holds(soak)


@pytest.mark.long
@pytest.mark.sqlite("one program on a file")
async def test_f11_one_program_on_a_file_killed_again_and_again_loses_and_doubles_nothing(tmp_path):
    async with on_sqlite(tmp_path, Size(kills=8, reports=60, workers=1)) as soak:
        await _holds(soak)


def test_a_seed_gives_the_same_blows_and_every_kind_of_them():
    size = Size(kills=200, reports=3000)
    blows = plan(size)
    assert blows == plan(size) != plan(Size(kills=200, reports=3000, seed=1))
    kinds = {one.kind for one in blows}
    assert kinds == {"kill", "call", "all", "stop", "freeze", "sleep", "cut", "restart", "crash"}
    assert sum(one.kind in ("kill", "call") for one in blows) > 150
