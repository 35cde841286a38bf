"""Fetches updates: stored and committed first; Telegram confirms by the next offset only."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.loops import Loops
from bot.vitals import Vitals
from cases.clock import Clock
from handlers.inbox import Inbox
from notifications.channel import Admitted

log = logging.getLogger(__name__)
QUIET = timedelta(days=6)  # after a quiet week Telegram's ids may restart lower: ask without offset
_SURE = 3  # looks in vain until it is said: at the start the first lock takes a moment
_LOOK_EVERY = 1.0  # seconds between two looks of a stand-by
_AGAIN = 5.0  # seconds at most until a poll that failed is tried again: takeover takes ten


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


async def poll_alone(poller: "Poller", ours: Callable[[], bool], loops: Loops) -> None:
    """Poll while it is ours to poll this account; stand by while it is somebody else's."""
    looks = 0  # in vain, in a row

    async def step() -> int:
        nonlocal looks
        looks = 0 if ours() else looks + 1
        if not looks:
            return await poller.step()
        if looks == _SURE:
            log.info("another program polls this account, standing by", extra={"queue": "poll"})
        await loops.pause(_LOOK_EVERY)
        return 0

    await loops.forever("poll", step, at_most=_AGAIN)


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
