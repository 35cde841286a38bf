"""The system's time, the demo's faster time, and a time that somebody holds in the hand."""

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


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime | None = None) -> None:
        self.at = now or datetime(2026, 11, 23, 13, 15, tzinfo=UTC)
        self.ran = 0.0

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.ran

    def advance(self, span: timedelta | float) -> None:
        span = span if isinstance(span, timedelta) else timedelta(seconds=span)
        self.at += span
        self.ran += span.total_seconds()
