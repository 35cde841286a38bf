"""What holds the one writer: time inside each named transaction, and the part of it that is the commit."""

import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App
from storage.unit_of_work import UnitOfWork


class Stages:
    """Stands around `Store.transaction`, `Store.commit` and `Journal.write` of one program."""

    def __init__(self, app: App) -> None:
        store, journal = app.kit.store, app.journal
        self._transaction, self._commit, self._write = (
            store.transaction, store.commit, journal.write,
        )  # fmt: skip
        self._held: dict[str, list[float]] = defaultdict(list)
        self._committing: dict[str, float] = defaultdict(float)
        store.transaction, store.commit = self.transaction, self.commit
        journal.write = self.write

    @asynccontextmanager
    async def transaction(self, name: str) -> AsyncIterator[UnitOfWork]:
        began = time.perf_counter()
        try:
            async with self._transaction(name) as work:
                began = time.perf_counter()  # from here on nobody else writes
                yield work
        finally:
            self._held[name].append(time.perf_counter() - began)

    async def commit(self, name: str, connection: object) -> None:
        began = time.perf_counter()
        await self._commit(name, connection)
        self._committing[name] += time.perf_counter() - began

    async def write(self, rows: object) -> None:
        began = time.perf_counter()
        await self._write(rows)
        self._held["(journal)"].append(time.perf_counter() - began)

    def table(self, took: float) -> list[str]:
        """Rows of a table: transaction, how often, how long each, commit, share of the run."""
        rows = []
        for name, held in sorted(self._held.items(), key=lambda one: -sum(one[1])):
            each, commit = sum(held) / len(held) * 1000, self._committing[name] / len(held) * 1000
            share = f"{sum(held) / took:.0%}"
            if name != "bench":
                rows.append(f"| {name} | {len(held)} | {each:.2f} ms | {commit:.2f} ms | {share} |")
        return rows
