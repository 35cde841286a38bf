"""Opens SQLite or PostgreSQL and gives transactions: all or nothing, woken queues after the commit."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from cases.clock import Clock
from cases.codes import Chance
from storage import postgres
from storage.key_cache import KeyCache
from storage.keys import KeyRing
from storage.ledgers.inbox import Received
from storage.lite import LiteEngine
from storage.tally import Tally
from storage.tx import Overtaken, Session, Tx
from storage.unit_of_work import UnitOfWork
from storage.wakes import Rider

Done = TypeVar("Done")
SCRUBBED = (
    "data_keys", "inbox", "outbox", "case_events", "records", "letters", "files", "contacts"
)  # fmt: skip
_ANEW = 4  # times, before it is put off like any other work that failed
_BUSY_TRIES = 3  # times ten seconds
_DATABASE_CLOCK = text("SELECT clock_timestamp() AS now")
log = logging.getLogger(__name__)
_REFUSED = (  # by the disk: what the system held back may be gone, and a second fsync would call it well
    sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_DIR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE,
)  # fmt: skip
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)  # of the file, not of a statement


class StorageBusy(Exception):
    """The database cannot be written now; nothing was confirmed and the caller may try again."""


class DiskBroken(Exception):
    """The database could not be written, so the program stops: check its disk, then start it again."""

    def __init__(self) -> None:
        super().__init__(DiskBroken.__doc__)


class Again(StorageBusy):
    """Another transaction was in the way; nothing was stored. The same work, run anew, may succeed."""


async def anew(work: Callable[[], Awaitable[Done]]) -> Done:
    """Run a whole transaction function; where another one was in its way, run it again."""
    for _ in range(_ANEW):
        try:
            return await work()
        except Again:
            continue
    return await work()


class Store:
    """One database. After each commit `waker` is told which queues may have work, `ringer` in which
    web chats something is new. `rider` tells other processes the same, in the transaction itself.
    """

    def __init__(self, url: str, keys: KeyRing, clock: Clock, chance: Chance) -> None:
        self.clock = clock
        self.chance = chance
        self.waker: Callable[[str], None] = lambda _: None
        self.ringer: Callable[[str], None] = lambda _: None
        self.missed: Callable[[], None] = lambda: None  # calls of others may have been lost
        self.broken = False  # the disk refused a write: nothing is written from then on
        self.alarm: Callable[[], None] = lambda: None  # told when it did
        self.rider: Rider | None = None
        # Told, after each commit, which acts of a page or a command it held; raises OSError: not confirmed.
        self.keeper: Callable[[list[Received]], Awaitable[None]] = _nowhere
        self.unsure_until: datetime | None = None  # what is put about an earlier time may have left
        self.tally = Tally()
        self._keys = keys
        self._key_cache = KeyCache()
        self._lite = url.startswith("sqlite")
        self._wal = Path(f"{url.split(':///', 1)[1]}-wal") if self._lite else None
        self._writer, self._readers = _engines(url)
        self._turn = asyncio.Lock()  # SQLite has one writer: wait here, in order, not in the driver

    @classmethod
    async def open(cls, url: str, keys: KeyRing, clock: Clock, chance: Chance) -> "Store":
        """Connect; the schema must be there already (storage.migrate.upgrade)."""
        store = cls(url, keys, clock, chance)
        async with store._writer.connect() as connection:
            await connection.rollback()
        if store._lite:
            _only_for_us(url)
        return store

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def transaction(self, name: str, *, holding: bool = True) -> AsyncIterator[UnitOfWork]:
        """Read and write. Commits at the end, rolls back when anything is raised.

        Raises StorageBusy for whatever the database cannot do now: locked, full, broken; Again where
        another transaction was in the way. Not `holding`: it only looks, and writes that it did.
        """
        if self.broken:
            raise StorageBusy(name)
        with self._as_busy(name):
            async with self._transaction(name, holding=holding and not self._lite) as work:
                yield work

    @contextmanager
    def _as_busy(self, name: str) -> Iterator[None]:
        try:
            yield
        except Overtaken as error:
            raise Again(name) from error
        except NoConnection as error:
            raise StorageBusy(name) from error
        except DBAPIError as error:
            if self._lite and getattr(error.orig, "sqlite_errorcode", 0) in _REFUSED:
                self._refused()
            if not self._lite and postgres.again(error):
                raise Again(name) from error
            if not (_unable(error) if self._lite else postgres.unable(error)):
                raise
            raise StorageBusy(name) from error

    def _refused(self) -> None:
        if not self.broken:
            log.critical("the database could not be written, stopping")
        self.broken = True
        self.alarm()

    @asynccontextmanager
    async def _transaction(self, name: str, *, holding: bool) -> AsyncIterator[UnitOfWork]:
        async with self._turn if self._lite else _nobody():
            async with self._writer.connect() as connection:
                await self._begin(connection)
                try:
                    tx = await self._tx(connection, writing=True, holding=holding)
                    yield UnitOfWork(tx)
                    for work in tx.last:
                        await work()
                    if self.rider is not None:
                        await self.rider.ride(connection, tx.wakes, tx.rings)
                    await self.commit(name, connection)
                except BaseException:
                    await asyncio.shield(connection.rollback())
                    raise
            self._key_cache.keep(tx.fresh_keys.items())
            self._key_cache.erase(tx.erased_keys)
        if tx.left:
            await self.keeper(tx.left)
        for queue in sorted(tx.wakes):
            self.waker(queue)
        for session in tx.rings:
            self.ringer(session)

    @asynccontextmanager
    async def reading(self, name: str) -> AsyncIterator[UnitOfWork]:
        """Read only, beside whoever writes, and everything as it was at one moment. Raises StorageBusy."""
        with self._as_busy(name):
            async with self._looking(holding=False) as work:
                yield work

    @asynccontextmanager
    async def looking(self, name: str) -> AsyncIterator[UnitOfWork]:
        """As `reading`, for what is due: without the rows that another worker has in hand."""
        with self._as_busy(name):
            async with self._looking(holding=not self._lite) as work:
                yield work

    @asynccontextmanager
    async def _looking(self, *, holding: bool) -> AsyncIterator[UnitOfWork]:
        engine = self._writer if holding else self._readers
        async with engine.connect() as connection:
            await connection.begin()
            try:
                yield UnitOfWork(await self._tx(connection, writing=False, holding=holding))
            finally:
                # A file is left at once; a task for it would only hold on to the connection.
                undone = connection.rollback()
                await (undone if self._lite else asyncio.shield(undone))

    async def scrub(self) -> bool:
        """What was deleted is in none of the database's files. False = somebody reads; ask again."""
        return await _scrub(self._writer)

    def opaque(self, kind: str, value: str) -> str:
        """A name for something that names nobody: the same value always has the same one."""
        return self._keys.blind(kind, value).hex()

    @property
    def on_file(self) -> bool:
        """SQLite: no other clock than this machine's."""
        return self._lite

    def wal_bytes(self) -> int:
        """How much SQLite has not yet moved into its file; 0 for PostgreSQL."""
        return self._wal.stat().st_size if self._wal is not None and self._wal.exists() else 0

    def opaques(self, kind: str, value: str) -> list[str]:
        """The same, the newest first, and as it was under each index key that is still needed."""
        return [one.hex() for one in self._keys.blinds(kind, value)]

    def mark(self, kind: str, value: str) -> str:
        """The same, of what is nowhere else to be read: it says by itself which index key it needs."""
        return self._keys.mark(kind, value)

    def is_mark(self, mark: str, kind: str, value: str) -> bool:
        """Whether this value made the mark."""
        return self._keys.is_mark(mark, kind, value)

    async def commit(self, name: str, connection: Session) -> None:
        """The one commit of every write; `name` says which transaction it is."""
        began = self.clock.elapsed()
        await connection.commit()
        self.tally.took("db_commit_seconds", self.clock.elapsed() - began)

    async def _tx(self, connection: Session, *, writing: bool, holding: bool) -> Tx:
        return Tx(
            connection, await self._now(connection), self._keys, self.chance, self._key_cache,
            writing, holding, unsure_until=self.unsure_until,
        )  # fmt: skip

    async def _now(self, connection: Session) -> datetime:
        """Several machines that share a database share its clock, too."""
        if self._lite or not self.clock.shared:
            return self.clock.now()
        found: datetime = (await connection.execute(_DATABASE_CLOCK)).mappings().first()["now"]
        return found

    async def _begin(self, connection: Session) -> None:
        for left in reversed(range(_BUSY_TRIES)):
            try:
                await connection.begin()
            except OperationalError as error:
                await connection.rollback()
                self.tally.count("sqlite_busy")
                if not left:
                    raise StorageBusy("begin") from error
            else:
                return


def _unable(error: DBAPIError) -> bool:
    """The database cannot, whoever asks: no lock, no room, no disk. Otherwise the statement is wrong."""
    if isinstance(error, OperationalError):
        # SQLite calls a table that does not exist an operational error, too.
        return getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _BROKEN


async def _nowhere(_: list[Received]) -> None:
    """A database without a journal: the next start gives the journal what it lacks."""


@asynccontextmanager
async def _nobody() -> AsyncIterator[None]:
    yield


class Engine(Protocol):
    """What opens connections: SQLAlchemy's own for PostgreSQL, ours for SQLite."""

    def connect(self) -> AbstractAsyncContextManager[Session]: ...

    async def dispose(self) -> None: ...


def _engines(url: str) -> tuple[Engine, Engine]:
    """To write, and to read; on PostgreSQL both have the same connections."""
    if url.startswith("sqlite"):
        return LiteEngine(url, reading=False), LiteEngine(url, reading=True)
    pool: Any = postgres.pool(url)
    reading: Any = postgres.reading(pool)
    return pool, reading


async def _scrub(engine: Any) -> bool:
    if isinstance(engine, LiteEngine):
        return await engine.scrub()
    async with engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text(f"VACUUM {', '.join(SCRUBBED)}"))
    return True


def _only_for_us(url: str) -> None:
    path = Path(url.split(":///", 1)[1])
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.chmod(0o600)
