"""The same machine without us: what SQLite and the disk can do at all."""

import os
import sqlite3
import time
from pathlib import Path

from benchmarks.common import Figure, scratch

MANY = 1000


async def measure() -> list[Figure]:
    with scratch() as folder:
        return [
            Figure(
                "bare sqlite3, one row a transaction, WAL, synchronous=FULL",
                f"{_rows(folder / 'peer.db'):.0f}/s",
            ),
            Figure("append 200 bytes and fsync", f"{_sync(folder / 'peer') * 1000:.2f} ms"),
        ]


def _rows(path: Path) -> float:
    """Rows a second."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
    began = time.perf_counter()
    for _ in range(MANY):
        db.execute("INSERT INTO t (x) VALUES ('xin chào')")
    took = time.perf_counter() - began
    db.close()
    return MANY / took


def _sync(path: Path) -> float:
    """Seconds of one append that is surely on the disk."""
    with path.open("wb") as file:
        began = time.perf_counter()
        for _ in range(MANY):
            file.write(b"x" * 200)
            file.flush()
            os.fsync(file.fileno())
    return (time.perf_counter() - began) / MANY
