"""Zalo's two channels as doors: the real adapters over HTTP to our fakes."""

import json
import re

from sqlalchemy import select

from bot.app import Edges, open_app
from bot.chance import FixedChance
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import OaSettings, ZaloOA
from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from bot.clock import HandClock
from bot.config import load
from bot.loops import Loops
from bot.poller import Poller
from bot.stage import Stage
from storage.tables import outbox
from tests.support import database
from tests.support.fake_zalo_bot import SECRET, TOKEN, FakeZaloBot
from tests.support.fake_zalo_oa import APP, APP_SECRET, OA, OA_KEY, FakeZaloOA, signed

from .doors import DOORS, Door, Heard


async def installation(folder, make):
    """(app, stage) of a fresh installation whose messengers `make(clock)` gives."""
    clock, chance = HandClock(), FixedChance()
    config = load(
        {
            "ANNHI_DATABASE_URL": database.url(folder),
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
                number = re.search(rf"^(\d+|[a-z])\. {re.escape(label)}$", one.text, re.MULTILINE)
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
        door.poller = Poller(
            door.channel, door.app.inbox, door.app.kit.clock, Loops(), door.app.vitals
        )
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


class ZaloOADoor(NumberedDoor):
    """An Official Account: signed events at the inlet, buttons where they are taken."""

    buttons, windows, template = True, False, ""

    @classmethod
    async def open(cls, folder, _):
        door = cls()
        door.fake, door.n = FakeZaloOA(buttons=cls.buttons, windows=cls.windows), 0
        url = await door.fake.start()
        door.app, door.stage = await installation(folder, lambda _: [])
        store = door.app.kit.store
        door.fake.now = store.clock.now
        tokens = OaTokens(OaApp(APP, APP_SECRET, url), store)
        await tokens.seed(door.fake.refresh)
        settings = OaSettings(APP, OA_KEY, url, cls.template)
        door.channel = ZaloOA(settings, tokens, store.clock)
        door.app.kit.channels["zalooa", APP] = door.channel
        return door

    def event(self, who, name="user_send_text", **message):
        self.n += 1
        stamp = int(self.app.kit.clock.now().timestamp() * 1000) + self.n
        return {
            "app_id": APP, "sender": {"id": str(who)}, "user_id_by_app": "552177279717587730",
            "recipient": {"id": OA}, "event_name": name,
            "message": {"msg_id": f"96d3cdf3af15{self.n:08x}", **message}, "timestamp": str(stamp),
        }  # fmt: skip

    async def push(self, *events):
        for event in events:
            self.fake.happened(event)
            await self.hear(event)
        await self.stage.settle()

    async def hear(self, event):
        """Through the same two steps as the webhook. False = known already."""
        body = json.dumps(event, ensure_ascii=False).encode()
        header = {"X-ZEvent-Signature": signed(body, str(event["timestamp"]))}
        admitted = self.channel.admit(header, body)
        return await self.app.inbox.accept("zalooa", APP, admitted, body)

    async def says(self, text, who=1):
        await self.push(self.event(who, text=text))

    async def press(self, label, who=1):
        """A button of the newest message that has it, else its number or word."""
        for one in reversed(await self.heard(who)):
            if label in one.options and f". {label}" not in one.text and label not in one.text:
                await self.choose(one.prompt, one.options[label], who)
                return
            if label in one.options:
                break
        await super().press(label, who)

    async def choose(self, prompt, option, who=1):
        await self.says(f"#c:{prompt}:{option}", who)

    async def shares(self, lat, lon, who=1):
        place = {"coordinates": {"latitude": str(lat), "longitude": str(lon)}}
        attachments = [{"type": "location", "payload": place}]
        await self.push(self.event(who, "user_send_location", attachments=attachments))

    async def heard(self, who=1):
        """A button's prompt is the one that was sent; words in the last line are options, too."""
        known = await offered(self.app, str(who))
        return [
            self._message(body["message"], known)
            for name, body in self.fake.accepted
            if name == "cs" and body["recipient"].get("user_id") == str(who)
        ]

    def _message(self, message, known):
        text = message["text"]
        buttons = message.get("attachment", {}).get("payload", {}).get("buttons", [])
        sent = {one["title"] for one in buttons}
        for words, prompt, options in known:
            if text.startswith(words) and all(one in text or one in sent for one in options):
                prompts = {
                    one["payload"].split(":")[1]
                    for one in buttons
                    if isinstance(one["payload"], str)
                }
                return Heard(text, next(iter(prompts), prompt), options)
        return Heard(text)

    async def close(self):
        self.fake.faults.clear()
        await self.channel.close()
        await self.app.close()
        await self.fake.stop()


class NumberedOADoor(ZaloOADoor):
    """An account whose platform refuses buttons."""

    buttons = False


ALL_DOORS = {
    **DOORS, "zalobot": (ZaloBotDoor, ""), "zalooa": (ZaloOADoor, ""),
    "zalooa numbered": (NumberedOADoor, ""),
}  # fmt: skip
NUMBERED = ("zalobot", "zalooa numbered")
PLACE_DOORS = [name for name in ALL_DOORS if name != "zalobot"]
BUTTON_DOORS = [name for name in ALL_DOORS if name not in NUMBERED]
