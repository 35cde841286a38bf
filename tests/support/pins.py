"""The PIN of everybody in the tests; stretched once, for it takes its time on purpose."""

import json
from functools import lru_cache

from storage.records.pins import stretched

PIN = "271828"


@lru_cache(maxsize=1)
def _body() -> bytes:
    salt = b"s" * 16
    return json.dumps({"salt": salt.hex(), "hash": stretched(PIN, salt).hex()}).encode()


async def give_pin(work, person_id: str) -> None:
    """As if they had set it at their first sign-in."""
    from storage.tables import pins

    sealed = await work._tx.seal(f"person:{person_id}", f"pins|body|{person_id}", _body())
    row = {"person_id": person_id, "body": sealed, "tries": 0, "set_at": work.now}
    await work._tx.add(pins, row)
