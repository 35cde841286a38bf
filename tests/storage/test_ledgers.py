"""What the ledgers promise, on a real SQLite file with real connections."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.chance import FixedChance, SystemChance
from bot.clock import HandClock
from cases.model import Case, Level, Record, Role, Status, Timer
from notifications.channel import Admitted
from storage import migrate
from storage.journal import Journal
from storage.keys import KeyRing, KeysUnusable, Unreadable
from storage.ledgers.inbox import Received
from storage.ledgers.leaving import Skip
from storage.ledgers.outbox import Message
from storage.records.people import Invite
from storage.records.talks import TalkRow
from storage.store import StorageBusy, Store
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.support import database

CANARY = "Nguyễn Thị Bống 0530000001"


@pytest.fixture
async def store(tmp_path):
    url = database.url(tmp_path, "t.db")
    migrate.upgrade(url)
    keys = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance())
    made = await Store.open(url, keys, HandClock(), FixedChance())
    yield made
    await made.close()


def case_at(now, **more):
    plain = Case("c1", "7KQ4-2MDJ", "20500", Level.URGENT, "other", Status.RECEIVED, 1, now, now)
    return replace(plain, **more)


def received(dedupe, text="x", lane="web:site:a"):
    return Received("web", "site", dedupe, lane, text.encode())


async def test_a_quiet_act_overwrites_no_record_that_somebody_changed_meanwhile(store):
    """Quiet acts leave the case's `rev` alone: its records tell that two of them met."""
    async with store.transaction("test") as mine:
        at = mine.now
        case = case_at(at)
        await mine.cases.insert(case, "s1")
        asked = tuple(Record("visit", no, "asked", at, at, "p1", "20500") for no in (1, 2))
        assert await mine.cases.save(replace(case, beside=asked), 1)
        known = await mine.cases.get("c1")
        theirs = UnitOfWork(mine._tx)  # another who reads and writes meanwhile
        read = await theirs.cases.get("c1")
        done = replace(read.beside[0], state="done")
        assert await theirs.cases.save(replace(read, beside=(done, read.beside[1])), 1)
        busy = replace(known.beside[1], state="declined")
        assert not await mine.cases.save(replace(known, beside=(known.beside[0], busy)), 1)
        assert [one.state for one in (await mine.cases.get("c1")).beside] == ["done", "asked"]


async def test_who_looks_once_is_told_when_a_shut_account_opens_again(store):
    async with store.transaction("t") as work:
        contact = await work.contacts.ensure("telegram", "bot", "u", "u", "vi")
        await work.outbox.put(Message("k", contact.id, "telegram", "say", {"text": "x"}, 2))
        opens = work.now + timedelta(hours=2)
        full = Skip(accounts=[("telegram", "bot")])
        assert await work.outbox.claim("w", 8, skip=full) == []
        assert await work.outbox.next_at(held=True) == work.now  # over before one looks again
        await work.outbox.shut_gate("telegram", "bot", opens, "429")
        assert await work.outbox.claim("w", 8) == []
        assert await work.outbox.next_at(held=True) == opens
        assert await work.outbox.next_at() == work.now


@pytest.mark.parametrize("passed", [timedelta(), timedelta(seconds=-2)])
async def test_f34_the_form_that_was_touched_last_hears_the_answer_whatever_the_clock_does(
    store, passed
):
    def talk(flow, rev):
        return TalkRow(flow, "contact", flow, "f", "", f"{flow}:{rev}", rev, at, at, {"n": rev})

    at = store.clock.now()
    for rev, flow in enumerate(("safety", "report", "safety", "report"), start=1):
        async with store.transaction("t") as work:
            await work.talks.save(talk(flow, rev))
            assert (await work.talks.of_contact("contact"))[0].flow == flow
        if rev == 1:
            store.clock.at += passed


async def test_f34_a_clock_that_was_an_hour_ahead_makes_no_talk_later(store):
    at = store.clock.now()
    async with store.transaction("t") as work:
        await work.talks.save(TalkRow("safety", "contact", "safety", "f", "", "p1", 1, at, at))
    store.clock.at -= timedelta(hours=1)
    async with store.transaction("t") as work:
        await work.talks.save(TalkRow("report", "contact", "report", "f", "", "p2", 1, at, at))
        assert (await work.talks.get("report")).touched_at == work.now


async def test_f14_fifty_simultaneous_presses_have_one_winner(store):
    async with store.transaction("t") as work:
        case = await work.cases.insert(case_at(work.now), "s1")

    async def press(who):
        async with store.transaction("press") as work:
            taken = replace(case, status=Status.ACKNOWLEDGED, holder=who, rev=2)
            return await work.cases.save(taken, case.rev)

    async with asyncio.TaskGroup() as group:
        presses = [group.create_task(press(f"p{n}")) for n in range(50)]
    assert sum(one.result() for one in presses) == 1


async def test_a_message_known_already_has_no_second_row(store):
    async with store.transaction("t") as work:
        first = await work.inbox.accept([received("a"), received("a"), received("b")])
    assert [row is not None for row in first] == [True, False, True]


async def test_a_report_submitted_twice_is_one_case(store):
    async with store.transaction("t") as work:
        first = await work.cases.insert(case_at(work.now), "s1")
        again = await work.cases.insert(case_at(work.now, id="c2", code="AAAA-AAAA"), "s1")
    assert again.id == first.id


async def test_a_rolled_back_transaction_leaves_nothing(store):
    async def breaks():
        async with store.transaction("t") as work:
            await work.cases.insert(case_at(work.now), "s1")
            await work.cases.add_event("c1", "k", "report", "reporter", {"text": CANARY})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    async with store.reading("t") as work:
        assert await work.cases.get("c1") is None
    async with store.transaction("t") as work:  # the key that was rolled back is made anew
        await work.cases.insert(case_at(work.now), "s1")
        await work.cases.add_event("c1", "k", "report", "reporter", {"text": CANARY})
    async with store.reading("t") as work:
        assert (await work.cases.events("c1"))[0].body == {"text": CANARY}


async def test_f07_a_timer_fires_once_whoever_comes_second(store):
    async with store.transaction("t") as work:
        timer = Timer("case:c1", "unanswered", 1, 0, 0, work.now)
        assert await work.timers.start(timer)
        assert not await work.timers.start(timer)
    async with store.transaction("t") as work:
        (due,) = await work.timers.due(10)
        assert await work.timers.fire(due)
    async with store.transaction("t") as work:
        assert not await work.timers.fire(due)


async def test_f12_a_late_sender_is_fenced_and_a_lapsed_lease_is_labelled(store):
    async with store.transaction("t") as work:
        contact = await work.contacts.ensure("web", "site", "u", "u", "vi")
        await work.outbox.put(Message("k1", contact.id, "web", "say", {"text": "x"}, 0))
    async with store.transaction("t") as work:
        (first,) = await work.outbox.claim("one", 8)
        assert not first.maybe_sent
    store.clock.advance(timedelta(seconds=61))
    async with store.transaction("t") as work:
        (second,) = await work.outbox.claim("two", 8)
        assert second.maybe_sent
        assert not await work.outbox.finish(first, "sent")
        assert await work.outbox.finish(second, "sent", message_id="7")


async def test_a_used_or_expired_invitation_admits_nobody(store):
    async with store.transaction("t") as work:
        invite = Invite(Role.OFFICER, "20500", (), CANARY)
        await work.invites.create("A" * 16, invite, work.now + timedelta(hours=48))
        await work.invites.create("B" * 16, invite, work.now - timedelta(seconds=1))
        assert (await work.invites.use("A" * 16)).name == CANARY
        assert await work.invites.use("A" * 16) is None
        assert await work.invites.use("B" * 16) is None
        assert await work.invites.use("C" * 16) is None


async def test_nothing_about_a_person_is_readable_in_the_files(store, tmp_path):
    journal = Journal(tmp_path, store, store._keys)
    await journal.write([received("a", CANARY)])
    async with store.transaction("t") as work:
        await work.inbox.accept([received("a", CANARY)])
        await work.cases.insert(case_at(work.now), "s1")
        await work.cases.add_event("c1", "k", "report", "reporter", {"text": CANARY})
        contact = await work.contacts.ensure("telegram", "site", CANARY, CANARY, "vi")
        await work.outbox.put(Message("k1", contact.id, "web", "say", {"text": CANARY}, 0))
        await work.audit.write("p1", "read", "c1", {"why": CANARY})
        session = await work.webchat.open_session("token-canary", "vi")
        await work.webchat.append(session, "k", "say", {"text": CANARY})
    await journal.close()
    for path in tmp_path.iterdir():
        raw = path.read_bytes()
        for word in ("Bống", "0530000001", "token-canary"):
            assert word.encode() not in raw, path.name


async def test_a_sealed_value_cannot_be_moved_to_another_place(store):
    async with store.transaction("t") as work:
        sealed = await work._tx.seal("system", "a|b|1", b"x")
        assert await work._tx.open("system", "a|b|1", sealed) == b"x"
        with pytest.raises(Unreadable):
            await work._tx.open("system", "a|b|2", sealed)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE audit SET actor = 'somebody' WHERE n = 2", (2, "changed")),
        ("DELETE FROM audit WHERE n = 2", (2, "missing")),
        ("UPDATE audit SET n = 9 WHERE n = 2", (2, "missing")),
        ("DELETE FROM audit WHERE n = 3", (3, "the end of the chain is missing")),
    ],
    ids=["changed", "deleted", "re-ordered", "cut tail"],
)
async def test_f53_the_first_bad_audit_row_is_named(store, tmp_path, change, what):
    async with store.transaction("t") as work:
        for act in ("one", "two", "three"):
            await work.audit.write("p", act)
    with database.owner(tmp_path / "t.db") as owner:
        database.without_triggers(owner)
        owner.execute(change)
    async with store.reading("t") as work:
        bad = await work.audit.verify()
    assert what in bad


async def test_f53_the_database_itself_refuses_to_change_a_row(store, tmp_path):
    async with store.transaction("t") as work:
        await work.audit.write("p", "one")
    for change in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
        refused = pytest.raises(Exception, match="audit rows are never changed")
        with database.owner(tmp_path / "t.db") as owner, refused:
            owner.execute(change)


@pytest.mark.sqlite("its one write lock")
async def test_f15_a_held_write_lock_is_waited_for_and_then_refused(store, tmp_path):
    holder = await asyncio.to_thread(
        subprocess.Popen,
        [sys.executable, "-c",
         "import sqlite3,sys;c=sqlite3.connect(sys.argv[1],isolation_level=None);"
         "c.execute('BEGIN IMMEDIATE');print('held',flush=True);sys.stdin.read()",
         str(tmp_path / "t.db")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert await asyncio.to_thread(holder.stdout.readline) == b"held\n"
    store._writer.patience = 20
    with pytest.raises(StorageBusy):
        async with store.transaction("t"):
            raise AssertionError("nothing may be written now")
    holder.communicate(b"")
    async with store.transaction("t") as work:
        assert await work.inbox.accept([received("a")]) != [None]


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "keys.json"
    KeyRing.load_or_create(path, SystemChance())
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        KeyRing.load_or_create(path, SystemChance())


def test_a_damaged_key_file_is_refused_with_its_remedy(tmp_path):
    path = tmp_path / "keys.json"
    path.write_text("{}")
    path.chmod(0o600)
    with pytest.raises(KeysUnusable, match="damaged"):
        KeyRing.load_or_create(path, SystemChance())


@pytest.mark.sqlite("test_postgres.py has its own")
def test_the_migrated_schema_is_the_one_that_the_code_knows(tmp_path):
    url = database.url(tmp_path, "t.db")
    migrate.upgrade(url)
    migrate.upgrade(url)  # again: nothing to do
    engine = create_engine(f"sqlite:///{tmp_path}/t.db")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


async def test_the_journal_gives_back_what_the_database_lost_and_a_torn_line_harms_nothing(
    store, tmp_path
):
    journal = Journal(tmp_path, store, store._keys)
    await journal.write([received("a", CANARY), received("b")])
    await journal.close()
    (path,) = tmp_path.glob("*.journal")
    path.write_bytes(path.read_bytes()[:-20])  # the last line was being written
    assert await Journal(tmp_path, store, store._keys).replay() == 1
    async with store.reading("t") as work:
        (row,) = await work.inbox.oldest(10)
    assert row.raw.decode() == CANARY
    assert await Journal(tmp_path, store, store._keys).replay() == 0


async def test_f02_the_journal_is_completed_from_the_database(store, tmp_path):
    async with store.transaction("t") as work:
        await work.inbox.accept([received("a", CANARY)])
    journal = Journal(tmp_path, store, store._keys)
    await journal.replay()
    await journal.close()
    (path,) = tmp_path.glob("*.journal")
    assert [row.dedupe for row in journal._read(path)] == ["a"]


async def test_the_order_inside_a_conversation_is_the_order_of_arrival(store):
    async with store.transaction("t") as work:
        await work.inbox.accept(
            [received("1", "a1", "A"), received("2", "a2", "A"), received("3", "b1", "B")]
        )
    async with store.transaction("t") as work:
        first = await work.inbox.oldest(10)
        assert [row.raw for row in first] == [b"a1", b"b1"]
        await work.inbox.failed(first[0], "x", work.now + timedelta(seconds=5))
        assert [row.raw for row in await work.inbox.oldest(10)] == [b"b1"]  # a2 waits behind a1
        await work.inbox.parked(first[0], "x", "c")
        assert [row.raw for row in await work.inbox.oldest(10)] == [b"a2", b"b1"]


def test_an_admitted_body_names_its_lane():
    assert Admitted("site", "chat", "key").chat == "chat"
