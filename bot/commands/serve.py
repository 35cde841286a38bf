"""run: start everything, stop cleanly."""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial

from bot.app import App, freeze_heap, open_app
from bot.auditor import watch
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.clock import DemoClock
from bot.commands.command import Command, Failed
from bot.commands.setup import make_invitation
from bot.company import ALL, WEB, WORKER
from bot.config import Config
from bot.demo import DemoWorld
from bot.lines import make_lines
from bot.listening import inherited
from bot.loops import Loops
from bot.poller import Poller, poll_alone
from cases.model import Role
from notifications.channel import Channel
from storage.health import POLL
from storage.journal import JournalBroken
from storage.records.people import Invite
from storage.store import DiskBroken
from web.app import Door, build, serve
from web.health import build_admin
from web.parts import Parts

_TRIAL = "trial_begun"
_IS_REAL = (
    "Real people wrote into this database, so no trial runs on it: unset ANNHI_ENV, "
    "or set ANNHI_DATABASE_URL, ANNHI_KEY_FILE and ANNHI_JOURNAL_DIR to a place of the trial's own."
)
_WAS_TRIAL = (
    "This database was begun as a trial (ANNHI_ENV=demo), with people who are invented: "
    "set ANNHI_DATABASE_URL, ANNHI_KEY_FILE and ANNHI_JOURNAL_DIR to another place."
)

_CUT_OFF = "A restore was cut off here: empty this database and run bot restore again."


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", choices=(ALL, WEB, WORKER, "auditor"), default=ALL)


async def _run(config: Config, options: argparse.Namespace) -> int:
    if options.role == "auditor":
        return await watch(config)
    if options.role != ALL and config.database_file is not None:
        raise Failed(f"--role {options.role} needs PostgreSQL: a SQLite file is for one program.")
    return await _go(config, options.role)


async def _go(config: Config, role: str) -> int:
    make_lines()
    app = await open_app(config, role=role)
    freeze_heap()
    clock = app.kit.clock
    try:
        await keep_apart(app)
        await serve_app(app, DemoWorld(app, clock) if isinstance(clock, DemoClock) else None)
    finally:
        await app.close()
    return 0


async def keep_apart(app: App) -> None:
    """A trial and real data never meet in one database: whoever opens a trial plays everybody in it.

    The first start of a trial leaves its mark in the audit. Raises Failed.
    """
    async with app.kit.store.transaction("apart") as work:
        if await work.restores.unfinished():
            raise Failed(_CUT_OFF)
        trial = await work.audit.ever(_TRIAL)
        if trial and not app.config.demo:
            raise Failed(_WAS_TRIAL)
        if app.config.demo and not trial:
            if await work.inbox.from_people():
                raise Failed(_IS_REAL)
            await work.audit.write("-", _TRIAL)


def stop_spinner(loops: Loops, channel: Channel, body: bytes) -> None:
    """A pressed button is acknowledged at once, outside the outbox; what fails costs nobody anything."""
    if isinstance(channel, Telegram):
        loops.aside(channel.ack(json.loads(body)))


async def serve_app(app: App, world: DemoWorld | None = None) -> int:
    """Until somebody stops it. Returns the port of the pages. `world`: what `/demo` shows."""
    config, stop = app.config, asyncio.Event()

    def stopping() -> None:
        app.ask_to_stop()
        stop.set()

    app.journal.alarm = app.kit.store.alarm = stopping
    _on_signal(stopping)
    if world is not None:
        world.stop = stopping
    parts = Parts(
        store=app.kit.store, inlet=app.inbox, channels=app.kit.channels, catalog=app.kit.catalog,
        kit=app.kit, public_url=config.public_url, exit_url=config.exit_url, demo=config.demo,
        world=world, hears=app.company.hears, older=lambda: app.versions.older,
        stored=partial(stop_spinner, app.loops), vitals=app.vitals, disks=app.disks,
        access_log=config.access_log, thrift=app.zalo.thrift,
    )  # fmt: skip
    app.kit.store.ringer, app.kit.store.missed = parts.doorbells.ring, parts.doorbells.ring_all
    doors, port = await _open_doors(app, parts)
    address = config.public_url or f"http://{config.http_host}:{port}"
    for channel in app.kit.channels.values():
        if isinstance(channel, WebChat):
            channel.link = app.door.address = address
    await app.start()
    await start_messengers(app)
    await _say_where(app, world, address)
    await stop.wait()
    for door in doors:
        await door.cleanup()
    if app.journal.broken:
        raise JournalBroken
    if app.kit.store.broken:
        raise DiskBroken
    return port


async def _open_doors(app: App, parts: Parts) -> tuple[list[Door], int]:
    """The pages, where this process has any, and the health on loopback. Raises Failed."""
    config, doors, port = app.config, list[Door](), app.config.http_port
    try:
        if app.role != WORKER:
            public, port = await serve(build(parts), config.http_host, port, inherited())
            doors.append(public)
        admin, _ = await serve(build_admin(parts), "127.0.0.1", config.admin_port)
    except OSError as error:
        raise Failed(f"The port is in use already: {error.strerror}.") from error
    return [*doors, admin], port


async def _say_where(app: App, world: DemoWorld | None, address: str) -> None:
    """The first line is the address; the people of a scratch world need no invitation."""
    if app.role == WORKER:
        print("An Nhi: a worker, without pages.", flush=True)
        return
    if world is not None and world.scratch:
        print(f"An Nhi: {address}/demo", flush=True)
        return
    print(f"An Nhi: {address}/", flush=True)
    await _first_administrator(app, address)


def _on_signal(stopping: Callable[[], None]) -> None:
    """The first signal stops cleanly; a second ends the process at once: the ledgers allow it."""
    loop, names = asyncio.get_running_loop(), (signal.SIGTERM, signal.SIGINT)

    def asked() -> None:
        for name in names:
            loop.remove_signal_handler(name)
            signal.signal(name, signal.SIG_DFL)
        stopping()

    for name in names:
        loop.add_signal_handler(name, asked)


async def start_messengers(app: App) -> None:
    """Each polls or asks to be knocked at; one that is down now keeps trying, and stops nobody else."""
    async with app.kit.store.transaction("polls") as work:
        await work.marks.forget(POLL)  # one that is not set up any more is missed by nobody
    for channel in app.kit.channels.values():
        if isinstance(channel, Telegram):
            await _start(app, channel, app.config.telegram_mode, "/telegram/webhook")
        elif isinstance(channel, ZaloBot):
            await _start(app, channel, app.config.zalo_bot_mode, "/zalo/bot/webhook")


async def _start(app: App, channel: Telegram | ZaloBot, mode: str, path: str) -> None:
    """Whoever works polls, one at a time; whoever has pages is knocked at."""
    if mode == "polling":
        if app.role != WEB:
            poller = Poller(channel, app.inbox, app.kit.clock, app.loops, app.vitals)
            ours = app.company.polls(channel.name, channel.account)
            work = poll_alone(poller, ours, app.loops)
            app.loops.start(f"poll {channel.name}", work, cut=True)
        return
    if app.role == WORKER:
        return
    url = f"{app.config.public_url.rstrip('/')}{path}"
    name = f"webhook {channel.name}"
    work = app.loops.until_done(name, partial(channel.use_webhook, url))
    app.loops.start(name, work, cut=True)


async def _first_administrator(app: App, address: str) -> None:
    """A one-time invitation while nobody administers: to a terminal or a private file, never a log."""
    async with app.kit.store.reading("people") as work:
        people = await work.people.everybody()
    if any(person.role is Role.ADMIN and person.active for person in people):
        return
    made = await make_invitation(app.kit.store, Invite(Role.ADMIN, "", (), ""))
    text = f"First administrator: {address}/join/{made.code} (or write #{made.code}), 48 hours."
    if sys.stdout.isatty():
        print(text, flush=True)
        return
    name = "demo-admin.txt" if app.config.demo else "first-admin.txt"
    path = app.config.key_file.parent / name
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    print(f"First administrator: see {path}", flush=True)


RUN = Command("run", "start everything", _run, _arguments)
