"""Alembic at start, under a lock: two programs never migrate at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, Engine

HERE = Path(__file__).parent


def upgrade(url: str) -> None:
    """Bring the schema to the newest version; running it again changes nothing."""
    engine = _engine(url)
    try:
        with _alone(url), engine.begin() as connection:
            if url.startswith("sqlite"):
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            command.upgrade(config(connection), "head")
    finally:
        engine.dispose()
    if url.startswith("sqlite"):
        _path(url).chmod(0o600)


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
    if not url.startswith("sqlite"):
        yield  # PostgreSQL: Alembic's version row is updated under the transaction's lock
        return
    lock = _path(url).with_suffix(".migrating")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _path(url: str) -> Path:
    return Path(url.split(":///", 1)[1])
