"""A second copy of what came in: one sealed line per message, fsynced before anybody is told so."""

import asyncio
import errno
import json
import logging
import os
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keys import KeyRing, Unreadable
from storage.ledgers.inbox import Received
from storage.pieces import CHANNEL, piece_of
from storage.records.file_parts import Part
from storage.store import Store

log = logging.getLogger(__name__)
ROWS, PIECES = "journal", "pieces"  # how files of either kind end
KEPT = timedelta(days=35)  # as long as backups: what was erased is gone everywhere after it
REPLAYED = timedelta(days=7)  # how far back the start compares journal and database


class JournalBroken(Exception):
    """The journal could not be fsynced, so the program stops: check its disk, then start it again."""

    def __init__(self) -> None:
        super().__init__(JournalBroken.__doc__)


class Journal:
    """One file per process and day. A torn last line is ignored; each file carries its wrapped key.

    Bytes of files that came on a page stand in files of their own: only a restore reads those.

    `alarm` is called when an fsync has failed. What the system held back may be gone by then, and a
    second fsync would say that all is well: from that moment on nothing is written and nothing may be
    confirmed. The next start gives the journal what it lacks.
    """

    def __init__(self, folder: Path, store: Store, keys: KeyRing, kind: str = ROWS) -> None:
        self.broken = False
        self.alarm: Callable[[], None] = lambda: None
        self._kind = kind
        self._pieces = Journal(folder, store, keys, PIECES) if kind == ROWS else None
        self._folder = folder
        self._store = store
        self._keys = keys
        self._file: Any = None
        self._head = b""  # of a fresh file, until it is written
        self._day = ""
        self._key: AESGCM | None = None
        self._place = ""

    async def write(self, rows: Sequence[Received]) -> None:
        """Append and fsync. Raises OSError or JournalBroken: then nothing may be confirmed."""
        if self.broken:
            self.alarm()  # again: whoever waited for the first answer may have been cut off
            raise JournalBroken
        rows = await self._without_pieces(rows)
        if not rows:
            return
        now = self._store.clock.now()
        try:
            self._open(now)
            lines = [self._line(row, now) for row in rows]
            await asyncio.to_thread(self._append, b"".join(lines))
        except JournalBroken:
            log.critical("journal fsync failed, stopping")
            self.alarm()
            raise
        except OSError as error:
            if error.errno == errno.EROFS:  # unlike a full disk, none is made writable by waiting
                log.critical("journal cannot be written, stopping")
                self.broken = True
                self.alarm()
                raise JournalBroken from error
            raise

    async def _without_pieces(self, rows: Sequence[Received]) -> Sequence[Received]:
        """Their bytes go to their own file first."""
        bodies = [row for row in rows if row.channel == CHANNEL]
        if self._pieces is None or not bodies:
            return rows
        self._pieces.alarm = self.alarm
        try:
            await self._pieces.write(bodies)
        except JournalBroken:
            self.broken = True
            raise
        return [row for row in rows if row.channel != CHANNEL]

    async def close(self) -> None:
        self._drop()
        if self._pieces is not None:
            await self._pieces.close()

    async def rows_since(self, at: datetime, folder: Path | None = None) -> list[Received]:
        """All that came in from this day on, once each, in the order it came. Changes nothing."""
        rows: dict[tuple[str, str, str], Received] = {}
        for path in sorted((folder or self._folder).glob(f"*.{ROWS}")):
            if path.name[:10] >= f"{at:%Y-%m-%d}":
                for row in await asyncio.to_thread(self._read, path):
                    rows.setdefault(_key(row), row)
        return sorted(rows.values(), key=lambda row: row.received_at or at)

    async def pieces_since(
        self, at: datetime, folder: Path | None = None
    ) -> AsyncIterator[tuple[str, Part]]:
        """(file, piece) of everything that came on a page from this day on, one in memory at a time."""
        for path in sorted((folder or self._folder).glob(f"*.{PIECES}")):
            if path.name[:10] >= f"{at:%Y-%m-%d}":
                lines = self._lines(path)
                while (row := await asyncio.to_thread(next, lines, None)) is not None:
                    yield piece_of(row)

    async def replay(self) -> int:
        """At start each side gets what it lacks of the last days. Returns what the database lacked."""
        missing, known = 0, set()
        since = self._store.clock.now() - REPLAYED
        for path in sorted(self._folder.glob(f"*.{ROWS}")):
            if path.name[:10] < f"{since:%Y-%m-%d}":
                continue
            rows = self._read(path)
            known |= {_key(row) for row in rows}
            async with self._store.transaction("replay") as work:
                stored = await work.inbox.accept(rows, replayed=True)
                work.wake("inbox")
            missing += sum(row is not None for row in stored)
        async with self._store.reading("journal") as work:
            lacking = [row for row in await work.inbox.since(since) if _key(row) not in known]
        await self.write(lacking)
        return missing

    async def forget_old(self) -> int:
        """Days older than anything is kept: rows emptied, key dropped, then the files. How many days.

        Never while a message of that day is unfinished. Killed between, the next pass ends it.
        """
        before, count = (self._store.clock.now() - KEPT).date(), 0
        files: dict[date, list[Path]] = {}
        for path in (*self._folder.glob(f"*.{ROWS}"), *self._folder.glob(f"*.{PIECES}")):
            if (day := _day_of(path)) is not None and day < before:
                files.setdefault(day, []).append(path)
        async with self._store.reading("journal") as work:
            days = {*files, *await work.old_days.with_keys(before)}
        for day in sorted(days):
            async with self._store.transaction("journal") as work:
                finished = await work.old_days.forget(day)
            for path in files.get(day, ()) if finished else ():
                path.unlink(missing_ok=True)
            count += finished
        return count

    def _line(self, row: Received, now: datetime) -> bytes:
        assert self._key is not None
        plain = json.dumps(
            [row.channel, row.account, row.dedupe, row.lane, b64encode(row.raw).decode(),
             (row.received_at or now).isoformat()]
        ).encode()  # fmt: skip
        return b64encode(self._keys.seal(self._key, self._place, plain)) + b"\n"

    def _open(self, now: datetime) -> None:
        day = f"{now:%Y-%m-%d}"
        if self._file is not None and day == self._day:
            return
        self._drop()
        names = (f"{os.getpid()}-{now:%H%M%S%f}-{n}" for n in count())
        # Never one that is there: its lines have another key.
        name = next(one for one in names if not self._path(day, one).exists())
        place, path = f"journal|{day}|{name}", self._path(day, name)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._file = os.fdopen(descriptor, "ab", buffering=0)
        self._day, self._place = day, place
        self._key, wrapped = self._keys.new_data_key(place)
        head = {"place": place, "kek": wrapped.kek, "key": b64encode(wrapped.wrapped).decode()}
        self._head = json.dumps(head).encode() + b"\n"

    def _path(self, day: str, name: str) -> Path:
        return self._folder / f"{day}.{name}.{self._kind}"

    def _append(self, lines: bytes) -> None:
        file, left = self._file, memoryview(self._head + lines)
        try:
            while left:
                left = left[file.write(left) :]
            self._head = b""
        except OSError:
            self._drop()  # its last line may be torn: the next one must not hang on to it
            raise
        try:
            os.fsync(file.fileno())
        except OSError as error:
            self.broken = True
            raise JournalBroken from error

    def _drop(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            file.close()

    def _read(self, path: Path) -> list[Received]:
        return list(self._lines(path))

    def _lines(self, path: Path) -> Iterator[Received]:
        with path.open("rb") as file:
            try:
                head = json.loads(file.readline())
                key = self._keys.unwrap(head["place"], head["kek"], b64decode(head["key"]))
            except (ValueError, KeyError):
                return  # torn before its first message
            for line in file:
                try:
                    sealed = b64decode(line.rstrip(b"\n"), validate=True)
                    plain = self._keys.open(key, head["place"], sealed)
                    channel, account, dedupe, lane, raw, at = json.loads(plain)
                except (ValueError, Unreadable):
                    continue  # the torn last line, or the empty end
                received = datetime.fromisoformat(at)
                yield Received(channel, account, dedupe, lane, b64decode(raw), received)


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name[:10])
    except ValueError:
        return None


def _key(row: Received) -> tuple[str, str, str]:
    return row.channel, row.account, row.dedupe
