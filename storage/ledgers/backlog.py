"""When more waits than one pass takes: each message is looked at once, and gets a place before its turn.

Everything is handled, and in order within a conversation; only which conversation is next changes.
"""

from collections.abc import Collection

from sqlalchemy import and_, bindparam, exists, select, update

from storage.ledgers.inbox import HEAD, InboxLedger, InboxRow
from storage.tables import inbox
from storage.tx import Row, Tx

UNSEEN, DANGER, FIRST, OTHER = range(4)
_EARLIER = inbox.alias("earlier")
_BEFORE = and_(_EARLIER.c.lane == inbox.c.lane, _EARLIER.c.seq < inbox.c.seq)
_NEW = inbox.c.state == "new"
_UNSEEN = (
    select(
        inbox, exists().where(_BEFORE).label("known"),
        exists().where(_BEFORE, _EARLIER.c.place == DANGER).label("urgent"),
    )
    .where(_NEW, inbox.c.place == UNSEEN)
    .order_by(inbox.c.seq)
    .limit(bindparam("many"))
)  # fmt: skip
_OF_LANES = select(inbox.c.seq).where(
    _NEW, inbox.c.place != DANGER, inbox.c.lane.in_(bindparam("lanes", expanding=True))
)
_DUE = and_(_NEW, inbox.c.next_at <= bindparam("now"), HEAD)
_AT = (
    select(inbox).where(_DUE, inbox.c.place == bindparam("at"))
    .order_by(inbox.c.seq).limit(bindparam("many"))
)  # fmt: skip


class Backlog:
    """Places of the messages that wait; a message that was never in a backlog has none."""

    def __init__(self, tx: Tx, rows: InboxLedger) -> None:
        self._tx = tx
        self._rows = rows

    async def looks_alone(self) -> None:
        """One looks at a time, until the end of the transaction: what another one is just looking at may
        be the cry before the words that we would look at."""
        await self._tx.alone("backlog")

    async def unseen(self, many: int) -> list[tuple[InboxRow, int]]:
        """The oldest that nobody has looked at, and which place they have as far as rows tell."""
        found = await self._tx.hold_free(_UNSEEN, many=many)
        return [(await self._rows.opened(row), _told_by_rows(row)) for row in found]

    async def put(self, seqs: Collection[int], place: int) -> None:
        if seqs:
            them = update(inbox).where(inbox.c.seq.in_(seqs))
            await self._tx.run(them.values(place=place))

    async def hurry(self, lanes: Collection[str]) -> None:
        """Everything of these conversations: what was said before it comes first."""
        if lanes:
            found = await self._tx.hold_free(_OF_LANES, lanes=list(lanes))
            await self.put([row["seq"] for row in found], DANGER)

    async def cried(self, row: InboxRow) -> None:
        """This one, which is handled now, and everything of its conversation, also what another one is
        just looking at: a look waits for nobody, so it may be waited for."""
        found = await self._tx.hold_all(_OF_LANES, lanes=[row.lane])
        await self.put([row.seq, *(one["seq"] for one in found)], DANGER)

    async def at(self, place: int, many: int) -> list[InboxRow]:
        """The oldest of this place that may be handled now, one of each conversation."""
        found = await self._tx.hold_free(_AT, at=place, now=self._tx.now, many=many)
        return [await self._rows.opened(row) for row in found]


def _told_by_rows(row: Row) -> int:
    return DANGER if row["urgent"] else OTHER if row["known"] else FIRST
