"""The journal: nothing is confirmed that is not in it, and it comes back whole (TRUST.md section 4)."""

import asyncio
import resource
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.chance import SystemChance
from bot.clock import HandClock
from bot.loops import guarded
from handlers.inbox import Inbox
from notifications.channel import Admitted
from storage import migrate
from storage.journal import Journal, JournalBroken
from storage.keys import KeyRing
from storage.ledgers.inbox import Received
from storage.store import StorageBusy, Store
from tests.support import database
from tests.support.full import full, roomy

PATIENCE = 30  # seconds until a test gives up; none of them needs it


@pytest.fixture
async def place(tmp_path):
    """A store, and a journal in a folder of its own: (store, new journal, folder)."""
    url = database.url(tmp_path, "t.db")
    migrate.upgrade(url)
    keys = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance())
    store = await Store.open(url, keys, HandClock(), SystemChance())
    folder = tmp_path / "journal"
    folder.mkdir()
    made = []

    def journal():
        made.append(Journal(folder, store, keys))
        return made[-1]

    yield store, journal, folder
    for one in made:
        await one.close()
    await store.close()


def received(dedupe):
    return Received("web", "site", dedupe, "lane", dedupe.encode())


def _kept(journal, folder):
    return [row.dedupe for path in sorted(folder.glob("*")) for row in journal._read(path)]


async def test_a_message_is_in_the_file_when_write_returns(place):
    _, journal, folder = place
    writer = journal()
    await writer.write([received("a"), received("b")])
    assert _kept(writer, folder) == ["a", "b"]


async def test_each_life_and_each_day_has_a_file_of_its_own(place):
    store, journal, folder = place
    writer = journal()
    await writer.write([received("a")])
    store.clock.advance(timedelta(days=1))
    await writer.write([received("b")])
    store.clock.advance(1)
    await journal().write([received("c")])
    assert len({path.name[:10] for path in folder.glob("*.journal")}) == 2
    assert len(list(folder.glob("*.journal"))) == 3
    assert _kept(writer, folder) == ["a", "b", "c"]


@pytest.mark.parametrize("cut", [1, 10, 60])
async def test_only_the_torn_last_line_is_lost(place, cut):
    _, journal, folder = place
    writer = journal()
    await writer.write([received(name) for name in "abc"])
    (path,) = folder.glob("*.journal")
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    # The end of a line is not part of it.
    assert _kept(writer, folder) == (["a", "b", "c"] if cut == 1 else ["a", "b"])


async def test_a_file_torn_in_its_first_line_stops_no_start(place):
    store, journal, folder = place
    (folder / f"{store.clock.now():%Y-%m-%d}.1-1.journal").write_bytes(b'{"place": "jour')
    await journal().write([received("a")])
    assert await journal().replay() == 1


async def test_a_changed_line_is_not_believed_and_costs_no_other(place):
    _, journal, folder = place
    writer = journal()
    await writer.write([received(name) for name in "abc"])
    (path,) = folder.glob("*.journal")
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2][:-8] + lines[1][-8:]
    path.write_bytes(b"\n".join(lines))
    assert _kept(writer, folder) == ["a", "c"]


async def test_a_replay_keeps_the_order_the_time_and_says_that_it_is_one(place):
    store, journal, folder = place
    await journal().write([received(name) for name in "abc"])
    store.clock.advance(timedelta(hours=1))
    assert await journal().replay() == 3
    async with store.reading("t") as work:
        rows = await work.inbox.since(store.clock.now() - timedelta(days=1))
    assert [row.dedupe for row in rows] == ["a", "b", "c"]
    assert {store.clock.now() - row.received_at for row in rows} == {timedelta(hours=1)}
    assert database.asked(folder.with_name("t.db"), "SELECT DISTINCT replayed FROM inbox") == [(1,)]


async def test_what_was_worked_on_is_not_worked_on_again_after_a_replay(place):
    store, journal, _ = place
    await Inbox(store, journal(), guarded).accept("web", "site", Admitted("site", "u", "a"), b"x")
    async with store.transaction("turn") as work:
        (row,) = await work.inbox.oldest(10)
        await work.inbox.done(row)
    assert await journal().replay() == 0
    async with store.reading("t") as work:
        assert await work.inbox.oldest(10) == []


async def _accept(inbox, dedupe):
    return await inbox.accept("web", "site", Admitted("site", "u", dedupe), dedupe.encode())


async def _unconfirmed(inbox, folder, dedupe):
    """The journal's disk is gone while a message comes in: it is not confirmed."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    with pytest.raises(OSError, match="No such file"):
        await _accept(inbox, dedupe)
    aside.rename(folder)


async def test_f16_a_message_the_journal_refused_is_in_it_when_the_repeat_is_confirmed(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    await _unconfirmed(inbox, folder, "a")
    await _accept(inbox, "a")  # confirmed: the channel forgets it now
    assert _kept(writer, folder) == ["a"]


async def test_f16_the_journal_recovers_by_itself(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    await _unconfirmed(inbox, folder, "a")
    assert await _accept(inbox, "b")
    assert "b" in _kept(writer, folder)


async def test_f16_the_journal_recovers_by_itself_after_a_midnight_without_its_disk(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    await _accept(inbox, "a")
    store.clock.advance(timedelta(days=1))
    await _unconfirmed(inbox, folder, "b")
    assert await _accept(inbox, "c")
    assert "c" in _kept(writer, folder)


async def test_f15_what_the_database_refused_is_in_the_journal_before_the_answer(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    with database.held(store, folder.with_name("t.db")), pytest.raises(StorageBusy):
        await _accept(inbox, "a")
    assert _kept(writer, folder) == ["a"]


async def test_f15_what_was_refused_is_taken_when_it_comes_again(place):
    store, journal, folder = place
    inbox = Inbox(store, journal(), guarded)
    with database.held(store, folder.with_name("t.db")):
        for dedupe in ("a", "b"):
            with pytest.raises(StorageBusy):
                await _accept(inbox, dedupe)
    assert [await _accept(inbox, dedupe) for dedupe in ("a", "b")] == [True, True]


async def test_f15_what_nobody_sends_again_is_stored_as_soon_as_the_database_takes_it(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    came = store.clock.now()
    with database.held(store, folder.with_name("t.db")):
        for dedupe in ("a", "half a character \ud800", "b"):
            with pytest.raises((StorageBusy, UnicodeEncodeError)):
                await _accept_as(inbox, dedupe)
        with pytest.raises(StorageBusy):
            await inbox.catch_up()
    store.clock.advance(timedelta(seconds=5))
    assert await inbox.catch_up() in (2, 3)  # what cannot be stored may have been found out before
    async with store.reading("t") as work:
        rows = await work.inbox.since(came)
    assert [(row.dedupe, row.received_at) for row in rows] == [("a", came), ("b", came)]
    assert [one for one in _kept(writer, folder) if len(one) == 1] == ["a", "b"]
    assert await inbox.catch_up() == 0
    assert not await _accept_as(inbox, "a")  # whoever repeats it now is told that it is known


def unsyncable(writer):
    """A file that takes every byte and whose fsync fails, as a dying disk's does."""
    writer._file.close()
    writer._file = Path("/dev/null").open("ab", buffering=0)  # noqa: SIM115 — the journal closes it


async def test_f17_after_a_failed_fsync_nothing_is_written_or_confirmed_again(place):
    store, journal, folder = place
    writer, alarms = journal(), []
    writer.alarm = lambda: alarms.append("stop")
    inbox = Inbox(store, writer, guarded)
    await _accept(inbox, "a")
    unsyncable(writer)
    with pytest.raises(JournalBroken, match="check its disk"):
        await _accept(inbox, "b")
    assert alarms == ["stop"]
    await writer.close()  # the disk seems to be well again, and is not believed
    for dedupe in ("b", "c"):
        with pytest.raises(JournalBroken):
            await _accept(inbox, dedupe)
    assert _kept(writer, folder) == ["a"]


async def test_f17_the_next_start_gives_the_journal_what_a_failed_fsync_kept_from_it(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    await _accept(inbox, "a")
    unsyncable(writer)
    with pytest.raises(JournalBroken):
        await _accept(inbox, "b")
    after = journal()
    await after.replay()
    assert _kept(after, folder) == ["a", "b"]


async def test_f17_after_a_torn_write_a_fresh_file_takes_the_message(place):
    _, journal, folder = place
    writer = journal()
    await writer.write([received("a")])
    (path,) = folder.glob("*.journal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = path.stat().st_size + 20  # the next line is cut in its middle
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            await writer.write([received("b")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.stat().st_size == room
    await writer.write([received("b"), received("c")])
    assert _kept(writer, folder) == ["a", "b", "c"]
    assert len(list(folder.glob("*.journal"))) == 2


async def test_one_message_that_cannot_be_stored_fails_alone_and_keeps_nobody_waiting(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    names = ["a", "half a character \ud800", "b"]
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        together = [group.create_task(guarded(_accept_as(inbox, name))) for name in names]
    first, bad, last = [one.result() for one in together]
    assert (first, last) == (True, True)
    assert isinstance(bad, UnicodeEncodeError)
    assert sorted(set(_kept(writer, folder))) == ["a", "b"]


async def _accept_as(inbox, dedupe):
    return await inbox.accept("web", "site", Admitted("site", "u", dedupe), b"x")


async def test_f16_a_full_database_confirms_nothing_keeps_it_in_the_journal_and_recovers_alone(
    place,
):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    large = b"x" * 100_000
    await full(store)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        together = [group.create_task(guarded(_large(inbox, name, large))) for name in "ab"]
    assert [type(one.result()) for one in together] == [StorageBusy, StorageBusy]
    assert _kept(writer, folder) == ["a", "b"]
    async with store.reading("t") as work:
        assert await work.inbox.oldest(10) == []
    await roomy(store)
    assert await _large(inbox, "a", large)
    async with store.reading("t") as work:
        assert [row.raw for row in await work.inbox.oldest(10)] == [large]
    await journal().replay()  # what nobody sent again comes back with the next start
    async with store.reading("t") as work:
        rows = await work.inbox.since(store.clock.now() - timedelta(days=1))
    assert [row.dedupe for row in rows] == ["a", "b"]


async def _large(inbox, dedupe, raw):
    return await inbox.accept("web", "site", Admitted("site", "u", dedupe), raw)


async def test_a_statement_that_is_wrong_is_a_bug_and_not_a_busy_database(place):
    store, *_ = place
    with pytest.raises(DBAPIError):
        async with store.transaction("t") as work:
            await work._tx.run(text("SELECT * FROM nowhere"))


async def test_a_message_whose_caller_left_after_the_commit_is_journaled_with_the_next(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    commit = store.commit

    async def leaving(name, connection):
        store.commit = commit
        asyncio.current_task().cancel()  # it is felt when the commit is through
        await commit(name, connection)

    store.commit = leaving
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        left = group.create_task(_accept_as(inbox, "a"))
        stays = group.create_task(_accept_as(inbox, "b"))
    assert left.cancelled()
    assert stays.result() in (True, False)
    assert sorted(set(_kept(writer, folder))) == ["a", "b"]


async def _day_keys(store):
    async with store.reading("t") as work:
        return await work.old_days.with_keys(store.clock.now().date())


async def test_after_35_days_a_finished_day_is_gone_with_its_key_and_its_file(place):
    store, journal, folder = place
    writer = journal()
    inbox = Inbox(store, writer, guarded)
    for dedupe in ("a", "b"):
        await _accept(inbox, dedupe)
    for days in (35, 1):
        assert await writer.forget_old() == 0
        assert len(list(folder.glob("*.journal"))) == 1
        store.clock.advance(timedelta(days=days))
    await _accept(inbox, "c")
    assert await writer.forget_old() == 0  # a message of that day is unfinished
    assert _kept(writer, folder) == ["a", "b", "c"]
    async with store.transaction("turn") as work:
        first, *_ = await work.inbox.oldest(10)
        await work.inbox.done(first)
    async with store.transaction("turn") as work:
        first, *_ = await work.inbox.oldest(10)
        await work.inbox.parked(first, "t", "c")
    assert await writer.forget_old() == 1
    assert _kept(writer, folder) == ["c"]
    assert await _day_keys(store) == []
    async with store.reading("t") as work:
        assert [row.raw for row in await work.inbox.oldest(10)] == [b"c"]
    assert not await _accept(inbox, "a")  # whoever repeats it is told that it is known
    assert await writer.forget_old() == 0


async def test_a_kill_between_the_key_and_the_file_is_ended_by_the_next_pass(place):
    store, journal, folder = place
    writer = journal()
    await writer.write([received("a")])
    day = store.clock.now().date()
    store.clock.advance(timedelta(days=36))
    async with store.transaction("t") as work:
        assert await work.old_days.forget(day)
    assert await writer.forget_old() == 1
    assert list(folder.glob("*.journal")) == []
