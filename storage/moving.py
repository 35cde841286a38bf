"""The whole of a SQLite database into an empty PostgreSQL: in one transaction, compared before it commits.

Killed at any moment the new database is empty again, and the same command begins anew. The old one is
not changed; beside it lies a mark, so that nobody starts it by mistake.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, create_engine, delete, func, insert, select, text
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from cases.codes import Chance
from storage import migrate, postgres
from storage.key_cache import KeyCache
from storage.keys import KeyRing
from storage.ledgers.audit import Audit
from storage.locks import FileLock, sync_folder
from storage.tables import audit_head, metadata
from storage.tx import Tx

_BATCH = 1_000
_SMALL_BATCH = {"file_parts": 16}  # of a mebibyte each
_MADE_BY_MIGRATIONS = ("pulse", "engine_versions")  # rows that an empty database has
Count = tuple[str, int]


class CannotMove(Exception):
    """The copy was not made; the text says why and what to do."""


async def move(old: str, new: str, chain: "Chain", tell: Callable[[str], None]) -> list[Count]:
    """Copy every table. Returns how many rows each has. Raises CannotMove: nothing was copied then."""
    if not (old.startswith("sqlite") and new.startswith(postgres.PREFIX)):
        raise CannotMove("Only a SQLite database can be moved, and only to postgresql+psycopg://…")
    path = migrate.path_of(old)
    with FileLock(path.with_suffix(".sending")) as alone:
        if not alone.taken():
            raise CannotMove("A program runs on the old database: stop it first.")
        try:
            migrate.upgrade(old)
            migrate.upgrade(new)
            counts = await _moved(old, new, chain, tell)
        except DBAPIError as error:
            raise CannotMove(f"A database refused ({type(error.orig).__name__}).") from error
        _mark(path)
    return counts


@dataclass(frozen=True, slots=True)
class Chain:
    """What it takes to check the audit of a database."""

    keys: KeyRing
    chance: Chance
    now: datetime

    async def bad_rows(self, connection: Any) -> list[tuple[int, str]]:
        tx = Tx(connection, self.now, self.keys, self.chance, KeyCache(), writing=False)
        return await Audit(tx).verify()


async def _moved(old: str, new: str, chain: Chain, tell: Callable[[str], None]) -> list[Count]:
    engine = postgres.pool(
        new, statement_timeout="0", lock_timeout="10s", idle_in_transaction_session_timeout="0"
    )
    try:
        with _only_reader(old) as source:
            async with engine.begin() as target:
                await _alone(target)
                if not await _empty(target):
                    await _same(source, target, chain)
                    tell("Everything was copied before; the new database has all of it.")
                    return await _counts(target)
                for table in metadata.sorted_tables:
                    tell(f"{table.name}: {await _copied(source, target, table)}")
                await _numbers_go_on(target)
                await _same(source, target, chain)
                return await _counts(target)
    finally:
        await engine.dispose()


def _only_reader(url: str) -> Connection:
    """Nobody writes while it is open, and it writes nothing itself."""
    engine = create_engine(
        url.replace("sqlite+aiosqlite", "sqlite"), hide_parameters=True,
        connect_args={"isolation_level": None},
    )  # fmt: skip
    source = engine.connect()
    source.exec_driver_sql("BEGIN IMMEDIATE")
    known = {*metadata.tables, "alembic_version"}
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    if strange := {str(row[0]) for row in source.exec_driver_sql(names)} - known:
        source.close()
        raise CannotMove(f"The old database has tables that nobody knows: {', '.join(strange)}.")
    return source


async def _alone(target: AsyncConnection) -> None:
    """No program that was started too early writes beside us, and no second copy."""
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    await target.execute(text(f"LOCK TABLE {tables} IN EXCLUSIVE MODE"))


async def _empty(target: AsyncConnection) -> bool:
    return not any(n for name, n in await _counts(target) if name not in _MADE_BY_MIGRATIONS)


async def _copied(source: Connection, target: AsyncConnection, table: Table) -> int:
    """In the order in which the rows were put in. Returns how many."""
    if table.name in _MADE_BY_MIGRATIONS:
        await target.execute(delete(table))
    count = 0
    found = source.execute(
        select(table).order_by(text("rowid")).execution_options(yield_per=_BATCH)
    )
    for rows in _batches(found, _SMALL_BATCH.get(table.name, _BATCH)):
        await target.execute(insert(table), [dict(row) for row in rows])
        count += len(rows)
    return count


def _batches(found: CursorResult[Any], size: int) -> Iterator[Sequence[Any]]:
    yield from found.mappings().partitions(size)


async def _numbers_go_on(target: AsyncConnection) -> None:
    """What PostgreSQL counts by itself goes on after what was copied."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            last = (await target.execute(select(func.max(column)))).scalar_one()
            name = func.pg_get_serial_sequence(table.name, column.name)
            await target.execute(select(func.setval(name, last or 1, last is not None)))


async def _same(source: Connection, target: AsyncConnection, chain: Chain) -> None:
    """As many rows in every table, and the same whole chain. Raises CannotMove."""
    for name, n in await _counts(target):
        there = source.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
        if there != n:
            raise CannotMove(
                f"The new database is not empty: {name} has {n} rows there and {there} in the old one. "
                "Give an empty database."
            )
    head = select(audit_head.c.n, audit_head.c.hash)
    before, after = source.execute(head).first(), (await target.execute(head)).first()
    if before != after or await chain.bad_rows(target):
        raise CannotMove("The audit chain of the new database is not the one of the old database.")


async def _counts(target: AsyncConnection) -> list[Count]:
    return [
        (
            table.name,
            (await target.execute(select(func.count()).select_from(table))).scalar_one(),
        )
        for table in metadata.sorted_tables
    ]


def _mark(path: Path) -> None:
    mark = migrate.mark_of(path)
    descriptor = os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{path.name} was copied to PostgreSQL. To use it again, delete this file.\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(mark.parent)
