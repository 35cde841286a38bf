"""A second copy of what came in: one sealed line per message, fsynced before anybody is told so."""

import asyncio
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keys import KeyRing, Unreadable
from storage.ledgers.inbox import Received
from storage.store import Store

REPLAYED = timedelta(days=7)  # how far back the start compares journal and database


class Journal:
    """One file per process and day. A torn last line is ignored; each file carries its wrapped key."""

    def __init__(self, folder: Path, store: Store, keys: KeyRing) -> None:
        self._folder = folder
        self._store = store
        self._keys = keys
        self._file: Any = None
        self._day = ""
        self._key: AESGCM | None = None
        self._place = ""

    async def write(self, rows: Sequence[Received]) -> None:
        """Append and fsync. Raises OSError: then nothing may be confirmed."""
        if rows:
            lines = [self._line(row, self._store.clock.now()) for row in rows]
            await asyncio.to_thread(self._append, b"".join(lines))

    async def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    async def replay(self) -> int:
        """At start each side gets what it lacks of the last days. Returns what the database lacked."""
        missing, known = 0, set()
        since = self._store.clock.now() - REPLAYED
        for path in sorted(self._folder.glob("*.journal")):
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

    def _line(self, row: Received, now: datetime) -> bytes:
        self._open(now)
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
        if self._file is not None:
            self._file.close()
            self._file = None  # should the next line fail, the message after it tries again
        place = f"journal|{day}|{os.getpid()}-{now:%H%M%S%f}"
        path = self._folder / f"{day}.{place.rsplit('|', 1)[1]}.journal"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._day, self._place = day, place
        self._key, wrapped = self._keys.new_data_key(place)
        self._file = os.fdopen(descriptor, "ab")
        head = {"place": self._place, "kek": self._keys.active, "key": b64encode(wrapped).decode()}
        self._file.write(json.dumps(head).encode() + b"\n")

    def _append(self, lines: bytes) -> None:
        self._file.write(lines)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, path: Path) -> list[Received]:
        lines = path.read_bytes().split(b"\n")
        rows: list[Received] = []
        try:
            head = json.loads(lines[0])
            key = self._keys.unwrap(head["place"], head["kek"], b64decode(head["key"]))
        except (ValueError, KeyError):
            return rows  # torn before its first message
        for line in lines[1:]:
            try:
                plain = self._keys.open(key, head["place"], b64decode(line, validate=True))
                channel, account, dedupe, lane, raw, at = json.loads(plain)
            except (ValueError, Unreadable):
                continue  # the torn last line, or the empty end
            received = datetime.fromisoformat(at)
            rows.append(Received(channel, account, dedupe, lane, b64decode(raw), received))
        return rows


def _key(row: Received) -> tuple[str, str, str]:
    return row.channel, row.account, row.dedupe
