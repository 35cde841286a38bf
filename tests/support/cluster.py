"""A PostgreSQL of one test file's own, whatever the rest of the run is on: to be stopped, cut off, killed."""

import asyncio
import shutil
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from bot.app import open_store
from bot.config import load
from tests.support import postgres
from tests.support.postgres import on

_TEMPLATE = "cluster_template"


class Cluster:
    """`fresh` gives a database that is migrated and seeded already."""

    def __init__(self, server):
        self.server = server
        self._numbers = count(1)
        on(server.url(), f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
        with tempfile.TemporaryDirectory() as folder:
            here = {
                "ANNHI_DATABASE_URL": server.url(_TEMPLATE),
                "ANNHI_KEY_FILE": f"{folder}/keys.json", "ANNHI_JOURNAL_DIR": f"{folder}/journal",
            }  # fmt: skip
            asyncio.run(_made(load(here, Path(folder) / "none.env")))

    def fresh(self):
        name = f"c{next(self._numbers)}"
        on(self.server.url(), f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY file_copy")
        return self.server.url(name)

    def drop(self, url):
        name = url.split("@/", 1)[1].split("?", 1)[0]
        on(self.server.url(), f'DROP DATABASE "{name}" WITH (FORCE)')


async def _made(config):
    store, _ = await open_store(config)
    await store.close()


@contextmanager
def cluster():
    with postgres.server() as server:
        yield Cluster(server)


class StallingProxy:
    """Between a program and its database: lets everything through, or nothing, without saying so."""

    def __init__(self, server):
        self._behind = server.folder / ".s.PGSQL.5432"
        self.folder = Path(tempfile.mkdtemp(prefix="annhi-proxy-"))
        self.open = asyncio.Event()
        self.open.set()
        self._tasks = set()

    async def start(self):
        self._server = await asyncio.start_unix_server(self._through, self.folder / ".s.PGSQL.5432")

    async def stop(self):
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        shutil.rmtree(self.folder)

    def url(self, url):
        """The same database by way of here."""
        return f"{url.split('host=')[0]}host={str(self.folder).replace('/', '%2F')}"

    async def _through(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        behind, ahead = await asyncio.open_unix_connection(self._behind)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(reader, ahead))
                both.create_task(self._pump(behind, writer))
        except* OSError:
            pass
        finally:
            self._tasks.discard(task)
            for one in (ahead, writer):
                one.transport.abort()

    async def _pump(self, source, target):
        while data := await source.read(65536):
            await self.open.wait()
            target.write(data)
            await target.drain()
        target.close()
