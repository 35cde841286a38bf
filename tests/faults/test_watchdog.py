"""systemd hears of finished cycles only: a sender that stands still is started again."""

import asyncio
import signal
import socket
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from bot.clock import HandClock
from bot.loops import drain_rows
from bot.systemd import Watchdog
from bot.vitals import Vitals
from tests.faults.place import PATIENCE, close_place, open_place
from tests.support import database
from tests.support.outside import Outside
from tests.support.people import danger, everybody


@contextmanager
def systemd(path):
    """Its end of the line; everything it has heard."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(path))
        line.setblocking(False)
        yield lambda: [*iter(lambda: _heard(line), b"")]


def _heard(line):
    try:
        return line.recv(100)
    except BlockingIOError:
        return b""


async def test_only_a_finished_cycle_of_the_sender_feeds_it(world, tmp_path):
    await everybody(world)
    with systemd(tmp_path / "s") as heard:
        vitals = Vitals(
            world.clock, world.app.kit.store, Watchdog(str(tmp_path / "s"), world.clock)
        )
        world.app.sender._cycle = vitals.cycle
        await drain_rows(world.app.turns)
        await drain_rows(world.app.ticks)
        assert heard() == []
        await world.app.sender.drain()
        assert heard() == [b"WATCHDOG=1"]
        await danger(world)  # within five seconds once is enough
        assert len(heard()) < 5
        async with world.app.kit.store.transaction("test") as work:
            await work._tx.connection.execute(text("UPDATE outbox SET state = 'waiting'"))
            await work._tx.connection.execute(text("DROP TABLE gates"))  # the claim fails
        world.clock.advance(60)
        with pytest.raises(Exception, match="gates"):
            await world.app.sender.drain()
        assert heard() == []


def test_it_hears_when_the_program_is_up_and_when_it_stops(tmp_path):
    with systemd(tmp_path / "s") as heard:
        watchdog = Watchdog(str(tmp_path / "s"), HandClock())
        watchdog.ready()
        watchdog.stopping()
        assert heard() == [b"READY=1", b"STOPPING=1"]


def test_where_nobody_listens_nothing_fails(tmp_path, caplog):
    for address in ("", str(tmp_path / "none")):
        Watchdog(address, HandClock()).ready()
    assert [one.message for one in caplog.records] == ["systemd does not listen"]


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


async def _watch(place, **more):
    """`bot run --role auditor`, beside whatever runs there."""
    with (place.folder / "log.txt").open("a") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--role", "auditor", cwd=place.folder,
            env={**place.env(), **more}, stdout=log, stderr=log,
        )  # fmt: skip
    place.started.append(process)
    return process


async def test_an_auditor_of_its_own_notices_that_nobody_works(place, tmp_path):
    """On one SQLite file, without the keys: it reads, writes down its pass, and calls outside."""
    await place.roster()
    place.config.key_file.rename(tmp_path / "elsewhere.json")
    outside = await Outside().start()
    with systemd(tmp_path / "s") as heard:
        more = {"NOTIFY_SOCKET": str(tmp_path / "s"), "ANNHI_HEARTBEAT_URL": outside.url}
        auditor = await _watch(place, **more)
        await place.eventually(lambda: outside.calls)
        await place.eventually(lambda: place.sql("SELECT 1 FROM marks WHERE name = 'heartbeat'"))
        auditor.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await auditor.wait() == 0
        assert heard()[:2] == [b"READY=1", b"WATCHDOG=1"]
        with database.owner(place.at) as owner:
            owner.execute("INSERT INTO marks VALUES ('worker', '2026-01-01T00:00:00.000000Z', '')")
        auditor = await _watch(place, **more)
        await place.eventually(lambda: place.sql("SELECT 1 FROM violations WHERE rule = 'worker'"))
        auditor.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await auditor.wait() == 0
    assert len(outside.calls) == 1
    await outside.runner.cleanup()
    assert not place.config.key_file.exists()
