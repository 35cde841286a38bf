"""Every answer of Telegram, and every way to have none, is one of the five results."""

import json
import socket
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from cases.messages import Address, Choice, Outgoing
from notifications.channel import Bad, Gone, Retry, Sent, Unknown
from tests.support.fake_telegram import TOKEN, FakeTelegram, Fault

DATA = Path(__file__).parents[1] / "data" / "telegram"
TO = Address("telegram", "123456", "700000009", "700000009")
SAY = Outgoing(key="k", text="xin chào")

ANSWERS = {
    "error_400_cannot_parse_entities": Bad("refused", "plain"),
    "error_400_chat_not_found": Gone("unknown"),
    "error_400_delete_not_allowed": Bad("refused", ""),
    "error_400_edit_not_found": Bad("refused", "fresh"),
    "error_400_file_too_big": Bad("refused", ""),
    "error_400_migrate": Gone("unknown"),
    "error_400_not_modified": Sent(""),
    "error_400_query_too_old": Bad("refused", ""),
    "error_400_too_long": Bad("refused", "split"),
    "error_401": Retry(30, "account", "InvalidToken"),
    "error_403_blocked": Gone("blocked"),
    "error_403_deactivated": Gone("deactivated"),
    "error_404": Retry(30, "account", "InvalidToken"),
    "error_409": Retry(30, "account", "Conflict"),
    "error_429": Retry(7.0, "chat", "429"),
    "error_500": Unknown("no answer"),
}


@pytest.fixture
async def fake():
    made = FakeTelegram()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def channel(fake):
    made = Telegram(TOKEN, fake.url)
    await made.start()
    yield made
    await made.close()


def test_every_recorded_error_has_its_row():
    assert {path.stem for path in DATA.glob("error_*.json")} == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_error_is_the_result_that_the_table_names(fake, channel, name):
    body = json.loads((DATA / f"{name}.json").read_text())
    fake.fail("sendMessage", Fault(body["error_code"], body))
    assert await channel.send(SAY, TO) == ANSWERS[name]


async def test_an_accepted_message_brings_its_number(fake, channel):
    result = await channel.send(SAY, TO)
    assert isinstance(result, Sent)
    assert result.id.isdigit()
    assert fake.texts() == ["xin chào"]


async def test_f28_a_refused_connection_is_certainly_not_sent():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    channel = Telegram(TOKEN, f"http://127.0.0.1:{port}")
    assert await channel.send(SAY, TO) == Retry(2, "chat", "no connection")
    await channel.close()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(cut=True, accept=True),
        Fault(200, {"ok": False}),
        Fault(502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}),
        Fault(200, "not what anybody expects"),
    ],
    ids=["cut body", "200 with ok:false", "bad gateway", "odd body"],
)
async def test_f27_an_answer_nobody_can_read_is_unknown_never_sent(fake, channel, fault):
    fake.fail("sendMessage", fault)
    assert isinstance(await channel.send(SAY, TO), Unknown)


async def test_buttons_fit_into_sixty_four_bytes_and_nothing_is_previewed(fake, channel):
    choices = (Choice("now", "Có, ngay bây giờ"), Choice("violence_school", "Bạo lực ở trường"))
    await channel.send(Outgoing(key="k", text="?", prompt="q7Zt2mXvB4k", choices=choices), TO)
    _, fields = fake.accepted[-1]
    keyboard = json.loads(fields["reply_markup"])["inline_keyboard"]
    data = [button["callback_data"] for row in keyboard for button in row]
    assert data == ["c:q7Zt2mXvB4k:now", "c:q7Zt2mXvB4k:violence_school"]
    assert all(len(one.encode()) <= 64 for one in data)
    assert fields["protect_content"] in ("true", True)
    assert json.loads(fields["link_preview_options"]) == {"is_disabled": True}


async def test_f44_markup_is_shown_as_it_was_written(fake, channel):
    text = "<b>giúp</b> _*[x](tg://user?id=1) </"
    await channel.send(Outgoing(key="k", text=text), TO)
    _, fields = fake.accepted[-1]
    assert fields["text"] == text
    assert "parse_mode" not in fields


async def test_an_edit_and_a_removal_name_the_message_they_mean(fake, channel):
    sent = await channel.send(Outgoing("k", text="cũ"), TO)
    assert await channel.send(Outgoing("k", "edit", "mới", target=sent.id), TO) == sent
    assert await channel.send(Outgoing("k", "remove", target=sent.id), TO) == sent
    calls = [(name, fields["message_id"]) for name, fields in fake.accepted[-2:]]
    assert calls == [("editMessageText", sent.id), ("deleteMessage", sent.id)]
    assert await channel.send(Outgoing("k", "remove", target=sent.id), TO) == Sent("")


async def test_f32_a_card_that_is_as_it_should_be_already_counts_as_sent(fake, channel):
    body = json.loads((DATA / "error_400_not_modified.json").read_text())
    fake.fail("editMessageText", Fault(400, body))
    assert await channel.send(Outgoing("k", "edit", "mới", target="41"), TO) == Sent("")


async def test_f32_a_button_that_is_too_old_for_an_answer_costs_nothing(fake, channel):
    body = json.loads((DATA / "error_400_query_too_old.json").read_text())
    fake.fail("answerCallbackQuery", Fault(400, body))
    await channel.ack(json.loads((DATA / "update_callback_query.json").read_text()))
