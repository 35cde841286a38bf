"""All rows of a database, read at one moment and put into another one: SQLite or PostgreSQL, either way."""

import json
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, DateTime, MetaData, Table, create_engine
from sqlalchemy.engine import Connection, Engine

from storage.columns import as_text, from_text

_MANY, _HEAVY = 256, 1 << 20  # rows and bytes that travel together
_NOT_OURS = ("alembic_version", "procrastinate_", "sqlite_")  # each database keeps its own
_ARRIVED = "arrived"  # PostgreSQL's own count of rows; SQLite has it without a column
_LENGTHS = struct.Struct(">II")
Change = Callable[[Any], Any]


class BadCopy(Exception):
    """What was to be copied is damaged, or does not fit; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one table, with values as SQLite keeps them: text, number, bytes, nothing."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]

    def packed(self) -> bytes:
        """For a stream: what JSON cannot hold stands behind it."""
        told: list[Any] = []
        tail: list[bytes] = []
        for column in zip(*self.rows, strict=True):
            if any(isinstance(value, bytes) for value in column):
                told.append({"bytes": [None if one is None else len(one) for one in column]})
                tail += [one for one in column if one is not None]
            else:
                told.append(column)
        head = json.dumps([self.table, self.columns, told], separators=(",", ":")).encode()
        return b"".join((_LENGTHS.pack(len(head), sum(map(len, tail))), head, *tail))


def unpacked(chunks: Iterable[bytes]) -> Iterator[Batch]:
    """The batches of a stream. Raises BadCopy where it ends in the middle of one."""
    buffer = bytearray()
    for chunk in chunks:
        buffer += chunk
        while len(buffer) >= _LENGTHS.size:
            head, tail = _LENGTHS.unpack_from(buffer)
            whole = _LENGTHS.size + head + tail
            if len(buffer) < whole:
                break
            yield _batch(bytes(buffer[_LENGTHS.size : whole]), head)
            del buffer[:whole]
    if buffer:
        raise BadCopy("the copy ends in the middle of a row")


def _batch(whole: bytes, head: int) -> Batch:
    table, columns, told = json.loads(whole[:head])
    tail, found = memoryview(whole)[head:], []
    for column in told:
        if isinstance(column, dict):
            values, tail = _taken(column["bytes"], tail)
            found.append(values)
        else:
            found.append(column)
    return Batch(table, tuple(columns), list(zip(*found, strict=True)))


def _taken(
    lengths: Iterable[int | None], tail: memoryview
) -> tuple[list[bytes | None], memoryview]:
    values: list[bytes | None] = []
    for length in lengths:
        values.append(None if length is None else bytes(tail[:length]))
        tail = tail[length or 0 :]
    return values, tail


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """Everything read here is of one moment, however much is written meanwhile."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", stream_results=True)
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


@contextmanager
def empty_place(url: str) -> Iterator[Connection]:
    """One transaction that fills a database: whole or not at all."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()
    finally:
        engine.dispose()


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    quote = connection.dialect.identifier_preparer.quote
    return {
        table.name: connection.exec_driver_sql(
            f"SELECT count(*) FROM {quote(table.name)}"  # noqa: S608 — a table of ours
        ).scalar_one()
        for table in _tables(connection)
    }


def revision(connection: Connection) -> str:
    """The version of the schema that is there."""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    return str(found)


def audit_head(connection: Connection) -> tuple[int, bytes]:
    """Where the chain of the audit ends."""
    found = connection.exec_driver_sql("SELECT n, hash FROM audit_head").first()
    return (found[0], bytes(found[1])) if found else (0, b"")


def read(connection: Connection) -> Iterator[Batch]:
    """Every row, parents before their children."""
    quote = connection.dialect.identifier_preparer.quote
    for table in _tables(connection):
        names = tuple(one.name for one in table.columns if one.name != _ARRIVED)
        order = _order(table, connection)
        columns = ", ".join(map(quote, names))
        query = f"SELECT {columns} FROM {quote(table.name)} ORDER BY {order}"  # noqa: S608
        ways = _ways(table, connection, _out, names)
        rows = connection.exec_driver_sql(query)
        for some in _together(tuple(row) for row in rows):
            yield Batch(table.name, names, [_changed(row, ways) for row in some])


def _order(table: Table, connection: Connection) -> str:
    """As the rows arrived, so that whoever takes them in keeps which was first."""
    if connection.dialect.name == "sqlite":
        return "rowid"
    first = [_ARRIVED] if _ARRIVED in table.columns else [one.name for one in table.primary_key]
    return ", ".join(map(connection.dialect.identifier_preparer.quote, first)) or "1"


def load(connection: Connection, batches: Iterable[Batch]) -> None:
    """Put every row into a schema of the same version, instead of what stands there."""
    quote = connection.dialect.identifier_preparer.quote
    tables = {table.name: table for table in _tables(connection)}
    for name in reversed(tables):
        connection.exec_driver_sql(f"DELETE FROM {quote(name)}")  # noqa: S608 — of an empty place
    for batch in batches:
        insert(connection, batch, tables.get(batch.table))
    _go_on_counting(connection, tables.values())


def insert(connection: Connection, batch: Batch, table: Table | None) -> None:
    """Put these rows into a table of this schema. Raises BadCopy where there is no such table."""
    if table is None or set(batch.columns) - {one.name for one in table.columns}:
        raise BadCopy(f"the table {batch.table} of the copy is not in this schema")
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    columns = ", ".join(map(quote, batch.columns))
    marks = ", ".join([mark] * len(batch.columns))
    words = f"INSERT INTO {quote(batch.table)} ({columns}) VALUES ({marks})"  # noqa: S608
    ways = _ways(table, connection, _into, batch.columns)
    connection.exec_driver_sql(words, [tuple(_changed(row, ways)) for row in batch.rows])


def damage(connection: Connection) -> str:
    """What the database itself finds wrong after a load; "" = nothing."""
    if connection.dialect.name != "sqlite":
        return ""  # PostgreSQL has refused it at once
    whole = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if whole != ["ok"]:
        return f"integrity: {whole[0]}"
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return f"a row of {orphan[0]} belongs to nothing" if orphan else ""


def close_up(url: str) -> None:
    """Everything of a database of SQLite stands in its one file. Raises BadCopy: somebody reads it."""
    if not url.startswith("sqlite"):
        return
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
    finally:
        engine.dispose()
    if busy:
        raise BadCopy("another program reads the database")


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        own = {"isolation_level": None, "timeout": 10.0}
        plain = url.replace("sqlite+aiosqlite", "sqlite")
        return create_engine(plain, hide_parameters=True, connect_args=own)
    return create_engine(url, hide_parameters=True)


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [one for one in found.sorted_tables if not one.name.startswith(_NOT_OURS)]


def _together(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    some: list[Sequence[Any]] = []
    weight = 0
    for row in rows:
        some.append(row)
        weight += sum(len(one) for one in row if isinstance(one, bytes | memoryview))
        if len(some) >= _MANY or weight >= _HEAVY:
            yield some
            some, weight = [], 0
    if some:
        yield some


def _ways(
    table: Table, connection: Connection, way: Callable[[Any], Change | None],
    names: Sequence[str],
) -> list[tuple[int, Change]]:  # fmt: skip
    """Which values change their kind on the way: none on SQLite."""
    if connection.dialect.name == "sqlite":
        return []
    kinds = [table.columns[name].type for name in names]
    found = [(n, way(kind)) for n, kind in enumerate(kinds)]
    return [(n, change) for n, change in found if change is not None]


def _out(kind: Any) -> Change | None:
    if isinstance(kind, Boolean):
        return int
    if isinstance(kind, DateTime):
        return as_text
    return None


def _into(kind: Any) -> Change | None:
    if isinstance(kind, Boolean):
        return bool
    if isinstance(kind, DateTime):
        return from_text
    return None


def _changed(row: Sequence[Any], ways: Sequence[tuple[int, Change]]) -> Sequence[Any]:
    if not ways:
        return row
    values = list(row)
    for n, change in ways:
        if values[n] is not None:
            values[n] = change(values[n])
    return values


def _go_on_counting(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL counts on from where the copy ended; SQLite looks itself."""
    if connection.dialect.name == "sqlite":
        return
    quote = connection.dialect.identifier_preparer.quote
    for table in tables:
        for column in table.primary_key:
            where = {"of": table.name, "column": column.name}
            found = connection.exec_driver_sql(
                "SELECT pg_get_serial_sequence(%(of)s, %(column)s)", where
            ).scalar()
            if found:
                name = quote(column.name)
                connection.exec_driver_sql(
                    f"SELECT setval('{found}', coalesce(max({name}), 1), max({name}) IS NOT NULL) "  # noqa: S608
                    f"FROM {quote(table.name)}"
                )
