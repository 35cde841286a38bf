"""What the pages are given by `bot/app.py`."""

import asyncio
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from aiohttp import web

from handlers.actor import Kit
from locales.catalog import Catalog
from notifications.channel import Admitted, Channel
from notifications.thrift import Thrift
from storage.ledgers.inbox import Received
from storage.store import Store

UPLOADS = 8  # at a time, so that files never take the place of messages


class Inlet(Protocol):
    """Where a message goes before anybody is told that it arrived."""

    async def accept(self, channel: str, account: str, admitted: Admitted, raw: bytes) -> bool: ...

    async def record(self, received: Received) -> None: ...


class Demo(Protocol):
    """The world behind `/demo`: who plays in it, and its clock (ADR 17)."""

    name: str  # another one after every start
    scale: float
    lang: str  # that its people speak
    roles: tuple[str, ...]  # of the invented staff
    tokens: dict[str, str]  # of the panes, by role; in memory only
    turn: asyncio.Lock  # of whoever makes tokens
    scratch: bool  # whether another one may take its place
    pushes: Collection[str]  # how far the clock may be pushed

    def now(self) -> datetime: ...

    def again(self) -> None: ...

    async def invitation(self, role: str) -> str: ...

    async def push(self, by: str) -> None: ...


class Vitals(Protocol):
    """Signs of life of this process (bot/vitals.py)."""

    def lag(self) -> float: ...

    def polls(self) -> dict[str, float]: ...


def free_share(folder: Path) -> float:
    """How much of the disk under it is free, 0 to 1."""
    found = shutil.disk_usage(folder)
    return found.free / found.total


class Doorbells:
    """Rings the open pages of a session; a page that misses a ring finds everything by `after`."""

    def __init__(self) -> None:
        self._bells: dict[str, set[asyncio.Event]] = {}

    def ring(self, session: str) -> None:
        for bell in self._bells.get(session, ()):
            bell.set()

    def ring_all(self) -> None:
        """Something may have been missed."""
        for session in self._bells:
            self.ring(session)

    def hang(self, session: str, bell: asyncio.Event) -> None:
        self._bells.setdefault(session, set()).add(bell)

    def take_down(self, session: str, bell: asyncio.Event) -> None:
        bells = self._bells.get(session, set())
        bells.discard(bell)
        if not bells:
            self._bells.pop(session, None)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a request may need."""

    store: Store
    inlet: Inlet
    channels: Mapping[tuple[str, str], Channel]
    catalog: Catalog
    kit: Kit
    public_url: str = ""
    exit_url: str = "https://www.google.com/"
    demo: bool = False
    access_log: bool = False
    world: Demo | None = None  # only in a trial
    doorbells: Doorbells = field(default_factory=Doorbells)
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS))
    hears: Callable[[], bool] = lambda: True
    """Whether what other processes write rings here; otherwise an open page looks by itself."""
    older: Callable[[], Collection[str]] = tuple
    """Parts of the program that the database is too new for: they stand still."""
    vitals: Vitals | None = None  # of a program that runs; pages alone have none
    thrift: Thrift | None = None  # what a month has of messages, by channel
    disks: Mapping[str, Path] = field(default_factory=dict)
    free: Callable[[Path], float] = free_share
    stored: Callable[[Channel, bytes], None] = lambda _, __: None
    """Told after the commit of a webhook's message, before the answer; must not fail or wait."""


PARTS = web.AppKey("parts", Parts)
