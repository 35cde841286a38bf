"""What this process has counted since it started, for /metrics: no name, no place, no code."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

BOUNDS = (0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0, 300.0, 900.0, 3600.0, 14400.0)


@dataclass(slots=True)
class Spans:
    """How long something took, in buckets: `counts[n]` took at most BOUNDS[n] seconds, the last one more."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def took(self, seconds: float) -> None:
        self.counts[next((n for n, most in enumerate(BOUNDS) if seconds <= most), -1)] += 1
        self.total += seconds


class Tally:
    """Nothing depends on it: what must be true stands in rows."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.spans: dict[str, Spans] = {"db_commit_seconds": Spans(), "ack_seconds": Spans()}

    def count(self, name: str, *labels: str) -> None:
        self.counts[name, *labels] += 1

    def took(self, name: str, seconds: float) -> None:
        self.spans[name].took(max(seconds, 0.0))

    def of(self, name: str) -> Sequence[tuple[tuple[str, ...], int]]:
        """(labels, how many) of a name."""
        return [(key[1:], n) for key, n in sorted(self.counts.items()) if key[0] == name]
