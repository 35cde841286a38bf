"""When and where work is done; whether it is done, the rows decide (HOUSE.md section 3)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Protocol

Drain = Callable[[], Awaitable[int]]  # empties what is due, says how many rows it worked on


class Engine(Protocol):
    """Runs drains. Delete all it remembers and nothing is lost."""

    async def start(self, drains: Mapping[str, Drain], every: Mapping[str, timedelta]) -> None:
        """Run each drain when its queue is woken, and every so often without being asked."""
        ...

    def wake(self, queue: str) -> None:
        """There may be work in this queue now: something was committed, here or elsewhere."""
        ...

    async def stop(self, within: float) -> None:
        """Let running drains end, at most `within` seconds."""
        ...

    def health(self) -> bool:
        """Whether it does its part. Without it everything is done all the same, only later."""
        ...
