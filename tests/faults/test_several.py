"""Several programs on one PostgreSQL: each of them may go at any moment (F13 F18 F20, TRUST.md 7-9)."""

import asyncio
import signal

import pytest
from aiohttp import ClientSession

from tests.faults.many import Crowd
from tests.faults.place import REPEAT
from tests.support.peer import Peer

PATIENCE = 30
TAKEOVER = 10  # seconds: TRUST.md section 19, F13


@pytest.fixture
async def other():
    """The same Telegram for a second program, so that it is seen which of them asks."""
    peer = Peer()
    await peer.start()
    yield peer
    await peer.stop()


def asked(peer):
    return any(method == "getUpdates" for method, _ in peer.accepted)


async def asks(peer, within=PATIENCE):
    async with asyncio.timeout(within):
        while not asked(peer):
            peer.heard.clear()
            await peer.heard.wait()


async def standing_by(many, other):
    """A leader, and a second worker that has seen that it is not the one."""
    leader = await many.role("worker")
    await asks(many.peer)
    first, many.peer = many.peer, other
    await many.role("worker")
    many.peer = first
    await many.eventually(lambda: "standing by" in many.log())
    return leader


async def test_f13_of_two_workers_one_polls_and_when_it_is_killed_the_other_does(many, other):
    leader = await standing_by(many, other)
    many.says("sos", "xã Đại Hiệp")
    await many.until(lambda: many.peer.confirmed)
    assert not asked(other)
    await many.kill(leader)
    await asks(other, TAKEOVER)
    other.push(many.update("xin chào"))
    heard = "SELECT count(*) FROM inbox WHERE channel = 'telegram' AND state = 'done'"
    await many.until_sql(heard, 3)
    await many.whole()


async def test_a_page_hears_what_a_worker_writes(many):
    await many.role("web")
    pages = many.url
    await many.listening()
    await many.role("worker")
    await many.working(1)
    message = {"id": "m1", "kind": "text", "text": "xin chào"}
    async with ClientSession() as client, asyncio.timeout(15):
        async with client.post(f"{pages}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        events = f"{pages}/api/chat/events"
        async with client.get(events, headers=header) as stream:
            url = f"{pages}/api/chat/messages"
            async with client.post(url, json=message, headers=header) as answer:
                assert answer.status == 202
            line = await stream.content.readline()  # its first comment comes after 20 seconds
    assert line == b"event: message\n"


async def test_f08_a_worker_that_is_stopped_ends_its_calls_and_the_other_goes_on(many):
    crowd = Crowd(many)
    first = await many.role("worker")
    await many.role("worker")
    await many.working(2)
    many.peer.hold = True
    crowd.reports(4)
    await many.until(lambda: any(many.told(who) for who in crowd.people))
    first.send_signal(signal.SIGTERM)
    many.peer.hold = False
    many.peer.release.set()
    async with asyncio.timeout(PATIENCE):
        assert await first.wait() == 0
    await crowd.until_heard()
    await many.settled()
    crowd.judged()
    assert not [text for text in many.said() if text.startswith(REPEAT)]
    assert "Traceback" not in many.log()
