"""A sealed copy of a whole database in one file: written beside the running program, checked whole before use.

The first line is clear and names nobody: format, key, time, schema, counts, the head of the audit
chain. Behind it stand pieces of 1 MiB, sealed under a key of this file alone, which the key file's
KEK wraps. The number of a piece, whether it is the last, and the first line are part of what is
sealed: a piece cannot be moved, left out or taken from another file. The KEK is never in it.
"""

import fcntl
import hashlib
import json
import os
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.engine import Connection

from storage import copying
from storage.keys import KeyRing, Unreadable
from storage.locks import sync_folder

FORMAT = "annhi-backup-1"
PIECE = 1 << 20
_LENGTH = struct.Struct(">I")
_LONGEST = PIECE + 64  # a sealed piece with its nonce and its seal
_HEAD = 1 << 16


class BadBackup(Exception):
    """A file is no backup, or a damaged one; the text says which."""


class NoKey(Exception):
    """The key that opens a backup is not in the key file."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in clear: enough to know which backup it is, and whom it needs."""

    name: str
    backup_at: datetime
    revision: str
    counts: dict[str, int]
    audit_n: int
    audit_hash: str
    kek: str
    key: str
    format: str = FORMAT

    def line(self) -> bytes:
        return (
            json.dumps({**asdict(self), "backup_at": self.backup_at.isoformat()}).encode() + b"\n"
        )


def write(url: str, keys: KeyRing, now: datetime, path: Path) -> Head:
    """Copy everything of this moment into a file. Killed at any point, an older file stays whole.

    `now` is read before: whatever happens from then on belongs to the gap after this copy.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two that write one file do so one after the other
        os.fchmod(file.fileno(), 0o600)
        file.truncate()
        with copying.snapshot(url) as connection:
            head = _write(file, keys, connection, (path.name, now))
        file.flush()
        os.fsync(file.fileno())
        new.rename(path)
    sync_folder(path.parent)
    return head


def _write(
    file: BinaryIO, keys: KeyRing, connection: Connection, what: tuple[str, datetime]
) -> Head:
    name, now = what
    key, wrapped = keys.new_data_key(_scope(now))
    n, digest = copying.audit_head(connection)
    head = Head(
        name, now, copying.revision(connection), copying.counts(connection), n, digest.hex(),
        keys.active, b64encode(wrapped).decode(),
    )  # fmt: skip
    file.write(head.line())
    out = _Pieces(file, keys, key, head)
    for batch in copying.read(connection):
        out.add(batch.packed())
    out.end()
    return head


class _Pieces:
    """Cuts a stream into pieces and seals each. The last one may be empty."""

    def __init__(self, file: BinaryIO, keys: KeyRing, key: AESGCM, head: Head) -> None:
        self._file, self._keys, self._key, self._head = file, keys, key, head.line()
        self._left = bytearray()
        self._n = 0

    def add(self, plain: bytes) -> None:
        self._left += plain
        while len(self._left) > PIECE:
            self._seal(bytes(self._left[:PIECE]), last=False)
            del self._left[:PIECE]

    def end(self) -> None:
        self._seal(bytes(self._left), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._keys.seal(self._key, _place(self._head, self._n, last=last), plain)
        self._file.write(_LENGTH.pack(len(sealed)))
        self._file.write(sealed)
        self._n += 1


def head_of(path: Path) -> Head:
    """The clear first line. Raises BadBackup, OSError."""
    with path.open("rb") as file:
        return _read_head(file)[0]


def _read_head(file: BinaryIO) -> tuple[Head, bytes]:
    line = file.readline(_HEAD)
    try:
        told: dict[str, Any] = json.loads(line)
        if told["format"] != FORMAT:
            raise BadBackup(
                f"it has the format {str(told['format'])[:40]}, which this program does not know"
            )
        at = datetime.fromisoformat(told.pop("backup_at"))
        return Head(backup_at=at, **told), line
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBackup("it is no backup of this program") from error


def pieces(path: Path, keys: KeyRing) -> Iterator[bytes]:
    """The opened pieces, each checked; an end that is missing is noticed. Raises BadBackup, NoKey."""
    with path.open("rb") as file:
        head, line = _read_head(file)
        if not keys.has(head.kek):
            raise NoKey(head.kek)
        n, last = 0, False
        try:
            key = keys.unwrap(_scope(head.backup_at), head.kek, b64decode(head.key))
            while not last:
                sealed, last = _next(file)
                yield keys.open(key, _place(line, n, last=last), sealed)
                n += 1
        except (Unreadable, ValueError) as error:
            raise BadBackup(f"its piece {n + 1} was changed or is torn") from error


def _next(file: BinaryIO) -> tuple[bytes, bool]:
    """(sealed piece, whether nothing stands behind it)."""
    length = file.read(_LENGTH.size)
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else _LONGEST + 1
    sealed = file.read(size) if size <= _LONGEST else b""
    if len(sealed) != size:
        raise Unreadable("torn")
    ends = not file.read(1)
    if not ends:
        file.seek(-1, os.SEEK_CUR)
    return sealed, ends


def check(path: Path, keys: KeyRing) -> Head:
    """Open every piece and count every row, before the first one is believed. Raises BadBackup, NoKey."""
    head, found = head_of(path), dict[str, int]()
    try:
        for batch in copying.unpacked(pieces(path, keys)):
            found[batch.table] = found.get(batch.table, 0) + len(batch.rows)
    except copying.BadCopy as error:
        raise BadBackup(str(error)) from error
    if found != {name: count for name, count in head.counts.items() if count}:
        raise BadBackup("it has not as many rows as its first line says")
    return head


def load(path: Path, keys: KeyRing, connection: Connection) -> None:
    """Every row into a schema of the same version. Raises BadBackup where it does not fit."""
    try:
        copying.load(connection, copying.unpacked(pieces(path, keys)))
    except copying.BadCopy as error:
        raise BadBackup(str(error)) from error


def _scope(at: datetime) -> str:
    return f"backup:{at.isoformat()}"


def _place(head: bytes, n: int, *, last: bool) -> str:
    return f"backup|{hashlib.sha256(head).hexdigest()}|{n}|{'last' if last else 'more'}"
