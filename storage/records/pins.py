"""PINs of staff: a sealed scrypt hash each, and how often it was typed wrong."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from cases.pins import TRIES
from storage.tables import pins
from storage.tx import Tx

_N, _R, _P, _SALT = 2**14, 8, 1, 16  # 16 MiB and a few hundredths of a second for each guess


@dataclass(frozen=True, slots=True)
class Pin:
    """What may be known of somebody's PIN: that there is one, and whether it opens anything."""

    tries: int
    set_at: datetime
    reset_asked_at: datetime | None = None

    @property
    def locked(self) -> bool:
        return self.tries >= TRIES

    @property
    def left(self) -> int:
        return max(TRIES - self.tries, 0)


class Pins:
    """The digits are never stored. Without the key file six digits cannot even be guessed at."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def of(self, person_id: str) -> Pin | None:
        columns = (pins.c.tries, pins.c.set_at, pins.c.reset_asked_at)
        row = await self._tx.one(select(*columns).where(pins.c.person_id == person_id))
        return Pin(row["tries"], row["set_at"], row["reset_asked_at"]) if row else None

    async def set(self, person_id: str, digits: str) -> None:
        """This is their PIN from now on; nothing was typed wrong yet."""
        await self.put(person_id, self.made(digits))

    def made(self, digits: str) -> dict[str, str]:
        """What may be kept of them."""
        salt = self._tx.chance.bytes(_SALT)
        return {"salt": salt.hex(), "hash": stretched(digits, salt).hex()}

    async def put(self, person_id: str, made: Mapping[str, str]) -> None:
        """The same, of digits that only their owner knows."""
        body = json.dumps({"salt": made["salt"], "hash": made["hash"]}).encode()
        sealed = await self._tx.seal(f"person:{person_id}", f"pins|body|{person_id}", body)
        await self.forget(person_id)
        values = {"person_id": person_id, "body": sealed, "tries": 0, "set_at": self._tx.now}
        await self._tx.add(pins, values)

    async def fits(self, person_id: str, digits: str) -> bool:
        """Counted before it is looked at, so that many guesses at once are no more than one by one.

        One that is locked fits nothing.
        """
        mine = pins.c.person_id == person_id
        counted = update(pins).where(mine, pins.c.tries < TRIES)
        row = await self._tx.one(counted.values(tries=pins.c.tries + 1).returning(pins.c.body))
        if row is None:
            return False
        place = f"pins|body|{person_id}"
        body = json.loads(await self._tx.open(f"person:{person_id}", place, row["body"]))
        typed = stretched(digits, bytes.fromhex(body["salt"]))
        if not hmac.compare_digest(typed, bytes.fromhex(body["hash"])):
            return False
        await self._tx.run(update(pins).where(mine).values(tries=0))
        return True

    async def tried(self, person_id: str, tries: int) -> None:
        """So often it had been typed wrong."""
        mine = update(pins).where(pins.c.person_id == person_id)
        await self._tx.run(mine.values(tries=tries))

    async def ask_reset(self, person_id: str) -> None:
        mine = update(pins).where(pins.c.person_id == person_id)
        await self._tx.run(mine.values(reset_asked_at=self._tx.now))

    async def forget(self, person_id: str) -> None:
        """From now on there is none."""
        await self._tx.run(delete(pins).where(pins.c.person_id == person_id))


def stretched(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(digits.encode(), salt=salt, n=_N, r=_R, p=_P, dklen=32)
