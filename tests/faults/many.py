"""One PostgreSQL, one Telegram, and as many real programs as a test wants."""

import asyncio
import signal

import psycopg

from bot.config import load
from tests.faults.place import LAN, PATIENCE, REPEAT, Place
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
        locks = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'annhi%'"
        await self.until_sql(alive, many)
        await self.until_sql(f"{locks} AND datname = current_database()", many)

    async def until(self, condition):
        """As in a place of one program; several that start at once may take their time."""
        async with asyncio.timeout(4 * PATIENCE):
            while not condition():
                self.peer.heard.clear()
                await self.peer.heard.wait()

    async def until_sql(self, query, number):
        async with asyncio.timeout(4 * PATIENCE):  # several programs start at once
            while (found := self.sql(query)[0][0]) < number:
                self.found = found  # seen where a test gives up
                await asyncio.sleep(0.1)

    async def settled(self):
        """Until nothing is on its way."""
        left = (
            "SELECT count(*) = 0 FROM outbox "
            "WHERE state IN ('waiting', 'sending') AND due_at <= now()"
        )
        new = "SELECT count(*) = 0 FROM inbox WHERE state = 'new'"
        async with asyncio.timeout(3 * PATIENCE):
            while True:
                if self.sql(left)[0][0] and self.sql(new)[0][0]:
                    return
                await asyncio.sleep(0.2)

    def said(self):
        """Everything that anybody was sent."""
        return [fields["text"] for name, fields in self.peer.accepted if name == "sendMessage"]

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


REPORT = ("sos", "xã Đại Hiệp")
FIRST = 710000000  # of people who report, each from a phone of their own


class Crowd:
    """People who report, and the judge of what they and the officer heard: the accept log."""

    def __init__(self, many):
        self.many = many
        self.people = []

    def reports(self, number):
        """So many more people, each with a whole report."""
        for _ in range(number):
            who = FIRST + len(self.people)
            self.people.append(who)
            self.many.peer.push(*[self.many.update(text, who) for text in REPORT])

    def receipts(self, who):
        return [text for text in self.many.told(who) if "Mã tin báo" in text]

    def codes(self):
        return [code for (code,) in self.many.sql("SELECT code FROM cases")]

    def all_heard(self):
        """Everybody has a receipt, and the officer has heard of every case."""
        if not all(self.receipts(who) for who in self.people):
            return False
        told = "\n".join(self.many.told(LAN))
        return all(code in told for code in self.codes())

    async def until_heard(self):
        await self.many.until(self.all_heard)

    def judged(self):
        """Nothing lost, nothing doubled without its label, a future obligation for every open case."""
        many = self.many
        assert len(self.codes()) == len(self.people)
        assert many.sql("SELECT state FROM inbox WHERE state NOT IN ('done')") == []
        assert many.sql("SELECT key FROM outbox WHERE state = 'dead'") == []
        plain_texts = [
            (one["chat_id"], one["text"])
            for name, one in many.peer.accepted
            if name == "sendMessage" and not one["text"].startswith(REPEAT)
        ]
        codes = self.codes()
        named = [one for one in plain_texts if any(code in one[1] for code in codes)]
        assert [one for one in named if named.count(one) > 1] == []
        idle = (
            "SELECT code FROM cases WHERE status != 'closed' AND NOT EXISTS (SELECT 1 FROM timers "
            "WHERE owner = 'case:' || cases.id AND state = 'armed')"
        )
        assert many.sql(idle) == []
