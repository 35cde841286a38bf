"""backup, restore, restore-drill: a sealed copy of everything, everything from it, and the proof of it."""

import argparse
import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from bot.app import clock_of, open_store
from bot.backups import Backups, copy, nightly_copies
from bot.chance import SystemChance
from bot.commands.command import Command, Failed
from bot.config import Config
from bot.proving import NotProved, Proof, prove
from bot.restoring import NotRestored, Source, restore
from storage import backup, copying, migrate
from storage.keys import KeyRing, KeysUnusable


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


async def _backup(config: Config, options: argparse.Namespace) -> int:
    if not migrate.current(config.database_url):
        raise Failed("There is no database yet, so there is nothing to copy.")
    chance = SystemChance()
    keys = KeyRing.load(config.key_file, chance)
    now = clock_of(config).now()
    head = await asyncio.to_thread(copy, config, keys, now, options.file)
    rows = sum(head.counts.values())
    print(f"{options.file}: {rows} rows as of {head.backup_at:%Y-%m-%d %H:%M:%S} UTC, sealed.")
    print(
        f"It opens only with {head.kek} of {config.key_file}: keep a copy of that file elsewhere."
    )
    return 0


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--journal", type=Path, metavar="DIR",
        help="what came in after the backup; without it that of ANNHI_JOURNAL_DIR",
    )  # fmt: skip


async def _restore(config: Config, options: argparse.Namespace) -> int:
    source = Source(options.file, options.journal or config.journal_dir)
    with _in_words(config, options.file):
        done = await restore(config, source)
    print(
        f"Restored as of {done.backup_at:%Y-%m-%d %H:%M:%S} UTC, and {done.replayed} messages and acts since."
    )
    print(
        "Sessions, links and unused invitations are void. What may have left before says so when it "
        "leaves again. Next: bot check, then bot run."
    )
    return 0


@contextmanager
def _in_words(config: Config, file: Path) -> Iterator[None]:
    """Why a copy is not restored, in one sentence. Raises Failed."""
    try:
        yield
    except (NotRestored, NotProved) as error:
        raise Failed(str(error)) from error
    except (backup.BadBackup, copying.BadCopy) as error:
        raise Failed(f"{file} cannot be used: {error}.") from error
    except backup.NoKey as error:
        raise Failed(
            f"{file} is sealed under {error}, which {config.key_file} does not hold: "
            "put back the key file of that time."
        ) from error


def _drill_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


async def _drill(config: Config, options: argparse.Namespace) -> int:
    """Of the newest nightly copy; where there is none of today, one is made first."""
    os.nice(10)  # whoever writes to us comes first
    try:
        proof = await _prove(config)
    except (Failed, KeysUnusable, OSError) as error:
        if not options.json:
            raise
        print(json.dumps({"ok": False, "why": str(error)}))
        return 1
    if options.json:
        print(json.dumps({"ok": True, **asdict(proof), "at": proof.at.isoformat()}))
    else:
        print(
            f"{proof.backup} holds: {proof.rows} rows, {proof.replayed} messages and acts since, "
            f"{proof.kept_back} messages that would have left."
        )
    return 0


async def _prove(config: Config) -> Proof:
    if not migrate.current(config.database_url):
        raise Failed("There is no database yet, so there is nothing to prove.")
    keys, now = KeyRing.load(config.key_file, SystemChance()), clock_of(config).now()
    made = nightly_copies(config.backup_dir)
    if not made or now - made[0][0] > timedelta(days=1):
        store, _ = await open_store(config)
        try:
            await Backups(config, store, keys).make()
        finally:
            await store.close()
    _, file = nightly_copies(config.backup_dir)[0]
    with _in_words(config, file):
        return await prove(config, file)


DRILL_RESTORE = Command(
    "restore-drill", "prove that the newest copy can be restored", _drill, _drill_arguments
)
BACKUP = Command("backup", "a sealed copy of everything", _backup, _backup_arguments)
RESTORE = Command("restore", "everything from a sealed copy", _restore, _restore_arguments)
