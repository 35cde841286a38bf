"""A disk that refuses or lies: nothing is confirmed that is not kept, and what was sent is not lost (F17)."""

import asyncio
import resource

import pytest
from aiohttp import ClientSession

from tests.faults.own_disk import NoDisk, OwnDisk
from tests.faults.place import MINH, PATIENCE, close_place, open_place

ROOM = 32768  # more than its log and its journal, less than its database


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


@pytest.fixture
async def disk(place):
    """What the place keeps on files stands on it."""
    try:
        made = OwnDisk(place.database.parent)
    except NoDisk as why:
        pytest.skip(str(why))
    place.within = made.within
    yield made
    await place.end()
    made.close()


async def _post(client, place, header, name="m1"):
    message = {"id": name, "kind": "text", "text": "xin chào"}
    url = f"{place.url}/api/chat/messages"
    async with client.post(url, json=message, headers=header) as answer:
        return answer.status, await answer.json()


async def test_f17_a_failed_fsync_ends_the_program_and_the_repeat_finds_the_message_kept(place):
    process = await place.run("tests.faults.bad_disk")
    await place.listening()
    async with ClientSession() as client:
        async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        (place.folder / "bad").touch()
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


@pytest.mark.sqlite("its file cannot grow")
async def test_f17_a_file_that_cannot_be_written_confirms_nothing_and_nothing_is_lost(place):
    process = await place.start()
    await place.listening()
    async with ClientSession() as client:
        async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        place.says("xin chào")
        await place.until(lambda: place.told(MINH))
        confirmed = place.peer.confirmed
        _no_more(process, ROOM)
        assert (await _post(client, place, header))[0] == 503
        place.says("thêm lời")
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 1
    log = (place.folder / "log.txt").read_text()
    assert log.count("the database could not be written, stopping") == 1
    assert "Traceback" not in log
    assert place.peer.confirmed == confirmed
    await place.start()
    await place.listening()
    async with ClientSession() as client:
        status, _ = await _post(client, place, header)
    assert status == 202
    heard = "SELECT count(*) FROM inbox WHERE state = 'done' AND channel != 'desk'"
    await place.eventually(lambda: place.sql(heard) == [(3,)])
    await place.end()


async def test_f17_a_disk_that_becomes_read_only_confirms_nothing_and_then_everything_arrives(
    place, disk
):
    process = await place.start()
    await place.listening()
    async with ClientSession() as client:
        async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        assert (await _post(client, place, header))[0] == 202
        place.says("xin chào")
        await place.until(lambda: place.told(MINH))
        confirmed, told = place.peer.confirmed, len(place.told(MINH))
        disk.fails()
        status, answer = await _post(client, place, header, "m2")
        assert status == 503
        assert "111" in str(answer)
        place.says("sos", "xã Đại Hiệp")
        async with asyncio.timeout(PATIENCE):
            assert await process.wait() == 1
    assert place.peer.confirmed == confirmed
    assert len(place.told(MINH)) == told
    assert place.alerts() == place.receipts() == []
    again = await place.start()
    async with asyncio.timeout(place.patience):
        assert await again.wait() != 0
    assert "Traceback" not in (place.folder / "log.txt").read_text()
    disk.repaired()
    await place.start()
    await place.listening()
    async with ClientSession() as client:
        assert (await _post(client, place, header, "m2"))[0] == 202
    await place.until(lambda: place.alerts() and place.receipts())
    await place.end()
    disk.back()
    await place.whole()
    assert (len(place.alerts()), len(place.receipts())) == (1, 1)
    kept = await place.journaled()
    assert sum(key.endswith((":m1", ":m2")) for key in kept) == 2
    assert {str(place.n - 1), str(place.n)} <= set(kept)


def _no_more(process, room):
    """From now on no file of this program grows beyond that."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
