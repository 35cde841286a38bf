"""Durable turns: a message committed and fsynced twice over, then answered in one transaction."""

import asyncio
import time

from benchmarks.common import COMMUNES, WALK, Bench, Figure, at, program, spread
from benchmarks.stages import Stages

MANY = 1500
CLIENTS = 32
RATE = 100  # offered messages a second in the latency run
SECONDS = 10
GOAL = 300
P99 = 50  # ms


async def measure() -> tuple[list[Figure], list[str]]:
    """The figures, and a table of what held the writer during the second of them."""
    first, _ = await _throughput("first messages", WALK[:1])
    whole, where = await _throughput("whole reports, five messages each", WALK)
    return [*first, *whole, *await _latency()], where


async def everything(bench: Bench, walk: tuple[str, ...]) -> float:
    """Offer MANY messages as fast as they are accepted; seconds until the last turn committed."""
    sessions = await bench.sessions(MANY // len(walk))
    # All first messages, then all second ones: nobody types five answers in one second.
    queue = iter([(session, text) for text in walk for session in sessions])

    async def client() -> None:
        for session, text in queue:
            await bench.accept(session, text)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(CLIENTS):
            group.create_task(client())
    await _turned(bench, MANY)
    return time.perf_counter() - began


async def _throughput(name: str, walk: tuple[str, ...]) -> tuple[list[Figure], list[str]]:
    async with program() as bench:
        await bench.officer("20500")
        stages = Stages(bench.app)
        await bench.app.start()
        took = await everything(bench, walk)
        rate, replies, where = MANY / took, bench.replies, stages.table(took)
    figures = [
        Figure(f"durable turns a second, {name}", f"{rate:.0f}/s", f"{GOAL}/s", rate >= GOAL),
        Figure("… replies in their threads by then", f"{replies} to {MANY} messages"),
    ]
    return figures, where


async def _latency() -> list[Figure]:
    """Messages come on time, whether or not the earlier ones are done; each session sends one a second."""
    async with program() as bench:
        for commune in COMMUNES:
            await bench.officer(commune)
        plan = await _plan(bench)
        await bench.app.start()
        await _begun(bench)
        offered: dict[str, float] = {}
        accepted: list[float] = []

        async def one(session: str, text: str, due: float) -> None:
            offered[await bench.accept(session, text)] = due
            accepted.append(time.perf_counter() - due)

        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for n, (session, text) in enumerate(plan):
                due = began + n / RATE
                await asyncio.sleep(max(due - time.perf_counter(), 0))
                group.create_task(one(session, text, due))
        await _turned(bench, bench.n)
        turned = [bench.committed[key] - due for key, due in offered.items()]
    return [
        Figure(f"message in to accepted (202), at {RATE} messages a second", spread(accepted)),
        Figure(
            f"message in to turn committed, at {RATE} messages a second", spread(turned),
            f"p99 {P99} ms", at(turned, 0.99) < P99,
        ),
    ]  # fmt: skip


async def _plan(bench: Bench) -> list[tuple[str, str]]:
    """Who says what when: in every second a fifth of the sessions is at each step of a report."""
    steps = len(WALK)
    rounds = [await bench.sessions(RATE) for _ in range(SECONDS // steps + 1)]
    for n in range(RATE):  # those who are in the middle already have said the beginning
        for text in WALK[: n % steps]:
            await bench.accept(rounds[0][n], text)
    plan = []
    for second in range(SECONDS):
        for n in range(RATE):
            round_, step = divmod(second + n % steps, steps)
            plan.append((rounds[round_][n], _words(step, n)))
    return plan


def _words(step: int, n: int) -> str:
    """The answers of a report; the place differs, so that every officer has some."""
    return list(COMMUNES.values())[n // 5 % 5] if step == len(WALK) - 1 else WALK[step]


async def _begun(bench: Bench) -> None:
    await _turned(bench, bench.n)
    await asyncio.sleep(2)


async def _turned(bench: Bench, many: int) -> None:
    async with asyncio.timeout(120):
        while len(bench.committed) < many:
            await asyncio.sleep(0.005)
