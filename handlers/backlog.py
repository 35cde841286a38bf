"""A backlog: who is in danger first, then half to first messages and half to whoever waits longest."""

from collections.abc import Callable

from cases.limits import LIMITS, in_danger, shares
from cases.messages import Incoming
from handlers.actor import Kit
from storage.ledgers.backlog import DANGER, FIRST, OTHER
from storage.ledgers.inbox import InboxRow
from storage.unit_of_work import UnitOfWork

_AHEAD = 250  # messages looked at before each pass: reading one costs far less than its turn
_AT_ONCE = 50  # in one transaction, so that nobody waits for it

Read = Callable[[InboxRow], Incoming | None]


async def foremost(kit: Kit, rows: list[InboxRow], read: Read) -> list[InboxRow]:
    """What is handled next, of those that wait; `rows`: the oldest, which is all where there are few."""
    many = LIMITS["backlog"].most
    if len(rows) < many:
        return rows
    for _ in range(_AHEAD // _AT_ONCE):
        if await _look(kit, read) < _AT_ONCE:
            break
    async with kit.store.looking("backlog") as work:
        danger = await work.backlog.at(DANGER, many)
        urgent, fresh = shares(many, len(danger))
        first = await work.backlog.at(FIRST, fresh)
    chosen = danger[:urgent] + first
    known = {row.seq for row in chosen}
    return [*chosen, *(row for row in rows if row.seq not in known)][:many]


async def remember(kit: Kit, work: UnitOfWork, row: InboxRow, said: Incoming) -> None:
    """Whoever cried for help is in danger also with what they say next: a crowd may come before it."""
    if in_danger(said, kit.places().areas.folded):
        await work.backlog.cried(row)


async def _look(kit: Kit, read: Read) -> int:
    """Read some that nobody has read, and say how urgent they sound; how many there were."""
    folded = kit.places().areas.folded
    async with kit.store.transaction("backlog") as work:
        await work.backlog.looks_alone()
        found = await work.backlog.unseen(_AT_ONCE)
        places: dict[int, list[int]] = {DANGER: [], FIRST: [], OTHER: []}
        lanes = set()
        for row, place in found:
            said = read(row) if row.readable else None
            cries = said is not None and in_danger(said, folded)
            lanes.update([row.lane] * cries)
            places[DANGER if cries else place].append(row.seq)
        for place, seqs in places.items():
            await work.backlog.put(seqs, place)
        await work.backlog.hurry(lanes)
    return len(found)
