"""The KEK on paper: what two people hold brings everything back, and what they mistype is named."""

import asyncio
import json
import os
import pty
import re
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from bot.app import open_store
from bot.chance import SystemChance
from bot.config import load
from cases.codes import ALPHABET, access_code
from cases.model import Role
from storage.halves import GROUPS, HALVES, Mistyped, read, written, xor
from storage.keys import KeyRing, KeysUnusable
from tests.storage.test_rotation import bot
from tests.support import database
from tests.support.installed import settings
from tests.support.opened import opened
from tests.support.world import open_world

ROOT = Path(__file__).parents[2]
KEYS = st.binary(min_size=32, max_size=32)


@pace(deadline=None)
@given(KEYS, st.sampled_from(HALVES))
def test_what_is_printed_is_read_back_however_it_is_typed(half, which):
    text = written(half, which)
    assert read(text, which) == half
    assert read(text.lower().replace(" ", "-"), which) == half


@pace(deadline=None)
@given(KEYS, st.data())
def test_a_wrong_letter_a_swap_and_the_other_half_are_noticed_and_named(half, data):
    text = written(half, "A").replace(" ", "")
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != text[at]]))
    with pytest.raises(Mistyped) as wrong:
        read(text[:at] + other + text[at + 1 :], "A")
    assert wrong.value.group == at // 5 + 1
    groups = written(half, "A").split()
    if groups[0] != groups[1]:
        with pytest.raises(Mistyped):
            read(" ".join([groups[1], groups[0], *groups[2:]]), "A")
    for bad in (" ".join(groups), " ".join(groups[:-1]), " ".join([*groups, "2222U"]), ""):
        with pytest.raises(Mistyped):
            read(bad, "B" if bad == " ".join(groups) else "A")


@pytest.fixture
async def one(tmp_path):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.says("minh", "cháu Bống bị đánh")
    await world.presses("minh", "Có, ngay bây giờ")
    await world.says("minh", "xã Đại Hiệp")
    yield world
    await world.app.close()


async def on_a_terminal(folder, *words):
    """What a command says where it believes in a terminal."""
    master, slave = pty.openpty()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings(folder)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=env, stdout=slave,
        stdin=asyncio.subprocess.DEVNULL, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    await process.wait()
    said = os.read(master, 1 << 16).decode()
    os.close(master)
    return said


def halves_in(said):
    groups = re.findall(r"\b[2-9A-Z]{4}[2-9A-Z]\b", said)
    assert len(groups) == 2 * GROUPS
    return " ".join(groups[:GROUPS]), " ".join(groups[GROUPS:])


async def test_f10_the_halves_alone_bring_back_everything_that_the_keys_opened(one, tmp_path):
    before, keys = await opened(one.app.kit.store), tmp_path / "keys.json"
    code = access_code(one.app.kit.code_key, await _submission(one)).replace(" ", "")
    await one.app.close()
    assert (await bot(tmp_path, "keys", "rotate"))[0] == 0
    a, b = halves_in(await on_a_terminal(tmp_path, "keys", "halves"))
    whole = json.loads(keys.read_text())
    keys.unlink()
    assert "missing" in (await bot(tmp_path, "cases"))[1]
    refused, said = await bot(tmp_path, "keys", "from-halves", feed=f"{a}\n{a}\n")
    assert (refused, "mistyped" in said) == (1, True)
    done, said = await bot(tmp_path, "keys", "from-halves", feed=f"{a}\n{b}\n")
    assert done == 0, said
    assert json.loads(keys.read_text()) == whole
    assert keys.stat().st_mode & 0o777 == 0o600
    again = (await bot(tmp_path, "keys", "from-halves", feed=f"{a}\n{b}\n"))[0]
    assert again == 1  # a key file is never overwritten
    await _all_opens(tmp_path, before, code)


async def _submission(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return await work.cases.submission(case.id)


async def _all_opens(folder, before, code):
    store, _ = await open_store(load(settings(folder), folder / "none.env"))
    assert set(before) <= set(await opened(store))
    async with store.reading("test") as work:
        assert await work.audit.verify() == []
        assert await work.cases.by_access(code) is not None
        assert await work.contacts.by_address("web", "site", "minh") is not None
    await store.close()


async def test_halves_go_to_a_terminal_and_nowhere_else_and_two_people_type_them_back(
    one, tmp_path
):
    await one.app.close()
    code, said = await bot(tmp_path, "keys", "halves")
    assert (code, "terminal only" in said) == (1, True)
    assert "bot keys halves" in _doctor(await bot(tmp_path, "check", "--json"))
    a, b = halves_in(await on_a_terminal(tmp_path, "keys", "halves"))
    assert halves_in(await on_a_terminal(tmp_path, "keys", "halves")) == (a, b)
    wrong = a.replace(a[0], "2" if a[0] != "2" else "3", 1)
    said = (await bot(tmp_path, "keys", "confirm-half", "A", "--name", "Lan", feed=wrong))[1]
    assert "group 1 is wrong" in said
    assert (await bot(tmp_path, "keys", "confirm-half", "A", "--name", "Lan", feed=a))[0] == 0
    same, said = await bot(tmp_path, "keys", "confirm-half", "B", "--name", "LAN ", feed=b)
    assert (same, "same person" in said) == (1, True)
    assert "confirm-half B" in _doctor(await bot(tmp_path, "check", "--json"))
    assert (await bot(tmp_path, "keys", "confirm-half", "B", "--name", "Hoa", feed=b))[0] == 0
    assert "Two people hold" in _doctor(await bot(tmp_path, "check", "--json"))
    with database.owner(tmp_path / "annhi.db") as owner:
        found = owner.execute("SELECT name, ring, confirmed FROM keks").fetchall()
    stored = b"".join(
        bytes(one) if not isinstance(one, str) else one.encode() for row in found for one in row
    )
    assert [one for one in (a[:5], b[:5], "Hoa") if one.encode() in stored] == []


def _doctor(answer):
    lines = json.loads(answer[1])["lines"]
    return " ".join(one["sentence"] for one in lines if one["about"] == "keys")


async def test_the_head_of_a_backup_is_enough_for_the_halves(one, tmp_path):
    keys = KeyRing.load(one.app.config.key_file, SystemChance())
    head = {"kek": keys.active, "ring": b64encode(keys.sealed_ring()).decode()}
    (tmp_path / "a.backup").write_bytes(json.dumps(head).encode() + b"\nsealed")
    await one.app.close()
    a, b = halves_in(await on_a_terminal(tmp_path, "keys", "halves"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    words = ("keys", "from-halves", "--backup", str(tmp_path / "a.backup"))
    code, said = await bot(elsewhere, *words, feed=f"{a}\n{b}\n")
    assert code == 0, said
    back = KeyRing.load(elsewhere / "keys.json", SystemChance())
    assert (back.ring.keks, back.audit_key) == (keys.ring.keks, keys.audit_key)


async def test_halves_of_another_installation_open_nothing(one, tmp_path):
    await one.app.close()
    (tmp_path / "keys.json").unlink()
    a, b = bytes(32), bytes(range(32))
    feed = f"{written(a, 'A')}\n{written(b, 'B')}\n"
    code, said = await bot(tmp_path, "keys", "from-halves", feed=feed)
    assert (code, "do not open the keys" in said) == (1, True)
    assert not (tmp_path / "keys.json").exists()
    assert xor(xor(a, b), b) == a


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.chmod(0o640), "can be read by others"),
        (lambda file: file.chmod(0o604), "can be read by others"),
        (lambda file: file.parent.chmod(0o770), "Others can replace"),
        (lambda file: file.parent.chmod(0o707), "Others can replace"),
        (lambda file: file.write_bytes(file.read_bytes()[:-40]), "damaged"),
        (lambda file: os.chown(file, 12345, -1), "belongs to another user"),
    ],
)
def test_a_key_file_that_others_could_read_or_replace_is_refused(tmp_path, spoil, said):
    file = tmp_path / "keys" / "keys.json"
    KeyRing.load_or_create(file, SystemChance())
    try:
        spoil(file)
    except PermissionError:
        pytest.skip("only root can give a file away")
    with pytest.raises(KeysUnusable, match=said) as no:
        KeyRing.load_or_create(file, SystemChance())
    assert str(file) in str(no.value)


def test_a_key_file_that_breaks_while_the_program_runs_changes_nothing(tmp_path):
    file = tmp_path / "keys.json"
    keys = KeyRing.load_or_create(file, SystemChance())
    active, whole = keys.ring, file.read_bytes()
    file.write_bytes(b"{")
    keys.fresh()
    assert keys.ring == active
    file.write_bytes(whole)
    keys.fresh()
    assert keys.ring == active
