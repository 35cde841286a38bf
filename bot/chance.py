"""The system's randomness."""

import os


class SystemChance:
    """Bytes nobody can guess, from the operating system."""

    def bytes(self, n: int) -> bytes:
        return os.urandom(n)
