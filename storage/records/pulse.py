"""Whether the database takes a write, and whether its schema is the one this program knows."""

from sqlalchemy import column, select, table, update

from storage.tables import pulse
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
