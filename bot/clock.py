"""The system's time, the demo's faster time, and a time that somebody holds in the hand."""

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """Wall time in UTC; spans from a clock that counts while the process is frozen, too."""

    shared = True

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 — the one place

    def elapsed(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME)


class DemoClock:
    """The trial's time: `scale` seconds pass in one, and it can be pushed forward, never back (ADR 17).

    It starts at the moment it is made, or at `start`.
    """

    shared = False

    def __init__(self, scale: float = 1.0, start: datetime | None = None) -> None:
        self._system = SystemClock()
        self.scale = scale
        self._began_at = start or self._system.now()
        self._began = self._system.elapsed()
        self._pushed = timedelta()

    def now(self) -> datetime:
        return self._began_at + self._passed()

    def elapsed(self) -> float:
        return self._began + self._passed().total_seconds()

    def push(self, span: timedelta) -> None:
        """From now on it is so much later. Whoever waits for a moment has to be woken."""
        self._pushed += max(span, timedelta())

    def _passed(self) -> timedelta:
        return timedelta(seconds=(self._system.elapsed() - self._began) * self.scale) + self._pushed


class HandClock:
    """Stands still until it is moved."""

    shared = False

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
