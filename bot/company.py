"""Who else works on this database, and what each does alone: on a file nobody else, on PostgreSQL many.

Correctness never rests on it: rows are unique and fenced. It only decides who goes first.
"""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from bot.clock import SystemClock
from bot.config import Config
from bot.drains import HERE, ROWS
from bot.engine import Drain, Engine
from bot.engine.local import LocalEngine
from bot.loops import Loops, guarded
from cases.codes import digest
from storage.locks import FileLock
from storage.presence import Presence
from storage.store import StorageBusy, Store
from storage.wakes import CHANNEL, RING, WAKE, Rider

log = logging.getLogger(__name__)
WEB, WORKER, ALL = "web", "worker", "all"


class Company(Protocol):
    """This process among others."""

    engine: Engine

    def sends(self, worker: str) -> None:
        """The name on the rows we claim: others leave them alone while we live."""
        ...

    async def begin(self) -> None:
        """Before the engine starts."""
        ...

    def alive(self) -> bool:
        """Whether everybody knows that we are here: what we claimed nobody takes from us."""
        ...

    def senders(self) -> int:
        """How many processes send: they share what a messenger takes in a second."""
        ...

    def hears(self) -> bool:
        """Whether a page learns at once what others wrote; otherwise it looks by itself."""
        ...

    def polls(self, name: str, account: str) -> Callable[[], bool]:
        """Whether we are the one that polls this account. Raises OSError."""
        ...

    def alone(self, name: str, work: Drain) -> Drain:
        """The same work, but only while nobody else is at it."""
        ...

    async def recover(self) -> int:
        """Give back to everybody what workers that died had claimed."""
        ...

    async def end(self) -> None:
        """Release what we hold: nothing of ours runs any more."""
        ...


class Alone:
    """SQLite: one program, and perhaps a second one that stands by."""

    def __init__(self, database: Path, store: Store, loops: Loops) -> None:
        self.engine: Engine = LocalEngine(loops)
        self._database = database
        self._store = store
        self._locks = ExitStack()

    def sends(self, worker: str) -> None:
        return

    async def begin(self) -> None:
        """While no other program sends, what is on its way died with the last one: no lease to await."""
        lock = self._locks.enter_context(FileLock(self._database.with_suffix(".sending")))
        if lock.taken():
            async with self._store.transaction("leases") as work:
                await work.outbox.left_behind()

    def alive(self) -> bool:
        return True

    def senders(self) -> int:
        return 1

    def hears(self) -> bool:
        return True

    def polls(self, name: str, account: str) -> Callable[[], bool]:
        """The system gives the file back however a program ends: nobody waits for a dead one."""
        path = self._database.parent / f"{name}-{digest(account)[:16]}.polling"
        return self._locks.enter_context(FileLock(path)).taken

    def alone(self, name: str, work: Drain) -> Drain:
        return work

    async def recover(self) -> int:
        return 0

    async def end(self) -> None:
        self._locks.close()


class Among:
    """PostgreSQL: any number of processes on any number of machines."""

    def __init__(self, url: str, role: str, store: Store, loops: Loops) -> None:
        self._store = store
        self._role = role
        self._loops = loops
        name = CHANNEL if role == WEB else f"{CHANNEL} sends"
        self._presence = Presence(url, SystemClock().elapsed, self._heard, name)
        self._me = ""
        self._begun = False
        self._gone: frozenset[str] = frozenset()  # not there when we last looked
        self.engine, store.rider = _engine(url, role, loops)

    def sends(self, worker: str) -> None:
        self._me = _life(worker)
        self._presence.want(self._me)

    async def begin(self) -> None:
        self._begun = True
        await guarded(self._presence.join())
        self._loops.aside(self._loops.always("presence", self._presence.step))

    def alive(self) -> bool:
        # Where nothing was begun there is one hand alone: a stage, whose sender is asked step by step.
        return not self._begun or self._presence.holds(self._me)

    def senders(self) -> int:
        return self._presence.alike

    def hears(self) -> bool:
        return self._presence.hears()

    def polls(self, name: str, account: str) -> Callable[[], bool]:
        lock = f"polling:{name}:{account}"
        self._presence.want(lock)
        return lambda: self._presence.holds(lock)

    def alone(self, name: str, work: Drain) -> Drain:
        async def only_here() -> int:
            if not await self._presence.borrowed(name):
                return 0
            try:
                return await work()
            finally:
                await self._presence.given_back(name)

        return only_here

    async def recover(self) -> int:
        """Whoever is not there twice in a row is dead: a connection that broke is soon made again."""
        if not self.alive():
            return 0
        async with self._store.reading("leases") as work:
            workers = await work.outbox.workers()
        gone = frozenset(await self._presence.dead(map(_life, workers)))
        dead, self._gone = gone & self._gone, gone - self._gone
        names = [one for one in workers if _life(one) in dead]
        if not names:
            return 0
        log.warning("a worker died", extra={"count": len(names)})
        async with self._store.transaction("leases") as work:
            count = await work.outbox.left_behind(names)
            work.wake("outbox")
        return count

    async def end(self) -> None:
        await self._presence.close()
        if self._role == WEB:
            return
        try:  # what was given back need not wait for the next sweep of the others
            async with self._store.transaction("handover") as work:
                for queue in ROWS:
                    work.wake(queue)
        except StorageBusy:
            return

    def _heard(self, call: str) -> None:
        if not call:  # something may have been missed
            self._store.missed()
            for queue in (*ROWS, *HERE):
                self._store.waker(queue)
        elif call.startswith(WAKE):
            self._store.waker(call.removeprefix(WAKE))
        elif call.startswith(RING):
            self._store.ringer(call.removeprefix(RING))


def company_of(config: Config, role: str, store: Store, loops: Loops) -> Company:
    """A file is for one program; PostgreSQL is for as many as there are."""
    if config.database_file is None:
        return Among(config.database_url, role, store, loops)
    return Alone(config.database_file, store, loops)


def engine_schema(config: Config) -> str:
    """The tables that an engine of many processes keeps its jobs in; "" where there is none."""
    if config.database_file is not None:
        return ""
    from bot.engine import procrastinate  # noqa: PLC0415 — an extra, not there beside SQLite

    return procrastinate.schema()


def _life(worker: str) -> str:
    return f"worker:{worker}"


def _engine(url: str, role: str, loops: Loops) -> tuple[Engine, Rider]:
    """Who works next to others leaves jobs; who may be alone needs none and only calls."""
    if role == ALL:
        return LocalEngine(loops), Rider()
    from bot.engine import procrastinate  # noqa: PLC0415 — an extra, not there beside SQLite

    if role == WORKER:
        engine = procrastinate.ProcrastinateEngine(url, loops, HERE)
        return engine, Rider(HERE, engine.jobs.defer)
    return LocalEngine(loops), Rider(HERE, procrastinate.jobs().defer)
