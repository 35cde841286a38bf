"""Opens SQLite or PostgreSQL and gives transactions: all or nothing, woken queues after the commit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from cases.clock import Clock
from cases.codes import Chance
from storage.keys import KeyRing
from storage.tx import Tx
from storage.unit_of_work import UnitOfWork

_PRAGMAS = (
    "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON", "PRAGMA trusted_schema=OFF",
)  # fmt: skip
_KEYS_KEPT = 20_000
_BUSY_TRIES = 3  # times busy_timeout: 30 seconds in all


class StorageBusy(Exception):
    """The database cannot be written now; nothing was confirmed and the caller may try again."""


class Store:
    """One database. `waker` is told, after each commit, which queues may have work."""

    def __init__(self, url: str, keys: KeyRing, clock: Clock, chance: Chance) -> None:
        self.clock = clock
        self.chance = chance
        self.waker: Callable[[str], None] = lambda _: None
        self._keys = keys
        self._key_cache: dict[str, AESGCM] = {}
        self._lite = url.startswith("sqlite")
        self._writer = _engine(url, self._lite, reading=False)
        self._readers = _engine(url, self._lite, reading=True) if self._lite else self._writer
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
        if self._writer is not self._readers:
            await self._writer.dispose()

    @asynccontextmanager
    async def transaction(self, name: str) -> AsyncIterator[UnitOfWork]:
        """Read and write. Commits at the end, rolls back when anything is raised. Raises StorageBusy."""
        async with self._turn if self._lite else _nobody():
            async with self._writer.connect() as connection:
                await self._begin(connection)
                tx = self._tx(connection)
                try:
                    yield UnitOfWork(tx)
                    await self.commit(name, connection)
                except BaseException:
                    await asyncio.shield(connection.rollback())
                    raise
            if len(self._key_cache) > _KEYS_KEPT:
                self._key_cache.clear()  # unwrapped again when needed: memory stays bounded
            self._key_cache.update(tx.fresh_keys)
        for queue in sorted(tx.wakes):
            self.waker(queue)

    @asynccontextmanager
    async def reading(self, name: str) -> AsyncIterator[UnitOfWork]:
        """Read only, beside the writer."""
        async with self._readers.connect() as connection:
            try:
                yield UnitOfWork(self._tx(connection))
            finally:
                await asyncio.shield(connection.rollback())

    async def commit(self, name: str, connection: AsyncConnection) -> None:
        """The one commit of every write; `name` says which transaction it is."""
        try:
            await connection.commit()
        except OperationalError as error:
            raise StorageBusy(name) from error

    def _tx(self, connection: AsyncConnection) -> Tx:
        return Tx(connection, self.clock.now(), self._keys, self.chance, self._key_cache)

    async def _begin(self, connection: AsyncConnection) -> None:
        for left in reversed(range(_BUSY_TRIES)):
            try:
                await connection.begin()
            except OperationalError as error:
                await connection.rollback()
                if not left:
                    raise StorageBusy("begin") from error
            else:
                return


@asynccontextmanager
async def _nobody() -> AsyncIterator[None]:
    yield


def _engine(url: str, lite: bool, *, reading: bool) -> AsyncEngine:
    if not lite:
        return create_async_engine(url, hide_parameters=True, pool_size=5, pool_pre_ping=True)
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=3 if reading else 1, max_overflow=0,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )  # fmt: skip

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        if reading:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Any) -> None:
        # A deferred transaction that turns into a write fails at once, whatever the timeout says.
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _only_for_us(url: str) -> None:
    path = Path(url.split(":///", 1)[1])
    for suffix in ("", "-wal", "-shm"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.chmod(0o600)
