"""`python -m bot restore b` that is killed when its rows are there and the journal is being replayed."""

import os
import signal
import sys

from bot.__main__ import main
from storage.store import Store


def _arm() -> None:
    commit = Store.commit

    async def commit_of(self, name, connection):
        if name == "replay":
            os.kill(os.getpid(), signal.SIGKILL)
        await commit(self, name, connection)

    Store.commit = commit_of


if __name__ == "__main__":
    _arm()
    sys.exit(main(["restore", "b"]))
