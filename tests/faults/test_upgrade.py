"""A new version takes over under load: people wait a moment, nobody is refused, nothing is lost (F8)."""

import asyncio
import json
import socket
import sys
from collections import Counter

import pytest
from aiohttp import ClientError, ClientSession

from tests.faults.place import MINH, PATIENCE, REPEAT, close_place, open_place

PEOPLE, EACH = 10, 10
HELD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
"""


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


@pytest.fixture
def door():
    """The socket that the machine keeps open, whichever program stands behind it."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as one:
        yield one


async def _behind(place, door):
    """A program that serves its pages at the door."""
    fd = door.fileno()
    with (place.folder / "log.txt").open("a") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", HELD, str(fd), pass_fds=(fd,), cwd=place.folder,
            env=place.env(), stdout=log, stderr=log,
        )  # fmt: skip
    place.started.append(process)
    place.url = f"http://127.0.0.1:{door.getsockname()[1]}"
    return process


async def _told(client, url, body, header, seen):
    """As the page does it: what was cut off is sent again under its id. A refusal is not cut off."""
    while True:
        try:
            async with client.post(url, json=body, headers=header) as answer:
                seen[answer.status] += 1
                return json.loads(await answer.read())
        except ConnectionRefusedError:
            seen["refused"] += 1
            raise
        except ClientError:
            seen["cut"] += 1


async def _somebody(place, who, seen, told):
    """Who opens the page and writes, line after line, each as soon as the last was taken."""
    close = {"Connection": "close"}
    async with ClientSession(headers=close) as client:
        session = await _told(client, f"{place.url}/api/chat/sessions", {}, {}, seen)
        header = {"Authorization": f"Bearer {session['token']}"}
        for n in range(EACH):
            body = {"id": f"m{who}-{n}", "kind": "text", "text": f"lời {n} của {who}"}
            await _told(client, f"{place.url}/api/chat/messages", body, header, seen)
            told.append((who, n))


async def test_f08_two_hundred_messages_meet_the_old_version_or_the_new_one(place, door):
    old = await _behind(place, door)
    await place.listening()
    seen, told = Counter(), []
    place.says(*[f"tin {n}" for n in range(PEOPLE * EACH)])
    async with asyncio.timeout(PATIENCE * 2), asyncio.TaskGroup() as crowd:
        for who in range(PEOPLE):
            crowd.create_task(_somebody(place, who, seen, told))
        await place.eventually(lambda: len(told) > PEOPLE)
        old.terminate()
        assert await old.wait() == 0
        await _behind(place, door)
    assert seen["refused"] == 0
    assert seen[202] == PEOPLE * EACH
    web = "SELECT count(*) FROM inbox WHERE state = 'done' AND channel = 'web'"
    telegram = "SELECT count(*) FROM inbox WHERE state = 'done' AND channel = 'telegram'"
    await place.eventually(lambda: place.sql(telegram) == [(PEOPLE * EACH,)])
    await place.eventually(lambda: place.sql(web)[0][0] >= PEOPLE * EACH)
    await place.eventually(lambda: not place.sql("SELECT 1 FROM outbox WHERE state != 'sent'"))
    assert (
        place.sql("SELECT dedupe FROM inbox GROUP BY channel, account, dedupe HAVING count(*) > 1")
        == []
    )
    assert not [text for text in place.told(MINH) if text.startswith(REPEAT)]
