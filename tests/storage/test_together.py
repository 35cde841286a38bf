"""What shares a commit stands alone all the same: a bad part takes nothing of the others with it."""

import asyncio
import json
from collections import Counter

import pytest

from bot.loops import drain_rows, guarded
from storage.shared import Shared
from storage.store import StorageBusy
from tests.support import database
from tests.support.world import open_world

PATIENCE = 30  # seconds until a test gives up; none of them needs it


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


@pytest.fixture
def commits(world):
    """How often each kind of transaction was committed."""
    counted, store = Counter(), world.app.kit.store
    commit = store.commit

    async def count(name, connection):
        await commit(name, connection)
        counted[name] += 1

    store.commit = count
    return counted


async def _take_in(world, who, *texts):
    """Stored, and nobody has worked on it."""
    channel = world.channels["web"]
    for text in texts:
        message = world.message(who, "web", "text", text=text)
        fields = ("channel", "account", "user", "chat", "dedupe", "kind", "text")
        raw = json.dumps({**{name: getattr(message, name) for name in fields}, "at": ""}).encode()
        await world.app.inbox.accept("web", "site", channel.admit({}, raw), raw)


async def _inbox(world):
    """(state, attempt) of every message, in the order they came."""
    with database.owner(world.app.config.database_url) as owner:
        found = owner.execute("SELECT state, attempt FROM inbox ORDER BY seq").fetchall()
    owner.close()
    return found


async def _turns(world):
    await drain_rows(world.app.turns, together=world.app.turns.together)


# Turns.


async def test_turns_of_several_people_share_a_commit_and_each_is_answered_once(world, commits):
    people = [f"u{n}" for n in range(8)]
    for who in people:
        await _take_in(world, who, "xin chào")
    await _turns(world)
    assert commits["turn"] == 1
    await world.settle()
    assert {len(world.texts(who)) for who in people} == {1}


async def test_f33_a_turn_that_fails_among_others_rolls_back_alone(world, commits):
    world.break_text("report.child_place")  # only a cry for help asks it at once
    for who, text in (("a", "xin chào"), ("bad", "sos"), ("b", "xin chào")):
        await _take_in(world, who, text)
    await _turns(world)
    assert await _inbox(world) == [("done", 0), ("new", 1), ("done", 0)]
    assert commits["turn"] == 2  # the others, each by itself
    await world.settle()
    assert [len(world.texts(who)) for who in ("a", "bad", "b")] == [1, 1, 1]  # bad: the numbers
    async with world.app.kit.store.reading("test") as work:
        for who, talks in (("a", 1), ("bad", 0), ("b", 1)):
            contact = await work.contacts.by_address("web", "site", who)
            assert len(await work.talks.of_contact(contact.id)) == talks


async def test_messages_of_one_conversation_never_share_a_turn_and_keep_their_order(world, commits):
    await _take_in(world, "minh", "co be o mot minh", "không", "bị bỏ rơi")
    await _take_in(world, "hoa", "xin chào", "không")
    await _turns(world)
    assert commits["turn"] == 3  # as many as the longest conversation has messages
    async with world.app.kit.store.reading("test") as work:
        contact = await work.contacts.by_address("web", "site", "minh")
        (talk,) = await work.talks.of_contact(contact.id)
    answers = talk.answers["answers"]
    assert answers["first_words"] == "co be o mot minh"
    assert (answers["danger_now"], "kind_group" in answers) == ("no", True)


# Anything that is shared.


async def _note(key, work):
    return await work.cases.code_taken(key), await work.inbox.record("test", key)


async def _bad(work):
    await work.inbox.record("test", "bad")
    raise KeyError("a fault in the program")


async def _all_of(shared, pieces):
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        tasks = [group.create_task(guarded(shared.do(piece))) for piece in pieces]
    return [task.result() for task in tasks]


@pytest.mark.sqlite("others wait there for the one writer")
async def test_pieces_that_wait_together_share_a_commit(world, commits):
    shared = Shared(world.app.kit.store, "pieces", guarded)
    answers = await _all_of(shared, [_piece(str(n)) for n in range(10)])
    assert [taken for taken, _ in answers] == [False] * 10
    assert len({row for _, row in answers}) == 10
    assert commits["pieces"] == 2  # the first waits for nobody, the others for it
    assert len(await _inbox(world)) == 10


@pytest.mark.sqlite("others wait there for the one writer")
async def test_a_piece_that_fails_is_alone_with_it_and_every_other_is_there_once(world, commits):
    shared = Shared(world.app.kit.store, "pieces", guarded)
    answers = await _all_of(shared, [_piece("a"), _piece("b"), _bad, _piece("c")])
    assert [type(one).__name__ for one in answers] == ["tuple", "tuple", "KeyError", "tuple"]
    assert len(await _inbox(world)) == 3
    assert commits["pieces"] == 3


@pytest.mark.sqlite("its pages are limited")
async def test_what_the_database_cannot_do_now_everybody_hears_and_nothing_is_there(world):
    shared = Shared(world.app.kit.store, "pieces", guarded)
    _pages(world, None)
    answers = await _all_of(shared, [_piece("x" * 100_000) for _ in range(3)])
    assert {type(one) for one in answers} == {StorageBusy}
    _pages(world, 1_000_000)
    assert await _inbox(world) == []
    assert not isinstance((await _all_of(shared, [_piece("a")]))[0], Exception)


async def test_a_caller_that_is_cut_off_leaves_the_others_their_answer(world):
    store = world.app.kit.store
    shared, held = Shared(store, "pieces", guarded), asyncio.Event()

    async def waits(work):
        held.set()
        await asyncio.Event().wait()

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        first = group.create_task(shared.do(waits))
        await held.wait()
        other = group.create_task(shared.do(_piece("a")))
        first.cancel()
    assert other.result()[0] is False


def _pages(world, limit):
    """How large the file may become; what it has now if nothing is said."""
    with world.app.kit.store._writer._engine.connect() as connection:
        now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={limit or now}")


def _piece(key):
    async def piece(work):
        return await _note(key, work)

    return piece
