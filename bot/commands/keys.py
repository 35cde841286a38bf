"""keys: new keys while the program runs, and the halves on paper that bring them back."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from bot.app import open_store
from bot.commands.command import Command, Failed
from bot.config import Config
from cases.typed.fold import fold
from storage import halves as paper
from storage import key_file, recovery
from storage.keys import KeyRing, Unreadable
from storage.locks import FileLock
from storage.rotation import (
    Done,
    Kept,
    activate,
    finish,
    halves,
    name_threads,
    note_ring,
    prepare,
    reindex,
    rewrap,
)
from storage.store import Store

_WHY = {
    "young": "it stays until {until}: as long as a backup, a journal or a talk may need it",
    "rows": "{count} keys in the database need it: bot keys rotate wraps those that are not damaged",
    "files": "{count} journals or backups of this machine need it: they are deleted after 35 days",
    "words": "{count} code words of reporters can only be recognised with it",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    rotate = sub.add_parser(
        "rotate", help="a new key, while the program runs; killed, run it again"
    )
    rotate.add_argument("--index", action="store_true", help="the index key instead of the KEK")
    rotate.add_argument(
        "--prepare", action="store_true",
        help="only put it into the key file: copy that to every machine, then rotate",
    )  # fmt: skip
    rotate.add_argument("--finish", action="store_true", help="take away keys nothing needs")
    sub.add_parser("show", help="the names of the keys and what needs them; no secrets")
    sub.add_parser("halves", help="print both halves of the KEK, on a terminal only")
    confirm = sub.add_parser("confirm-half", help="type a printed half back")
    confirm.add_argument("half", choices=paper.HALVES)
    confirm.add_argument("--name", default="", help="of the person who holds it")
    recover = sub.add_parser("from-halves", help="make the key file again from both halves")
    recover.add_argument("--backup", type=Path, help="a backup, where there is no database")


async def _keys(config: Config, options: argparse.Namespace) -> int:
    if options.what == "from-halves":
        return await _from_halves(config, options)
    store, keys = await open_store(config)
    try:
        with FileLock(config.key_file.with_name(f"{config.key_file.name}.changing")) as alone:
            if not alone.taken():
                raise Failed("Another bot keys is at work. Wait until it has ended.")
            keys.fresh()
            return await _DOES[options.what](config, options, store, keys)
    finally:
        await store.close()


async def _rotate(
    config: Config, options: argparse.Namespace, store: Store, keys: KeyRing
) -> int:  # fmt: skip
    kind = "index" if options.index else "kek"
    now = store.clock.now()
    if options.finish:
        await _finish(config, store, keys)
        return 0
    if options.prepare:
        name = prepare(keys, kind, now, store.chance)
        await note_ring(store)
        print(
            f"{name} stands in {config.key_file} and is not used yet. Copy the file to every "
            "machine, then run: bot keys rotate" + " --index" * options.index
        )
        return 0
    await _know_all(store, keys)
    await (_rotate_index if options.index else _rotate_kek)(store, keys)
    await _finish(config, store, keys)
    if not options.index:
        _print_halves(store, keys)
        await note_ring(store)
    return 0


async def _know_all(store: Store, keys: KeyRing) -> None:
    """A row under a key that this file lacks is not damaged: the file is old. Raises Failed."""
    async with store.reading("keys") as work:
        counts = await work.keks.counts()
    if lacking := sorted(set(counts) - set(keys.ring.keks)):
        name = lacking[0]
        raise Failed(
            f"This key file lacks {name}, which wraps {counts[name]} keys: copy the newest one here, "
            "then run this again. Nothing was changed."
        )


async def _rotate_kek(store: Store, keys: KeyRing) -> None:
    now, chance = store.clock.now(), store.chance
    await note_ring(store)
    done = await rewrap(store)  # of an earlier run that was cut off
    if not done.changed:
        activate(keys, "kek", prepare(keys, "kek", now, chance), now)
        await note_ring(store)
        done = await rewrap(store)
    detail = {"kek": keys.active, "keys": done.changed, "damaged": len(done.damaged)}
    await _audited(store, "keys_rotated", detail)
    print(f"{keys.active} wraps all keys now; {done.changed} were wrapped again.")
    _name_damaged(done, "the key that wraps them stays in the key file")


async def _rotate_index(store: Store, keys: KeyRing) -> None:
    now, chance = store.clock.now(), store.chance
    done = await reindex(store)  # of an earlier run that was cut off
    if not done.changed:
        await name_threads(store)
        activate(keys, "index", prepare(keys, "index", now, chance), now)
        await note_ring(store)
        done = await reindex(store)
    detail = {"index": keys.ring.index, "values": done.changed, "damaged": len(done.damaged)}
    await _audited(store, "index_rotated", detail)
    print(f"Everything is found by {keys.ring.index} now; {done.changed} values were made again.")
    _name_damaged(done, "nobody is found by them any more")


def _name_damaged(done: Done, hence: str) -> None:
    """A row that cannot be opened holds up no other, and is not passed over in silence."""
    if done.damaged:
        print(f"Damaged rows that stay as they are ({hence}): {len(done.damaged)}")
        for one in sorted(done.damaged):
            print(f"  {one}")


async def _audited(store: Store, act: str, detail: dict[str, object]) -> None:
    async with store.transaction("keys") as work:
        await work.audit.write("operator", act, "", detail)


async def _finish(config: Config, store: Store, keys: KeyRing) -> None:
    before = {*keys.ring.keks, *keys.ring.index_keys}
    kept = await finish(store, keys, [config.journal_dir, config.backup_dir])
    for name in sorted(before - {*keys.ring.keks, *keys.ring.index_keys}):
        print(f"{name} was taken out of the key file: nothing needs it any more.")
    for one in kept:
        print(f"{one.name} stays in the key file: {_why(one)}.")


def _why(one: Kept) -> str:
    return _WHY[one.why].format(until=one.until, count=one.count)


async def _show(config: Config, options: argparse.Namespace, store: Store, keys: KeyRing) -> int:
    async with store.reading("keys") as work:
        counts, confirmed = await work.keks.counts(), await work.keks.confirmed()
    for name in keys.ring.keks:
        mark = " (active)" if name == keys.active else ""
        print(f"{name}{mark}: wraps {counts.get(name, 0)} keys")
    for name in keys.ring.index_keys:
        print(f"{name}" + " (active)" * (name == keys.ring.index))
    for half in paper.HALVES:
        print(
            f"half {half}: "
            + (f"held by {confirmed[half]}" if half in confirmed else "not confirmed")
        )
    return 0


async def offer_halves(config: Config) -> None:
    """At the end of the first hour, while nobody holds them yet."""
    store, keys = await open_store(config)
    try:
        async with store.reading("keys") as work:
            confirmed = await work.keks.confirmed()
        if not confirmed:
            _print_halves(store, keys)
            await note_ring(store)
    finally:
        await store.close()


async def _halves(
    config: Config, options: argparse.Namespace, store: Store, keys: KeyRing
) -> int:  # fmt: skip
    if not sys.stdout.isatty():
        raise Failed("The halves are printed on a terminal only, never into a file or a log.")
    _print_halves(store, keys)
    await note_ring(store)
    return 0


def _print_halves(store: Store, keys: KeyRing) -> None:
    """On a terminal, where two people write them down; nowhere else."""
    if not sys.stdout.isatty():
        print("Two people take its halves now, on a terminal: bot keys halves")
        return
    for which, half in zip(paper.HALVES, halves(keys, store.chance), strict=True):
        words = paper.written(half, which).split()
        print(f"\nHalf {which} of {keys.active}, for one person alone. Write it down:")
        for n in range(0, len(words), 7):
            print("  " + "  ".join(words[n : n + 7]))
        print(f"Then type it back: bot keys confirm-half {which} --name NAME")


async def _confirm(
    config: Config, options: argparse.Namespace, store: Store, keys: KeyRing
) -> int:  # fmt: skip
    which = options.half
    name = (options.name or await _asked("Your name: ")).strip()
    if not name:
        raise Failed("Say who holds it: --name NAME.")
    typed = await _typed(which)
    pair = dict(zip(paper.HALVES, halves(keys, store.chance), strict=True))
    if typed != pair[which]:
        raise Failed(
            f"This is half {which} of another key: print the halves of {keys.active} again."
        )
    async with store.transaction("keys") as work:
        await work.keks.note()
        others = {half: one for half, one in (await work.keks.confirmed()).items() if half != which}
        if fold(name) in {fold(one) for one in others.values()}:
            raise Failed("The same person holds the other half: whoever has both has the key.")
        await work.keks.confirm(which, name)
        await work.inbox.redo("half", {"half": which, "name": name, "kek": keys.active})
        await work.audit.write(
            "operator", "half_confirmed", "", {"half": which, "kek": keys.active}
        )
    print(f"Half {which} of {keys.active} is confirmed.")
    return 0


async def _from_halves(config: Config, options: argparse.Namespace) -> int:
    """Everything stands sealed under the KEK in the database and in the head of each backup."""
    if config.key_file.exists():
        raise Failed(f"There is a key file already: {config.key_file}. Move it away first.")
    rings = (
        recovery.rings_of_backup(options.backup)
        if options.backup
        else recovery.rings(config.database_url)
    )
    if not rings:
        raise Failed(
            "Nothing here says which keys the halves bring back: give a backup, --backup FILE."
        )
    kek = paper.xor(await _typed("A"), await _typed("B"))
    try:
        ring = recovery.opened(kek, rings)
    except Unreadable as error:
        raise Failed(
            f"{str(error).capitalize()}: both halves must be of one key, of this installation."
        ) from error
    key_file.create(config.key_file, ring)
    print(f"{config.key_file} is made again, with {len(ring.keks)} KEK. Start with: bot check")
    return 0


async def _typed(which: str) -> bytes:
    """A half as somebody types it: not shown on a terminal. Raises Failed and names the wrong group."""
    text = await _asked(f"Half {which}, its {paper.GROUPS} groups: ", hidden=True)
    try:
        return paper.read(text, which)
    except paper.Mistyped as error:
        where = (
            f"group {error.group} is wrong" if error.group else f"it has not {paper.GROUPS} groups"
        )
        raise Failed(f"Half {which} was mistyped: {where}.") from error


async def _asked(question: str, *, hidden: bool = False) -> str:
    if not sys.stdin.isatty():
        return str(await asyncio.to_thread(sys.stdin.readline)).strip()
    ask: Callable[[str], str] = getpass.getpass if hidden else input
    try:
        answer: str = await asyncio.to_thread(ask, question)
    except EOFError:
        return ""
    return answer


_DOES = {"rotate": _rotate, "show": _show, "halves": _halves, "confirm-half": _confirm}
KEYS = Command("keys", "new keys, and the halves on paper", _keys, _arguments)
