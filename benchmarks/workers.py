"""Real workers on PostgreSQL in front of a Telegram that refuses what is too fast.

Turns and alerts with 1, 2 and 4 of them; then a backlog after an outage, urgent ones among it, whose
answers are a fan-out to ten thousand addresses.
"""

import asyncio
import sys
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import web

from benchmarks.common import COMMUNES, Figure, at, scratch, spread
from bot.app import open_store
from cases.model import Person, Role
from tests.faults.many import Many
from tests.support import postgres
from tests.support.fake_telegram import TOKEN
from tests.support.peer import Peer

WORKERS = (1, 2, 4)
TURNS = 1500  # first messages, each of somebody else
REPORTS, APART = 40, 0.5  # reports of danger, and seconds between two
BACKLOG, URGENT = 10_000, 100  # people; so many more of them in danger, with two messages each
P95 = 2000  # ms
ALL, CHAT = 30, 5  # messages that Telegram takes in a second from us; in one chat at once
OFFICER, CALM, CRY = 810_000_000, 820_000_000, 830_000_000  # where the chats of each begin
_CALM_WORDS = "co be o mot minh ngoai ho"
_SETTINGS = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on"}


@dataclass
class Limited(Peer):
    """Refuses as Telegram does: more than 30 a second in all, or a chat that gets more than one a second.

    A chat may get a few at once, as there.
    """

    told: list[tuple[float, int, str]] = field(default_factory=list)  # when, which chat, what
    refused: int = 0
    lately: deque[float] = field(default_factory=deque)
    chats: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] != "sendMessage":
            return await super()._call(request)
        now = time.perf_counter()
        fields = dict(await request.post()) or await request.json()
        chat = int(str(fields["chat_id"]))
        if self._too_fast(now, chat):
            self.refused += 1
            told = "Too Many Requests: retry after 1"
            more = {"parameters": {"retry_after": 1}}
            body = {"ok": False, "error_code": 429, "description": told, **more}
            return web.json_response(body, status=429)
        answer = await super()._call(request)
        self.told.append((now, chat, str(fields["text"])))
        return answer

    def _too_fast(self, now: float, chat: int) -> bool:
        while self.lately and now - self.lately[0] >= 1:
            self.lately.popleft()
        full = max(self.chats[chat], now)  # when this chat has nothing on its account any more
        if len(self.lately) >= ALL or full - now > CHAT - 1:
            return True
        self.lately.append(now)
        self.chats[chat] = full + 1
        return False


@dataclass
class Town:
    """The place, its workers, and who writes from where."""

    many: Many
    peer: Limited

    async def officers(self) -> None:
        store, _ = await open_store(self.many.config)
        async with store.transaction("bench") as work:
            for n, commune in enumerate(COMMUNES):
                await work.people.add(Person(f"p-{commune}", Role.OFFICER, commune))
                account, chat = TOKEN.split(":", maxsplit=1)[0], str(OFFICER + n)
                contact = await work.contacts.ensure("telegram", account, chat, chat, "vi")
                await work.contacts.link(contact.id, f"p-{commune}")
        await store.close()

    async def start(self, workers: int) -> None:
        for _ in range(workers):
            await self.many.role("worker")
        await self.many.working(workers)

    async def stop(self) -> None:
        await self.many.end()

    def calm(self, number: int, since: int = 0) -> Iterator[dict[str, Any]]:
        for n in range(since, since + number):
            yield self.many.update(_CALM_WORDS, CALM + n)

    def cry(self, n: int) -> list[dict[str, Any]]:
        """A report of danger: it takes two messages; each commune has its part of them."""
        place = list(COMMUNES.values())[n % len(COMMUNES)]
        return [self.many.update(text, CRY + n) for text in ("sos", place)]

    def alerts(self) -> dict[int, list[float]]:
        """When each officer's alerts were handed over, in order."""
        found: dict[int, list[float]] = defaultdict(list)
        for when, chat, text in self.peer.told:
            if OFFICER <= chat < CALM and "Việc mới" in text:
                found[chat] += [when] * max(text.count("Việc mới"), 1)
        return found

    async def done(self, messages: int) -> None:
        """Until so many messages are worked on."""
        query = "SELECT count(*) FROM inbox WHERE state = 'done'"
        async with asyncio.timeout(1200):
            while self.many.sql(query)[0][0] < messages:
                await asyncio.sleep(0.05)

    async def heard(self, chats: set[int]) -> None:
        async with asyncio.timeout(1200):
            while not chats <= {chat for _, chat, _ in self.peer.told}:
                await asyncio.sleep(0.2)


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    with scratch() as folder, postgres.server(**_SETTINGS) as server:
        peer = Limited()
        await peer.start()
        made = Town(Many(folder, peer, server.url()), peer)
        await made.officers()
        try:
            yield made
        finally:
            await made.stop()
            await peer.stop()


async def _with(number: int) -> list[Figure]:
    many = f"{number} worker{'s' * (number > 1)} on PostgreSQL"
    async with town() as made:
        await made.start(number)
        took = await _alerts(made)
        before = made.many.sql("SELECT count(*) FROM inbox WHERE state = 'done'")[0][0]
        began = time.perf_counter()
        made.peer.push(*made.calm(TURNS))
        await made.done(before + TURNS)
        rate = TURNS / (time.perf_counter() - began)
    return [
        Figure(f"{many}: turns a second, first messages by one poll", f"{rate:.0f}/s"),
        Figure("… report of danger to alert handed over", spread(took),
               f"p95 {P95 / 1000:.0f} s", at(took, 0.95) < P95),
    ]  # fmt: skip


async def _alerts(made: Town) -> list[float]:
    """From the update that names the place to the officer's message: the n-th of each commune."""
    told: dict[int, list[float]] = defaultdict(list)
    for n in range(REPORTS):
        first, place = made.cry(n)
        made.peer.push(first)
        await made.heard({CRY + n})
        told[OFFICER + n % len(COMMUNES)].append(time.perf_counter())
        made.peer.push(place)
        await asyncio.sleep(APART)
    async with asyncio.timeout(120):
        while sum(map(len, made.alerts().values())) < REPORTS:
            await asyncio.sleep(0.05)
    heard = made.alerts()
    return [
        then - began
        for chat, times in told.items()
        for began, then in zip(times, heard[chat], strict=False)
    ]


async def _backlog(people: int = BACKLOG, urgent: int = URGENT) -> list[Figure]:
    """They all wrote while nothing ran; those in danger stand evenly among the others."""
    apart = people // urgent
    async with town() as made:
        for n in range(urgent):
            made.peer.push(*made.calm(apart, n * apart), *made.cry(n))
        began = time.perf_counter()
        await made.start(2)
        await made.heard({OFFICER + n for n in range(len(COMMUNES))})
        await made.done(people + 2 * urgent)
        turned = time.perf_counter() - began
        await made.heard({CALM + n for n in range(apart * urgent)})
        alerts = sorted(when - began for times in made.alerts().values() for when in times)
        last = made.peer.told[-1][0] - began
        to = len({chat for _, chat, _ in made.peer.told})
        refused, told = made.peer.refused, len(made.peer.told)
    return [
        Figure(f"backlog of {people + 2 * urgent:,} messages after an outage, 2 workers started: "
               f"{len(alerts)} urgent alerts out, the first", f"{alerts[0]:.1f} s"),
        Figure("… the last urgent one", f"{alerts[-1]:.1f} s"),
        Figure("… the last message worked on", f"{turned:.1f} s"),
        Figure("… the last answer out", f"{last:.0f} s"),
        Figure(f"… {told:,} messages to {to:,} addresses, refused for rate",
               f"{refused}", "0", refused == 0),
    ]  # fmt: skip


PARTS = (*(partial(_with, number) for number in WORKERS), _backlog)


def main() -> None:
    """With so many people in the backlog, only shown."""
    people = int(sys.argv[1])

    async def small() -> list[Figure]:
        return [*await _with(2), *await _backlog(people, max(people // 100, 5))]

    for one in asyncio.run(small()):
        print(f"{one.what}: {one.seen}  {one.target} {'' if one.good is None else one.good}")


if __name__ == "__main__":
    main()
