"""From the reporter's message to the alert in the messenger's hands."""

import time

from sqlalchemy import text

from benchmarks.common import Bench, Figure, program, spread, until

REPORTS = 60


async def measure() -> list[Figure]:
    async with program() as bench:
        await bench.officer()
        await bench.app.start()
        alerts = bench.channels["telegram"].accepted
        took = [await _one(bench, f"r{n}", alerts) for n in range(REPORTS)]
    return [Figure("report to alert handed over", spread(took), "2 s p95 (TRUST.md 11)")]


async def _one(bench: Bench, who: str, alerts: list[object]) -> float:
    """One report of danger; how long until the officer's channel has the alert."""
    replies = len(bench.channels["web"].accepted)
    await bench.accept(who, "sos")
    await until(lambda: len(bench.channels["web"].accepted) > replies)
    before, began = len(alerts), time.perf_counter()
    await bench.accept(who, "xã Đại Hiệp")
    await until(lambda: len(alerts) > before)
    took = time.perf_counter() - began
    async with bench.app.kit.store.transaction(
        "bench"
    ) as work:  # the pace of one chat is not measured
        await work.outbox._tx.run(text("UPDATE contacts SET pace_at = NULL"))
    return took
