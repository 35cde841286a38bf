"""What a tick costs when nothing is due, and when a thousand timers are."""

import sqlite3
import time
from datetime import timedelta

from benchmarks.common import Bench, Figure, program
from bot.clock import SystemClock
from bot.loops import drain_rows

_CASE = (
    "INSERT INTO cases (id, code, submission, commune, level, kind, status, rev, holder, source,"
    " flags, policy, received_at, opened_at, acked_by_role, closed_reason, closed_by_role)"
    " VALUES (?, ?, ?, '20500', 'high', 'neglect', 'received', 1, '', 'bot', '', 1, ?, ?, '', '', '')"
)
_TIMER = (
    "INSERT INTO timers (id, owner, kind, round, step, slot, started_at, due_at, try_at, attempt,"
    " state) VALUES (?, ?, 'unanswered', 1, 1, 0, ?, ?, ?, 0, 'armed')"
)


async def measure() -> list[Figure]:
    figures = []
    for many in (10_000, 1_000_000):
        async with program() as bench:
            _fill(bench, many, timedelta(days=1))
            target = "5 ms" if many == 1_000_000 else ""
            figures.append(
                Figure(f"a tick with nothing due, {many:,} open cases", await _idle(bench), target)
            )
    async with program() as bench:
        await bench.officer()
        _fill(bench, 1000, timedelta(minutes=-1))
        began = time.perf_counter()
        fired = await drain_rows(bench.app.ticks)
        rate = fired / (time.perf_counter() - began)
        figures.append(
            Figure("due timers fired a second (alert, next timer, event)", f"{rate:.0f}/s")
        )
    return figures


def _fill(bench: Bench, many: int, ahead: timedelta) -> None:
    now = SystemClock().now()
    text = (now).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    due = (now + ahead).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with sqlite3.connect(bench.folder / "annhi.db") as db:
        db.execute("PRAGMA synchronous=OFF")
        rows = ((f"c{n}", f"{n:09}", f"s{n}", text, text) for n in range(many))
        db.executemany(_CASE, rows)
        db.executemany(_TIMER, ((f"t{n}", f"case:c{n}", text, due, due) for n in range(many)))


async def _idle(bench: Bench) -> str:
    took = []
    for _ in range(200):
        began = time.perf_counter()
        assert await drain_rows(bench.app.ticks) == 0
        took.append(time.perf_counter() - began)
    return f"{sorted(took)[100] * 1000:.2f} ms"
