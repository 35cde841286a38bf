"""Fetches Telegram updates: stored and committed first, confirmed by the next offset only."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from bot.channels.telegram import Telegram
from bot.loops import Loops
from cases.clock import Clock
from handlers.inbox import Inbox

log = logging.getLogger(__name__)
QUIET = timedelta(days=6)  # after a quiet week Telegram's ids may restart lower: ask without offset


class Poller:
    """One step = one getUpdates. A kill at any moment loses nothing: unconfirmed updates come again."""

    def __init__(self, channel: Telegram, inbox: Inbox, clock: Clock, loops: Loops) -> None:
        self._channel = channel
        self._inbox = inbox
        self._clock = clock
        self._loops = loops
        self._offset: int | None = None
        self._heard: datetime = clock.now()
        self._ready = False

    async def step(self) -> int:
        """Fetch, store, go on. Raises what the network raises: the loop backs off."""
        if not self._ready:
            await self._channel.start()
            await self._channel.use_polling()
            self._ready = True
        if self._clock.now() - self._heard > QUIET:
            self._offset = None
        updates = await self._channel.poll(self._offset)
        for update in updates:
            await self._store(update)
        if updates:
            self._heard = self._clock.now()
            self._offset = max(_number(update) for update in updates) + 1
        return len(updates)

    async def _store(self, update: Any) -> None:
        raw = json.dumps(update).encode()
        admitted = self._channel.key_of(update, raw)
        await self._inbox.accept(self._channel.name, self._channel.account, admitted, raw)
        self._loops.aside(self._channel.ack(update))


def _number(update: Any) -> int:
    try:
        return int(update["update_id"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0
