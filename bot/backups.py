"""Sealed copies each night and before each migration, kept 35 days; when the last one was made and proved."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.config import Config
from cases.times.calendar import instant, local
from storage import backup, migrate
from storage.backup import Head
from storage.keys import KeyRing
from storage.register import Register
from storage.store import Store

KEPT = timedelta(days=35)  # everything: copies, journal, the keys of both
AT_NIGHT = time(2)  # in Viet Nam, when few write
SETTLED = 600.0  # seconds after the start
AGAIN = timedelta(hours=1)  # after a drill that failed
PROVED = "restore_drill_ok"  # beside the copies: when one of them was last restored for trial
_NAME = re.compile(r"annhi-(\d{8}T\d{6})Z-\w+\.backup")
_BEFORE = re.compile(r"pre-\w+\.backup")


def file_of(folder: Path, at: datetime, revision: str) -> Path:
    """The name of a nightly copy: when it was made, and with which schema."""
    return folder / f"annhi-{at:%Y%m%dT%H%M%S}Z-{revision}.backup"


def nightly_copies(folder: Path) -> list[tuple[datetime, Path]]:
    """The copies of the last nights, the newest first."""
    found = [(_time_of(path), path) for path in folder.glob("annhi-*.backup")]
    return sorted(((at, path) for at, path in found if at is not None), reverse=True)


def _time_of(path: Path) -> datetime | None:
    named = _NAME.fullmatch(path.name)
    return datetime.strptime(f"{named[1]}+0000", "%Y%m%dT%H%M%S%z") if named else None


def last_backup_at(folder: Path) -> datetime | None:
    """When the newest nightly copy was made."""
    return next((at for at, _ in nightly_copies(folder)), None)


def proved_at(folder: Path) -> datetime | None:
    """When a copy was last restored for trial, whole (`bot restore-drill`)."""
    try:
        told = json.loads((folder / PROVED).read_text("utf-8"))
        return datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def copy(config: Config, keys: KeyRing, now: datetime, path: Path) -> Head:
    """A sealed copy, and beside it what was erased until now: a restore forgets it again."""
    head = backup.write(config.database_url, keys, now, path)
    register, beside = Register(config.journal_dir), Register(path.parent)
    if register.path.exists() and beside.path.resolve() != register.path.resolve():
        beside.merge(register.path.read_bytes())
    return head


def before_migrating(config: Config, keys: KeyRing, now: datetime) -> Path | None:
    """A copy of a database of SQLite whose schema is about to change. Raises OSError: then it must not."""
    version = migrate.current(config.database_url)
    if config.database_file is None or version in ("", migrate.head()):
        return None
    path = config.backup_dir / f"pre-{version}.backup"
    copy(config, keys, now, path)
    return path


class DrillFailed(Exception):
    """The newest copy could not be restored for trial: run bot restore-drill to see why."""


@dataclass(slots=True)
class Backups:
    """`asleep`: a trial, or a program whose time a test holds in its hand, copies nothing by itself."""

    config: Config
    store: Store
    keys: KeyRing
    asleep: bool = False
    drill: Process | None = None
    tried_at: datetime | None = None
    began: float | None = None
    proof: Sequence[str] = (sys.executable, "-m", "bot", "restore-drill", "--json")

    async def nightly(self) -> int:
        """A copy, once since the last night's hour; what is too old goes. Returns how many were made."""
        now, last = self.store.clock.now(), last_backup_at(self.config.backup_dir)
        if self._not_yet() or (last is not None and last >= last_night(now)):
            return 0
        await self.make()
        for path in too_old(self.config.backup_dir, now):
            path.unlink(missing_ok=True)
        return 1

    async def prove(self) -> int:
        """A copy that nobody restored for trial is, in a program of its own: it stands in nobody's way.

        Returns how many began. Raises DrillFailed, an hour before it is tried again.
        """
        now, folder = self.store.clock.now(), self.config.backup_dir
        if self.drill is not None and self.drill.returncode is not None:
            ended, self.drill = self.drill, None
            if ended.returncode:
                raise DrillFailed
        made, proved = last_backup_at(folder), proved_at(folder)
        busy = self.drill is not None or (self.tried_at is not None and now - self.tried_at < AGAIN)
        if self._not_yet() or made is None or busy or (proved is not None and proved >= made):
            return 0
        self.tried_at = now
        self.drill = await asyncio.create_subprocess_exec(
            *self.proof, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        return 1

    def _not_yet(self) -> bool:
        """Whoever waited for the start comes first."""
        now = self.store.clock.elapsed()
        self.began = now if self.began is None else self.began
        return self.asleep or now - self.began < SETTLED

    async def stop(self) -> None:
        """A drill that runs is left: it changes nothing, and the next one begins anew."""
        if self.drill is not None and self.drill.returncode is None:
            self.drill.kill()
            await self.drill.wait()

    async def make(self) -> Path:
        """A nightly copy now, with a canary in it."""
        async with self.store.transaction("canary") as work:
            await work.restores.leave_canary()
        now = self.store.clock.now()
        path = file_of(self.config.backup_dir, now, migrate.head())
        await asyncio.to_thread(copy, self.config, self.keys, now, path)
        return path


def last_night(now: datetime) -> datetime:
    """The last time that it was the hour of copies."""
    today = instant(local(now).date(), AT_NIGHT)
    return today if today <= now else today - timedelta(days=1)


def too_old(folder: Path, now: datetime) -> Iterator[Path]:
    """Copies of which nothing may be left, and what a killed program left half written long ago."""
    for at, path in nightly_copies(folder):
        if now - at > KEPT:
            yield path
    for path in folder.glob("pre-*.backup"):
        if _BEFORE.fullmatch(path.name) and now - backup.head_of(path).backup_at > KEPT:
            yield path
    for path in folder.glob("*.backup.new"):
        if now.timestamp() - path.stat().st_mtime > timedelta(days=1).total_seconds():
            yield path
