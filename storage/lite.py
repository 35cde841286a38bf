"""SQLite in the event loop: statements run where they stand, only waiting and fsync go to a thread.

A statement takes microseconds; handing each to another thread and back cost ten times as much as
the statement itself (ADR 0008). What can take long does not stand in the way: waiting for another
program's write lock, and the commit with its fsync.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Executable, create_engine, event
from sqlalchemy.engine import Connection, CursorResult, Dialect
from sqlalchemy.exc import OperationalError

_PRAGMAS = (
    "PRAGMA busy_timeout=10000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON", "PRAGMA trusted_schema=OFF",
)  # fmt: skip


class LiteConnection:
    """As much of SQLAlchemy's AsyncConnection as the store uses."""

    def __init__(self, plain: Connection, threads: ThreadPoolExecutor, patience: int) -> None:
        self._plain = plain
        self._threads = threads
        self._patience = patience

    @property
    def dialect(self) -> Dialect:
        return self._plain.dialect

    async def execute(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> CursorResult[Any]:
        return self._plain.execute(statement, values)

    async def begin(self) -> None:
        """At once where nobody holds the lock, else waiting in a thread. Raises OperationalError."""
        try:
            self._plain.begin()
        except OperationalError:
            self._plain.rollback()
            await self._aside(self._wait_and_begin)

    async def commit(self) -> None:
        await self._aside(self._plain.commit)

    async def rollback(self) -> None:
        self._plain.rollback()

    def _wait_and_begin(self) -> None:
        raw: Any = self._plain.connection.driver_connection
        raw.execute(f"PRAGMA busy_timeout={self._patience}")
        try:
            self._plain.begin()
        finally:
            raw.execute("PRAGMA busy_timeout=0")

    async def _aside(self, work: Callable[[], None]) -> None:
        """In the writer's thread; a cancelled caller still waits until the connection is free."""
        done = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            await asyncio.shield(done)
        except asyncio.CancelledError:
            await asyncio.wait([done])
            raise


class LiteEngine:
    """One database file, to write or to read. `patience` is how long a held lock is waited for, in ms."""

    def __init__(self, url: str, *, reading: bool) -> None:
        self.patience = 10_000
        self._threads = ThreadPoolExecutor(1, "sqlite")
        self._engine = create_engine(
            url.replace("sqlite+aiosqlite", "sqlite"), hide_parameters=True,
            pool_size=3 if reading else 1, max_overflow=-1 if reading else 0,
            connect_args={"isolation_level": None, "check_same_thread": False},
        )  # fmt: skip
        last = "PRAGMA query_only=ON" if reading else "PRAGMA busy_timeout=0"
        begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

        @event.listens_for(self._engine, "connect")
        def _connected(connection: Any, _: Any) -> None:
            for pragma in (*_PRAGMAS, last):
                connection.execute(pragma).close()

        @event.listens_for(self._engine, "begin")
        def _begun(connection: Any) -> None:
            # A deferred transaction that turns into a write fails at once, whatever the timeout says.
            connection.exec_driver_sql(begin)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[LiteConnection]:
        """A connection of the pool, given back at the end."""
        with self._engine.connect() as plain:
            yield LiteConnection(plain, self._threads, self.patience)

    async def dispose(self) -> None:
        self._engine.dispose()
        self._threads.shutdown()
