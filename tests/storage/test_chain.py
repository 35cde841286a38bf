"""F53 to the end: whoever owns the file can change it, and the check says where (TRUST.md section 14)."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import open_store
from bot.config import load
from cases.anchors import groups
from storage.tables import audit
from tests.support import database

ROOT = Path(__file__).parents[2]
SWAP = (
    "UPDATE audit SET n = 99 WHERE n = 2",
    "UPDATE audit SET n = 2 WHERE n = 3",
    "UPDATE audit SET n = 3 WHERE n = 99",
)
TAIL = ("DELETE FROM audit WHERE n > 3",)
REPLACE = (
    "INSERT OR REPLACE INTO audit SELECT n, at, 'x', act, case_id, detail, prev, hash"
    " FROM audit WHERE n = 3"
)
HEAD = ("UPDATE audit_head SET n = 3, hash = (SELECT hash FROM audit WHERE n = 3)",)


@pytest.fixture
async def chain(tmp_path):
    """Five rows, as the file's owner finds them; `settings` are those of the program."""
    settings = {
        "ANNHI_DATABASE_URL": database.url(tmp_path, "var/annhi.db"),
        "ANNHI_KEY_FILE": str(tmp_path / "var/keys.json"),
        "ANNHI_JOURNAL_DIR": str(tmp_path / "var/journal"),
    }
    store, _ = await open_store(load(settings, tmp_path / "none.env"))
    async with store.transaction("t") as work:
        for act in ("one", "two", "three", "four", "five"):
            await work.audit.write("p", act, "", {"why": act})
    yield store, tmp_path / "var/annhi.db", settings
    await store.close()


def _as_owner(path, *statements):
    with database.owner(path) as owner:
        database.without_triggers(owner)
        for statement in statements:
            owner.execute(statement)
    owner.close()


async def _first_bad(store):
    async with store.reading("t") as work:
        bad = await work.audit.verify()
    return bad[0] if bad else None


COLUMNS = ("at", "actor", "act", "case_id", "detail", "prev", "hash")


@pytest.mark.parametrize("column", COLUMNS)
async def test_f53_a_change_of_any_column_is_named(chain, column):
    store, path, _ = chain
    value = "'2026-01-01T00:00:00.000000Z'" if column == "at" else "x'7a7a'"
    value = "'other'" if column in ("actor", "act", "case_id") else value
    _as_owner(path, f"UPDATE audit SET {column} = {value} WHERE n = 3")
    assert await _first_bad(store) == (3, "changed")


CHANGES = {
    "two rows swapped": (SWAP, 2),
    "first row gone": (("DELETE FROM audit WHERE n = 1",), 1),
    "a row put in between": (
        ("INSERT INTO audit SELECT 6, at, actor, act, case_id, detail, prev, hash"
         " FROM audit WHERE n = 5",), 6),
    "tail cut": (TAIL, 5),
    "all gone, head left": (("DELETE FROM audit",), 5),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
async def test_f53_the_first_bad_row_is_named(chain, change):
    store, path, _ = chain
    statements, row = CHANGES[change]
    _as_owner(path, *statements)
    found = await _first_bad(store)
    assert found is not None
    assert found[0] == row


async def test_f53_a_head_that_is_gone_is_found_out(chain):
    store, path, _ = chain
    _as_owner(path, "DELETE FROM audit_head")
    assert await _first_bad(store) is not None


@pytest.mark.sqlite("only it has REPLACE")
async def test_f53_the_file_refuses_to_replace_a_row(chain):
    _, path, _ = chain
    with database.owner(path) as owner, pytest.raises(database.REFUSED):
        owner.execute(REPLACE)
    owner.close()


@pytest.mark.sqlite("only it has REPLACE")
async def test_f53_a_replaced_row_is_named_all_the_same(chain):
    store, path, _ = chain
    _as_owner(path, REPLACE)
    assert await _first_bad(store) == (3, "changed")


def _verify(folder, settings, *more):
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "audit", "verify", "--json", *more],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


async def test_f53_the_command_names_the_row_and_fails(chain, tmp_path):
    _, path, settings = chain
    whole = {"ok": True, "rows": 5, "first_bad": None}
    assert _verify(tmp_path, settings) == (0, whole)
    _as_owner(path, *SWAP)
    code, said = _verify(tmp_path, settings)
    assert code == 1
    assert (said["ok"], said["first_bad"]["row"]) == (False, 2)


async def _sent(store, day="2026-11-26"):
    """The head of the day, as it was sent to two people; what they were told."""
    async with store.transaction("t") as work:
        head = replace(await work.audit.head(), day=day)
        for person in ("p-ad", "p-tam"):
            await work.audit.sent(head, person)
    return head


async def _made_anew(store, path, upto=99):
    """By somebody who has the file and the key: the chain fits itself again, with another third row."""
    _as_owner(
        path, "UPDATE audit SET actor = 'x' WHERE n = 3", f"DELETE FROM audit WHERE n > {upto}"
    )
    rows, prev = [], b"\0" * 32
    async with store.reading("t") as work:
        for row in await work._tx.all(select(audit).order_by(audit.c.n)):
            prev, link = work.audit._hash(prev, row), prev
            rows.append((link, prev, row["n"]))
    with database.owner(path) as owner:
        for row in rows:
            owner.execute("UPDATE audit SET prev = ?, hash = ? WHERE n = ?", row)
        owner.execute("UPDATE audit_head SET n = ?, hash = ?", (rows[-1][2], rows[-1][1]))
    owner.close()


async def test_f53_a_chain_made_anew_with_the_key_is_not_the_one_people_were_sent(chain):
    store, path, _ = chain
    await _sent(store)
    await _made_anew(store, path)
    assert await _first_bad(store) == (5, "not the head that was sent to people")


async def test_f53_a_tail_cut_with_the_key_stands_before_what_people_were_sent(chain):
    store, path, _ = chain
    await _sent(store)
    await _made_anew(store, path, upto=4)
    assert await _first_bad(store) == (5, "sent to people, and missing")


async def test_f53_a_person_holds_the_chain_against_the_message_they_kept(chain, tmp_path):
    """Whoever owns the file can take the stored heads away, too: not what stands in two people's chats."""
    store, path, settings = chain
    head = await _sent(store)
    said = f"dòng {head.n}, {groups(head.hash)}."
    assert _verify(tmp_path, settings, "--anchor", said)[0] == 0
    await _made_anew(store, path)
    with database.owner(path) as owner:
        database.without_triggers(owner, "audit_anchors")
        owner.execute("DELETE FROM audit_anchors")
    owner.close()
    assert _verify(tmp_path, settings)[0] == 0
    code, found = _verify(tmp_path, settings, "--anchor", said)
    assert (code, found["first_bad"]["row"]) == (1, 5)


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE audit_anchors SET n = 1",
        "DELETE FROM audit_anchors",
        pytest.param(
            "REPLACE INTO audit_anchors SELECT * FROM audit_anchors",
            marks=pytest.mark.sqlite("only it has REPLACE"),
        ),
    ],
)
async def test_f53_the_file_refuses_to_forget_what_was_sent(chain, verb):
    store, path, _ = chain
    await _sent(store)
    with database.owner(path) as owner, pytest.raises(database.REFUSED):
        owner.execute(verb)
    owner.close()


async def test_f53_a_chain_longer_than_what_is_read_at_once_is_whole_and_its_rows_are_named(chain):
    store, path, _ = chain
    async with store.transaction("t") as work:
        for n in range(2_100):
            await work.audit.write("p", "more", "", {"n": n})
    assert await _first_bad(store) is None
    _as_owner(path, "UPDATE audit SET act = 'less' WHERE n = 2003")
    assert await _first_bad(store) == (2_003, "changed")
