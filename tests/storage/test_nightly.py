"""Copies by night, and the proof of them: made once, kept 35 days, restored for trial, never sent."""

import json
from datetime import timedelta

import pytest

from bot.app import Edges
from bot.backups import (
    PROVED,
    Backups,
    DrillFailed,
    before_migrating,
    last_backup_at,
    nightly_copies,
    proved_at,
)
from bot.commands.copies import copies
from bot.proving import NotProved, prove
from cases.model import Role
from storage import backup, migrate
from tests.support import database
from tests.support.world import open_world

T = "telegram"
NIGHT = timedelta(hours=24)


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path, ANNHI_BACKUP_DIR=str(tmp_path / "backup"))
    await made.staff("lan", Role.OFFICER, "20500", T)
    yield made
    await made.app.close()


async def awake(world, **more):
    """What the running program has, ten minutes after its start."""
    app = world.app
    made = Backups(app.config, app.kit.store, app.kit.store._keys, **more)
    assert await made.nightly() == 0
    world.clock.advance(600)
    return made


def listed(world):
    return sorted(one.name for one in (world.app.config.backup_dir).glob("*.backup"))


async def test_one_copy_a_night_and_none_is_older_than_35_days(world):
    backups, folder = await awake(world), world.app.config.backup_dir
    for _ in range(6):
        made = [await backups.nightly() for _ in range(2)]
        assert made == [1, 0]  # once since the last night's hour
        world.clock.advance(timedelta(days=8))
    days = ["20261201", "20261209", "20261217", "20261225", "20270102"]
    assert [name[6:14] for name in listed(world)] == days
    assert listed(world)[0].endswith(f"-{migrate.head()}.backup")
    assert last_backup_at(folder) == nightly_copies(folder)[0][0]


async def test_a_copy_before_a_migration_only_where_the_schema_changes(world, tmp_path):
    config, keys = world.app.config, world.app.kit.store._keys
    assert before_migrating(config, keys, world.clock.now()) is None
    older = f"sqlite+aiosqlite:///{tmp_path}/older.db"
    migrate.upgrade(older, to="0009")
    path = before_migrating(
        config.model_copy(update={"database_url": older}), keys, world.clock.now()
    )
    assert path.name == "pre-0009.backup"
    assert backup.check(path, keys).revision == "0009"


async def test_the_doctor_misses_a_copy_its_proof_and_another_disk(world):
    config = world.app.config

    def found():
        return [one.level for one in copies(config, world.clock.now())]

    disk = "ok" if database.server else "warning"  # a server keeps its data elsewhere
    assert found() == ["warning", "warning", disk]
    backups = await awake(world)
    await backups.nightly()
    assert found() == ["ok", "warning", disk]
    await drilled(world)
    assert found() == ["ok", "ok", disk]
    world.clock.advance(timedelta(hours=27))
    assert found() == ["warning", "ok", disk]
    world.clock.advance(timedelta(hours=22))
    assert found() == ["warning", "warning", disk]


async def drilled(world, **more):
    _, file = nightly_copies(world.app.config.backup_dir)[0]
    edges = Edges(world.clock, world.chance, [*world.channels.values()])
    return await prove(replace_config(world, **more), file, edges)


def replace_config(world, **more):
    return world.app.config.model_copy(update=more)


async def test_the_drill_lives_through_the_day_sends_nothing_and_says_when_it_held(world):
    backups = await awake(world)
    await backups.nightly()
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    told = {name: len(one.accepted) for name, one in world.channels.items()}
    proof = await drilled(world)
    assert {name: len(one.accepted) for name, one in world.channels.items()} == told
    assert (proof.replayed, proof.rows > 0, proof.kept_back >= 3) == (2, True, True)
    folder = world.app.config.backup_dir
    assert proved_at(folder) == proof.at == world.clock.now()
    assert json.loads((folder / PROVED).read_text())["backup"] == proof.backup
    assert not (folder / ".drill").exists()
    async with world.app.kit.store.reading("test") as work:
        assert len(await work.cases.all_cases()) == 1  # the running database is as it was


async def test_a_copy_that_does_not_hold_is_no_proof(world):
    backups = await awake(world)
    await backups.nightly()
    _, file = nightly_copies(world.app.config.backup_dir)[0]
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    with pytest.raises(backup.BadBackup):
        await drilled(world)
    file.write_bytes(whole)
    async with world.app.kit.store.transaction("t") as work:  # sealed by a key that went since
        await work.remains._drop_keys([f"day:{work.now:%Y-%m-%d}"])
    world.clock.advance(timedelta(minutes=1))
    backup.write(world.app.config.database_url, backups.keys, world.clock.now(), file)
    with pytest.raises(NotProved, match="canary"):
        await drilled(world)
    assert proved_at(world.app.config.backup_dir) is None
    assert not (world.app.config.backup_dir / ".drill").exists()


async def test_a_drill_begins_once_for_a_copy_and_one_that_failed_is_noticed(world):
    backups = await awake(world, proof=("false",))
    assert await backups.prove() == 0  # there is no copy yet
    await backups.nightly()
    assert await backups.prove() == 1
    await backups.drill.wait()
    with pytest.raises(DrillFailed):
        await backups.prove()
    assert await backups.prove() == 0  # not at once again
    world.clock.advance(timedelta(hours=1))
    backups.proof = ("sleep", "600")
    assert await backups.prove() == 1
    assert await backups.prove() == 0  # it runs
    await backups.stop()
    assert backups.drill.returncode < 0
