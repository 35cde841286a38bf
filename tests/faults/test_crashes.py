"""F1-F7: the real process, killed with a real signal, started again. Our Telegram's accept log judges."""

import asyncio
import os
import signal
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import open_store
from bot.config import load
from cases.model import Person, Role, Status
from tests.support.fake_telegram import TOKEN, FakeTelegram

ROOT = Path(__file__).parents[2]
MINH, LAN, LAN2 = 700000009, 700000021, 700000022
REPEAT = "🔁 Gửi lại "


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Installation:
    """One folder, one Telegram, and a program that dies and comes back."""

    def __init__(self, folder, telegram, scale):
        self.folder, self.telegram = folder, telegram
        self.env = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
            "ANNHI_TELEGRAM_TOKEN": TOKEN, "ANNHI_TELEGRAM_API_URL": telegram.url,
            "ANNHI_HTTP_PORT": str(_free_port()), "ANNHI_ADMIN_PORT": str(_free_port()),
            "ANNHI_ENV": "demo", "ANNHI_TIME_SCALE": str(scale),
        }  # fmt: skip
        self.process = None
        self.n = 880300000

    @property
    def config(self):
        here = {
            "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder}/var/annhi.db",
            "ANNHI_KEY_FILE": str(self.folder / "var/keys.json"),
            "ANNHI_JOURNAL_DIR": str(self.folder / "var/journal"),
        }
        return load(here, self.folder / "none.env")

    async def roster(self):
        """One officer with two addresses."""
        store, _ = await open_store(self.config)
        async with store.transaction("test") as work:
            await work.people.add(Person(id="p-lan", role=Role.OFFICER, commune="20500"))
            for who in (LAN, LAN2):
                contact = await work.contacts.ensure(
                    "telegram", TOKEN.split(":")[0], str(who), str(who), "vi"
                )
                await work.contacts.link(contact.id, "p-lan")
        await store.close()

    async def start(self, *crash):
        """Ordinary, or with the point at which it dies."""
        module = ["tests.support.child", *crash] if crash else ["bot", "run"]
        with (self.folder / "log.txt").open("a") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *module, cwd=self.folder, env=self.env,
                stdout=log, stderr=log,
            )  # fmt: skip

    async def dies(self):
        async with asyncio.timeout(30):
            assert await self.process.wait() == -signal.SIGKILL

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    async def end(self):
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(30):
                await self.process.wait()

    def says(self, *texts):
        for text in texts:
            self.n += 1
            person = {"id": MINH, "is_bot": False, "first_name": "x", "language_code": "vi"}
            body = {
                "message_id": self.n, "from": person, "chat": {"id": MINH, "type": "private"},
                "date": int(datetime.now(UTC).timestamp()), "text": text,
            }  # fmt: skip
            self.telegram.push({"update_id": self.n, "message": body})

    def told(self, who):
        return [
            fields["text"]
            for name, fields in self.telegram.accepted
            if name == "sendMessage" and fields["chat_id"] == str(who)
        ]

    def alerts(self, *whos):
        texts = [text for who in whos for text in self.told(who)]
        return [text for text in texts if "Việc mới" in text]

    async def until(self, condition):
        """Wait for the accept log to show it."""
        async with asyncio.timeout(40):
            while not condition():
                self.telegram.heard.clear()
                await self.telegram.heard.wait()

    async def case(self):
        """The one case there is, with its armed clocks, its events and the audit chain's faults."""
        store, _ = await open_store(self.config)
        try:
            async with store.reading("test") as work:
                (case,) = await work.cases.all_cases()
                armed = [one.kind for one in await work.timers.armed(f"case:{case.id}")]
                return case, armed, await work.audit.verify()
        finally:
            await store.close()


@pytest.fixture
async def place(tmp_path, request):
    telegram = FakeTelegram()
    await telegram.start()
    made = Installation(tmp_path, telegram, getattr(request, "param", 1))
    await made.roster()
    yield made
    await made.end()
    await telegram.stop()


async def _whole(place):
    """One case, one receipt, one alert, a clock that runs, a whole chain."""
    await place.until(
        lambda: place.alerts(LAN) and any("Mã tin báo" in t for t in place.told(MINH))
    )
    await place.end()
    case, armed, broken = await place.case()
    assert case.status is Status.RECEIVED
    assert len([text for text in place.told(MINH) if "Mã tin báo" in text]) == 1
    assert [text.removeprefix(REPEAT) for text in place.alerts(LAN)] == place.alerts(LAN)
    assert len(place.alerts(LAN)) == 1
    assert {"unanswered", "emergency"} <= set(armed)
    assert broken == []


@pytest.mark.parametrize(
    ("when", "name", "nth"),
    [
        pytest.param("before", "accept", 1, id="f01_before_accept"),
        pytest.param("after", "accept", 1, id="f02_after_accept"),
        pytest.param("after", "journal", 1, id="f02_after_journal"),
        pytest.param("before", "turn", 2, id="f03_before_turn"),
        pytest.param("after", "turn", 2, id="f04_after_turn"),
    ],
)
async def test_a_kill_loses_nothing_and_doubles_nothing(place, when, name, nth):
    place.says("sos", "xã Đại Hiệp")
    await place.start(when, name, str(nth))
    await place.dies()
    await place.start()
    await _whole(place)


@pytest.mark.parametrize("place", [60], indirect=True)
async def test_f05_what_was_claimed_leaves_after_its_lease_and_says_that_it_may_be_a_repeat(place):
    place.says("sos", "xã Đại Hiệp")
    await place.start("after", "claim", "1")
    await place.dies()
    assert place.told(MINH) == []
    await place.start()
    await place.until(lambda: place.alerts(LAN) and len(place.told(MINH)) >= 3)
    assert len(place.alerts(LAN)) == 1
    marked = [text for text in [*place.told(MINH), *place.told(LAN)] if text.startswith(REPEAT)]
    assert marked


@pytest.mark.parametrize("place", [60], indirect=True)
async def test_f06_an_alert_accepted_before_the_kill_is_repeated_once_with_its_mark(place):
    place.says("sos", "xã Đại Hiệp")
    await place.start()
    await place.until(lambda: place.alerts(LAN))
    place.kill()
    await place.dies()
    await place.start()
    await place.until(lambda: len(place.alerts(LAN, LAN2)) >= 2)
    await place.end()
    first, *later = place.alerts(LAN)
    assert all(text == f"{REPEAT}{first}" for text in later)
    assert len(later) <= 1


@pytest.mark.parametrize("place", [60], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_f07_a_timer_fires_once_around_a_kill(place, when):
    place.says("sos", "xã Đại Hiệp")
    await place.start(when, "tick", "1")
    await place.dies()
    await place.start()
    await place.until(lambda: place.alerts(LAN2))
    await place.end()
    assert len(place.alerts(LAN2)) == 1
    _, armed, broken = await place.case()
    assert "unanswered" in armed
    assert broken == []
