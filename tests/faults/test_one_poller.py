"""F13: of two programs on one database one polls, the other waits, and takes over when the first ends."""

import asyncio
import signal

import pytest

from tests.faults.place import MINH, close_place, open_place
from tests.support.peer import Peer


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


@pytest.fixture
async def other():
    """The same Telegram for a second program, so that it is seen which of them asks."""
    peer = Peer()
    await peer.start()
    yield peer
    await peer.stop()


def asked(peer):
    return any(method == "getUpdates" for method, _ in peer.accepted)


async def second(place, other):
    """A second program, once it stands by."""
    first, place.peer = place.peer, other
    process = await place.start()
    place.peer = first
    await place.eventually(lambda: "standing by" in (place.folder / "log.txt").read_text())
    return process


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
async def test_f13_the_stand_by_waits_and_takes_over_when_the_first_ends(place, other, how):
    first = await place.start()
    await place.until(lambda: asked(place.peer))
    await second(place, other)
    place.says("xin chào")
    await place.until(lambda: place.peer.confirmed)
    assert not asked(other)
    first.send_signal(how)
    await first.wait()
    async with asyncio.timeout(10):
        while not asked(other):
            other.heard.clear()
            await other.heard.wait()
    other.push(place.update("sos"))
    await place.eventually(
        lambda: place.sql("SELECT count(*) FROM inbox WHERE channel = 'telegram'") == [(2,)]
    )


async def test_f13_a_stand_by_that_is_stopped_ends_at_once_and_cleanly(place, other):
    await place.start()
    await place.until(lambda: asked(place.peer))
    waiting = await second(place, other)
    waiting.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        assert await waiting.wait() == 0
    assert not asked(other)
    place.says("xin chào")
    await place.until(lambda: place.told(MINH))
