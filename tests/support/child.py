"""`python -m bot run`, killed at an exact point: around the commit of a named transaction, or of the journal.

python -m tests.support.child before|after TRANSACTION NTH
"""

import os
import signal
import sys

from bot.__main__ import main
from storage.journal import Journal
from storage.store import Store


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(when: str, name: str, nth: int) -> None:
    commit, write, seen = Store.commit, Journal.write, [0]

    def here() -> bool:
        seen[0] += 1
        return seen[0] == nth

    async def deadly(self, its_name, connection):
        now = its_name == name and here()
        if now and when == "before":
            _die()
        await commit(self, its_name, connection)
        if now:
            _die()

    async def deadly_journal(self, rows):
        await write(self, rows)
        if rows and here():
            _die()

    if name == "journal":
        Journal.write = deadly_journal
    else:
        Store.commit = deadly


if __name__ == "__main__":
    _arm(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    sys.exit(main(["run"]))
