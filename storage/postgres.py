"""PostgreSQL through psycopg 3: how it is opened, and which of its errors are no statement's fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PREFIX = "postgresql+psycopg://"
_SESSION = {
    "synchronous_commit": "on", "statement_timeout": "15s", "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s", "timezone": "UTC",
    "default_transaction_isolation": "read\\ committed",
}  # fmt: skip
_ALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_AGAIN = ("40001", "40P01", "55P03")  # serialization failure, deadlock, a lock not got in time
# Connections, resources, an operator's word, the system, read-only, its own damage, no such database.
# Cut off in a transaction until the server gave it up (25P03) is what a hanging network looks like.
_UNABLE = ("08", "53", "57", "58", "25006", "25P03", "XX", "3D000", "28")
_MIGRATING = 7_106_742_002  # any number, the same in every program of ours


def options(**own: str) -> dict[str, Any]:
    """What every connection is opened with."""
    settings = " ".join(f"-c {name}={value}" for name, value in {**_SESSION, **own}.items())
    return {"options": settings, "connect_timeout": 5, **_ALIVE}


def pool(url: str, **own: str) -> AsyncEngine:
    """Five connections, five more under load; a dead one is noticed before it is used."""
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=5, max_overflow=5, pool_pre_ping=True, pool_timeout=10,
        connect_args=options(**own),
    )  # fmt: skip
    event.listen(engine.sync_engine, "before_cursor_execute", _without_nul, retval=True)
    return engine


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same connections; what is read in one transaction is as it was at its beginning."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def one_connection(url: str, **own: str) -> Engine:
    """For what runs once, before or beside the program: a migration, a copy."""
    engine = create_engine(url, hide_parameters=True, connect_args=options(**own))
    event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
    return engine


def again(error: DBAPIError) -> bool:
    """Two transactions were in each other's way: the same one, run once more, may well succeed."""
    return _state(error).startswith(_AGAIN)


def unable(error: DBAPIError) -> bool:
    """The database cannot, whoever asks: gone, full, stopping. Otherwise the statement is wrong."""
    state = _state(error)
    if not state:  # never reached it, or lost it on the way
        return error.connection_invalidated or type(error).__name__ == "OperationalError"
    return state.startswith(_AGAIN + _UNABLE)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


@contextmanager
def migrating(connection: Connection) -> Iterator[None]:
    """Only one program at a time; the lock ends with its connection, however that ends."""
    connection.exec_driver_sql(f"SELECT pg_advisory_lock({_MIGRATING})")
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_MIGRATING})")
        connection.commit()


def engine_tables(connection: Connection, schema: str) -> None:
    """The engine's own tables, as its very version has them; of another version they are made anew.

    They hold jobs, and no job is the only one that knows of a duty: nothing is lost with them.
    """
    stamp = sha256(schema.encode()).hexdigest()[:16]
    if connection.exec_driver_sql(_ENGINE_STAMP).scalar() == stamp:
        return
    for drop in connection.exec_driver_sql(_ENGINE_DROPS).scalars().all():
        connection.exec_driver_sql(drop)
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(schema)  # many statements at once: only the driver takes them
    connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{stamp}'")


_ENGINE_STAMP = "SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class')"
_ENGINE_DROPS = """
SELECT format('DROP TABLE IF EXISTS %%I CASCADE', c.relname) FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'procrastinate%%'
UNION ALL
SELECT format('DROP FUNCTION IF EXISTS %%s CASCADE', p.oid::regprocedure) FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE 'procrastinate%%'
UNION ALL
SELECT format('DROP TYPE IF EXISTS %%I CASCADE', t.typname) FROM pg_type t
WHERE t.typnamespace = current_schema()::regnamespace AND t.typname LIKE 'procrastinate%%' AND t.typtype = 'e'
UNION ALL
SELECT format('DROP TYPE IF EXISTS %%I CASCADE', c.relname) FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'c' AND c.relname LIKE 'procrastinate%%'
"""


def text_as_it_is(connection: Connection) -> None:
    """Every text of ours is of any length and in the order of its code points, as on SQLite.

    The order of a language, which a server may have by default, is not the order of keys: a range
    of them by their beginning would miss some. A message is not lost because an id grew longer.
    """
    found = connection.exec_driver_sql(_OTHER_TEXT).all()
    tables: dict[str, list[str]] = {}
    for table, column in found:
        tables.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, changes in tables.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(changes)}')


_OTHER_TEXT = """
SELECT c.relname, a.attname FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
JOIN pg_type t ON t.oid = a.atttypid AND t.typname IN ('varchar', 'text')
JOIN pg_collation o ON o.oid = a.attcollation
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE 'procrastinate%%'
AND (t.typname = 'varchar' OR o.collname <> 'C')
ORDER BY 1, 2
"""


def _without_nul(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
) -> tuple[str, Any]:  # fmt: skip
    """PostgreSQL refuses the character NUL in a text; a message is not lost because of it."""
    if many:
        return statement, [_clean(one) for one in parameters]
    return statement, _clean(parameters)


def _clean(values: Any) -> Any:
    if isinstance(values, dict) and any(
        isinstance(one, str) and "\0" in one for one in values.values()
    ):
        return {
            name: one.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(one, str) else one
            for name, one in values.items()
        }
    return values
