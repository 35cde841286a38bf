"""One PostgreSQL, one Telegram, and as many real programs as a test wants."""

import asyncio
import signal

import psycopg

from bot.config import load
from tests.faults.place import PATIENCE, Place
from tests.support.peer import Peer
from tests.support.postgres import plain


class Many(Place):
    """`by`: the address of the database that programs are given; a proxy, where it may be cut off."""

    def __init__(self, folder, peer, url):
        super().__init__(folder, peer)
        self.direct = self.by = url

    def env(self):
        here = self.folder / "var"
        return super().env() | {
            "ANNHI_DATABASE_URL": self.by, "ANNHI_KEY_FILE": str(here / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(here / "journal"),
        }  # fmt: skip

    @property
    def config(self):
        var = self.folder / "var"
        here = {
            "ANNHI_DATABASE_URL": self.direct, "ANNHI_KEY_FILE": str(var / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(var / "journal"),
        }  # fmt: skip
        return load(here, self.folder / "none.env")

    async def role(self, name, *module):
        """A program of this role; its process."""
        return await self.run(*(module or ("bot",)), "run", "--role", name)

    def sql(self, query):
        """What anybody else sees now."""
        with psycopg.connect(plain(self.direct), autocommit=True) as reader:
            answer = reader.execute(query)
            return answer.fetchall() if answer.description else []

    async def working(self, many):
        """Until so many workers are at work."""
        alive = "SELECT count(*) FROM procrastinate_workers"
        locks = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'annhi'"
        await self.until_sql(alive, many)
        await self.until_sql(f"{locks} AND datname = current_database()", many)

    async def until_sql(self, query, number):
        async with asyncio.timeout(PATIENCE):
            while (found := self.sql(query)[0][0]) < number:
                self.found = found  # seen where a test gives up
                await asyncio.sleep(0.1)

    def log(self):
        return (self.folder / "log.txt").read_text()

    async def kill(self, process):
        process.send_signal(signal.SIGKILL)
        await process.wait()
        self.started.remove(process)


async def open_many(folder, url):
    peer = Peer()
    await peer.start()
    made = Many(folder, peer, url)
    await made.roster()
    return made
