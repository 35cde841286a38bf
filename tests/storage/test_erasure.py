"""An erased case is unreadable at once, also for whoever holds the database and the key file."""

import asyncio
import json
import os
import re
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import Edges, open_app
from bot.chance import SystemChance
from cases.model import Role
from storage import tables
from storage.erasure import NotErasable, erase_again, erase_case, erase_person, finish_erasure
from storage.keys import KeyRing, Unreadable
from storage.records import remains
from storage.register import Entry, Register
from storage.store import Store
from tests.support import database
from tests.support.installed import settings
from tests.support.lying import lying_in
from tests.support.opened import opened, unknown
from tests.support.player import Player
from tests.support.world import open_world

ROOT = Path(__file__).parents[2]
CHATS = ROOT / "tests/transcripts"
PLAYED = ("whole/alert_to_closing", "relay/letter_and_answer", "media/after_the_receipt")


@pytest.fixture
async def play(tmp_path):
    players = []

    async def played(name):
        player = Player(tmp_path / name.replace("/", "-"))
        players.append(player)
        await player.play((CHATS / f"{name}.md").read_text())
        return player.world

    yield played
    for player in players:
        await player.close()


def told_in(name):
    """Whatever somebody typed or sent there, if it is long enough to be told apart."""
    text = (CHATS / f"{name}.md").read_text()
    typed = re.findall(r"^    > \w+(?: \([^)]*\))?: (.+)$", text, re.MULTILINE)
    return [one for one in typed if len(one) > 8]


async def closed(world):
    """Every case closed, as a human would."""
    async with world.app.kit.store.transaction("test") as work:
        ended = update(tables.cases).values(status="closed", closed_at=work.now)
        await work._tx.run(ended)
        return [case.id for case in await work.cases.all_cases()]


async def erase(world, case_id):
    store, register = world.app.kit.store, Register(world.app.config.journal_dir)
    async with store.transaction("erase") as work:
        stone = await erase_case(work, register, case_id, "asked")
    assert await finish_erasure(store)
    return stone


def says(found, words):
    return {
        (where, word)
        for where, plain in found
        for word in words
        if word.encode() in plain or json.dumps(word)[1:-1].encode() in plain
    }


@pytest.mark.parametrize("name", PLAYED)
async def test_f54_nothing_that_was_said_about_an_erased_case_opens_any_more(play, name):
    world, words = await play(name), told_in(name)
    store = world.app.kit.store
    before = says(await opened(store), words)
    assert len({word for _, word in before}) > len(words) / 2, "the oracle must see them"
    files = [path for path in world.app.config.journal_dir.parent.rglob("*") if path.is_file()]
    assert [word for word in words if lying_in(files, word)] == []
    for case_id in await closed(world):
        await erase(world, case_id)
    assert says(await opened(store), words) == set()
    async with store.reading("test") as work:
        assert await work.audit.verify() == []


def test_every_sealed_column_is_known_to_this_test():
    assert unknown() == set()


def test_every_table_about_a_case_is_known_to_the_erasure():
    """A new one is deleted with its case (remains.py), or holds no words and is named here."""
    gone = {table.name for table in remains.CLEARED}
    emptied = {"inbox", "outbox", "audit"}  # audit: its words go with the key, the chain stays
    stays = {"rehearsals", "certificates", "consents"}  # codes, times, which text
    stays |= {"rights"}  # that it was asked and answered; its words go with the key
    about = {table.name for table in tables.metadata.sorted_tables if "case_id" in table.c}
    assert about == gone | emptied | stays


async def report(world, who, channel="web", words="cháu Bống bị đánh, gọi 0530000001"):
    await world.says(who, words, channel)
    await world.presses(who, "Có, ngay bây giờ", channel)
    await world.says(who, "xã Đại Hiệp, hàng xóm nhà đỏ", channel)


@pytest.fixture
async def one(tmp_path):
    """An installation with one case, closed by a human; its reporter wrote on a page."""
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await report(world, "minh")
    yield world
    await world.app.close()


def bytes_of(folder):
    """What a thief of the disk finds; on PostgreSQL, of a query, because its files are elsewhere."""
    if not database.server:
        return b"".join(path.read_bytes() for path in sorted(folder.glob("annhi.db*")))
    with database.owner(folder / "annhi.db") as owner:
        columns = (("wrapped", "data_keys"), ("body", "case_events"), ("raw", "inbox"))
        rows = [owner.execute(f"SELECT {name} FROM {table}").fetchall() for name, table in columns]
    return b"".join(bytes(value) for found in rows for (value,) in found)


def sealed_of(folder, case_id):
    """The wrapped key of a case and a sealed word of it, as they lie in the file."""
    with database.owner(folder / "annhi.db") as reader:
        (key,) = reader.execute(
            "SELECT wrapped FROM data_keys WHERE scope = ?", (f"case:{case_id}",)
        ).fetchone()
        (body,) = reader.execute(
            "SELECT body FROM case_events WHERE case_id = ?", (case_id,)
        ).fetchone()
        raws = reader.execute("SELECT raw FROM inbox WHERE channel = 'web'").fetchall()
    return [key, body, *(raw for (raw,) in raws)]


async def test_f10_no_byte_of_key_or_ciphertext_is_left_in_the_file_or_its_log(one, tmp_path):
    (case_id,) = await closed(one)
    secrets = sealed_of(tmp_path, case_id)
    assert all(secret in bytes_of(tmp_path) for secret in secrets)
    await erase(one, case_id)
    assert [secret for secret in secrets if secret in bytes_of(tmp_path)] == []


async def test_a_tombstone_says_code_dates_and_reason_and_nothing_else(one):
    (case_id,) = await closed(one)
    async with one.app.kit.store.reading("test") as work:
        case = await work.cases.get(case_id)
    stone = await erase(one, case_id)
    assert (stone.code, stone.reason, stone.persons) == (case.code, "asked", 1)
    assert stone.gone_for_good == one.clock.now() + timedelta(days=35)
    assert await erase(one, case_id) == stone  # again: nothing changes
    assert [entry.id for entry in Register(one.app.config.journal_dir).entries()] == [case_id]
    async with one.app.kit.store.reading("test") as work:
        assert await work.cases.get(case_id) is None
        assert await work.cases.by_code(case.code) is None
        assert await work.cases.code_taken(case.code)
        assert await work.cases.reported_by("minh") == []


async def test_only_what_a_human_closed_is_erased(one):
    async with one.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    register = Register(one.app.config.journal_dir)
    with pytest.raises(NotErasable):
        async with one.app.kit.store.transaction("erase") as work:
            await erase_case(work, register, case.id, "asked")
    with pytest.raises(NotErasable):
        async with one.app.kit.store.transaction("erase") as work:
            await erase_case(work, register, "nowhere", "asked")
    assert register.entries() == []


@pytest.mark.parametrize("when", ["before", "after"])
async def test_f10_an_erasure_killed_around_its_commit_ends_with_the_next_start(
    one, tmp_path, when
):
    (case_id,) = await closed(one)
    secrets = sealed_of(tmp_path, case_id)
    await one.app.close()
    command = [sys.executable, "-m", "tests.faults.dying_erasure", str(tmp_path), when]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings(tmp_path)}
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env)
    assert await process.wait() == -signal.SIGKILL
    assert [entry.id for entry in Register(tmp_path / "journal").entries()] == [case_id]
    one.app = await open_app(
        one.app.config, Edges(one.clock, one.chance, list(one.channels.values()))
    )
    async with one.app.kit.store.reading("test") as work:
        assert (await work.remains.tombstone(case_id))["erased_why"] == "asked"
    assert [secret for secret in secrets if secret in bytes_of(tmp_path)] == []


async def test_another_process_that_holds_the_key_cannot_read_what_somebody_puts_back(
    one, tmp_path
):
    (case_id,) = await closed(one)
    keys = KeyRing.load_or_create(one.app.config.key_file, SystemChance())
    other = await Store.open(one.app.config.database_url, keys, one.clock, SystemChance())
    async with other.reading("test") as work:
        (event, *_) = await work.cases.events(case_id)
        row = await work._tx.one(select(tables.case_events))
    await erase(one, case_id)
    async with one.app.kit.store.transaction("test") as work:
        await work._tx.add(tables.case_events, dict(row))
    one.clock.advance(1)
    for store in (one.app.kit.store, other):
        with pytest.raises(Unreadable):
            async with store.reading("test") as work:
                await work.cases.events(case_id)
    await other.close()
    assert event.body


async def test_a_reporter_with_another_case_keeps_their_address_and_that_case(one):
    await one.says("minh", "hủy")
    (first,) = await closed(one)
    await one.says("minh", "/baotin")
    await report(one, "minh", words="một cháu khác, Canary-two, bị bỏ đói")
    stone = await erase(one, first)
    assert stone.persons == 0
    async with one.app.kit.store.reading("test") as work:
        (case,) = [one for one in await work.cases.all_cases() if one.id != first]
        contact = await work.contacts.by_address("web", "site", "minh")
        assert await work.cases.reporters(case.id) == [contact.id]
    found = await opened(one.app.kit.store)
    assert says(found, ["Canary-two"])
    assert says(found, ["Bống", "0530000001"]) == set()
    await one.says("minh", "thêm một câu")
    assert one.texts("minh")[-1]


async def test_an_address_is_erased_and_its_case_stands(one):
    store, register = one.app.kit.store, Register(one.app.config.journal_dir)
    (case_id,) = await closed(one)
    async with store.transaction("erase") as work:
        contact = await work.contacts.by_address("web", "site", "minh")
        await erase_person(work, register, contact.id, "expired")
        await erase_person(work, register, contact.id, "expired")
    assert await finish_erasure(store)
    assert [(one.what, one.id) for one in register.entries()] == [("person", contact.id)]
    async with store.reading("test") as work:
        assert await work.contacts.by_address("web", "site", "minh") is None
        assert await work.cases.reporters(case_id) == []
        assert await work.cases.events(case_id)
    await one.says("minh", "xin chào")  # a stranger from now on
    assert "Chào anh/chị" in one.texts("minh")[-1]


async def test_staff_are_never_erased_as_reporters(one):
    store, register = one.app.kit.store, Register(one.app.config.journal_dir)
    async with store.transaction("erase") as work:
        contact = await work.contacts.by_address("telegram", "site", "lan")
        await erase_person(work, register, contact.id, "expired")
        assert await work.contacts.get(contact.id) == contact
    assert register.entries() == []


async def test_f23_what_was_erased_after_a_backup_is_erased_again_in_it(one, tmp_path):
    (case_id,) = await closed(one)
    copy = database.copied(one.app.config.database_url, tmp_path, "copy.db")
    await erase(one, case_id)
    keys = KeyRing.load_or_create(one.app.config.key_file, SystemChance())
    restored = await Store.open(copy, keys, one.clock, SystemChance())
    assert says(await opened(restored), ["Bống"])
    assert await erase_again(restored, Register(one.app.config.journal_dir)) == 1
    assert await erase_again(restored, Register(one.app.config.journal_dir)) == 0
    assert says(await opened(restored), ["Bống"]) == set()
    await restored.close()


def test_the_register_survives_a_torn_line_and_takes_over_what_a_backup_knows(tmp_path):
    register, at = Register(tmp_path), datetime(2026, 11, 26, tzinfo=UTC)
    first, second, third = (Entry("case", name, at, f"s-{name}", "asked") for name in "abc")
    register.append(first)
    whole = register.path.read_bytes()
    register.path.write_bytes(whole + whole[:20])
    assert register.entries() == [first]
    register.append(second)
    assert register.entries() == [first, second]
    other = Register(tmp_path / "backup")
    other.path.parent.mkdir()
    other.append(first)
    other.append(third)
    register.merge(other.path.read_bytes())
    register.merge(other.path.read_bytes())
    assert register.entries() == [first, second, third]
    assert register.path.read_bytes().count(b'"a"') == 1
    assert register.path.stat().st_mode & 0o777 == 0o600
