"""What the database knows of its KEKs: which data keys each wraps, and what a printed one brings back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update

from storage.keys import Wrapped
from storage.tables import data_keys, keks
from storage.tx import Tx

_LIVE = and_(data_keys.c.erased_at.is_(None), data_keys.c.kek != "")
_RING = select(keks).where(keks.c.name == bindparam("this"))


class Keks:
    """Never a key itself: only wrapped ones, and the sealed ring of each KEK."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def note(self) -> bool:
        """The active KEK brings back all that the key file holds now. True = it was not so before.

        What an older KEK brought back goes: it may be older because somebody else has it.
        """
        tx, name = self._tx, self._tx.keys.active
        ring, row = tx.keys.sealed_ring(), await tx.one(_RING, this=name)
        if row is not None and row["ring"] == ring:
            return False
        values: dict[str, Any] = {"name": name, "ring": ring, "made_at": tx.now}
        if row is None:
            await tx.add(keks, values)
        else:
            await tx.run(update(keks).where(keks.c.name == name).values(ring=ring))
        await tx.run(update(keks).where(keks.c.name != name).values(ring=b""))
        return True

    async def noted(self) -> bool:
        """Whether `note` has nothing to do."""
        row = await self._tx.one(_RING, this=self._tx.keys.active)
        return row is not None and row["ring"] == self._tx.keys.sealed_ring()

    async def wrapped_by_others(self, many: int, after: str) -> list[Wrapped]:
        """Data keys that another KEK than the active one wraps; scopes behind `after`, in order."""
        other = data_keys.c.kek != self._tx.keys.active
        query = select(data_keys).where(_LIVE, other, data_keys.c.scope > after)
        found = await self._tx.all(query.order_by(data_keys.c.scope).limit(many))
        return [Wrapped(row["scope"], row["kek"], row["wrapped"]) for row in found]

    async def wrap_again(self, old: Wrapped) -> None:
        """Under the active KEK; not where it was erased or wrapped again meanwhile. Raises Unreadable."""
        new = self._tx.keys.wrap_again(old)
        same = and_(data_keys.c.scope == old.scope, data_keys.c.wrapped == old.wrapped)
        await self._tx.run(
            update(data_keys).where(same).values(kek=new.kek, wrapped=new.wrapped)
        )  # fmt: skip

    async def counts(self) -> Mapping[str, int]:
        """How many data keys each KEK wraps."""
        query = select(data_keys.c.kek, func.count().label("n")).where(_LIVE)
        found = await self._tx.all(query.group_by(data_keys.c.kek))
        return {row["kek"]: int(row["n"]) for row in found}

    async def confirmed(self) -> dict[str, str]:
        """Half: the name of the person who typed it back, for the active KEK."""
        name = self._tx.keys.active
        row = await self._tx.one(_RING, this=name)
        if row is None or row["confirmed"] is None:
            return {}
        plain = await self._tx.open("system", f"keks|confirmed|{name}", row["confirmed"])
        return dict(json.loads(plain))

    async def confirm(self, half: str, person: str, kek: str = "") -> None:
        """This person holds that half: it was typed back. `kek`: of this one, else of none."""
        if kek and kek != self._tx.keys.active:
            return
        name, told = self._tx.keys.active, {**await self.confirmed(), half: person}
        plain = json.dumps(told, ensure_ascii=False).encode()
        sealed = await self._tx.seal("system", f"keks|confirmed|{name}", plain)
        await self._tx.run(update(keks).where(keks.c.name == name).values(confirmed=sealed))

    async def rings(self) -> Sequence[tuple[str, bytes]]:
        """(KEK, what it brings back) of each that still brings something back."""
        found = await self._tx.all(select(keks).order_by(keks.c.made_at.desc()))
        return [(row["name"], row["ring"]) for row in found if row["ring"]]
