"""Every answer of the OA, also HTTP 200 with an error in it, is one of the five results."""

import logging
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.channels.zalo_oa import OaSettings
from cases.messages import Address, Choice, Outgoing
from notifications.channel import Bad, Gone, Retry, Sent, Unknown
from notifications.fit import fit
from storage.tables import channel_tokens
from tests.support.fake_zalo_bot import Fault
from tests.support.fake_zalo_oa import APP, APP_SECRET, OA_KEY, FakeZaloOA, recorded
from tests.support.oa_account import oa_account

DATA = Path(__file__).parents[1] / "data" / "zalo_oa"
WHO = "246845883529197922"
TO = Address("zalooa", APP, WHO, WHO)
SAY = Outgoing(key="k", text="xin chào")
ASK = Outgoing("k", text="?", prompt="q7Zt2mXvB4k", choices=(Choice("now", "Có, ngay bây giờ"),))
TOKEN, NIGHT = Retry(30, "account", "token"), 300  # it is 20:15 here
ANSWERS = {
    "error_032_rate_limit": Retry(60, "account", "rate"),
    "error_100_attachment_expired": Bad("refused", "reupload"),
    "error_124_zbs_token": TOKEN,
    "error_133_zbs_night": Retry(NIGHT, "chat", "night"),
    "error_200_send_failed": Retry(5, "chat", "refused -200", most=1),
    "error_201_params": Bad("refused"),
    "error_204_oa_deleted": Retry(600, "account", "oa"),
    "error_210_too_long": Bad("refused", "split"),
    "error_212_api_not_registered": Retry(600, "account", "api"),
    "error_213_not_following": Gone("blocked"),
    "error_216_token_expired": TOKEN,
    "error_216_token_invalid": TOKEN,
    "error_217_blocked_invite": Gone("blocked"),
    "error_218_user_quota": Gone("quota"),
    "error_220_token": TOKEN,
    "error_224_package": Retry(600, "account", "package"),
    "error_227_inactive_45_days": Gone("blocked"),
    "error_230_window_7_days": Gone("window"),
    "error_232_no_interaction": Gone("window"),
    "error_233_message_type": Bad("refused"),
    "error_234_night": Retry(NIGHT, "chat", "night"),
    "error_240_v2_shut_down": Retry(600, "account", "api"),
    "error_244_user_refused": Gone("blocked"),
    "error_249_template_no_uid": Bad("refused"),
    "error_321_balance": Retry(600, "account", "balance"),
    "error_999_unknown_code": Retry(5, "chat", "refused -99999", most=3),
}
OAUTH = {"error_oauth_refresh", "error_oauth_without_number"}  # in test_zalo_oa_tokens.py


@pytest.fixture
async def fake():
    made = FakeZaloOA()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def channel(fake, tmp_path):
    async for made in opened(tmp_path, fake.url):
        yield made


async def opened(folder, url, **more):
    """The adapter on a scratch database with a pair that lives."""
    store, made = await oa_account(folder, url, **more)
    made.store = store
    yield made
    await made.close()
    await store.close()


def test_every_recorded_error_has_its_row():
    assert {path.stem for path in DATA.glob("error_*.json")} == {*ANSWERS, *OAUTH}


@pytest.mark.parametrize("name", ANSWERS)
async def test_an_error_in_an_answer_with_status_200_is_the_result_that_the_table_names(
    fake, channel, name
):
    fake.fail("cs", *[Fault(200, recorded(name))] * 2)
    assert await channel.send(SAY, TO) == ANSWERS[name]
    assert fake.accepted == []


@pytest.mark.parametrize(
    ("passed", "wait"),
    [(timedelta(hours=3), 6.75 * 3600), (timedelta(hours=9, minutes=44, seconds=59), 1),
     (timedelta(hours=9, minutes=45), 300), (timedelta(hours=1, minutes=45), 8 * 3600),
     (timedelta(hours=1, minutes=44), 300)],
    ids=["23:15", "before six", "six", "ten", "before ten"],
)  # fmt: skip
async def test_night_ends_at_six_and_a_clock_that_differs_costs_minutes_not_a_day(
    fake, channel, passed, wait
):
    channel.store.clock.advance(passed)
    fake.fail("cs", Fault(200, recorded("error_234_night")))
    assert await channel.send(SAY, TO) == Retry(wait, "chat", "night")


@pytest.mark.parametrize("name", ["error_201_params", "error_233_message_type"])
async def test_buttons_that_are_refused_are_numbers_from_then_on(fake, channel, name):
    assert channel.abilities.choice == "button5"
    fake.fail("cs", Fault(200, recorded(name)))
    assert await channel.send(ASK, TO) == Bad("refused", "numbered")
    assert channel.abilities.choice == "numbered"


@pytest.mark.parametrize("name", ["ok_cs_reply_quota", "ok_cs_billed"])
async def test_error_nought_is_sent_with_its_number(fake, channel, name):
    fake.fail("cs", Fault(200, recorded(name)))
    sent = Sent(recorded(name)["data"]["message_id"], billed=name == "ok_cs_billed")
    assert await channel.send(SAY, TO) == sent


async def test_a_message_goes_out_with_the_token_in_a_header_of_its_own(fake, channel):
    assert isinstance(await channel.send(SAY, TO), Sent)
    body = {"recipient": {"user_id": WHO}, "message": {"text": "xin chào"}}
    assert fake.accepted == [("cs", body)]
    assert fake.used == ["FIXTURE-ACCESS-TOKEN-2"]


async def test_a_visitor_of_a_page_is_answered_in_the_conversation_they_have(fake, channel):
    await channel.send(SAY, Address("zalooa", APP, "anon-1", "conv-1"))
    _, body = fake.accepted[-1]
    assert body["recipient"] == {"anonymous_id": "anon-1", "conversation_id": "conv-1"}


async def test_buttons_are_sent_unseen_dial_and_open_pages(fake, channel):
    choices = (
        Choice("now", "Có"), Choice("call", "Gọi 111", tel="111", standing=True),
        Choice("open", "Mở trang", url="https://annhi.example/"),
    )  # fmt: skip
    await channel.send(Outgoing("k", text="?", prompt="q7Zt2mXvB4k", choices=choices), TO)
    _, body = fake.accepted[-1]
    assert body["message"]["attachment"]["payload"]["buttons"] == [
        {"title": "Có", "type": "oa.query.hide", "payload": "#c:q7Zt2mXvB4k:now"},
        {"title": "Gọi 111", "type": "oa.open.phone", "payload": {"phone_code": "111"}},
        {"title": "Mở trang", "type": "oa.open.url", "payload": {"url": "https://annhi.example/"}},
    ]


@pytest.mark.parametrize("own", range(1, 13))
@pytest.mark.parametrize("standing", [0, 3, 6])
async def test_whatever_is_offered_the_platform_takes_and_nothing_is_out_of_reach(
    fake, channel, own, standing
):
    choices = [Choice(f"o{n}", f"Lựa chọn {n}") for n in range(own)]
    choices += [Choice(f"s{n}", f"Lời {n}", standing=True) for n in range(standing)]
    out = Outgoing("k", text="?", prompt="q7Zt2mXvB4k", choices=tuple(choices))
    (piece,) = fit(out, channel.abilities, lambda key: key)
    assert isinstance(await channel.send(piece, TO), Sent)
    text, buttons = fake.texts()[-1], fake.buttons_of(WHO)
    assert len(buttons) <= 5
    assert all(one.label in text or one.label in buttons for one in choices)
    assert bool(buttons) == (own <= 5)


async def test_a_token_that_dies_in_the_middle_is_renewed_and_it_is_said_once_more(fake, channel):
    await channel.send(SAY, TO)
    fake.expired = True
    assert isinstance(await channel.send(Outgoing("b", text="hai"), TO), Sent)
    fake.access = "somebody else's"
    fake.refresh = "FIXTURE-REFRESH-TOKEN-3"
    assert isinstance(await channel.send(Outgoing("c", text="ba"), TO), Sent)
    assert fake.texts() == ["xin chào", "hai", "ba"]
    assert fake.refreshes == [f"FIXTURE-REFRESH-TOKEN-{n}" for n in (1, 2, 3)]


async def test_without_a_pair_nothing_is_sent_and_nothing_is_lost(fake, tmp_path):
    async for made in opened(tmp_path, fake.url):
        async with made.store.transaction("test") as work:
            await work.tokens._tx.run(delete(channel_tokens))
        assert await made.send(SAY, TO) == Retry(60, "account", "login")
        assert fake.used == []


async def test_f28_a_refused_connection_is_certainly_not_sent(fake, channel):
    await channel.tokens.access()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    channel._settings = OaSettings(APP, OA_KEY, f"http://127.0.0.1:{port}")
    assert await channel.send(SAY, TO) == Retry(2, "chat", "no connection")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(cut=True, accept=True), Fault(500, recorded("ok_cs_billed")), Fault(502, b"<html>"),
        Fault(200, b"<html>"), Fault(200, b""), Fault(200, {}), Fault(200, []),
        Fault(200, {"error": None}), Fault(200, {"error": True}), Fault(200, {"error": "none"}),
        Fault(200, b"[" * 50_000),
    ],
    ids=["cut", "500", "gateway", "page", "empty", "no error", "list", "null", "true", "words", "deep"],
)  # fmt: skip
async def test_f27_an_answer_nobody_can_read_is_unknown_never_sent(fake, channel, fault):
    fake.fail("cs", fault)
    assert isinstance(await channel.send(SAY, TO), Unknown)


@pytest.mark.parametrize("op", ["edit", "remove"])
async def test_what_the_channel_cannot_do_is_said_aloud(fake, channel, op):
    assert await channel.send(Outgoing("k", op, "x", target="1"), TO) == Bad("not_supported")


@pytest.mark.parametrize(
    "text", ["a" * 2000, "a" * 2001, "một hai ba " * 600, "😭" * 2049, "e\u0302\u0323" * 2001]
)
async def test_a_text_of_any_length_is_never_refused(fake, channel, text):
    for piece in fit(Outgoing("a", text=text), channel.abilities, lambda key: key):
        assert isinstance(await channel.send(piece, TO), Sent)


async def test_a_knock_is_the_approved_template_and_not_a_word_of_ours(fake, tmp_path):
    async for made in opened(tmp_path, fake.url, template="7895417a7d3f9461cd2e"):
        assert made.abilities.knock
        sent = await made.send(Outgoing("k", "knock", "never said"), TO)
        assert sent == Sent(recorded("ok_zbs_template")["data"]["msg_id"], billed=True)
        body = {"user_id": WHO, "template_id": "7895417a7d3f9461cd2e", "template_data": {}}
        assert fake.accepted == [("template", body)]


async def test_nothing_that_is_logged_holds_a_token_a_secret_or_a_word(fake, channel, caplog):
    caplog.set_level(logging.DEBUG)
    for loud in ("httpx", "httpcore"):  # as bot/logs.py sets them
        caplog.set_level(logging.WARNING, logger=loud)
    fake.fail("cs", *[Fault(200, recorded("error_216_token_expired"))] * 2)
    results = [await channel.send(SAY, TO), await channel.send(SAY, TO)]
    said = caplog.text + repr(results) + repr(channel.tokens._app) + repr(channel._settings)
    said += repr(await channel.tokens.pair())
    for secret in ("FIXTURE-", APP_SECRET, OA_KEY, "xin chào", WHO):
        assert secret not in said
