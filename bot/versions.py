"""MODULES: the shape of its rows that each part of this program knows.

During an upgrade an older program still runs on the newer schema. The part whose number has grown
stands still there, and the program is not ready: what it does not understand it leaves alone.
Raise a number here when older code must no longer touch the rows.
"""

import logging
from collections.abc import Mapping

from bot.engine import Drain
from storage.store import Store

log = logging.getLogger(__name__)
MODULES: Mapping[str, int] = {"inbox": 1, "timers": 1, "outbox": 1, "files": 1}


class Versions:
    """`older`: the parts for which the database is too new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.older: frozenset[str] = frozenset()

    async def agree(self) -> None:
        """At the start: from now on nobody older works on these rows."""
        async with self._store.transaction("versions") as work:
            for module, version in MODULES.items():
                await work.pulse.raise_to(module, version)
        await self.look()

    async def look(self) -> int:
        async with self._store.reading("versions") as work:
            there = await work.pulse.versions()
        older = newer(there)
        for name in sorted(older - self.older):
            log.critical("the database is too new for this program", extra={"queue": name})
        self.older = older
        return 0

    def gate(self, module: str, drain: Drain) -> Drain:
        """The drain of a part, as long as the database is not too new for it."""

        async def stands() -> int:
            await self.look()
            return 0 if module in self.older else await drain()

        return stands


def newer(there: Mapping[str, int]) -> frozenset[str]:
    """The parts whose rows in the database are newer than this program."""
    return frozenset(name for name, known in MODULES.items() if there.get(name, 0) > known)
