"""Alembic at start, under a lock: two programs never migrate at once. Looks before it touches."""

import errno
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from storage import postgres
from storage.keys import Wrapped

HERE = Path(__file__).parent


class Moved(Exception):
    """This SQLite database was copied to PostgreSQL and is only kept."""

    def __init__(self, mark: Path) -> None:
        super().__init__(
            f"This database was moved to PostgreSQL: set ANNHI_DATABASE_URL to that one. "
            f"To go on with the old one all the same, delete {mark}."
        )


def upgrade(url: str, engine_schema: str = "", to: str = "head") -> None:
    """Bring the schema to the newest version, or to this one; running it again changes nothing.

    `engine_schema`: the tables in which an engine on PostgreSQL keeps its jobs (ADR 31). Raises Moved.
    """
    if not url.startswith("sqlite"):
        _upgrade_server(url, engine_schema, to)
        return
    in_use(url)
    engine = _engine(url)
    try:
        with _alone(url), engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            command.upgrade(config(connection), to)
    finally:
        engine.dispose()
    path_of(url).chmod(0o600)


def _upgrade_server(url: str, engine_schema: str, to: str) -> None:
    """On PostgreSQL; who finds nothing to do needs no right to change the schema."""
    engine = postgres.one_connection(url, statement_timeout="0", lock_timeout="0")
    try:
        with engine.connect() as connection, postgres.migrating(connection):
            there = MigrationContext.configure(connection).get_current_revision()
            connection.rollback()
            if there != (head() if to == "head" else to):
                with connection.begin():
                    command.upgrade(config(connection), to)
                    postgres.text_as_it_is(connection)
            if engine_schema:
                with connection.begin():
                    postgres.engine_tables(connection, engine_schema)
    finally:
        engine.dispose()


def proof(url: str) -> Wrapped | None:
    """The newest data key of this database, for the key file to prove itself on; None = none yet.

    Leaves no trace: a start that will be refused must not change the file it could not read.
    Raises Moved, and OSError for a file that is no database: nobody can say then that it holds nothing.
    """
    if not url.startswith("sqlite"):
        return _newest_key_there(url)
    in_use(url)
    path = path_of(url)
    if not path.exists():
        return None
    try:
        return _newest_key(path)
    except sqlite3.Error as error:
        raise OSError(errno.EIO, "it is not a database that can be read", str(path)) from error


def _newest_key(path: Path) -> Wrapped | None:
    # Without a log beside it nobody writes, and SQLite need not make one only to look.
    beside = path.with_name(f"{path.name}-wal").exists()
    look = f"{path.absolute().as_uri()}?{'mode=ro' if beside else 'immutable=1'}"
    with closing(sqlite3.connect(look, uri=True)) as reader:
        if not reader.execute("SELECT 1 FROM sqlite_master WHERE name = 'data_keys'").fetchone():
            return None
        row = reader.execute(
            "SELECT scope, kek, wrapped FROM data_keys WHERE erased_at IS NULL "
            "ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
    return Wrapped(*row) if row else None


_HAS_KEYS = (
    "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND table_name = 'data_keys' AND column_name = 'arrived'"
)


def _newest_key_there(url: str) -> Wrapped | None:
    engine = postgres.one_connection(url)
    try:
        with engine.connect() as reader:
            if not reader.exec_driver_sql(_HAS_KEYS).scalar():
                return None
            row = reader.exec_driver_sql(
                "SELECT scope, kek, wrapped FROM data_keys WHERE erased_at IS NULL "
                "ORDER BY arrived DESC LIMIT 1"
            ).first()
    except OperationalError as error:
        raise OSError(errno.EIO, "nobody answers at its address", "The database") from error
    finally:
        engine.dispose()
    return Wrapped(*row) if row else None


def knows(version: str) -> bool:
    """Whether this program has a schema of this version."""
    scripts = ScriptDirectory(str(HERE / "migrations"))
    return version in {one.revision for one in scripts.walk_revisions()}


def current(url: str) -> str:
    """The version of the schema that is there; "" = nothing is there yet. Changes nothing."""
    if url.startswith("sqlite") and not path_of(url).exists():
        return ""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""
    finally:
        engine.dispose()


@cache
def head() -> str:
    """The newest version of the schema that this program knows."""
    found = ScriptDirectory(str(HERE / "migrations")).get_current_head()
    assert found is not None
    return found


def config(connection: Connection) -> Config:
    """Alembic's settings for an open connection."""
    settings = Config()
    settings.set_main_option("script_location", str(HERE / "migrations"))
    settings.attributes["connection"] = connection
    return settings


def _engine(url: str) -> Engine:
    return create_engine(url.replace("sqlite+aiosqlite", "sqlite"), hide_parameters=True)


@contextmanager
def _alone(url: str) -> Iterator[None]:
    lock = path_of(url).with_suffix(".migrating")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def mark_of(database: Path) -> Path:
    """What lies beside a database that was moved away."""
    return database.with_name(f"{database.name}.moved")


def in_use(url: str) -> None:
    """Raises Moved for a SQLite database that has been copied elsewhere."""
    mark = mark_of(path_of(url))
    if mark.exists():
        raise Moved(mark)


def path_of(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(url.split(":///", 1)[1])
