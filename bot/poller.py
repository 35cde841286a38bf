"""Fetches updates: stored and committed first; Telegram confirms by the next offset only."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.loops import Loops
from bot.vitals import Vitals
from cases.clock import Clock
from cases.codes import digest
from handlers.inbox import Inbox
from notifications.channel import Admitted
from storage.locks import FileLock

log = logging.getLogger(__name__)
QUIET = timedelta(days=6)  # after a quiet week Telegram's ids may restart lower: ask without offset
_LOOK_EVERY = 1.0  # seconds between two looks of a stand-by


class Polled(Protocol):
    """A messenger that is asked for what is new. `rest`: seconds between two questions."""

    name: str
    account: str
    rest: float

    def key_of(self, update: Any, body: bytes) -> Admitted: ...

    async def start(self) -> str: ...

    async def use_polling(self) -> None: ...

    async def poll(self, offset: int | None) -> list[Any]: ...

    async def ack(self, update: Any) -> None: ...


def polling_lock(folder: Path, channel: Polled) -> FileLock:
    """The file beside the database that the one poller of this bot account holds. Raises OSError."""
    return FileLock(folder / f"{channel.name}-{digest(channel.account)[:16]}.polling")


async def poll_alone(poller: "Poller", lock: FileLock, loops: Loops) -> None:
    """Wait until no other program polls this account, then poll until the end.

    The system gives the lock back however this program ends, so a stand-by never waits for a dead one.
    """
    with lock:
        if not lock.taken():
            log.info("another program polls this account, standing by", extra={"queue": "poll"})
        while not lock.taken():
            await loops.pause(_LOOK_EVERY)
            if loops.stopping:
                return
        await loops.forever("poll", poller.step)


class Poller:
    """One step = one getUpdates. What an offset confirms comes again until it is stored."""

    def __init__(
        self, channel: Polled, inbox: Inbox, clock: Clock, loops: Loops, vitals: Vitals
    ) -> None:
        self._vitals = vitals
        self._channel = channel
        self._inbox = inbox
        self._clock = clock
        self._loops = loops
        self._offset: int | None = None
        self._heard: datetime = clock.now()
        self._ready = False

    async def step(self) -> int:
        """Fetch, store, go on. Raises what the network raises: the loop backs off."""
        self._vitals.polling(self._channel.name)
        if not self._ready:
            await self._channel.start()
            await self._channel.use_polling()
            self._ready = True
        if self._clock.now() - self._heard > QUIET:
            self._offset = None
        updates = await self._channel.poll(self._offset)
        if updates:
            await self._store(updates)
            self._heard = self._clock.now()
            self._offset = max(_number(update) for update in updates) + 1
        await self._vitals.polled(self._channel.name)
        if self._channel.rest:
            await self._loops.pause(self._channel.rest)
        return len(updates)

    async def _store(self, updates: list[Any]) -> None:
        raws = [json.dumps(update).encode() for update in updates]
        keys = [self._channel.key_of(*one) for one in zip(updates, raws, strict=True)]
        messages = list(zip(keys, raws, strict=True))
        await self._inbox.accept_all(self._channel.name, self._channel.account, messages)
        for update in updates:
            self._loops.aside(self._channel.ack(update))


def _number(update: Any) -> int:
    try:
        return int(update["update_id"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0
