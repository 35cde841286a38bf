"""Zalo's two channels as doors: the real adapters over HTTP to our fakes."""

import json
import re

from sqlalchemy import select

from bot.app import Edges, open_app
from bot.chance import FixedChance
from bot.channels.zalo_bot import ZaloBot
from bot.clock import HandClock
from bot.config import load
from bot.loops import Loops
from bot.poller import Poller
from bot.stage import Stage
from storage.tables import outbox
from tests.support.fake_zalo_bot import SECRET, TOKEN, FakeZaloBot

from .doors import DOORS, Door, Heard


async def installation(folder, make):
    """(app, stage) of a fresh installation whose messengers `make(clock)` gives."""
    clock, chance = HandClock(), FixedChance()
    config = load(
        {
            "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
            "ANNHI_KEY_FILE": str(folder / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(folder / "journal"),
        },
        folder / "none.env",
    )
    app = await open_app(config, Edges(clock, chance, make(clock)))
    return app, Stage(app, clock, chance, {})


async def offered(app, user):
    """(text, options by label) of everything that was put to this person, the newest first."""
    async with app.kit.store.reading("test") as work:
        rows = await work.outbox._tx.all(select(outbox).order_by(outbox.c.seq.desc()))
        opened = [await work.outbox.row(one, paced=False) for one in rows]
    mine = [one.body for one in opened if one.address.user == user]
    return [
        (one["text"], one["prompt"], {c["label"]: c["option"] for c in one["choices"]})
        for one in mine
    ]


class NumberedDoor(Door):
    """A person who reads numbered lines and answers with a number."""

    async def press(self, label, who=1):
        """As the newest message that offers it says: its number, or its word."""
        for one in reversed(await self.heard(who)):
            if label in one.options:
                number = re.search(rf"^(\d+)\. {re.escape(label)}$", one.text, re.MULTILINE)
                await self.says(number.group(1) if number else label, who)
                return
        raise AssertionError(f"[{label}] was never offered")

    async def heard(self, who=1):
        known = await offered(self.app, str(who))
        return [self._seen(text, known) for text in self.fake.texts(str(who))]

    def _seen(self, text, known):
        for words, prompt, options in known:
            if text.startswith(words) and all(label in text for label in options):
                return Heard(text, prompt, options)
        return Heard(text)

    async def starts(self, payload, who=1):
        await self.says(f"#{payload}", who)


class ZaloBotDoor(NumberedDoor):
    """Zalo Bot, polled."""

    @classmethod
    async def open(cls, folder, _):
        door = cls()
        door.fake, door.n = FakeZaloBot(), 0
        url = await door.fake.start()
        door.app, door.stage = await installation(
            folder, lambda clock: [ZaloBot(TOKEN, url, clock, secret=SECRET)]
        )
        (door.channel,) = door.app.kit.channels.values()
        door.channel.rest = 0.0
        door.poller = Poller(door.channel, door.app.inbox, door.app.kit.clock, Loops())
        return door

    def message(self, who, what="text", **content):
        self.n += 1
        return {
            "event_name": f"message.{what}.received",
            "message": {
                "date": 1795437600000 + self.n, "chat": {"chat_type": "PRIVATE", "id": str(who)},
                "message_id": f"2d758cb5e222{self.n:08x}",
                "from": {"id": str(who), "is_bot": False, "display_name": "Người thử"}, **content,
            },
        }  # fmt: skip

    async def push(self, *updates):
        self.fake.push(*[json.loads(json.dumps(one)) for one in updates])
        for _ in updates:
            await self.poller.step()
        await self.stage.settle()

    async def says(self, text, who=1):
        await self.push(self.message(who, text=text))

    async def close(self):
        self.fake.faults.clear()
        await self.channel.close()
        await self.app.close()
        await self.fake.stop()


ALL_DOORS = {**DOORS, "zalobot": (ZaloBotDoor, "")}
NUMBERED = ("zalobot",)
PLACE_DOORS = [name for name in ALL_DOORS if name != "zalobot"]
BUTTON_DOORS = [name for name in ALL_DOORS if name not in NUMBERED]
