"""New keys while the program runs: each batch is one commit, and a run that was killed is run again.

The key file changes first, whole or not at all; running programs see that within a second. A key
that is not active any more stays in it until nothing needs it (`finish`).
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from cases.codes import Chance
from storage.halves import xor
from storage.key_file import Ring
from storage.keys import KeyRing, Unreadable, Wrapped
from storage.records.blind_columns import BlindColumns
from storage.store import Store
from storage.unit_of_work import UnitOfWork

BATCH = 200  # data keys in one commit: no alert waits longer than for a turn
KEK_STAYS = timedelta(days=35)  # as long as a backup or a journal may name it
INDEX_STAYS = timedelta(days=2)  # as long as a talk may hold a mark that was made with it
_HEAD = 1 << 16  # bytes at the beginning of a file in which its head stands


@dataclass(frozen=True, slots=True)
class Done:
    """How many values were made again, and which rows could not be: table and what it calls the row."""

    changed: int
    damaged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """An older key that is still needed, and by what."""

    name: str
    why: str  # young | rows | files | words
    until: date | None = None
    count: int = 0


async def note_ring(store: Store) -> None:
    """The printed halves bring back what the key file holds now."""
    async with store.reading("keys") as work:
        if await work.keks.noted():
            return
    async with store.transaction("keys") as work:
        await work.keks.note()


def prepare(keys: KeyRing, kind: str, now: datetime, chance: Chance) -> str:
    """A new key stands in the file and is not used yet: for several machines, which need it first.

    Prepared twice it is prepared once. Returns its name.
    """
    ring = keys.ring
    known, active = (
        (ring.keks, ring.active) if kind == "kek" else (ring.index_keys, ring.index)
    )  # fmt: skip
    newest = list(known)[-1]
    if newest != active and newest not in ring.retired:
        return newest
    name = _name(kind, now, set(known) | set(ring.retired))
    key = chance.bytes(32)
    keys.change(
        ring.with_kek(name, key) if kind == "kek"
        else replace(ring, index_keys={**ring.index_keys, name: key})
    )  # fmt: skip
    return name


def _name(kind: str, now: datetime, taken: set[str]) -> str:
    names = (f"{kind}-{now:%Y}{chr(ord('a') + n % 26)}{n // 26 or ''}" for n in range(26 * 99))
    return next(one for one in names if one not in taken)


def activate(keys: KeyRing, kind: str, name: str, now: datetime) -> None:
    """From now on this key seals what is new."""
    ring, today = keys.ring, now.date().isoformat()
    if kind == "kek":
        keys.change(replace(ring, active=name, retired={**ring.retired, ring.active: today}))
    else:
        keys.change(replace(ring, index=name, retired={**ring.retired, ring.index: today}))


async def rewrap(store: Store) -> Done:
    """Every data key under the active KEK; a damaged one stays as it is."""
    return await _until_nothing(partial(_wrap_pass, store))


async def _until_nothing(one_pass: Callable[[], Awaitable[Done]]) -> Done:
    """Until a whole pass changed nothing: others wrote meanwhile."""
    changed = 0
    while (done := await one_pass()).changed:
        changed += done.changed
    return Done(changed, done.damaged)


async def _wrap_pass(store: Store) -> Done:
    changed, damaged, after = 0, set[str](), ""
    while True:
        async with store.transaction("keys") as work:
            batch = await work.keks.wrapped_by_others(BATCH, after)
            bad = {one.scope for one in batch if not await _wrapped(work, one)}
        if not batch:
            return Done(changed, frozenset(damaged))
        changed += len(batch) - len(bad)
        damaged |= {f"data_keys {scope}" for scope in bad}
        after = batch[-1].scope
        await asyncio.sleep(0)  # whoever waits for the writer has their turn


async def _wrapped(work: UnitOfWork, one: Wrapped) -> bool:
    try:
        await work.keks.wrap_again(one)
    except Unreadable:
        return False
    return True


async def name_threads(store: Store) -> None:
    """Before the index key changes: what a reporter's thread is called must not change with it."""
    while True:
        async with store.transaction("keys") as work:
            if not await BlindColumns(work.tx).name_threads():
                return


async def reindex(store: Store) -> Done:
    """Every blind column under the index key of now; a damaged row stays as it is."""
    return await _until_nothing(partial(_index_pass, store))


async def _index_pass(store: Store) -> Done:
    steps: tuple[Callable[[BlindColumns, str], Awaitable[str]], ...] = (
        BlindColumns.addresses, BlindColumns.access_codes, BlindColumns.same_files,
    )  # fmt: skip
    found = [await _step(store, step) for step in steps]
    return Done(
        sum(one.changed for one in found), frozenset().union(*(one.damaged for one in found))
    )


async def _step(store: Store, step: Callable[[BlindColumns, str], Awaitable[str]]) -> Done:
    changed, damaged, after = 0, set[str](), ""
    while True:
        async with store.transaction("keys") as work:
            columns = BlindColumns(work.tx)
            after = await step(columns, after)
        changed += columns.changed
        damaged |= columns.damaged
        if not after:
            return Done(changed, frozenset(damaged))


async def finish(store: Store, keys: KeyRing, folders: list[Path]) -> list[Kept]:
    """Take away the older keys that nothing needs; the others, with what needs them.

    `folders`: where journals and backups of this machine lie.
    """
    kept = []
    async with store.reading("keys") as work:
        for name, since in list(keys.ring.retired.items()):
            why = await _needed(work, keys.ring, name, date.fromisoformat(since), folders)
            if why is not None:
                kept.append(why)
            else:
                keys.change(_without(keys.ring, name))
    await note_ring(store)
    return kept


def _without(ring: Ring, name: str) -> Ring:
    index_keys = {one: key for one, key in ring.index_keys.items() if one != name}
    return replace(ring.without_kek(name), index_keys=index_keys)


async def _needed(
    work: UnitOfWork, ring: Ring, name: str, since: date, folders: list[Path]
) -> Kept | None:
    is_kek = name in ring.keks
    until = since + (KEK_STAYS if is_kek else INDEX_STAYS)
    if work.now.date() < until:
        return Kept(name, "young", until)
    if not is_kek:
        words = await BlindColumns(work.tx).words_under(name)
        return Kept(name, "words", count=words) if words else None
    if rows := (await work.keks.counts()).get(name, 0):
        return Kept(name, "rows", count=rows)
    naming = await asyncio.to_thread(_naming, name, folders)
    return Kept(name, "files", count=naming) if naming else None


def _naming(kek: str, folders: list[Path]) -> int:
    """How many journals and backups say in their head that this KEK opens them."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sum(json.dumps(kek).encode() in _head(path) for path in files)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD).partition(b"\n")[0]


def half_a(keys: KeyRing, chance: Chance) -> bytes:
    """The first half of the active KEK: drawn when it is first printed, then always the same."""
    ring = keys.ring
    if ring.active not in ring.halves:
        keys.change(replace(ring, halves={**ring.halves, ring.active: chance.bytes(32)}))
    return keys.ring.halves[ring.active]


def halves(keys: KeyRing, chance: Chance) -> tuple[bytes, bytes]:
    """Both halves of the active KEK; one alone says nothing of it."""
    first = half_a(keys, chance)
    return first, xor(keys.ring.keks[keys.active], first)
