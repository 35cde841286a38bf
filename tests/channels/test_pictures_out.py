"""A public picture through every channel: the row keeps a name, the messenger gets a picture or its address."""

import socket
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.channels.memory import ABILITIES
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.clock import HandClock
from cases.messages import Address, Choice, Outgoing, Picture
from cases.model import Role
from handlers.papers.public import public_picture, qr_of
from notifications.channel import Bad, Gone, Retry, Sent, Unknown
from notifications.fit import CAPTION, fit
from notifications.outgoing import body_of, outgoing_of
from storage.ledgers.outbox import Message
from tests.support import fake_telegram
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_zalo_bot import TOKEN, FakeZaloBot, Fault, recorded
from tests.support.fake_zalo_oa import APP, FakeZaloOA
from tests.support.fake_zalo_oa import recorded as recorded_oa
from tests.support.oa_account import oa_account
from tests.support.qr import read_qr
from tests.support.world import open_world

REF, URL = "qr/20500.png", "https://annhi.example/qr/20500.png"
SITE = {"ANNHI_PUBLIC_URL": "https://annhi.example"}


def drawn():
    out = BytesIO()
    Image.new("1", (9, 9)).save(out, "PNG")
    return out.getvalue()


PNG = drawn()
SHOW = Outgoing("k", "media", "Mã QR", media=Picture(REF, URL, PNG), protect=False)
ALL = list(ABILITIES)


def words(key):
    return {"talk.update": "Cập nhật:", "talk.repeat": "🔁 Gửi lại"}[key]


# What is kept, and what fits.


def test_a_row_keeps_the_name_and_neither_bytes_nor_address():
    body = body_of(SHOW)
    assert body["media"] == REF
    assert b"PNG" not in str(body).encode()
    assert URL not in str(body)
    assert outgoing_of("k", body) == replace(SHOW, media=Picture(REF))


def test_a_message_without_a_picture_keeps_no_word_of_one():
    assert "media" not in body_of(Outgoing("k", text="xin chào"))


@pytest.mark.parametrize("name", ALL)
def test_where_pictures_are_shown_it_goes_out_as_one(name):
    assert fit(SHOW, ABILITIES[name], words) == [SHOW]


@pytest.mark.parametrize("name", ALL)
def test_a_long_text_goes_ahead_and_the_picture_has_its_end(name):
    text = ("một hai ba bốn " * 400).strip()
    *ahead, last = fit(replace(SHOW, text=text), ABILITIES[name], words)
    assert [(one.op, one.media) for one in ahead] == [("say", None)] * len(ahead)
    assert (last.op, last.media) == ("media", SHOW.media)
    assert len(last.text) <= CAPTION
    assert " ".join(one.text for one in [*ahead, last]) == text


@pytest.mark.parametrize(
    ("media_out", "url"), [("", URL), ("link", "http://annhi.example/qr/20500.png")]
)
def test_where_it_cannot_be_shown_the_text_names_its_address(media_out, url):
    abilities = replace(ABILITIES["zalobot"], media_out=media_out)
    (one,) = fit(replace(SHOW, media=Picture(REF, url, PNG)), abilities, words)
    assert (one.op, one.media, one.text) == ("say", None, f"Mã QR\n{url}")


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_can_be_chosen_is_lost_under_a_picture(name):
    asked = replace(SHOW, prompt="p", choices=(Choice("yes", "Có"), Choice("no", "Không")))
    (one,) = fit(asked, ABILITIES[name], words)
    shown = [choice.label for choice in one.choices]
    assert one.op == "media"
    if name in ("zalobot", "zalooa"):
        assert (shown, one.text) == ([], "Mã QR\n\n1. Có\n2. Không")
    else:
        assert (shown, one.text) == (["Có", "Không"], "Mã QR")


def test_a_repeat_says_so():
    (one,) = fit(replace(SHOW, repeat=True), ABILITIES["telegram"], words)
    assert one.text == "🔁 Gửi lại Mã QR"


# Only what is public.

PRIVATE = [
    "", "qr/99999.png", "qr/20500", "qr/20500.svg", "qr/20500.png/..", "qr/../keys.json",
    "qr/20500.png\n", "qr/２０５００.png", "/qr/20500.png", "x/qr/20500.png", "media/abc",
    "https://annhi.example/qr/20500.png", "case/379J-DTBK.png",
]  # fmt: skip


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path, "2026-11-23 20:15", **SITE)
    yield made
    await made.app.close()


async def queue(world, outgoing):
    """A row to an officer on Telegram; what became of it."""
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    async with world.app.kit.store.transaction("test") as work:
        (contact,) = await work.contacts.of_person("p-lan")
        await work.outbox.put(
            Message(outgoing.key, contact.id, "telegram", outgoing.op, body_of(outgoing), 2)
        )
    await world.app.sender.drain()
    async with world.app.kit.store.reading("test") as work:
        return (await work.outbox.told(outgoing.key))[0].state


@pytest.mark.parametrize("ref", PRIVATE)
async def test_what_is_no_public_picture_never_leaves(world, ref):
    assert public_picture(world.app.kit, ref) is None
    assert await queue(world, replace(SHOW, media=Picture(ref, URL, PNG))) == "dead"
    assert world.channels["telegram"].accepted == []


async def test_a_picture_that_nobody_named_never_leaves(world):
    assert await queue(world, replace(SHOW, media=None)) == "dead"
    assert world.channels["telegram"].accepted == []


async def test_a_public_one_leaves_with_its_bytes_and_leads_to_the_chat_of_its_commune(world):
    assert await queue(world, SHOW) == "sent"
    ((_, out, _),) = world.channels["telegram"].accepted
    assert (out.media.ref, out.media.url) == (REF, URL)
    assert len(out.media.data) < 2**20
    assert read_qr(modules(out.media.data)) == "https://annhi.example/join/xa-20500"


def modules(data):
    """The rows of a code in a picture, by its own edges."""
    picture = Image.open(BytesIO(data)).convert("L").point(lambda dot: 255 * (dot < 128))
    left, top, right, bottom = picture.getbbox()
    step = next(n for n in range(1, 99) if not picture.getpixel((left + n, top + n)))
    size = (right - left) // step
    assert (left, top, (bottom - top) // step) == (4 * step, 4 * step, size)
    half = step // 2
    return [
        [
            bool(picture.getpixel((left + x * step + half, top + y * step + half)))
            for x in range(size)
        ]
        for y in range(size)
    ]


async def test_without_an_address_that_people_open_there_is_none(world):
    kit = replace(world.app.kit, public_url="")
    assert public_picture(kit, qr_of("20500")) is None


async def test_an_old_button_of_somebody_who_works_for_no_commune_is_refused_kindly(world):
    await world.staff("lan", Role.OFFICER, "20500", "web")
    for label in ("Khác…", "Khác…"):
        await world.says("lan", "chào") if not world.channels["web"].accepted else None
        await world.presses("lan", label)
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get("p-lan")
        await work.people.save(replace(person, role=Role.SUPERVISOR, commune=""))
    await world.presses("lan", "Mã QR của xã")
    _, out, _ = world.channels["web"].accepted[-1]
    assert (out.op, out.text) == ("say", world.app.kit.catalog.say("vi", "error.old_button"))


# Telegram.

CHAT = Address("telegram", "123456", "700000009", "700000009")


@pytest.fixture
async def telegram():
    fake = FakeTelegram()
    made = Telegram(fake_telegram.TOKEN, await fake.start())
    await made.start()
    fake.accepted.clear()
    yield fake, made
    await made.close()
    await fake.stop()


async def test_telegram_is_given_the_bytes(telegram):
    fake, channel = telegram
    assert isinstance(await channel.send(SHOW, CHAT), Sent)
    ((method, fields),) = fake.accepted
    assert (method, fields["photo"], fields["caption"]) == ("sendPhoto", PNG, "Mã QR")
    assert fields.get("protect_content", "false") == "false"  # it may be forwarded


async def test_telegram_without_bytes_is_asked_for_nothing(telegram):
    fake, channel = telegram
    assert await channel.send(replace(SHOW, media=Picture(REF, URL)), CHAT) == Bad("no picture")
    assert fake.accepted == []


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault(429, {"ok": False, "error_code": 429, "description": "Too Many Requests",
                     "parameters": {"retry_after": 7}}), Retry(7.0, "chat", "429")),
        (Fault(403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked"}),
         Gone("blocked")),
        (Fault(400, {"ok": False, "error_code": 400, "description": "Bad Request: IMAGE_PROCESS_FAILED"}),
         Bad("refused")),
        (Fault(500, {"ok": False, "error_code": 500, "description": "Internal"}), Unknown("no answer")),
        (Fault(cut=True, accept=True), Unknown("no answer")),
    ],
    ids=["429", "blocked", "refused", "500", "cut"],
)  # fmt: skip
async def test_telegram_refuses_a_photo_as_it_refuses_a_text(telegram, fault, result):
    fake, channel = telegram
    fake.fail("sendPhoto", fault)
    assert await channel.send(SHOW, CHAT) == result


async def test_our_telegram_takes_no_photo_that_is_none(telegram):
    _, channel = telegram
    broken = replace(SHOW, media=Picture(REF, URL, b"<html>"))
    assert await channel.send(broken, CHAT) == Bad("refused")
    assert await channel.send(replace(SHOW, text="a" * 1025), CHAT) == Bad("refused")


# Zalo Bot.

WHO = "6ede9afa66b88fe6d6a9"
BOT = Address("zalobot", "1459232241454765289", WHO, WHO)


@pytest.fixture
async def zalobot():
    fake = FakeZaloBot()
    made = ZaloBot(TOKEN, await fake.start(), HandClock())
    yield fake, made
    await made.close()
    await fake.stop()


async def test_zalo_bot_is_told_where_the_picture_is(zalobot):
    fake, channel = zalobot
    assert isinstance(await channel.send(SHOW, BOT), Sent)
    assert fake.accepted == [("sendPhoto", {"chat_id": WHO, "photo": URL, "caption": "Mã QR"})]


@pytest.mark.parametrize(
    ("name", "result"),
    [("error_400", Bad("refused")), ("error_401", Retry(30, "account", "token")),
     ("error_429_quota", Retry(900, "account", "quota")), ("error_500", Unknown("no answer"))],
)  # fmt: skip
async def test_zalo_bot_refuses_a_photo_as_it_refuses_a_text(zalobot, name, result):
    fake, channel = zalobot
    body = recorded(name)
    fake.fail("sendPhoto", Fault(body["error_code"], body))
    assert await channel.send(SHOW, BOT) == result
    assert fake.accepted == []


async def test_zalo_bot_cannot_send_what_has_no_address(zalobot):
    _, channel = zalobot
    assert await channel.send(replace(SHOW, media=Picture(REF)), BOT) == Bad("not_supported")


# Zalo OA.

USER = "246845883529197922"
OA = Address("zalooa", APP, USER, USER)


@pytest.fixture
async def zalooa(tmp_path):
    fake = FakeZaloOA()
    url = await fake.start()
    store, made = await oa_account(tmp_path, url)
    yield fake, made
    await made.close()
    await store.close()
    await fake.stop()


async def test_the_official_account_uploads_and_then_sends_what_it_was_given(zalooa):
    fake, channel = zalooa
    assert isinstance(await channel.send(SHOW, OA), Sent)
    ((number, data),) = fake.uploads.items()
    assert data == PNG
    ((_, body),) = fake.accepted
    element = {"media_type": "image", "attachment_id": number}
    payload = {"template_type": "media", "elements": [element]}
    assert body["recipient"] == {"user_id": USER}
    assert body["message"] == {
        "text": "Mã QR", "attachment": {"type": "template", "payload": payload},
    }  # fmt: skip


async def test_a_token_that_dies_before_the_upload_is_renewed_and_the_picture_uploaded(zalooa):
    fake, channel = zalooa
    await channel.send(replace(SHOW, op="say", media=None), OA)
    fake.expired = True
    assert isinstance(await channel.send(SHOW, OA), Sent)
    assert list(fake.uploads.values()) == [PNG]


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault(200, recorded_oa("error_201_params")), Bad("refused")),
        (Fault(200, recorded_oa("error_032_rate_limit")), Retry(60, "account", "rate")),
        (Fault(200, recorded_oa("error_224_package")), Retry(600, "account", "package")),
        (Fault(502, b"<html>"), Retry(5, "chat", "upload", most=3)),
        (Fault(cut=True), Retry(5, "chat", "upload", most=3)),
        (Fault(200, {"error": 0, "data": {}}), Retry(5, "chat", "upload", most=3)),
        (Fault(200, {"error": 0}), Retry(5, "chat", "upload", most=3)),
    ],
    ids=["refused", "rate", "package", "gateway", "cut", "no id", "no data"],
)
async def test_what_could_not_be_uploaded_was_certainly_not_sent(zalooa, fault, result):
    fake, channel = zalooa
    fake.fail("upload", fault)
    assert await channel.send(SHOW, OA) == result
    assert fake.accepted == []


async def test_an_upload_that_nobody_answers_is_tried_again(zalooa, tmp_path):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{one.getsockname()[1]}"
    fake, _ = zalooa
    (tmp_path / "other").mkdir()
    store, channel = await oa_account(tmp_path / "other", fake.url, nobody)
    assert await channel.send(SHOW, OA) == Retry(2, "chat", "no connection")
    await channel.close()
    await store.close()


@pytest.mark.parametrize(
    ("name", "result"),
    [("error_100_attachment_expired", Bad("refused", "reupload")),
     ("error_230_window_7_days", Gone("window")), ("error_233_message_type", Bad("refused"))],
)  # fmt: skip
async def test_after_the_upload_a_message_is_refused_as_any_other(zalooa, name, result):
    fake, channel = zalooa
    fake.fail("cs", Fault(200, recorded_oa(name)))
    assert await channel.send(SHOW, OA) == result
    assert fake.accepted == []
    assert channel.abilities.choice == "button5"  # no button was refused


@pytest.mark.parametrize(("many", "state"), [(1, "sent"), (2, "dead")])
async def test_an_attachment_that_is_gone_is_uploaded_anew_once(tmp_path, many, state):
    """-100: through the outbox, as a row of its own; refused again, it is dead and not tried for ever."""
    fake = FakeZaloOA()
    url = await fake.start()
    (tmp_path / "oa").mkdir()
    store, channel = await oa_account(tmp_path / "oa", url)
    world = await open_world(tmp_path, "2026-11-23 20:15", **SITE)
    world.app.kit.channels["zalooa", "site"] = channel
    fake.fail("cs", *[Fault(200, recorded_oa("error_100_attachment_expired"))] * many)
    await world.staff("lan", Role.OFFICER, "20500", "zalooa")
    async with world.app.kit.store.transaction("test") as work:
        (contact,) = await work.contacts.of_person("p-lan")
        await work.outbox.put(Message("k", contact.id, "zalooa", "media", body_of(SHOW), 2))
    await world.settle()
    async with world.app.kit.store.reading("test") as work:
        told = await work.outbox.told("k")
    assert [(one.key, one.state) for one in told][:2] == [("k", "dead"), ("k~reupload", state)]
    assert len(fake.uploads) == 2
    assert len(fake.accepted) == (state == "sent")
    await world.app.close()
    await channel.close()
    await store.close()
    await fake.stop()


async def test_the_official_account_cannot_send_what_has_no_bytes(zalooa):
    fake, channel = zalooa
    assert await channel.send(replace(SHOW, media=Picture(REF, URL)), OA) == Bad("not_supported")
    assert not fake.uploads
