"""The adapter against an independent Telegram: its limits, the updates it hands out, its webhooks."""

import json
from io import BytesIO

import pytest
from aiohttp import web
from PIL import Image

from bot.channels.memory import ABILITIES
from bot.channels.telegram import UPDATES, Telegram
from bot.loops import guarded
from cases.messages import Address, Choice, Outgoing, Picture
from notifications.channel import Bad, Sent
from notifications.fit import fit
from tests.support.emulator import TOKEN, Emulator
from web.app import serve

from .doors import DATA

TO = Address("telegram", "654321", "700000009", "700000009")
SECRET = "s3cret"


@pytest.fixture
async def peer():
    made = Emulator()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def channel(peer):
    made = Telegram(TOKEN, peer.url, SECRET)
    await made.start()
    yield made
    await made.close()


def keyboard(fields):
    rows = json.loads(fields["reply_markup"])["inline_keyboard"]
    return [[(button["text"], button.get("callback_data")) for button in row] for row in rows]


async def test_it_says_its_own_name(channel):
    assert channel.bot.username == "fixture_bot"
    assert channel.account == "654321"


async def test_a_message_is_accepted_edited_and_removed(peer, channel):
    sent = await channel.send(Outgoing(key="a", text="một"), TO)
    assert isinstance(sent, Sent)
    assert await channel.send(Outgoing("b", "edit", "hai", target=sent.id), TO) == sent
    assert await channel.send(Outgoing("c", "remove", target=sent.id), TO) == sent
    said, edited = peer.sent
    assert (said[0], said[1]["text"]) == ("sendMessage", "một")
    assert (edited[0], edited[1]["text"], edited[1]["message_id"]) == (
        "editMessageText", "hai", sent.id,
    )  # fmt: skip


@pytest.mark.parametrize("many", [1, 5, 12])
async def test_every_option_is_a_button_in_a_row_of_its_own(peer, channel, many):
    choices = tuple(Choice(f"option_{n}", f"Lựa chọn {n}") for n in range(many))
    out = Outgoing(key="a", text="?", prompt="q7Zt2mXvB4k", choices=choices)
    assert isinstance(await channel.send(out, TO), Sent)
    assert keyboard(peer.sent[-1][1]) == [
        [(f"Lựa chọn {n}", f"c:q7Zt2mXvB4k:option_{n}")] for n in range(many)
    ]


async def test_a_link_is_a_button_without_an_answer(peer, channel):
    choices = (Choice("more", "Xem thêm", url="https://example.org/"),)
    assert isinstance(await channel.send(Outgoing("a", text="?", choices=choices), TO), Sent)
    assert keyboard(peer.sent[-1][1]) == [[("Xem thêm", None)]]


@pytest.mark.parametrize("length", [1, 63, 64, 65, 200])
async def test_an_answer_beyond_sixty_four_bytes_is_visible_not_silent(peer, channel, length):
    option = "x" * (length - len("c:q7Zt2mXvB4k:")) if length > 14 else "x"
    out = Outgoing("a", text="?", prompt="q7Zt2mXvB4k", choices=(Choice(option, "Có"),))
    result = await channel.send(out, TO)
    assert isinstance(result, Sent if length <= 64 else Bad)


@pytest.mark.parametrize(
    "text", ["a" * 4096, "a" * 4097, "một hai ba " * 1200, "😭" * 2049, "👩‍👧" * 900, "ệ" * 4097],
    ids=["largest", "one more", "three times", "emoji", "families", "marks"],
)  # fmt: skip
async def test_a_text_of_any_length_is_never_refused(peer, channel, text):
    choices = (Choice("now", "Có"),)
    out = Outgoing("a", text=text, prompt="q7Zt2mXvB4k", choices=choices)
    pieces = fit(out, ABILITIES["telegram"], lambda key: key)
    for piece in pieces:
        assert isinstance(await channel.send(piece, TO), Sent)
    texts = [fields["text"] for _, fields in peer.sent]
    assert "".join("".join(texts).split()) == "".join(text.split())
    buttons = ["inline_keyboard" in fields["reply_markup"] for _, fields in peer.sent]
    assert buttons == [False] * (len(texts) - 1) + [True]


async def test_a_text_that_nobody_cut_is_refused_with_its_remedy_or_visibly(peer, channel):
    assert isinstance(await channel.send(Outgoing("a", text="a" * 4097), TO), Bad)
    assert peer.sent == []


@pytest.mark.parametrize(
    "text", ["<b>x</b> _*[x](y) </", "dòng\r\nhai", "mũi \u202etên", "ẩn\u200b chữ", "&amp; <"]
)
async def test_f44_odd_letters_are_shown_as_they_are(peer, channel, text):
    assert isinstance(await channel.send(Outgoing("a", text=text), TO), Sent)
    fields = peer.sent[-1][1]
    assert fields["text"].replace("\r\n", "\n") == text.replace("\r\n", "\n")
    assert "parse_mode" not in fields


UPDATES_SEEN = sorted(path.stem for path in DATA.glob("update_*.json"))


async def test_every_recorded_update_comes_through_unchanged_and_in_order(peer, channel):
    updates = [json.loads((DATA / f"{name}.json").read_text()) for name in UPDATES_SEEN]
    for n, update in enumerate(updates, 1):
        update["update_id"] = n
        await peer.push(update)
    found = await channel.poll(None, 0)
    assert found == updates
    assert await channel.poll(None, 0) == updates  # nothing was confirmed
    assert await channel.poll(len(updates) + 1, 0) == []
    assert len(updates) == 34


async def test_a_spinner_is_stopped(peer, channel):
    await channel.ack(json.loads((DATA / "update_callback_query.json").read_text()))


async def test_whoever_polls_beside_a_webhook_is_told_so(peer, channel):
    await channel.use_webhook("http://127.0.0.1:9/telegram/webhook")
    assert isinstance(await guarded(channel.poll(None, 0)), channel.failures)
    await channel.use_polling()
    assert await channel.poll(None, 0) == []


async def test_a_webhook_that_could_not_store_is_knocked_at_again(peer, channel):
    statuses, heard = [503, 200], []

    async def door(request):
        heard.append(channel.admit(request.headers, await request.read()))
        return web.Response(status=statuses.pop(0))

    app = web.Application()
    app.router.add_post("/telegram/webhook", door)
    runner, port = await serve(app, "127.0.0.1", 0)
    try:
        await channel.use_webhook(f"http://127.0.0.1:{port}/telegram/webhook")
        update = json.loads((DATA / "update_text.json").read_text())
        await peer.push(update)
        assert len(heard) == 1
        assert await peer.deliver() == 1
        assert await peer.deliver() == 0
    finally:
        await runner.cleanup()
    assert heard[0] == heard[1]
    assert heard[0].dedupe == str(update["update_id"])


async def test_what_waited_for_polling_is_delivered_when_a_webhook_is_set(peer, channel):
    heard = []

    async def door(request):
        heard.append(await request.json())
        return web.Response()

    await peer.push(json.loads((DATA / "update_text.json").read_text()))
    app = web.Application()
    app.router.add_post("/telegram/webhook", door)
    runner, port = await serve(app, "127.0.0.1", 0)
    try:
        await channel.use_webhook(f"http://127.0.0.1:{port}/telegram/webhook")
        await peer.deliver()
    finally:
        await runner.cleanup()
    assert len(heard) == 1
    assert set(heard[0]) - {"update_id"} <= set(UPDATES)


async def test_a_picture_goes_up_with_its_words(channel):
    out = BytesIO()
    Image.new("1", (99, 99)).save(out, "PNG")
    picture = Picture("qr/20500.png", data=out.getvalue())
    result = await channel.send(Outgoing("k", "media", "Mã QR", media=picture, protect=False), TO)
    assert isinstance(result, Sent)
    assert int(result.id) > 0
    assert await channel.send(Outgoing("k", "media", "Mã QR", media=Picture("x")), TO) == Bad(
        "no picture"
    )
