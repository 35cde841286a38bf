"""A folder of one's own for a command."""

import logging

import pytest


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder; logging as it was before."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield tmp_path
    root.handlers[:] = handlers
    root.setLevel(level)
