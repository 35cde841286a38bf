"""Signs of life of this process: its loop, its pollers, its sender's cycles. Nothing here decides anything."""

import asyncio
import logging

from bot.systemd import Watchdog
from cases.clock import Clock
from storage.health import POLL
from storage.store import Store

_BEAT = 1.0  # seconds between two looks at the loop
MARKED = 30.0  # seconds between two rows that say that a channel was asked

log = logging.getLogger(__name__)


class Vitals:
    """`clock` is the machine's, also in a trial whose time runs faster."""

    def __init__(self, clock: Clock, store: Store, watchdog: Watchdog) -> None:
        self._clock = clock
        self._store = store
        self._watchdog = watchdog
        self._due = float("inf")
        self._late = 0.0
        self._next: asyncio.TimerHandle | None = None
        self._polled: dict[str, float] = {}
        self._marked: dict[str, float] = {}

    def begin(self) -> None:
        """Look at the loop each second from now on; systemd hears that the program is up."""
        self._plan()
        self._watchdog.ready()

    def end(self) -> None:
        self._watchdog.stopping()
        if self._next is not None:
            self._next.cancel()

    def _plan(self) -> None:
        self._due = self._clock.elapsed() + _BEAT
        self._next = asyncio.get_running_loop().call_later(_BEAT, self._look)

    def _look(self) -> None:
        self._late = max(self._clock.elapsed() - self._due, 0.0)
        self._plan()

    def lag(self) -> float:
        """Seconds by which the loop came late to its last look, or is late now."""
        return max(self._late, self._clock.elapsed() - self._due, 0.0)

    def cycle(self) -> None:
        """The sender has finished a cycle."""
        self._watchdog.fed()

    def polling(self, channel: str) -> None:
        """This process is the one that asks there; until its first answer it counts from now."""
        self._polled.setdefault(channel, self._clock.elapsed())

    async def polled(self, channel: str) -> None:
        """A good answer. Now and then also as a row, for an auditor in another process."""
        now = self._polled[channel] = self._clock.elapsed()
        if now - self._marked.get(channel, float("-inf")) >= MARKED:
            self._marked[channel] = now
            async with self._store.transaction("polled") as work:
                await work.marks.set(f"{POLL}{channel}")

    def polls(self) -> dict[str, float]:
        """Channel that is asked here -> seconds since its last good answer."""
        now = self._clock.elapsed()
        return {channel: now - at for channel, at in self._polled.items()}
