"""Our Telegram as the peer of a fault: it acts at the very moment a message arrives, before it answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.fake_telegram import FakeTelegram


@dataclass
class Peer(FakeTelegram):
    """`on_accept`: words of a message → what happens once, after it was noted and before the answer."""

    on_accept: dict[str, Callable[[], None]] = field(default_factory=dict)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    hold: bool = False  # every message waits for the release
    on_remove: Callable[[], None] | None = None  # once, after a message was taken off a phone

    async def _give(self, request: web.Request, data: bytes) -> web.StreamResponse:
        """Half of it, then what is to happen in mid-file; the other half after the release."""
        happens = self.on_accept.pop("half a file", None)
        if happens is None:
            return await super()._give(request, data)
        response = web.StreamResponse(headers={"Content-Length": str(len(data))})
        await response.prepare(request)
        await response.write(data[: len(data) // 2])
        happens()
        await self.release.wait()
        await response.write(data[len(data) // 2 :])
        return response

    async def _result(self, method: str, fields: dict[str, Any]) -> Any:
        words = next((one for one in self.on_accept if one in str(fields.get("text", ""))), None)
        if method == "sendMessage" and words is not None:
            result = await super()._result(method, fields)  # its id is the one of this very copy
            self.on_accept.pop(words)()
            await self.release.wait()
            return result
        if method == "deleteMessage" and (happens := self.on_remove) is not None:
            self.on_remove = None
            happens()
            await self.release.wait()
        if method == "sendMessage" and self.hold:
            result = await super()._result(method, fields)
            await self.release.wait()
            return result
        return await super()._result(method, fields)

    def sent(self, who: int) -> list[dict[str, Any]]:
        """What this chat was sent, whole."""
        return [
            fields
            for name, fields in self.accepted
            if name == "sendMessage" and fields["chat_id"] == str(who)
        ]
