"""The system's randomness, and a fixed one that makes a written chat repeatable."""

import hashlib
import os


class SystemChance:
    """Bytes nobody can guess, from the operating system."""

    def bytes(self, n: int) -> bytes:
        return os.urandom(n)


class FixedChance:
    """The same bytes in every run, so that codes and ids are fixed."""

    def __init__(self, seed: str = "an-nhi") -> None:
        self.seed = seed
        self.n = 0

    def bytes(self, n: int) -> bytes:
        self.n += 1
        return hashlib.shake_256(f"{self.seed}|{self.n}".encode()).digest(n)
