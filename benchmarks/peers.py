"""The same machine without us: what SQLite and the disk can do at all."""

import os
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.common import Figure

MANY = 1000


def measure() -> list[Figure]:
    with TemporaryDirectory(prefix="annhi-bench-", dir=Path.cwd()) as name:
        db = sqlite3.connect(Path(name) / "t.db", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
        began = time.perf_counter()
        for _ in range(MANY):
            db.execute("INSERT INTO t (x) VALUES ('xin chào')")
        raw = MANY / (time.perf_counter() - began)
        db.close()
        with (Path(name) / "f").open("wb") as file:
            began = time.perf_counter()
            for _ in range(MANY):
                file.write(b"x" * 200)
                file.flush()
                os.fsync(file.fileno())
        sync = (time.perf_counter() - began) / MANY * 1000
    return [
        Figure("peer: bare sqlite3, one row a transaction, WAL, synchronous=FULL", f"{raw:.0f}/s"),
        Figure("peer: append 200 bytes and fsync", f"{sync:.2f} ms"),
    ]
