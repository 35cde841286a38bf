"""One open transaction: its connection, its one `now`, ids, and sealing under the key of a scope."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Executable, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult, RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from cases.codes import Chance
from storage.keys import KeyRing
from storage.tables import data_keys


@dataclass(slots=True)
class Tx:
    """What ledgers and records are given; nothing outside `storage` sees a connection or a key."""

    connection: AsyncConnection
    now: datetime
    keys: KeyRing
    chance: Chance
    key_cache: dict[str, AESGCM]
    fresh_keys: dict[str, AESGCM] = field(default_factory=dict)
    wakes: set[str] = field(default_factory=set)

    def new_id(self) -> str:
        """22 characters nobody can guess."""
        return urlsafe_b64encode(self.chance.bytes(16)).decode().rstrip("=")

    async def run(self, statement: Executable) -> CursorResult[Any]:
        return await self.connection.execute(statement)

    async def one(self, statement: Executable) -> RowMapping | None:
        return (await self.connection.execute(statement)).mappings().first()

    async def all(self, statement: Executable) -> Sequence[RowMapping]:
        return (await self.connection.execute(statement)).mappings().all()

    async def add(self, table: Table, values: dict[str, Any]) -> bool:
        """Insert a row. False = its natural key exists already, which is success for a repeat."""
        dialect = self.connection.dialect.name
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        result = await self.run(make(table).values(**values).on_conflict_do_nothing())
        return bool(result.rowcount)

    async def seal(self, scope: str, place: str, plain: bytes) -> bytes:
        """Ciphertext under the scope's key, bound to table|column|row."""
        return self.keys.seal(await self._key(scope), place, plain)

    async def open(self, scope: str, place: str, sealed: bytes) -> bytes:
        """The plain bytes. Raises Unreadable."""
        return self.keys.open(await self._key(scope), place, sealed)

    async def _key(self, scope: str) -> AESGCM:
        known = self.key_cache.get(scope) or self.fresh_keys.get(scope)
        if known is not None:
            return known
        columns = data_keys.c
        row = await self.one(select(columns.kek, columns.wrapped).where(columns.scope == scope))
        if row is not None:
            key = self.keys.unwrap(scope, row["kek"], row["wrapped"])
            self.key_cache[scope] = key
            return key
        key, wrapped = self.keys.new_data_key(scope)
        values = {"scope": scope, "kek": self.keys.active, "wrapped": wrapped}
        await self.run(insert(data_keys).values(**values))
        self.fresh_keys[scope] = key  # joins the cache only when this transaction has committed
        return key
