"""Processes of one installation: who leads, who is dead, what is heard elsewhere (TRUST.md sections 7, 9)."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest

from bot.app import Edges, open_app
from bot.channels.webchat import WebChat
from bot.company import WEB, WORKER
from bot.config import load
from bot.versions import MODULES
from storage.ledgers.outbox import Message
from storage.presence import Presence
from tests.support.postgres import plain

PATIENCE = 30


class Member:
    """A process of the installation, without its process. `rung`: sessions whose pages were rung."""

    def __init__(self, app):
        self.app, self.store, self.company = app, app.kit.store, app.company
        self.rung, self.fresh = [], 0
        self.store.ringer = self.rung.append


@pytest.fixture
def open_member(tmp_path, database_url):
    @asynccontextmanager
    async def member(role):
        config = load(
            {
                "ANNHI_DATABASE_URL": database_url, "ANNHI_KEY_FILE": str(tmp_path / "keys.json"),
                "ANNHI_JOURNAL_DIR": str(tmp_path / role),
            },
            tmp_path / "none.env",
        )  # fmt: skip
        app = await open_app(config, Edges(channels=[]), role=role)
        chat = WebChat(app.kit.store)
        app.kit.channels[chat.name, chat.account] = chat
        made = Member(app)
        try:
            await app.start()
            await until(app.company.alive)
            yield made
        finally:
            await app.close()

    return member


@pytest.fixture
async def open_presence(database_url):
    """A connection that holds locks; it lives until it is told to end."""
    tasks = []

    async def opened(*names):
        calls = []
        made = Presence(database_url, asyncio.get_running_loop().time, calls.append)
        made.calls = calls
        for name in names:
            made.want(name)
        await made.join()
        tasks.append(asyncio.create_task(steps(made)))
        return made

    yield opened
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def steps(presence):
    while True:
        try:
            await presence.step()
        except psycopg.Error:
            continue


async def until(condition):
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0.02)


def sql(url, query):
    with psycopg.connect(plain(url), autocommit=True) as owner:
        answer = owner.execute(query)
        return answer.fetchall() if answer.description else None


CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE application_name = 'annhi' AND datname = current_database()"
)


async def test_f13_a_lock_has_one_holder_and_the_next_one_gets_it_when_that_one_is_gone(
    open_presence,
):
    first, second = await open_presence("polling"), await open_presence("polling")
    assert first.holds("polling") and not second.holds("polling")
    await first.close()
    assert not first.holds("polling")
    await until(lambda: second.holds("polling") or first.holds("polling"))
    assert second.holds("polling") is not first.holds("polling")


async def test_f18_a_holder_whose_connection_is_killed_knows_it_and_one_of_them_leads_again(
    open_presence, database_url
):
    first, second = await open_presence("polling"), await open_presence("polling")
    sql(database_url, CUT)
    await until(lambda: len(first.calls) == len(second.calls) == 2)  # both know that they were away
    await until(lambda: second.holds("polling") or first.holds("polling"))
    assert second.holds("polling") is not first.holds("polling")


async def test_f12_a_holder_that_is_frozen_does_not_believe_in_its_lock_when_it_thaws(database_url):
    now = [100.0]
    frozen = Presence(database_url, lambda: now[0], lambda _: None)
    frozen.want("worker:a")
    await frozen.join()
    assert frozen.holds("worker:a")
    now[0] += 6  # CLOCK_BOOTTIME counts on; the server gives the lock away after eight
    assert not frozen.holds("worker:a")
    assert await frozen.dead(["worker:b"]) == []  # and it declares nobody dead
    await frozen.close()


async def test_f05_only_rows_of_workers_that_died_are_taken_back(open_member, database_url):
    async with open_member(WORKER) as here, open_member(WEB) as there:
        await claimed(there, database_url, "mine", there.app.sender.worker)
        await claimed(here, database_url, "dead", "0" * 16)
        state = "SELECT state, maybe_sent FROM outbox WHERE key = '{}'"
        taken = state.format("dead")
        await until(
            lambda: sql(database_url, taken) == [("waiting", True)]
        )  # it may have been sent
        assert sql(database_url, state.format("mine")) == [("sending", False)]


async def claimed(member, url, key, worker):
    """A row that this worker is sending, as far as the database knows."""
    async with member.store.transaction("test") as work:
        contact = await work.contacts.ensure("zalobot", "site", key, key, "vi")
        due = work.now + timedelta(hours=1)
        body = {"op": "say", "text": "x"}
        await work.outbox.put(Message(key, contact.id, "zalobot", "say", body, 2, due_at=due))
    sending = (
        "UPDATE outbox SET state = 'sending', gen = 1, attempt = 1, due_at = now(), "
        f"worker = '{worker}', lease_until = now() + interval '58 seconds' WHERE key = '{key}'"
    )
    sql(url, sending)


async def test_workers_count_each_other_to_share_what_a_messenger_takes(open_member):
    async with open_member(WORKER) as one, open_member(WEB):
        await until(lambda: one.company.senders() == 1)
        async with open_member(WORKER) as two:
            await until(lambda: one.company.senders() == two.company.senders() == 2)
        await until(lambda: one.company.senders() == 1)


async def test_what_one_process_writes_into_a_thread_rings_the_pages_of_every_other(open_member):
    async with open_member(WORKER) as worker, open_member(WEB) as web:
        async with web.store.transaction("test") as work:
            session = await work.webchat.open_session("t", "vi")
        await until(web.company.hears)
        async with worker.store.transaction("test") as work:
            await work.webchat.append(session, "k", "say", {"text": "x"})
        await until(lambda: session in web.rung)


async def test_what_staff_change_on_a_page_every_process_reads_again(open_member):
    async with open_member(WORKER) as worker, open_member(WEB) as web:
        await until(worker.company.hears)
        async with web.store.transaction("test") as work:
            await work.settings.add("20500", "x", 1, "p")
        await until(lambda: worker.app.settings.policy.decided.rows)


async def test_f21_a_part_that_the_database_is_too_new_for_stands_still(open_member, database_url):
    async with open_member(WORKER) as old:
        raised = MODULES["outbox"] + 1
        sql(database_url, f"UPDATE engine_versions SET version = {raised} WHERE module = 'outbox'")
        async with old.store.transaction("test") as work:
            contact = await work.contacts.ensure("zalobot", "site", "x", "x", "vi")
            await work.outbox.put(
                Message("k", contact.id, "zalobot", "say", {"op": "say", "text": "x"}, 2)
            )
            work.wake("outbox")
        await until(lambda: old.app.versions.older == {"outbox"})
        await old.app._drains()["outbox"]()
        assert sql(database_url, "SELECT state, attempt FROM outbox") == [("waiting", 0)]
        await old.app.versions.agree()  # started again, it takes nothing back
        version = "SELECT version FROM engine_versions WHERE module = 'outbox'"
        assert sql(database_url, version) == [(raised,)]
