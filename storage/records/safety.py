"""When and how it is safe to answer an address: sealed beside it."""

import json
from typing import Any

from sqlalchemy import bindparam, update

from cases.safe_contact import Safety
from storage.tables import contacts
from storage.tx import Tx

_PUT = update(contacts).where(contacts.c.id == bindparam("this"))


async def safety_of(tx: Tx, row: Any) -> Safety | None:
    """What this row of `contacts` knows; None = nothing was ever said."""
    if row["safety"] is None:
        return None
    plain = await tx.open(f"person:{row['id']}", f"contacts|safety|{row['id']}", row["safety"])
    return Safety.read(json.loads(plain))


class SafetyRows:
    """Written by what a reporter says, read with the address."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def put(self, contact_id: str, safety: Safety) -> None:
        """From now on this is known of the address."""
        plain, place = json.dumps(safety.json()).encode(), f"contacts|safety|{contact_id}"
        sealed = await self._tx.seal(f"person:{contact_id}", place, plain)
        await self._tx.run(_PUT, this=contact_id, safety=sealed)
