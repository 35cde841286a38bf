"""One loop per queue with a bell: what every engine rings, and what rings by itself without any."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from bot.engine import Drain
from bot.loops import Loops

SWEEP = timedelta(seconds=10)  # whatever an engine has lost is found within this time
_SELDOM = 5  # periods


class Bell:
    """A ring is answered by a drain that began after it."""

    def __init__(self, drain: Drain) -> None:
        self.event = asyncio.Event()
        self._drain = drain
        self._rung = 0
        self._answered = 0
        self._ended = asyncio.Event()

    def ring(self) -> int:
        """Returns which ring it was."""
        self._rung += 1
        self.event.set()
        return self._rung

    async def drain(self) -> int:
        """Raises what the drain raises: it is rung again then, by the loop."""
        this = self._rung
        try:
            return await self._drain()
        finally:
            self._answered = this
            self._ended.set()
            self._ended = asyncio.Event()

    async def answered(self, ring: int) -> None:
        while self._answered < ring:
            await self._ended.wait()


class Bells:
    """The queues that are drained in this process."""

    def __init__(self, loops: Loops, sweep: timedelta = SWEEP) -> None:
        self._loops = loops
        self._sweep = sweep
        self._bells: dict[str, Bell] = {}

    def hang(self, drains: Mapping[str, Drain], every: Mapping[str, timedelta]) -> None:
        """Start a loop for each queue, and the sweep that needs no engine.

        What looks around only now and then is looked after more seldom: once is enough for everybody,
        and its engine does it; only where that one is dead, nobody else would.
        """
        for queue, drain in drains.items():
            bell = self._bells[queue] = Bell(drain)
            bell.ring()  # whatever was due when we were away
            self._loops.start(queue, self._loops.whenever(queue, bell.event, bell.drain))
        for queue in drains:
            period = every.get(queue, self._sweep)
            span = self._sweep if period <= SWEEP else _SELDOM * period
            self._every(f"sweep {queue}", span, partial(self.ring, queue))

    def ring_every(self, periods: Mapping[str, timedelta]) -> None:
        """Metronomes that no engine keeps."""
        for queue, period in periods.items():
            self._every(f"every {queue}", period, partial(self.ring, queue))

    def _every(self, name: str, period: timedelta, what: Callable[[], object]) -> None:
        step = partial(self._after, period.total_seconds(), what)
        self._loops.start(name, self._loops.forever(name, step))

    async def _after(self, seconds: float, what: Callable[[], object]) -> int:
        await self._loops.pause(seconds)
        what()
        return 0

    def ring(self, queue: str) -> None:
        """There may be work in this queue; one that is not drained here is somebody else's."""
        if queue in self._bells:
            self._bells[queue].ring()

    def ring_all(self) -> None:
        for bell in self._bells.values():
            bell.ring()

    async def drained(self, queue: str, within: float) -> None:
        """Ring, and wait until a drain that began after it has ended; a long one goes on by itself."""
        bell = self._bells.get(queue)
        if bell is None:
            return
        try:
            async with asyncio.timeout(within):
                await bell.answered(bell.ring())
        except TimeoutError:
            return

    async def stop(self, within: float) -> None:
        """Let running drains end, at most `within` seconds; no new one begins."""
        self._loops.ask_to_stop()
        self.ring_all()
        await self._loops.stop(within)
