"""A journal that cannot be fsynced ends the program: nothing is confirmed on a disk that lies."""

import asyncio

import pytest
from aiohttp import ClientSession

from tests.faults.place import PATIENCE, close_place, open_place


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


async def _post(client, place, header):
    message = {"id": "m1", "kind": "text", "text": "xin chào"}
    url = f"{place.url}/api/chat/messages"
    async with client.post(url, json=message, headers=header) as answer:
        return answer.status, await answer.json()


async def test_f17_a_failed_fsync_ends_the_program_and_the_repeat_finds_the_message_kept(place):
    process = await place.run("tests.faults.bad_disk")
    await place.listening()
    async with ClientSession() as client:
        async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        assert (await _post(client, place, header))[0] == 503
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == 1
    log = (place.folder / "log.txt").read_text()
    assert log.count("journal fsync failed, stopping") == 1
    assert "Traceback" not in log
    await place.start()
    await place.listening()
    async with ClientSession() as client:
        status, answer = await _post(client, place, header)
    assert (status, answer["duplicate"]) == (202, True)
    await place.eventually(lambda: place.sql("SELECT 1 FROM webchat_messages"))
    await place.end()
    assert any(key.endswith(":m1") for key in await place.journaled())
