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

from bot.app import open_store
from bot.config import load
from storage.migrate import upgrade
from tests.support.postgres import plain

TEMPLATE = "annhi_template"
_numbers = count(1)
_made: dict[Path, str] = {}
server = ""  # the URL of a run's server, while the run is on PostgreSQL


def url(folder: Path, name: str = "annhi.db") -> str:
    """The ANNHI_DATABASE_URL of a fresh database; asked again for this folder, of the same one."""
    path = (folder / name).resolve()
    if not server:
        return f"sqlite+aiosqlite:///{path}"
    if path not in _made:
        _made[path] = _create(f"t{os.getpid()}_{next(_numbers)}", TEMPLATE)
    return _made[path]


def empty(folder: Path, name: str = "annhi.db") -> str:
    """As `url`, but nothing is in it yet, not even a table."""
    path = (folder / name).resolve()
    if server and path not in _made:
        _made[path] = _create(f"t{os.getpid()}_{next(_numbers)}", "template0")
    return url(folder, name)


def migrated(folder: Path) -> str:
    """As `url`, with its tables: what every test would wait for is made once."""
    made = url(folder)
    file = folder / "annhi.db"
    if not server and not file.exists():
        file.write_bytes(_tables())
    return made


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "annhi.db"
        upgrade(f"sqlite+aiosqlite:///{file}")
        return file.read_bytes()


@contextmanager
def owner(of: Path | str) -> Iterator[Any]:
    """The database of this path or URL past the program, in one transaction.

    `execute` takes `?` for values.
    """
    if not server:
        with sqlite3.connect(str(of).removeprefix("sqlite+aiosqlite:///")) as connection:
            yield connection
        connection.close()
        return
    found = of if isinstance(of, str) else _made[of.resolve()]
    with psycopg.connect(plain(found)) as connection:
        yield _Owner(connection)


def without_triggers(owner: Any) -> None:
    """As whoever owns the database may: the audit can be changed from now on."""
    if server:
        owner.execute("ALTER TABLE audit DISABLE TRIGGER ALL")
        return
    found = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
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
        statement = re.sub(r"\bX'([0-9a-fA-F]*)'", r"'\\x\1'::bytea", statement)
        return self._connection.execute(re.sub(r"\?", "%s", statement), values or None)

    def close(self) -> None:
        """At the end of the block."""


def drop_all() -> None:
    """After a test: whoever is still connected is cut off."""
    for made in _made.values():
        _admin(f'DROP DATABASE "{_name(made)}" WITH (FORCE)')
    _made.clear()


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
