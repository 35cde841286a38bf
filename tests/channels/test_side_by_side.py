"""Four channels in one real process against their fakes: one case crosses three, the fourth has its own."""

import asyncio
import re
from urllib.parse import quote

import pytest
from aiohttp import ClientSession, CookieJar

from bot.app import open_store
from bot.channels.zalo_oa_tokens import OaApp, OaTokens
from bot.commands.setup import make_invitation
from cases.model import Role
from storage.records.people import Invite
from tests.faults.place import LAN, PATIENCE, Place, buttons
from tests.support.fake_zalo_bot import TOKEN as ZALO_BOT
from tests.support.fake_zalo_bot import FakeZaloBot
from tests.support.fake_zalo_bot import recorded as of_the_bot
from tests.support.fake_zalo_oa import APP, APP_SECRET, OA_KEY, FakeZaloOA
from tests.support.fake_zalo_oa import recorded as of_the_account
from tests.support.peer import Peer

DAI_LOC = "20500"
MINH, NGA = "246845883529197922", "6ede9afa66b88fe6d6a9"


class Town(Place):
    """A program with every messenger; whoever works here comes in by an invitation."""

    def __init__(self, folder):
        super().__init__(folder, Peer())
        self.account, self.bot, self.codes = FakeZaloOA(), FakeZaloBot(idle=0.1), {}
        self.browser = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.thread = {}

    async def open(self):
        for platform in (self.peer, self.account, self.bot):
            await platform.start()
        store, _ = await open_store(self.config)
        await OaTokens(OaApp(APP, APP_SECRET, self.account.url), store).seed(self.account.refresh)
        for role in (Role.OFFICER, Role.LEADER):
            made = await make_invitation(store, Invite(role, DAI_LOC, (), role.value))
            self.codes[role] = made.code
        await store.close()
        await self.start()
        await self.listening()
        self.account.hook = f"{self.url}/zalo/oa/webhook"

    def env(self):
        return {
            **super().env(), "ANNHI_ZALO_BOT_TOKEN": ZALO_BOT, "ANNHI_ZALO_BOT_MODE": "polling",
            "ANNHI_ZALO_BOT_API_URL": self.bot.url, "ANNHI_ZALO_OA_APP_ID": APP,
            "ANNHI_ZALO_OA_APP_SECRET": APP_SECRET, "ANNHI_ZALO_OA_SECRET_KEY": OA_KEY,
            "ANNHI_ZALO_OA_API_URL": self.account.url, "ANNHI_ZALO_OA_OAUTH_URL": self.account.url,
        }  # fmt: skip

    async def close(self):
        await self.browser.close()
        await self.end()
        for platform in (self.peer, self.account, self.bot):
            await platform.stop()

    # The Official Account: signed events at the webhook.

    async def on_the_account(self, text):
        event, self.n = of_the_account("user_send_text"), self.n + 1
        event["message"] = {"msg_id": f"m{self.n}", "text": text}
        assert await self.account.knock(event) == 200

    async def account_says(self, words):
        await self.eventually(lambda: any(words in one for one in self.account.texts(MINH)))

    async def presses_there(self, label):
        await self.on_the_account(self.account.buttons_of(MINH)[label])

    # Zalo Bot: polled.

    def on_the_bot(self, text):
        update, self.n = of_the_bot("text_flat"), self.n + 1
        update["message"] |= {"message_id": f"{self.n:020x}", "text": text}
        self.bot.push(update)

    async def bot_says(self, words):
        await self.eventually(lambda: any(words in one for one in self.bot.texts(NGA)))

    # Telegram: polled.

    def lan_says(self, text):
        update = self.update(text)
        update["message"]["from"]["id"] = update["message"]["chat"]["id"] = LAN
        self.peer.push(update)

    async def lan_is_told(self, words, name="sendMessage"):
        """The message that begins with these words, when it is there."""
        await self.until(lambda: self._told(words, name))
        return self._told(words, name)[-1]

    def _told(self, words, name):
        return [
            fields for method, fields in self.peer.accepted
            if (method, fields.get("chat_id")) == (name, str(LAN)) and words in fields["text"]
        ]  # fmt: skip

    # The page: a thread, then the pages of staff.

    async def joins(self, code):
        body, url = {"start": code}, f"{self.url}/api/chat/sessions"
        async with self.browser.post(url, json=body) as answer:
            self.thread = {"Authorization": f"Bearer {(await answer.json())['token']}"}

    async def page_says(self, words):
        """The newest message of the thread that holds these words, when it is there."""
        url = f"{self.url}/api/chat/messages?after=0"
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.browser.get(url, headers=self.thread) as answer:
                    said = (await answer.json())["messages"]
                found = [one for one in said if words in one.get("text", "")]
                if found:
                    return found[-1]
                await asyncio.sleep(0.02)

    async def writes(self, text):
        self.n += 1
        body, url = {"id": f"m{self.n}", "kind": "text", "text": text}, self.url
        async with self.browser.post(
            f"{url}/api/chat/messages", json=body, headers=self.thread
        ) as answer:
            assert answer.status == 202

    async def signs_in(self):
        await self.writes("/web")
        link = (await self.page_says("Đường vào trang làm việc"))["choices"][0]["url"]
        status, page = await self.submits("/dashboard/sign-in", {"token": link.partition("#")[2]})
        assert status == 200  # the first time with a PIN to be set
        csrf = re.search(r'name="csrf" value="([^"]*)"', page).group(1)
        form = {"csrf": csrf, "new": "271828", "again": "271828"}
        return await self.submits("/dashboard/pin", form)

    async def submits(self, path, form):
        url = f"{self.url}{path}"
        async with self.browser.post(url, data=form, headers={"Origin": self.url}) as answer:
            return answer.status, await answer.text()

    async def opens(self, path):
        async with self.browser.get(f"{self.url}{path}") as answer:
            return await answer.text()


@pytest.fixture
async def town(tmp_path):
    made = Town(tmp_path)
    await made.open()
    yield made
    await made.close()


def hidden(page):
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1)
        for name in ("csrf", "rev", "submission")
    }


async def case_of(town, code):
    """(case, who did what) of this code, and that the audit is whole."""
    store, _ = await open_store(town.config)
    async with store.reading("test") as work:
        case = await work.cases.by_code(code)
        events = [(one.act, one.actor) for one in await work.cases.events(case.id)]
        people = {one.id: one.role.value for one in await work.people.everybody()}
        assert await work.audit.verify() == []
    await store.close()
    return case, [(act, people.get(actor, "")) for act, actor in events]


async def test_a_report_begun_on_zalo_is_taken_on_telegram_and_finished_on_the_page(town):
    town.lan_says(f"/start {town.codes[Role.OFFICER]}")
    await town.lan_is_told("đã nối với vai trò")
    await town.joins(town.codes[Role.LEADER])
    await town.page_says("đã nối với vai trò")

    await town.on_the_account("be bi danh")
    await town.account_says("Lúc này trẻ có đang gặp nguy hiểm không?")
    town.on_the_bot("xin chào")
    await town.bot_says("1. Có, ngay bây giờ")
    await town.presses_there("Có, ngay bây giờ")
    await town.account_says("Lúc này trẻ đang ở đâu?")
    await town.on_the_account("xã Đại Hiệp")
    await town.account_says("Mã tin báo")
    (receipt,) = [one for one in town.account.texts(MINH) if "Mã tin báo" in one]
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", receipt).group()

    alert = await town.lan_is_told(f"Việc mới {code}")
    town.presses(LAN, alert, "Tôi nhận")
    card = await town.lan_is_told(f"Hồ sơ {code}")
    assert "Ghi việc đã làm" in [one["text"] for one in buttons(card)]

    status, page = await town.signs_in()
    assert (status, code in page) == (200, True)
    page = await town.opens(f"/dashboard/case/{quote(code)}/dismiss")
    form = {"reason": "unfounded", "checked.words": "đã hỏi cô giáo", "seen": "yes"}
    status, page = await town.submits(f"/dashboard/case/{code}/dismiss", hidden(page) | form)
    assert (status, "Đã ghi. Trong 2 phút" in page) == (200, True), page
    await town.lan_is_told("Tình trạng: Kết thúc", "editMessageText")

    town.on_the_bot("1")  # the fourth channel has served somebody else all the while
    await town.bot_says("Lúc này trẻ đang ở đâu?")
    case, acts = await case_of(town, code)
    assert (case.status, case.level) == ("closed", "urgent")
    assert acts[-2:] == [("acknowledge", "officer"), ("dismiss", "leader")]
