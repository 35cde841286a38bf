"""Takes updates from stdin, then works on them and is killed at every single statement of every turn.

Each life is a process of its own, forked before anything is open. Prints how many were killed.
"""

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from contextvars import ContextVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App, open_app
from bot.config import load
from storage.lite import LiteConnection
from storage.store import Store

NOTHING_LEFT, DONE_ONE = 3, 4
_inside: ContextVar[str] = ContextVar("inside", default="")


async def _accept(updates: list[dict]) -> int:
    app: App = await open_app(load())
    channel = next(one for one in app.kit.channels.values() if one.name == "telegram")
    for update in updates:
        raw = json.dumps(update).encode()
        admitted = channel.key_of(update, raw)
        await app.inbox.accept(channel.name, channel.account, admitted, raw)
    await app.close()
    return 0


async def _one_turn(nth: int) -> int:
    """Die before the nth statement of the next turn; DONE_ONE when it has fewer."""
    _name_transactions()
    app: App = await open_app(load())
    rows = await app.turns.next()
    if not rows:
        await app.close()
        return NOTHING_LEFT
    left = [nth]
    for connection in (LiteConnection, AsyncConnection):
        _die_before(connection, left)
    await app.turns.handle(rows[0])
    await app.close()
    return DONE_ONE


def _die_before(connection, left: list[int]) -> None:
    """`left`: of the statements of a turn, how many are still to come to the last."""
    execute = connection.execute

    async def statement(self, *what):
        if _inside.get() == "turn":
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return await execute(self, *what)

    connection.execute = statement


def _name_transactions() -> None:
    transaction = Store.transaction

    @asynccontextmanager
    async def named(self, name, **how):
        before = _inside.set(name)
        try:
            async with transaction(self, name, **how) as work:
                yield work
        finally:
            _inside.reset(before)

    Store.transaction = named


def _life(work) -> int:
    """Its exit code, or the negative signal that ended it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = asyncio.run(work)
        finally:
            os._exit(code)
    work.close()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> int:
    """All lives, one after another, on the same files."""
    if _life(_accept(json.load(sys.stdin))) != 0:
        return 1
    killed, nth = 0, 1
    while True:
        code = _life(_one_turn(nth))
        if code == -signal.SIGKILL:
            killed, nth = killed + 1, nth + 1
        elif code == DONE_ONE:
            nth = 1
        else:
            print(killed)
            return 0 if code == NOTHING_LEFT else 1


if __name__ == "__main__":
    sys.exit(main())
