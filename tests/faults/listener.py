"""A Telegram for a crowd: who was sent what and when, with faults by chance, and a door for each program."""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.fake_telegram import FakeTelegram, _fields

REPEAT = "🔁 Gửi lại. "
POLL = 1.0  # seconds that a question for news is held
CALL = 20.0  # longer than a program waits for the answer to one message
FATES = {  # of a message: how often; and whether it arrived all the same
    "lost": (30, True),  # the answer breaks off
    "late": (20, True),  # arrived, and answered with an error
    "slow": (2, True),  # arrived, and never answered
    "error": (33, False),
    "limit": (15, False),
}
MILLE = 1000


@dataclass(frozen=True)
class Heard:
    """A message that arrived: `at` on the loop's clock, `by` which program."""

    at: float
    chat: int
    text: str
    by: str
    fields: dict[str, Any]

    @property
    def repeated(self) -> bool:
        return self.text.startswith(REPEAT)


@dataclass
class Listener(FakeTelegram):
    """`on_message` is told of each message that arrived; `strikes`: what happens in the next call of a
    program, between its acceptance and its answer."""

    chance: random.Random = field(default_factory=lambda: random.Random(1))
    log: dict[int, list[Heard]] = field(default_factory=lambda: defaultdict(list))
    on_message: Callable[[Heard], None] = lambda _: None
    strikes: dict[str, Callable[[], None]] = field(default_factory=dict)
    fates: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kind: bool = False  # no fault of its own from now on
    news: asyncio.Event = field(default_factory=asyncio.Event)
    number: int = 0
    removed: int = 0  # how often a message was to be taken off a phone

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/{door}/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.door("w0")
        return self.url

    def door(self, name: str) -> None:
        """Whoever is told the address from now on is known by this name."""
        self.url = f"{self.base}/{name}"

    def push(self, *updates: dict[str, Any]) -> None:
        super().push(*updates)
        self.news.set()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            fields = await _fields(request)
        except ConnectionResetError:  # killed while it asked
            return web.Response()
        method = request.match_info["method"]
        if method == "sendMessage":
            return await self._send(request, fields)
        if method == "getUpdates":
            result = await self._news(fields)
        else:
            self.removed += method.startswith("deleteMessage")
            result = await self._result(method, fields)
        return web.json_response({"ok": True, "result": result})

    async def _news(self, fields: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(fields.get("offset", 0) or 0)
        self.confirmed = max(self.confirmed, offset)
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates:
            self.news.clear()
            try:
                async with asyncio.timeout(POLL):
                    await self.news.wait()
            except TimeoutError:
                return []
        return self.updates[:100]

    async def _send(self, request: web.Request, fields: dict[str, Any]) -> web.StreamResponse:
        door = request.match_info["door"]
        strike = self.strikes.pop(door, None)
        fate = "struck" if strike else self._fate()
        self.fates[fate] += 1
        arrived = fate not in FATES or FATES[fate][1]
        if arrived:
            self._note(fields, door)
        if strike:
            strike()
        return await self._answered(request, fate, fields)

    async def _answered(
        self, request: web.Request, fate: str, fields: dict[str, Any]
    ) -> web.StreamResponse:
        if fate == "slow":
            await asyncio.sleep(CALL)
        if fate in ("lost", "slow", "struck"):
            if request.transport is not None:  # nobody listens any more
                request.transport.close()
            return web.Response()
        if fate == "limit":
            return _error(429, "Too Many Requests: retry after 1", retry_after=1)
        if fate in ("late", "error"):
            return _error(502, "Bad Gateway")
        chat = {"id": int(fields["chat_id"]), "type": "private"}
        result = {"message_id": self.number, "date": 1, "chat": chat, "text": fields["text"]}
        return web.json_response({"ok": True, "result": result})

    def _fate(self) -> str:
        if self.kind:
            return "well"
        drawn = self.chance.randrange(MILLE)
        for fate, (often, _) in FATES.items():
            if drawn < often:
                return fate
            drawn -= often
        return "well"

    def _note(self, fields: dict[str, Any], door: str) -> None:
        self.number += 1
        now, chat = asyncio.get_running_loop().time(), int(fields["chat_id"])
        heard = Heard(now, chat, str(fields["text"]), door, fields)
        self.log[chat].append(heard)
        self.on_message(heard)
        self.heard.set()


def _error(status: int, words: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": status, "description": words, "parameters": parameters}
    return web.Response(body=json.dumps(body), status=status, content_type="application/json")
