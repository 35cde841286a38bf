"""Time and chance that a test holds in its hand."""

import hashlib
from datetime import UTC, datetime, timedelta


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


class FixedChance:
    """The same bytes in every run, so that codes and ids are fixed."""

    def __init__(self, seed: str = "an-nhi") -> None:
        self.seed = seed
        self.n = 0

    def bytes(self, n: int) -> bytes:
        self.n += 1
        return hashlib.shake_256(f"{self.seed}|{self.n}".encode()).digest(n)
