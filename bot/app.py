"""Builds every part once; the only file that knows all of them."""

import asyncio
import gc
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.auditor import Auditor
from bot.backups import Backups, before_migrating, last_backup_at, proved_at
from bot.chance import SystemChance
from bot.channels import reach
from bot.clock import DemoClock, SystemClock
from bot.company import ALL, WEB, Company, company_of, engine_schema
from bot.config import Config
from bot.drains import EVERY, HERE, drains
from bot.engine import Drain, Engine
from bot.geography import EMPTY, NONE_LOADED, LoadedBoundaries, LoadedCountry
from bot.loops import Loops, guarded
from bot.own_door import OwnDoor
from bot.systemd import Watchdog
from bot.versions import MODULES, Versions
from bot.vitals import Vitals
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
from handlers.watching.drills import Drills
from handlers.watching.mending import Mender
from handlers.watching.rehearsal import Rehearsals
from locales.catalog import Catalog
from notifications.announce import Announcer
from notifications.channel import Channel
from notifications.sender import Around, Sender
from notifications.thrift import Thrift
from storage import migrate
from storage.erasure import erase_again
from storage.health import BACKUP, RESTORE
from storage.journal import Journal
from storage.keys import KeyRing
from storage.ledgers.inbox import Received
from storage.register import Register
from storage.rotation import note_ring
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
    _read: tuple[str, ...] = ()

    async def fresh(self) -> int:
        """Only what has changed is read and built again, and that beside the loop: no alarm waits."""
        async with self.store.reading("areas") as work:
            self._country = await self._country.fresh(work)
            self._boundaries = await self._boundaries.fresh(work)
            worked = await work.areas.worked()
            read = (
                await work.areas.stamp(), self._country.stamp, self._boundaries.stamp,
                *sorted(worked),
            )  # fmt: skip
            if read == self._read:
                return 0
            rows = self._country.served(await work.areas.rows(), worked)
        areas = await asyncio.to_thread(Areas, rows, self._country.country)
        self.places = await asyncio.to_thread(Places, areas, self._boundaries.boundaries)
        self._read = read
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
    auditor: Auditor
    mender: Mender
    vitals: Vitals
    journal: Journal
    loops: Loops
    company: Company
    versions: Versions
    backups: Backups
    door: OwnDoor
    role: str = ALL

    @property
    def engine(self) -> Engine:
        return self.company.engine

    async def start(self) -> None:
        """Run the engine: from now on rows are worked on, where this process is one that works."""
        self.kit.store.waker = self._wake
        await self.versions.agree()
        await self.company.begin()
        all_ = self._drains()
        own = {name: drain for name, drain in all_.items() if name in HERE or self.role != WEB}
        self.vitals.begin()
        await self.engine.start(own, EVERY)

    def _drains(self) -> Mapping[str, Drain]:
        passes = {
            "areas": self.geography.fresh, "calendar": self.settings.fresh,
            "retention": self.company.alone("retention", self.forgetting.run),
            "digest": self.mornings.arm, "quota": self.zalo.quota, "sweep": self.zalo.sweep,
            "tokens": self.company.alone("tokens", self.zalo.tokens),
            "refused": self.inbox.catch_up, "versions": self.versions.look,
            "recovery": self.company.recover, "files": self.files.drain,
            "scrub": self.kit.store.scrub,
            "backup": self.company.alone("backup", self.backups.nightly),
            "drill": self.company.alone("restore-drill", self.backups.prove),
            "journal": self.journal.forget_old,
            "auditor": self.auditor.round, "mend": self.mender.round, "drills": Drills(self.kit).arm,
            "rehearse": self.company.alone("rehearse", Rehearsals(self.kit, self.door).step),
            "copies": self.copies,
        }  # fmt: skip
        found = drains(self.turns, self.ticks, self.sender, passes, lambda: self.loops.stopping)
        gate = self.versions.gate
        return {name: gate(name, one) if name in MODULES else one for name, one in found.items()}

    async def copies(self) -> int:
        """What lies in the folder of copies becomes rows, for whoever watches from elsewhere."""
        folder = self.config.backup_dir
        found = {BACKUP: last_backup_at(folder), RESTORE: proved_at(folder)}
        async with self.kit.store.transaction("copies") as work:
            for name, at in found.items():
                if at is not None:
                    await work.marks.set(name, at=at)
        return 0

    @property
    def disks(self) -> Mapping[str, Path]:
        """What must have room: by what lies there."""
        journal = {"journal": self.config.journal_dir}
        folder = self.config.database_folder
        return {"database": folder, **journal} if folder is not None else journal

    def _wake(self, queue: str) -> None:
        self.engine.wake(queue)
        if queue == "outbox":
            self.sender.wake()  # its drain may be waiting for a slow call

    def ask_to_stop(self) -> None:
        """At once: no row is claimed or begun any more. What runs, runs on until `close`."""
        self.loops.ask_to_stop()
        self.vitals.end()
        self.sender.stop()
        self.files.stop()

    async def close(self, within: float = 30.0) -> None:
        """Let running steps end, then close the database. Called once."""
        self.ask_to_stop()
        await self.engine.stop(within)
        await self.backups.stop()
        await self.zalo.settled()
        await self.journal.close()
        await self.company.end()
        await self.kit.store.close()


@dataclass(frozen=True, slots=True)
class Edges:
    """What a test may hand in instead of the system's own: time, chance and messengers."""

    clock: Clock | None = None
    chance: Chance | None = None
    channels: Sequence[Channel] | None = None
    around: Callable[[Channel], Channel] = lambda channel: channel  # stands before each of them


async def open_store(config: Config, edges: Edges = Edges()) -> tuple[Store, KeyRing]:
    """The database, migrated and seeded, and its keys (made at the first start). Raises KeysUnusable."""
    clock, chance = edges.clock or clock_of(config), edges.chance or SystemChance()
    # Before anything is written: with the wrong keys every further step makes it worse.
    proof = migrate.proof(config.database_url)
    keys = KeyRing.load_or_create(config.key_file, chance, proof)
    make_room(config)
    before_migrating(config, keys, clock.now())
    migrate.upgrade(config.database_url, engine_schema(config))
    store = await Store.open(config.database_url, keys, clock, chance)
    store.keeper = partial(_into_the_journal, Journal(config.journal_dir, store, keys))
    await seed(store)
    await note_ring(store)
    return store, keys


async def _into_the_journal(journal: Journal, acts: Sequence[Received]) -> None:
    """Of a command, which may run beside the program: a file of its own, closed at once."""
    try:
        await journal.write(acts)
    finally:
        await journal.close()


def freeze_heap() -> None:
    """For a program that runs for long: what was read at its start is there until its end.

    The collector walks through it no more. Half a million objects, most of them of the country, cost
    it 160 ms each time, and meanwhile nobody is answered.
    """
    gc.collect()
    gc.freeze()


async def open_app(
    config: Config, edges: Edges = Edges(), *, replay: bool = True, role: str = ALL
) -> App:
    """Every part, built and connected; nothing runs yet.

    `replay`: journal and database first give each other what they lack. That belongs to the start of
    the program, not to a command that may run beside it. `role`: what this process does (bot/company.py).
    """
    store, keys = await open_store(config, edges)
    clock, chance = store.clock, store.chance
    catalog = Catalog.load(config.languages_dir)
    own = reach(config, store) if edges.channels is None else edges.channels
    channels = _by_name([edges.around(one) for one in own])
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
    thrift = thrift_of(config, store)
    loops = Loops()
    company = company_of(config, role, store, loops)
    machine = edges.clock or SystemClock()  # a trial's clock is no measure of its process
    vitals = Vitals(machine, store, Watchdog.of_this_process(machine))
    sender = _sender(kit, edges, thrift, company, vitals)
    journal = Journal(config.journal_dir, store, keys)
    if replay:
        await erase_again(store, register)
        await journal.replay()
    inbox = Inbox(store, journal, guarded)
    store.keeper = inbox.keep
    return App(
        config=config, kit=kit, inbox=inbox, turns=Turns(kit), ticks=Ticks(kit),
        mornings=Mornings(kit),
        sender=sender,
        files=Fetching(kit, guarded), geography=geography, settings=settings,
        forgetting=Sweep(kit, lambda: loops.stopping),
        zalo=ZaloPasses(kit, thrift), auditor=Auditor(store, config.heartbeat_url),
        mender=Mender(kit, guarded), vitals=vitals,
        journal=journal, loops=loops, company=company, versions=Versions(store), role=role,
        door=OwnDoor(config.public_url or f"http://{config.http_host}:{config.http_port}"),
        backups=Backups(config, store, keys, asleep=config.demo or edges.clock is not None),
    )  # fmt: skip


def thrift_of(config: Config, store: Store) -> Thrift:
    """How many messages a month may have, by channel."""
    quotas = {"zalobot": config.zalo_bot_monthly_quota, "zalooa": config.zalo_oa_monthly_quota}
    return Thrift(store, {name: one for name, one in quotas.items() if one})


def _sender(kit: Kit, edges: Edges, thrift: Thrift, company: Company, vitals: Vitals) -> Sender:
    """The one that sends; the others know its rows by its name."""
    around = Around(
        Delivery(kit), guarded, kit.demo, thrift=thrift, pictures=partial(public_picture, kit),
        breath=BREATH if edges.clock is None else 0.0,  # a hand clock does not move while we wait
        alive=company.alive, senders=company.senders, cycle=vitals.cycle,
    )  # fmt: skip
    sender = Sender(kit.store, kit.channels, kit.catalog, around)
    company.sends(sender.worker)
    return sender


def make_room(config: Config) -> None:
    """Create the folders of the database, the keys and the journal, for our eyes only."""
    folders = [config.key_file.parent, config.journal_dir]
    if config.database_folder is not None:
        folders.append(config.database_folder)
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def clock_of(config: Config) -> Clock:
    """The time of this program: as it is, or the trial's own."""
    return DemoClock(config.time_scale) if config.demo else SystemClock()


def _by_name(channels: Sequence[Channel]) -> Mapping[tuple[str, str], Channel]:
    return {(channel.name, channel.account): channel for channel in channels}
