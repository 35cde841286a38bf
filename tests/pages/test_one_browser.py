"""What a browser already has is kept: its thread at a poster, its unsent words at a reload, an alert unseen."""

import json

import pytest
from playwright.async_api import expect

from tests.support.desk import DANGER, HELLO

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
POSTER = "/join/xa-20500"
NOBODY_LOOKS = "Object.defineProperty(document, 'hidden', { get: () => !window.looks })"
SOMEBODY_LOOKS = "window.looks = true; document.dispatchEvent(new Event('visibilitychange'))"


async def begins(desk, page):
    """The poster is pressed."""
    await page.goto(desk.site.url + POSTER)
    await page.get_by_role("button", name="Bắt đầu").click()
    await expect(page.locator("#join")).to_have_count(0)
    await desk.site.stage.settle()


async def test_a_poster_is_read_in_the_thread_of_the_reporter(desk):
    page = await desk.reporter()
    thread = await desk.session(page)
    await desk.say(page, "cán bộ đã trả lời")
    await begins(desk, page)
    await expect(page.locator("#log")).to_contain_text("cán bộ đã trả lời")
    await expect(page.locator("#log")).to_contain_text(DANGER)
    assert (await desk.session(page), await desk.sessions()) == (thread, 1)
    assert [one.get("payload") for one in await desk.site.came_in()] == [None, "xa-20500"]


async def test_an_officer_who_tries_a_poster_still_hears_alerts(desk):
    page = await desk.officer()
    thread = await desk.session(page)
    await begins(desk, page)
    await expect(page.locator("body.staff #log")).to_contain_text("cán bộ bảo vệ trẻ em")
    assert (await desk.session(page), await desk.sessions()) == (thread, 1)
    await desk.say(page, "báo việc", staff=True)
    await expect(page.locator("#log")).to_contain_text("báo việc")


async def test_the_poster_is_said_once_though_its_answer_was_lost(desk):
    page = await desk.reporter()
    lost = []

    async def lose(route):
        lost.append(await route.fetch())
        await route.abort()

    await page.route("**/api/chat/messages", lose, times=1)
    await page.goto(desk.site.url + POSTER)
    for many in (1, 1):
        await page.get_by_role("button", name="Bắt đầu").click()
        await expect(page.locator("#join:disabled")).to_have_count(0)
        assert len(lost) == many
    await expect(page.locator("#join")).to_have_count(0)
    assert [one["kind"] for one in await desk.site.came_in()] == ["text", "start"]


async def asked(page, act):
    """What the browser asks before this; the page stays."""
    kinds = []

    async def stay(dialog):
        kinds.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await act()
    page.remove_listener("dialog", stay)
    return kinds


async def test_a_reload_asks_before_it_loses_what_was_not_sent(desk):
    page = await desk.reporter()
    await page.route("**/api/chat/messages", lambda route: route.abort())
    await page.fill("#text", "nhà có cổng xanh")
    await page.keyboard.press("Enter")
    await expect(page.locator("li.unsent")).to_have_count(1)
    assert await asked(page, lambda: page.evaluate("location.reload()")) == ["beforeunload"]
    await page.unroute("**/api/chat/messages")
    await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận", timeout=15_000)
    assert [one["text"] for one in await desk.site.came_in()] == [HELLO, "nhà có cổng xanh"]
    assert await asked(page, page.reload) == []


async def test_a_file_that_waits_counts_and_leaving_never_asks(desk):
    page = await desk.reporter()
    await page.route("**/api/chat/media", lambda route: route.abort())
    await page.set_input_files(
        "#file", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    await expect(page.locator("li.unsent")).to_have_count(1)
    assert await asked(page, lambda: page.evaluate("location.reload()")) == ["beforeunload"]
    assert await asked(page, lambda: page.click("#exit")) == []
    await page.wait_for_url("https://www.google.com/**")


async def test_a_pull_of_the_thumb_loads_nothing_anew(desk):
    page = await desk.reporter()
    pull = "getComputedStyle(document.documentElement).overscrollBehaviorY"
    assert await page.evaluate(pull) == "none"


async def drawn(desk, thread):
    async with desk.site.store.reading("test") as work:
        return await work.webchat.seen(thread)


async def test_an_officers_page_that_opens_behind_others_has_drawn_nothing_for_anybody(desk):
    page = await desk.officer()
    thread = await desk.session(page)
    await page.goto("about:blank")
    async with desk.site.store.transaction("test") as work:
        alert = {"text": "báo việc", "staff": True}
        n = await work.webchat.append(thread, "alert", "say", alert)
    await page.add_init_script(NOBODY_LOOKS)
    async with page.expect_request("**/api/chat/events**") as line:
        await page.goto(desk.site.url)
    await expect(page.locator("#log")).to_contain_text("báo việc")
    assert (await line.value).url.endswith("after=0")
    assert await drawn(desk, thread) < n
    async with page.expect_response(f"**/api/chat/messages?after={n}"):
        await page.evaluate(SOMEBODY_LOOKS)
    assert await drawn(desk, thread) == n
    await expect(page.locator("#log li", has_text="báo việc")).to_have_count(1)


async def test_a_line_that_breaks_while_nobody_looks_does_not_say_that_an_alert_was_seen(desk):
    page = await desk.officer()
    thread = await desk.session(page)
    await page.add_init_script(NOBODY_LOOKS)
    told = []

    async def breaks(route):
        """One alert, and the line is gone."""
        told.append(await desk.say(page, "báo việc", staff=True))
        message = {"seq": told[0], "id": "a", "at": "2026-11-23T13:15:00Z", "text": "báo việc"}
        body = f"retry: 50\nevent: message\nid: {told[0]}\ndata: {json.dumps({**message, 'staff': True})}\n\n"
        await route.fulfill(content_type="text/event-stream", body=body)

    line = "**/api/chat/events**"
    await page.route(line, breaks, times=1)
    await page.reload()
    await expect(page.locator("#log")).to_contain_text("báo việc")
    async with page.expect_request(line) as again:
        pass
    assert "last-event-id" not in (await again.value).headers
    await desk.say(page, "việc thứ hai", staff=True)
    await expect(page.locator("#log")).to_contain_text("việc thứ hai")
    assert await drawn(desk, thread) < told[0]
    await expect(page.locator("#log li", has_text="báo việc")).to_have_count(1)
