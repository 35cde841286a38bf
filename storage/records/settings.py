"""What communes decided about their settings: rows that are only added; the newest about one counts."""

import json
from typing import Any

from sqlalchemy import select

from cases.policy import Decided
from storage.tables import settings
from storage.tx import Row, Tx


class SettingRows:
    """A clock keeps the number of the newest decision at its start: no row is ever changed."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def decided(self) -> list[Decided]:
        """All of them, the oldest first."""
        found = await self._tx.all(select(settings).order_by(settings.c.n))
        return [_decided(row) for row in found]

    async def newest(self, commune: str, name: str) -> Decided | None:
        """What is in force; None = as delivered."""
        about = select(settings).where(settings.c.commune == commune, settings.c.name == name)
        row = await self._tx.one(about.order_by(settings.c.n.desc()).limit(1))
        return _decided(row) if row is not None else None

    async def add(self, commune: str, name: str, value: Any, by: str) -> None:
        """One more decision; the tick of the settings is woken, so that clocks know of it."""
        await self._tx.alone("settings")
        n = 1 + max((one.n for one in await self.decided()), default=0)
        values = {
            "n": n, "commune": commune, "name": name, "value": json.dumps(value), "by": by,
            "at": self._tx.now,
        }  # fmt: skip
        await self._tx.add(settings, values)
        self._tx.wakes.add("calendar")


def _decided(row: Row) -> Decided:
    return Decided(
        row["n"], row["commune"], row["name"], json.loads(row["value"]), row["by"], row["at"]
    )
