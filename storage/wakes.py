"""What others hear of a commit on PostgreSQL: calls and jobs that ride on the transaction itself."""

from collections.abc import Awaitable, Callable, Collection
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, func, select

CHANNEL = "annhi"  # where every process of this installation listens
WAKE, RING = "wake:", "ring:"

_CALL = select(func.pg_notify(CHANNEL, bindparam("what")))
_FIRST = select(func.pg_try_advisory_xact_lock(bindparam("lock")).label("first"))


class NotRidden(Exception):
    """No job was left: there is one already, or the engine cannot take it just now."""


# On this connection, inside the caller's transaction: leave a job for the queue, or raise NotRidden.
Defer = Callable[[Any, str], Awaitable[None]]


class Rider:
    """A queue of `here` is everybody's own: all are called. For any other one job is enough.

    Where that job cannot be left, a call takes its place. A job that is there already may be drained
    before this commit, and somebody else's, not committed yet, before ours or never: then the call,
    which arrives with our commit, is what wakes. So nobody ever waits for another transaction here.
    """

    def __init__(self, here: Collection[str] = (), defer: Defer | None = None) -> None:
        self._here = here
        self._defer = defer

    async def ride(self, connection: Any, wakes: Collection[str], rings: Collection[str]) -> None:
        """The last thing before the commit."""
        for queue in sorted(wakes):
            if queue in self._here or not await self._job(connection, queue):
                await connection.execute(_CALL, {"what": f"{WAKE}{queue}"})
        for name in sorted(rings):
            await connection.execute(_CALL, {"what": f"{RING}{name}"})

    async def _job(self, connection: Any, queue: str) -> bool:
        if self._defer is None:
            return False
        asked = await connection.execute(_FIRST, {"lock": _number(queue)})
        if not asked.mappings().first()["first"]:
            return False
        raw = await connection.get_raw_connection()
        try:
            async with connection.begin_nested():
                await self._defer(raw.driver_connection, queue)
        except NotRidden:
            return False
        return True


def _number(queue: str) -> int:
    digest = sha256(f"annhi:defer:{queue}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
