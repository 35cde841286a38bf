"""Leaving in a hurry: the page is gone, what it knew is gone, and no button brings it back."""

import pytest
from playwright.async_api import expect

from tests.support.desk import DANGER, HELLO, shot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
NEUTRAL = "https://www.google.com/**"
KEPT = "() => localStorage.length + sessionStorage.length + document.cookie.length"


async def test_leaving_clears_the_cookie_and_nothing_was_ever_stored(desk):
    page = await desk.reporter()
    assert await page.evaluate(KEPT) == 0  # the one cookie cannot be read by a script
    await page.click("#exit")
    await page.wait_for_url(NEUTRAL)
    await desk.forgotten(page)
    await page.goto(desk.site.url)
    await expect(page.locator("#begin")).to_be_visible()
    await expect(page.locator("#log li")).to_have_count(0)
    assert await page.evaluate(KEPT) == 0
    assert await page.context.cookies() == []


@pytest.mark.parametrize("online", [True, False])
async def test_the_back_button_brings_nothing_back(desk, online):
    page = await desk.reporter()
    await page.goto(f"{desk.site.url}/static/dot.svg")
    await page.goto(desk.site.url)
    await expect(page.locator("#log")).to_contain_text(DANGER)
    if not online:
        await page.route("**/api/chat/sessions", lambda route: route.abort())
    await page.click("#exit")
    await page.wait_for_url(NEUTRAL)
    if online:
        await desk.forgotten(page)
    else:
        await page.unroute("**/api/chat/sessions")
    await page.go_back()
    assert page.url.endswith("/static/dot.svg")
    await page.go_back()
    await expect(page.locator("#begin")).to_be_visible()
    await expect(page.locator("#log li")).to_have_count(0)
    assert HELLO not in await page.content()


async def test_a_page_that_the_browser_keeps_for_its_back_button_is_empty(desk):
    page = await desk.reporter()
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    await expect(page.locator("#log")).to_be_hidden()
    await expect(page.locator("#exit")).to_be_hidden()
    async with page.expect_navigation():
        await page.evaluate(
            "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
        )
    await expect(page.locator("#log")).to_contain_text(DANGER)  # it was not left: it is drawn again


async def test_the_key_is_named_where_there_are_keys(desk):
    page = await desk.reporter(viewport={"width": 1280, "height": 800})
    await expect(page.locator(".keys")).to_contain_text("Esc hai lần")
    assert await page.locator("#exit").get_attribute("aria-keyshortcuts") == "Escape"
    await page.keyboard.press("Escape")
    await page.keyboard.press("a")
    await page.keyboard.press("Escape")
    await expect(page.locator("#log")).to_contain_text(DANGER)
    await page.keyboard.press("Escape")
    await page.wait_for_url(NEUTRAL)


async def inside(page, name, height):
    box = await page.locator(name).bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= height


@pytest.mark.parametrize("height", [330, 240])
async def test_the_exit_stays_in_sight_above_a_keyboard_that_makes_the_page_smaller(desk, height):
    page = await desk.reporter()
    await page.locator("#text").focus()
    await page.set_viewport_size({"width": 360, "height": height})
    for name in ("#exit", "#text"):
        assert await inside(page, name, height), name


async def test_the_exit_stays_in_sight_above_a_keyboard_that_covers_the_page(desk):
    page = await desk.reporter()
    await page.locator("#text").focus()
    cover = """(height) => {
      Object.defineProperty(visualViewport, "height", { get: () => height, configurable: true });
      visualViewport.dispatchEvent(new Event("resize"));
    }"""
    await page.evaluate(cover, 330)
    for name in ("#exit", "#text"):
        assert await inside(page, name, 330), name
    await shot(page, "keyboard-360")
    await page.evaluate(cover, 640)
    box = await page.locator("footer").bounding_box()
    assert box["y"] + box["height"] == 640


async def test_what_waits_is_gone_with_the_page(desk):
    page = await desk.reporter()
    await page.context.set_offline(True)
    await page.fill("#text", "điều chưa gửi")
    await page.keyboard.press("Enter")
    await expect(page.locator("li.unsent")).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.wait_for_url(NEUTRAL)
    await page.context.set_offline(False)
    await page.goto(desk.site.url)
    await expect(page.locator("#begin")).to_be_visible()
    await expect(page.locator("#log li")).to_have_count(0)
    assert "điều chưa gửi" not in [one.get("text") for one in await desk.site.came_in()]
