"""SQLite in the event loop: statements run where they stand, only waiting and fsync go to a thread.

A statement takes microseconds; handing each to another thread and back cost ten times as much as
the statement itself (ADR 0008). What can take long does not stand in the way: waiting for another
program's write lock, and the commit with its fsync.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any

from sqlalchemy import Executable, create_engine, event
from sqlalchemy.engine import Connection, CursorResult, Dialect
from sqlalchemy.exc import DBAPIError

from storage.ready import Rows, ready

_PRAGMAS = (
    "PRAGMA busy_timeout=10000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON", "PRAGMA trusted_schema=OFF",
)  # fmt: skip


class LiteConnection:
    """As much of SQLAlchemy's AsyncConnection as the store uses.

    Transactions and the statements that stand built go straight to the driver; SQLAlchemy carries
    out the others inside the same transaction.
    """

    def __init__(
        self, plain: Connection, begin: str, threads: ThreadPoolExecutor, patience: int
    ) -> None:
        self._plain = plain
        self._raw: Any = plain.connection.driver_connection
        self._begin = begin
        self._threads = threads
        self._patience = patience

    @property
    def dialect(self) -> Dialect:
        return self._plain.dialect

    async def execute(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> CursorResult[Any] | Rows:
        """A statement that gets its values here stands built, and is not built again."""
        known = ready(statement, tuple(values)) if values else None
        if known is None:
            return self._plain.execute(statement, values)
        with _as_sqlalchemy():
            cursor = self._raw.execute(known.text, known.arguments(values or {}))
            found = [known.row(one) for one in cursor] if known.gives else ()
        return Rows(cursor.rowcount, found)

    async def begin(self) -> None:
        """At once where nobody holds the lock, else waiting in a thread. Raises OperationalError."""
        try:
            self._raw.execute(self._begin)
        except sqlite3.OperationalError:
            await self._aside(self._wait_and_begin)

    async def commit(self) -> None:
        await self._aside(self._raw.commit)
        self._end()

    async def rollback(self) -> None:
        with _as_sqlalchemy():
            self._raw.rollback()
        self._end()

    def _end(self) -> None:
        """SQLAlchemy is told, too, if it was asked anything."""
        if self._plain.in_transaction():
            self._plain.rollback()

    def _wait_and_begin(self) -> None:
        self._raw.execute(f"PRAGMA busy_timeout={self._patience}")
        try:
            self._raw.execute(self._begin)
        finally:
            self._raw.execute("PRAGMA busy_timeout=0")

    async def _aside(self, work: Callable[[], None]) -> None:
        """In the writer's thread; a cancelled caller still waits until the connection is free."""
        done = asyncio.get_running_loop().run_in_executor(self._threads, work)
        with _as_sqlalchemy():
            try:
                await asyncio.shield(done)
            except asyncio.CancelledError:
                await asyncio.wait([done])
                raise


class LiteEngine:
    """One database file, to write or to read. `patience` is how long a held lock is waited for, in ms."""

    def __init__(self, url: str, *, reading: bool) -> None:
        self.patience = 10_000
        # A deferred transaction that turns into a write fails at once, whatever the timeout says.
        self._begin = "BEGIN" if reading else "BEGIN IMMEDIATE"
        self._threads = ThreadPoolExecutor(1, "sqlite")
        self._engine = create_engine(
            url.replace("sqlite+aiosqlite", "sqlite"), hide_parameters=True,
            pool_size=3 if reading else 1, max_overflow=-1 if reading else 0,
            connect_args={"isolation_level": None, "check_same_thread": False},
        )  # fmt: skip
        last = "PRAGMA query_only=ON" if reading else "PRAGMA busy_timeout=0"

        @event.listens_for(self._engine, "connect")
        def _connected(connection: Any, _: Any) -> None:
            for pragma in (*_PRAGMAS, last):
                connection.execute(pragma).close()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[LiteConnection]:
        """A connection of the pool, given back at the end."""
        with self._engine.connect() as plain:
            yield LiteConnection(plain, self._begin, self._threads, self.patience)

    async def scrub(self) -> bool:
        """Pages that hold what was deleted leave the log: it is emptied. False = somebody reads."""
        return await asyncio.to_thread(self._truncate)

    def _truncate(self) -> bool:
        path = str(self._engine.url.database)
        with closing(sqlite3.connect(path, isolation_level=None)) as alone:
            alone.execute(f"PRAGMA busy_timeout={self.patience}")
            (busy, _, _) = alone.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    async def dispose(self) -> None:
        self._engine.dispose()
        self._threads.shutdown()


@contextmanager
def _as_sqlalchemy() -> Iterator[None]:
    """The driver's errors as SQLAlchemy raises them, without what was to be stored."""
    try:
        yield
    except sqlite3.Error as error:
        raise DBAPIError.instance(None, None, error, sqlite3.Error, hide_parameters=True) from error
