"""Where a test keeps its data: a SQLite file in its folder or, with --postgres, a database of its own.

The folder names it in both cases: `url(folder)` is what the program is given, `owner(path)` is a
look past the program.
"""

import asyncio
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from sqlalchemy import event

from bot.app import open_store
from bot.config import load
from storage import copying, migrate
from tests.support.postgres import plain
from tests.support.spare import Spare

TEMPLATE = "annhi_template"
_numbers = count(1)
_made: dict[Path, str] = {}
_lent: dict[Path, Spare] = {}
_spares: list[Spare] = []
REFUSED = (
    sqlite3.IntegrityError, psycopg.errors.IntegrityError, psycopg.errors.RaiseException
)  # fmt: skip
server = ""  # the URL of a run's server, while the run is on PostgreSQL


def url(folder: Path, name: str = "annhi.db") -> str:
    """The ANNHI_DATABASE_URL of a fresh database; asked again for this folder, of the same one."""
    path = (folder / name).resolve()
    if not server:
        return f"sqlite+aiosqlite:///{path}"
    if path not in _made:
        _lent[path] = _spares.pop() if _spares else Spare.of(_create(_next(), TEMPLATE))
        _made[path] = _lent[path].url
    return _made[path]


def empty(folder: Path, name: str = "annhi.db") -> str:
    """As `url`, but nothing is in it yet, not even a table."""
    path = (folder / name).resolve()
    if server and path not in _made:
        _made[path] = _create(_next(), "template0")
    return url(folder, name)


def untouched(folder: Path, name: str) -> bool:
    """Whether nothing was made in what `empty` gave."""
    path = folder / name
    return asked(path, _TABLES) == [] if server else not path.exists()


def migrated(folder: Path) -> str:
    """As `url`, with its tables: what every test would wait for is made once."""
    made = url(folder)
    file = folder / "annhi.db"
    if not server and not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_tables())
    return made


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "annhi.db"
        migrate.upgrade(f"sqlite+aiosqlite:///{file}")
        return file.read_bytes()


@contextmanager
def owner(of: Path | str) -> Iterator[Any]:
    """The database of this path or URL past the program, in one transaction.

    `execute` takes `?` for values.
    """
    if not server:
        with sqlite3.connect(_file(of)) as connection:
            yield connection
        connection.close()
        return
    with psycopg.connect(plain(_url(of))) as connection:
        yield _Owner(connection)


def _file(of: Path | str) -> str:
    return str(of).removeprefix("sqlite+aiosqlite:///")


def _url(of: Path | str) -> str:
    return of if isinstance(of, str) else _made[of.resolve()]


def asked(of: Path | str, query: str) -> list[tuple[Any, ...]]:
    """What a statement of the owner gives, committed; times as the database has them."""
    with owner(of) as reader:
        answer = reader.execute(query)
        found = answer.fetchall() if answer.description else []
    return [tuple(row) for row in found]


def whole(of: Path) -> bytes:
    """Every byte of it, as whoever has stolen it would look through it."""
    if not server:
        return b"".join(one.read_bytes() for one in sorted(of.parent.glob(f"{of.name}*")))
    found = []
    with psycopg.connect(plain(_url(of))) as thief:
        for (table,) in thief.execute(_TABLES).fetchall():
            with thief.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                found += [bytes(piece) for piece in copy]
    return b"".join(found)


def copied(of: str, folder: Path, name: str = "annhi.db") -> str:
    """The URL of a second database with the rows that this one has now."""
    other = empty(folder, name)
    migrate.upgrade(other)
    with copying.snapshot(of) as source, copying.empty_place(other) as place:
        copying.load(place, copying.read(source))
    return other


@contextmanager
def held(store: Any, of: Path | str) -> Iterator[None]:
    """Somebody else has the lock that every writer needs, and this store soon gives up waiting."""
    if not server:
        store._writer.patience = 20
        with sqlite3.connect(_file(of), isolation_level=None) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.execute("ROLLBACK")
        holder.close()
        return
    event.listen(store._writer.sync_engine, "begin", _impatient)
    with psycopg.connect(plain(_url(of))) as holder:
        found = holder.execute(_TABLES).fetchall()
        holder.execute(f"LOCK TABLE {', '.join(name for (name,) in found)} IN EXCLUSIVE MODE")
        yield
        holder.rollback()
    event.remove(store._writer.sync_engine, "begin", _impatient)


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%'"


def _impatient(connection: Any) -> None:
    connection.exec_driver_sql("SET LOCAL lock_timeout = 20")


@contextmanager
def refusing(of: Path | str, what: str) -> Iterator[None]:
    """`INSERT ON inbox`: this statement fails, whoever runs it."""
    with owner(of) as made:
        for statement in _REFUSE_THERE if server else _REFUSE:
            made.execute(statement.format(what=what))
    yield
    with owner(of) as made:
        gone = f"DROP TRIGGER stuck ON {what.split(' ON ')[1]}" if server else "DROP TRIGGER stuck"
        made.execute(gone)


_REFUSE = ("CREATE TRIGGER stuck BEFORE {what} BEGIN SELECT RAISE(FAIL, ''); END",)
_REFUSE_THERE = (
    "CREATE OR REPLACE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'stuck'; END $$",
    "CREATE TRIGGER stuck BEFORE {what} FOR EACH ROW EXECUTE FUNCTION stuck()",
)


def fill(of: str) -> None:
    """PostgreSQL says that the disk is full, whatever is to be written."""
    with psycopg.connect(plain(of)) as owner:
        owner.execute(_FULL)
        for (name,) in owner.execute(_TABLES).fetchall():
            owner.execute(
                f"CREATE TRIGGER room BEFORE INSERT OR UPDATE ON {name} EXECUTE FUNCTION room()"
            )


def empty_again(of: str) -> None:
    with psycopg.connect(plain(of)) as owner:
        owner.execute("DROP FUNCTION room CASCADE")


_FULL = (
    "CREATE FUNCTION room() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
)


def without_triggers(owner: Any, table: str = "audit") -> None:
    """As whoever owns the database may: this table can be changed from now on."""
    if server:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    found = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
    for (name,) in owner.execute(found).fetchall():
        owner.execute(f"DROP TRIGGER {name}")


def close() -> None:
    """At the end of a run."""
    while _connections:
        _connections.pop().close()


class _Owner:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        statement = re.sub(r"\b[xX]'([0-9a-fA-F]*)'", r"'\\x\1'::bytea", statement)
        return self._connection.execute(re.sub(r"\?", "%s", statement), values or None)

    def close(self) -> None:
        """At the end of the block."""


def drop_all() -> None:
    """After a test: whoever is still connected is cut off. What can be emptied is handed on."""
    for path, made in _made.items():
        if path in _lent and _lent[path].again():
            _spares.append(_lent[path])
        else:
            _admin(f'DROP DATABASE "{_name(made)}" WITH (FORCE)')
    _made.clear()
    _lent.clear()


def make_template(folder: Path) -> None:
    """Once for a run, before its workers start: migrated and seeded."""
    made = _create(TEMPLATE, "template0")
    settings = {"ANNHI_DATABASE_URL": made, "ANNHI_KEY_FILE": str(folder / "keys.json")}
    config = load(settings, folder / "none.env")

    async def begin() -> None:
        store, _ = await open_store(config)
        await store.close()

    asyncio.run(begin())
    with psycopg.connect(plain(made)) as look:  # else it fits the keys of no test
        assert look.execute("SELECT count(*) FROM data_keys").fetchone() == (0,)


def _next() -> str:
    return f"t{os.getpid()}_{next(_numbers)}"


def _create(name: str, template: str) -> str:
    _admin(f'CREATE DATABASE "{name}" TEMPLATE {template} STRATEGY file_copy')
    return server.replace("/postgres?", f"/{name}?")


def _name(of: str) -> str:
    return of.split("@/", 1)[1].split("?", 1)[0]


_connections: list[psycopg.Connection[Any]] = []


def _admin(statement: str) -> None:
    if not _connections:
        _connections.append(psycopg.connect(plain(server), autocommit=True))
    _connections[0].execute(statement)
