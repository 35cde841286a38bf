"""A bug behind a page: the same headers and a kind sentence, and nobody's address in a log."""

import asyncio
import io
import json
import logging
from contextlib import redirect_stderr

import pytest
from aiohttp import ClientPayloadError

from bot.logs import redact, set_up
from tests.support import database
from tests.support.site import Site
from web.security import HEADERS


@pytest.fixture
def written():
    """What the program's own logging writes."""
    root, server = logging.getLogger(), logging.getLogger("aiohttp.server")
    before = root.handlers[:], root.level, server.level
    out = io.StringIO()
    with redirect_stderr(out):
        set_up()
    yield out
    root.handlers[:], root.level, server.level = before


@pytest.fixture
async def site(tmp_path, written):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


def broken(tmp_path):
    """A table is gone: nobody wrote code for that."""
    with database.owner(tmp_path / "annhi.db") as owner:
        owner.execute("ALTER TABLE webchat_sessions RENAME TO gone")
    owner.close()


async def test_a_bug_is_answered_with_every_header_and_a_sentence(site, tmp_path):
    header = await site.session()
    broken(tmp_path)
    async with site.client.get(f"{site.url}/api/chat/messages", headers=header) as answer:
        assert answer.status == 503
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        error = (await answer.json())["error"]
    assert error["code"] == "busy"
    assert "111" in error["message"]


async def test_a_bug_is_logged_by_the_name_of_its_route_and_names_nobody(site, tmp_path, written):
    header = await site.session()
    broken(tmp_path)
    async with site.client.get(f"{site.url}/api/chat/messages?after=7", headers=header) as answer:
        assert answer.status == 503
    (line,) = [json.loads(line) for line in written.getvalue().splitlines()]
    assert line["route"] == "/api/chat/messages"
    assert line["bug"] in ("OperationalError", "ProgrammingError")
    assert "127.0.0.1" not in written.getvalue()
    assert header["Authorization"].split()[1] not in written.getvalue()


async def test_a_stream_that_breaks_is_broken_off_and_gets_no_second_answer(site, tmp_path):
    header = await site.session()
    url = f"{site.url}/api/chat/events"
    async with site.client.get(url, headers=header) as stream:
        assert stream.status == 200
        with database.owner(tmp_path / "annhi.db") as owner:
            owner.execute("ALTER TABLE webchat_messages RENAME TO gone")
        owner.close()
        for bell in [one for bells in site.parts.doorbells._bells.values() for one in bells]:
            bell.set()
        with pytest.raises(ClientPayloadError):
            raise AssertionError(await stream.content.read())


async def test_a_stranger_who_speaks_no_http_leaves_no_address_in_the_log(site, written):
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rsplit(":", 1)[1]))
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nbad\x01 header\r\n\r\n")
    assert b" 400 " in await reader.readline()
    writer.close()
    assert written.getvalue() == ""


async def test_a_bug_in_readiness_is_an_answer_too(site, tmp_path):
    with database.owner(tmp_path / "annhi.db") as owner:
        owner.execute("DROP TABLE pulse")
    owner.close()
    async with site.client.get(f"{site.admin}/readyz") as answer:
        assert answer.status == 503
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    ["203.0.113.9", "2001:db8:0:0:0:0:0:1", "2001:db8::1", "::1", "::ffff:203.0.113.9", "fe80::"],
)
def test_an_address_in_any_message_is_hidden(address):
    assert redact(f"from {address}, again") == "from [redacted], again"
    assert redact(f"from [{address}]") == "from [[redacted]]"


@pytest.mark.parametrize("text", ["20:15:00 on 2026-11-23", "version 3.14.5", "a:b", "16:9"])
def test_a_time_or_a_version_is_no_address(text):
    assert redact(text) == text
