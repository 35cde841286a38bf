"""One whole report and its acknowledgement in a real browser, against the real program."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def program(tmp_path):
    port, admin = _free_port(), _free_port()
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "ANNHI_HTTP_PORT": str(port),
        "ANNHI_ADMIN_PORT": str(admin),
    }  # fmt: skip
    log = (tmp_path / "log.txt").open("w")
    run = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=env, stdout=subprocess.PIPE,
        stderr=log, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    assert "An Nhi" in run.stdout.readline()
    assert "first-admin.txt" in run.stdout.readline()
    yield tmp_path, env, f"http://127.0.0.1:{port}"
    run.send_signal(signal.SIGTERM)
    assert run.wait(20) == 0
    run.stdout.close()
    log.close()


def _invite(folder, env, role):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "invite", "--role", role, "--commune", "20500", "--json"],
        cwd=folder, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)["code"]


@pytest.mark.browser
async def test_a_report_in_the_browser_is_acknowledged_in_the_browser(program, tmp_path):
    folder, env, address = program
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        officer = await (await browser.new_context()).new_page()
        await officer.goto(f"{address}/join/{_invite(folder, env, 'officer')}")
        await expect(officer.locator("#log li")).to_have_count(0)  # looking spends nothing
        await officer.get_by_role("button", name="Bắt đầu").click()
        await expect(officer.locator("#log")).to_contain_text("cán bộ bảo vệ trẻ em")
        phone = {"width": 360, "height": 740}
        reporter = await (await browser.new_context(viewport=phone)).new_page()
        await reporter.goto(address)
        await reporter.fill("#text", "co be o mot minh ngoai ho")
        await reporter.click("#send")
        await reporter.get_by_role("button", name="Có, ngay bây giờ").click()
        await expect(reporter.locator("#log")).to_contain_text("Lúc này trẻ đang ở đâu")
        await reporter.fill("#text", "Ái Nghĩa")
        await reporter.click("#send")
        await expect(reporter.locator("#log")).to_contain_text("Mã tin báo")
        shots = ROOT / "tests" / "pages" / "shots"
        shots.mkdir(exist_ok=True)
        await reporter.screenshot(path=shots / "reporter-360.png")
        await officer.get_by_role("button", name="Tôi nhận", exact=True).click()
        await expect(officer.locator("#log")).to_contain_text("Đã có người nhận")
        await officer.screenshot(path=shots / "officer-1280.png")
        await officer.reload()
        await expect(officer.locator("#log")).to_contain_text("Đã có người nhận")
        await reporter.reload()
        await expect(reporter.locator("#log")).to_contain_text("Chuyện anh/chị báo là: Bỏ mặc")
        await expect(reporter.locator("li.asked .options")).to_have_count(1)
        await reporter.get_by_role("button", name="Chuyện khác…").click()
        await expect(reporter.locator("#log")).to_contain_text("Chuyện gì đang xảy ra")
        await reporter.get_by_role("button", name="Nguy hiểm, tai nạn").click()
        await expect(reporter.locator("#log")).to_contain_text("Gần với chuyện nào nhất")
        await reporter.screenshot(path=shots / "reporter-again-360.png")
        await browser.close()


@pytest.mark.browser
async def test_quick_exit_leaves_nothing_in_the_page(program):
    _, _, address = program
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await (await browser.new_context()).new_page()
        await page.route("https://www.google.com/**", lambda route: route.fulfill(body="neutral"))
        await page.goto(address)
        await page.fill("#text", "co be o mot minh ngoai ho")
        await page.keyboard.press("Enter")
        await expect(page.locator("#log")).to_contain_text("Lúc này trẻ có đang gặp nguy hiểm")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Escape")
        await page.wait_for_url("https://www.google.com/**")
        await page.goto(address)
        await expect(page.locator("#log li")).to_have_count(0)
        await browser.close()


@pytest.mark.browser
async def test_a_message_written_without_network_goes_out_once_it_is_back(program):
    _, _, address = program
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(address)
        await context.set_offline(True)
        await page.fill("#text", "co be o mot minh ngoai ho")
        await page.keyboard.press("Enter")
        await expect(page.locator("#status")).to_contain_text("Đang mất mạng")
        await context.set_offline(False)
        await expect(page.locator("#log")).to_contain_text("Lúc này trẻ có đang gặp nguy hiểm")
        await expect(page.locator("li.mine small")).to_have_count(1)
        await browser.close()
