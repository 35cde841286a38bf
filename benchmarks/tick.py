"""What a second costs when nothing is due, and when a thousand timers are, over many open cases."""

import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from benchmarks.common import Bench, Figure, at, program, spread
from bot.loops import drain_rows
from web.figures import Figures
from web.parts import Parts

SIZES = (10_000, 1_000_000)
DUE = 1000
HOPS = 30
IDLE = 5  # ms
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT :many)"
# An open case nobody has taken yet, the clock that runs on it, and the alert that went out.
_CASES = f"""INSERT INTO cases (id, code, submission, commune, level, kind, status, rev, holder,
  source, flags, policy, received_at, opened_at, acked_by_role, closed_reason, closed_by_role)
  {_NUMBERS} SELECT 'c' || i, printf('%09d', i), 's' || i, '20500', 'high', 'neglect', 'received',
  1, '', 'bot', '', 1, :now, :now, '', '', '' FROM n"""
_TIMERS = f"""INSERT INTO timers (id, owner, kind, round, step, slot, started_at, due_at, try_at,
  attempt, state)
  {_NUMBERS} SELECT 't' || i, 'case:c' || i, 'unanswered', 1, 1, 0, :now, :due, :due, 0, 'armed'
  FROM n"""
_ALERTS = f"""INSERT INTO outbox (id, key, case_id, contact_id, channel, op, body, priority,
  about_at, due_at, after, state, attempt, maybe_sent, gen, worker, message_id, outcome, seen_by)
  {_NUMBERS} SELECT 'o' || i, 'case:c' || i || ':alert:1:0:0:k', 'c' || i, 'k' || (i % 100),
  'telegram', 'say', randomblob(300), 0, :now, :now, '', 'sent', 1, 0, 1, '', i, '', '' FROM n"""
_SOON = "UPDATE timers SET due_at = :then, try_at = :then WHERE id IN (SELECT id FROM timers"


async def measure() -> list[Figure]:
    figures: list[Figure] = []
    for many in SIZES:
        async with program() as bench:
            await bench.officer("20500")
            _fill(bench, many)
            figures += await _idle(bench, many)
            figures += await _due(bench, many)
    return figures


async def _idle(bench: Bench, many: int) -> list[Figure]:
    app = bench.app
    ticks = await _times(lambda: drain_rows(app.ticks), 200)
    sends = await _times(app.sender.drain, 200)
    parts = Parts(app.kit.store, app.inbox, app.kit.channels, app.kit.catalog, app.kit)
    (scrape,) = await _times(lambda: Figures.of(parts), 1)
    target = f"{IDLE} ms" if many == SIZES[-1] else ""
    good = at(ticks, 0.99) < IDLE if target else None
    return [
        Figure(f"a tick with nothing due, {many:,} open cases", spread(ticks), target, good),
        Figure("… a look into the outbox with nothing due", spread(sends)),
        Figure("… one scrape of /metrics", f"{scrape * 1000:.1f} ms"),
    ]


async def _due(bench: Bench, many: int) -> list[Figure]:
    """A thousand alarms at once, and then the next address of some of them."""
    _own_keys(bench)
    _sql(
        bench, f"{_SOON} WHERE kind = 'unanswered' ORDER BY id LIMIT {DUE})", then=_text(bench, -1)
    )
    fired, alarms = await _fire(bench)
    _sql(bench, f"{_SOON} WHERE kind = 'hop' LIMIT {HOPS})", then=_text(bench, -1))
    hops, late = await _fire(bench)
    return [
        Figure(f"{fired:,} timers of alarms due at once, {many:,} open cases",
               f"{fired / alarms:.0f} fired a second"),
        Figure("… the two-minute timer of an alert", f"{hops / late:.0f} fired a second"),
    ]  # fmt: skip


async def _fire(bench: Bench) -> tuple[int, float]:
    began = time.perf_counter()
    fired = await drain_rows(bench.app.ticks)
    assert fired, "nothing was due"
    return fired, time.perf_counter() - began


async def _times(work: Callable[[], Awaitable[object]], many: int) -> list[float]:
    took = []
    for _ in range(many):
        began = time.perf_counter()
        await work()
        took.append(time.perf_counter() - began)
    return took


def _fill(bench: Bench, many: int) -> None:
    """By raw SQL, because the program itself would need an hour for a million reports."""
    values = {"many": many, "now": _text(bench, 0), "due": _text(bench, 24 * 60)}
    for statement in (_CASES, _TIMERS, _ALERTS):
        _sql(bench, statement, **values)


def _own_keys(bench: Bench) -> None:
    """The cases that will be due have their data keys, as cases have."""
    keys, rows = bench.app.kit.store._keys, []
    with sqlite3.connect(bench.folder / "annhi.db") as db:
        due = "SELECT owner FROM timers WHERE kind = 'unanswered' ORDER BY id LIMIT ?"
        for (scope,) in db.execute(due, (DUE,)).fetchall():
            rows.append(tuple(keys.new_data_key(scope)[1]))
        db.executemany("INSERT INTO data_keys (scope, kek, wrapped) VALUES (?, ?, ?)", rows)
    db.close()


def _sql(bench: Bench, statement: str, **values: object) -> None:
    with sqlite3.connect(bench.folder / "annhi.db") as db:
        db.execute("PRAGMA synchronous=OFF")  # only here: what is measured runs with FULL
        db.execute("PRAGMA cache_size=-262144")
        db.execute(statement, values)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()


def _text(bench: Bench, minutes: int) -> str:
    return (bench.app.kit.clock.now() + timedelta(minutes=minutes)).strftime(_FORMAT)
