"""A sealed copy: written while others write, believed only when every piece of it is checked."""

import asyncio
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from bot.chance import SystemChance
from bot.clock import HandClock
from cases.model import Person, Role
from storage import backup, copying, migrate
from storage.keys import KeyRing
from storage.store import Store
from tests.support import database

ROOT = Path(__file__).parents[2]
WORDS = "the child lives behind the well"


@pytest.fixture
async def place(tmp_path):
    """(store, its address, keys, folder), with some rows that are sealed, empty, long."""
    url = database.url(tmp_path, "t.db")
    migrate.upgrade(url)
    keys = KeyRing.load_or_create(tmp_path / "keys.json", SystemChance())
    store = await Store.open(url, keys, HandClock(), SystemChance())
    async with store.transaction("t") as work:
        await work.inbox.record("desk", WORDS)
        await work.inbox.record("desk", "x" * 3_000_000)  # of more than one piece
        await work.audit.write("p-lan", "read", "", {"words": WORDS})
    yield store, url, keys, tmp_path
    await store.close()


def everything(url):
    with copying.snapshot(url) as connection:
        found = copying.read(connection)
        return [(one.table, one.columns, [tuple(row) for row in one.rows]) for one in found]


def restored(file, keys, folder, url=""):
    url = url or database.empty(folder, "again.db")
    migrate.upgrade(url, to=backup.check(file, keys).revision)
    with copying.empty_place(url) as connection:
        backup.load(file, keys, connection)
        assert copying.damage(connection) == ""
    return url


async def test_every_row_comes_back_as_it_was(place):
    """Also into the other kind of database, where the run is on PostgreSQL."""
    store, _, keys, folder = place
    url = database.empty(folder, "own.db")
    migrate.upgrade(url)
    own = await Store.open(url, keys, HandClock(), SystemChance())
    async with own.transaction("t") as work:
        await work.people.add(Person("p-lan", Role.OFFICER, "20500", name="Lan", on_duty=False))
        await work.inbox.record("desk", WORDS)
        await work.audit.write("p-lan", "read", "", {"words": WORDS})
    await own.close()
    head = backup.write(url, keys, store.clock.now(), folder / "b")
    assert everything(restored(folder / "b", keys, folder)) == everything(url)
    plain = f"sqlite+aiosqlite:///{folder}/plain.db"
    assert everything(restored(folder / "b", keys, folder, plain)) == everything(url)
    assert head.counts["audit"] == head.audit_n == 1
    assert backup.head_of(folder / "b") == head


async def test_a_copy_goes_into_the_other_kind_of_database_and_back(place, databases):
    """As two copies: what came from a file goes into a server, and what is there into a file."""
    store, url, keys, folder = place
    other = databases.fresh()
    backup.write(url, keys, store.clock.now(), folder / "b")
    assert everything(restored(folder / "b", keys, folder, other)) == everything(url)
    backup.write(other, keys, store.clock.now(), folder / "c")
    back = f"sqlite+aiosqlite:///{folder}/back.db"
    assert everything(restored(folder / "c", keys, folder, back)) == everything(url)
    assert backup.head_of(folder / "c").audit_hash == backup.head_of(folder / "b").audit_hash


async def test_what_is_copied_is_of_one_moment_however_much_is_written_meanwhile(place):
    """A report that is written while a copy runs is in it whole or not at all."""
    _, url, _, folder = place
    with copying.snapshot(url) as connection:
        counts = copying.counts(connection)
        with database.owner(folder / "t.db") as other:
            other.execute("UPDATE inbox SET error = 'later'")
            other.execute("DELETE FROM audit_head")
        batches = list(copying.read(connection))
    assert counts["audit_head"] == 1
    assert "audit_head" in {one.table for one in batches}
    assert "later" not in str([one.rows for one in batches if one.table == "inbox"])
    with copying.snapshot(url) as connection:
        assert copying.counts(connection)["audit_head"] == 0


async def test_nobody_else_can_read_it_and_neither_words_nor_the_kek_are_in_it(place):
    store, url, keys, folder = place
    backup.write(url, keys, store.clock.now(), folder / "b")
    whole = (folder / "b").read_bytes()
    assert stat.S_IMODE((folder / "b").stat().st_mode) == 0o600
    for secret in (WORDS.encode(), b"p-lan", (folder / "keys.json").read_text()[40:80].encode()):
        assert secret not in whole
    assert sorted(one.name for one in folder.glob("b*")) == ["b"]


def _changed(whole, head):
    at = len(head) + 2000
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


def _swapped(whole, head):
    size = 4 + backup.PIECE + 29  # length, version, nonce, seal
    one, two = whole[len(head) :][:size], whole[len(head) + size :][:size]
    return head + two + one + whole[len(head) + 2 * size :]


def _without_its_last_piece(whole, head):
    return whole[: len(head) + 2 * (4 + backup.PIECE + 29)]


DAMAGE = {
    "changed": _changed, "swapped": _swapped, "cut": lambda whole, _: whole[:-1],
    "without its end": _without_its_last_piece,
    "another time in its first line": lambda whole, _: whole.replace(b"2026-11-23T13", b"2026-11-23T12", 1),
    "other counts": lambda whole, _: whole.replace(b'"audit": 1', b'"audit": 2', 1),
    "longer": lambda whole, _: whole + b"x",
    "something else": lambda whole, _: b"SQLite format 3\0" + whole,
    "another format": lambda whole, _: whole.replace(b"annhi-backup-1", b"annhi-backup-9", 1),
    "empty": lambda whole, _: b"",
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGE)
async def test_a_damaged_copy_is_never_believed(place, how):
    store, url, keys, folder = place
    backup.write(url, keys, store.clock.now(), folder / "b")
    whole = (folder / "b").read_bytes()
    damaged = DAMAGE[how](whole, whole[: whole.index(b"\n") + 1])
    assert damaged != whole
    (folder / "b").write_bytes(damaged)
    with pytest.raises(backup.BadBackup):
        backup.check(folder / "b", keys)


async def test_without_its_key_it_says_which_one_it_needs(place):
    store, url, keys, folder = place
    backup.write(url, keys, store.clock.now(), folder / "b")
    line, _, rest = (folder / "b").read_bytes().partition(b"\n")
    (folder / "b").write_bytes(line.replace(b'"kek-1"', b'"kek-7"') + b"\n" + rest)
    with pytest.raises(backup.NoKey, match="kek-7"):
        backup.check(folder / "b", keys)


KILLED = """
import resource, sys
from pathlib import Path
from bot.chance import SystemChance
from bot.clock import SystemClock
from storage import backup
from storage.keys import KeyRing
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the system kills it at this size
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
folder = Path(sys.argv[1])
keys = KeyRing.load(folder / "keys.json", SystemChance())
backup.write(sys.argv[3], keys, SystemClock().now(), folder / "b")
"""


@pytest.mark.parametrize("size", [0, 400, 1_500_000])
async def test_f10_a_backup_killed_at_a_file_size_leaves_the_older_one_whole(place, size):
    store, url, keys, folder = place
    backup.write(url, keys, store.clock.now(), folder / "b")
    before = (folder / "b").read_bytes()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(folder), str(size), url, env=env
    )
    assert await process.wait() == -signal.SIGXFSZ
    assert (folder / "b").read_bytes() == before
    # What it left is sealed, and the next one takes its place.
    assert WORDS.encode() not in (folder / "b.new").read_bytes()
    backup.write(url, keys, store.clock.now(), folder / "b")
    with copying.snapshot(url) as connection:
        assert backup.check(folder / "b", keys).counts == copying.counts(connection)
    assert sorted(one.name for one in folder.glob("b*")) == ["b"]
