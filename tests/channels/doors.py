"""One way to speak through every channel: the memory one, the web's real API, Telegram's real client."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from aiohttp import FormData

from cases.messages import MediaRef
from handlers.render import answers_of
from tests.support.fake_telegram import TOKEN
from tests.support.site import Site
from tests.support.world import SHELF, open_world

from .failing_telegram import FailingTelegram
from .test_telegram_peer import line

SHARE_TEXTS = (
    "Vị trí chỉ dùng để tìm đúng xã và đến với trẻ nhanh hơn.",
    "Cán bộ chỉ liên lạc khi anh/chị đồng ý.",
)
DATA = Path(__file__).parents[1] / "data" / "telegram"


@dataclass
class Heard:
    """One message as the person sees it."""

    text: str
    prompt: str = ""
    options: dict[str, str] = field(default_factory=dict)  # label -> option


KINDS = {"ogg": "voice", "jpg": "photo", "webp": "sticker", "mp4": "video"}


class Door:
    """What every channel offers a test. `who` is a small number: 1 is the usual reporter."""

    async def files(self):
        """Every file anybody sent, in the order they came."""
        async with self.app.kit.store.reading("test") as work:
            (case,) = await work.cases.all_cases()
            return await work.files.of_case(case.id)

    async def press(self, label, who=1):
        """The newest button of that name."""
        for one in reversed(await self.heard(who)):
            if label in one.options:
                await self.choose(one.prompt, one.options[label], who)
                return
        raise AssertionError(f"[{label}] was never offered")

    async def last(self, who=1):
        """The newest message; a key that shares the place stands below its question."""
        return [one for one in await self.heard(who) if one.text not in SHARE_TEXTS][-1]

    async def cases(self):
        async with self.app.kit.store.reading("test") as work:
            return await work.cases.all_cases()

    async def told(self):
        """The answers of the only case."""
        async with self.app.kit.store.reading("test") as work:
            (case,) = await work.cases.all_cases()
            return answers_of(await work.cases.events(case.id))

    async def refused(self):
        """How many rows the audit has."""
        async with self.app.kit.store.reading("test") as work:
            return await work.audit.count()


class MemoryDoor(Door):
    """The memory channel with some channel's abilities."""

    @classmethod
    async def open(cls, folder, channel):
        door = cls()
        door.world, door.channel = await open_world(folder), channel
        return door

    @property
    def app(self):
        return self.world.app

    async def _hears(self, who, kind, **values):
        await self.world.hears(self.world.message(str(who), self.channel, kind, **values))

    async def says(self, text, who=1):
        await self._hears(who, "text", text=text)

    async def sends(self, *names, who=1, group=""):
        for name in names:
            kind = {"photo": "image", "document": "file"}.get(_kind(name), _kind(name))
            media = (MediaRef(kind, name, f"u-{name}", group=group),)
            await self._hears(who, "media", media=media)

    async def choose(self, prompt, option, who=1):
        await self._hears(who, "choice", prompt=prompt, option=option)

    async def shares(self, lat, lon, who=1):
        await self._hears(who, "location", lat=lat, lon=lon)

    async def starts(self, payload, who=1):
        await self._hears(who, "start", payload=payload)

    async def heard(self, who=1):
        return [
            Heard(out.text, out.prompt, {one.label: one.option for one in out.choices})
            for to, out, _ in self.world.channels[self.channel].accepted
            if to.user == str(who)
        ]

    async def close(self):
        await self.world.app.close()


class WebDoor(Door):
    """The web chat's JSON over HTTP, one session for each person."""

    @classmethod
    async def open(cls, folder, _):
        door = cls()
        door.site, door.sessions, door.n = await Site().start(folder), {}, 0
        return door

    @property
    def app(self):
        return self.site.app

    async def _post(self, who, kind, **values):
        if who not in self.sessions:
            self.sessions[who] = await self.site.session()
        self.n += 1
        status, _ = await self.site.post(
            self.sessions[who], id=f"{self.n}", kind=kind, **values
        )  # fmt: skip
        assert status == 202
        await self.site.stage.settle()

    async def says(self, text, who=1):
        await self._post(who, "text", text=text)

    async def sends(self, *names, who=1, group=""):
        """Returns the statuses: a page hears at once that a file is refused."""
        if who not in self.sessions:
            self.sessions[who] = await self.site.session()
        statuses = []
        for name in names:
            self.n += 1
            form, data = FormData(), (SHELF / name).read_bytes()
            form.add_field("id", f"{self.n}")
            if group:
                form.add_field("group", group)
            form.add_field("file", BytesIO(data), filename=name)
            url, header = f"{self.site.url}/api/chat/media", self.sessions[who]
            async with self.site.client.post(url, data=form, headers=header) as answer:
                statuses.append(answer.status)
            await self.site.stage.settle()
        return statuses

    async def choose(self, prompt, option, who=1):
        await self._post(who, "choice", prompt=prompt, option=option)

    async def shares(self, lat, lon, who=1):
        await self._post(who, "location", lat=lat, lon=lon)

    async def starts(self, payload, who=1):
        await self._post(who, "start", payload=payload)

    async def heard(self, who=1):
        return [
            Heard(
                one["text"], one.get("prompt", ""),
                {choice["label"]: choice["option"] for choice in one.get("choices", ())},
            )
            for one in (await self.site.messages(self.sessions[who]))["messages"]
        ]  # fmt: skip

    async def close(self):
        await self.site.stop()


class TelegramDoor(Door):
    """Telegram's real client and our poller, over HTTP to our fake."""

    @classmethod
    async def open(cls, folder, _):
        door = cls()
        door.telegram = FailingTelegram()
        door.line = await line(folder, await door.telegram.start(), TOKEN)
        return door

    @property
    def app(self):
        return self.line.app

    async def push(self, *updates):
        self.telegram.push(*updates)
        await self.line.work()

    async def says(self, text, who=1):
        await self.push(self.line.message(who, text))

    async def sends(self, *names, who=1, group=""):
        for name in names:
            self.telegram.files[name] = (SHELF / name).read_bytes()
            size = len(self.telegram.files[name])
            file = {"file_id": name, "file_unique_id": f"u-{name}", "file_size": size}
            content = {_kind(name): [file] if _kind(name) == "photo" else file}
            album = {"media_group_id": group} if group else {}
            await self.push(self.with_(who, **content, **album))

    async def choose(self, prompt, option, who=1):
        await self.push(self.line.press(who, f"c:{prompt}:{option}"))

    async def shares(self, lat, lon, who=1):
        await self.push(self.with_(who, location={"latitude": lat, "longitude": lon}))

    async def starts(self, payload, who=1):
        await self.says(f"/start {payload}", who)

    def with_(self, who, **content):
        """A message with something else than text in it."""
        update = self.line.message(who, "")
        del update["message"]["text"]
        update["message"] |= content
        return update

    def recorded(self, name, who=1):
        """A recorded update as if this person had sent it now."""
        update = json.loads((DATA / f"{name}.json").read_text())
        self.line.n += 1
        update["update_id"] = self.line.n
        for part in update.values():
            if isinstance(part, dict):
                for place in (part.get("from"), part.get("chat")):
                    if place is not None and place["id"] == 700000009:
                        place["id"] = who
        return update

    async def heard(self, who=1):
        return [
            _heard(fields)
            for name, fields in self.telegram.accepted
            if name == "sendMessage" and fields["chat_id"] == str(who)
        ]

    async def close(self):
        self.telegram.faults.clear()
        await self.line.poller._channel.start()
        await self.line.poller._channel.close()
        await self.line.app.close()
        await self.telegram.stop()


def _kind(name):
    """As what Telegram gives it out."""
    return KINDS.get(name.rsplit(".", 1)[1], "document")


def _heard(fields):
    markup = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
    buttons = {
        button["text"]: button["callback_data"].split(":") for row in markup for button in row
    }
    prompt = next(iter(buttons.values()))[1] if buttons else ""
    return Heard(fields["text"], prompt, {label: data[2] for label, data in buttons.items()})


DOORS = {
    "memory": (MemoryDoor, "telegram"),
    "web": (WebDoor, ""),
    "telegram": (TelegramDoor, ""),
}
