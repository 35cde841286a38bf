"""What only Telegram brings: files, contacts, albums, edits, groups, webhooks; and what its bytes show."""

import asyncio
import json
import logging
from functools import partial
from io import StringIO

import pytest
from aiohttp import ClientSession

from bot.channels.telegram import Telegram
from bot.commands.serve import stop_spinner
from bot.logs import set_up
from cases.messages import Address, Outgoing
from locales.catalog import LANGUAGES, Catalog
from tests.support import database
from tests.support.fake_telegram import TOKEN
from tests.support.lock_screen import FORBIDDEN, VALUES, to_staff
from tests.support.site import SECRET, Site
from web.app import build, serve
from web.parts import Parts

from .doors import DATA, TelegramDoor
from .failing_telegram import FailingTelegram, Fault
from .test_telegram_peer import OFFICER

HELLO = "Lúc này trẻ có đang gặp nguy hiểm không?"
WHERE = "Lúc này trẻ đang ở đâu?"
KIND = "Chuyện gì đang xảy ra?"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
TO = Address("telegram", "123456", "700000009", "700000009")


@pytest.fixture
async def door(tmp_path):
    made = await TelegramDoor.open(tmp_path, "")
    yield made
    await made.close()


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def file_urgent(door, who=1):
    await door.says("sos", who)
    await door.says("xã Đại Hiệp", who)


# Row 24: anything may come first.

FIRST = [
    "update_voice", "update_video", "update_video_note", "update_sticker", "update_document",
    "update_document_too_big", "update_photo_caption", "update_text_forwarded", "update_venue",
    "update_location", "update_location_live", "update_contact_own", "update_contact_foreign",
    "update_text_nfd", "update_text_number", "update_start_plain", "update_callback_query",
]  # fmt: skip


@pytest.mark.parametrize("name", FIRST)
async def test_f33_whatever_comes_first_is_answered_with_help_numbers_and_the_first_question(
    door, name
):
    await door.push(door.recorded(name))
    (one,) = await door.heard()
    assert "113" in one.text
    assert "111" in one.text
    assert HELLO in one.text


MEDIA = [one for one in FIRST if one.split("_")[1] in ("voice", "video", "document", "photo")]


@pytest.mark.parametrize("name", MEDIA)
async def test_a_file_that_came_first_is_part_of_the_report(door, name):
    await door.push(door.recorded(name))
    await door.press("Có, ngay bây giờ")
    await door.says("xã Đại Hiệp")
    files = (await door.told())["files"]
    assert len(files) == 1
    assert files[0]["ref"]


@pytest.mark.parametrize("name", ["update_voice", "update_sticker", "update_document"])
async def test_a_file_in_the_middle_leaves_the_question_as_it_is(door, name):
    await door.says("xin chào")
    await door.push(door.recorded(name))
    assert HELLO in (await door.last()).text


async def test_a_file_that_is_too_large_is_said_to_be_so(door):
    await door.push(door.recorded("update_document_too_big"))
    ordinary = (await door.last()).text
    await door.push(door.recorded("update_document", 2))
    assert (await door.last(2)).text != ordinary


# Row 23: an album.


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
async def test_f33_an_album_in_any_order_is_three_files_of_one_report_acknowledged_once(
    door, order
):
    await file_urgent(door)
    await door.says("hủy")
    before = len(await door.heard())
    for n in order:
        await door.push(door.recorded(f"update_album_{n}_of_3"))
    assert len(await door.heard()) == before + 1
    assert len((await door.told())["files"]) == 3


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
async def test_an_album_inside_a_talk_is_acknowledged_once(door, order):
    await door.says("xin chào")
    before = len(await door.heard())
    for n in order:
        await door.push(door.recorded(f"update_album_{n}_of_3"))
    assert len(await door.heard()) == before + 1


async def test_an_album_inside_a_talk_keeps_every_picture(door):
    await door.says("xin chào")
    for n in (2, 3, 1):
        await door.push(door.recorded(f"update_album_{n}_of_3"))
    await door.press("Có, ngay bây giờ")
    await door.says("xã Đại Hiệp")
    told = await door.told()
    assert len(told["files"]) == 3


# Row 21: a place, and how it is asked for.


async def test_the_place_can_be_shared_with_one_press(door):
    await door.says("xin chào")
    await door.press("Có, ngay bây giờ")
    keyboards = [
        json.loads(f["reply_markup"]) for _, f in door.telegram.accepted if "reply_markup" in f
    ]
    asked = [key for one in keyboards for row in one.get("keyboard", ()) for key in row]
    assert any(key.get("request_location") for key in asked)


async def test_a_phone_number_can_be_shared_with_one_press():
    telegram = FailingTelegram()
    channel = Telegram(TOKEN, await telegram.start())
    await channel.start()
    await channel.send(Outgoing(key="k", text="Số điện thoại?", ask="contact"), TO)
    _, fields = telegram.accepted[-1]
    await channel.close()
    await telegram.stop()
    assert "request_contact" in fields.get("reply_markup", "")


async def test_a_live_position_answers_once_and_its_movement_says_nothing(door):
    await door.says("xin chào")
    await door.press("Có, ngay bây giờ")
    await door.push(door.recorded("update_location_live"))
    before = len(await door.heard())
    for _ in range(3):
        await door.push(door.recorded("update_location_live_edited"))
    assert len(await door.heard()) == before


async def test_the_last_live_position_is_kept(door):
    await door.says("xin chào")
    await door.press("Có, ngay bây giờ")
    await door.push(door.recorded("update_location_live"))
    await door.press("Đại Lộc")
    await door.push(door.recorded("update_location_live_edited"))
    assert "107.9915" in str(await door.told())


# Row 22: a contact.


@pytest.mark.parametrize("name", ["update_contact_foreign", "update_contact_foreign_no_user_id"])
async def test_the_card_of_somebody_else_never_becomes_the_phone_of_the_reporter(door, name):
    await file_urgent(door)
    await door.push(door.recorded(name))
    assert "53000000" not in str((await door.told()).get("contact", ""))


# Row 26: edits, reactions, blocks.


async def test_f30_an_edit_is_added_to_the_report_and_the_talk_stands_still(door):
    await file_urgent(door)
    before = await door.heard()
    await door.push(door.recorded("update_edited_message"))
    assert await door.heard() == before
    assert "Ở thôn 5, không phải thôn 4." in (await door.told())["added"]


async def test_an_edit_before_the_report_is_filed_is_kept_too(door):
    await door.says("Ở thôn 4 có em bé bị bỏ rơi")
    await door.push(door.recorded("update_edited_message"))
    await door.press("Có, ngay bây giờ")
    await door.says("xã Đại Hiệp")
    assert "Ở thôn 5, không phải thôn 4." in str(await door.told())


async def test_f33_a_reaction_and_kinds_nobody_knows_say_nothing(door):
    await door.says("xin chào")
    for kind in ("message_reaction", "poll_answer", "chat_boost", "brand_new"):
        door.line.n += 1
        await door.push({"update_id": door.line.n, kind: {"user": {"id": 1}, "date": 1795437887}})
    assert len(await door.heard()) == 1
    assert not await door.cases()


# Row 5: what cannot be read.

READ_BY_A_PERSON = [
    "malformed_callback_no_chat_instance", "malformed_date_string", "malformed_missing_chat",
    "malformed_no_update_id", "malformed_text_is_number",
]  # fmt: skip


@pytest.mark.parametrize("name", READ_BY_A_PERSON)
async def test_f33_an_unreadable_message_is_put_before_a_person_and_the_next_one_is_handled(
    door, name
):
    update = door.recorded(name)
    if name == "malformed_no_update_id":
        del update["update_id"]
    await door.push(update, door.line.message(2, "xin chào"))
    (case,) = await door.cases()
    assert "raw" in case.flags
    assert "111" in (await door.heard(1))[0].text
    assert HELLO in (await door.last(2)).text


async def test_a_number_in_quotes_is_still_a_message(door):
    update = door.recorded("malformed_update_id_string")
    await door.push({**update, "update_id": str(update["update_id"])})
    assert HELLO in (await door.last()).text
    assert not await door.cases()


# Row 30: groups and other bots.


async def test_a_group_is_told_one_neutral_line(door):
    await door.push(door.recorded("update_group_text"))
    (text,) = [f["text"] for _, f in door.telegram.accepted if f.get("chat_id") == "-1001900000001"]
    assert text == "Xin nhắn riêng cho chúng tôi: https://t.me/fixture_bot"
    assert not await door.cases()


async def test_a_group_is_answered_once_a_day(door):
    for _ in range(3):
        await door.push(door.recorded("update_group_text"))
    texts = [f for _, f in door.telegram.accepted if f.get("chat_id") == "-1001900000001"]
    assert len(texts) == 1


async def test_a_group_is_given_the_link_to_the_private_chat(door):
    await door.push(door.recorded("update_group_text"))
    (text,) = [f["text"] for _, f in door.telegram.accepted if f.get("chat_id") == "-1001900000001"]
    assert "t.me/" in text


async def test_another_bot_is_stored_and_not_answered(door):
    update = door.line.message(1, "xin chào")
    update["message"]["from"]["is_bot"] = True
    await door.push(update)
    assert await door.heard() == []


# Rows 29 and 12 on the officer's side.


async def test_f44_markup_in_a_report_is_shown_to_the_officer_as_it_was_written(door):
    await door.line.officer()
    await door.says("<b>giúp</b> _*[x](tg://user?id=1) </ một hai ba")
    await door.press("Có, ngay bây giờ")
    await door.says("xã Đại Hiệp")
    await door.press("Mở hồ sơ", OFFICER)
    assert "<b>giúp</b> _*[x](tg://user?id=1) </ một hai ba" in (await door.last(OFFICER)).text
    assert not [fields for _, fields in door.telegram.accepted if "parse_mode" in fields]


async def test_f44_a_long_card_reaches_the_officer_in_pieces_with_its_buttons_last(door):
    await door.line.officer()
    await file_urgent(door)
    await door.says("hủy")
    for n in range(14):
        await door.says(f"{n} " + "một hai ba bốn " * 60)
    before = len(await door.heard(OFFICER))
    await door.press("Mở hồ sơ", OFFICER)
    pieces = (await door.heard(OFFICER))[before:]
    assert all(len(one.text.encode("utf-16-le")) // 2 <= 4096 for one in pieces)
    assert [bool(one.options) for one in pieces] == [False] * (len(pieces) - 1) + [True]


# Row 31: the lock screen.


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_a_notice_shows_nothing_on_a_lock_screen_and_stays_in_its_chat(lang):
    telegram = FailingTelegram()
    channel = Telegram(TOKEN, await telegram.start())
    await channel.start()
    for name in to_staff():
        text = Catalog.load().say(lang, f"notice.{name}", **VALUES)
        await channel.send(Outgoing(key=name, text=text), TO)
        _, fields = telegram.accepted[-1]
        assert not [word for word in FORBIDDEN[lang] if word in fields["text"].lower()], name
        assert json.loads(fields["link_preview_options"]) == {"is_disabled": True}
        assert str(fields["protect_content"]).lower() == "true"
    await channel.close()
    await telegram.stop()


async def test_everything_but_the_receipt_stays_in_its_chat_and_nothing_is_previewed(door):
    await door.line.officer()
    await file_urgent(door)
    for name, fields in door.telegram.accepted:
        if name != "sendMessage":
            continue
        assert json.loads(fields["link_preview_options"]) == {"is_disabled": True}
        guarded = str(fields.get("protect_content", "false")).lower() == "true"
        assert guarded == ("Mã tin báo" not in fields["text"])


# Row 32: nothing in the logs.


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


async def test_no_token_phone_name_or_word_of_a_report_is_logged_even_when_all_fails(door, lines):
    canary = "Nguyễn Thị Chim Hoàng Yến 0530000042"
    await door.line.officer()
    for status in (401, 403, 400, 429, 500):
        body = {"ok": False, "error_code": status, "description": f"x {TOKEN} {canary}"}
        door.telegram.fail("sendMessage", Fault(status, body))
        await door.says(f"{canary} {status}", status)
    door.telegram.fail("getUpdates", Fault(401, {"ok": False, "description": TOKEN}))
    door.line.app.loops.start(
        "poll", door.line.app.loops.forever("poll", door.line.poller.step), cut=True
    )
    async with asyncio.timeout(20):
        while "loop failed" not in lines.getvalue():
            door.telegram.heard.clear()
            await door.telegram.heard.wait()
    await door.line.app.loops.stop(1)
    await door.push(door.recorded("malformed_text_is_number"))
    logged = lines.getvalue()
    for secret in (TOKEN, TOKEN.split(":")[1], "0530000042", "Hoàng Yến", "Ho\\u00e0ng"):
        assert secret not in logged, secret


# Rows 2 to 6 through the webhook.


async def knock(site, body, header=HEADER):
    url = f"{site.url}/telegram/webhook"
    async with site.client.post(url, data=body, headers=header) as answer:
        return answer.status


async def stored(site):
    async with site.store.reading("test") as work:
        return len(await work.inbox.oldest(100))


def raw(name):
    return (DATA / f"{name}.json").read_bytes()


async def test_f30_the_same_update_five_times_at_once_is_one_row_and_answered_each_time(site):
    async with asyncio.TaskGroup() as group:
        all_ = [group.create_task(knock(site, raw("update_text"))) for _ in range(5)]
    assert [one.result() for one in all_] == [200] * 5
    assert await stored(site) == 1


async def test_f42_a_body_that_never_says_how_long_it_is_is_refused_when_it_is_too_long(site):
    async def endless():
        for _ in range(1025):
            yield b" " * 1024

    assert await knock(site, endless()) == 413
    assert await stored(site) == 0


async def test_f42_a_body_of_exactly_one_mebibyte_is_taken(site):
    body = raw("update_text")
    assert await knock(site, body + b" " * (1024 * 1024 - len(body))) == 200
    assert await stored(site) == 1


async def test_f42_a_secret_in_bytes_that_are_no_text_is_refused(site):
    host, _, port = site.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n"
        b"X-Telegram-Bot-Api-Secret-Token: \xff\xfe\r\n\r\n{}"
    )
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 401")


async def test_a_very_deep_body_is_not_json_for_us(site):
    assert await knock(site, b"[" * 100_000) == 400


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("malformed_*.json")))
async def test_f33_every_malformed_body_is_stored_and_the_next_one_is_handled(site, name):
    assert await knock(site, raw(name)) == 200
    assert await stored(site) == 1
    assert await knock(site, raw("update_text_number")) == 200
    await site.stage.settle()
    assert await stored(site) == 0
    async with site.store.reading("test") as work:
        contact = await work.contacts.by_address("telegram", "123456", "700000009")
        assert contact is not None


@pytest.fixture
async def held(site, tmp_path):
    """The database is held by somebody else while a message knocks."""
    with database.held(site.store, tmp_path / "annhi.db"):
        status = await knock(site, raw("update_text"))
    assert status == 503
    return site


async def test_f15_a_database_that_refuses_confirms_nothing_and_a_repetition_is_one_row(held):
    assert await stored(held) == 0
    assert [await knock(held, raw("update_text")) for _ in range(2)] == [200, 200]
    assert await stored(held) == 1


async def test_what_a_database_refused_is_in_the_journal(held, tmp_path):
    assert [
        path for path in (tmp_path / "journal").rglob("*") if path.is_file() and path.stat().st_size
    ]
    await held.app.journal.replay()
    assert await stored(held) == 1


async def test_a_press_that_came_by_webhook_stops_its_spinner_at_once(door):
    parts = Parts(
        store=door.app.kit.store, inlet=door.app.inbox, channels=door.app.kit.channels,
        catalog=door.app.kit.catalog, kit=door.app.kit, stored=partial(stop_spinner, door.app.loops),
    )  # fmt: skip
    door.line.poller._channel._secret = SECRET
    runner, port = await serve(build(parts), "127.0.0.1", 0)
    try:
        async with (
            ClientSession() as client,
            client.post(
                f"http://127.0.0.1:{port}/telegram/webhook",
                data=raw("update_callback_query"), headers=HEADER,
            ) as answer,
        ):  # fmt: skip
            assert answer.status == 200
        await door.line.stage.settle()
    finally:
        await runner.cleanup()
    assert "answerCallbackQuery" in [name for name, _ in door.telegram.accepted]


async def test_a_press_that_was_fetched_stops_its_spinner(door):
    await door.push(door.recorded("update_callback_query"))
    async with asyncio.timeout(20):
        while "answerCallbackQuery" not in [name for name, _ in door.telegram.accepted]:
            door.telegram.heard.clear()
            await door.telegram.heard.wait()


# Row 7: out of order.


async def test_f30_two_messages_delivered_out_of_order_are_both_kept_and_an_old_button_moves_nothing(
    door,
):
    await door.says("xin chào")
    press = door.line.press(1, f"c:{(await door.last()).prompt}:no")
    await door.says("Có, ngay bây giờ")
    await door.push(press)
    assert WHERE in (await door.last()).text
    later, earlier = door.line.message(1, "ở gần chợ"), door.line.message(1, "xã Đại Hiệp")
    later["update_id"], earlier["update_id"] = earlier["update_id"], later["update_id"]
    await door.push(earlier, later)
    told = await door.told()
    assert "Đại Hiệp" in str(told)
    assert "ở gần chợ" in str(told)


async def test_the_reply_of_an_officer_to_a_notice_is_a_note_on_its_case(door):
    await door.line.officer()
    await file_urgent(door)
    await door.press("Tôi nhận", OFFICER)
    (number,) = [
        n for n, (name, f) in enumerate(door.telegram.accepted, 1)
        if name == "sendMessage" and f["chat_id"] == str(OFFICER) and "Việc mới" in f["text"]
    ]  # fmt: skip
    update = door.line.message(OFFICER, "Đã đến nơi.")
    update["message"]["reply_to_message"] = {"message_id": number}
    await door.push(update)
    async with door.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        events = await work.cases.events(case.id)
    assert "Đã đến nơi." in str(events[-1].body)
