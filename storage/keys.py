"""KeyRing: named key-encryption keys, data keys per scope, blind indexes, the audit key (TRUST.md 12)."""

import hmac
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cases.codes import Chance
from storage import key_file
from storage.key_file import FIRST_INDEX, KeysUnusable, Ring

__all__ = ("DataKey", "KeyRing", "KeysUnusable", "Unreadable", "Wrapped", "open_ring")
log = logging.getLogger(__name__)
DataKey = AESGCM  # of one scope, unwrapped
_VERSION = b"\x01"
_NONCE = 12


class Unreadable(Exception):
    """A sealed value cannot be opened: wrong key, moved, or changed."""


class Wrapped(NamedTuple):
    """A data key as the database keeps it: only the right key file opens it."""

    scope: str
    kek: str
    wrapped: bytes


class KeyRing:
    """The keys of one installation. Data keys come from it wrapped; nothing here writes the database.

    `fresh` sees that the file was changed: keys are added and taken away while programs run.
    """

    def __init__(self, path: Path, ring: Ring, chance: Chance) -> None:
        self.path = path
        self._chance = chance
        self._seen = _mark(path)
        self._take(ring)

    @classmethod
    def load_or_create(cls, path: Path, chance: Chance, proof: Wrapped | None = None) -> "KeyRing":
        """Open the key file; make it (mode 0600) where nothing was ever sealed. Raises KeysUnusable.

        `proof` is a key of the database that must open: with other keys, all that is stored would be
        unreadable, and what is stored from now on unreadable with the right ones.
        """
        if not path.exists() and proof is None:
            key_file.create(path, key_file.new_ring(chance))
        ring = cls.load(path, chance)
        if proof is not None and not ring.opens(proof):
            raise KeysUnusable(
                f"The key file {path} does not fit this database: put the right one back from its copy."
            )
        return ring

    @classmethod
    def load(cls, path: Path, chance: Chance) -> "KeyRing":
        """Open the key file, and never make one. Raises KeysUnusable."""
        return cls(path, key_file.read(path), chance)

    @classmethod
    def passing(cls, chance: Chance) -> "KeyRing":
        """Keys of nobody, for who reads clear columns only: what is sealed stays shut."""
        return cls(Path(os.devnull), key_file.new_ring(chance), chance)

    def _take(self, ring: Ring) -> None:
        self.ring = ring
        self.active = ring.active
        self.audit_key, self.code_key = ring.audit_key, ring.code_key
        self._keks = {name: AESGCM(key) for name, key in ring.keks.items()}
        self._index_key = ring.index_keys[ring.index]
        self._older = [key for name, key in ring.index_keys.items() if name != ring.index]

    def fresh(self) -> None:
        """Read the file again if it is another one now. One that cannot be used changes nothing."""
        if _mark(self.path) == self._seen:
            return
        mark = _mark(self.path)
        try:
            self._take(key_file.read(self.path))
        except KeysUnusable:
            log.warning("the key file cannot be read any more")
            return
        self._seen = mark

    def change(self, ring: Ring) -> None:
        """Put these keys into the file, and use them."""
        key_file.replace_by(self.path, ring)
        self._seen = _mark(self.path)
        self._take(ring)

    def has(self, kek: str) -> bool:
        """Whether the key file holds the key of this name."""
        return kek in self._keks

    def opens(self, proof: Wrapped) -> bool:
        """Whether this wrapped key was made with these keys."""
        try:
            self.unwrap(*proof)
        except Unreadable:
            return False
        return True

    def new_data_key(self, scope: str) -> tuple[AESGCM, bytes]:
        """A fresh 256-bit key for a scope, and its wrapped form for the table."""
        key = self._chance.bytes(32)
        return AESGCM(key), self._wrap(scope, key)

    def _wrap(self, scope: str, key: bytes) -> bytes:
        nonce = self._chance.bytes(_NONCE)
        aad = f"dek|{scope}|{self.active}".encode()
        return nonce + self._keks[self.active].encrypt(nonce, key, aad)

    def unwrap(self, scope: str, kek: str, wrapped: bytes) -> AESGCM:
        """The data key of a scope. Raises Unreadable."""
        return AESGCM(self._unwrap(scope, kek, wrapped))

    def _unwrap(self, scope: str, kek: str, wrapped: bytes) -> bytes:
        if kek not in self._keks:
            self.fresh()  # another program may have added it just now
        if kek not in self._keks:
            raise Unreadable("the key that wraps this data is not in the key file")
        try:
            aad = f"dek|{scope}|{kek}".encode()
            return self._keks[kek].decrypt(wrapped[:_NONCE], wrapped[_NONCE:], aad)
        except InvalidTag as error:
            raise Unreadable("a wrapped key cannot be opened") from error

    def wrap_again(self, old: Wrapped) -> Wrapped:
        """The same data key under the active KEK. Raises Unreadable."""
        key = self._unwrap(*old)
        return Wrapped(old.scope, self.active, self._wrap(old.scope, key))

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
        return _blind(self._index_key, kind, value)

    def blinds(self, kind: str, value: str) -> list[bytes]:
        """The same, the newest first, and as it was under each index key that is still needed."""
        return [_blind(key, kind, value) for key in (self._index_key, *self._older)]

    def mark(self, kind: str, value: str) -> str:
        """A name of something nobody can make again from the database: it says which key it needs."""
        plain, index = self.blind(kind, value).hex(), self.ring.index
        return plain if index == FIRST_INDEX else f"{plain}@{index}"

    def index_of(self, mark: str) -> str:
        return mark.partition("@")[2] or FIRST_INDEX

    def is_mark(self, mark: str, kind: str, value: str) -> bool:
        """Whether this value made the mark."""
        key = self.ring.index_keys.get(self.index_of(mark))
        made = _blind(key, kind, value).hex() if key else ""
        return hmac.compare_digest(made, mark.partition("@")[0]) and bool(made)

    def thread(self, row: Mapping[str, Any]) -> str:
        """What a reporter's row is called: nothing is found by it. It is kept, for its hash may change."""
        return str(row["thread"] or self.blind("thread", row["access_hash"].hex()).hex()[:16])

    def sealed_ring(self) -> bytes:
        """Every key of the file, sealed under the active KEK: who has that one gets all of them back.

        The nonce follows from what is sealed: the same ring is always the same bytes.
        """
        plain, kek = self.ring.packed(), self.ring.keks[self.active]
        nonce = hmac.digest(kek, b"ring" + plain, "sha256")[:_NONCE]
        return nonce + AESGCM(kek).encrypt(nonce, plain, f"ring|{self.active}|v1".encode())


def open_ring(kek: bytes, name: str, sealed: bytes) -> Ring:
    """The whole ring, by one KEK. Raises Unreadable: it is not the one that sealed it."""
    try:
        plain = AESGCM(kek).decrypt(sealed[:_NONCE], sealed[_NONCE:], f"ring|{name}|v1".encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable("these halves do not open the keys of this database") from error
    return key_file.unpacked(plain)


def _blind(key: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{kind}|{value}".encode(), "sha256")[:16]


def _mark(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_ino, found.st_size
