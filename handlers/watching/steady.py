"""Whether the wall clock goes as time does: a jump is told, and one tick waits (TRUST.md section 6)."""

import logging

from cases.clock import Clock
from handlers.actor import Actor, Kit
from handlers.operators import tell_operators

log = logging.getLogger(__name__)
MOST = 30.0  # seconds by which wall and elapsed time may part between two ticks


class Steady:
    """Compares each tick with the one before. `off`: by how much the wall jumped last, in seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._elapsed = clock.now(), clock.elapsed()
        self.off = 0.0

    def jumped(self) -> bool:
        """Whether the wall clock left its time since the last call."""
        wall, elapsed = self._clock.now(), self._clock.elapsed()
        self.off = (wall - self._wall).total_seconds() - (elapsed - self._elapsed)
        self._wall, self._elapsed = wall, elapsed
        return abs(self.off) >= MOST


async def tell_jump(kit: Kit, seconds: float) -> None:
    """Administrators hear by how much; whatever is due rings at the next tick all the same."""
    log.error("the clock jumped", extra={"took_ms": round(seconds * 1000)})
    async with kit.store.transaction("clock") as work:
        actor = Actor(work, kit)
        await actor.work.audit.write("system", "clock_jumped", "", {"seconds": round(seconds)})
        await tell_operators(work, kit, "admin_clock", "clock", minutes=round(abs(seconds) / 60))
