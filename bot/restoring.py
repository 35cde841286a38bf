"""A backup becomes the database again: every row, then what came in after it, lived through once more.

Nothing is sent here, and nobody can sign in: the new database takes its place only when all is done.
What came in after the backup is worked on in its own time, by a clock that stands where it stood then,
with the clocks of the cases running between: ids, codes and buttons come out as they were.
"""

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App, Edges, clock_of, open_app
from bot.chance import SystemChance
from bot.channels.webchat import WebChat
from bot.clock import HandClock
from bot.config import Config
from bot.loops import drain_rows
from cases.clock import Clock
from cases.times.calendar import next_morning
from storage import backup, copying, migrate
from storage.backup import Head
from storage.erasure import erase_again
from storage.keys import KeyRing, Unreadable
from storage.locks import sync_folder
from storage.records.restores import Restored, begin
from storage.register import NAME, Register

EARLIER = timedelta(days=1)  # of the journal: a message is kept there under the day it came
SECOND = timedelta(seconds=1)
SYSTEM = Edges()  # its own time, chance and messengers


class NotRestored(Exception):
    """A backup cannot become the database here; the text says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """Which backup, with which journal."""

    file: Path
    journal: Path


def place_of(config: Config) -> str:
    """Where it is put together: beside the place of SQLite, until all is done. Raises NotRestored."""
    if config.database_file is None:
        if migrate.current(config.database_url):
            raise NotRestored(
                "There is a database at ANNHI_DATABASE_URL already: a backup is restored into an empty one."
            )
        return config.database_url
    if config.database_file.exists():
        raise NotRestored(
            f"There is a database at {config.database_file} already: move it away first."
        )
    return f"sqlite+aiosqlite:///{_beside(config.database_file)}"


def _beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.restoring")


async def restore(config: Config, source: Source, edges: Edges = SYSTEM) -> Restored:
    """Into an empty place. Raises NotRestored, KeysUnusable, BadBackup, NoKey, OSError.

    Killed at any moment, the place is still empty, and the same command begins anew.
    """
    url, keys = place_of(config), KeyRing.load(config.key_file, edges.chance or SystemChance())
    now = (edges.clock or clock_of(config)).now()
    head = await asyncio.to_thread(backup.check, source.file, keys)
    if not migrate.knows(head.revision):
        raise NotRestored(
            f"This backup was made by a newer program (its schema is {head.revision}): install that one."
        )
    _remove(url)
    await asyncio.to_thread(_fill, url, head, source.file, keys)
    here = config.model_copy(update={"database_url": url})
    then = replace(edges, clock=HandClock(head.backup_at))
    done = await go_on(here, source, head, then, now)
    await asyncio.to_thread(copying.close_up, url)
    if config.database_file is not None:
        _settle(_beside(config.database_file), config.database_file)
    return done


def _fill(url: str, head: Head, file: Path, keys: KeyRing) -> None:
    """A schema as old as the copy, its rows, then the newest schema. Raises BadBackup."""
    migrate.upgrade(url, to=head.revision)
    with copying.empty_place(url) as connection:
        backup.load(file, keys, connection)
        found = copying.counts(connection)
        wrong = copying.damage(connection) or ("" if found == head.counts else "rows are missing")
        if wrong:
            raise backup.BadBackup(wrong)
        begin(connection, file.name, head.backup_at)
    migrate.upgrade(url)


async def go_on(
    config: Config, source: Source, head: Head, edges: Edges, now: datetime
) -> Restored:
    """Everything between the backup and now, as TRUST.md section 10 says it."""
    app = await open_app(config, edges, replay=False)
    try:
        _with_pages(app)
        store = app.kit.store
        store.unsure_until = now
        async with store.transaction("restore") as work:
            await work.outbox.all_unsure()
            await work.restores.void_ways_in()
        rows = await app.journal.rows_since(head.backup_at - EARLIER, source.journal)
        await _bytes_of_pages(app, source, head.backup_at)
        async with store.transaction("replay") as work:
            new = await work.inbox.accept(rows, replayed=True)
        count = sum(one is not None for one in new)
        await live_through(app, edges.clock, now)
        # Last: what came in about a case before it was erased finds the case as it was then.
        await erase_again(store, _register(config, source))
        done = Restored(source.file.name, head.backup_at, now, count)
        async with store.transaction("restore") as work:
            await work.restores.void_ways_in()
            await work.restores.void_invites()
            await work.restores.note(done)
            await work.audit.write("operator", "restored", "", {"backup_at": f"{head.backup_at}"})
    finally:
        await app.close()
    return done


async def _bytes_of_pages(app: App, source: Source, backup_at: datetime) -> None:
    """Before the messages that name them. Of a file that was erased there is no key: it stays away."""
    async for file_id, piece in app.journal.pieces_since(backup_at - EARLIER, source.journal):
        with suppress(Unreadable):
            async with app.kit.store.transaction("piece") as work:
                await work.file_parts.put_ahead(file_id, piece)


def _with_pages(app: App) -> None:
    """What was offered because there are pages, a link of a slip for one, is offered again."""
    for channel in app.kit.channels.values():
        if isinstance(channel, WebChat):
            channel.link = f"http://{app.config.http_host}:{app.config.http_port}"


def _register(config: Config, source: Source) -> Register:
    """What was erased, of every copy of the register: the journal's, and that beside the backup."""
    register = Register(config.journal_dir)
    for folder in (source.journal, source.file.parent):
        other = folder / NAME
        if other.exists() and other.resolve() != register.path.resolve():
            register.merge(other.read_bytes())
    return register


async def live_through(app: App, clock: Clock | None, until: datetime) -> None:
    """What came in and what fell due, in its own order and time; nothing leaves."""
    assert isinstance(clock, HandClock)
    while True:
        await drain_rows(app.turns)
        await app.settings.fresh()
        await app.geography.fresh()
        await app.mornings.arm()
        await drain_rows(app.ticks)
        ahead = [at for at in await _moments(app) if at <= until]
        if not ahead:
            break
        clock.advance(max(min(ahead) - clock.now(), SECOND))
    if until > clock.now():
        clock.advance(until - clock.now())


async def _moments(app: App) -> list[datetime]:
    async with app.kit.store.reading("moments") as work:
        found = [await work.inbox.next_at(), await work.timers.next_at()]
    return [*filter(None, found), next_morning(app.kit.clock.now())]


def _remove(url: str) -> None:
    """What a restore that was killed left behind."""
    if url.startswith("sqlite"):
        path = Path(url.split(":///", 1)[1])
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _settle(new: Path, place: Path) -> None:
    """It takes its place whole: closed, on the disk, under its name."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    for suffix in ("-wal", "-shm"):  # of an older database that was moved away without them
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    new.with_suffix(".migrating").unlink(missing_ok=True)
    new.rename(place)
    sync_folder(place.parent)
