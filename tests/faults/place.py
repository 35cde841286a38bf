"""One folder, one Telegram, and a real program that dies and comes back."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession

from bot.app import open_store
from bot.config import load
from cases.model import Person, Role
from storage.journal import Journal
from tests.support import database
from tests.support.fake_telegram import TOKEN
from tests.support.peer import Peer

ROOT = Path(__file__).parents[2]
MINH, LAN = 700000009, 700000021
REPEAT = "🔁 Gửi lại. "
PATIENCE = 30  # seconds until a test gives up; none of them needs it
BUSY = 503  # asks to be tried again
LONGER = 4  # times as long beside a database server


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Place:
    """`scale`: how many seconds pass in one, so that a lease ends in one."""

    def __init__(self, folder, peer, scale=1):
        self.folder, self.peer, self.scale = folder, peer, scale
        self.patience = PATIENCE * (LONGER if database.server else 1)
        self.database = folder / "var/annhi.db"
        self.url = self.admin = ""
        self.within = ()  # what programs are started with
        self.started = []
        self.n = 880300000

    @property
    def at(self):
        """The file of this folder or, in a run on PostgreSQL, the database that stands for it."""
        return database.url(self.database.parent, self.database.name)

    def env(self):
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        admin = _free_port()
        self.admin = f"http://127.0.0.1:{admin}"
        more = {"ANNHI_ENV": "demo", "ANNHI_TIME_SCALE": str(self.scale)} if self.scale > 1 else {}
        return {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
            "ANNHI_DATABASE_URL": self.at,
            "ANNHI_TELEGRAM_TOKEN": TOKEN, "ANNHI_TELEGRAM_API_URL": self.peer.url,
            "ANNHI_HTTP_PORT": str(port), "ANNHI_ADMIN_PORT": str(admin), **more,
        }  # fmt: skip

    @property
    def config(self):
        var = self.folder / "var"
        here = {
            "ANNHI_DATABASE_URL": self.at,
            "ANNHI_KEY_FILE": str(var / "keys.json"), "ANNHI_JOURNAL_DIR": str(var / "journal"),
        }  # fmt: skip
        return load(here, self.folder / "none.env")

    async def roster(self):
        """One officer with one address."""
        store, _ = await open_store(self.config)
        async with store.transaction("test") as work:
            await work.people.add(Person(id="p-lan", role=Role.OFFICER, commune="20500"))
            account = TOKEN.split(":", maxsplit=1)[0]
            contact = await work.contacts.ensure("telegram", account, str(LAN), str(LAN), "vi")
            await work.contacts.link(contact.id, "p-lan")
        await store.close()

    async def run(self, *module, feed=None):
        """A program in this folder; its process."""
        with (self.folder / "log.txt").open("a") as log:
            process = await asyncio.create_subprocess_exec(
                *self.within, sys.executable, "-m", *module, cwd=self.folder, env=self.env(),
                stdin=asyncio.subprocess.PIPE if feed else asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE if feed else log, stderr=log,
            )  # fmt: skip
        self.started.append(process)
        return process

    async def start(self, *point):
        """Ordinary, or with the point at which it is sent a signal: KILL before accept 1."""
        return await self.run(*(["tests.faults.dying", *point] if point else ["bot", "run"]))

    async def dies(self, process):
        async with asyncio.timeout(self.patience):
            assert await process.wait() == -signal.SIGKILL

    async def end(self):
        for process in self.started:
            if process.returncode is None:
                process.send_signal(signal.SIGCONT)
                process.send_signal(signal.SIGTERM)
        for process in self.started:
            async with asyncio.timeout(self.patience):
                await process.wait()

    def update(self, text, who=MINH):
        """A message as Telegram gives it out: of Minh, or of somebody else."""
        self.n += 1
        person = {"id": who, "is_bot": False, "first_name": "x", "language_code": "vi"}
        body = {
            "message_id": self.n, "from": person, "chat": {"id": who, "type": "private"},
            "date": int(datetime.now(UTC).timestamp()), "text": text,
        }  # fmt: skip
        return {"update_id": self.n, "message": body}

    def says(self, *texts):
        self.peer.push(*[self.update(text) for text in texts])

    def presses(self, who, message, label):
        """Somebody presses a button of a message they were sent."""
        self.n += 1
        person = {"id": who, "is_bot": False, "first_name": "x", "language_code": "vi"}
        data = next(one["callback_data"] for one in buttons(message) if one["text"] == label)
        query = {
            "id": str(self.n), "from": person, "chat_instance": "1", "data": data,
            "message": {"message_id": 1, "date": 1, "chat": {"id": who, "type": "private"}},
        }  # fmt: skip
        self.peer.push({"update_id": self.n, "callback_query": query})

    def told(self, who):
        return [fields["text"] for fields in self.peer.sent(who)]

    def alerts(self):
        return [text for text in self.told(LAN) if "Việc mới" in text]

    def receipts(self):
        return [text for text in self.told(MINH) if "Mã tin báo" in text]

    async def until(self, condition):
        """Wait for the accept log to show it."""
        async with asyncio.timeout(self.patience):
            while not condition():
                self.peer.heard.clear()
                await self.peer.heard.wait()

    async def eventually(self, condition):
        """Wait for the files to show it."""
        async with asyncio.timeout(self.patience):
            while True:
                if condition():
                    return
                await asyncio.sleep(0.02)

    def sql(self, query):
        """What a reader of the file sees now."""
        if database.server:
            with database.owner(self.at) as reader:
                return reader.execute(query).fetchall()
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as reader:
            found = reader.execute(query).fetchall()
        reader.close()
        return found

    def frozen(self, process):
        """Whether a signal has stopped it."""
        stat = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8")
        return stat.rsplit(") ", 1)[1].startswith("T")

    async def freeze(self, process):
        """Stop it while it holds no lock: nobody could take over from it otherwise."""
        if database.server:
            await self._freeze_between(process)
            return
        holder = sqlite3.connect(self.database, isolation_level=None)
        holder.execute("PRAGMA busy_timeout=10000")
        holder.execute("BEGIN IMMEDIATE")
        process.send_signal(signal.SIGSTOP)
        await self.eventually(lambda: self.frozen(process))
        holder.execute("ROLLBACK")
        holder.close()

    async def _freeze_between(self, process):
        """Between two transactions of its connections."""
        held = (
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid != pg_backend_pid() AND backend_type = 'client backend' AND state != 'idle'"
        )
        while True:
            process.send_signal(signal.SIGSTOP)
            await self.eventually(lambda: self.frozen(process))
            await asyncio.sleep(0.1)  # what it asked last ends by itself
            if not self.sql(held):
                return
            process.send_signal(signal.SIGCONT)
            await asyncio.sleep(0.02)

    def hours_pass(self, hours):
        """While the program is off: every clock of every case began that much earlier."""
        with database.owner(self.at) as owner:
            for name in ("started_at", "due_at", "try_at"):
                earlier = (
                    f"{name} - interval '{hours} hours'" if database.server
                    else f"strftime('%Y-%m-%dT%H:%M:%f000Z', {name}, '-{hours} hours')"
                )  # fmt: skip
                owner.execute(f"UPDATE timers SET {name} = {earlier} WHERE state = 'armed'")

    async def listening(self):
        """Until the pages answer."""
        async with ClientSession() as client, asyncio.timeout(self.patience):
            while True:
                try:
                    async with client.get(f"{self.url}/") as answer:
                        if answer.status != BUSY:
                            assert answer.status == 200, answer.status
                            return
                except OSError:
                    pass
                await asyncio.sleep(0.02)

    async def journaled(self):
        """The keys of every message in the journal's files."""
        store, keys = await open_store(self.config)
        journal = Journal(self.config.journal_dir, store, keys)
        paths = sorted(self.config.journal_dir.glob("*.journal"))
        rows = [row.dedupe for path in paths for row in journal._read(path)]
        await store.close()
        return rows

    async def whole(self):
        """One case, one receipt, one alert, its clocks armed, nothing unfinished, a whole chain."""
        store, _ = await open_store(self.config)
        async with store.reading("test") as work:
            (case,) = await work.cases.all_cases()
            armed = {one.kind for one in await work.timers.armed(f"case:{case.id}")}
            broken = await work.audit.verify()
        await store.close()
        assert {"unanswered", "emergency"} <= armed
        assert broken == []
        assert self.sql("SELECT * FROM inbox WHERE state != 'done'") == []
        assert len(self.sql("SELECT * FROM outbox WHERE key LIKE 'case:%:alert:1:0:%'")) == 1
        return case


def buttons(message):
    """The inline buttons of a sent message."""
    rows = json.loads(message.get("reply_markup", "{}")).get("inline_keyboard", [])
    return [one for row in rows for one in row]


async def open_place(folder, scale=1):
    """With its Telegram running and its officer known."""
    peer = Peer()
    await peer.start()
    made = Place(folder, peer, scale)
    await made.roster()
    return made


async def close_place(place):
    place.peer.release.set()
    await place.end()
    await place.peer.stop()
