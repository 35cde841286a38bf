"""The system's time, and the demo's faster time."""

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """Wall time in UTC; spans from a clock that counts while the process is frozen, too."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 — the one place

    def elapsed(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)


class ScaledClock:
    """The demo's time: `scale` seconds pass in one. It starts at the moment it is made."""

    def __init__(self, scale: float) -> None:
        self._system = SystemClock()
        self._scale = scale
        self._began_at = self._system.now()
        self._began = self._system.elapsed()

    def now(self) -> datetime:
        return self._began_at + timedelta(seconds=self._passed() * self._scale)

    def elapsed(self) -> float:
        return self._began + self._passed() * self._scale

    def _passed(self) -> float:
        return self._system.elapsed() - self._began
