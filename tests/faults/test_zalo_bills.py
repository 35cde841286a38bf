"""F24, what the OA bills: kill -9 at any moment of a send counts nothing twice and forgets nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.app import open_store
from storage.tables import contacts
from tests.support.fake_zalo_oa import ANSWERS, FakeZaloOA

from .test_zalo_token import WHO, OaPlace


@pytest.fixture
async def place(tmp_path):
    """Whoever is written to has been silent for three days."""
    peer = FakeZaloOA(windows=True)
    await peer.start()
    made = OaPlace(tmp_path, peer)
    await made.roster()
    store, _ = await open_store(made.config)
    async with store.transaction("test") as work:
        silent = work.now - timedelta(days=3)
        await work.tx.run(update(contacts).values(last_in_at=silent))
    await store.close()
    peer.seen[WHO], peer.answered[WHO] = silent, ANSWERS
    yield made
    await made.end()
    await peer.stop()


def counted(place):
    return place.sql("SELECT coalesce(sum(many), 0) FROM billed")[0][0]


def state(place):
    return place.sql("SELECT state FROM outbox WHERE key = 'k'")[0][0]


async def ends(place):
    """An ordinary program, until the message is sent."""
    await place.start()
    await place.eventually(lambda: state(place) == "sent")


async def test_f24_a_kill_before_the_answer_is_stored_counts_both_copies(place):
    dying = await place.start("KILL", "before", "finish", "1")
    await place.dies(dying)
    assert (len(place.peer.billed), counted(place)) == (1, 1)
    await ends(place)
    assert ["Gửi lại" in one for one in place.peer.texts()] == [False, True]
    assert (len(place.peer.billed), counted(place)) == (2, 2)


async def test_f24_a_kill_after_the_answer_is_stored_counts_one(place):
    dying = await place.start("KILL", "after", "finish", "1")
    await place.dies(dying)
    await ends(place)
    assert len(place.peer.texts()) == 1
    assert (len(place.peer.billed), counted(place)) == (1, 1)


async def test_f24_a_kill_before_the_call_counts_what_may_have_left_and_sends_once(place):
    dying = await place.start("KILL", "after", "billed", "1")
    await place.dies(dying)
    assert (place.peer.texts(), counted(place)) == ([], 1)
    await ends(place)
    assert len(place.peer.billed) == 1
    assert counted(place) == 2  # nobody knows that the first call never began
