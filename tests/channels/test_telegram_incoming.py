"""Row 1 of CHANNELS.md 12.1: every field of what is read from a recorded Telegram update."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from cases.messages import Incoming, MediaRef
from notifications.channel import Admitted, Rejected
from tests.support.fake_telegram import TOKEN

DATA = Path(__file__).parents[1] / "data" / "telegram"
SECRET = "s3cret"
NAME = "X-Telegram-Bot-Api-Secret-Token"
CHANNEL = Telegram(TOKEN, "http://127.0.0.1:9", SECRET)
ALBUM = "13579246801357924"


def _file(letters, name, mark=""):
    return f"{letters}ACAgUAAxkBAAI{name}fixtureFileIdFixtureFileIdFixtureFileIdAAg{mark}"


def _photo(name, group=""):
    size = (_file("Ag", name, "IAA3kAAzYEx"), f"AQAD{name}fixtureUniquex")
    return (MediaRef("image", *size, "", 171360, group),)


def _media(kind, letters, name, mime, size):
    return (MediaRef(kind, _file(letters, name, "YE"), f"AgAD{name}fixtureUnique", mime, size),)


def _is(update_id, kind, date, **values):
    """An Incoming of the neighbour in the private chat, sent at this second."""
    who = {"user": "700000009", "chat": "700000009", "lang": "vi", **values}
    return Incoming(
        channel="telegram", account="123456", dedupe=str(update_id),
        at=datetime.fromtimestamp(date, UTC) if date else None, kind=kind, **who,
    )  # fmt: skip


def _unreadable(update_id, date=0, **values):
    return _is(update_id, "signal", date, signal="unreadable", **values)


OFFICER = {"user": "700000021", "chat": "700000021"}
NOBODY = {"user": "", "chat": "", "lang": "vi"}
EXACT = {
    "update_start_payload": _is(880100001, "start", 1795437887, payload="k7Q2mX_vB-9"),
    "update_start_plain": _is(880100002, "start", 1795437894),
    "update_text": _is(
        880100003, "text", 1795437901,
        text="Bạn nhỏ ngồi một mình ngoài cổng trường từ trưa, chưa có ai đón.",
    ),
    "update_text_nfd": _is(880100004, "text", 1795437908, text="Ở thôn Ái Nghĩa, gần chợ."),
    "update_text_emoji_utf16": _is(880100005, "text", 1795437915, text="🆘 khẩn cấp"),
    "update_text_number": _is(880100006, "text", 1795437922, text="số 2"),
    "update_text_forwarded": _is(
        880100007, "text", 1795437929, text="Tin này được chuyển tiếp từ nhóm khác."
    ),
    "update_location": _is(880100012, "location", 1795437936, lat=15.89895, lon=108.10327),
    "update_venue": _is(
        880100013, "location", 1795437943, text="Nhà văn hóa thôn", lat=15.85214, lon=108.06897
    ),
    "update_location_live": _is(880100014, "location", 1795437950, lat=15.86328, lon=107.99143),
    "update_contact_own": _is(880100016, "contact", 1795437957, phone="+84530000001", own=True),
    "update_contact_foreign": _is(880100017, "contact", 1795437964, phone="84530000002"),
    "update_contact_foreign_no_user_id": _is(
        880100018, "contact", 1795437971, phone="0530000003"
    ),
    "update_album_1_of_3": _is(
        880100019, "media", 1795437978, text="Ảnh chụp ngoài cổng trường",
        media=_photo("ph01", ALBUM),
    ),
    "update_album_2_of_3": _is(880100020, "media", 1795437985, media=_photo("ph02", ALBUM)),
    "update_album_3_of_3": _is(880100021, "media", 1795437992, media=_photo("ph03", ALBUM)),
    "update_photo_caption": _is(
        880100022, "media", 1795437999, text="Con đường bị ngập", media=_photo("ph07")
    ),
    "update_voice": _is(
        880100023, "media", 1795438006, media=_media("voice", "Aw", "vo01", "audio/ogg", 56320)
    ),
    "update_video": _is(
        880100024, "media", 1795438013, media=_media("video", "BA", "vi01", "video/mp4", 4194304)
    ),
    "update_video_note": _is(
        880100025, "media", 1795438020, media=_media("video", "DQ", "vn01", "", 812345)
    ),
    "update_document": _is(
        880100026, "media", 1795438027,
        media=_media("file", "BQ", "do01", "application/pdf", 245760),
    ),
    "update_document_too_big": _is(
        880100027, "media", 1795438034, media=_media("file", "BQ", "do02", "video/mp4", 26214400)
    ),
    "update_sticker": _is(
        880100028, "media", 1795438041, media=_media("sticker", "CA", "st01", "", 18234)
    ),
    "update_reply_to_notice": _is(
        880100029, "text", 1795438048, text="Đã đến nơi, đang nói chuyện với gia đình.",
        about="38", **OFFICER,
    ),
    "update_edited_message": _is(
        880100030, "signal", 1795438055, signal="edited", text="Ở thôn 5, không phải thôn 4."
    ),
    "update_location_live_edited": _is(
        880100015, "signal", 1795437950, signal="edited", lat=15.8634, lon=107.9915
    ),
    "update_my_chat_member_kicked": _is(880100031, "signal", 1795438500, signal="blocked"),
    "update_my_chat_member_member": _is(880100032, "signal", 1795438500, signal="unblocked"),
    "malformed_update_id_string": _is(880109006, "text", 1795437600, text="update_id là chuỗi"),
    "malformed_unknown_kind": _unreadable(880109001, **NOBODY),
    "malformed_date_string": _unreadable(880109002),
    "malformed_missing_chat": _unreadable(880109003, 1795437600),
    "malformed_text_is_number": _unreadable(880109005, 1795437600),
    "malformed_message_is_list": _unreadable(880109007, **NOBODY),
}  # fmt: skip
# A press carries no time of its own, so `at` is asked for by itself below.
PRESSES = {
    "update_callback_query": ("880100008", "q7Zt2mXvB4k", "now"),
    "update_callback_query_message_gone": ("880100009", "q7Zt2mXvB4k", "no"),
    "update_callback_query_forged": ("880100010", "A" * 59, "99"),
}
HASHED = ("malformed_no_update_id", "malformed_array_body")
IGNORED = ("update_my_chat_member_added_to_group",)
ALONE = ("update_callback_query_foreign_format", "update_group_text",
         "malformed_callback_no_chat_instance")  # fmt: skip


def raw(name):
    return (DATA / f"{name}.json").read_bytes()


def test_every_recorded_update_has_its_row_here():
    found = {path.stem for path in DATA.glob("*.json")}
    wanted = {name for name in found if name.startswith(("update_", "malformed_"))}
    assert wanted == {*EXACT, *PRESSES, *HASHED, *IGNORED, *ALONE}


@pytest.mark.parametrize("name", EXACT)
def test_every_field_is_read_as_it_was_sent(name):
    update = json.loads(raw(name))
    own = update.get("message") or update.get("edited_message") or {}
    number = str(own.get("message_id", "")) if isinstance(own, dict) else ""
    assert CHANNEL.read(raw(name)) == replace(EXACT[name], id=number)


def test_an_edited_message_keeps_its_number_and_a_press_has_none():
    assert CHANNEL.read(raw("update_edited_message")).id != ""
    assert CHANNEL.read(raw("update_callback_query")).id == ""


def test_a_picture_that_was_put_in_the_place_of_another_is_no_mere_words():
    update = json.loads(raw("update_photo_caption"))
    update["edited_message"] = update.pop("message")
    edited, sent = (
        CHANNEL.read(json.dumps(update).encode()), CHANNEL.read(raw("update_photo_caption"))
    )  # fmt: skip
    assert (edited.signal, edited.text, edited.media) == ("edited", sent.text, sent.media)


@pytest.mark.parametrize("name", PRESSES)
def test_a_press_is_its_prompt_and_option_and_nothing_else(name):
    incoming = CHANNEL.read(raw(name))
    dedupe, prompt, option = PRESSES[name]
    assert replace(incoming, at=EXACT["update_text"].at) == replace(
        EXACT["update_text"], kind="choice", text="", dedupe=dedupe, prompt=prompt, option=option
    )


@pytest.mark.parametrize("name", IGNORED)
def test_an_update_that_nobody_waits_for_is_stored_and_says_nothing(name):
    assert CHANNEL.read(raw(name)) is None
    assert isinstance(CHANNEL.admit({NAME: SECRET}, raw(name)), Admitted)


@pytest.mark.parametrize("name", HASHED)
def test_f33_an_update_without_a_number_is_known_by_its_bytes_and_a_person_reads_it(name):
    incoming = CHANNEL.read(raw(name))
    assert incoming.signal == "unreadable"
    assert incoming.dedupe == CHANNEL.admit({NAME: SECRET}, raw(name)).dedupe
    assert incoming.dedupe.startswith("h:")
    assert len(incoming.dedupe) == 66


def test_f43_a_press_in_no_known_form_has_an_unknown_prompt():
    incoming = CHANNEL.read(raw("update_callback_query_foreign_format"))
    assert (incoming.kind, incoming.prompt, incoming.option) == ("choice", "-", "-")


def test_f43_a_press_belongs_to_the_person_who_pressed():
    incoming = CHANNEL.read(raw("update_callback_query_foreign_format"))
    assert incoming.user == "700000021"


def test_a_message_in_a_group_is_a_signal_and_none_of_its_words_is_read():
    incoming = CHANNEL.read(raw("update_group_text"))
    assert (incoming.kind, incoming.signal, incoming.text) == ("signal", "group", "")
    assert incoming.chat == "-1001900000001"


def test_a_message_without_a_time_never_has_an_absurd_one():
    assert CHANNEL.read(raw("update_callback_query_message_gone")).at is None


@pytest.mark.parametrize("name", [*EXACT, *PRESSES, *HASHED, *ALONE])
def test_ids_are_text_and_the_time_is_aware(name):
    incoming = CHANNEL.read(raw(name))
    assert incoming.at is None or incoming.at.tzinfo is UTC
    for one in fields(Incoming):
        if one.name not in ("at", "lat", "lon", "own", "media"):
            assert isinstance(getattr(incoming, one.name), str), one.name


@pytest.mark.parametrize("name", ["update_text", "update_voice", "update_sticker"])
def test_our_own_echo_and_another_bot_are_not_heard(name):
    update = json.loads(raw(name))
    update["message"]["from"]["is_bot"] = True
    assert CHANNEL.read(json.dumps(update).encode()) is None


@pytest.mark.parametrize(
    ("text", "kind", "payload"),
    [
        ("/start", "start", ""),
        ("/start " + "x" * 64, "start", "x" * 64),
        ("/start   AbC_-9 ", "start", "AbC_-9"),
        ("/startle", "text", ""),
        ("start abc", "text", ""),
    ],
)
def test_a_start_is_the_command_and_not_a_word_that_looks_like_it(text, kind, payload):
    update = json.loads(raw("update_text"))
    update["message"]["text"] = text
    incoming = CHANNEL.read(json.dumps(update).encode())
    assert (incoming.kind, incoming.payload) == (kind, payload)


BODIES = [
    {}, [], 7, "text", None, True, {"update_id": None}, {"update_id": []}, {"update_id": {}},
    {"update_id": 1, "message": None}, {"update_id": 1, "message": {"chat": None}},
    {"update_id": 1, "message": {"chat": {"id": {}, "type": []}, "date": 1}},
    {"update_id": 1, "callback_query": None}, {"update_id": 1, "callback_query": {"from": 7}},
    {"update_id": 1, "my_chat_member": {"chat": {"type": "private"}}},
    {"update_id": 1, "edited_message": []}, {"update_id": 1, "message_reaction": {"chat": 1}},
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=json.dumps)
def test_f33_valid_json_of_any_shape_is_admitted_and_unreadable(body):
    bytes_ = json.dumps(body).encode()
    admitted = CHANNEL.admit({NAME: SECRET}, bytes_)
    assert isinstance(admitted, Admitted)
    assert admitted.account == "123456"
    assert admitted.chat
    assert CHANNEL.read(bytes_).signal == "unreadable"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_beyond_all_numbers_is_no_key(number):
    admitted = CHANNEL.admit({NAME: SECRET}, f'{{"update_id":{number}}}'.encode())
    assert admitted.dedupe.startswith("h:")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b'{"a":1}x', id="more behind it"),
        pytest.param(b"[" * 100_000, id="deep"),
    ],
)
def test_what_is_not_json_is_refused_as_that(body):
    assert CHANNEL.admit({NAME: SECRET}, body) == Rejected(400, "not JSON")


@pytest.mark.parametrize("given", [None, "", "s3cre", "s3cret2", "S3cret", "bí mật", " s3cret"])
def test_f42_a_wrong_secret_is_refused_before_anything_is_looked_at(given):
    headers = {} if given is None else {NAME: given}
    assert CHANNEL.admit(headers, b"{").status == 401


def test_a_secret_in_bytes_that_are_no_text_is_a_wrong_secret():
    given = b"\xff\xfe".decode("utf-8", "surrogateescape")
    assert CHANNEL.admit({NAME: given}, b"{}") == Rejected(401, "wrong secret")


def test_f42_an_account_without_a_secret_has_no_webhook():
    bare = Telegram(TOKEN, "http://127.0.0.1:9")
    assert bare.admit({NAME: ""}, raw("update_text")).status == 401
