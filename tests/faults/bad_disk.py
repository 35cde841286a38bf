"""`python -m bot run` whose journal becomes a file that cannot be fsynced, after its first lines."""

import sys
from pathlib import Path

from bot.__main__ import main
from storage.journal import Journal


def _arm() -> None:
    begin, left = Journal._open, [1]

    def begin_badly(self, now):
        begin(self, now)
        left[0] -= 1
        if left[0] >= 0:
            return
        self._file.close()
        self._file = Path("/dev/null").open("ab", buffering=0)  # noqa: SIM115

    Journal._open = begin_badly


if __name__ == "__main__":
    _arm()
    sys.exit(main(["run"]))
