"""The real program over real HTTP: against an independent emulator, and against our own fake with faults."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession

from bot.app import Edges, open_app
from bot.chance import FixedChance
from bot.channels.telegram import Telegram
from bot.clock import HandClock
from bot.config import load
from bot.loops import Loops
from bot.poller import Poller
from bot.stage import Stage
from cases.model import Role
from tests.support import database, emulator, fake_telegram
from tests.support.emulator import Emulator
from tests.support.fake_telegram import FakeTelegram, Fault
from web.app import build, serve
from web.parts import Parts

NEIGHBOUR, OFFICER = 700000009, 700000021


class Line:
    """One installation whose only messenger is this Telegram."""

    def __init__(self, app, clock, poller, url, chance):
        self.app, self.poller, self.url = app, poller, url
        self.stage = Stage(app, clock, chance, {})
        self.n = 880200000

    def message(self, who, text, **more):
        self.n += 1
        person = {"id": who, "is_bot": False, "first_name": "Người thử", "language_code": "vi"}
        chat = {"id": who, "type": "private"}
        body = {"message_id": self.n, "from": person, "chat": chat, "date": 1795437887}
        return {"update_id": self.n, "message": {**body, "text": text, **more}}

    def press(self, who, data):
        self.n += 1
        person = {"id": who, "is_bot": False, "first_name": "Người thử", "language_code": "vi"}
        message = {"message_id": 1, "chat": {"id": who, "type": "private"}, "date": 0}
        query = {"id": str(self.n), "from": person, "message": message, "chat_instance": "1"}
        return {"update_id": self.n, "callback_query": {**query, "data": data}}

    async def work(self):
        """Poll what is there, and work until nothing is due."""
        await self.poller.step()
        await self.stage.settle()

    async def officer(self, *, commune="20500"):
        await self.stage.staff("lan", Role.OFFICER, commune)
        async with self.app.kit.store.transaction("test") as work:
            who = str(OFFICER)
            contact = await work.contacts.ensure("telegram", self.account, who, who, "vi")
            await work.contacts.link(contact.id, "p-lan")

    @property
    def account(self):
        return self.poller._channel.account


async def line(folder, url, token, secret=""):
    clock, chance = HandClock(datetime(2026, 11, 23, 13, 15, tzinfo=UTC)), FixedChance()
    config = load(
        {
            "ANNHI_DATABASE_URL": database.url(folder),
            "ANNHI_KEY_FILE": str(folder / "keys.json"),
            "ANNHI_JOURNAL_DIR": str(folder / "journal"),
        },
        folder / "none.env",
    )
    channel = Telegram(token, url, secret)
    app = await open_app(config, Edges(clock, chance, [channel]))
    return Line(app, clock, Poller(channel, app.inbox, clock, Loops(), app.vitals), url, chance)


@pytest.fixture
async def peer(tmp_path):
    """The independent emulator with the program in front of it."""
    telegram = Emulator()
    made = await line(tmp_path, await telegram.start(), emulator.TOKEN, "s3cret")
    made.telegram = telegram
    yield made
    await made.poller._channel.close()
    await made.app.close()
    await telegram.stop()


@pytest.fixture
async def ours(tmp_path):
    """Our own fake, which can fail on command."""
    telegram = FakeTelegram()
    made = await line(tmp_path, await telegram.start(), fake_telegram.TOKEN)
    made.telegram = telegram
    yield made
    await made.poller._channel.close()
    await made.app.close()
    await telegram.stop()


def buttons(fields):
    keyboard = json.loads(fields["reply_markup"])["inline_keyboard"]
    return {button["text"]: button["callback_data"] for row in keyboard for button in row}


async def test_a_whole_report_and_its_acknowledgement_pass_through_an_independent_telegram(peer):
    await peer.officer()
    sent = peer.telegram.sent
    await peer.telegram.push(peer.message(NEIGHBOUR, "co be o mot minh ngoai ho"))
    await peer.work()
    assert "113" in sent[-1][1]["text"]
    await peer.telegram.push(peer.press(NEIGHBOUR, buttons(sent[-1][1])["Có, ngay bây giờ"]))
    await peer.work()
    await peer.telegram.push(peer.message(NEIGHBOUR, "ai nghia"))
    await peer.work()
    alerts = [fields for _, fields in sent if fields["chat_id"] == str(OFFICER)]
    assert len(alerts) == 1
    assert alerts[0]["text"].startswith("Việc mới ")
    await peer.telegram.push(peer.press(OFFICER, buttons(alerts[0])["Tôi nhận"]))
    await peer.work()
    card = [fields for _, fields in sent if fields["chat_id"] == str(OFFICER)][-1]
    assert "Đã có người nhận" in card["text"]
    assert "co be o mot minh ngoai ho" in card["text"]
    await peer.telegram.push(peer.message(NEIGHBOUR, "6 tuổi"))
    await peer.work()
    assert "editMessageText" in [name for name, _ in sent]  # the officer's card follows


async def test_a_webhook_is_answered_after_the_commit_and_only_with_its_secret(peer):
    parts = Parts(
        store=peer.app.kit.store, inlet=peer.app.inbox, channels=peer.app.kit.channels,
        catalog=peer.app.kit.catalog, kit=peer.app.kit,
    )  # fmt: skip
    runner, port = await serve(build(parts), "127.0.0.1", 0)
    url = f"http://127.0.0.1:{port}/telegram/webhook"
    await peer.poller._channel.use_webhook(url)
    await peer.telegram.push(peer.message(NEIGHBOUR, "co be o mot minh ngoai ho"))
    await peer.stage.settle()
    assert "113" in peer.telegram.sent[-1][1]["text"]
    async with ClientSession() as client:
        for secret in ("", "s3cre", "s3cret2", "wrong"):
            header = {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with client.post(url, json=peer.message(1, "x"), headers=header) as answer:
                assert answer.status == 401
    async with peer.app.kit.store.reading("test") as work:
        assert await work.inbox.next_at() is None  # nothing of that was stored
    await runner.cleanup()


async def test_f30_what_was_not_confirmed_comes_again_and_is_one_turn(ours):
    update = ours.message(NEIGHBOUR, "co be o mot minh ngoai ho")
    ours.telegram.push(update)
    await ours.work()
    assert ours.telegram.confirmed == 0
    ours.telegram.push(update)
    await ours.work()
    assert ours.telegram.confirmed == update["update_id"] + 1
    assert len(ours.telegram.texts()) == 1


async def test_f33_one_unreadable_update_stops_nobody(ours):
    await ours.officer()
    broken = {"update_id": 880200500, "message": {"from": {"id": 5, "is_bot": False}, "text": 7}}
    ours.telegram.push(broken, {**ours.message(NEIGHBOUR, "xin chào"), "update_id": 880200501})
    await ours.work()
    texts = ours.telegram.texts()
    assert any("113" in text and "nguy hiểm không" in text for text in texts)


async def test_f27_a_lost_answer_brings_a_second_copy_that_says_so_with_the_same_button(ours):
    ours.telegram.fail("sendMessage", Fault(cut=True, accept=True))
    ours.telegram.push(ours.message(NEIGHBOUR, "xin chào"))
    await ours.work()
    await ours.stage.pass_time(timedelta(seconds=10))
    first, second = [fields for name, fields in ours.telegram.accepted if name == "sendMessage"]
    assert second["text"] == f"🔁 Gửi lại. {first['text']}"
    assert second["reply_markup"] == first["reply_markup"]


async def test_f24_one_chat_is_held_to_the_second_and_the_others_go_on(ours):
    body = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}}
    ours.telegram.fail("sendMessage", Fault(429, body))
    ours.telegram.push(ours.message(NEIGHBOUR, "xin chào"))
    await ours.work()
    ours.telegram.push(ours.message(5, "xin chào"))
    await ours.work()
    chats = [fields["chat_id"] for _, fields in ours.telegram.accepted if "text" in fields]
    assert chats == ["5"]
    await ours.stage.pass_time(timedelta(seconds=8))
    chats = [fields["chat_id"] for _, fields in ours.telegram.accepted if "text" in fields]
    assert chats == ["5", str(NEIGHBOUR)]


async def test_f25_a_blocked_officer_is_passed_over_at_once(ours):
    await ours.officer()
    await ours.stage.staff("tam", Role.SUPERVISOR, "")
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure("telegram", ours.account, "77", "77", "vi")
        await work.contacts.link(contact.id, "p-tam")
    said = "Forbidden: bot was blocked by the user"
    blocked = {"ok": False, "error_code": 403, "description": said}
    ours.telegram.fail("sendMessage", Fault(403, blocked, chat=str(OFFICER)))
    ours.telegram.push(ours.message(NEIGHBOUR, "sos"))
    await ours.work()
    ours.telegram.push(ours.message(NEIGHBOUR, "xã Đại Hiệp"))
    await ours.work()
    alerts = [
        fields["chat_id"]
        for _, fields in ours.telegram.accepted
        if fields.get("text", "").startswith("Việc mới")
    ]
    assert alerts == ["77"]
    async with ours.app.kit.store.reading("test") as work:
        (contact,) = await work.contacts.of_person("p-lan")
    assert contact.state == "blocked"


async def test_f29_a_bad_token_keeps_every_row_and_recovers_alone(ours):
    body = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    ours.telegram.fail("sendMessage", Fault(401, body))
    ours.telegram.push(ours.message(NEIGHBOUR, "xin chào"))
    await ours.work()
    assert ours.telegram.texts() == []
    async with ours.app.kit.store.reading("test") as work:
        assert await work.outbox.shut_gates() == [("telegram", ours.account, "InvalidToken")]
    await ours.stage.pass_time(timedelta(seconds=31))
    assert len(ours.telegram.texts()) == 1
    assert not ours.telegram.texts()[0].startswith("🔁")
