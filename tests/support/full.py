"""A database without any room, and with room again."""

import sqlite3

import pytest

from tests.support import database


async def full(store):
    """No page is left, and no free one in the file; on PostgreSQL every write says that the disk is full."""
    if database.server:
        database.fill(_url(store))
        return
    async with store._writer.connect() as connection:
        pages = connection._raw.execute("PRAGMA page_count").fetchone()[0]
        connection._raw.execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            _fill(connection._raw)


def _fill(raw):
    raw.execute("CREATE TABLE IF NOT EXISTS filler (x)")
    while True:
        raw.execute("INSERT INTO filler VALUES (zeroblob(3000))")


async def roomy(store):
    if database.server:
        database.empty_again(_url(store))
        return
    async with store._writer.connect() as connection:
        connection._raw.execute("PRAGMA max_page_count=1000000")


def _url(store):
    return store._writer.url.render_as_string(hide_password=False)
