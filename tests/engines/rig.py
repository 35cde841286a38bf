"""An engine on a database of its own, and drains that note what they saw."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg

from bot.app import open_store
from bot.config import load
from bot.engine.local import LocalEngine
from bot.engine.procrastinate import Habits, ProcrastinateEngine
from bot.loops import Loops
from storage.wakes import Rider
from tests.support.postgres import plain

PATIENCE = 30  # seconds until a test gives up; none of them needs it
NEVER = timedelta(hours=1)
SOON = timedelta(seconds=1)


class Rig:
    """`seen`: for each drain of a queue, how often `beat` had committed by then."""

    def __init__(self, store, url, kind, **habits):
        self.store, self.url, self.kind = store, url, kind
        self.loops = Loops()
        self.seen = {"outbox": [], "timers": []}
        self.heard = asyncio.Event()
        self.broken = 0  # so many drains fail from now on
        self.gate = asyncio.Event()
        self.gate.set()
        sweep = habits.get("sweep", NEVER)
        if kind == "local":
            self.engine = LocalEngine(self.loops, sweep)
        else:
            self.engine = ProcrastinateEngine(
                url, self.loops, (), Habits(**{"sweep": sweep, **habits})
            )
        store.waker = self.engine.wake if kind == "local" else lambda _: None

    async def start(self, **every):
        drains = {name: lambda name=name: self.drain(name) for name in self.seen}
        await self.engine.start(drains, every)
        for name in self.seen:
            await self.until(lambda name=name: self.seen[name])  # what was due when we were away
        await self.until(self.engine.health)

    async def drain(self, name):
        if self.broken:
            self.broken -= 1
            raise RuntimeError("broken")
        async with self.store.reading("test") as work:
            count = len(await work.pulse.versions())
        self.seen[name].append(count)
        self.heard.set()
        await self.gate.wait()
        return 0

    async def commit(self, *wakes, name="test"):
        """Something new stands in the database."""
        async with self.store.transaction(name) as work:
            await work.pulse.raise_to(work.new_id(), 1)
            for queue in wakes:
                work.wake(queue)

    async def until(self, condition):
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.heard.clear()
                try:
                    async with asyncio.timeout(0.05):
                        await self.heard.wait()
                except TimeoutError:
                    continue

    async def empty(self):
        """All that the engine remembers is gone. The engine goes on meanwhile: it may hold the lock."""
        if self.kind == "local":
            self.engine._scheduler.remove_all_jobs()
        else:
            await asyncio.to_thread(self.sql, "TRUNCATE procrastinate_jobs CASCADE")

    def sql(self, query):
        with psycopg.connect(plain(self.url), autocommit=True) as owner:
            answer = owner.execute(query)
            return answer.fetchall() if answer.description else None


@asynccontextmanager
async def rig(folder, url, kind, **habits):
    made = []
    config = load(
        {
            "ANNHI_DATABASE_URL": url, "ANNHI_KEY_FILE": str(folder / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(folder / "journal"),
        },
        folder / "none.env",
    )  # fmt: skip
    store, _ = await open_store(config)
    first = Rig(store, url, kind, **habits)
    if kind != "local":
        store.rider = Rider((), first.engine.jobs.defer)
    made.append(first)
    first.beside = lambda: made.append(Rig(store, url, kind, **habits)) or made[-1]
    try:
        yield first
    finally:
        for one in made:
            one.gate.set()
            await one.engine.stop(5)
        await store.close()
