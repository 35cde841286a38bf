"""A Telegram on loopback, and the people who write through it.

Like the real one it gives an update out again and again until the next offset confirms it, and
then never again. It notes everything it accepts.
"""

import asyncio
import heapq
import json
import re
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from aiohttp import web

from benchmarks.peers_talk import Turn, plain

ME = {"id": 424242, "is_bot": True, "first_name": "An Nhi", "username": "bench_bot"}
AGAIN = re.compile(r"🔁 Gửi lại\.\s*")  # how our program begins what it may have sent before
FIRST = 1000  # the chat of the first person; below it are officers


SOON = 0.004


@dataclass(slots=True)
class Person:
    """One talk. `step` is what they say next, or have said and wait for."""

    chat: int
    step: int = 0
    waiting: bool = False
    since: float = 0.0  # when they last said or heard something
    keys: dict[str, str] = field(default_factory=dict)  # label -> data of the newest buttons
    heard: list[str] = field(default_factory=list)
    back: bool = False


@dataclass(slots=True)
class Count:
    """What came of it all."""

    said: int = 0
    took: list[float] = field(default_factory=list)
    repeats: int = 0  # sent again, and nothing says so
    labelled: int = 0


class Town:
    """The people and their Telegram; `moments` are told what just happened, for whoever kills."""

    def __init__(self, turns: list[Turn], *, thinks: float) -> None:
        self.turns = turns
        self.thinks = thinks
        self.people: list[Person] = []
        self.count = Count()
        self.accepted = 0
        self.polled = asyncio.Event()
        self.told: Callable[[str], None] = lambda _: None
        self._updates: deque[tuple[int, str]] = deque()
        self._arrived = asyncio.Event()
        self._next = 1
        self._asks = {turn.asks: n for n, turn in enumerate(turns)}
        self._ready: list[tuple[float, int]] = []

    # What people do.

    def newcomer(self) -> Person:
        self.people.append(Person(FIRST + len(self.people)))
        return self.people[-1]

    def next_ready(self) -> Person | None:
        """Whoever has thought longest about their answer, if anybody has thought enough."""
        while self._ready and self._ready[0][0] <= time.perf_counter():
            one = self.people[heapq.heappop(self._ready)[1] - FIRST]
            if one.step < len(self.turns):
                return one
        return None

    def thinking(self) -> bool:
        return bool(self._ready)

    def speak(self, one: Person) -> None:
        """Say what comes next in the talk."""
        said, n = self.turns[one.step].said, self._next
        person = {"id": one.chat, "is_bot": False, "first_name": "x", "language_code": "vi"}
        chat = {"id": one.chat, "type": "private", "first_name": "x"}
        message: dict[str, Any] = {"message_id": n, "date": int(time.time()), "chat": chat}
        if said.startswith("["):
            data = one.keys.get(said.strip("[]"), "-")
            body: dict[str, Any] = {"callback_query": {
                "id": str(n), "from": person, "chat_instance": "1", "data": data,
                "message": {**message, "from": ME, "text": "x"},
            }}  # fmt: skip
        else:
            body = {"message": {**message, "from": person, "text": said}}
        self._next += 1
        self.count.said += 1
        one.waiting, one.since = True, time.perf_counter()
        self._updates.append((n, json.dumps({"update_id": n, **body})))
        self._arrived.set()

    def _hears(self, one: Person, text: str, keys: dict[str, str]) -> None:
        """Somebody reads what they were sent, and knows what it asks."""
        again = bool(AGAIN.match(text))
        text = plain(AGAIN.sub("", text, count=1))
        asks = self._asks.get(text.rsplit("\n\n", 1)[-1])
        self.count.labelled += again
        if asks is None:
            self.count.repeats += text in one.heard and not again and not one.back
        elif not (again and asks < one.step):  # else it is known already, and says so
            self._asked(one, asks, keys)
        one.heard.append(text)

    def _asked(self, one: Person, asks: int, keys: dict[str, str]) -> None:
        """A question. Whoever waits for none gets a second answer to the same message."""
        if one.waiting:
            self.count.took.append(time.perf_counter() - one.since)
            one.back = one.back or asks < one.step
        self.count.repeats += not one.waiting or asks > one.step
        waited, one.waiting = one.waiting, False
        one.step, one.keys = asks + 1, keys or one.keys
        if waited:
            self._think(one)

    def _think(self, one: Person) -> None:
        if one.step == len(self.turns):
            return
        if self.thinks:
            heapq.heappush(self._ready, (time.perf_counter() + self.thinks, one.chat))
        else:
            self.speak(one)

    # What Telegram does.

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        method = request.path.rsplit("/", 1)[-1]
        fields = await _fields(request)
        result, moment = await self._result(method, fields, request)
        body = '{"ok":true,"result":' + result + "}"
        response = web.Response(text=body, content_type="application/json")
        if moment:
            asyncio.get_running_loop().call_later(SOON, self.told, moment)
        return response

    async def _result(
        self, method: str, fields: dict[str, Any], request: web.BaseRequest
    ) -> tuple[str, str]:
        if method == "getMe":
            return json.dumps(ME), ""
        if method == "getUpdates":
            return await self._give(fields, request)
        if method in ("sendMessage", "editMessageText"):
            return self._accept(fields, new=method == "sendMessage"), "answered"
        return "true", ""

    async def _give(self, fields: dict[str, Any], request: web.BaseRequest) -> tuple[str, str]:
        self._confirm(int(fields.get("offset") or 0))
        self.polled.set()
        if not self._updates:
            self._arrived.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(float(fields.get("timeout") or 0)):
                    await self._arrived.wait()
        gone = request.transport is None or request.transport.is_closing()
        batch = [] if gone else [text for _, text in islice(self._updates, 100)]
        return "[" + ",".join(batch) + "]", "handed" if batch else ""

    def _confirm(self, offset: int) -> None:
        before = len(self._updates)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if len(self._updates) < before:
            self.told("confirmed")

    def _accept(self, fields: dict[str, Any], *, new: bool) -> str:
        self.accepted += 1
        chat, text = int(fields["chat_id"]), str(fields["text"])
        if new and chat >= FIRST:
            self._hears(self.people[chat - FIRST], text, _keys(fields.get("reply_markup")))
        self.told("accepted")
        here = {"id": chat, "type": "private"}
        number = int(fields.get("message_id") or 1_000_000 + self.accepted)
        return json.dumps({"message_id": number, "date": 1, "chat": here, "text": text})


def _keys(markup: Any) -> dict[str, str]:
    rows = json.loads(markup or "{}").get("inline_keyboard", [])
    return {key["text"]: key["callback_data"] for row in rows for key in row}


async def _fields(request: web.BaseRequest) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())
