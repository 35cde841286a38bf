"""One open transaction: its connection, its one `now`, ids, and sealing under the key of a scope."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Executable, Select, Table, bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from cases.codes import Chance
from storage.key_cache import KeyCache
from storage.keys import DataKey, KeyRing, Unreadable
from storage.tables import data_keys

Row = Mapping[str, Any]

_ERASED = select(data_keys.c.scope).where(
    data_keys.c.erased_at >= bindparam("since", type_=data_keys.c.erased_at.type)
)


_SOME = 500  # ids in one question


def some(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as one question may name; a question about a thousand rows is not a thousand."""
    return (ids[n : n + _SOME] for n in range(0, len(ids), _SOME))


class Overtaken(Exception):
    """Somebody else changed at this very moment what this work was built on: begin it anew."""


_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
_WRAPPED = select(data_keys.c.kek, data_keys.c.wrapped).where(
    data_keys.c.scope == bindparam("this")
)


_WRAPPED_ALL = select(data_keys.c.scope, data_keys.c.kek, data_keys.c.wrapped).where(
    data_keys.c.scope.in_(bindparam("those", expanding=True)), data_keys.c.wrapped != b""
)


@lru_cache(maxsize=128)
def _insert(table: Table, dialect: str) -> Executable:
    """Built once: the values are handed over at execution."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # Without the option SQLAlchemy forgets how many rows an insert on PostgreSQL made.
    return make(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@lru_cache(maxsize=64)
def _held(statement: Select[Any], skip: bool) -> Select[Any]:
    """Of a join only the first table's rows; no key of ours ever changes, so keys may be referred to."""
    first = statement.get_final_froms()[0]
    of = getattr(first, "left", first)
    return statement.with_for_update(of=of, key_share=True, skip_locked=skip)


class Answer(Protocol):
    """What a statement gave: SQLAlchemy's own result, or `storage.ready.Rows`."""

    @property
    def rowcount(self) -> int: ...

    def mappings(self) -> Any: ...


class Session(Protocol):
    """An open connection: SQLAlchemy's own for PostgreSQL, ours for SQLite."""

    @property
    def dialect(self) -> Dialect: ...

    async def execute(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> Answer: ...

    async def begin(self) -> Any: ...

    async def commit(self) -> None: ...

    async def rollback(self) -> None: ...


@dataclass(slots=True)
class _Lot:
    """Draws that follow from a name and the code key: nobody else can guess them, and a replay repeats them.

    Ids and prompts only. What seals, and what lets somebody in, is drawn anew each time.
    """

    key: bytes
    name: str
    n: int = 0

    def bytes(self, n: int) -> bytes:
        self.n += 1
        return hmac.digest(self.key, f"{self.name}\x1f{self.n}".encode(), "sha256")[:n]


def _name(drawn: bytes) -> str:
    return urlsafe_b64encode(drawn).decode().rstrip("=")


@dataclass(slots=True)
class Tx:
    """What ledgers and records are given; nothing outside `storage` sees a connection or a key."""

    connection: Session
    now: datetime
    keys: KeyRing
    chance: Chance
    key_cache: KeyCache
    writing: bool
    holding: bool = False  # what is read with the intent to change it stays ours until the end
    fresh_keys: dict[str, DataKey] = field(default_factory=dict)
    erased_keys: set[str] = field(default_factory=set)
    wakes: set[str] = field(default_factory=set)
    last: list[Callable[[], Awaitable[None]]] = field(default_factory=list)  # before the commit
    rings: set[str] = field(default_factory=set)  # web chats in which something is new
    lot: Chance | None = None
    left: list[Any] = field(default_factory=list)  # acts that the journal must have (Received)
    unsure_until: datetime | None = None  # while a restore lives through the gap after a backup

    def new_id(self) -> str:
        """22 characters nobody can guess."""
        return _name(self.draws.bytes(16))

    def id_of(self, *name: str) -> str:
        """The same, of something that has a natural name already: told again, it has the same id."""
        return _name(self._lot(*name).bytes(16))

    @property
    def draws(self) -> Chance:
        """Where ids and prompts come from in this transaction."""
        return self.lot or self.chance

    def follows(self, *name: str) -> None:
        """From here on ids and prompts follow from this name: done again, they are the same."""
        self.lot = self._lot(*name)

    def _lot(self, *name: str) -> Chance:
        return _Lot(self.keys.code_key, "\x1f".join(("lot", *name)))

    async def run(self, statement: Executable, /, **values: Any) -> Answer:
        """`values` fill its bindparams; in an update, those named like a column are what is set.

        A turn has about fifteen statements. Building one costs several times its execution, so
        the frequent ones stand built at the top of their file and get their values here. What is
        given values must stand there: it is kept compiled (storage/ready.py).
        """
        return await self.connection.execute(statement, values or None)

    async def one(self, statement: Executable, /, **values: Any) -> Row | None:
        found: Row | None = (await self.run(statement, **values)).mappings().first()
        return found

    async def all(self, statement: Executable, /, **values: Any) -> Sequence[Row]:
        found: Sequence[Row] = (await self.run(statement, **values)).mappings().all()
        return found

    async def hold(self, statement: Select[Any], /, **values: Any) -> Row | None:
        """As `one`; where several write at once, the row is ours until the end of the transaction.

        Who waited for it reads it as it is now. SQLite has one writer, and nothing to hold.
        """
        statement = _held(statement, skip=False) if self.holding else statement
        return await self.one(statement, **values)

    async def hold_all(self, statement: Select[Any], /, **values: Any) -> Sequence[Row]:
        """As `all`, likewise."""
        statement = _held(statement, skip=False) if self.holding else statement
        return await self.all(statement, **values)

    async def hold_free(self, statement: Select[Any], /, **values: Any) -> Sequence[Row]:
        """As `all`, without the rows that somebody else works on."""
        statement = _held(statement, skip=True) if self.holding else statement
        return await self.all(statement, **values)

    async def alone(self, what: str) -> None:
        """Until the end of the transaction nobody else is past this point: for what is counted on."""
        if self.holding:
            await self.connection.execute(_ALONE, {"what": what})

    async def add(self, table: Table, values: dict[str, Any]) -> bool:
        """Insert a row. False = its natural key exists already, which is success for a repeat."""
        statement = _insert(table, self.connection.dialect.name)
        return (await self.connection.execute(statement, values)).rowcount == 1

    async def seal(self, scope: str, place: str, plain: bytes) -> bytes:
        """Ciphertext under the scope's key, bound to table|column|row."""
        return self.keys.seal(await self._key(scope), place, plain)

    async def open(self, scope: str, place: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises Unreadable."""
        return self.keys.open(await self._key(scope), place, sealed)

    def forget(self, scopes: Sequence[str]) -> None:
        """Their keys are erased in this transaction; nobody here opens or seals with them any more."""
        self.erased_keys.update(scopes)
        for scope in scopes:
            self.fresh_keys.pop(scope, None)

    async def know(self, scopes: Sequence[str]) -> None:
        """Fetch the keys of many scopes at once: what is opened next asks for none of them alone.

        A scope without a key stays unknown; opening what is sealed with it says so.
        """
        await self._look_for_erased()
        missing = [one for one in scopes if self.key_cache.get(one) is None]
        for those in some(missing):
            for row in await self.all(_WRAPPED_ALL, those=those):
                with suppress(Unreadable):  # asked alone it says why
                    key = self.keys.unwrap(row["scope"], row["kek"], row["wrapped"])
                    self.key_cache.keep([(row["scope"], key)])

    async def _look_for_erased(self) -> None:
        if (since := self.key_cache.look_since(self.now)) is not None:
            found = await self.all(_ERASED, since=since)
            self.key_cache.erase(row["scope"] for row in found)
            self.keys.fresh()

    async def _key(self, scope: str) -> DataKey:
        await self._look_for_erased()
        known = self.key_cache.get(scope) or self.fresh_keys.get(scope)
        if known is not None and scope not in self.erased_keys:
            return known
        if self.writing:
            # A scope that is not in the cache is nearly always a new one.
            key, wrapped = self.keys.new_data_key(scope)
            values = wrapped._asdict()
            if await self.add(data_keys, values):
                self.fresh_keys[scope] = key  # joins the cache only when this has committed
                return key
        row = await self.one(_WRAPPED, this=scope)
        if row is None or not row["wrapped"]:
            raise Unreadable("the key of this data was erased, or never was")
        key = self.keys.unwrap(scope, row["kek"], row["wrapped"])
        self.key_cache.keep([(scope, key)])
        return key
