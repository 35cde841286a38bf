"""KeyRing: named key-encryption keys, data keys per scope, blind indexes, the audit key (TRUST.md 12)."""

import fcntl
import hmac
import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cases.codes import Chance
from storage.locks import sync_folder

DataKey = AESGCM  # of one scope, unwrapped
_VERSION = b"\x01"
_NONCE = 12


class KeysUnusable(Exception):
    """The key file cannot be used; the text says why and what mends it."""


class Unreadable(Exception):
    """A sealed value cannot be opened: wrong key, moved, or changed."""


class Wrapped(NamedTuple):
    """A data key as the database keeps it: only the right key file opens it."""

    scope: str
    kek: str
    wrapped: bytes


class KeyRing:
    """The keys of one installation. Data keys come from it wrapped; nothing here writes the database."""

    def __init__(self, ring: dict[str, Any], chance: Chance) -> None:
        self.active: str = ring["active"]
        self._keks = {name: AESGCM(b64decode(key)) for name, key in ring["keks"].items()}
        self._index_key = b64decode(ring["index_key"])
        self.audit_key = b64decode(ring["audit_key"])
        self.code_key = b64decode(ring["code_key"])
        self._chance = chance

    @classmethod
    def load_or_create(cls, path: Path, chance: Chance, proof: Wrapped | None = None) -> "KeyRing":
        """Open the key file; make it (mode 0600) where nothing was ever sealed. Raises KeysUnusable.

        `proof` is a key of the database that must open: with other keys, all that is stored would be
        unreadable, and what is stored from now on unreadable with the right ones.
        """
        if not path.exists():
            if proof is not None:
                raise KeysUnusable(
                    f"The key file {path} is missing and this database cannot be read without it: "
                    "put it back from its copy."
                )
            _write(path, _new_ring(chance))
        ring = cls.load(path, chance)
        if proof is not None and not ring.opens(proof):
            raise KeysUnusable(
                f"The key file {path} does not fit this database: put the right one back from its copy."
            )
        return ring

    @classmethod
    def load(cls, path: Path, chance: Chance) -> "KeyRing":
        """Open the key file, and never make one. Raises KeysUnusable."""
        if not path.exists():
            raise KeysUnusable(
                f"The key file {path} is missing, and nothing can be read without it: put it back "
                "from its copy."
            )
        if path.stat().st_mode & 0o077:
            raise KeysUnusable(f"The key file {path} can be read by others. Run: chmod 600 {path}")
        return cls._read(path, chance)

    @classmethod
    def _read(cls, path: Path, chance: Chance) -> "KeyRing":
        try:
            return cls(json.loads(path.read_text(encoding="utf-8")), chance)
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise KeysUnusable(
                f"The key file {path} is damaged. Restore it from its copy."
            ) from error

    def has(self, kek: str) -> bool:
        """Whether the key file holds the key of this name."""
        return kek in self._keks

    @classmethod
    def passing(cls, chance: Chance) -> "KeyRing":
        """Keys of nobody, for who reads clear columns only: what is sealed stays shut."""
        return cls(_new_ring(chance), chance)

    def opens(self, proof: Wrapped) -> bool:
        """Whether this wrapped key was made with these keys."""
        try:
            self.unwrap(*proof)
        except Unreadable:
            return False
        return True

    def new_data_key(self, scope: str) -> tuple[AESGCM, bytes]:
        """A fresh 256-bit key for a scope, and its wrapped form for the table."""
        key, nonce = self._chance.bytes(32), self._chance.bytes(_NONCE)
        aad = f"dek|{scope}|{self.active}".encode()
        return AESGCM(key), nonce + self._keks[self.active].encrypt(nonce, key, aad)

    def unwrap(self, scope: str, kek: str, wrapped: bytes) -> AESGCM:
        """The data key of a scope. Raises Unreadable."""
        if kek not in self._keks:
            raise Unreadable("the key that wraps this data is not in the key file")
        try:
            aad = f"dek|{scope}|{kek}".encode()
            return AESGCM(self._keks[kek].decrypt(wrapped[:_NONCE], wrapped[_NONCE:], aad))
        except InvalidTag as error:
            raise Unreadable("a wrapped key cannot be opened") from error

    def seal(self, key: AESGCM, place: str, plain: bytes) -> bytes:
        """Ciphertext bound to `place` = table|column|row: a value cannot be moved."""
        nonce = self._chance.bytes(_NONCE)
        return _VERSION + nonce + key.encrypt(nonce, plain, f"{place}|v1".encode())

    def open(self, key: AESGCM, place: str, sealed: bytes) -> bytes:
        """The bytes that were sealed at this place. Raises Unreadable."""
        try:
            nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
            return key.decrypt(nonce, body, f"{place}|v1".encode())
        except InvalidTag as error:
            raise Unreadable(
                f"a sealed value of {place.split('|', maxsplit=1)[0]} cannot be opened"
            ) from error

    def blind(self, kind: str, value: str) -> bytes:
        """16 bytes by which an address or code is found without being readable."""
        return hmac.digest(self._index_key, f"{kind}|{value}".encode(), "sha256")[:16]


def _new_ring(chance: Chance) -> dict[str, Any]:
    def key() -> str:
        return b64encode(chance.bytes(32)).decode()

    return {
        "active": "kek-1", "keks": {"kek-1": key()}, "index_key": key(), "audit_key": key(),
        "code_key": key(),
    }  # fmt: skip


def _write(path: Path, ring: dict[str, Any]) -> None:
    """Whole or not at all, and once: of two programs that start together one makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists():  # the other program was faster
            new.unlink(missing_ok=True)
            return
        os.fchmod(descriptor, 0o600)
        file.truncate()  # what a program that was killed here had begun
        json.dump(ring, file)
        file.flush()
        os.fsync(file.fileno())
        new.rename(path)
    sync_folder(path.parent)
