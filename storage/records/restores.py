"""What a restore ends and notes: links and sessions are void, what was unfinished is unsure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from storage.columns import as_text
from storage.copying import Batch, insert
from storage.keys import Unreadable
from storage.ledgers.inbox import InboxLedger, Received
from storage.tables import inbox, invites, login_links, paper_links, restores, staff_sessions
from storage.tx import Tx

_BEGUN = "begun"
CANARY = "canary"  # the account of its row


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that took the place of the database. `replayed`: what came in after it."""

    backup: str
    backup_at: datetime
    restored_at: datetime
    replayed: int


def begin(connection: Any, name: str, at: datetime) -> None:
    """Mark that a restore has not ended: with it the program does not run."""
    columns = ("id", "backup", "backup_at", "restored_at", "replayed")
    batch = Batch("restores", columns, [(_BEGUN, name[:128], as_text(at), as_text(at), 0)])
    insert(connection, batch, restores)


class Restores:
    """A restore brings single-use secrets back to life: nobody may use them."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def void_ways_in(self) -> None:
        """Every session ends, no link opens anything. People sign in anew."""
        now = self._tx.now
        open_ = staff_sessions.c.ended_at.is_(None)
        await self._tx.run(update(staff_sessions).where(open_).values(ended_at=now))
        for table in (login_links, paper_links):
            await self._tx.run(delete(table).where(table.c.used_at.is_(None)))

    async def void_invites(self) -> int:
        """Every invitation that nobody used. How many: they have to be made again."""
        now = self._tx.now
        unused = (invites.c.used_at.is_(None), invites.c.expires_at > now)
        return (await self._tx.run(update(invites).where(*unused).values(expires_at=now))).rowcount

    async def leave_canary(self) -> None:
        """A sealed row whose words follow from its name: whoever opens it knows what it must say."""
        name = self._tx.new_id()
        words = self._tx.id_of(CANARY, name).encode()
        await InboxLedger(self._tx).accept(
            [Received("desk", CANARY, name, name, words)], state="done"
        )

    async def canary_sings(self) -> bool:
        """Whether the newest canary can be opened, and says what it must."""
        query = select(inbox).where(inbox.c.account == CANARY)
        row = await self._tx.one(query.order_by(inbox.c.seq.desc()).limit(1))
        if row is None:
            return False
        place = f"inbox|raw|{row['id']}"
        try:
            said = await self._tx.open(f"day:{row['received_at']:%Y-%m-%d}", place, row["raw"])
        except Unreadable:
            return False
        return said == self._tx.id_of(CANARY, row["dedupe"]).encode()

    async def unfinished(self) -> bool:
        """Whether a restore was cut off here: what came in after the backup may be missing."""
        query = select(restores.c.id).where(restores.c.id == _BEGUN)
        return await self._tx.one(query) is not None

    async def note(self, one: Restored) -> None:
        """It has ended."""
        await self._tx.run(delete(restores).where(restores.c.id == _BEGUN))
        values = {"id": self._tx.new_id(), "backup": one.backup[:128], "backup_at": one.backup_at}
        more = {"restored_at": one.restored_at, "replayed": one.replayed}
        await self._tx.add(restores, {**values, **more})

    async def newest(self) -> Restored | None:
        """The last restore; None = there never was one."""
        found = select(restores).order_by(restores.c.restored_at.desc()).limit(1)
        row = await self._tx.one(found)
        if row is None:
            return None
        return Restored(row["backup"], row["backup_at"], row["restored_at"], row["replayed"])
