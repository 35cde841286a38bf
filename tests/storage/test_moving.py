"""From SQLite to PostgreSQL: everything, in order, or nothing; killed in the middle it begins anew."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import open_store
from bot.config import load
from storage.locks import FileLock
from storage.tables import metadata
from tests.support.servers import asked
from tests.support.world import open_world

ROOT = Path(__file__).parents[2]
DIES = """
import os, sys, storage.moving
storage.moving._same = lambda *_: os.kill(os.getpid(), 9)
from bot.__main__ import main
main(sys.argv[1:])
"""
COUNTS = tuple(one.name for one in metadata.sorted_tables)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """An installation on SQLite in which somebody has begun to report; nobody runs it."""
    folder = tmp_path_factory.mktemp("told")

    async def tells():
        world = await open_world(
            folder, ANNHI_DATABASE_URL=f"sqlite+aiosqlite:///{folder}/annhi.db"
        )
        await world.says("minh", "Cháu bé nhà bên bị đánh, đang khóc")
        await world.app.close()
        return world

    return asyncio.run(tells())


def _bot(world, *arguments, how=("-m", "bot")):
    config = world.app.config
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
        "ANNHI_DATABASE_URL": config.database_url, "ANNHI_KEY_FILE": str(config.key_file),
        "ANNHI_JOURNAL_DIR": str(config.journal_dir),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, *how, *arguments], env=env, text=True, cwd=config.key_file.parent,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _moved(world, url):
    """(exit code, what it printed, what it complained about)."""
    process = _bot(world, "migrate", "--to", url)
    out, err = process.communicate()
    return process.returncode, out, err


@pytest.fixture(autouse=True)
def _unmarked(told):
    yield
    (told.app.config.database_file.with_name("annhi.db.moved")).unlink(missing_ok=True)


def _rows(world, table):
    with sqlite3.connect(world.app.config.database_file) as reader:
        return reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


async def test_everything_goes_over_and_the_chat_goes_on(told, databases, tmp_path):
    url = databases.fresh()
    code, out, err = _moved(told, url)
    assert (code, err) == (0, "")
    for table in COUNTS:
        assert f"{table}: {_rows(told, table)}\n" in out
        assert asked(url, f"SELECT count(*) FROM {table}") == [(_rows(told, table),)]
    assert "the audit chain is whole" in out
    # The old one says why it does not start, and how it would.
    refused = _bot(told, "audit", "verify")
    assert "moved to PostgreSQL" in refused.communicate()[1]
    settings = {
        "ANNHI_DATABASE_URL": url, "ANNHI_KEY_FILE": str(told.app.config.key_file),
        "ANNHI_JOURNAL_DIR": str(tmp_path / "journal"),
    }  # fmt: skip
    store, _ = await open_store(load(settings, tmp_path / "none.env"))
    async with store.transaction("on") as work:  # numbers go on after what was copied
        await work.inbox.record("desk", "{}")
        await work.audit.write("operator", "moved")
    async with store.reading("look") as work:
        assert await work.audit.verify() == []
        contact = await work.contacts.by_address("web", "site", "minh")
        (talk,) = await work.talks.of_contact(contact.id)
        assert talk.answers
    await store.close()
    # What was recorded, and the line that tells the audit again.
    assert asked(url, "SELECT count(*) FROM inbox") == [(_rows(told, "inbox") + 2,)]


def test_killed_in_the_middle_the_new_one_is_empty_and_it_begins_anew(told, databases):
    url = databases.migrated()
    process = _bot(told, "migrate", "--to", url, how=("-c", DIES))
    out, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert f"inbox: {_rows(told, 'inbox')}\n" in out  # everything was copied, nothing committed
    code, out, _ = _moved(told, url)
    assert code == 0
    assert f"inbox: {_rows(told, 'inbox')}\n" in out
    # Killed between the commit and the mark: what is there is recognised.
    told.app.config.database_file.with_name("annhi.db.moved").unlink()
    code, out, _ = _moved(told, url)
    assert code == 0
    assert "copied before" in out
    # With anything else in it, it is left alone.
    told.app.config.database_file.with_name("annhi.db.moved").unlink()
    asked(url, "DELETE FROM outbox")
    code, _, err = _moved(told, url)
    assert code == 1
    assert "not empty" in err


def test_not_while_a_program_runs_on_the_old_one(told, databases):
    url = databases.migrated()
    with FileLock(told.app.config.database_file.with_suffix(".sending")) as running:
        assert running.taken()
        code, _, err = _moved(told, url)
    assert code == 1
    assert "stop it first" in err
    assert not told.app.config.database_file.with_name("annhi.db.moved").exists()
