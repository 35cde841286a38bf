"""Each row of inbox and outbox stands alone: slow, damaged, refused or unlucky, it holds up no other."""

import json
import sqlite3

import pytest

from cases.model import Role
from tests.support.world import open_world


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


def _sql(world, statement):
    with sqlite3.connect(world.app.config.database_url.split(":///")[1]) as owner:
        found = owner.execute(statement).fetchall()
    owner.close()
    return found


def _damage(world, table, column, where):
    bad = f"X'{'00' * 40}'"
    _sql(world, f"UPDATE {table} SET {column} = {bad} WHERE {where}")


async def _take_in(world, who, text):
    """Stored, and nobody has worked on it."""
    channel = world.channels["web"]
    message = world.message(who, "web", "text", text=text)
    fields = ("channel", "account", "user", "chat", "dedupe", "kind", "text")
    raw = json.dumps({**{name: getattr(message, name) for name in fields}, "at": ""}).encode()
    await world.app.inbox.accept("web", "site", channel.admit({}, raw), raw)


async def test_a_damaged_message_that_came_in_is_put_before_a_human_and_holds_up_no_other(world):
    await world.staff("ad", Role.ADMIN, "", "telegram")
    await _take_in(world, "hoa", "bị đánh")
    _damage(world, "inbox", "raw", "state = 'new'")
    await world.says("minh", "xin chào")
    assert len(world.texts("minh")) == 1
    assert _sql(world, "SELECT state, error FROM inbox ORDER BY seq") == [
        ("parked", "damaged"),
        ("done", ""),
    ]
    assert _sql(world, "SELECT flags FROM cases") == [("raw",)]
    assert world.texts("ad", "telegram") != []
    await world.restart()  # it does not stop the next start either
    await world.says("minh", "sos")
    assert len(world.texts("minh")) > 1
