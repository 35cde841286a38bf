"""Row 1 of CHANNELS.md 12.1: every field of what is read from a recorded event of Zalo Bot."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from bot.channels.memory import ABILITIES
from bot.channels.zalo_bot import ZaloBot
from bot.clock import HandClock
from cases.messages import Incoming, MediaRef
from notifications.channel import Admitted, Rejected
from tests.support.fake_zalo_bot import SECRET, TOKEN

DATA = Path(__file__).parents[1] / "data" / "zalo_bot"
NAME = "X-Bot-Api-Secret-Token"
CLOCK = HandClock()
CHANNEL = ZaloBot(TOKEN, "http://127.0.0.1:9", CLOCK, secret=SECRET)
WHO = "6ede9afa66b88fe6d6a9"
PHOTO, VOICE = "https://photo-stal-1.zdn.vn/fixture", "https://f2-voice-aac-dl.zdn.vn/fixture"


def raw(name):
    return (DATA / f"{name}.json").read_bytes()


def _is(number, kind, second, **values):
    """An Incoming of the neighbour; `number` is the end of the message's id."""
    own = f"2d758cb5e222177a{number:04x}"
    who = {"user": WHO, "chat": WHO, "id": own, "dedupe": f"m:{own}", **values}
    at = datetime.fromtimestamp(1795437600 + second, UTC)
    return Incoming(channel="zalobot", account="1459232241454765289", at=at, kind=kind, **who)


def _file(kind, ref):
    return (MediaRef(kind, ref, ref),)


BIG = "1459232241454765289"  # more than a number in JSON keeps
EXACT = {
    "text_flat": _is(1, "text", 1, text="Xin chào"),
    "text_wrapped": _is(2, "text", 2, text="Bạn nhỏ ngồi một mình ngoài cổng trường từ trưa."),
    "text_number_fullwidth": _is(3, "text", 3, text="２."),
    "text_number_words": _is(4, "text", 4, text="so 1"),
    "text_code": _is(5, "start", 5, payload="K7Q2MX"),
    "text_nfd": _is(6, "text", 6, text="Ở thôn Ái Nghĩa, gần chợ."),
    "text_empty": _is(7, "text", 7),
    "text_date_in_seconds": _is(8, "text", 8, text="ngày tính bằng giây"),
    "text_group": _is(
        9, "signal", 9, signal="group", user="9c1fb7e043a25d88c0f1", chat="9c1fb7e043a25d88c0f1"
    ),
    "image_photo_url": _is(
        11, "media", 11, text="Ảnh chụp ngoài cổng trường",
        media=_file("image", f"{PHOTO}/0011/cong-truong.jpg"),
    ),
    "image_photo_documented": _is(
        12, "media", 12, media=_file("image", f"{PHOTO}/0012/con-duong.jpg")
    ),
    "voice": _is(13, "media", 13, media=_file("voice", f"{VOICE}/0013/ghi-am.aac")),
    "sticker": _is(
        14, "media", 14, media=_file("sticker", "https://stickers.zdn.vn/fixture/0014.png")
    ),
    "sticker_other_shape": _is(15, "media", 15, media=_file("sticker", "0e078a23ac66453b1c74")),
    "link": _is(16, "text", 16, text="https://example.org/bai-viet"),
    "unsupported_with_message": _is(17, "signal", 17, signal="unsupported"),
    "unknown_event": _is(18, "signal", 18, signal="unreadable"),
    "malformed_no_message_id": _is(
        0, "text", 19, text="thiếu message_id", id="",
        dedupe=f"h:{sha256(raw('malformed_no_message_id')).hexdigest()}",
    ),
    "malformed_no_chat": _is(20, "text", 20, text="thiếu chat"),
    "malformed_numeric_ids": _is(21, "text", 21, text="id là số", user=BIG, chat=BIG),
}  # fmt: skip
NOBODY = {
    "unsupported_without_message": "unsupported",
    "unsupported_without_message_wrapped": "unsupported",
    "malformed_array_body": "unreadable", "malformed_no_event_name": "unreadable",
}  # fmt: skip


def test_every_recorded_event_has_its_row_here():
    found = {path.stem for path in DATA.glob("*.json")}
    wanted = {name for name in found if not name.startswith(("error_", "ok_"))}
    assert wanted == {*EXACT, *NOBODY, "text_from_bot"}


def test_what_it_can_do_is_what_the_chats_are_played_with():
    assert ABILITIES["zalobot"] == ZaloBot.abilities


@pytest.mark.parametrize("name", EXACT)
def test_every_field_is_read_as_it_was_sent(name):
    assert CHANNEL.read(raw(name)) == EXACT[name]


@pytest.mark.parametrize("name", EXACT)
def test_what_is_admitted_and_what_is_read_name_the_same_talk(name):
    admitted = CHANNEL.admit({NAME: SECRET}, raw(name))
    assert admitted == Admitted(CHANNEL.account, EXACT[name].chat, EXACT[name].dedupe)


@pytest.mark.parametrize("name", EXACT)
def test_ids_are_text_and_the_time_is_aware(name):
    incoming = CHANNEL.read(raw(name))
    assert incoming.at.tzinfo is UTC
    for one in fields(Incoming):
        if one.name not in ("at", "lat", "lon", "own", "media"):
            assert isinstance(getattr(incoming, one.name), str), one.name


@pytest.mark.parametrize("name", NOBODY)
def test_what_names_nobody_is_a_signal_of_nobody(name):
    incoming = CHANNEL.read(raw(name))
    assert (incoming.signal, incoming.user, incoming.chat) == (NOBODY[name], "", "")


def test_what_names_nobody_is_the_same_within_a_minute_and_another_later():
    body = raw("unsupported_without_message")
    first = CHANNEL.admit({NAME: SECRET}, body)
    CLOCK.advance(5)
    again = CHANNEL.admit({NAME: SECRET}, body)
    CLOCK.advance(60)
    assert first == again != CHANNEL.admit({NAME: SECRET}, body)


def test_another_bot_is_not_heard():
    assert CHANNEL.read(raw("text_from_bot")) is None


def test_where_both_forms_are_mixed_the_wrapped_one_is_read_and_admitted():
    wrapped, flat = json.loads(raw("text_wrapped")), json.loads(raw("text_flat"))
    mixed = json.dumps({**flat, **wrapped}).encode()
    incoming = CHANNEL.read(mixed)
    assert incoming.text == EXACT["text_wrapped"].text
    assert CHANNEL.admit({NAME: SECRET}, mixed).dedupe == incoming.dedupe == "m:" + incoming.id


FLAT = json.loads(raw("text_flat"))
MIXED = {
    "an empty wrapping": {"ok": True, "result": {}, **FLAT},
    "a wrapping with other things": {"ok": True, "result": {"ok": True}, **FLAT},
    "the name outside": {"event_name": FLAT["event_name"], "result": {"message": FLAT["message"]}},
    "the name inside": {"result": {"event_name": FLAT["event_name"]}, "message": FLAT["message"]},
    "a wrapping that is no object": {**FLAT, "result": [1]},
    "nothing in the wrapping": {**FLAT, "result": None},
}


@pytest.mark.parametrize("update", MIXED.values(), ids=MIXED)
def test_no_mixture_of_both_forms_loses_a_word(update):
    body = json.dumps(update).encode()
    assert CHANNEL.read(body) == EXACT["text_flat"]
    assert CHANNEL.admit({NAME: SECRET}, body).dedupe == EXACT["text_flat"].dedupe


@pytest.mark.parametrize("kind", [None, "", "private", "Private"])
def test_a_chat_is_private_unless_it_says_that_others_read(kind):
    update = json.loads(raw("text_flat"))
    update["message"]["chat"]["chat_type"] = kind
    assert CHANNEL.read(json.dumps(update).encode()) == EXACT["text_flat"]


@pytest.mark.parametrize("bot", ["false", 1, {}, None])
def test_whoever_is_not_surely_a_bot_is_heard(bot):
    update = json.loads(raw("text_flat"))
    update["message"]["from"]["is_bot"] = bot
    assert CHANNEL.read(json.dumps(update).encode()) == EXACT["text_flat"]


def test_a_text_of_two_thousand_and_one_decomposed_letters_is_read_whole_and_composed():
    update = json.loads(raw("text_flat"))
    update["message"]["text"] = "e\u0302\u0323" * 2001
    assert CHANNEL.read(json.dumps(update).encode()).text == "ệ" * 2001


@pytest.mark.parametrize(
    ("text", "kind"),
    [("#K7Q2MX", "start"), ("#xa-20500", "start"), ("#sos", "text"), ("#113", "text"),
     ("# 12ab", "text"), ("#c:q7Zt2mXvB4k:now", "text"), ("#" + "a1" * 33, "text")],
)  # fmt: skip
def test_a_code_after_a_hash_is_a_start_and_a_word_is_a_report(text, kind):
    update = json.loads(raw("text_flat"))
    update["message"]["text"] = text
    assert CHANNEL.read(json.dumps(update).encode()).kind == kind


@pytest.mark.parametrize("date", [None, True, "gestern", -1, 0, 10**18, [], {}, 1.5])
def test_an_absurd_time_is_none(date):
    update = json.loads(raw("text_flat"))
    update["message"]["date"] = date
    assert CHANNEL.read(json.dumps(update).encode()).at is None


BODIES = [
    [], 7, "text", None, True, {}, {"result": []}, {"result": {"message": 7}}, {"message": []},
    {"event_name": []}, {"event_name": "message.text.received"},
    {"event_name": "message.text.received", "message": {"text": 7, "from": {"id": "5"}}},
    {"event_name": "message.text.received", "message": {"from": 7, "text": "x"}},
    {"event_name": "message.text.received", "message": {"chat": 7, "text": "x"}},
    {"event_name": {}, "message": {"message_id": True}},
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=json.dumps)
def test_valid_json_of_any_shape_is_admitted_and_unreadable(body):
    bytes_ = json.dumps(body).encode()
    admitted = CHANNEL.admit({NAME: SECRET}, bytes_)
    assert isinstance(admitted, Admitted)
    assert admitted.chat
    assert CHANNEL.read(bytes_).signal == "unreadable"


@pytest.mark.parametrize("given", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "bí mật"])
def test_f42_a_wrong_secret_is_refused_before_anything_is_looked_at(given):
    headers = {} if given is None else {NAME: given}
    assert CHANNEL.admit(headers, b"{") == Rejected(401, "wrong secret")


def test_an_account_without_a_secret_has_no_webhook():
    bare = ZaloBot(TOKEN, "http://127.0.0.1:9", CLOCK)
    assert bare.admit({NAME: ""}, raw("text_flat")) == Rejected(401, "wrong secret")


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"a":1}x', b"[" * 100_000])
def test_what_is_not_json_is_refused_as_that(body):
    assert CHANNEL.admit({NAME: SECRET}, body) == Rejected(400, "not JSON")


def test_an_empty_body_is_a_probe():
    assert CHANNEL.admit({}, b"") == Rejected(200, "probe")


def test_a_token_in_an_unknown_form_never_names_the_account():
    assert "secret" not in ZaloBot("secret-token", "http://127.0.0.1:9", CLOCK).account
