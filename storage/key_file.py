"""The key file: read only where nobody else could, replaced whole or not at all (TRUST.md section 12)."""

import fcntl
import json
import os
import stat
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cases.codes import Chance
from storage.locks import sync_folder

FIRST_KEK, FIRST_INDEX = "kek-1", "index-1"


class KeysUnusable(Exception):
    """The key file cannot be used; the text says why and what mends it."""


@dataclass(frozen=True, slots=True)
class Ring:
    """What stands in the file. The newest key of a kind stands last; `active` ones seal what is new."""

    active: str
    keks: Mapping[str, bytes]
    index: str
    index_keys: Mapping[str, bytes]
    audit_key: bytes
    code_key: bytes
    halves: Mapping[str, bytes] = field(default_factory=dict)  # one printed half of each KEK
    retired: Mapping[str, str] = field(default_factory=dict)  # KEK: the day it was replaced

    def with_kek(self, name: str, key: bytes) -> "Ring":
        return replace(self, keks={**self.keks, name: key})

    def without_kek(self, name: str) -> "Ring":
        def left(those: Mapping[str, Any]) -> dict[str, Any]:
            return {one: value for one, value in those.items() if one != name}

        return replace(
            self, keks=left(self.keks), halves=left(self.halves), retired=left(self.retired)
        )

    def packed(self) -> bytes:
        """As JSON; `index_key` alone is what an older release reads."""
        others = {name: key for name, key in self.index_keys.items() if name != self.index}
        told = {
            "active": self.active, "keks": _text(self.keks),
            "index_key": b64encode(self.index_keys[self.index]).decode(), "index_name": self.index,
            "index_others": _text(others), "audit_key": b64encode(self.audit_key).decode(),
            "code_key": b64encode(self.code_key).decode(), "halves": _text(self.halves),
            "retired": dict(self.retired),
        }  # fmt: skip
        return json.dumps(told).encode()


def unpacked(text: bytes) -> Ring:
    """Raises ValueError, KeyError, TypeError or AttributeError for what is no ring."""
    told = json.loads(text)
    keks, active, index = _bytes(told["keks"]), told["active"], told.get("index_name", FIRST_INDEX)
    ring = Ring(
        active, keks, index,
        {**_bytes(told.get("index_others", {})), index: b64decode(told["index_key"])},
        b64decode(told["audit_key"]), b64decode(told["code_key"]),
        _bytes(told.get("halves", {})), dict(told.get("retired", {})),
    )  # fmt: skip
    lengths = {len(key) for key in (*keks.values(), *ring.index_keys.values())}
    if active not in keks or lengths != {32}:
        raise ValueError("a key is missing or cut off")
    return ring


def new_ring(chance: Chance) -> Ring:
    """The keys of a new installation."""
    kek, index, audit, code = (chance.bytes(32) for _ in range(4))
    return Ring(FIRST_KEK, {FIRST_KEK: kek}, FIRST_INDEX, {FIRST_INDEX: index}, audit, code)


def read(path: Path) -> Ring:
    """Raises KeysUnusable: missing, damaged, or where others could read or replace it."""
    if not path.exists():
        raise KeysUnusable(
            f"The key file {path} is missing, and nothing can be read without it: put it back "
            "from its copy, or make it again from the two printed halves: bot keys from-halves."
        )
    _alone(path)
    try:
        return unpacked(path.read_bytes())
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise KeysUnusable(
            f"The key file {path} is damaged. Restore it from its copy, or make it again from the "
            "two printed halves: bot keys from-halves."
        ) from error


def _alone(path: Path) -> None:
    """Nobody but us may read it, and nobody but us may put another in its place."""
    file, folder = path.stat(), path.parent.stat()
    if file.st_mode & 0o077:
        raise KeysUnusable(f"The key file {path} can be read by others. Run: chmod 600 {path}")
    if file.st_uid not in (os.geteuid(), 0):
        raise KeysUnusable(
            f"The key file {path} belongs to another user. Run as root: chown {os.geteuid()} {path}"
        )
    if folder.st_mode & 0o022 and not folder.st_mode & stat.S_ISVTX:
        raise KeysUnusable(
            f"Others can replace the key file {path}: its folder is open to them. "
            f"Run: chmod go-w {path.parent}"
        )


def create(path: Path, ring: Ring) -> None:
    """Once: of two programs that start together one makes it."""
    _write(path, ring, once=True)


def replace_by(path: Path, ring: Ring) -> None:
    """Whole or not at all; whoever reads it meanwhile reads the old one."""
    _write(path, ring, once=False)


def _write(path: Path, ring: Ring, *, once: bool) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if once and path.exists():  # the other program was faster
            new.unlink(missing_ok=True)
            return
        os.fchmod(descriptor, 0o600)
        file.truncate()  # what a program that was killed here had begun
        file.write(ring.packed())
        file.flush()
        os.fsync(file.fileno())
        new.rename(path)
    sync_folder(path.parent)


def _text(keys: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(key).decode() for name, key in keys.items()}


def _bytes(keys: Mapping[str, str]) -> dict[str, bytes]:
    return {name: b64decode(key) for name, key in keys.items()}
