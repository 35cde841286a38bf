"""The fixtures of the suite: a whole running program on a scratch database."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support import database, faults, postgres
from tests.support.servers import Databases
from tests.support.world import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


@pytest.fixture(autouse=True)
def _no_database_stays() -> Iterator[None]:
    yield
    database.drop_all()


@pytest.fixture(autouse=True)
def _nobody_stays_behind_others() -> Iterator[None]:
    """A command that steps back for others (the restore drill) would slow whatever its worker plays next."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    yield
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, before)


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    if database.server:
        yield database.server
        return
    with postgres.server() as server:
        yield server.url()


@pytest.fixture
def databases(_server: str) -> Iterator[Databases]:
    """PostgreSQL for a test that is about it, also where the run is on SQLite."""
    made = Databases(_server)
    yield made
    made.drop_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="databases of PostgreSQL, not files")
    parser.addoption("--faults", action="store_true", help="only tests of a fault, also long ones")
    parser.addoption("--rewrite", action="store_true", help="write transcripts as they are now")
    parser.addoption("--everywhere", action="store_true", help="every chat on every channel")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """One server for the whole run: the process that starts the workers owns it."""
    config.pluginmanager.register(_Share())
    config.add_cleanup(database.close)
    if not config.getoption("--postgres") or config.option.collectonly:
        return
    given = getattr(config, "workerinput", None)
    if given is not None:
        database.server = given["postgres"]
        return
    opened = postgres.server()
    database.server = opened.__enter__().url()
    config.add_cleanup(lambda: opened.__exit__(None, None, None))
    with tempfile.TemporaryDirectory() as folder:
        database.make_template(Path(folder))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about a file of SQLite has nothing to say about PostgreSQL; each such test says why."""
    faults.check_files(items)
    if config.getoption("--faults"):
        faults.choose(config, items)
    if not config.getoption("--postgres"):
        return
    for item in items:
        if (only := item.get_closest_marker("sqlite")) is not None:
            item.add_marker(pytest.mark.skip(reason=f"SQLite only: {only.args[0]}"))


class _Share:
    """Of pytest-xdist: every worker gets the same server."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: object) -> None:
        node.workerinput["postgres"] = database.server
