"""The restore drill: a real copy is restored in an empty place, with what came in since, and let go again.

Nothing reaches anybody: before each messenger stands one that keeps what it is given.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App, Edges, clock_of, open_app
from bot.backups import PROVED
from bot.clock import HandClock
from bot.config import Config
from bot.restoring import SYSTEM, Source, restore
from cases.messages import Address, Incoming, Outgoing
from notifications.channel import Abilities, Admitted, Channel, Found, Lost, Rejected, Result, Sent
from storage import backup
from storage.backup import Head
from storage.locks import FileLock, sync_folder

_ROUNDS = 60  # of the sender, each a second later: the pace of a chat


class NotProved(Exception):
    """A step of the drill did not hold; the text says which, and names no content."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A drill that held."""

    at: datetime
    backup: str
    rows: int
    replayed: int
    kept_back: int  # messages that would have left


class Mute:
    """Reads like the messenger behind it, and sends nothing."""

    def __init__(self, real: Channel, kept: list[str]) -> None:
        self._real, self._kept = real, kept
        self.name, self.account, self.link = real.name, real.account, ""
        self.abilities: Abilities = real.abilities

    def admit(self, headers: Mapping[str, str], body: bytes) -> Admitted | Rejected:
        return self._real.admit(headers, body)

    def read(self, raw: bytes) -> Incoming | None:
        return self._real.read(raw)

    async def send(self, outgoing: Outgoing, address: Address) -> Result:
        self._kept.append(outgoing.key)
        return Sent(f"drill-{len(self._kept)}")

    async def fetch(self, ref: str) -> Found:
        return Lost("expired")


async def prove(config: Config, file: Path, edges: Edges = SYSTEM) -> Proof:
    """Restore this copy for trial, look at it, and note that it held. Raises NotProved, BadBackup, NoKey.

    One drill at a time; what a killed one left is removed first.
    """
    now, kept = (edges.clock or clock_of(config)).now(), list[str]()
    quiet = replace(edges, around=lambda real: Mute(real, kept))
    with FileLock(config.backup_dir / ".drill.lock") as alone:
        if not alone.taken():
            raise NotProved("another drill runs")
        with _scratch(config) as there:
            done = await restore(there, Source(file, config.journal_dir), quiet)
            await _boot(there, replace(quiet, clock=HandClock(now)), backup.head_of(file))
    rows = sum(backup.head_of(file).counts.values())
    proof = Proof(now, file.name, rows, done.replayed, len(kept))
    _note(config.backup_dir / PROVED, proof)
    return proof


@contextmanager
def _scratch(config: Config) -> Iterator[Config]:
    """An empty place for our eyes only, that does not outlive the drill."""
    folder = config.backup_dir / ".drill"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    there = {
        "database_url": f"sqlite+aiosqlite:///{folder}/annhi.db",
        "journal_dir": folder / "journal", "backup_dir": folder,
    }  # fmt: skip
    try:
        yield config.model_copy(update=there)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _boot(config: Config, edges: Edges, head: Head) -> None:
    """The program on the restored rows: chain, canary, and everything that waits leaves for nowhere."""
    app = await open_app(config, edges, replay=False)
    try:
        async with app.kit.store.reading("drill") as work:
            bad = await work.audit.verify()
            if bad or not await work.audit.holds(head.audit_n, bytes.fromhex(head.audit_hash)):
                raise NotProved("the audit chain of the copy is broken")
            if not await work.restores.canary_sings():
                raise NotProved("the canary cannot be read: no nightly copy, or other keys")
        await _let_go(app, edges.clock)
    finally:
        await app.close()


async def _let_go(app: App, clock: object) -> None:
    assert isinstance(clock, HandClock)
    for _ in range(_ROUNDS):
        await app.sender.drain()
        async with app.kit.store.reading("drill") as work:
            next_at = await work.outbox.next_at(held=True)
        if next_at is None or next_at > clock.now() + timedelta(seconds=_ROUNDS):
            return
        clock.advance(1)


def _note(path: Path, proof: Proof) -> None:
    """Whole or not at all: metrics and the auditor read it."""
    new = path.with_name(f"{path.name}.new")
    told = json.dumps({**asdict(proof), "at": proof.at.isoformat()})
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(told)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    sync_folder(path.parent)
