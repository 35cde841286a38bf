"""What a messenger bills: a line for each call that it took for billed, or may have. Nobody is named."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from storage.tables import billed
from storage.tx import Tx


class Billed:
    """`call` names one try of one message: written twice, it counts once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def note(self, call: str, channel: str, many: int) -> None:
        """So many messages may be billed for this call; what was known of it is known better now."""
        values = {"call": call, "channel": channel, "at": self._tx.now, "many": many}
        if not await self._tx.add(billed, values):
            this = update(billed).where(billed.c.call == call)
            await self._tx.run(this.values(many=many))

    async def drop(self, call: str) -> None:
        """Nothing was billed for it."""
        await self._tx.run(delete(billed).where(billed.c.call == call))

    async def since(self, channel: str, at: datetime) -> int:
        """How many messages of a channel were billed since then."""
        query = select(func.sum(billed.c.many).label("n"))
        row = await self._tx.one(query.where(billed.c.channel == channel, billed.c.at >= at))
        return int(row["n"] or 0) if row else 0

    async def forget(self, before: datetime, many: int) -> int:
        """At most so many lines that are older; how many they were."""
        query = select(billed.c.call).where(billed.c.at < before).order_by(billed.c.at)
        found = [row["call"] for row in await self._tx.all(query.limit(many))]
        if found:
            await self._tx.run(delete(billed).where(billed.c.call.in_(found)))
        return len(found)
