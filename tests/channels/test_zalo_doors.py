"""Zalo knocks here: rows 2 to 4 of CHANNELS.md 12.1, and what the doctor says of it."""

import json
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.channels.zalo_bot import ZaloBot
from bot.commands.zalo_lines import zalo
from bot.config import load
from tests.support.fake_zalo_bot import DATA, SECRET, TOKEN, FakeZaloBot, Fault, recorded
from web.app import build, serve
from web.parts import Parts

from .zalo_doors import installation

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


async def test_an_event_is_stored_once_however_often_it_is_repeated(site):
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
async def test_what_is_refused_and_what_only_probes_is_not_stored(site, body, header, status):
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


# The doctor.


def settings(tmp_path, fake, **more):
    given = {"ANNHI_ZALO_BOT_TOKEN": TOKEN, "ANNHI_ZALO_BOT_API_URL": fake.url, **more}
    return load(given, tmp_path / "none.env")


POLLING = {"ANNHI_ZALO_BOT_MODE": "polling"}
HOOK = {"ANNHI_ZALO_BOT_WEBHOOK_SECRET": SECRET, "ANNHI_PUBLIC_URL": "https://annhi.example"}


async def said(config):
    return [f"{one.level}: {one.sentence}" for one in await zalo(config)]


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


async def test_nothing_is_said_of_a_zalo_that_is_not_set_up(tmp_path):
    assert await zalo(load({}, tmp_path / "none.env")) == []
