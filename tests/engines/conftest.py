"""Both engines, each on the database it is for."""

import pytest

from tests.engines.rig import rig
from tests.support.cluster import cluster


@pytest.fixture(scope="session")
def server():
    with cluster() as made:
        yield made


@pytest.fixture
def database_url(server):
    url = server.fresh()
    yield url
    server.drop(url)


@pytest.fixture(params=["local", "procrastinate"])
def open_rig(request, tmp_path):
    """A rig with habits of one's own."""
    if request.param == "local":
        url = f"sqlite+aiosqlite:///{tmp_path}/annhi.db"
    else:
        url = request.getfixturevalue("database_url")
    return lambda **habits: rig(tmp_path, url, request.param, **habits)


@pytest.fixture
def open_many(tmp_path, database_url):
    """The same for the engine of many processes alone."""
    return lambda **habits: rig(tmp_path, database_url, "procrastinate", **habits)
