"""Wrong sign-in links, counted per asking side: whoever guesses waits, whoever has a link never does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web

from cases.clock import Clock
from cases.codes import Chance, digest

FREE, WITHIN = 5, timedelta(hours=1)
SLOW = 5.0  # seconds
_SIDES = 10_000  # remembered at most


class Guesses:
    """An asking side is a network address under a salt of this process: none is kept or written."""

    def __init__(
        self,
        clock: Clock,
        chance: Chance,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._salt = chance.bytes(16).hex()
        self._pause = pause
        self._wrong: dict[str, list[datetime]] = {}

    async def wrong(self, side: str) -> None:
        """One more; returns at once for the first few, later slowly."""
        now, name = self._clock.now(), digest(f"{self._salt}|{side}")
        self._forget(now)
        times = self._wrong[name] = [*self._wrong.get(name, ()), now][-FREE - 1 :]
        if len(times) > FREE:
            await self._pause(SLOW)

    def _forget(self, now: datetime) -> None:
        recent = {
            name: [at for at in times if now - at < WITHIN] for name, times in self._wrong.items()
        }
        self._wrong = {name: times for name, times in recent.items() if times}
        while len(self._wrong) >= _SIDES:
            self._wrong.pop(next(iter(self._wrong)))


GUESSES = web.AppKey("guesses", Guesses)
