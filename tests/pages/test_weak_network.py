"""A weak network: what was written waits in sight, and arrives once and in order."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.support.axe import violations
from tests.support.desk import DANGER, HELLO, shot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
WORDS = ["nhà có cổng xanh", "cháu đang khóc", "có người lạ"]
LATE = "Chưa gửi được, sẽ tự gửi lại"
POST = "**/api/chat/messages"


async def writes(page, *words):
    for text in words:
        await page.fill("#text", text)
        await page.keyboard.press("Enter")


async def arrived(page, many):
    await expect(page.locator("li.mine.unsent")).to_have_count(0, timeout=15_000)
    await expect(page.locator("li.mine small", has_text="Đã nhận")).to_have_count(many)


async def texts(desk):
    return [one["text"] for one in await desk.site.came_in() if one["kind"] == "text"]


async def test_without_network_words_wait_in_sight_and_go_out_once_in_order(desk):
    page = await desk.reporter()
    await page.context.set_offline(True)
    await expect(page.locator("#status")).to_contain_text("Đang mất mạng")
    await expect(page.locator("#status")).to_contain_text("111")
    await writes(page, *WORDS)
    await expect(page.locator("li.unsent small")).to_have_text([LATE] * 3)
    await shot(page, "offline-360")
    assert await violations(page) == []
    assert await texts(desk) == [HELLO]
    await page.context.set_offline(False)
    await arrived(page, 4)
    await expect(page.locator("#status")).to_be_empty()
    assert await texts(desk) == [HELLO, *WORDS]


async def test_an_answer_that_is_lost_on_its_way_back_has_no_second_effect(desk):
    page = await desk.reporter()
    lost = []

    async def lose(route):
        if len(lost) < 2:
            lost.append(await route.fetch())
            await route.abort()
        else:
            await route.continue_()

    await page.route(POST, lose)
    await writes(page, *WORDS)
    await arrived(page, 4)
    assert [one.status for one in lost] == [202, 202]
    assert await texts(desk) == [HELLO, *WORDS]


async def test_a_busy_server_is_asked_again_and_the_words_stay_in_order(desk):
    page = await desk.reporter()
    refused, calm = [], []

    async def busy(route):
        if calm:
            await route.continue_()
        else:
            refused.append(route.request.post_data)
            await route.fulfill(status=503, body="{}")

    await page.route(POST, busy)
    await writes(page, *WORDS)
    await expect(page.locator("#status")).to_contain_text("Chưa gửi được")
    await expect(page.locator("li.unsent small")).to_have_text([LATE] * 3)
    calm.append(True)  # not before this was seen, however slow the machine is
    await arrived(page, 4)
    await expect(page.locator("#status")).to_be_empty()
    assert refused
    assert await texts(desk) == [HELLO, *WORDS]


async def test_a_press_without_network_is_one_press(desk):
    page = await desk.reporter()
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Không chắc").dblclick()
    await expect(page.locator("li.unsent small")).to_have_text([LATE])
    await page.context.set_offline(False)
    await arrived(page, 2)
    pressed = [one for one in await desk.site.came_in() if one["kind"] == "choice"]
    assert [one["option"] for one in pressed] == ["unsure"]


async def test_the_first_words_of_all_wait_too_and_open_one_thread(desk):
    page = await (await desk.person()).new_page()
    await page.goto(desk.site.url)
    await page.context.set_offline(True)
    await writes(page, HELLO, *WORDS)
    await page.context.set_offline(False)
    await arrived(page, 4)
    assert await desk.sessions() == 1
    assert await texts(desk) == [HELLO, *WORDS]


async def test_two_tabs_without_network_send_each_word_once(desk):
    first = await desk.reporter()
    second = await first.context.new_page()
    await second.goto(desk.site.url)
    await expect(second.locator("#log")).to_contain_text(DANGER)
    await first.context.set_offline(True)
    await writes(first, *WORDS)
    await writes(second, "từ trang thứ hai")
    await first.context.set_offline(False)
    await arrived(first, 4)
    await arrived(second, 1)
    assert await desk.sessions() == 1
    came = await texts(desk)
    assert [one for one in came if one in WORDS] == WORDS
    assert sorted(came) == sorted([HELLO, *WORDS, "từ trang thứ hai"])


async def test_two_phones_at_once_are_two_threads_and_every_word_arrives_once(desk):
    first, second = await desk.reporter(), await desk.reporter()
    for page in (first, second):
        await page.context.set_offline(True)
    for word in WORDS:
        await writes(first, f"1 {word}")
        await writes(second, f"2 {word}")
    for page in (first, second):
        await page.context.set_offline(False)
    for page in (first, second):
        await arrived(page, 4)
    assert await desk.sessions() == 2
    came = await texts(desk)
    for n in "12":
        assert [one[2:] for one in came if one.startswith(n)] == WORDS
    assert len(came) == 8


async def test_a_phone_that_slept_sends_and_hears_when_it_wakes(desk):
    page = await desk.reporter()
    await page.clock.install()
    await page.reload()
    await expect(page.locator("#log")).to_contain_text(DANGER)
    await page.route("**/api/**", lambda route: route.abort())
    await writes(page, WORDS[0])
    await expect(page.locator("li.unsent small")).to_have_text([LATE])
    await page.clock.fast_forward("20:00")
    await desk.say(page, "trong khi ngủ")
    await page.unroute("**/api/**")
    await page.clock.fast_forward("01:00")
    await arrived(page, 1)
    await expect(page.locator("#log")).to_contain_text("trong khi ngủ")
    assert await texts(desk) == [HELLO, WORDS[0]]


async def test_a_line_that_died_in_sleep_without_knowing_is_given_up(desk):
    page = await desk.reporter()
    line = "**/api/chat/events**"
    await page.clock.install()
    await page.route(line, lambda _: None)  # never answered
    async with page.expect_request(lambda one: re.search(r"messages.after=[1-9]\d*$", one.url)):
        await page.reload()  # until it has said what it has drawn
    await desk.say(page, "trong khi ngủ")
    await page.unroute(line)
    await page.clock.fast_forward("01:00")
    await expect(page.locator("#log")).to_contain_text("trong khi ngủ")


async def test_a_tab_that_nobody_looks_at_holds_no_line_and_catches_up_when_it_is_seen(desk):
    page = await desk.reporter()
    await page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.aside })")
    look = "(aside) => { window.aside = aside; document.dispatchEvent(new Event('visibilitychange')); }"
    line = "/api/chat/events"
    async with page.expect_event("requestfailed", lambda one: line in one.url):
        await page.evaluate(look, True)
    await desk.say(page, "lúc không ai nhìn")
    async with page.expect_request(lambda one: line in one.url):
        await page.evaluate(look, False)
    await expect(page.locator("#log")).to_contain_text("lúc không ai nhìn")


async def test_a_thread_that_opens_late_is_explained_and_what_was_written_arrives(desk):
    page = await (await desk.person()).new_page()
    await page.goto(desk.site.url)
    asked, on = [], asyncio.Event()

    async def crowded(route):
        asked.append(route)
        await on.wait()
        await route.continue_()

    await page.route("**/api/chat/sessions", crowded)
    await writes(page, HELLO)
    await expect(page.locator("#status")).to_contain_text("nhiều người cùng nhắn")
    await expect(page.locator("#status")).to_contain_text("111")
    assert await violations(page) == []
    on.set()
    await arrived(page, 1)
    await expect(page.locator("#status")).to_be_empty()
    assert await texts(desk) == [HELLO]
    assert len(asked) == 1
