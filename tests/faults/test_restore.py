"""F23 with the real program: killed under load, its disk gone, restored from a copy made while it wrote.

That an hour passes between copy and loss, with its alarms, is played by a hand clock in
tests/storage/test_restoring.py; here programs, signals, files and the accept log are real.
"""

import asyncio
import json
import re
import sys
from collections import Counter

import pytest

from bot.app import open_store
from bot.commands.setup import make_invitation
from cases.model import Role
from storage.records.people import Invite
from tests.faults.place import LAN, MINH, PATIENCE, REPEAT, close_place, open_place

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
FIRST, LATER = range(810000000, 810000006), range(820000000, 820000006)


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


def says(place, who, text):
    update = place.update(text)
    update["message"]["from"]["id"] = update["message"]["chat"]["id"] = who
    place.peer.push(update)


async def command(place, *words, more=()):
    """(exit code, what it wrote) of a real command in this place."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=place.folder, env={**place.env(), **dict(more)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE * 4):
        out, _ = await process.communicate()
    return process.returncode, out.decode()


def reported(place, people):
    for who in people:
        says(place, who, "sos")
        says(place, who, "xã Đại Hiệp")


def receipts(place, who):
    """Every code this person was told, by the words of a receipt."""
    return [CODE.search(text).group() for text in place.told(who) if "Mã tin báo" in text]


def lose_the_disk(place):
    for suffix in ("", "-wal", "-shm"):
        place.database.with_name(f"annhi.db{suffix}").unlink(missing_ok=True)


@pytest.mark.sqlite("the disk with its file is lost")
async def test_f23_nothing_is_lost_or_repeated_without_its_mark_after_a_kill_under_load(place):
    reported(place, [MINH])
    process = await place.start()
    await place.until(lambda: place.alerts() and place.receipts())
    reported(place, FIRST)
    code, said = await command(place, "backup", "copies/b")  # while it writes
    assert (code, "sealed" in said) == (0, True)
    first = next(one for one in place.peer.sent(LAN) if "Việc mới" in one["text"])
    place.presses(LAN, first, "Tôi nhận")
    code, said = await command(
        place, "invite", "--role", "deputy", "--commune", "20500", "--json"
    )  # fmt: skip
    says(place, 830000000, f"#{json.loads(said)['code']}")
    await place.eventually(lambda: len(place.sql("SELECT 1 FROM people WHERE active")) == 2)
    reported(place, LATER)
    await place.until(lambda: all(receipts(place, one) for one in (*FIRST, LATER[0])))
    process.kill()  # while the later ones are on their way
    await place.dies(process)
    told = {one: receipts(place, one) for one in (MINH, *FIRST, *LATER)}
    lose_the_disk(place)
    code, said = await command(place, "restore", "copies/b")
    assert code == 0, said
    await place.start()
    everybody = (MINH, *FIRST, *LATER)
    await place.until(lambda: all(receipts(place, one) for one in everybody))
    going = "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"
    await place.eventually(lambda: not place.sql(going))
    await place.end()
    one_unmarked_copy_each(place, everybody)
    for one, before in told.items():
        assert len(set(receipts(place, one))) == 1, "the code changed"
        assert set(before) <= set(receipts(place, one))
    assert place.sql("SELECT count(*) FROM cases") == [(len(everybody),)]
    assert place.sql("SELECT holder FROM cases WHERE holder != ''") == [("p-lan",)]
    assert place.sql("SELECT role FROM people ORDER BY role") == [("deputy",), ("officer",)]
    assert place.sql("SELECT count(*) FROM inbox WHERE state = 'parked'") == [(0,)]
    code, said = await command(place, "audit", "verify", "--json")
    assert json.loads(said)["ok"] is True


def one_unmarked_copy_each(place, everybody):
    """The accept log as judge: whatever was said twice says so."""
    for who in (LAN, *everybody):
        unmarked = Counter(text for text in place.told(who) if not text.startswith(REPEAT))
        assert [text for text, times in unmarked.items() if times > 1] == [], who


async def test_a_drill_of_the_real_program_sends_nothing_and_leaves_no_copy(place):
    reported(place, [MINH])
    await place.start()
    await place.until(lambda: place.alerts() and place.receipts())
    going = "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"
    await place.eventually(lambda: not place.sql(going))
    sent = len(place.peer.accepted) - len(asked(place))
    code, said = await command(place, "restore-drill", "--json")
    assert (code, json.loads(said)["ok"]) == (0, True), said
    assert len(place.peer.accepted) - len(asked(place)) == sent
    left = sorted(one.name for one in (place.folder / "var/backup").iterdir())
    assert [one for one in left if not one.startswith("annhi-")] == [
        ".drill.lock",
        "restore_drill_ok",
    ]
    await place.end()


def asked(place):
    """What the running program does by itself."""
    return [
        one for one, _ in place.peer.accepted if one in ("getUpdates", "getMe", "deleteWebhook")
    ]


@pytest.mark.sqlite("the disk with its file is lost")
async def test_a_killed_restore_leaves_an_empty_place_and_is_begun_anew(place):
    store, _ = await open_store(place.config)
    await make_invitation(store, Invite(Role.ADMIN, "", (), ""))
    await store.close()
    assert (await command(place, "backup", "b"))[0] == 0
    lose_the_disk(place)
    process = await place.run("tests.faults.dying_restore")
    await place.dies(process)
    assert not place.database.exists()
    assert place.database.with_name("annhi.db.restoring").exists()
    there = {"ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{place.database}.restoring"}
    code, said = await command(place, "run", more=there)
    assert (code, "A restore was cut off here" in said) == (1, True)
    code, said = await command(place, "restore", "b")
    assert code == 0, said
    assert len(place.sql("SELECT * FROM restores")) == 1
    assert place.sql("SELECT role FROM people") == [("officer",)]
    assert not place.database.with_name("annhi.db.restoring").exists()
