"""Every recorded Telegram update becomes exactly the Incoming of CHANNELS.md section 12."""

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Bot, Update

from bot.channels.telegram import Telegram
from cases.messages import MediaRef
from tests.support.fake_telegram import TOKEN

DATA = Path(__file__).parents[1] / "data" / "telegram"
CHANNEL = Telegram(TOKEN, "http://127.0.0.1:9")

# fixture -> what must be read from it; None = stored and ignored
EXPECTED = {
    "update_album_1_of_3": {"kind": "media"},
    "update_album_2_of_3": {"kind": "media"},
    "update_album_3_of_3": {"kind": "media"},
    "update_callback_query": {"kind": "choice", "prompt": "q7Zt2mXvB4k", "option": "now"},
    "update_callback_query_foreign_format": {"kind": "choice", "prompt": "-", "option": "-"},
    "update_callback_query_forged": {"kind": "choice"},
    "update_callback_query_message_gone": {"kind": "choice", "option": "no"},
    "update_contact_foreign": {"kind": "contact", "own": False},
    "update_contact_foreign_no_user_id": {"kind": "contact", "own": False},
    "update_contact_own": {"kind": "contact", "own": True, "phone": "+84530000001"},
    "update_document": {"kind": "media"},
    "update_document_too_big": {"kind": "media"},
    "update_edited_message": {"kind": "signal", "signal": "edited"},
    "update_group_text": {"kind": "signal", "signal": "group"},
    "update_location": {"kind": "location", "lat": 15.89895, "lon": 108.10327},
    "update_location_live": {"kind": "location", "lat": 15.86328},
    "update_location_live_edited": None,
    "update_my_chat_member_added_to_group": None,
    "update_my_chat_member_kicked": {"kind": "signal", "signal": "blocked"},
    "update_my_chat_member_member": {"kind": "signal", "signal": "unblocked"},
    "update_photo_caption": {"kind": "media"},
    "update_reply_to_notice": {"kind": "text", "about": "38"},
    "update_start_payload": {"kind": "start", "payload": "k7Q2mX_vB-9"},
    "update_start_plain": {"kind": "start", "payload": ""},
    "update_sticker": {"kind": "media"},
    "update_text": {"kind": "text", "lang": "vi"},
    "update_text_emoji_utf16": {"kind": "text", "text": "🆘 khẩn cấp"},
    "update_text_forwarded": {"kind": "text"},
    "update_text_nfd": {"kind": "text", "text": "Ở thôn Ái Nghĩa, gần chợ."},
    "update_text_number": {"kind": "text", "text": "số 2"},
    "update_venue": {"kind": "location", "text": "Nhà văn hóa thôn"},
    "update_video": {"kind": "media"},
    "update_video_note": {"kind": "media"},
    "update_voice": {"kind": "media"},
    "malformed_array_body": {"kind": "signal", "signal": "unreadable"},
    "malformed_callback_no_chat_instance": {"kind": "signal", "signal": "unreadable"},
    "malformed_date_string": {"kind": "signal", "signal": "unreadable"},
    "malformed_message_is_list": {"kind": "signal", "signal": "unreadable"},
    "malformed_missing_chat": {"kind": "signal", "signal": "unreadable"},
    "malformed_no_update_id": {"kind": "signal", "signal": "unreadable"},
    "malformed_text_is_number": {"kind": "signal", "signal": "unreadable"},
    "malformed_unknown_kind": {"kind": "signal", "signal": "unreadable"},
    "malformed_update_id_string": {"kind": "text", "text": "update_id là chuỗi"},
}
MEDIA = {
    "update_album_1_of_3": "image", "update_photo_caption": "image", "update_voice": "voice",
    "update_video": "video", "update_video_note": "video", "update_document": "file",
    "update_document_too_big": "file", "update_sticker": "sticker",
}  # fmt: skip


def raw(name):
    return (DATA / f"{name}.json").read_bytes()


def test_every_fixture_has_its_row():
    found = {path.stem for path in DATA.glob("*.json")}
    assert {name for name in found if name.startswith(("update_", "malformed_"))} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_update_is_read_as_the_index_says(name):
    incoming = CHANNEL.read(raw(name))
    if EXPECTED[name] is None:
        assert incoming is None
        return
    for field, value in EXPECTED[name].items():
        assert getattr(incoming, field) == value, field
    assert isinstance(incoming.user, str)
    assert isinstance(incoming.chat, str)
    assert incoming.at.tzinfo is UTC
    assert incoming.text == unicodedata.normalize("NFC", incoming.text)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("update_")])
def test_the_library_accepts_the_same_update(name):
    assert Update.de_json(json.loads(raw(name)), Bot(TOKEN)) is not None


@pytest.mark.parametrize(("name", "kind"), MEDIA.items())
def test_a_file_is_kept_by_reference(name, kind):
    (media,) = CHANNEL.read(raw(name)).media
    assert media.kind == kind
    assert media.ref
    assert media.unique


def test_the_largest_size_of_a_picture_is_kept_and_an_album_names_its_group():
    (media,) = CHANNEL.read(raw("update_album_1_of_3")).media
    sizes = json.loads(raw("update_album_1_of_3"))["message"]["photo"]
    assert media == MediaRef(
        "image", sizes[-1]["file_id"], sizes[-1]["file_unique_id"], "", sizes[-1]["file_size"],
        "13579246801357924",
    )  # fmt: skip


def test_the_platform_time_is_aware_and_an_absurd_one_harms_nothing():
    assert CHANNEL.read(raw("update_text")).at == datetime(2026, 11, 23, 12, 45, 1, tzinfo=UTC)
    assert CHANNEL.read(raw("update_callback_query_message_gone")).at.year == 1970


def test_the_dedupe_key_is_the_update_id_and_a_body_without_one_is_its_own_key():
    assert CHANNEL.key_of(json.loads(raw("update_text")), b"x").dedupe == "880100003"
    assert CHANNEL.key_of({}, b"x").dedupe.startswith("h:")
    assert CHANNEL.key_of({}, b"x") != CHANNEL.key_of({}, b"y")
    assert CHANNEL.key_of([], b"[]").chat.startswith("h:")


def test_a_private_conversation_is_one_lane():
    chats = {CHANNEL.key_of(json.loads(raw(name)), b"").chat for name in MEDIA}
    assert chats == {"700000009"}
