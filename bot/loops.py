"""Poll, drain, serve, stop: the only place that starts tasks and the place where a bug is caught."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)
_PAUSES = (0.2, 1.0, 3.0, 8.0, 20.0)  # seconds after the first, second, … failure in a row


class Loops:
    """The running loops of this process. One that fails is logged, waits and goes on: nothing is swallowed."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks[name] = asyncio.create_task(work, name=name)

    async def whenever(
        self, name: str, bell: asyncio.Event, drain: Callable[[], Awaitable[int]]
    ) -> None:
        """Drain whenever the bell rings, until nothing is due."""
        failures = 0
        while not self.stopping:
            await bell.wait()
            if self.stopping:
                return
            bell.clear()
            failures = await self._step(name, drain, failures)
            if failures:
                bell.set()

    async def forever(self, name: str, step: Callable[[], Awaitable[int]]) -> None:
        """One step after another: a poller. A step that finds nothing waits by itself."""
        failures = 0
        while not self.stopping:
            failures = await self._step(name, step, failures)

    async def _step(self, name: str, step: Callable[[], Awaitable[int]], failures: int) -> int:
        try:
            await step()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("loop failed", extra={"queue": name, "attempt": failures + 1})
            await self.pause(_PAUSES[min(failures, len(_PAUSES) - 1)])
            return failures + 1
        return 0

    async def pause(self, seconds: float) -> None:
        """Wait, but not longer than until the program stops."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def stop(self, within: float) -> None:
        """Ask every loop to end, then end those that did not. The ledgers allow a harder stop too."""
        self._stopping.set()
        waiting = [task for task in self._tasks.values() if task is not asyncio.current_task()]
        for task in waiting:
            if task.get_name() not in ("inbox", "outbox", "timers"):
                task.cancel()
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=within)
            for task in late:
                task.cancel()
