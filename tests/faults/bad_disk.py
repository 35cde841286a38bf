"""`python -m bot run` whose journal cannot be fsynced any more once the file `bad` lies in its folder."""

import sys
from pathlib import Path

from bot.__main__ import main
from storage.journal import Journal


def _arm() -> None:
    begin = Journal._open

    def begin_badly(self, now):
        begin(self, now)
        if not Path("bad").exists():
            return
        self._file.close()
        self._file = Path("/dev/null").open("ab", buffering=0)  # noqa: SIM115

    Journal._open = begin_badly


if __name__ == "__main__":
    _arm()
    sys.exit(main(["run"]))
