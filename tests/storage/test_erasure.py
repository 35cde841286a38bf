"""An erased case is unreadable at once, also for whoever holds the database and the key file."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import update

from storage import tables
from storage.erasure import erase_case, finish_erasure
from storage.register import Register
from tests.support.opened import opened, unknown
from tests.support.player import Player

CHATS = Path(__file__).parents[1] / "transcripts"
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
    for case_id in await closed(world):
        await erase(world, case_id)
    assert says(await opened(store), words) == set()
    async with store.reading("test") as work:
        assert await work.audit.verify() == []


def test_every_sealed_column_is_known_to_this_test():
    assert unknown() == set()
