"""The engine of one process: asyncio events to wake, APScheduler as the metronome."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.engine import Drain
from bot.loops import Loops


class LocalEngine:
    """One loop per queue. The metronome only rings bells: nothing is stored in it."""

    def __init__(self, loops: Loops) -> None:
        self._loops = loops
        self._bells: dict[str, asyncio.Event] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def start(self, drains: Mapping[str, Drain], every: Mapping[str, timedelta]) -> None:
        for queue, drain in drains.items():
            bell = self._bells[queue] = asyncio.Event()
            bell.set()  # whatever was due when we were away
            self._loops.start(queue, self._loops.whenever(queue, bell, drain))
        for queue, period in every.items():
            self._scheduler.add_job(
                self.wake, "interval", [queue], seconds=period.total_seconds(),
                max_instances=1, coalesce=True, misfire_grace_time=None,
            )  # fmt: skip
        self._scheduler.start()

    def wake(self, queue: str) -> None:
        bell = self._bells.get(queue)
        if bell is not None:
            bell.set()

    async def stop(self, within: float) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._loops.ask_to_stop()
        for bell in self._bells.values():
            bell.set()
        await self._loops.stop(within)
