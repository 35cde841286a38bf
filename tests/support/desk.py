"""Real browsers in front of the real pages: one context a person, and the program behind them."""

import asyncio
from pathlib import Path

from playwright.async_api import expect

SHOTS = Path(__file__).parents[1] / "pages" / "shots"
PHONE = {"width": 360, "height": 640}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
]
HELLO = "co be o mot minh ngoai ho"
DANGER = "Lúc này trẻ có đang gặp nguy hiểm"
EARS = """
  window.heard = [];
  navigator.vibrate = () => { window.heard.push("vibration"); return true; };
  const plain = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { window.heard.push("tone"); return plain.call(this, at); };
  document.hasFocus = () => !window.away;
"""


class Desk:
    """A browser, one context a person, and the program behind it."""

    def __init__(self, site, browser):
        self.site, self.browser = site, browser

    async def person(self, **options):
        context = await self.browser.new_context(**{"viewport": PHONE, **options})
        await context.add_init_script(EARS)
        await context.route("https://www.google.com/**", lambda one: one.fulfill(body="neutral"))
        return context

    async def reporter(self, **options):
        """A phone on which the first question is open."""
        context = await self.person(**options)
        page = await context.new_page()
        await page.goto(self.site.url)
        await self.writes(page, HELLO)
        await expect(page.locator("#log")).to_contain_text(DANGER)
        return page

    async def officer(self, **options):
        from bot.commands.setup import make_invitation
        from cases.model import Role
        from storage.records.people import Invite

        made = await make_invitation(self.site.store, Invite(Role.OFFICER, "20500", (), "Lan"))
        page = await (await self.person(**options)).new_page()
        await page.goto(f"{self.site.url}/join/{made.code}")
        await page.get_by_role("button", name="Bắt đầu").click()
        await expect(page.locator("#join")).to_have_count(0)
        await self.site.stage.settle()
        await expect(page.locator("#log")).to_contain_text("cán bộ bảo vệ trẻ em")
        return page

    async def writes(self, page, text):
        await page.fill("#text", text)
        await page.keyboard.press("Enter")
        await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
        await self.site.stage.settle()

    async def presses(self, page, name):
        many = await page.locator("li.mine").count()
        await page.get_by_role("button", name=name, exact=True).click()
        await expect(page.locator("li.mine small")).to_have_count(many + 1)
        await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
        await self.site.stage.settle()

    async def session(self, page):
        """The open thread behind a page's cookie."""
        for one in await page.context.cookies(self.site.url):
            if one["name"] == "chat":
                async with self.site.store.reading("test") as work:
                    return (await work.webchat.session(one["value"]) or ("",))[0]
        return ""

    async def forgotten(self, page):
        """The server has heard that this page left; its browser asks for nothing any more."""
        async with asyncio.timeout(10):
            while await self.session(page):
                pass

    async def say(self, page, text, op="say", **more):
        """Something is said to this page; returns its number."""
        session = await self.session(page)
        async with self.site.store.transaction("test") as work:
            key = work.new_id()
            return await work.webchat.append(session, key, op, {"text": text, **more})

    async def sessions(self):
        from sqlalchemy import func, select

        from storage.tables import webchat_sessions

        async with self.site.store.reading("test") as work:
            row = await work._tx.one(
                select(func.count().label("many")).select_from(webchat_sessions)
            )
        return row["many"]


async def shot(page, name):
    """A picture of what stands there, for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png")
