"""What databases keep in different ways.

UtcDateTime: aware UTC in code, fixed-width text on SQLite, so that text order is time order.
Arrival: the order in which rows were put in.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class UtcDateTime(TypeDecorator[datetime]):
    """Refuses a naive time."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return value.astimezone(UTC) if dialect.name == "postgresql" else as_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return from_text(value)


def as_text(at: datetime) -> str:
    """A time as SQLite keeps it."""
    return at.astimezone(UTC).strftime(_FORMAT)


def from_text(text: str) -> datetime:
    """A time that SQLite kept."""
    # Faster than strptime, and this is read with every row.
    return datetime.fromisoformat(text)


class Arrival(ColumnElement[int]):
    """Where nothing else tells which of two rows comes first: the one that was there first.

    SQLite counts rows by itself; on PostgreSQL the tables of which it is asked have a column for it.
    """

    inherit_cache = False
    type = BigInteger()

    def __init__(self, table: Table) -> None:
        self.table = table


@compiles(Arrival)
def _arrived(element: Arrival, compiler: Any, **_: Any) -> str:
    column = "arrived" if compiler.dialect.name == "postgresql" else "rowid"
    return f"{compiler.preparer.format_table(element.table)}.{column}"
