"""A folder of one's own for a command."""

import logging

import pytest

from tests.support import database


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder; logging as it was before."""
    monkeypatch.chdir(tmp_path)
    if database.server:
        monkeypatch.setenv("ANNHI_DATABASE_URL", database.url(tmp_path, "var/annhi.db"))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)
