"""A PostgreSQL of this folder's own, which tests may stop and cut off."""

import pytest

from tests.faults.many import open_many
from tests.faults.place import close_place
from tests.support.cluster import cluster


@pytest.fixture(scope="session")
def server():
    with cluster() as made:
        yield made


@pytest.fixture
async def many(tmp_path, server):
    url = server.fresh()
    made = await open_many(tmp_path, url)
    yield made
    await close_place(made)
    server.drop(url)
