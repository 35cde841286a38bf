"""The key file: made once, whole, and only where nothing was sealed before (TRUST.md section 12)."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.app import open_store
from bot.chance import SystemChance
from bot.config import load
from cases.model import Role
from storage.keys import KeyRing, KeysUnusable
from storage.records.people import Invite
from tests.support import database


def config_in(folder):
    here = {
        "ANNHI_DATABASE_URL": database.url(folder, "data/annhi.db"),
        "ANNHI_KEY_FILE": str(folder / "keys/keys.json"),
        "ANNHI_JOURNAL_DIR": str(folder / "journal"),
    }
    return load(here, folder / "none.env")


async def used(folder):
    """An installation in which something was sealed, and which was stopped."""
    config = config_in(folder)
    store, _ = await open_store(config)
    async with store.transaction("test") as work:
        await work.invites.create("code", Invite(Role.OFFICER, "20500", (), "Lan"), work.now)
    await store.close()
    return config


def everything(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}


async def refused(config, folder, said):
    before = everything(folder)
    with pytest.raises(KeysUnusable) as no:
        await open_store(config)
    assert said in str(no.value)
    assert str(config.key_file) in str(no.value)
    assert "copy" in str(no.value)
    assert everything(folder) == before


async def test_a_lost_key_file_is_never_replaced_by_a_new_one(tmp_path):
    config = await used(tmp_path)
    config.key_file.unlink()
    config.key_file.parent.rmdir()
    await refused(config, tmp_path, "missing")


@pytest.mark.sqlite("its log beside the file")
async def test_a_lost_key_file_is_missed_after_a_kill_too(tmp_path):
    config = await used(tmp_path)
    with sqlite3.connect(tmp_path / "data/annhi.db") as other:  # its log stays beside the database
        other.execute("UPDATE invites SET used_at = NULL")
        config.key_file.rename(tmp_path / "aside")
        with pytest.raises(KeysUnusable, match="missing"):
            await open_store(config)
    other.close()
    assert not config.key_file.exists()


async def test_the_key_file_of_another_installation_is_refused(tmp_path):
    config = await used(tmp_path)
    config.key_file.unlink()
    KeyRing.load_or_create(config.key_file, SystemChance())
    await refused(config, tmp_path, "does not fit this database")


async def test_the_right_key_file_opens_again(tmp_path):
    config = await used(tmp_path)
    store, _ = await open_store(config)
    async with store.transaction("test") as work:
        assert await work.invites.use("code") is None  # expired, and readable
    await store.close()


async def test_a_database_without_anything_sealed_gets_its_keys(tmp_path):
    config = await used(tmp_path)
    database.asked(tmp_path / "data/annhi.db", "DELETE FROM data_keys")
    config.key_file.unlink()
    store, _ = await open_store(config)
    await store.close()
    assert config.key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.sqlite("a file that is none")
async def test_a_file_that_is_no_database_gets_no_keys(tmp_path):
    config = config_in(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/annhi.db").write_bytes(b"something else" * 100)
    with pytest.raises(OSError, match="not a database"):
        await open_store(config)
    assert not config.key_file.exists()


def test_of_many_programs_that_start_together_one_makes_the_keys(tmp_path):
    path = tmp_path / "keys.json"
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: KeyRing.load_or_create(path, SystemChance()), range(8)))
    assert len({ring.audit_key for ring in rings}) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


def test_what_a_killed_start_had_begun_to_write_is_no_key_file(tmp_path):
    path = tmp_path / "keys.json"
    path.with_name("keys.json.new").write_text(
        '{"active": "kek-1", "keks": {"kek-1": "' + "A" * 999
    )
    ring = KeyRing.load_or_create(path, SystemChance())
    assert KeyRing.load_or_create(path, SystemChance()).audit_key == ring.audit_key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("text", ["[]", '{"active": 1, "keks": []}', "", json.dumps({"keks": {}})])
def test_a_key_file_of_another_shape_is_refused_in_a_sentence(tmp_path, text):
    path = tmp_path / "keys.json"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeysUnusable, match="damaged"):
        KeyRing.load_or_create(path, SystemChance())
