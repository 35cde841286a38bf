"""The engine of one process: asyncio events to wake, APScheduler as the metronome."""

from collections.abc import Mapping
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.engine import Drain
from bot.engine.bells import SWEEP, Bells
from bot.loops import Loops


class LocalEngine:
    """The metronome only rings bells: nothing is stored in it, and the sweep does without it."""

    def __init__(self, loops: Loops, sweep: timedelta = SWEEP) -> None:
        self._bells = Bells(loops, sweep)
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def start(self, drains: Mapping[str, Drain], every: Mapping[str, timedelta]) -> None:
        self._bells.hang(drains, every)
        for queue in drains:
            if queue in every:
                self._scheduler.add_job(
                    self.wake, "interval", [queue], seconds=every[queue].total_seconds(),
                    max_instances=1, coalesce=True, misfire_grace_time=None,
                )  # fmt: skip
        self._scheduler.start()

    def wake(self, queue: str) -> None:
        self._bells.ring(queue)

    async def stop(self, within: float) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await self._bells.stop(within)

    def health(self) -> bool:
        return bool(self._scheduler.running)
