"""A soak: programs that are killed again and again while a crowd reports; `python -m tests.faults soak`.

A seed gives the same blows in the same order, the same people and the same faults of the messenger. What
the machine does in between is its own, and no run hits exactly the same moments as another.
"""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults.listener import Listener
from tests.faults.many import Many
from tests.faults.place import Place
from tests.faults.town import Town, settled
from tests.support.cluster import Cluster

PATIENCE = 300  # seconds without any news until a soak gives up
MOVES = 40  # messages that arrive between two blows, at most
YOUNG = 60  # seconds in which a program may be too new to hear that it is asked to stop
STARTS = 60  # seconds within which a program may meet a database that is away, and ends
BEHIND = 60  # people without a receipt: no more come until some have one
ENDS = 100  # seconds within which a program that is asked to stop has stopped
SLEEP = 70  # seconds: longer than a lease
FEW = {"kill": 50, "call": 30, "all": 3, "stop": 5, "freeze": 8}
MANY = FEW | {"cut": 4, "restart": 2, "crash": 2}
WORDS = {
    "kill": "killed (kill -9) at any moment",
    "call": "killed between a message's acceptance and its answer",
    "all": "killed all at once, each",
    "stop": "stopped (SIGTERM)",
    "freeze": "frozen for moments (SIGSTOP, SIGCONT)",
    "sleep": f"frozen for {SLEEP} s, longer than a lease",
    "cut": "every connection to the database cut",
    "restart": "the database restarted",
    "crash": "the database crashed (SIGQUIT) and started again",
    "again": "ended at their start, because the database was away, and started again",
}
KILLS = ("kill", "call", "all")


@dataclass(frozen=True)
class Size:
    kills: int
    reports: int
    workers: int = 4
    seed: int = 20261126


@dataclass(frozen=True)
class Blow:
    """`after` so many messages and `gap` seconds; `whom`: which of the programs; `span`: how long frozen."""

    kind: str
    after: int
    gap: float
    whom: int
    span: float


def plan(size: Size) -> list[Blow]:
    """Every blow, before anything is started: each kind once, then by weight until enough are killed."""
    chance = random.Random(size.seed)
    weights = MANY if size.workers > 1 else FEW
    kinds = list(weights)
    chance.shuffle(kinds)
    killed = sum(_kills(kind, size) for kind in kinds)
    while killed < size.kills:
        kind = chance.choices(list(weights), list(weights.values()))[0]
        killed += _kills(kind, size)
        kinds.append(kind)
    for n in range(size.kills // 100):  # these take long, and are few
        kinds.insert((n + 1) * len(kinds) // (size.kills // 100 + 1), "sleep")
    return [_blow(kind, chance, size.workers) for kind in kinds]


def _blow(kind: str, chance: random.Random, workers: int) -> Blow:
    """One in five comes before anything has moved again: it meets programs that are just starting."""
    after = chance.choice((0, 1, 1, 1, 1)) * chance.randrange(1, MOVES)
    return Blow(
        kind, after, chance.uniform(0, 1), chance.randrange(workers), chance.uniform(0.5, 9)
    )


def _kills(kind: str, size: Size) -> int:
    return (kind in KILLS) * (size.workers if kind == "all" else 1)


@dataclass
class Soak:
    """`server`: the PostgreSQL behind `place`, where it is one."""

    size: Size
    place: Place
    listener: Listener
    town: Town
    server: object = None
    blows: Counter = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)  # what a program did that it should not
    crew: list = field(default_factory=list)  # (its name at the messenger, its process)
    born: dict = field(default_factory=dict)  # a process: when it was started
    away: float = float("-inf")  # when the database was last cut off
    later: set = field(default_factory=set)
    took: float = 0.0
    began: int = 0  # the number of the update before the first

    async def run(self) -> None:
        """The whole of it; what came of it is the oracle's to say."""
        began = asyncio.get_running_loop().time()
        blows = plan(self.size)
        for _ in range(self.size.workers):
            self.crew.append(await self._started())
        for n, blow in enumerate(blows, 1):
            due = n * self.size.reports // len(blows)
            self.town.reports(due - self.town.people)
            await self._moves(blow.after)
            await asyncio.sleep(blow.gap)  # the load itself
            await self._up()
            await getattr(self, f"_{blow.kind}")(blow)
        await self._end()
        self.took = asyncio.get_running_loop().time() - began

    async def _up(self) -> None:
        """Whoever found no database at its start has ended and is started again, as systemd does."""
        for slot, (_, process) in enumerate(self.crew):
            if process.returncode is None:
                continue
            if not self._met_no_database(process):
                self.odd.append(f"a program had ended by itself with {process.returncode}")
            self.place.started.remove(process)
            self.blows["again"] += 1
            await self._again(slot)

    def _met_no_database(self, process) -> bool:
        return process.returncode == 1 and abs(self.born[process.pid] - self.away) < STARTS

    async def _moves(self, messages: int) -> None:
        """Until so many more have arrived, or there is nothing to be heard; never too far behind."""
        goal = self.listener.number + messages
        await self._until(lambda: self.listener.number >= goal or not self._busy())
        await self._until(lambda: self.town.waiting() <= BEHIND)

    def _busy(self) -> bool:
        return bool(self.town.waiting() or self.town.unheard())

    async def _end(self) -> None:
        """The messenger is well again; all is delivered, and everybody stops as they should."""
        for task in list(self.later):
            await task
        self.listener.kind = True
        await self._until(lambda: not self._busy())
        await self._until(lambda: not self.place.on_its_way())
        for _, process in self.crew:
            await self._leaves(process)

    async def _until(self, condition) -> None:
        """Gives up when nothing has been heard for long: something stands still."""
        heard = -1
        while not condition():
            if heard == self.listener.number:
                raise TimeoutError(f"nothing was heard for {PATIENCE} s: {self.stand()}")
            heard = self.listener.number
            for _ in range(PATIENCE * 5):
                if condition():
                    return
                await self._up()
                await asyncio.sleep(0.2)
                if self.listener.number != heard:
                    break

    def stand(self) -> str:
        return (
            f"{self.town.waiting()} of {self.town.people} without a receipt, "
            f"{self.town.unheard()} cases unheard, {self.place.on_its_way()} rows on their way"
        )

    async def _started(self):
        name = f"w{sum(self.blows.values()) + len(self.place.started) + 1}"
        self.listener.door(name)
        process = await self.place.begins()
        self.born[process.pid] = asyncio.get_running_loop().time()
        return name, process

    async def _again(self, slot: int) -> None:
        self.crew[slot] = await self._started()

    async def _dies(self, slot: int) -> None:
        _, process = self.crew[slot]
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()
        self.place.started.remove(process)

    async def _leaves(self, process) -> None:
        age = asyncio.get_running_loop().time() - self.born[process.pid]
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(ENDS):
            code = await process.wait()
        early = code == -signal.SIGTERM and age < YOUNG
        if code and not early and not self._met_no_database(process):
            self.odd.append(f"a program that was asked to stop ended with {code}")
        self.place.started.remove(process)

    async def _kill(self, blow: Blow) -> None:
        await self._dies(blow.whom)
        self.blows["kill"] += 1
        await self._again(blow.whom)

    async def _call(self, blow: Blow) -> None:
        """In the very call, if it makes one soon."""
        name, process = self.crew[blow.whom]
        self.listener.strikes[name] = partial(_shot, process)
        try:
            async with asyncio.timeout(5):
                await process.wait()
        except TimeoutError:
            self.listener.strikes.pop(name, None)
            await self._kill(blow)
            return
        self.place.started.remove(process)
        self.blows["call"] += 1
        await self._again(blow.whom)

    async def _all(self, _: Blow) -> None:
        for slot in range(len(self.crew)):
            await self._dies(slot)
            self.blows["all"] += 1
        for slot in range(len(self.crew)):
            await self._again(slot)

    async def _stop(self, blow: Blow) -> None:
        await self._leaves(self.crew[blow.whom][1])
        self.blows["stop"] += 1
        await self._again(blow.whom)

    async def _freeze(self, blow: Blow) -> None:
        self._frozen(blow.whom, blow.span)
        self.blows["freeze"] += 1

    async def _sleep(self, blow: Blow) -> None:
        self._frozen(blow.whom, SLEEP)
        self.blows["sleep"] += 1

    def _frozen(self, slot: int, span: float) -> None:
        """Others go on meanwhile, and it may be killed in its sleep."""
        process = self.crew[slot][1]
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGSTOP)
        task = asyncio.create_task(self._thawed(process, span))
        self.later.add(task)
        task.add_done_callback(self.later.discard)

    async def _thawed(self, process, span: float) -> None:
        await asyncio.sleep(span)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)

    async def _cut(self, _: Blow) -> None:
        self.away = asyncio.get_running_loop().time()
        self.place.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        self.blows["cut"] += 1

    async def _restart(self, _: Blow) -> None:
        self._bounced(signal.SIGINT)
        self.blows["restart"] += 1

    async def _crash(self, _: Blow) -> None:
        self._bounced(signal.SIGQUIT)
        self.blows["crash"] += 1

    def _bounced(self, how: signal.Signals) -> None:
        self.away = asyncio.get_running_loop().time()
        self.server.stop(how)
        self.server.start()


def _shot(process) -> None:
    with suppress(ProcessLookupError):
        process.kill()


_LEFT = (
    "SELECT (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND due_at <= {now})"
    " + (SELECT count(*) FROM inbox WHERE state = 'new')"
)


class OnPostgres(Many):
    name = "PostgreSQL"

    async def begins(self):
        return await self.role("worker")

    def on_its_way(self) -> int:
        return self.sql(_LEFT.format(now="now()"))[0][0]


class OnSqlite(Place):
    name = "SQLite"

    async def begins(self):
        return await self.start()

    def on_its_way(self) -> int:
        return self.sql(_LEFT.format(now="strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')"))[0][0]


@asynccontextmanager
async def on_postgres(folder: Path, size: Size, server: Cluster) -> AsyncIterator[Soak]:
    url = server.fresh()
    async with _soak(size, lambda peer: OnPostgres(folder, peer, url)) as soak:
        soak.server = server.server
        yield soak
    server.drop(url)


@asynccontextmanager
async def on_sqlite(folder: Path, size: Size) -> AsyncIterator[Soak]:
    async with _soak(size, lambda peer: OnSqlite(folder, peer)) as soak:
        yield soak


@asynccontextmanager
async def _soak(size: Size, place_of) -> AsyncIterator[Soak]:
    listener = Listener(chance=random.Random(size.seed + 1))
    await listener.start()
    place = place_of(listener)
    await settled(place)
    try:
        town = Town(place, listener, size.seed + 2)
        yield Soak(size, place, listener, town, began=place.n)
    finally:
        for process in place.started:
            if process.returncode is None:
                process.kill()
                await process.wait()
        await listener.stop()
