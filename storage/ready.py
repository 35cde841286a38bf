"""Statements that are built once for SQLite: their text, their values on the way in, their rows out.

SQLAlchemy writes every statement; but walking through its execution costs four times what SQLite
needs to carry it out (ADR 0018). A statement that stands at the top of its file is compiled once,
and from then on only its values travel.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine

_SQLITE = sqlite.dialect(paramstyle="qmark")
_Process = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement gave: as much of SQLAlchemy's result as `Tx` uses."""

    rowcount: int
    found: Sequence[Mapping[str, Any]] = ()

    def mappings(self) -> "Rows":
        return self

    def first(self) -> Mapping[str, Any] | None:
        return self.found[0] if self.found else None

    def all(self) -> Sequence[Mapping[str, Any]]:
        return self.found


@dataclass(frozen=True, slots=True)
class Ready:
    """One statement for one set of value names."""

    text: str
    takes: tuple[tuple[str, Any, _Process], ...]  # name, value where none is given, its way in
    gives: tuple[tuple[str, _Process], ...]  # column, its way out

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        return [
            values.get(name, default) if inwards is None else inwards(values.get(name, default))
            for name, default, inwards in self.takes
        ]

    def row(self, found: Sequence[Any]) -> dict[str, Any]:
        return {
            name: one if outwards is None else outwards(one)
            for (name, outwards), one in zip(self.gives, found, strict=True)
        }


@lru_cache(maxsize=512)
def ready(statement: Executable, names: tuple[str, ...]) -> Ready | None:
    """Its compiled form; None where only SQLAlchemy can carry it out (a list of any length)."""
    compiled = statement.compile(dialect=_SQLITE, column_keys=list(names))  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    if compiled.post_compile_params or compiled.literal_execute_params:
        return None
    known = dict(compiled.params)
    for column in compiled.insert_prefetch or ():
        if not isinstance(column.default, ScalarElementColumnDefault):
            return None
        known[column.key] = column.default.arg
    takes = tuple(
        (name, known.get(name), _inwards(compiled.binds[name].type))
        for name in compiled.positiontup or ()
    )
    gives = tuple((name, _outwards(one.type)) for name, one in _columns(statement))
    return Ready(compiled.string, takes, gives)


def _columns(statement: Any) -> list[tuple[str, Any]]:
    if getattr(statement, "is_select", False):
        return list(statement.selected_columns.items())
    return list(statement.exported_columns.items()) if statement.is_dml else []


def _inwards(kind: TypeEngine[Any]) -> _Process:
    return kind.dialect_impl(_SQLITE).bind_processor(_SQLITE)


def _outwards(kind: TypeEngine[Any]) -> _Process:
    return kind.dialect_impl(_SQLITE).result_processor(_SQLITE, None)
