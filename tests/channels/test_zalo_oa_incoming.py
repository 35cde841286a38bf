"""Rows 1 and 3 of CHANNELS.md 12.1: what is read from a recorded OA event, and which signature is one."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from bot.channels.memory import ABILITIES
from bot.channels.zalo_oa import OaSettings, ZaloOA
from bot.clock import HandClock
from cases.messages import Incoming, MediaRef
from notifications.channel import Admitted, Rejected
from tests.support.fake_zalo_oa import APP, DATA, OA_KEY, recorded, signed

CHANNEL = ZaloOA(OaSettings(APP, OA_KEY, "http://127.0.0.1:9"), None, HandClock())
WHO, OURS = "246845883529197922", "0a1b2c3d4e5f60718293"
HOST = "https://f20-zpc.zdn.vn/fixture"
SIGN = "X-ZEvent-Signature"


def raw(name):
    return (DATA / f"{name}.json").read_bytes()


def _is(number, kind, second, **values):
    own = f"96d3cdf3af15000000{number:02x}"
    who = {"user": WHO, "chat": WHO, "id": own, "dedupe": f"m:{own}", **values}
    at = datetime.fromtimestamp(1795437600 + second, UTC)
    return Incoming(channel="zalooa", account=APP, at=at, kind=kind, **who)


def _note(event, second, signal, about="-", **values):
    """A signal: its key names the event, since the id it carries is of a message of ours."""
    mark = sha256(f"{event}|{about}|{WHO}".encode()).hexdigest()[:16]  # no id of a person in clear
    dedupe = f"{event}:{about}:{1795437600 + second}000:{mark}"
    named = "" if about == "-" else about.split(",")[0]
    values = {"about": named, "id": "", "dedupe": dedupe, **values}
    return _is(0, "signal", second, signal=signal, **values)


def _file(kind, name, unique="", mime="", size=0):
    return MediaRef(kind, f"{HOST}/{name}", unique or f"{HOST}/{name}", mime, size)


EXACT = {
    "user_send_text": _is(1, "text", 1, text="xin chào"),
    "user_send_text_button": _is(2, "choice", 2, prompt="q7Zt2mXvB4k", option="now"),
    "user_send_text_button_typed_by_hand": _is(3, "choice", 3, prompt="khong-co", option="bay"),
    "user_send_text_number": _is(4, "text", 4, text="2"),
    "user_send_text_label": _is(5, "text", 5, text="khong chac"),
    "user_send_text_code": _is(6, "start", 6, payload="K7Q2MX"),
    "user_send_text_quote": _is(
        7, "text", 7, text="Đúng rồi, ở chỗ này.", about="96d3cdf3af1500000001"
    ),
    "user_send_text_timestamp_number": replace(
        _is(8, "text", 0, text="timestamp là số"),
        at=datetime.fromtimestamp(1795437600.5, UTC),
    ),
    "user_send_image": _is(
        8, "media", 8, text="Ảnh chụp ngoài cổng trường", media=(_file("image", "01.jpg"),)
    ),
    "user_send_image_two": _is(
        9, "media", 9, media=(_file("image", "02.jpg"), _file("image", "03.jpg"))
    ),
    "user_send_gif": _is(10, "media", 10, media=(_file("image", "04.gif"),)),
    "user_send_link": _is(11, "text", 11, text="https://example.org/bai-viet"),
    "user_send_audio": _is(12, "media", 12, media=(_file("voice", "06.amr"),)),
    "user_send_video": _is(13, "media", 13, media=(_file("video", "07.mp4"),)),
    "user_send_sticker": _is(14, "media", 14, media=(_file("sticker", "08.png"),)),
    "user_send_file": _is(
        15, "media", 15,
        media=(
            _file("file", "09.pdf", "9e107d9d372bb6826bd81d3542a419d6", "application/pdf", 245760),
        ),
    ),
    "user_send_location": _is(
        16, "location", 16, text="Nhà văn hóa thôn", lat=15.89895, lon=108.10327
    ),
    "user_send_location_numbers": _is(17, "location", 17, lat=15.85214, lon=108.06897),
    "user_send_business_card": _is(18, "contact", 18, phone="84530000002"),
    "malformed_location_text": _is(0x27, "text", 39),
    "user_click_chatnow": _note("user_click_chatnow", 19, "opened"),
    "follow": _note("follow", 20, "opened"),
    "unfollow": _note("unfollow", 21, "left"),
    "user_submit_info": replace(
        _note("user_submit_info", 22, "info_submitted"), kind="contact", phone="84530000001", own=True
    ),
    "user_submit_info_flat": replace(
        _note("user_submit_info", 23, "info_submitted"), kind="contact", phone="84530000001", own=True
    ),
    "user_submit_info_in_text": replace(
        _note("user_submit_info", 24, "info_submitted", "96d3cdf3af1500000018"), kind="contact",
        phone="84530000001", own=True, about="",
    ),
    "user_received_message": _note("user_received_message", 25, "delivered", OURS),
    "user_seen_message": _note("user_seen_message", 27, "seen", f"{OURS},{OURS[:-1]}4"),
    "user_seen_message_single": _note("user_seen_message", 28, "seen", OURS),
    "user_reacted_message": _note("user_reacted_message", 29, "reacted", OURS),
    "user_withdraw": _note("user_withdraw", 30, "withdraw"),
    "oa_send_text_by_api": _note(
        "oa_send_text", 31, "echo", OURS, text="Lúc này trẻ có đang gặp nguy hiểm không?"
    ),
    "oa_send_text_by_staff": _note(
        "oa_send_text", 32, "staff_took_over", f"{OURS[:-1]}9",
        text="Chào bạn, tôi là cán bộ trực, tôi đang xem tin của bạn.",
    ),
    "oa_send_image_by_staff": _note("oa_send_image", 33, "staff_took_over", f"{OURS[:-2]}9a"),
    "anonymous_send_text": replace(
        _is(0x22, "signal", 34, signal="unsupported", text="Em hỏi chút được không?"),
        user="anon-5f60718293a1b2c3", chat="conv-0a1b2c3d", id="",
    ),
    "unknown_event": _note("user_brand_new_event", 36, "unreadable", about="-"),
    "malformed_no_message": _note("user_send_text", 38, "unreadable", about="-"),
}  # fmt: skip
NOBODY = ("malformed_no_sender", "malformed_array_body", "probe_unsigned")
IGNORED = ("user_send_group_text", "user_received_message_zbs_phone")


def test_every_recorded_event_has_its_row_here():
    found = {path.stem for path in DATA.glob("*.json")}
    wanted = {one for one in found if not one.startswith(("error_", "ok_")) and one != "signature"}
    assert wanted == {*EXACT, *NOBODY, *IGNORED}


def test_what_it_can_do_is_what_the_chats_are_played_with():
    assert ABILITIES["zalooa"] == CHANNEL.abilities


@pytest.mark.parametrize("name", EXACT)
def test_every_field_is_read_as_it_was_sent(name):
    assert CHANNEL.read(raw(name)) == EXACT[name]


@pytest.mark.parametrize("name", EXACT)
def test_what_is_admitted_and_what_is_read_name_the_same_talk(name):
    expected = EXACT[name]
    assert _admitted(raw(name)) == Admitted(APP, expected.chat, expected.dedupe)


def _admitted(body, key=OA_KEY):
    event = json.loads(body)
    stamp = str(event["timestamp"]) if isinstance(event, dict) and "timestamp" in event else "17"
    headers = {SIGN: signed(body, stamp, key), "X-ZEvent-Timestamp": stamp}
    return CHANNEL.admit(headers, body)


@pytest.mark.parametrize("name", EXACT)
def test_ids_are_text_and_the_time_is_aware(name):
    incoming = CHANNEL.read(raw(name))
    assert incoming.at.tzinfo is UTC
    for one in fields(Incoming):
        if one.name not in ("at", "lat", "lon", "own", "media"):
            assert isinstance(getattr(incoming, one.name), str), one.name


@pytest.mark.parametrize("name", NOBODY)
def test_f33_what_names_nobody_is_unreadable(name):
    incoming = CHANNEL.read(raw(name))
    assert (incoming.signal, incoming.user) == ("unreadable", "")


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_no_word_to_us_is_stored_and_says_nothing(name):
    assert CHANNEL.read(raw(name)) is None
    assert isinstance(_admitted(raw(name)), Admitted)


def test_a_receipt_an_echo_and_a_message_about_the_same_id_are_three():
    keys = {EXACT[one].dedupe for one in ("user_received_message", "oa_send_text_by_api",
                                          "user_reacted_message", "user_seen_message_single")}  # fmt: skip
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("", "abc"), (None, None), (91, 0), (0, 181), ("nan", "1"), ([], {}), ("1e400", 0)],
)
def test_a_place_that_is_none_is_its_words(lat, lon):
    event = recorded("user_send_location")
    event["message"]["attachments"][0]["payload"]["coordinates"] = {
        "latitude": lat,
        "longitude": lon,
    }
    incoming = CHANNEL.read(json.dumps(event).encode())
    assert (incoming.kind, incoming.text, incoming.lat) == ("text", "Nhà văn hóa thôn", None)


@pytest.mark.parametrize("text", ["#c:", "#c:a", "#c:a:", "#c::b", "#c:a:b:c", "#c:a:b: c"])
def test_f43_a_press_in_no_known_form_has_an_unknown_prompt(text):
    event = recorded("user_send_text")
    event["message"]["text"] = text
    incoming = CHANNEL.read(json.dumps(event).encode())
    assert (incoming.kind, incoming.prompt, incoming.option) == ("choice", "-", "-")


def test_a_text_of_two_thousand_and_one_decomposed_letters_is_read_whole_and_composed():
    event = recorded("user_send_text")
    event["message"]["text"] = "e\u0302\u0323" * 2001
    assert CHANNEL.read(json.dumps(event).encode()).text == "ệ" * 2001


BODIES = [
    [], 7, "text", None, True, {"event_name": []}, {"event_name": "user_send_text"},
    {"event_name": "user_send_text", "sender": 7, "message": []},
    {"event_name": "user_send_text", "sender": {"id": "5"}, "message": {"text": 7}},
    {"event_name": "user_send_image", "sender": {"id": "5"}, "message": {"attachments": 7}},
    {"event_name": "user_send_image", "sender": {"id": "5"}, "message": {"attachments": []}},
    {"event_name": "user_send_link", "sender": {"id": "5"}, "message": {}},
    {"event_name": "user_submit_info", "sender": {"id": "5"}, "info": {"phone": " "}},
    {"event_name": "user_send_business_card", "sender": {"id": "5"}, "message": {"attachments": [{}]}},
    {"event_name": "oa_send_text", "recipient": {"id": "5"}},
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=json.dumps)
def test_f33_valid_json_of_any_shape_is_admitted_and_unreadable(body):
    bytes_ = json.dumps(body).encode()
    admitted = _admitted(bytes_)
    assert isinstance(admitted, Admitted)
    assert admitted.chat
    assert CHANNEL.read(bytes_).signal == "unreadable"


def test_halves_of_characters_in_an_id_can_be_stored():
    event = {
        "event_name": "user_send_text",
        "sender": {"id": "5\ud800"},
        "message": {"msg_id": "6\udc00"},
    }
    admitted = _admitted(json.dumps(event).encode())
    assert (admitted.chat + admitted.dedupe).encode()
    assert admitted.dedupe == CHANNEL.read(json.dumps(event).encode()).dedupe


def test_a_conversation_that_a_person_has_too_changes_no_address():
    event = recorded("user_send_text")
    event["message"]["conversation_id"] = "conv-1"
    assert CHANNEL.read(json.dumps(event).encode()).chat == WHO


# Signatures.

GOLDEN = recorded("signature")


def test_the_golden_request_is_admitted_with_its_time_from_body_or_header():
    body = GOLDEN["body"].encode()
    assert len(body) == GOLDEN["body_utf8_bytes"]
    assert isinstance(CHANNEL.admit({SIGN: GOLDEN["header_value"]}, body), Admitted)
    bare = GOLDEN["body"].replace(',"timestamp":"1795437600000"', "").encode()
    headers = {SIGN: signed(bare, "1795437600000"), "X-ZEvent-Timestamp": "1795437600000"}
    assert isinstance(CHANNEL.admit(headers, bare), Admitted)


@pytest.mark.parametrize("name", GOLDEN["must_be_refused"])
def test_f42_each_signature_that_must_be_refused_is(name):
    mac = GOLDEN["must_be_refused"][name]
    for value in (f"mac={mac}", mac):
        refused = CHANNEL.admit({SIGN: value}, GOLDEN["body"].encode())
        assert refused == Rejected(401, "wrong signature")


@pytest.mark.parametrize("change", ["cut", "prefix", "upper", "none", "more"])
def test_f42_a_signature_that_is_nearly_right_is_wrong(change):
    good = GOLDEN["header_value"]
    value = {
        "cut": good[:-1],
        "prefix": good[4:],
        "upper": good.upper(),
        "none": "",
        "more": good + "0",
    }
    refused = CHANNEL.admit({SIGN: value[change]}, GOLDEN["body"].encode())
    assert refused == Rejected(401, "wrong signature")


def test_f42_the_signature_of_one_body_is_none_for_another():
    other = raw("user_send_text")
    headers = {SIGN: GOLDEN["header_value"], "X-ZEvent-Timestamp": GOLDEN["timestamp"]}
    assert CHANNEL.admit(headers, other) == Rejected(401, "wrong signature")


def test_a_body_of_the_other_zalo_is_no_event_of_this_one():
    bot = (DATA.parent / "zalo_bot" / "text_flat.json").read_bytes()
    assert CHANNEL.admit({"X-Bot-Api-Secret-Token": OA_KEY}, bot) == Rejected(
        401, "wrong signature"
    )
    assert CHANNEL.read(bot).signal == "unreadable"


def test_f42_an_account_without_a_key_has_no_webhook():
    bare = ZaloOA(OaSettings(APP, "", "http://127.0.0.1:9"), None, HandClock())
    body = raw("user_send_text")
    headers = {SIGN: signed(body, "1795437601000", "")}
    assert bare.admit(headers, body) == Rejected(401, "wrong signature")


def test_f33_only_the_unsigned_empty_object_is_a_probe():
    assert CHANNEL.admit({}, raw("probe_unsigned")) == Rejected(200, "probe")
    assert CHANNEL.admit({SIGN: "mac=0"}, b"{}") == Rejected(401, "wrong signature")
    assert CHANNEL.admit({}, b'{"a":1}') == Rejected(401, "wrong signature")
    assert CHANNEL.admit({}, b"") == Rejected(401, "wrong signature")


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_signed_and_not_json_is_refused_as_that(body):
    headers = {SIGN: signed(body, "17"), "X-ZEvent-Timestamp": "17"}
    assert CHANNEL.admit(headers, body) == Rejected(400, "not JSON")


def test_the_key_of_what_has_no_name_is_its_bytes():
    assert _admitted(b"[1,2]").dedupe == f"h:{sha256(b'[1,2]').hexdigest()}"
