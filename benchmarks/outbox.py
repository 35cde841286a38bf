"""From the reporter's message to the alert in the hands of the officer's messenger."""

import asyncio
import time
from collections import defaultdict

from benchmarks.common import COMMUNES, Bench, Figure, at, program, spread

REPORTS = 50
APART = 0.25  # seconds: with five officers none is told faster than a chat may be written to
CROWD = 100  # other messages a second
P95 = 2000  # ms


async def measure() -> list[Figure]:
    return [
        await _alerts("report of danger to alert handed over", crowd=0),
        await _alerts(f"… while {CROWD} other messages a second come in", crowd=CROWD),
    ]


async def _alerts(what: str, *, crowd: int) -> Figure:
    async with program() as bench:
        for commune in COMMUNES:
            await bench.officer(commune)
        reporters, others = await bench.sessions(REPORTS), await bench.sessions(2000)
        await bench.app.start()
        for session in reporters:  # each has said that a child is in danger; the place is missing
            await bench.accept(session, "sos")
        await _quiet(bench, REPORTS)
        async with asyncio.TaskGroup() as group:
            noise = group.create_task(_others(bench, others, crowd))
            told = await _report_all(bench, reporters)
            noise.cancel()
        took = await _heard(bench, told)
    return Figure(what, spread(took), f"p95 {P95 / 1000:.0f} s", at(took, 0.95) < P95)


async def _report_all(bench: Bench, reporters: list[str]) -> dict[str, list[float]]:
    """The message that names the place opens the case; when each was given to us, by commune."""
    told: dict[str, list[float]] = defaultdict(list)
    for n, session in enumerate(reporters):
        commune, place = list(COMMUNES.items())[n % len(COMMUNES)]
        told[commune].append(time.perf_counter())
        await bench.accept(session, place)
        await asyncio.sleep(APART)
    return told


async def _others(bench: Bench, sessions: list[str], rate: int) -> None:
    """Messages that are no alarm, at a steady rate, until we are told to stop."""
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for n in range(len(sessions) if rate else 0):
            await asyncio.sleep(max(began + n / rate - time.perf_counter(), 0))
            group.create_task(bench.accept(sessions[n], "co be o mot minh ngoai ho"))


async def _heard(bench: Bench, told: dict[str, list[float]]) -> list[float]:
    """The n-th alert of a commune belongs to its n-th report: its officer has one chat, in order."""
    async with asyncio.timeout(60):
        while len(_alerts_in(bench)) < REPORTS:
            await asyncio.sleep(0.01)
    heard: dict[str, list[float]] = defaultdict(list)
    for when, commune in _alerts_in(bench):
        heard[commune].append(when)
    return [
        then - began
        for commune, times in told.items()
        for began, then in zip(times, heard[commune], strict=True)
    ]


def _alerts_in(bench: Bench) -> list[tuple[float, str]]:
    return [(when, to.user) for when, to, out in bench.ear.heard if ":alert:" in out.key]


async def _quiet(bench: Bench, replies: int) -> None:
    async with asyncio.timeout(60):
        while bench.replies < replies:
            await asyncio.sleep(0.01)
    await asyncio.sleep(1)
