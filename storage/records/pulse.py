"""Whether the database takes a write, and whether its schema is the one this program knows."""

from sqlalchemy import and_, column, select, table, update

from storage.tables import engine_versions, pulse
from storage.tx import Tx

_versions = table("alembic_version", column("version_num"))
_ROOM = bytes(8192)


class Pulse:
    """One row with one number."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def beat(self) -> None:
        """Change something: a commit of nothing, or of the same value again, reaches no disk.

        It asks for two pages and gives them back: a full database still takes what fits where it was.
        """
        await self._tx.run(update(pulse).values(n=pulse.c.n + 1, room=_ROOM))
        await self._tx.run(update(pulse).values(room=None))

    async def schema(self) -> str:
        """The version of the schema that is there."""
        row = await self._tx.one(select(_versions.c.version_num))
        return str(row["version_num"]) if row else ""

    async def versions(self) -> dict[str, int]:
        """Which shape of its rows each part of the program has worked with, the newest."""
        found = await self._tx.all(select(engine_versions))
        return {row["module"]: row["version"] for row in found}

    async def raise_to(self, module: str, version: int) -> None:
        """Never back: an older program that starts again changes nothing."""
        if not await self._tx.add(engine_versions, {"module": module, "version": version}):
            lower = and_(engine_versions.c.module == module, engine_versions.c.version < version)
            await self._tx.run(update(engine_versions).where(lower).values(version=version))
