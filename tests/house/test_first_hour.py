"""The first hour with the real program: three people come, and one of them must hear a test alert."""

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
async def bot(tmp_path):
    """Starts a command in an empty folder; whatever still runs at the end is told to stop."""
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "ANNHI_HTTP_PORT": str(_free_port()),
        "ANNHI_ADMIN_PORT": str(_free_port()),
    }  # fmt: skip
    started = []

    async def start(*words):
        with (tmp_path / "log.txt").open("ab") as log:
            made = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *words, cwd=tmp_path, env=env, stderr=log,
                stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
        started.append(made)
        return made

    yield start
    for one in started:
        if one.returncode is None:
            one.send_signal(signal.SIGTERM)
        await one.wait()


async def _line(process):
    return json.loads(await process.stdout.readline())


async def _join(http, link):
    """Open an invitation in the web chat; the header that speaks for this page."""
    address, code = link.split("/join/")
    async with http.post(f"{address}/api/chat/sessions", json={"start": code}) as answer:
        token = (await answer.json())["token"]
    return address, {"Authorization": f"Bearer {token}"}


async def _offered(http, address, header, option):
    """The newest message with this option, as soon as it has come."""
    async with http.get(f"{address}/api/chat/events", headers=header) as stream:
        async for line in stream.content:
            if line.startswith(b"data: "):
                message = json.loads(line.removeprefix(b"data: "))
                if option in [one["option"] for one in message.get("choices", ())]:
                    return message
    raise AssertionError(f"{option} was never offered")


async def test_it_ends_only_when_the_officer_has_heard_a_real_test_alert(bot):
    run = await bot("run")
    assert b"An Nhi" in await run.stdout.readline()
    init = await bot("init", "--json", "--commune", "20500", "--officer", "Lan")
    links = {}
    for _ in range(3):
        made = await _line(init)
        links[made["role"]] = made["web"]
    assert await _line(init) == {"event": "wait"}
    assert (await _line(init))["roles"] == "deputy, leader, officer"
    # A jar of its own for nobody: each page speaks with its own token.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        address, officer = await _join(http, links["officer"])
        await _join(http, links["deputy"])
        await _join(http, links["leader"])
        said = [await _line(init)]
        while said[-1]["event"] == "missing":
            said.append(await _line(init))
        assert said[-1] == {"event": "reachable"}
        assert await _line(init) == {"event": "rung"}
        bell = await _offered(http, address, officer, "heard")
        assert "THỬ CHUÔNG" in bell["text"]
        press = {"id": "1", "kind": "choice", "prompt": bell["prompt"], "option": "heard"}
        async with http.post(f"{address}/api/chat/messages", json=press, headers=officer) as answer:
            assert answer.status == 202
        assert await _line(init) == {"event": "heard"}
    assert await init.wait() == 0
    again = await bot("init", "--json", "--no-wait", "--commune", "20500")
    assert [(await _line(again))["event"] for _ in range(3)] == ["here"] * 3
    assert await again.wait() == 0


async def test_it_says_so_when_no_program_carries_the_alert(bot):
    run = await bot("run")
    await run.stdout.readline()
    init = await bot("init", "--json", "--commune", "20500", "--no-wait")
    made = [await _line(init) for _ in range(3)]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        for one in made:
            address, header = await _join(http, one["web"])
            async with http.get(f"{address}/api/chat/events", headers=header) as stream:
                await stream.content.readline()  # the welcome: they are here now
    run.send_signal(signal.SIGTERM)
    assert await run.wait() == 0
    init = await bot("init", "--json", "--commune", "20500")
    events = [(await _line(init))["event"] for _ in range(7)]
    assert events == ["here", "here", "here", "wait", "reachable", "rung", "not_sent"]
