"""PostgreSQL alone: two writers at once, roles, texts as they are, what its errors mean."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from bot.chance import FixedChance, SystemChance
from bot.clock import HandClock, SystemClock
from bot.loops import guarded
from cases.model import Case, Level, Person, Role, Status, Timer
from storage import migrate, roles
from storage.keys import KeyRing
from storage.ledgers.inbox import Received
from storage.shared import Shared
from storage.store import Again, StorageBusy, Store, anew
from storage.tables import metadata
from tests.support.postgres import on, plain
from tests.support.servers import as_role, asked


@pytest.fixture
async def two(databases, tmp_path):
    """Two programs on one database."""
    url = databases.migrated()
    keys = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance())
    clock = HandClock()
    stores = [await Store.open(url, keys, clock, SystemChance()) for _ in range(2)]
    for store in stores:
        store.url = url
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture
async def a_case(two):
    at = two[0].clock.now()
    case = Case("c1", "AAAA-0001", "20500", Level.URGENT, "other", Status.RECEIVED, 1, at, at)
    async with two[0].transaction("t") as work:
        return await work.cases.insert(case, case.id)


class Meeting:
    """Both are inside their transactions before either goes on; a second run does not wait."""

    def __init__(self):
        self._there = asyncio.Barrier(2)
        self._met = set()

    async def here(self, who):
        if who not in self._met:
            self._met.add(who)
            await self._there.wait()


async def test_two_at_once_write_one_whole_chain(two):
    meeting = Meeting()

    async def writes(n, store):
        async with store.transaction("t") as work:
            await work.audit.write(f"p{n}", "first")
            await meeting.here(n)
            await work.audit.write(f"p{n}", "second")

    await asyncio.gather(writes(0, two[0]), writes(1, two[1]))
    async with two[0].reading("t") as work:
        assert await work.audit.verify() == []
        assert await work.audit.count() == 4


async def test_f14_who_waited_for_the_case_reads_it_as_the_other_left_it(two, a_case):
    found = []

    async def acts(store, after):
        async with store.transaction("act") as work:
            await after.wait()
            case = await work.cases.get(a_case.id)
            found.append(case.holder)
            first_has_it.set()
            saved = await work.cases.save(replace(case, holder="p", rev=case.rev + 1), case.rev)
            assert saved

    first_has_it, at_once = asyncio.Event(), asyncio.Event()
    at_once.set()
    await asyncio.gather(acts(two[0], at_once), acts(two[1], first_has_it))
    assert found == ["", "p"]


async def test_f30_each_row_of_the_inbox_goes_to_one_worker_and_a_lane_waits(two):
    rows = [Received("web", "site", f"d{n}", lane, b"{}") for n, lane in enumerate("aab")]
    async with two[0].transaction("t") as work:
        await work.inbox.accept(rows)
    async with two[0].transaction("turn") as ours:
        mine = await _oldest(two[0])
        assert [row.lane for row in mine] == ["a", "b"]
        assert await ours.inbox.done(mine[0])
        theirs = await _oldest(two[1])
        assert [row.lane for row in theirs] == ["b"]  # the second of lane a waits for the first
        async with two[1].transaction("turn") as work:
            assert not await work.inbox.done(mine[0])
            assert await work.inbox.done(theirs[0])
    assert [row.lane for row in await _oldest(two[1])] == ["a"]


async def _oldest(store):
    async with store.looking("t") as work:
        return await work.inbox.oldest(9)


async def test_f07_a_timer_fires_once_for_two_workers(two, a_case):
    timer = Timer(f"case:{a_case.id}", "unanswered", 1, 0, 0, two[0].clock.now())
    async with two[0].transaction("t") as work:
        await work.timers.start(timer)
    async with two[0].looking("t") as work:
        (due,) = await work.timers.due(9)

    async def ticks(store):
        async with store.transaction("tick") as work:
            return await work.timers.fire(due)

    assert sorted(await asyncio.gather(*map(ticks, two))) == [False, True]


async def test_in_each_others_way_both_are_done_by_running_one_anew(two):
    people = [Person(f"p{n}", Role.OFFICER, "20500") for n in range(2)]
    async with two[0].transaction("t") as work:
        for person in people:
            await work.people.add(person)
    meeting, again = Meeting(), []

    async def swaps(n, store):
        async with store.transaction("t") as work:
            await work.people.save(replace(people[n], lang="en"))
            await meeting.here(n)
            await work.people.save(replace(people[1 - n], lang="en"))

    async def counted(n):
        try:
            await swaps(n, two[n])
        except Again:
            again.append(n)
            raise

    await asyncio.gather(*(anew(lambda n=n: counted(n)) for n in range(2)))
    assert again


async def test_who_was_taken_off_meanwhile_does_not_come_back_by_going_on_duty(two):
    async with two[0].transaction("t") as work:
        await work.people.add(Person("p", Role.OFFICER, "20500"))

    async def goes_off_duty():
        async with two[0].transaction("duty") as work:
            person = await work.people.get("p")
            async with two[1].transaction("remove") as other:
                gone = replace(await other.people.get("p"), active=False)
                await other.people.save(gone)
            await work.people.save(replace(person, on_duty=False))

    with pytest.raises(Again):
        await goes_off_duty()
    async with two[0].reading("t") as work:
        assert not (await work.people.get("p")).active


async def test_pieces_that_share_a_transaction_are_done_anew_one_by_one(two):
    shared, tries = Shared(two[0], "t", guarded), []

    async def piece(work):
        tries.append(1)
        if len(tries) == 1:
            raise Again("t")
        await work.pulse.beat()
        return "done"

    assert await shared.do(piece) == "done"
    assert len(tries) == 2


async def test_numbers_that_are_counted_on_are_given_once(two):
    meeting = Meeting()

    async def decides(n, store):
        async with store.transaction("t") as work:
            await meeting.here(n)
            await work.settings.add("20500", "x", n, "p")

    await asyncio.gather(decides(0, two[0]), decides(1, two[1]))
    async with two[0].reading("t") as work:
        assert [one.n for one in await work.settings.decided()] == [1, 2]


async def test_what_is_read_together_is_of_one_moment(two):
    async with two[0].reading("t") as look:
        before = await look.audit.count()
        async with two[1].transaction("t") as work:
            await work.audit.write("p", "between")
        assert await look.audit.count() == before
        assert await look.audit.verify() == []


async def test_nul_and_great_length_are_no_reason_to_lose_a_message(two):
    long = FixedChance().bytes(6000).hex()  # longer than an entry of an index
    odd = Received("web\0", "site", long, "lane\0", "Chào\0".encode())
    async with two[0].transaction("t") as work:
        assert await work.inbox.accept([odd]) != [None]
    async with two[0].transaction("t") as work:
        assert await work.inbox.accept([odd]) == [None]
    (row,) = await _oldest(two[0])
    assert row.raw == "Chào\0".encode()


async def test_every_text_is_kept_in_the_order_of_its_code_points(two):
    other = (
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "JOIN pg_collation o ON o.oid = a.attcollation WHERE c.relkind = 'r' "
        "AND c.relnamespace = 'public'::regnamespace AND o.collname <> 'C'"
    )
    assert asked(two[0].url, other) == []


def test_the_schema_is_the_one_that_the_code_knows(databases):
    engine = create_engine(databases.migrated())
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        found = compare_metadata(context, metadata)
    engine.dispose()
    own = [one for one in found if not (one[0] == "remove_column" and one[3].name == "arrived")]
    assert own == []


async def test_f53_nobody_changes_a_row_of_the_audit_and_the_program_not_even_by_its_role(two):
    url = two[0].url
    async with two[0].transaction("t") as work:
        await work.audit.write("p", "act")
    for change in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(psycopg.errors.RaiseException, match="never changed"):
            asked(url, change)
    migrate.upgrade(url)
    roles.make_roles(url)
    roles.make_roles(url)  # again: nothing changes
    app, watch = as_role(url, roles.APP), as_role(url, roles.WATCH)
    for change in (
        "UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL", "DROP TABLE audit", "CREATE TABLE x (n int)",
        "UPDATE alembic_version SET version_num = '1'",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            asked(app, change)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        asked(watch, "UPDATE pulse SET n = 1")
    assert asked(watch, "SELECT count(*) FROM audit") == [(1,)]
    migrate.upgrade(app)  # finds nothing to do, and needs no right to do it
    store = await Store.open(app, two[0]._keys, HandClock(), SystemChance())
    async with store.transaction("t") as work:
        await work.pulse.beat()
        await work.inbox.record("desk", "{}")
        await work.audit.write("p", "works")
    async with store.reading("t") as work:
        assert await work.audit.verify() == []
    await store.close()


async def test_f18_a_killed_connection_is_busy_and_the_next_one_works(two):
    async def cut_off():
        async with two[0].transaction("t") as work:
            await work.pulse.beat()
            on(
                two[0].url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            await work.pulse.beat()

    with pytest.raises(StorageBusy):
        await cut_off()
    for store in two:
        async with store.transaction("t") as work:
            await work.pulse.beat()


async def test_f18_a_server_that_is_not_there_is_busy(databases, tmp_path):
    keys = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance())
    gone = databases.server.replace("postgres?", "nobody_made_it?")
    with pytest.raises(OSError, match="nobody answers"):
        migrate.proof(gone)
    store = Store(gone, keys, HandClock(), SystemChance())
    with pytest.raises(StorageBusy):
        async with store.transaction("t"):
            raise AssertionError("never begun")
    await store.close()


async def test_several_machines_go_by_the_clock_of_the_database(two):
    async with two[0].transaction("t") as work:
        assert work.now == two[0].clock.now()  # a hand clock answers itself
    url, keys = two[0].url, two[0]._keys
    store = await Store.open(url, keys, SystemClock(), FixedChance())
    before = asked(url, "SELECT clock_timestamp()")[0][0]
    async with store.transaction("t") as work:
        assert before <= work.now <= before + timedelta(minutes=1)
        assert work.now.utcoffset() == timedelta()
    await store.close()


async def test_two_programs_that_start_at_once_migrate_once(databases):
    url = databases.fresh()
    await asyncio.gather(*(asyncio.to_thread(migrate.upgrade, url) for _ in range(3)))
    assert asked(url, "SELECT version_num FROM alembic_version") == [(migrate.head(),)]


async def test_a_filled_database_of_the_release_before_is_brought_up(databases, tmp_path):
    url = databases.fresh()
    engine = create_engine(url)
    with engine.begin() as connection:
        migrate.command.upgrade(migrate.config(connection), "0009")
    engine.dispose()
    keys = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance())
    key, wrapped = keys.new_data_key("day:2026-11-23")
    sealed = keys.seal(key, "inbox|raw|one", b"{}")
    with psycopg.connect(plain(url)) as owner:
        owner.execute(
            "INSERT INTO data_keys (scope, kek, wrapped) VALUES (%s, %s, %s)",
            tuple(wrapped),
        )
        owner.execute(
            "INSERT INTO inbox (id, channel, account, dedupe, lane, raw, received_at, state, attempt,"
            " next_at, error, replayed, case_id) VALUES ('one', 'web', 'site', 'd', 'l', %s,"
            " '2026-11-23 13:00Z', 'new', 0, '2026-11-23 13:00Z', '', false, '')",
            (sealed,),
        )
    migrate.upgrade(url)
    assert migrate.proof(url).scope == "day:2026-11-23"
    store = await Store.open(url, keys, HandClock(), SystemChance())
    (row,) = await _oldest(store)
    assert (row.readable, row.raw) == (True, b"{}")
    await store.close()
