"""New keys while the program runs: nothing becomes unreadable, whenever a run is killed (TRUST.md 12)."""

import asyncio
import json
import os
import re
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import open_store
from bot.chance import SystemChance
from cases.codes import access_code
from cases.messages import MediaRef
from cases.model import Role
from cases.safe_contact import Safety
from storage import rotation
from storage.keys import KeyRing, Unreadable
from storage.records.blind_columns import BLIND
from storage.rotation import BATCH, activate, finish, name_threads, prepare, reindex, rewrap
from storage.store import Store
from tests.support import database
from tests.support.installed import settings
from tests.support.opened import opened
from tests.support.rows import sql
from tests.support.world import open_world

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def one(tmp_path):
    """A running program with one case, told by a page and by Telegram."""
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.says("minh", "cháu Bống bị đánh")
    await world.presses("minh", "Có, ngay bây giờ")
    await world.says("minh", "xã Đại Hiệp")
    yield world
    await world.app.close()


async def bot(folder, *words, feed="", module="bot"):
    """A command of the program, beside the one that runs: (exit code, what it said)."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings(folder)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module.split(), *words, cwd=folder, env=env, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate(feed.encode())
    return process.returncode, said.decode()


def keks_of(folder):
    with database.owner(folder / "annhi.db") as reader:
        found = reader.execute("SELECT kek, count(*) FROM data_keys GROUP BY kek").fetchall()
    return dict(found)


async def rotate(world):
    """As the command does it, beside the running program."""
    config = world.app.config
    keys = KeyRing.load(config.key_file, SystemChance())
    other = await Store.open(config.database_url, keys, world.clock, SystemChance())
    activate(
        keys, "kek", prepare(keys, "kek", world.clock.now(), SystemChance()), world.clock.now()
    )
    await rotation.note_ring(other)
    count = (await rewrap(other)).changed
    await other.close()
    return keys, count


async def test_f10_a_running_program_goes_on_with_the_new_key(one, tmp_path):
    before = await opened(one.app.kit.store)
    keys, count = await rotate(one)
    assert keks_of(tmp_path) == {keys.active: count}
    assert keys.active == "kek-2026a"
    one.clock.advance(1)
    await one.says("minh", "thêm một câu")
    await one.says("hoa", "cháu Na bị bỏ đói")  # new keys, under the new one
    assert set(keks_of(tmp_path)) == {keys.active}
    stays = {value for value in before if value[0] != "talks.answers"}
    assert stays <= set(await opened(one.app.kit.store))
    await one.restart()
    assert stays <= set(await opened(one.app.kit.store))


@pytest.mark.parametrize(("when", "nth"), [("before", 1), ("after", 2)])
async def test_f10_a_rotation_killed_anywhere_is_run_again_and_all_is_readable(
    one, tmp_path, when, nth
):
    """Commits of `keys`: what the halves bring back, then batch by batch, the audit row last."""
    before = await opened(one.app.kit.store)
    await one.app.close()
    code, _ = await bot(
        tmp_path, "KILL", when, "keys", str(nth), "keys", "rotate", module="tests.faults.dying"
    )
    assert code == -signal.SIGKILL
    store, _ = await open_store(one.app.config)
    assert set(before) <= set(await opened(store))
    await store.close()
    code, said = await bot(tmp_path, "keys", "rotate")
    assert code == 0, said
    assert len(keks_of(tmp_path)) == 1
    one.app = (await open_world(tmp_path)).app
    assert set(before) <= set(await opened(one.app.kit.store))
    text = (tmp_path / "keys.json").read_text()
    half = next(iter(json.loads(text)["keks"].values()))
    assert half not in said


async def test_many_keys_are_wrapped_in_batches_and_an_erased_one_stays_erased(one, tmp_path):
    store = one.app.kit.store
    async with store.transaction("test") as work:
        for n in range(BATCH + 5):
            await work.tx.seal(f"test:{n}", "x|y|z", b"words")
        await work.remains._drop_keys(["test:7"])
    _, count = await rotate(one)
    assert count > BATCH
    async with store.reading("test") as work:
        with pytest.raises(Unreadable):
            await work.tx.open("test:7", "x|y|z", b"")
    assert keks_of(tmp_path)[""] == 1


async def test_an_old_key_stays_while_a_backup_may_need_it_and_is_then_needed_nowhere(
    one, tmp_path
):
    keys, _ = await rotate(one)
    store, folder = one.app.kit.store, one.app.config.journal_dir
    one.clock.advance(1)
    await one.says("minh", "và một câu nữa")
    own = one.app.kit.store._keys
    (kept,) = await finish(store, own, [folder])
    assert (kept.name, kept.why) == ("kek-1", "young")
    one.clock.advance(timedelta(days=36))
    (kept,) = await finish(store, own, [folder])
    assert (kept.name, kept.why, kept.count) == ("kek-1", "files", 1)  # today's journal names it
    for path in folder.glob("*.journal"):
        path.unlink()
    assert await finish(store, own, [folder]) == []
    assert list(own.ring.keks) == [keys.active]
    await one.restart()
    assert any("Bống".encode() in plain for _, plain in await opened(one.app.kit.store))


async def test_a_key_that_was_prepared_is_used_when_it_is_everywhere(one, tmp_path):
    code, said = await bot(tmp_path, "keys", "rotate", "--prepare")
    assert (code, "not used yet" in said) == (0, True)
    assert KeyRing.load(tmp_path / "keys.json", SystemChance()).active == "kek-1"
    assert (await bot(tmp_path, "keys", "rotate", "--prepare"))[0] == 0
    code, said = await bot(tmp_path, "keys", "rotate")
    keys = KeyRing.load(tmp_path / "keys.json", SystemChance())
    assert list(keys.ring.keks) == ["kek-1", keys.active]
    code, said = await bot(tmp_path, "keys", "show")
    assert f"{keys.active} (active): wraps" in said
    assert not re.search(r"[A-Za-z0-9+/]{40,}", said)


async def _known(world):
    """What is found by blind indexes: the address, the case by its secret code, the thread's name."""
    async with world.app.kit.store.reading("test") as work:
        (case, *_) = await work.cases.all_cases()
        code = access_code(world.app.kit.code_key, await work.cases.submission(case.id))
        contact = await work.contacts.by_address("web", "site", "minh")
        by_code = await work.cases.by_access(code.replace(" ", ""))
        names = [one.id for one in await work.threads.of_case(case.id)]
        return contact.id, by_code.id, names


def _blind_values(folder):
    columns = (("contacts", "address_index"), ("reporters", "access_hash"), ("inbox", "lane"),
               ("files", "same_index"))  # fmt: skip
    with database.owner(folder / "annhi.db") as reader:
        return {
            table: {row[0] for row in reader.execute(f"SELECT {name} FROM {table}")} - {None}
            for table, name in columns
        }


async def test_the_index_key_changes_and_everybody_is_still_known(one, tmp_path):
    for name in ("a.jpg", "b.jpg"):
        media = (MediaRef("image", name, name),)
        await one.hears(one.message("minh", "web", "media", media=media))
    known, before = await _known(one), _blind_values(tmp_path)
    assert all(before.values())
    config, now = one.app.config, one.clock.now()
    keys = KeyRing.load(config.key_file, SystemChance())
    other = await Store.open(config.database_url, keys, one.clock, SystemChance())
    await name_threads(other)
    activate(keys, "index", prepare(keys, "index", now, SystemChance()), now)
    one.clock.advance(1)
    await one.says("minh", "thêm một câu")  # half way: still found, under the old key
    assert await _known(one) == known
    assert (await reindex(other)).changed > 0
    assert await reindex(other) == rotation.Done(0)
    await other.close()
    after = _blind_values(tmp_path)
    assert {table: before[table] & after[table] for table in before} == {
        table: set() for table in before
    }
    one.clock.advance(timedelta(days=3))
    ring = one.app.kit.store._keys
    assert await finish(one.app.kit.store, ring, []) == []
    assert list(ring.ring.index_keys) == ["index-2026a"]
    assert await _known(one) == known
    await one.says("minh", "và nữa")
    async with one.app.kit.store.reading("test") as work:
        assert len(await work.cases.all_cases()) == 1


async def test_a_code_word_keeps_the_key_it_was_made_with(one):
    store, keys, now = one.app.kit.store, one.app.kit.store._keys, one.clock.now()
    mark = store.mark("word", "hoa sen")
    async with store.transaction("test") as work:
        contact = await work.contacts.by_address("web", "site", "minh")
        await work.safety.put(contact.id, Safety(word=mark))
    activate(keys, "index", prepare(keys, "index", now, SystemChance()), now)
    await reindex(store)
    assert store.is_mark(mark, "word", "hoa sen")
    assert not store.is_mark(mark, "word", "hoa mai")
    one.clock.advance(timedelta(days=3))
    (kept,) = await finish(store, keys, [])
    assert (kept.name, kept.why, kept.count) == ("index-1", "words", 1)
    new = store.mark("word", "hoa sen")
    assert store.is_mark(new, "word", "hoa sen")
    async with store.transaction("test") as work:
        await work.safety.put(contact.id, Safety(word=new))
    assert await finish(store, keys, []) == []
    assert not store.is_mark(mark, "word", "hoa sen")


async def test_damaged_rows_are_named_and_hold_up_no_rotation(one, tmp_path):
    await one.hears(one.message("minh", "web", "media", media=(MediaRef("image", "a.jpg", "x"),)))
    await one.says("hoa", "cháu Na bị đánh", "telegram")
    (file,) = sql(one, "SELECT id FROM files")[0]
    torn = f"X'{'00' * 40}'"
    sql(one, f"UPDATE files SET facts = {torn}")
    (hoa,) = sql(one, "SELECT id FROM contacts WHERE channel = 'telegram' AND id <> 'c-lan'")[-1]
    sql(one, f"UPDATE contacts SET address = {torn} WHERE id = '{hoa}'")
    sql(one, f"UPDATE data_keys SET wrapped = {torn} WHERE scope = 'file:{file}'")
    await one.app.close()

    code, said = await bot(tmp_path, "keys", "rotate")
    assert code == 0
    assert re.search(r"kek-\d{4}a wraps all keys now", said)
    assert f"(the key that wraps them stays in the key file): 1\n  data_keys file:{file}\n" in said
    code, said = await bot(tmp_path, "keys", "rotate")  # no earlier run is to be brought to its end
    assert re.search(r"kek-\d{4}b wraps all keys now", said)
    assert keks_of(tmp_path)["kek-1"] == 1
    assert "kek-1 stays in the key file" in said
    code, said = await bot(tmp_path, "keys", "rotate", "--index")
    assert code == 0
    assert f"  contacts {hoa}\n  files {file}\n" in said


@pytest.mark.parametrize("kind", [(), ("--index",)], ids=["kek", "index"])
async def test_an_old_key_file_changes_no_key(one, tmp_path, kind):
    """What it cannot open is not damaged: on another machine the file is newer."""
    await one.hears(one.message("minh", "web", "media", media=(MediaRef("image", "a.jpg", "x"),)))
    sql(one, "UPDATE data_keys SET kek = 'kek-2099a' WHERE scope LIKE 'case:%'")
    await one.app.close()
    before = (tmp_path / "keys.json").read_bytes()
    code, said = await bot(tmp_path, "keys", "rotate", *kind)
    assert code == 1
    assert "lacks kek-2099a, which wraps 1 keys" in said
    assert (tmp_path / "keys.json").read_bytes() == before


def test_whatever_is_found_blindly_is_named_with_what_a_new_key_does_to_it():
    kinds = set()
    for folder in ("storage", "handlers", "notifications", "bot", "web"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            kinds |= set(re.findall(r"\b(?:blinds?|opaques?|mark|is_mark)\(\s*\"([a-z ]+)\"", text))
    assert kinds <= set(BLIND)
    assert {"address", "lane", "access", "word"} <= kinds
