"""Case codes with a check character, access codes and invitations (INTERFACES.md section 5)."""

import hashlib
import hmac
import unicodedata
from typing import Protocol

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLACES = range(1, 8)


class Chance(Protocol):
    """The source of randomness, injected; a test hands in a fixed one."""

    def bytes(self, n: int) -> bytes: ...


def case_code(key: bytes, submission: str, n: int) -> str:
    """The n-th code of a submission: `7KQ4-2MDJ`.

    Derived, so that a replay after a restore gives the reporter's code again. Codes whose check sum
    has no character (30) are passed over.
    """
    salt = 0
    while True:
        seed = f"case-code|{submission}|{n}|{salt}".encode()
        digest = int.from_bytes(hmac.digest(key, seed, "sha256"), "big")
        body = "".join(ALPHABET[digest // len(ALPHABET) ** i % len(ALPHABET)] for i in range(7))
        if (total := _sum(body)) < len(ALPHABET):
            code = body + ALPHABET[total]
            return f"{code[:4]}-{code[4:]}"
        salt += 1


def check(code: str) -> bool:
    """Whether the check character fits: one wrong or swapped character is always noticed."""
    plain = code.replace("-", "")
    if len(plain) != 8 or any(letter not in ALPHABET for letter in plain):
        return False
    total = _sum(plain[:7])
    return total < len(ALPHABET) and ALPHABET[total] == plain[7]


def read_code(text: str) -> str | None:
    """The code in what a person typed: lower case, spaces, no hyphen, Vietnamese keyboard."""
    plain = _plain(text)
    code = f"{plain[:4]}-{plain[4:]}"
    return code if check(code) else None


def access_code(key: bytes, submission: str) -> str:
    """The reporter's secret: 16 digits in four groups, derived like the case code."""
    digest = hmac.digest(key, f"access-code|{submission}".encode(), "sha256")
    digits = f"{int.from_bytes(digest, 'big') % 10**16:016d}"
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))


def read_access_code(text: str) -> str | None:
    """The 16 digits in what a person typed, without spaces; None when it is something else."""
    plain = "".join(text.split()).replace("-", "")
    return plain if len(plain) == 16 and plain.isascii() and plain.isdigit() else None


def invitation(chance: Chance) -> str:
    """A new invitation: 16 characters of the case-code alphabet, 78 bits, easy to type."""
    number = int.from_bytes(chance.bytes(16), "big")
    return "".join(ALPHABET[number // len(ALPHABET) ** i % len(ALPHABET)] for i in range(16))


def read_invitation(text: str) -> str | None:
    """The invitation in `#CODE`, a start payload or a typed text; None when it cannot be one."""
    plain = _plain(text.lstrip("#"))
    fits = len(plain) == 16 and all(letter in ALPHABET for letter in plain)
    return plain if fits else None


def digest(secret: str) -> str:
    """What is stored of a one-time secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _sum(body: str) -> int:
    return sum(ALPHABET.index(one) * place for one, place in zip(body, _PLACES, strict=True)) % 31


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.upper())
    return "".join(one for one in bare if one.isascii() and one.isalnum())
