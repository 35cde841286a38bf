"""Builds every part once; the only file that knows all of them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.chance import SystemChance
from bot.channels import reach
from bot.clock import DemoClock, SystemClock
from bot.config import Config
from bot.drains import EVERY, drains
from bot.engine import Engine
from bot.engine.local import LocalEngine
from bot.geography import EMPTY, NONE_LOADED, LoadedBoundaries, LoadedCountry
from bot.loops import Loops, guarded
from bot.zalo_passes import ZaloPasses
from cases.areas.gazetteer import Areas
from cases.areas.places import Places
from cases.clock import Clock
from cases.codes import Chance
from cases.policy import DEFAULT, Decisions, Policy
from handlers.actor import Kit
from handlers.delivery import Delivery
from handlers.files.fetching import Fetching
from handlers.inbox import Inbox
from handlers.mornings import Mornings
from handlers.papers.public import public_picture
from handlers.privacy.sweep import Sweep
from handlers.tick import Ticks
from handlers.turn import Turns
from locales.catalog import Catalog
from notifications.announce import Announcer
from notifications.channel import Channel
from notifications.sender import Around, Sender
from notifications.thrift import Thrift
from storage import migrate
from storage.erasure import erase_again
from storage.journal import Journal
from storage.keys import KeyRing
from storage.locks import FileLock
from storage.register import Register
from storage.seed import seed
from storage.store import Store

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Geography:
    """The gazetteer of this process; `fresh` reads the areas again (a roster import changes them)."""

    store: Store
    places: Places = field(default_factory=lambda: Places(Areas(())))
    _country: LoadedCountry = EMPTY
    _boundaries: LoadedBoundaries = NONE_LOADED

    async def fresh(self) -> int:
        async with self.store.reading("areas") as work:
            self._country = await self._country.fresh(work)
            self._boundaries = await self._boundaries.fresh(work)
            rows = self._country.served(await work.areas.rows(), await work.areas.worked())
        self.places = Places(Areas(rows, self._country.country), self._boundaries.boundaries)
        return 0


@dataclass(slots=True)
class Settings:
    """The settings of this process; `fresh` reads again what staff decided: working days, spans, chains."""

    store: Store
    policy: Policy = DEFAULT

    async def fresh(self) -> int:
        async with self.store.reading("calendar") as work:
            days, decided = await work.calendar.changes(), await work.settings.decided()
        self.policy = replace(DEFAULT.with_calendar(days), decided=Decisions(tuple(decided)))
        return 0


BREATH = 0.02  # seconds: under load twenty replies share a claim instead of one each


@dataclass(slots=True)
class App:
    """The running program's parts. `open` builds, `start` runs, `close` ends."""

    config: Config
    kit: Kit
    inbox: Inbox
    turns: Turns
    ticks: Ticks
    mornings: Mornings
    sender: Sender
    files: Fetching
    geography: Geography
    settings: Settings
    zalo: ZaloPasses
    forgetting: Sweep
    journal: Journal
    loops: Loops
    engine: Engine
    alone: FileLock | None = None

    async def start(self) -> None:
        """Run the engine: from now on rows are worked on."""
        if self.config.database_file is not None:
            await self._after_the_last(self.config.database_file)
        self.kit.store.waker = self._wake
        passes = {
            "areas": self.geography.fresh, "calendar": self.settings.fresh,
            "digest": self.mornings.arm, "tokens": self.zalo.tokens, "quota": self.zalo.quota,
            "retention": self.forgetting.run, "sweep": self.zalo.sweep, "refused": self.inbox.catch_up,
        }  # fmt: skip
        empties = drains(self.turns, self.ticks, self.sender, passes, lambda: self.loops.stopping)
        await self.engine.start({**empties, "files": self.files.drain}, EVERY)

    async def _after_the_last(self, database: Path) -> None:
        """While no other program sends, what is on its way died with the last one: no lease to await."""
        self.alone = FileLock(database.with_suffix(".sending"))
        if self.alone.taken():
            async with self.kit.store.transaction("leases") as work:
                await work.outbox.left_behind()

    def _wake(self, queue: str) -> None:
        self.engine.wake(queue)
        if queue == "outbox":
            self.sender.wake()  # its drain may be waiting for a slow call

    def ask_to_stop(self) -> None:
        """At once: no row is claimed or begun any more. What runs, runs on until `close`."""
        self.loops.ask_to_stop()
        self.sender.stop()
        self.files.stop()

    async def close(self, within: float = 30.0) -> None:
        """Let running steps end, then close the database. Called once."""
        self.ask_to_stop()
        await self.engine.stop(within)
        await self.zalo.settled()
        await self.journal.close()
        await self.kit.store.close()
        if self.alone is not None:
            self.alone.close()


@dataclass(frozen=True, slots=True)
class Edges:
    """What a test may hand in instead of the system's own: time, chance and messengers."""

    clock: Clock | None = None
    chance: Chance | None = None
    channels: Sequence[Channel] | None = None


async def open_store(config: Config, edges: Edges = Edges()) -> tuple[Store, KeyRing]:
    """The database, migrated and seeded, and its keys (made at the first start). Raises KeysUnusable."""
    clock, chance = edges.clock or _clock(config), edges.chance or SystemChance()
    # Before anything is written: with the wrong keys every further step makes it worse.
    proof = migrate.proof(config.database_url)
    keys = KeyRing.load_or_create(config.key_file, chance, proof)
    make_room(config)
    migrate.upgrade(config.database_url)
    store = await Store.open(config.database_url, keys, clock, chance)
    await seed(store)
    return store, keys


async def open_app(config: Config, edges: Edges = Edges(), *, replay: bool = True) -> App:
    """Every part, built and connected; nothing runs yet.

    `replay`: journal and database first give each other what they lack. That belongs to the start of
    the program, not to a command that may run beside it.
    """
    store, keys = await open_store(config, edges)
    clock, chance = store.clock, store.chance
    catalog = Catalog.load(config.languages_dir)
    channels = _by_name(reach(config, store) if edges.channels is None else edges.channels)
    geography, settings = Geography(store), Settings(store)
    register = Register(config.journal_dir)
    await geography.fresh()
    await settings.fresh()
    kit = Kit(
        store=store, clock=clock, chance=chance, catalog=catalog,
        announcer=Announcer(catalog, chance), settings=lambda: settings.policy,
        places=lambda: geography.places, channels=channels, code_key=keys.code_key, register=register,
        public_url=config.public_url, demo=config.demo,
    )  # fmt: skip
    breath = BREATH if edges.clock is None else 0.0  # a hand clock does not move while we wait
    quotas = {"zalobot": config.zalo_bot_monthly_quota or 0}
    thrift = Thrift(store, {name: one for name, one in quotas.items() if one})
    pictures = partial(public_picture, kit)
    around = Around(Delivery(kit), guarded, config.demo, breath, thrift, pictures)
    journal = Journal(config.journal_dir, store, keys)
    if replay:
        await erase_again(store, register)
        await journal.replay()
    loops = Loops()
    return App(
        config=config, kit=kit, inbox=Inbox(store, journal, guarded), turns=Turns(kit), ticks=Ticks(kit),
        mornings=Mornings(kit),
        sender=Sender(store, channels, catalog, around),
        files=Fetching(kit, guarded), geography=geography, settings=settings,
        zalo=ZaloPasses(kit, thrift), forgetting=Sweep(kit, lambda: loops.stopping),
        journal=journal, loops=loops, engine=LocalEngine(loops),
    )  # fmt: skip


def make_room(config: Config) -> None:
    """Create the folders of the database, the keys and the journal, for our eyes only."""
    folders = [config.key_file.parent, config.journal_dir]
    if config.database_folder is not None:
        folders.append(config.database_folder)
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _clock(config: Config) -> Clock:
    return DemoClock(config.time_scale) if config.demo else SystemClock()


def _by_name(channels: Sequence[Channel]) -> Mapping[tuple[str, str], Channel]:
    return {(channel.name, channel.account): channel for channel in channels}
