"""The trial as somebody plays it who was told nothing: with the page alone."""

import os
import signal
import subprocess
import sys

import pytest
from playwright.async_api import async_playwright, expect

from tests.pages.test_browser import ROOT, _free_port
from tests.support.axe import violations
from tests.support.desk import FLAGS, shot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


class Trial:
    """The page, its four panes and its guide."""

    def __init__(self, page):
        self.page = page

    def pane(self, role):
        return self.page.frame_locator(f"#pane-{role} iframe")

    async def on_the_phone_of(self, role):
        """Where the screen is small, one phone at a time is in sight."""
        tab = self.page.locator(f"nav [data-pane={role}]")
        if await tab.is_visible():
            await tab.click()
        return self.pane(role)

    async def press(self, role, name):
        pane = await self.on_the_phone_of(role)
        await pane.get_by_role("button", name=name, exact=True).last.click()

    async def fill_in(self, role, which=0):
        """The guide writes, the person sends."""
        await self.page.locator(".fill:visible").nth(which).click()
        box = self.pane(role).locator("#text")
        await expect(box).to_be_focused()
        await box.press("Enter")

    async def push(self, by):
        """Where the screen is small, the clock's buttons are behind one."""
        if await (small := self.page.locator("#push")).is_visible():
            await small.click()
        await self.page.locator(f"[data-by='{by}']").click()

    async def step(self, n):
        await expect(self.page.locator("#at")).to_have_text(f"{n}/8")

    async def hears(self, role, words):
        await expect(self.pane(role).locator("#log")).to_contain_text(words)

    async def report_of_danger(self):
        await self.press("reporter", "Bắt đầu")
        await self.press("reporter", "Có, ngay bây giờ")
        await self.hears("reporter", "Lúc này trẻ đang ở đâu")
        await self.pane("reporter").locator("#text").fill("Đại An")
        await self.press("reporter", "Gửi")
        await self.hears("officer", "Mức: KHẨN CẤP")


async def opened(desk, size, path="/demo"):
    page = await (await desk.person(viewport=size)).new_page()
    faults = []
    page.on("pageerror", lambda one: faults.append(str(one)))
    await page.goto(desk.site.url + path)
    made = Trial(page)
    words = "Địa chỉ này đã nối" if "en" not in path else "This address is now connected"
    for role in ("collaborator", "officer", "leader"):
        await made.hears(role, words)
    page.faults = faults
    return made


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
async def test_a_dangerous_pond_is_played_from_report_to_closing_by_the_page_alone(trial, size):
    made = await opened(trial, size)
    page, wide = made.page, size["width"]
    await shot(page, f"demo-{wide}")
    assert await violations(page) == []
    await page.click("#next")
    await made.fill_in("reporter")
    await made.step(3)
    for name in ("Không", "Đúng"):
        await made.press("reporter", name)
    await made.step(4)
    await made.fill_in("reporter")
    await made.step(5)
    await shot(page, f"demo-new-case-{wide}")
    await made.press("officer", "Tôi nhận")
    await made.step(6)
    for name in ("Ghi việc đã làm", "Đã đến nơi", "Bỏ qua"):
        await made.press("officer", name)
    await made.step(7)
    await shot(page, f"demo-working-{wide}")
    await made.press("officer", "Đã xử lý xong")
    await made.hears("officer", "Đã làm gì để xử lý?")
    await made.fill_in("officer", 0)
    await made.hears("officer", "Ai đã gặp trẻ, hoặc đã xem chỗ đó?")
    await made.fill_in("officer", 1)
    await made.step(8)
    await made.push("15m")
    await made.press("reporter", "Xem")
    await made.hears("reporter", "đã được xử lý")
    await made.on_the_phone_of("reporter")
    await shot(page, f"demo-closed-{wide}")
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.faults == []


async def test_nobody_answers_and_the_leader_hears_of_it_when_the_clock_is_pushed(trial):
    made = await opened(trial, WIDE)
    page = made.page
    await page.click("#close")
    await expect(page.locator("#tour")).to_be_hidden()
    await made.report_of_danger()
    await expect(page.locator("#head-leader .new")).to_be_hidden()
    await expect(page.locator("#clock")).to_contain_text("20:15")
    await page.get_by_role("button", name="+1 giờ").click()
    await made.hears("leader", "sau 30 phút chưa có người nhận")
    await expect(page.locator("#clock")).to_contain_text("21:1")
    await expect(page.locator("#status")).to_contain_text("cán bộ thay thế 20:30")
    await expect(page.locator("#head-leader .new")).to_be_visible()
    await shot(page, "demo-nobody-answers-1280")
    await made.press("leader", "Tôi xử lý")
    await made.hears("leader", "Đã có người nhận")
    await expect(page.locator("#head-leader .new")).to_be_hidden()
    assert page.faults == []


async def test_the_english_trial_is_english(trial):
    made = await opened(trial, WIDE)
    await made.page.get_by_role("link", name="English").first.click()
    await made.page.wait_for_url("**/demo?lang=en")
    await expect(made.page.locator(".trial").first).to_have_text("TRIAL MODE")
    await made.hears("officer", "From now on we will answer in English.")
    await made.press("reporter", "Start")
    await made.hears("reporter", "Is the child in danger right now?")
    await shot(made.page, "demo-english-1280")
    assert await violations(made.page) == []


async def test_the_trial_can_be_played_with_the_keyboard_alone(trial):
    made = await opened(trial, WIDE)
    page = made.page
    for _ in range(30):
        if await page.evaluate("document.activeElement.id") == "next":
            break
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await made.step(2)
    await page.keyboard.press("Shift+Tab")  # back to what the guide offers to write
    await page.keyboard.press("Enter")
    await expect(made.pane("reporter").locator("#text")).to_be_focused()
    await page.keyboard.press("Enter")
    await made.step(3)


async def test_a_pane_that_is_left_shows_nothing_and_the_browser_keeps_its_own_thread(trial):
    made = await opened(trial, WIDE)
    page = made.page
    chat = await page.context.new_page()
    await chat.goto(trial.site.url)
    await chat.get_by_role("button", name="Bắt đầu").click()
    await expect(chat.locator("#log")).to_contain_text("Lúc này trẻ có đang gặp nguy hiểm")
    await made.press("reporter", "Bắt đầu")
    await made.hears("reporter", "Lúc này trẻ có đang gặp nguy hiểm")
    await made.pane("reporter").locator("#exit").click()
    left = made.pane("reporter").get_by_role("heading", name="Trang đã rời đi")
    await expect(left).to_be_visible()
    await made.pane("reporter").get_by_role("link", name="Mở lại máy này").click()
    await expect(made.pane("reporter").locator("#begin")).to_be_visible()
    await expect(made.pane("reporter").locator("#log li")).to_have_count(0)
    await chat.reload()
    await expect(chat.locator("#log")).to_contain_text("Lúc này trẻ có đang gặp nguy hiểm")
    assert not [one for one in await page.context.cookies() if one["name"] == "left"]


@pytest.fixture
def demo(tmp_path):
    port = _free_port()
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "ANNHI_HTTP_PORT": str(port),
        "ANNHI_ADMIN_PORT": str(_free_port()),
    }  # fmt: skip
    run = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--time-scale", "60"], cwd=tmp_path, env=env,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == f"An Nhi: http://127.0.0.1:{port}/demo\n"
    yield f"http://127.0.0.1:{port}"
    run.send_signal(signal.SIGTERM)
    assert run.wait(20) == 0
    run.stdout.close()


async def test_starting_again_is_another_world_in_the_same_place(demo):
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await (await browser.new_context(viewport=WIDE)).new_page()
        await page.goto(f"{demo}/demo")
        made = Trial(page)
        await expect(page.locator(".fast")).to_contain_text("gấp 60 lần")
        await made.hears("officer", "Địa chỉ này đã nối")
        await page.click("#close")
        await made.report_of_danger()
        await page.get_by_role("button", name="Làm lại từ đầu").click()
        await made.step(1)  # the guide is back: the page was loaded anew
        await made.hears("officer", "Địa chỉ này đã nối")
        await expect(made.pane("officer").locator("#log li")).to_have_count(1)
        await expect(made.pane("reporter").locator("#begin")).to_be_visible()
        await expect(page.locator("#clock")).to_contain_text("09:0")
        await browser.close()
