"""Our Zalo fakes are faithful: clients of other authors, written against the real Zalo, work against them.

All four that CHANNELS.md 12.3 names are in the registry. They live in an environment of their own,
`.venv-zalo`, which `make test` sets up; without it these tests fail, so that nobody forgets them.
"""

import asyncio
import json
from pathlib import Path

import pytest

from tests.support.fake_zalo_bot import TOKEN, FakeZaloBot, Fault
from tests.support.fake_zalo_bot import recorded as of_the_bot
from tests.support.fake_zalo_oa import DATA, FakeZaloOA, recorded

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-zalo" / "bin" / "python"
SCRIPT = ROOT / "tests" / "support" / "zalo_clients.py"


@pytest.fixture
async def bot():
    made = FakeZaloBot()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def oa():
    made = FakeZaloOA()
    await made.start()
    yield made
    await made.stop()


async def client(name, url, token, *more):
    """What a client says it got."""
    assert PYTHON.exists(), "make test sets up .venv-zalo from tests/support/zalo_clients.txt"
    process = await asyncio.create_subprocess_exec(
        str(PYTHON), str(SCRIPT), name, url, token, *more, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, errors.decode()[-2000:]
    return json.loads(printed.splitlines()[-1])


class Late(FakeZaloBot):
    """The first poll is idle whatever was pushed; what a client is told afterwards is there."""

    async def _get_updates(self, body):
        if not self.idled:
            self.idled = True
            waiting, self.updates = self.updates, []
            answer = await super()._get_updates(body)
            self.updates = waiting
            return answer
        return await super()._get_updates(body)

    idled = False


@pytest.fixture
async def late():
    made = Late()
    await made.start()
    yield made
    await made.stop()


async def test_python_zalo_bot_works_against_our_bot(late):
    late.push(of_the_bot("text_wrapped"))
    found = await client("python-zalo-bot", late.url, TOKEN)
    assert (found["me"], found["idle"]) == ("bot.VDKyGxQvc", "NetworkError")
    text = of_the_bot("text_wrapped")["result"]["message"]["text"]
    assert (found["text"], found["from"]) == (text, "6ede9afa66b88fe6d6a9")
    assert found["no webhook"] == "InvalidToken"
    assert found["info"] == "https://annhi.example/zalo/bot/webhook"
    assert all((found["sent"], found["photo"], found["hooked"], found["gone"]))
    assert [name for name, _ in late.accepted] == ["sendMessage", "sendPhoto", "sendChatAction"]


async def test_pyzalo_works_against_our_bot(bot):
    found = await client("pyzalo", bot.url, TOKEN)
    assert found["me"] == of_the_bot("ok_get_me")
    assert found["sent"]["ok"] is True
    assert found["long"] == {"ok": False, "description": "Bad Request", "error_code": 400}
    assert found["action"] == of_the_bot("ok_send_chat_action")
    assert found["voice"]["ok"] is True
    assert found["info"]["result"]["url"] == "https://annhi.example/zalo/bot/webhook"
    assert found["none"] == of_the_bot("error_404")


async def test_zalo_bot_mcp_works_against_our_bot(late):
    late.push(of_the_bot("text_flat"))
    late.fail(
        "sendMessage", Fault(429, of_the_bot("error_429_quota")), Fault(500, of_the_bot("error_500")),
        Fault(400, of_the_bot("error_400")),
    )  # fmt: skip
    found = await client("zalo-bot-mcp", late.url, TOKEN)
    assert (found["me"], found["idle"]) == ("bot.VDKyGxQvc", None)
    assert (found["text"], found["user"]) == ("Xin chào", "6ede9afa66b88fe6d6a9")
    *refused, sent = found["sends"]
    assert refused == ["ZaloTransientError", "ZaloTransientError", "ZaloClientError"]
    assert sent["message_id"]
    assert found["no webhook"] is None


async def test_zalo_sdk_works_against_our_official_account(oa):
    names = [one.stem for one in sorted(DATA.glob("error_*.json")) if "oauth" not in one.stem]
    oa.fail("cs", *[Fault(200, recorded(one), chat="failing") for one in names])
    found = await client("zalo-sdk", oa.url, oa.access, str(len(names)))
    assert found["text"]["error"] == found["buttons"]["error"] == 0
    assert found["image"] == recorded("ok_upload_image")
    assert found["file"] == recorded("ok_upload_file")
    assert found["quota"] == recorded("ok_quota_user")
    assert found["shut"] == "ZaloOAException"
    raised = dict(zip(names, found["errors"], strict=True))
    assert raised.pop("error_216_token_expired") == "ZaloOAAuthTokenExpiredException"
    assert set(raised.values()) == {"ZaloOAException"}
    assert len(oa.accepted) == 2
