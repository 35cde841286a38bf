"""The KEK on paper: two halves for two people, in letters that can be read aloud and typed back.

32 bytes are 56 letters of the case-code alphabet, in 14 groups of four with a check letter each. A
check letter depends on its group's place and on the half: a wrong or swapped letter, a group in
another's place and half A typed as half B are all noticed, and the group is named.
"""

from cases.codes import ALPHABET

GROUPS, LETTERS = 14, 4
_BASE = len(ALPHABET)
_CHECKS = f"{ALPHABET}U"  # 31, a prime: as for case codes; here the last one has a letter too
HALVES = ("A", "B")


class Mistyped(Exception):
    """A group is wrong, or there are too few; `group` counts from 1, 0 = their number."""

    def __init__(self, group: int) -> None:
        super().__init__(group)
        self.group = group


def xor(one: bytes, other: bytes) -> bytes:
    """The other half, or the key out of both."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def written(half: bytes, which: str) -> str:
    """As it is printed: 14 groups of five."""
    number, letters = int.from_bytes(half, "big"), []
    for _ in range(GROUPS * LETTERS):
        number, rest = divmod(number, _BASE)
        letters.append(ALPHABET[rest])
    groups = ["".join(letters[n : n + LETTERS]) for n in range(0, len(letters), LETTERS)]
    return " ".join(group + _check(group, n, which) for n, group in enumerate(groups))


def read(text: str, which: str) -> bytes:
    """The half in what a person typed. Raises Mistyped."""
    plain = [one for one in text.upper() if one.isalnum()]
    size = LETTERS + 1
    groups = ["".join(plain[n : n + size]) for n in range(0, len(plain), size)]
    for n, group in enumerate(groups[:GROUPS]):
        whole = len(group) == size and all(one in ALPHABET for one in group[:-1])
        if not whole or group[-1] != _check(group[:-1], n, which):
            raise Mistyped(n + 1)
    if len(groups) != GROUPS:
        raise Mistyped(0)
    letters = "".join(group[:-1] for group in groups)
    number: int = sum(ALPHABET.index(one) * _BASE**n for n, one in enumerate(letters))
    if number >= 1 << 256:
        raise Mistyped(GROUPS)
    return number.to_bytes(32, "big")


def _check(group: str, n: int, which: str) -> str:
    total = sum(ALPHABET.index(one) * place for place, one in enumerate(group, 1))
    return _CHECKS[(total + (n + 1) * 5 + HALVES.index(which) * 17) % len(_CHECKS)]
