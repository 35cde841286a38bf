"""What a thief of the files learns: nothing that names a person (TRUST.md section 12)."""

import sqlite3

import pytest
from sqlalchemy import LargeBinary, select

from bot.chance import SystemChance
from bot.stage import raw_of
from cases.model import Role
from notifications.channel import Admitted
from storage import migrate, tables
from storage.keys import KeyRing
from storage.store import Store
from tests.support import database
from tests.support.lying import lying_in
from tests.support.world import open_world

WORDS = ("Bống", "0530000001", "Trần Thị Canary", "hàng xóm nhà đỏ")
MODE = 0o777


@pytest.fixture
async def told(tmp_path):
    """A whole report, a card that was opened, a note: everything that can hold somebody's words."""
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get("p-lan")
        await work.people.save(type(person)(**_named(person, "Trần Thị Canary")))
    who = "minh"
    await world.reporter(who, "web", "vi")
    await world.says(who, "cháu Bống bị đánh, gọi 0530000001")
    await world.presses(who, "Có, ngay bây giờ")
    await world.says(who, "xã Đại Hiệp, hàng xóm nhà đỏ")
    await world.presses("lan", "Tôi nhận", "telegram")
    await world.presses("lan", "Mở hồ sơ", "telegram")
    assert any("Bống" in text for text in world.texts("lan", "telegram"))
    yield world, tmp_path
    await world.app.close()


def _named(person, name):
    values = {field: getattr(person, field) for field in person.__slots__}
    return {**values, "name": name}


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "none.env"]


CANARIES = (
    "880012345678",
    "zalo-user-77665544",
    "oa-user-99887766",
    "0905123987",
    "Bé Canary Ngọc",
)
CHANNELS = (
    ("telegram", CANARIES[0]), ("zalobot", CANARIES[1]), ("zalooa", CANARIES[2]), ("web", "session-1"),
)  # fmt: skip


async def test_f54_no_account_name_phone_or_place_of_anybody_is_in_a_file_or_column(tmp_path):
    """On every channel, through the turns and the sender; a sealed reply of ours repeats the words."""
    world = await open_world(tmp_path)
    for channel, who in CHANNELS:
        await world.says(who, "Bé Canary Ngọc bị đánh, gọi 0905123987", channel)
        await world.says(who, "sos", channel)
        await world.says(who, "xã Đại Hiệp, nhà Canary Ngọc cạnh giếng", channel)
    async with world.app.kit.store.reading("test") as work:
        clear = [
            f"{table.name}.{column.name}"
            for table in tables.metadata.sorted_tables
            for column in table.columns
            if not isinstance(column.type, LargeBinary)
            for row in await work.tx.all(select(column.label("it")).where(column.is_not(None)))
            if any(canary in str(row["it"]) for canary in (*CANARIES, "cạnh giếng"))
        ]
    assert clear == []
    await world.app.close()
    for canary in (*CANARIES, "cạnh giếng"):
        assert lying_in(_files(tmp_path), canary) == []


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.sqlite("the bytes and rights of its files")
async def test_no_word_of_a_report_is_in_the_bytes_of_any_file(told, word):
    _, folder = told
    files = _files(folder)
    assert {"annhi.db", "annhi.db-wal", "keys.json"} <= {path.name for path in files}
    assert any(path.suffix == ".journal" for path in files)
    assert lying_in(files, word) == []


@pytest.mark.sqlite("the bytes and rights of its files")
async def test_a_checkpoint_and_a_deleted_row_leave_no_words_behind(told):
    world, folder = told
    async with world.app.kit.store.transaction("test") as work:
        await work.people.save(type(p := await work.people.get("p-lan"))(**_named(p, "")))
    with database.owner(folder / "annhi.db") as owner:
        owner.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    owner.close()
    for path in _files(folder):
        assert b"Canary" not in path.read_bytes()


@pytest.mark.sqlite("the bytes and rights of its files")
async def test_every_file_is_for_our_eyes_only(told):
    _, folder = told
    kept = [path for path in _files(folder) if path.suffix != ".migrating"]
    assert {path.name: oct(path.stat().st_mode & MODE) for path in kept} == {
        path.name: "0o600" for path in kept
    }
    assert (folder / "journal").stat().st_mode & MODE == 0o700


async def test_a_value_moved_to_another_row_is_refused(told):
    world, folder = told
    with database.owner(folder / "annhi.db") as owner:
        first, last = "(SELECT min(seq) FROM case_events)", "(SELECT max(seq) FROM case_events)"
        owner.execute(
            f"UPDATE case_events SET body = (SELECT body FROM case_events WHERE seq = {first})"
            f" WHERE seq = {last}"
        )
    owner.close()
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        with pytest.raises(Exception, match="cannot be opened"):
            await work.cases.events(case.id)


async def test_another_installations_keys_open_nothing(told, tmp_path):
    world, folder = told
    keys = KeyRing.load_or_create(tmp_path / "others.json", SystemChance())
    url = database.url(folder)
    thief = await Store.open(url, keys, world.clock, SystemChance())
    async with thief.reading("test") as work:
        (case,) = await work.cases.all_cases()
        with pytest.raises(Exception, match="cannot be opened"):
            await work.cases.events(case.id)
    await thief.close()


@pytest.mark.sqlite("its pragmas")
async def test_the_database_is_as_durable_as_promised(told):
    world, _ = told
    names = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }
    async with world.app.kit.store.transaction("test") as work:
        driver = work._tx.connection._plain.connection.driver_connection
        assert {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in names} == names
    async with world.app.kit.store.reading("test") as work:
        driver = work._tx.connection._plain.connection.driver_connection
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            driver.execute("DELETE FROM offers")


@pytest.mark.sqlite("the bytes and rights of its files")
async def test_f54_a_telegram_account_is_not_readable_in_the_file(tmp_path):
    world = await open_world(tmp_path)
    incoming = world.message("880012345678", "telegram", "text", text="xin chào")
    admitted = world.channels["telegram"].admit({}, raw_of(incoming))
    assert isinstance(admitted, Admitted)
    await world.hears(incoming)
    await world.app.close()
    found = [path.name for path in _files(tmp_path) if b"880012345678" in path.read_bytes()]
    assert found == []


@pytest.mark.sqlite("test_postgres.py has its own")
def test_an_old_schema_with_rows_becomes_the_newest_and_keeps_them(tmp_path):
    url = database.url(tmp_path, "t.db")
    engine = migrate._engine(url)
    with engine.begin() as connection:
        migrate.command.upgrade(migrate.config(connection), "0001")
        connection.exec_driver_sql(
            "INSERT INTO areas (code, kind, valid_from, valid_to, name, commune, aliases, landmark,"
            " source) VALUES ('1', 'commune', '2025-07-01', '', 'Đại Hiệp', '', '', '', 'x')"
        )
        connection.exec_driver_sql(
            "INSERT INTO audit (n, at, actor, act, case_id, detail, prev, hash)"
            " VALUES (1, '', 'p', 'read', '', x'00', x'00', x'00')"
        )
    engine.dispose()
    migrate.upgrade(url)
    with database.owner(tmp_path / "t.db") as reader:
        assert reader.execute("SELECT name, owners FROM areas").fetchall() == [("Đại Hiệp", None)]
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            reader.execute("DELETE FROM audit")
    reader.close()
