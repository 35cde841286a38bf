"""A process in PostgreSQL: one direct connection that holds its locks and hears what others say.

Never through a pooler of transactions: a lock of the session, and what is listened to, end with the
connection. Whoever dies, is frozen or cut off gives everything back within IDLE.
"""

import asyncio
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from storage.wakes import CHANNEL

BEAT = 1.0  # seconds between two looks
FRESH = 5.0  # a lock is believed in so long after it was last seen
PATIENCE = 3.0  # seconds for a database that hangs
IDLE = 8  # seconds after which the server gives away what a silent process holds: more than FRESH
_OPTIONS = (
    f"-c idle_session_timeout={IDLE}s -c statement_timeout={int(PATIENCE)}s -c client_encoding=UTF8 "
    "-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2"
)
_ALIKE = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE application_name = %s AND datname = current_database()"
)


class Presence:
    """`heard` is told every call of the channel, and "" when calls may have been missed. `alike`: how
    many processes of this name there are.

    `elapsed`: seconds that also count while the process is frozen, and never faster than they pass.
    """

    def __init__(
        self, url: str, elapsed: Callable[[], float], heard: Callable[[str], None],
        name: str = CHANNEL,
    ) -> None:  # fmt: skip
        self._url = url.replace("postgresql+psycopg", "postgresql", 1)
        self._elapsed = elapsed
        self._heard = heard
        self._name = name  # as the database knows it
        self.alike = 1
        self._connection: Any = None
        self._wanted: list[str] = []
        self._held: set[str] = set()
        self._seen = -FRESH  # when the connection last proved itself

    def want(self, name: str) -> None:
        """From now on try to hold this lock."""
        if name not in self._wanted:
            self._wanted.append(name)

    def holds(self, name: str) -> bool:
        """Whether the lock is ours, as far as anybody can know: nobody else has it for as long."""
        return name in self._held and self.hears()

    def hears(self) -> bool:
        """Whether calls arrive here; otherwise whoever waits for one has to look for himself."""
        return self._elapsed() - self._seen < FRESH

    async def step(self) -> int:
        """Listen for a moment, then look after the locks. Raises what the database raises: again, soon."""
        try:
            await self.join()
            async with asyncio.timeout(BEAT + PATIENCE):
                async for note in self._connection.notifies(timeout=BEAT):
                    self._heard(note.payload)
                await self._look_after()
        except BaseException:
            await self.close()
            raise
        return len(self._held)

    async def join(self) -> None:
        """Connect, and take what is free. Raises what the database raises."""
        if self._connection is None:
            async with asyncio.timeout(PATIENCE):
                await self._connect()

    async def dead(self, names: Iterable[str]) -> list[str]:
        """Those of them that nobody holds. Asks nothing while this process is not sure of itself."""
        found = []
        for name in names:
            if name not in self._wanted and await self.borrowed(name):
                await self.given_back(name)
                found.append(name)
        return found

    async def borrowed(self, name: str) -> bool:
        """Take a lock for a moment. False = somebody has it, or the database is away."""
        connection = self._connection
        if connection is None or not self.hears():
            return False
        async with asyncio.timeout(BEAT + PATIENCE):
            return await self._try(connection, name)

    async def given_back(self, name: str) -> None:
        """A connection that has broken meanwhile gave it back itself."""
        connection = self._connection
        if connection is not None:
            async with asyncio.timeout(BEAT + PATIENCE):
                await connection.execute("SELECT pg_advisory_unlock(%s)", [_number(name)])

    async def close(self) -> None:
        """Give everything back. The next step begins anew."""
        connection, self._connection = self._connection, None
        self._held.clear()
        self._seen = -FRESH
        if connection is not None:
            await connection.close()

    async def _connect(self) -> None:
        from psycopg import AsyncConnection  # noqa: PLC0415 — an extra, not there beside SQLite

        self._connection = await AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=int(PATIENCE),
            options=_OPTIONS,
            application_name=self._name,
        )
        await self._connection.execute(f"LISTEN {CHANNEL}")
        await self._look_after()
        self._heard("")

    async def _look_after(self) -> None:
        since = self._elapsed()  # before the question: the server counts from its arrival
        asked = await self._connection.execute(_ALIKE, [self._name])
        (count,) = await asked.fetchone()
        self.alike = max(int(count), 1)
        for name in self._wanted:
            if name not in self._held and await self._try(self._connection, name):
                self._held.add(name)
        self._seen = since

    async def _try(self, connection: Any, name: str) -> bool:
        asked = await connection.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
        (got,) = await asked.fetchone()
        return bool(got)


def _number(name: str) -> int:
    """A lock's name as PostgreSQL has it: 64 bits."""
    return int.from_bytes(sha256(f"annhi:{name}".encode()).digest()[:8], "big", signed=True)
