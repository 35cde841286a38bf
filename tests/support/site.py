"""The real pages on a free port, over a real program with a hand clock."""

import json
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from bot.app import Edges, open_app
from bot.chance import FixedChance
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.clock import DemoClock, HandClock
from bot.config import load
from bot.demo import DemoWorld
from bot.stage import Stage
from tests.support import database
from tests.support.fake_telegram import TOKEN
from web.app import build, serve
from web.health import build_admin
from web.parts import Parts

SECRET = "s3cret"
EVENING = datetime(2026, 11, 23, 13, 15, tzinfo=UTC)  # 20:15 in Viet Nam


class Site:
    """`url` is public, `admin` is for the operator; `stage` makes the program work."""

    async def start(
        self, folder: Path, seed: str = "an-nhi", *, trial: bool = False, **settings: str
    ) -> "Site":
        """`trial`: with `/demo`, an engine that works by itself and a clock that goes by itself."""
        clock = DemoClock(start=EVENING) if trial else HandClock()
        chance = FixedChance(seed)
        config = load(
            {
                "ANNHI_ENV": "demo" if trial else "production",
                "ANNHI_DATABASE_URL": database.url(folder),
                "ANNHI_KEY_FILE": str(folder / "keys.json"),
                "ANNHI_JOURNAL_DIR": str(folder / "journal"),
                **settings,
            },
            folder / "none.env",
        )
        self.app = await open_app(config, Edges(clock, chance, []))
        self.store = self.app.kit.store
        chat = WebChat(self.store)
        telegram = Telegram(TOKEN, "http://127.0.0.1:9", SECRET)
        channels = {(one.name, one.account): one for one in (chat, telegram)}
        self.app.kit.channels.update(channels)
        self.parts = parts = Parts(
            store=self.store, inlet=self.app.inbox, channels=channels, catalog=self.app.kit.catalog,
            kit=self.app.kit, demo=trial, world=DemoWorld(self.app, clock) if trial else None,
        )  # fmt: skip
        self.store.ringer = parts.doorbells.ring
        self.stage = Stage(self.app, clock, chance, {})
        self._public, port = await serve(build(parts), "127.0.0.1", 0)
        self._admin, admin = await serve(build_admin(parts), "127.0.0.1", 0)
        self.url, self.admin = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{admin}"
        chat.link = self.url
        self.client = ClientSession(cookie_jar=CookieJar(unsafe=True))
        if trial:
            await self.app.start()
        return self

    async def stop(self) -> None:
        await self.client.close()
        await self._public.cleanup()
        await self._admin.cleanup()
        await self.app.close()

    async def session(self, **body: object) -> dict[str, str]:
        """A new thread; the header that opens it."""
        async with self.client.post(f"{self.url}/api/chat/sessions", json=body) as answer:
            assert answer.status == 201
            made = await answer.json()
        self.client.cookie_jar.clear()
        return {"Authorization": f"Bearer {made['token']}"}

    async def post(
        self, header: dict[str, str], **message: object
    ) -> tuple[int, dict[str, object]]:
        url = f"{self.url}/api/chat/messages"
        async with self.client.post(url, json=message, headers=header) as answer:
            return answer.status, await answer.json()

    async def came_in(self) -> list[dict[str, object]]:
        """Every message of the page that was stored, in the order in which it came."""
        async with self.store.reading("test") as work:
            rows = await work.inbox.since(datetime(2026, 1, 1, tzinfo=UTC))
        return [json.loads(one.raw) for one in rows if one.channel == "web"]

    async def messages(self, header: dict[str, str], after: object = 0) -> dict[str, object]:
        await self.stage.settle()
        url = f"{self.url}/api/chat/messages?after={after}"
        async with self.client.get(url, headers=header) as answer:
            return await answer.json()
