"""Durable turns: a message committed and fsynced twice over, then answered in one transaction."""

import asyncio
import time

from benchmarks.common import Figure, program, spread

MANY = 1500
RATE = 100  # offered turns a second in the latency run
SECONDS = 10


async def measure() -> list[Figure]:
    return [await _throughput(), await _latency()]


async def _throughput() -> Figure:
    async with program() as bench:
        done = _count_turns(bench)
        await bench.app.start()
        began = time.perf_counter()
        queue = iter(range(MANY))

        async def client() -> None:
            for n in queue:
                await bench.accept(f"r{n}", "co be o mot minh ngoai ho")

        async with asyncio.TaskGroup() as group:
            for _ in range(32):
                group.create_task(client())
        await done(MANY)
        rate = MANY / (time.perf_counter() - began)
    return Figure(
        "durable turns a second, one process, replies being sent", f"{rate:.0f}/s", "300/s"
    )


async def _latency() -> Figure:
    async with program() as bench:
        done = _count_turns(bench)
        await bench.app.start()
        took: list[float] = []
        wait = _turn_times(bench, took)

        async def one(n: int) -> None:
            wait(f"r{n}")
            await bench.accept(f"r{n}", "co be o mot minh ngoai ho")

        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for n in range(RATE * SECONDS):
                await asyncio.sleep(max(began + n / RATE - time.perf_counter(), 0))
                group.create_task(one(n))
        await done(RATE * SECONDS)
    return Figure(
        f"message in to turn committed, at {RATE} turns a second", spread(took), "p99 50 ms"
    )


def _count_turns(bench):
    """Counts committed turns; gives a function that waits for so many."""
    handle, seen, enough = bench.app.turns.handle, [0], asyncio.Event()
    goal = [1 << 30]

    async def counting(row):
        await handle(row)
        seen[0] += 1
        if seen[0] >= goal[0]:
            enough.set()

    async def done(many):
        goal[0] = many
        if seen[0] < many:
            async with asyncio.timeout(300):
                await enough.wait()

    bench.app.turns.handle = counting
    return done


def _turn_times(bench, took):
    handle, began = bench.app.turns.handle, {}

    async def timed(row):
        await handle(row)
        start = began.pop(row.lane.rsplit(":", 1)[1], None)
        if start is not None:
            took.append(time.perf_counter() - start)

    bench.app.turns.handle = timed
    return lambda who: began.__setitem__(who, time.perf_counter())
