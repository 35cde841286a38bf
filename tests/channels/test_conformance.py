"""One suite for every channel: the promises of CHANNELS.md 12.1 that do not depend on a platform."""

import json
from dataclasses import dataclass, field

import pytest

from bot.channels.memory import Memory
from tests.support.fake_telegram import FakeTelegram
from tests.support.world import open_world

from .test_telegram_peer import NEIGHBOUR, line

HELLO = "Lúc này trẻ có đang gặp nguy hiểm không?"


@dataclass
class MemoryDoor:
    """A reporter behind a memory channel with some channel's abilities."""

    world: object
    channel: str

    @classmethod
    async def open(cls, folder, channel):
        return cls(await open_world(folder), channel)

    async def says(self, text):
        await self.world.says("minh", text, self.channel)

    async def again(self):
        """The last message once more, as a platform repeats it."""
        self.world.n -= 1
        await self.world.says("minh", "x", self.channel)

    async def starts(self, payload):
        await self.world.hears(self.world.message("minh", self.channel, "start", payload=payload))

    async def presses(self, prompt, option):
        await self.world.hears(
            self.world.message("minh", self.channel, "choice", prompt=prompt, option=option)
        )

    def heard(self):
        accepted = self.world.channels[self.channel].accepted
        return [(out.text, out.prompt, out.choices) for to, out, _ in accepted if to.user == "minh"]

    @property
    def app(self):
        return self.world.app

    async def close(self):
        await self.world.app.close()


@dataclass
class TelegramDoor:
    """The same behind our fake Telegram, over HTTP."""

    telegram: FakeTelegram
    line: object
    last: dict = field(default_factory=dict)

    @classmethod
    async def open(cls, folder, _):
        from tests.support.fake_telegram import TOKEN

        telegram = FakeTelegram()
        made = await line(folder, await telegram.start(), TOKEN)
        made.telegram = telegram
        return cls(telegram, made)

    async def _push(self, update):
        self.last = update
        self.telegram.push(update)
        await self.line.work()

    async def says(self, text):
        await self._push(self.line.message(NEIGHBOUR, text))

    async def again(self):
        await self._push(self.last)

    async def starts(self, payload):
        await self.says(f"/start {payload}")

    async def presses(self, prompt, option):
        await self._push(self.line.press(NEIGHBOUR, f"c:{prompt}:{option}"))

    def heard(self):
        return [_told(fields) for name, fields in self.telegram.accepted if name == "sendMessage"]

    @property
    def app(self):
        return self.line.app

    async def close(self):
        await self.line.poller._channel.close()
        await self.line.app.close()
        await self.telegram.stop()


def _told(fields):
    markup = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
    buttons = [one for row in markup for one in row]
    prompt = buttons[0]["callback_data"].split(":")[1] if buttons else ""
    return fields["text"], prompt, buttons


DOORS = {
    "web": MemoryDoor, "telegram": MemoryDoor, "zalobot": MemoryDoor, "telegram http": TelegramDoor,
}  # fmt: skip


@pytest.fixture(params=DOORS)
async def door(request, tmp_path):
    made = await DOORS[request.param].open(tmp_path, request.param)
    yield made
    await made.close()


async def cases(door):
    async with door.app.kit.store.reading("test") as work:
        return await work.cases.all_cases()


@pytest.mark.parametrize("text", ["xin chào", "😭", "<b>giúp</b> _*[", "/khongco", "4", "a" * 4001])
async def test_any_first_message_is_answered(door, text):
    await door.says(text)
    assert door.heard()
    assert "111" in door.heard()[0][0]


async def test_the_same_message_twice_is_one_turn(door):
    await door.says("xin chào")
    await door.again()
    assert len(door.heard()) == 1


@pytest.mark.parametrize("typed", ["2", "2.", "số 2", "so 2", "２", "Không", "khong", " KHÔNG "])
async def test_a_typed_number_or_label_is_the_button(door, typed):
    await door.says("xin chào")
    await door.says(typed)
    assert "Chuyện gì đang xảy ra?" in door.heard()[-1][0]


async def test_an_ambiguous_beginning_is_asked_again(door):
    await door.says("xin chào")
    await door.says("kho")
    assert HELLO in door.heard()[-1][0]


@pytest.mark.parametrize("typed", ["7", "#c:q7Zt2mXvB4k:now", "\x00\x01\x02 zz", "c:x:y"])
async def test_what_was_not_offered_moves_nothing(door, typed):
    await door.says("xin chào")
    await door.says(typed)
    assert HELLO in door.heard()[-1][0]
    assert not await cases(door)


async def test_a_forged_or_old_button_brings_the_current_question(door):
    await door.says("xin chào")
    _, old, _ = door.heard()[-1]
    await door.presses("q7Zt2mXvB4k", "now")
    assert HELLO in door.heard()[-1][0]
    await door.says("2")
    await door.presses(old, "now")
    assert "Chuyện gì đang xảy ra?" in door.heard()[-1][0]
    assert not await cases(door)


async def test_a_word_that_works_anywhere_wins_over_a_question(door):
    await door.says("xin chào")
    await door.says("thoát")
    assert door.heard()[-1][0] == "Đã kết thúc. Cảm ơn bạn."


async def test_an_unknown_invitation_is_refused_politely(door):
    await door.starts("AAAABBBBCCCCDDDD")
    assert "không dùng được" in door.heard()[-1][0]


async def test_a_start_payload_of_sixty_four_characters_is_read(door):
    await door.starts("x" * 64)
    assert door.heard()


async def test_a_whole_report_passes(door):
    await door.says("co be o mot minh ngoai ho")
    await door.says("Có, ngay bây giờ")
    await door.says("ai nghia")
    (case,) = await cases(door)
    assert any(case.code in text for text, _, _ in door.heard())


async def test_the_memory_channel_refuses_what_is_not_a_message():
    assert Memory("web").admit({}, b"{").status == 400
    assert Memory("web").admit({}, b"[]").status == 400
