"""Crypto-erasure: the keys of a case or a person go first, then what they sealed (TRUST.md 12, 16).

Whoever erases does it in this order, and a kill at any point is mended by the next start:

1. `Remains` takes everything out of the tables, in one transaction;
2. the register says so, fsynced, BEFORE that transaction commits;
3. the commit;
4. `finish_erasure`: the pieces of its files, and whatever the database's files still hold of it.

Killed after 2, the next start finds an entry whose case still stands, and erases it: `erase_again`.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.register import Entry, Register
from storage.store import Store
from storage.unit_of_work import UnitOfWork

BACKUPS_LIVE = timedelta(days=35)  # no backup and no journal is older (TRUST.md section 10)


class NotErasable(Exception):
    """There is no such case, or a human has not closed it."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """All that is left of a case, and what its certificate says."""

    case_id: str
    code: str
    received_at: datetime
    closed_at: datetime | None
    erased_at: datetime
    reason: str
    persons: int  # reporters whose keys went too, because no other case needs them

    @property
    def gone_for_good(self) -> datetime:
        """When the last copy in a backup or journal dies."""
        return self.erased_at + BACKUPS_LIVE


async def erase_case(
    work: UnitOfWork, register: Register, case_id: str, reason: str
) -> Tombstone:  # fmt: skip
    """Erase it, as the last thing of this transaction; run again it changes nothing.

    Raises NotErasable. Whether it may be erased (hold, two people) was asked before.
    """
    stone = await work.remains.tombstone(case_id)
    if stone is None or not (stone["erased_at"] or stone["closed_at"]):
        raise NotErasable(case_id)
    if not stone["erased_at"]:
        await work.remains.erase_case(case_id, reason)
        await _register(register, Entry("case", case_id, work.now, stone["submission"], reason))
    return await _stone(work, case_id)


async def erase_person(work: UnitOfWork, register: Register, contact_id: str, reason: str) -> None:
    """Erase the address of a reporter and all that was said there; their cases stand.

    As the last thing of this transaction; run again it changes nothing. Staff are not erased so.
    """
    if await work.remains.erase_person(contact_id):
        await _register(register, Entry("person", contact_id, work.now, "", reason))


async def erase_again(store: Store, register: Register) -> int:
    """Erase what the register names and still stands: after a kill, and after a restore.

    A restore calls it before anybody works, and once more when the journal was replayed: a case
    that came in again has another id, and is known by its submission. Returns how many there were.
    """
    count, entries = 0, register.entries()
    for entry in entries:
        async with store.transaction("erase") as work:
            count += await _again(work, entry)
    if entries:
        await finish_erasure(store)
    return count


async def finish_erasure(store: Store) -> bool:
    """After the commit: pieces of files, one a commit so that no alert waits, and the last copies.

    False = somebody reads in an old copy just now; the hourly pass asks again.
    """
    while await _dropped_piece(store):
        pass
    return await store.scrub()


async def _dropped_piece(store: Store) -> bool:
    async with store.reading("erased pieces") as work:
        piece = await work.remains.piece()
    if piece is None:
        return False
    async with store.transaction("erased pieces") as work:
        await work.remains.drop_piece(piece)
    return True


async def _again(work: UnitOfWork, entry: Entry) -> int:
    if entry.what == "person":
        return int(await work.remains.erase_person(entry.id))
    standing = await work.remains.standing(entry.id, entry.submission)
    for case_id in standing:
        await work.remains.erase_case(case_id, entry.reason, at=entry.at)
    return len(standing)


async def _register(register: Register, entry: Entry) -> None:
    await asyncio.to_thread(register.append, entry)


async def _stone(work: UnitOfWork, case_id: str) -> Tombstone:
    row = await work.remains.tombstone(case_id)
    assert row is not None
    return Tombstone(
        row["id"], row["code"], row["received_at"], row["closed_at"], row["erased_at"],
        row["erased_why"], row["erased_persons"],
    )  # fmt: skip
