"""`python -m bot run` with a signal to itself at an exact point of a named transaction.

python -m tests.faults.dying KILL|STOP before|after TRANSACTION NTH [another command of the program]
"""

import os
import signal
import sys

from bot.__main__ import main
from storage.journal import Journal
from storage.store import Store


def arm(what: str, when: str, name: str, nth: int) -> None:
    commit, write, left = Store.commit, Journal.write, [nth]

    def hit(moment: str, its_name: str) -> None:
        if moment == when and its_name == name:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.Signals[f"SIG{what}"])

    async def commit_of(self, its_name, connection):
        hit("before", its_name)
        await commit(self, its_name, connection)
        hit("after", its_name)

    async def write_of(self, rows):
        # What people sent: the start writes an act of its own, at any moment beside them.
        people = any(row.channel != "desk" for row in rows)
        if people:
            hit("before", "journal")
        await write(self, rows)
        if people:
            hit("after", "journal")

    Store.commit, Journal.write = commit_of, write_of


if __name__ == "__main__":
    arm(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
    sys.exit(main(sys.argv[5:] or ["run"]))
