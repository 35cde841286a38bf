"""Rows 22 to 25 of CHANNELS.md 12.1: the same files through every channel, and Telegram's real client."""

import asyncio
import logging
from datetime import timedelta
from io import StringIO

import pytest

from bot.channels.telegram import Telegram
from bot.logs import set_up
from notifications.channel import Fetched, Later, Lost
from tests.support import emulator
from tests.support.emulator import Emulator
from tests.support.fake_telegram import TOKEN
from tests.support.world import SHELF

from .doors import DOORS, TelegramDoor
from .failing_telegram import FailingTelegram, Fault

HELLO = "Lúc này trẻ có đang gặp nguy hiểm không?"
JPEG = (SHELF / "nha.jpg").read_bytes()
LIMIT = 20 * 2**20


@pytest.fixture(params=DOORS)
async def door(request, tmp_path):
    kind, channel = DOORS[request.param]
    made = await kind.open(tmp_path, channel)
    yield made
    await made.close()


async def file_urgent(door):
    await door.says("sos")
    await door.says("xã Đại Hiệp")


# Row 23


@pytest.mark.parametrize("order", ["abc", "cab", "bca"])
async def test_an_album_is_three_files_of_one_report_and_one_acknowledgement(door, order):
    await door.says("xin chào")
    before = len(await door.heard())
    await door.sends(*[f"{one}.jpg" for one in order], group="13579")
    assert len(await door.heard()) == before + 1
    await file_urgent(door)
    assert [(row.state, row.kind) for row in await door.files()] == [("kept", "image")] * 3


async def test_an_album_as_the_very_first_message_is_answered_once(door):
    await door.sends("a.jpg", "b.jpg", "c.jpg", group="13579")
    (one,) = await door.heard()
    assert HELLO in one.text
    await file_urgent(door)
    assert len(await door.files()) == 3


# Row 24


@pytest.mark.parametrize(
    "name", ["nha.jpg", "tieng.ogg", "phim.mp4", "don.pdf", "don.docx", "phong.heic"]
)
async def test_whatever_comes_first_is_answered_kept_and_leaves_the_question(door, name):
    await door.sends(name)
    (one,) = await door.heard()
    assert "113" in one.text
    assert HELLO in one.text
    await door.sends("ngan.ogg")
    assert HELLO in (await door.last()).text
    await file_urgent(door)
    first, second = await door.files()
    assert (first.state, second.state) == ("kept", "kept")
    assert first.size == (SHELF / name).stat().st_size


async def test_a_voice_note_is_said_to_be_heard_by_a_person(door):
    await door.sends("tieng.ogg")
    assert "Đã nhận tin thoại. Cán bộ sẽ nghe." in (await door.last()).text


async def test_pictures_one_by_one_never_move_the_question_on(door):
    await door.says("xin chào")
    await door.sends(*[f"{name}.jpg" for name in "abcdef"])
    assert HELLO in (await door.last()).text


# Row 25


@pytest.mark.parametrize(("name", "why"), [("trang.jpg", "type"), ("rong.jpg", "empty")])
async def test_a_file_that_lies_or_is_empty_costs_no_report_and_is_said_to_be_so(door, name, why):
    await file_urgent(door)
    refused = await door.sends(name)
    if refused is not None:  # a page is told at once, and no message comes of it
        assert refused == [{"type": 415, "empty": 400}[why]]
        assert await door.files() == []
        return
    (row,) = await door.files()
    assert (row.state, row.why) == ("failed", why)
    assert "vẫn được lưu" in (await door.last()).text


# Telegram's own client


@pytest.fixture
async def telegram():
    fake = FailingTelegram()
    channel = Telegram(TOKEN, await fake.start())
    yield fake, channel
    await channel.close()
    await fake.stop()


async def test_a_reference_brings_the_bytes_again_and_again(telegram):
    fake, channel = telegram
    fake.files["F1"] = JPEG
    for _ in range(2):
        assert await channel.fetch("F1") == Fetched(JPEG)


async def test_a_reference_brings_the_bytes_from_an_independent_telegram():
    peer = Emulator()
    channel = Telegram(emulator.TOKEN, await peer.start())
    sent = await channel.bot.send_document(700000009, JPEG, filename="x.jpg")
    assert await channel.fetch(sent.document.file_id) == Fetched(JPEG)
    await channel.close()
    await peer.stop()


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (Fault(400, {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}),
         Lost("too_big")),
        (Fault(400, {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}),
         Later("expired")),
        (Fault(401, {"ok": False, "error_code": 401, "description": "Unauthorized"}),
         Later("unreachable")),
        (Fault(429, {"ok": False, "error_code": 429, "description": "x",
                     "parameters": {"retry_after": 7}}), Later("unreachable", 7)),
        (Fault(500, {"ok": False, "error_code": 500, "description": "x"}), Later("unreachable")),
        (Fault(cut=True), Later("unreachable")), (Fault(close=True), Later("unreachable")),
        (Fault(raw=b"{"), Later("unreachable")), (Fault(200, {"ok": True}), Later("unreachable")),
        (Fault(200, {"ok": True, "result": {"file_id": "F1", "file_unique_id": "u",
                                            "file_size": LIMIT + 1, "file_path": "x"}}),
         Lost("too_big")),
    ],
    ids=["too big", "wrong id", "token", "slow down", "broken", "cut", "closed", "odd", "nothing",
         "named too big"],
)  # fmt: skip
async def test_each_answer_to_the_question_for_a_file_means_one_thing(telegram, fault, found):
    fake, channel = telegram
    fake.files["F1"] = JPEG
    fake.fail("getFile", fault)
    assert await channel.fetch("F1") == found
    assert fake.downloads == []


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (Fault(404), Later("expired")), (Fault(410), Later("expired")),
        (Fault(500), Later("unreachable")), (Fault(302), Later("unreachable")),
        (Fault(cut=True), Later("unreachable")), (Fault(close=True), Later("unreachable")),
    ],
    ids=["not there", "gone", "broken", "moved", "cut in the middle", "closed"],
)  # fmt: skip
async def test_each_answer_to_a_download_means_one_thing(telegram, fault, found):
    fake, channel = telegram
    fake.files["F1"] = JPEG
    fake.fail("download", fault)
    assert await channel.fetch("F1") == found


async def test_nobody_there_is_no_loss():
    channel = Telegram(TOKEN, "http://127.0.0.1:9")
    assert await channel.fetch("F1") == Later("unreachable")
    await channel.close()


async def test_a_file_that_grows_while_it_comes_is_cut_off_at_the_limit(telegram):
    fake, channel = telegram
    told = {"file_id": "F1", "file_unique_id": "u", "file_size": 10, "file_path": "documents/F1"}
    fake.files["F1"] = bytes(LIMIT + 1)
    fake.fail("getFile", Fault(200, {"ok": True, "result": told}))
    assert await channel.fetch("F1") == Lost("too_big")


async def test_a_download_takes_no_connection_from_a_message(telegram):
    fake, channel = telegram
    fake.files["F1"] = JPEG
    fake.fail("download", *[Fault(hang=True)] * 20)
    async with asyncio.TaskGroup() as group:
        hanging = [group.create_task(channel.fetch("F1")) for _ in range(20)]
        async with asyncio.timeout(30):
            await channel.bot.send_message(1, "x")
        for one in hanging:
            one.cancel()
    assert fake.texts() == ["x"]


@pytest.fixture
def lines():
    """Everything that is logged as the program logs it, DEBUG on."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up(logging.DEBUG)
    stream = StringIO()
    root.handlers[0].setStream(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


async def test_no_log_holds_the_address_of_a_file(tmp_path, lines):
    door = await TelegramDoor.open(tmp_path, "")
    door.telegram.fail("download", Fault(500), Fault(cut=True), Fault(close=True))
    await door.sends("nha.jpg")
    await door.line.stage.pass_time(timedelta(minutes=2))
    assert len(door.telegram.downloads) == 4
    await door.close()
    for secret in (TOKEN, TOKEN.split(":")[1], "documents/", "nha.jpg"):
        assert secret not in lines.getvalue()


async def test_a_reference_waits_for_its_own_bot(tmp_path):
    """Another token is another bot: it knows no reference of ours, and is not asked."""
    door = await TelegramDoor.open(tmp_path, "")
    channels, key = door.app.kit.channels, ("telegram", door.line.account)
    await file_urgent(door)
    door.telegram.fail("download", Fault(500))
    await door.sends("nha.jpg")
    channel = channels.pop(key)
    await door.line.stage.pass_time(timedelta(seconds=10))
    assert len(door.telegram.downloads) == 1
    channels[key] = channel
    await door.line.stage.pass_time(timedelta(minutes=2))
    assert [row.state for row in await door.files()] == ["kept"]
    await door.close()
