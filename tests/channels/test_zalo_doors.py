"""Zalo knocks here: rows 2 to 4 of CHANNELS.md 12.1, and what the doctor says of it."""

import asyncio
import json
import logging
import os
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import ClientSession

from bot.app import Edges, open_store
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import OaSettings, ZaloOA
from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from bot.clock import HandClock
from bot.commands.zalo_lines import zalo
from bot.config import load
from cases.model import Role
from storage.ledgers.outbox import Message
from storage.store import StorageBusy
from tests.support import database
from tests.support.fake_telegram import TOKEN as TELEGRAM
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_zalo_bot import DATA, SECRET, TOKEN, FakeZaloBot, Fault, recorded
from tests.support.fake_zalo_oa import APP, APP_SECRET, OA_KEY, FakeZaloOA, signed
from tests.support.fake_zalo_oa import DATA as OA_DATA
from tests.support.fake_zalo_oa import recorded as of_the_account
from web.app import build, serve
from web.parts import Parts

from .zalo_doors import installation

ROOT = Path(__file__).parents[2]
TEXT = (DATA / "text_flat.json").read_bytes()
HEADER = {"X-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def fake():
    made = FakeZaloBot()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def site(tmp_path, fake):
    """The program in front of Zalo's fake, with its pages on a free port."""

    def bot(clock):
        return [ZaloBot(TOKEN, fake.url, clock, secret=SECRET)]

    app, stage = await installation(tmp_path, bot)
    parts = Parts(
        store=app.kit.store, inlet=app.inbox, channels=app.kit.channels, catalog=app.kit.catalog,
        kit=app.kit,
    )  # fmt: skip
    runner, port = await serve(build(parts), "127.0.0.1", 0)
    stage.url = f"http://127.0.0.1:{port}/zalo/bot/webhook"
    yield stage
    await runner.cleanup()
    for channel in app.kit.channels.values():
        await channel.close()
    await app.close()


async def knock(site, body, header):
    async with (
        ClientSession() as client,
        client.post(site.url, data=BytesIO(body), headers=header) as answer,
    ):
        return answer.status


async def stored(site):
    async with site.app.kit.store.reading("test") as work:
        return len(await work.inbox.oldest(100))


async def test_f30_an_event_is_stored_once_however_often_it_is_repeated(site):
    assert [await knock(site, TEXT, HEADER) for _ in range(3)] == [200, 200, 200]
    assert await stored(site) == 1


@pytest.mark.parametrize(
    ("body", "header", "status"),
    [
        (TEXT, {}, 401),
        (TEXT, {"X-Bot-Api-Secret-Token": SECRET[:-1]}, 401),
        (TEXT, {"X-Bot-Api-Secret-Token": SECRET + "x"}, 401),
        (b"{", HEADER, 400),
        (b"", {}, 200),
        (b" " * (1024 * 1024 + 1), HEADER, 413),
    ],
    ids=["no secret", "truncated", "too long", "not JSON", "probe", "too big"],
)
async def test_f42_what_is_refused_and_what_only_probes_is_not_stored(site, body, header, status):
    assert await knock(site, body, header) == status
    assert await stored(site) == 0


async def test_a_message_that_zalo_delivers_is_answered(site, fake):
    (channel,) = site.app.kit.channels.values()
    await channel.use_webhook(site.url)
    assert await fake.knock(recorded("text_wrapped")) == 200
    assert await fake.knock(recorded("text_wrapped")) == 200
    await site.settle()
    (text,) = fake.texts("6ede9afa66b88fe6d6a9")
    assert "113" in text
    assert await fake.knock(recorded("text_flat"), secret="wrong") == 401


async def test_what_a_busy_database_refused_is_answered_though_zalo_never_knocks_again(site, fake):
    store = site.app.kit.store
    real = store._begin

    async def busy(connection):
        raise StorageBusy("test")

    store._begin = busy
    assert await knock(site, TEXT, HEADER) == 503
    store._begin = real
    assert await site.app.inbox.catch_up() == 1
    await site.settle()
    (text,) = fake.texts("6ede9afa66b88fe6d6a9")
    assert "113" in text
    assert await knock(site, TEXT, HEADER) == 200
    await site.settle()
    assert len(fake.texts()) == 1


# The doctor.


def settings(tmp_path, fake, **more):
    given = {"ANNHI_ZALO_BOT_TOKEN": TOKEN, "ANNHI_ZALO_BOT_API_URL": fake.url, **more}
    return load({**here(tmp_path), **given}, tmp_path / "none.env")


def here(tmp_path):
    return {
        "ANNHI_DATABASE_URL": database.url(tmp_path),
        "ANNHI_KEY_FILE": str(tmp_path / "keys.json"),
        "ANNHI_JOURNAL_DIR": str(tmp_path / "journal"),
    }


POLLING = {"ANNHI_ZALO_BOT_MODE": "polling"}
HOOK = {"ANNHI_ZALO_BOT_WEBHOOK_SECRET": SECRET, "ANNHI_PUBLIC_URL": "https://annhi.example"}


async def said(config):
    store, _ = await open_store(config)
    try:
        return [f"{one.level}: {one.sentence}" for one in await zalo(config, store)]
    finally:
        await store.close()


async def test_the_doctor_names_what_zalo_never_brings(tmp_path, fake):
    first, second = await said(settings(tmp_path, fake, **POLLING))
    assert first == "ok: Zalo Bot answers for bot.VDKyGxQvc."
    assert second.startswith("warning: Zalo Bot keeps back")


async def test_the_doctor_sees_a_token_that_is_dead(tmp_path, fake):
    fake.fail("getMe", Fault(401, recorded("error_401")))
    (line,) = await said(settings(tmp_path, fake, **POLLING))
    assert line.startswith("error: Zalo Bot does not answer")
    assert TOKEN not in line


async def test_the_doctor_sees_a_webhook_that_is_missing_or_in_the_way(tmp_path, fake):
    assert "error" in (await said(settings(tmp_path, fake, **HOOK)))[1]
    fake.hook = "https://annhi.example/zalo/bot/webhook"
    assert "error" not in json.dumps(await said(settings(tmp_path, fake, **HOOK)))
    assert "error" in (await said(settings(tmp_path, fake, **POLLING)))[1]


async def test_the_doctor_sees_an_address_that_zalo_could_not_verify(tmp_path, fake):
    fake.hook = "https://annhi.example/zalo/bot/webhook"
    refused = {"ok": True, "result": {"url": fake.hook, "verification": {"ok": False}}}
    fake.fail("getWebhookInfo", Fault(200, refused))
    assert "error" in (await said(settings(tmp_path, fake, **HOOK)))[1]


@pytest.mark.parametrize(("quota", "level"), [("4", "error"), ("5", "warning"), ("6", "")])
async def test_the_doctor_says_how_much_of_the_month_is_left(tmp_path, fake, quota, level):
    config = settings(tmp_path, fake, **POLLING, ANNHI_ZALO_BOT_MONTHLY_QUOTA=quota)
    store, _ = await open_store(config, Edges(HandClock()))
    async with store.transaction("test") as work:
        for who in "abcd":
            where = await work.contacts.ensure("zalobot", "x", who, who)
            await work.outbox.put(Message(who, where.id, "zalobot", "say", {"text": "x"}, 2))
        for row in await work.outbox.claim("w", 9, but="web"):
            await work.outbox.finish(row, "sent")
    lines = [one for one in await zalo(config, store) if "messages of this month" in one.sentence]
    await store.close()
    assert [one.level for one in lines] == ([level] if level else [])


async def test_nothing_is_said_of_a_zalo_that_is_not_set_up(tmp_path):
    assert await said(load(here(tmp_path), tmp_path / "none.env")) == []


# The Official Account.

OA_SET_UP = {
    "ANNHI_ZALO_OA_APP_ID": APP, "ANNHI_ZALO_OA_APP_SECRET": APP_SECRET,
    "ANNHI_ZALO_OA_SECRET_KEY": OA_KEY, "ANNHI_PUBLIC_URL": "https://annhi.example",
}  # fmt: skip


async def prepared(config, prepare):
    store, _ = await open_store(config, Edges(HandClock()))
    async with store.transaction("test") as work:
        await prepare(work)
        pair = await work.tokens.get("zalooa", APP)
        moment = work.now
    lines = [f"{one.level}: {one.sentence}" for one in await zalo(config, store)]
    await store.close()
    return lines, pair, moment


def official(tmp_path, **more):
    return load({**here(tmp_path), **OA_SET_UP, **more}, tmp_path / "none.env")


async def test_the_doctor_says_that_nobody_has_logged_in(tmp_path):
    (line,) = await said(official(tmp_path))
    assert line == "error: Nobody has logged in to Zalo OA: bot zalo-oa login."


async def test_the_doctor_sees_a_pair_that_is_refused_old_or_over(tmp_path):
    async def logged_in(work):
        await work.tokens.begin("zalooa", APP, ("", "FIXTURE"), work.now)

    config = official(tmp_path)
    lines, pair, now = await prepared(config, logged_in)
    assert lines == ["ok: Zalo OA has a token that renews itself."]

    async def over(work):
        await work.tokens.renewed("zalooa", APP, pair, ("a", "b"), now - timedelta(seconds=1))

    lines, pair, now = await prepared(config, over)
    assert lines[0].startswith("warning: The access token of Zalo OA is over")

    async def refused(work):
        await work.tokens.refused("zalooa", APP, pair)

    lines, _, _ = await prepared(config, refused)
    assert lines == ["error: Zalo OA does not renew our token: bot zalo-oa login."]


@pytest.mark.parametrize(
    ("fault", "said"),
    [(None, "ok: Zalo OA has a token"), (Fault(502, b"<html>"), "error: Zalo OA does not answer"),
     (Fault(200, of_the_account("error_216_token_invalid")), "error: Zalo OA refuses our token"),
     (Fault(200, of_the_account("error_224_package")), "error: Zalo OA sends nothing for us (package"),
     (Fault(200, of_the_account("error_999_unknown_code")), "warning: Zalo OA does not list")],
)  # fmt: skip
async def test_the_doctor_asks_zalo_whether_the_stored_token_works(tmp_path, oa, fault, said):
    async def logged_in(work):
        until = work.now + timedelta(hours=20)
        await work.tokens.begin("zalooa", APP, (oa.access, oa.refresh), until)

    oa.fail("recent", *[one for one in (fault,) if one is not None])
    lines, pair, _ = await prepared(official(tmp_path, ANNHI_ZALO_OA_API_URL=oa.url), logged_in)
    (line,) = lines
    assert line.startswith(said)
    assert pair.access not in line
    assert oa.refreshes == []  # the doctor uses no refresh token up


async def test_the_doctor_sees_an_account_that_cannot_be_reached(tmp_path):
    async def logged_in(work):
        await work.tokens.begin("zalooa", APP, ("a", "b"), work.now + timedelta(hours=20))

    here = official(tmp_path, ANNHI_ZALO_OA_API_URL="http://127.0.0.1:9")
    lines, _, _ = await prepared(here, logged_in)
    assert lines[0].startswith("error: Zalo OA does not answer")


@pytest.mark.parametrize(
    ("quota", "billed", "level"),
    [("", 0, ""), ("", 1, "warning"), ("100", 0, "ok"), ("100", 79, "ok"), ("100", 80, "warning"),
     ("100", 95, "error")],
)  # fmt: skip
async def test_the_doctor_says_what_zalo_has_billed(tmp_path, quota, billed, level):
    async def spent(work):
        await work.tokens.begin("zalooa", APP, ("", "FIXTURE"), work.now)
        if billed:
            await work.billed.note("k", "zalooa", billed)

    more = {"ANNHI_ZALO_OA_MONTHLY_QUOTA": quota} if quota else {}
    lines, _, _ = await prepared(official(tmp_path, **more), spent)
    found = [one for one in lines if f"has billed {billed}" in one]
    assert [one.partition(":")[0] for one in found] == ([level] if level else [])


async def test_the_doctor_asks_for_an_address_that_zalo_can_knock_at(tmp_path):
    async def logged_in(work):
        await work.tokens.begin("zalooa", APP, ("", "FIXTURE"), work.now)

    lines, _, _ = await prepared(official(tmp_path, ANNHI_PUBLIC_URL=""), logged_in)
    assert lines[0].startswith("error: Zalo OA knocks at an https address only")


# zalo-oa login and seed.


@pytest.fixture
async def oa():
    made = FakeZaloOA()
    await made.start()
    yield made
    await made.stop()


async def command(tmp_path, oa, *words, pasted=""):
    """(exit code, what was printed) of `bot zalo-oa …` as a process of its own."""
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **here(tmp_path), **OA_SET_UP,
        "ANNHI_ZALO_OA_API_URL": oa.url, "ANNHI_ZALO_OA_OAUTH_URL": oa.url,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "zalo-oa", *words, cwd=tmp_path, env=env,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed = b""
    if callable(pasted):
        while b"http" not in printed:
            printed += await process.stdout.readline()
        pasted = pasted(printed.decode())
    rest, _ = await process.communicate(f"{pasted}\n".encode())
    return process.returncode, (printed + rest).decode()


async def pair_of(tmp_path):
    store, _ = await open_store(official(tmp_path))
    async with store.reading("test") as work:
        pair = await work.tokens.get("zalooa", APP)
    await store.close()
    return pair


def agreed(oa, code="code-1", state=None):
    """What a browser does with the printed address: an administrator agrees, Zalo leads back."""

    def led_to(printed):
        address = next(one for one in printed.split() if one.startswith("http"))
        query = parse_qs(urlsplit(address).query)
        oa.codes[code] = query["code_challenge"][0]
        back = {"code": code, "state": state or query["state"][0], "oa_id": "1"}
        return f"https://annhi.example?{urlencode(back)}"

    return led_to


async def test_a_login_stores_the_pair_that_the_code_brings(tmp_path, oa):
    code, printed = await command(tmp_path, oa, "login", pasted=agreed(oa))
    assert (code, "Logged in" in printed) == (0, True)
    assert "FIXTURE" not in printed
    pair = await pair_of(tmp_path)
    assert (pair.access, pair.refresh) == ("FIXTURE-ACCESS-TOKEN-2", "FIXTURE-REFRESH-TOKEN-2")


@pytest.mark.parametrize(
    ("pasted", "said"),
    [("https://annhi.example/?error=no", "No code stands in this"), ("", "No code stands in this"),
     ("wrong-code", "Zalo gave no token")],
)  # fmt: skip
async def test_a_login_that_brings_no_code_says_so_and_stores_nothing(tmp_path, oa, pasted, said):
    code, printed = await command(tmp_path, oa, "login", pasted=pasted)
    assert code == 1
    assert said in printed
    assert "Traceback" not in printed
    assert await pair_of(tmp_path) is None


async def test_the_address_of_another_login_is_refused(tmp_path, oa):
    code, printed = await command(tmp_path, oa, "login", pasted=agreed(oa, state="other"))
    assert (code, "another log-in" in printed) == (1, True)


async def test_a_seed_is_renewed_at_once_and_works_once(tmp_path, oa):
    given = oa.refresh
    code, printed = await command(tmp_path, oa, "seed", "--refresh-token", given)
    assert (code, "Stored and renewed" in printed) == (0, True)
    assert (await pair_of(tmp_path)).access == "FIXTURE-ACCESS-TOKEN-2"
    code, printed = await command(tmp_path, oa, "seed", "--refresh-token", "-", pasted=given)
    assert (code, "refuses this refresh token" in printed) == (1, True)
    assert "FIXTURE" not in printed


async def test_without_settings_the_command_names_them(tmp_path):
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **here(tmp_path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "zalo-oa", "seed", "--refresh-token", "x", cwd=tmp_path,
        env=env, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, printed = await process.communicate()
    assert process.returncode == 1
    assert printed.decode().startswith("Set ANNHI_ZALO_OA_APP_ID")


# The webhook of the Official Account over HTTP.


@pytest.fixture
async def official_site(tmp_path, oa):
    app, stage = await installation(tmp_path, lambda _: [])
    store = app.kit.store
    tokens = OaTokens(OaApp(APP, APP_SECRET, oa.url), store)
    await tokens.seed(oa.refresh)
    channel = ZaloOA(OaSettings(APP, OA_KEY, oa.url), tokens, store.clock)
    app.kit.channels["zalooa", APP] = channel
    parts = Parts(
        store=store,
        inlet=app.inbox,
        channels=app.kit.channels,
        catalog=app.kit.catalog,
        kit=app.kit,
    )
    runner, port = await serve(build(parts), "127.0.0.1", 0)
    stage.url = oa.hook = f"http://127.0.0.1:{port}/zalo/oa/webhook"
    yield stage
    await runner.cleanup()
    await channel.close()
    await app.close()


async def test_an_event_of_the_account_is_stored_once_and_answered(official_site, oa):
    event = of_the_account("user_send_text")
    assert [await oa.knock(event) for _ in range(3)] == [200, 200, 200]
    assert await stored(official_site) == 1
    await official_site.settle()
    assert "113" in oa.texts("246845883529197922")[-1]


async def test_the_recorded_bytes_themselves_are_what_is_signed(official_site, oa):
    assert await oa.knock((OA_DATA / "user_send_text.json").read_bytes()) == 200


@pytest.mark.parametrize(
    ("body", "header", "status"),
    [
        (b"{}", {}, 200),
        (b"{}", {"X-ZEvent-Signature": "mac=0"}, 401),
        (b'{"a":1}', {}, 401),
        (b"", {}, 401),
        (b" " * (1024 * 1024 + 1), {}, 413),
        (b"{", {"X-ZEvent-Signature": signed(b"{", "17"), "X-ZEvent-Timestamp": "17"}, 400),
    ],
    ids=["probe", "signed probe", "unsigned", "empty", "too big", "not JSON"],
)
async def test_f42_what_the_account_may_not_store_is_not_stored(
    official_site, body, header, status
):
    assert await knock(official_site, body, header) == status
    assert await stored(official_site) == 0


async def test_a_forged_event_is_refused_until_zalo_unsubscribes_and_a_good_one_passes(
    official_site, oa
):
    event = of_the_account("user_send_text")
    assert await oa.knock(event, key="another key") == 401
    assert await oa.deliver(event) == 0
    assert oa.subscribed


async def test_nothing_of_a_knock_is_logged(official_site, oa, caplog):
    """Neither what was written nor by whom, neither a signature nor a key, right or wrong."""
    caplog.set_level(logging.DEBUG)
    for loud in ("httpx", "httpcore", "aiohttp.access"):  # as bot/logs.py sets them
        caplog.set_level(logging.WARNING, logger=loud)
    event = of_the_account("user_send_text")
    event["message"]["text"] = "canary in the words"
    assert await oa.knock(event, key="another key") == 401
    assert await oa.knock(event) == 200
    assert await oa.knock({**event, "event_name": "user_brand_new", "message": 7}) == 200
    await official_site.settle()
    stamp, plain = event["timestamp"], json.dumps(event, ensure_ascii=False).encode()
    signature = signed(plain, stamp).removeprefix("mac=")
    forged = signed(plain, stamp, "another key").removeprefix("mac=")
    for secret in ("canary", "246845883529197922", signature, forged, OA_KEY, "FIXTURE-"):
        assert secret not in caplog.text


async def test_f15_a_database_that_refuses_writes_is_knocked_at_again_and_nothing_is_lost(
    official_site, oa
):
    event, store = of_the_account("user_send_text"), official_site.app.kit.store
    real, left = store._begin, [2]

    async def busy(connection):
        left[0] -= 1
        if left[0] >= 0:
            raise StorageBusy("test")
        await real(connection)

    store._begin = busy
    assert await oa.deliver(event) == 2
    store._begin = real
    await official_site.settle()
    assert len(oa.texts("246845883529197922")) == 1
    assert oa.subscribed


# Four channels in one process.


async def test_four_channels_serve_one_case_side_by_side(tmp_path, oa, fake):
    """Begun on the Official Account, alerted on Telegram, and the deputy hears on Zalo Bot."""
    telegram = FakeTelegram()
    url = await telegram.start()

    def messengers(clock):
        return [Telegram(TELEGRAM, url), ZaloBot(TOKEN, fake.url, clock, secret=SECRET)]

    app, stage = await installation(tmp_path, messengers)
    store = app.kit.store
    tokens = OaTokens(OaApp(APP, APP_SECRET, oa.url), store)
    await tokens.seed(oa.refresh)
    account = ZaloOA(OaSettings(APP, OA_KEY, oa.url), tokens, store.clock)
    page = WebChat(store)
    app.kit.channels.update({("zalooa", APP): account, ("web", "site"): page})
    bot = app.kit.channels["zalobot", fake.token.split(":")[0]]
    await stage.staff("lan", Role.OFFICER, "20500")
    await stage.staff("hoa", Role.DEPUTY, "20500")
    async with store.transaction("test") as work:
        for name, channel, where in (
            ("lan", "telegram", "123456"),
            ("hoa", "zalobot", bot.account),
        ):
            contact = await work.contacts.ensure(channel, where, f"70{name == 'hoa':d}", "70", "vi")
            await work.contacts.link(contact.id, f"p-{name}")

    async def on_the_account(name, **message):
        event = of_the_account("user_send_text")
        event["message"] = {"msg_id": name, **message}
        body = json.dumps(event).encode()
        header = {"X-ZEvent-Signature": signed(body, event["timestamp"])}
        await app.inbox.accept("zalooa", APP, account.admit(header, body), body)
        await stage.settle()

    await on_the_account("m1", text="sos")
    await on_the_account("m2", text="xã Đại Hiệp")
    assert any(one.startswith("Việc mới") for one in telegram.texts())
    await stage.pass_time(timedelta(minutes=16))
    assert any("15 phút" in one for one in fake.texts())
    async with store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        assert {one.channel for one in await work.contacts.of_person("p-hoa")} == {"zalobot"}
    assert case.level == "urgent"
    for channel in (account, bot):
        await channel.close()
    await app.kit.channels["telegram", "123456"].close()
    await app.close()
    await telegram.stop()
