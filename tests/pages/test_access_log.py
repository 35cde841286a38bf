"""The access log: off unless asked for; then the names of routes, and nothing of who asked for what."""

import asyncio
import json
import logging

import pytest
from aiohttp import ClientSession

from bot.logs import JsonLines
from tests.support.site import Site
from web.app import build, serve

CODE = "ABCDEFGHJKMNPQRS"


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def asked(site, caplog, *, on):
    """What stands in the log after requests with secrets in every part of them."""
    site.parts = parts = type(site.parts)(**{**fields(site.parts), "access_log": on})
    door, port = await serve(build(parts), "127.0.0.1", 0)
    caplog.set_level(logging.INFO)
    url = f"http://127.0.0.1:{port}"
    async with ClientSession() as client:
        for path in (
            f"/join/{CODE}",
            f"/dashboard/case/{CODE}",
            f"/no/{CODE}?text={CODE}",
            f"/?a={CODE}",
        ):
            async with client.get(f"{url}{path}", headers={"Referer": CODE, "User-Agent": CODE}):
                pass
        async with client.post(f"{url}/slip", data={"token": CODE}):
            pass
        async with client.request(CODE, f"{url}/"):
            pass
    await garbage(port)
    await door.cleanup()
    return [JsonLines().format(one) for one in caplog.records if one.name == "web.access_log"]


def fields(parts):
    return {name: getattr(parts, name) for name in parts.__slots__}


async def garbage(port):
    """What is no request at all."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{CODE} \x00 {CODE}\r\n\r\n".encode())
    await reader.read()
    writer.close()


async def test_routes_are_named_and_nothing_of_an_address(site, caplog):
    lines = await asked(site, caplog, on=True)
    found = [json.loads(one) for one in lines]
    assert [(one["kind"], one["route"], one["status"]) for one in found[:6]] == [
        ("GET", "/join/{code}", 200), ("GET", "/dashboard/case/{code}", 401), ("GET", "-", 404),
        ("GET", "/", 200), ("POST", "/slip", 404), ("other", "-", 400),
    ]  # fmt: skip
    assert all(
        set(one) == {"at", "level", "from", "event", "kind", "route", "status", "took_ms"}
        for one in found
    )
    assert not any(word in line for line in lines for word in (CODE, "127.0.0.1", "?"))


async def test_by_itself_nothing_is_logged(site, caplog):
    assert await asked(site, caplog, on=False) == []
