"""Very many knock who are nobody: answered, nothing stored, real messages get through (F42, F50)."""

import asyncio
import json
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession

from tests.support.site import SECRET, Site

JUNK, AT_ONCE = 900, 20
HEADER = "X-Telegram-Bot-Api-Secret-Token"
URL = "/telegram/webhook"
MIB = 1024 * 1024


def update(n, text):
    person = {"id": 900 + n, "is_bot": False, "first_name": "x", "language_code": "vi"}
    chat = {"id": 900 + n, "type": "private"}
    said = {"message_id": n, "from": person, "chat": chat, "date": 1795437957, "text": text}
    return json.dumps({"update_id": 10_000 + n, "message": said}).encode()


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def knocks(site, client, body, **header):
    async with client.post(f"{site.url}{URL}", data=body, headers=header) as answer:
        return answer.status


async def stored(site):
    async with site.store.reading("test") as work:
        return [json.loads(one.raw) for one in await work.inbox.oldest(100)]


async def test_f50_a_flood_of_junk_stores_nothing_and_real_messages_get_through_meanwhile(site):
    kinds = (
        ({HEADER: "wrong"}, 401), ({}, 401), ({HEADER: SECRET[:-1]}, 401),
        ({HEADER: f"{SECRET}\u00e9"}, 401), ({HEADER: SECRET}, 400),
    )  # fmt: skip
    real = [update(n, "sos") for n in range(5)]
    answers, gate = [], asyncio.Semaphore(AT_ONCE)
    async with ClientSession() as client:

        async def one(n):
            header, status = kinds[n % len(kinds)]
            async with gate:
                got = await knocks(site, client, b'{"update_id": 1', **header)
            answers.append(got == status)

        async def true(n):
            async with gate:
                assert await knocks(site, client, real[n], **{HEADER: SECRET}) == 200

        async with asyncio.TaskGroup() as group:
            for n in range(JUNK):
                group.create_task(one(n))
                if n % (JUNK // 5) == 100:
                    group.create_task(true(n // (JUNK // 5)))
    assert answers == [True] * JUNK
    assert sorted(one["update_id"] for one in await stored(site)) == list(range(10_000, 10_005))
    async with site.store.reading("test") as work:
        assert await work.audit.count() == 0  # not even a line of the log each


async def test_f50_a_right_message_that_is_sent_a_hundred_times_is_one_turn(site):
    body = update(1, "sos")
    async with ClientSession() as client:
        found = [await knocks(site, client, body, **{HEADER: SECRET}) for _ in range(100)]
    assert found == [200] * 100
    assert len(await stored(site)) == 1
    await site.stage.settle()
    async with ClientSession() as client:  # and later it is still known
        assert await knocks(site, client, body, **{HEADER: SECRET}) == 200
    assert await stored(site) == []


async def test_f42_whoever_has_no_secret_is_refused_before_their_body_is_read(site):
    """The answer comes though not one byte of the mebibyte it claims was sent."""
    place = urlsplit(site.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    writer.write(
        f"POST {URL} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        f"{HEADER}: wrong\r\nContent-Length: {MIB}\r\n\r\n".encode()
    )
    async with asyncio.timeout(60):  # it would wait for the body for ever
        assert b" 401 " in await reader.readline()
    writer.close()


@pytest.mark.parametrize(("size", "status"), [(70 * 1024, 413), (30 * 1024, 400)])
async def test_f42_a_message_of_the_page_is_no_larger_than_a_message(site, size, status):
    header = await site.session()
    body = b'{"text": "' + b"x" * size
    url = f"{site.url}/api/chat/messages"
    asks = {**header, "Content-Type": "application/json"}
    async with site.client.post(url, data=body, headers=asks) as answer:
        assert answer.status == status


async def test_f42_the_longest_text_in_the_widest_letters_still_fits(site):
    header = await site.session()
    text = "\U0001f468" * 4000  # twelve bytes each, as JSON writes them
    assert (await site.post(header, id="1", kind="text", text=text))[0] == 202
