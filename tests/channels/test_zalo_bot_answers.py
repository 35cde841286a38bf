"""Every answer of Zalo Bot, and every way to have none, is one of the five results."""

import json
import logging
import socket
from pathlib import Path

import pytest

from bot.channels.timed_http import PlatformDown
from bot.channels.zalo_bot import ZaloBot
from bot.clock import HandClock
from cases.messages import Address, Outgoing
from notifications.channel import Bad, Retry, Sent, Unknown
from notifications.fit import fit
from tests.support.fake_zalo_bot import SECRET, TOKEN, FakeZaloBot, Fault, recorded

DATA = Path(__file__).parents[1] / "data" / "zalo_bot"
WHO = "6ede9afa66b88fe6d6a9"
TO = Address("zalobot", "1459232241454765289", WHO, WHO)
SAY = Outgoing(key="k", text="xin chào")
ANSWERS = {
    "error_200_ok_false": Bad("refused"),
    "error_400": Bad("refused"),
    "error_401": Retry(30, "account", "token"),
    "error_403_internal": Unknown("no answer"),
    "error_404": Retry(30, "account", "token"),
    "error_408_idle": Unknown("no answer"),
    "error_429_quota": Retry(900, "account", "quota"),
    "error_500": Unknown("no answer"),
}


@pytest.fixture
async def fake():
    made = FakeZaloBot()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def channel(fake):
    made = ZaloBot(TOKEN, fake.url, HandClock(), secret=SECRET)
    yield made
    await made.close()


def test_every_recorded_error_has_its_row():
    assert {path.stem for path in DATA.glob("error_*.json")} == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_error_is_the_result_that_the_table_names(fake, channel, name):
    body = recorded(name)
    status = 200 if name.startswith("error_200") else body["error_code"]
    fake.fail("sendMessage", Fault(status, body))
    assert await channel.send(SAY, TO) == ANSWERS[name]
    assert fake.accepted == []


async def test_an_accepted_message_brings_its_number(fake, channel):
    result = await channel.send(SAY, TO)
    assert isinstance(result, Sent)
    assert result.id
    assert fake.accepted == [("sendMessage", {"chat_id": WHO, "text": "xin chào"})]


async def test_an_acceptance_that_names_error_code_nought_is_one(fake, channel):
    fake.fail("sendMessage", Fault(200, recorded("ok_send_message_error_code_0")))
    assert await channel.send(SAY, TO) == Sent("82599fa32f56d00e8942")


async def test_f28_a_refused_connection_is_certainly_not_sent():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    channel = ZaloBot(TOKEN, f"http://127.0.0.1:{port}", HandClock())
    assert await channel.send(SAY, TO) == Retry(2, "chat", "no connection")
    await channel.close()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(cut=True, accept=True), Fault(200, {"ok": False}), Fault(200, {"ok": "true"}),
        Fault(200, b"<html>"), Fault(200, b""), Fault(200, [1]), Fault(200, b"[" * 50_000),
        Fault(502, b"<html>"), Fault(500, {"ok": True, "result": {"message_id": "1"}}),
        Fault(302, b""), Fault(418, {"ok": False, "error_code": 418}),
        Fault(200, {"ok": False, "error_code": True}),
    ],
    ids=["cut", "no code", "ok as text", "page", "empty", "list", "deep", "gateway", "500 ok",
         "moved", "teapot", "code is true"],
)  # fmt: skip
async def test_f27_an_answer_nobody_knows_is_unknown_never_sent(fake, channel, fault):
    fake.fail("sendMessage", fault)
    assert isinstance(await channel.send(SAY, TO), Unknown)


@pytest.mark.parametrize("op", ["edit", "remove"])
async def test_what_the_channel_cannot_do_is_said_aloud(fake, channel, op):
    assert await channel.send(Outgoing("k", op, "x", target="1"), TO) == Bad("not_supported")
    assert fake.accepted == []


@pytest.mark.parametrize(
    "text", ["a" * 2000, "a" * 2001, "một hai ba " * 600, "😭" * 2049, "e\u0302\u0323" * 2001],
    ids=["largest", "one more", "three times", "emoji", "decomposed"],
)  # fmt: skip
async def test_a_text_of_any_length_is_never_refused(fake, channel, text):
    pieces = fit(Outgoing("a", text=text), ZaloBot.abilities, lambda key: key)
    for piece in pieces:
        assert isinstance(await channel.send(piece, TO), Sent)
    assert all(len(one) <= 2000 for one in fake.texts())


async def test_a_text_that_nobody_cut_is_refused_with_its_remedy(fake, channel):
    assert await channel.send(Outgoing("a", text="a" * 2001), TO) == Bad("refused", "split")


@pytest.mark.parametrize("text", ["<b>x</b> _*[x](y) </", "dòng\r\nhai", "mũi \u202etên", "&amp;"])
async def test_odd_letters_are_shown_as_they_are(fake, channel, text):
    assert isinstance(await channel.send(Outgoing("a", text=text), TO), Sent)
    assert fake.texts() == [text]


# Polling and webhooks.


async def test_an_idle_poll_is_no_error_and_what_is_there_comes_one_by_one(fake, channel):
    assert await channel.poll() == []
    fake.push(recorded("text_flat"), recorded("text_wrapped"))
    first, second = await channel.poll(), await channel.poll()
    assert [one["message"]["message_id"] for one in (*first, *second)] == [
        "2d758cb5e222177a0001", "2d758cb5e222177a0002",
    ]  # fmt: skip
    assert await channel.poll() == []


async def test_a_list_of_updates_is_taken_too(fake, channel):
    both = [recorded("text_flat"), recorded("sticker")]
    fake.fail("getUpdates", Fault(200, {"ok": True, "result": both}))
    assert await channel.poll() == both


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_poll_that_fails_raises_without_quoting_anything(fake, channel, status):
    fake.fail("getUpdates", Fault(status, {"ok": False, "description": TOKEN}))
    with pytest.raises(PlatformDown) as error:
        await channel.poll()
    assert str(error.value) == f"refused with {status}"


async def test_it_says_its_own_name_and_takes_a_webhook_down_to_poll(fake, channel):
    assert await channel.start() == "bot.VDKyGxQvc"
    assert await channel.webhook() == ""
    await channel.use_webhook("https://annhi.example.org/zalo/bot/webhook")
    assert await channel.webhook() == "https://annhi.example.org/zalo/bot/webhook"
    assert fake.hook_secret == SECRET
    with pytest.raises(PlatformDown):
        await channel.poll()
    await channel.use_polling()
    assert await channel.poll() == []


async def test_a_webhook_that_zalo_could_not_verify_is_tried_again(fake, channel):
    fake.fail("setWebhook", Fault(200, recorded("ok_set_webhook_verification")))
    with pytest.raises(PlatformDown):
        await channel.use_webhook("https://annhi.example.org/zalo/bot/webhook")


async def test_nothing_that_is_logged_holds_the_token_or_a_word(fake, channel, caplog):
    caplog.set_level(logging.DEBUG)
    for loud in ("httpx", "httpcore"):  # as bot/logs.py sets them
        caplog.set_level(logging.WARNING, logger=loud)
    fake.fail("sendMessage", Fault(401, {"ok": False, "description": f"bad {TOKEN}"}))
    results = [await channel.send(SAY, TO), await channel.send(SAY, TO)]
    said = caplog.text + repr(results)
    assert TOKEN not in said
    assert "xin chào" not in said
    assert json.dumps(results[0].why) == '"token"'
