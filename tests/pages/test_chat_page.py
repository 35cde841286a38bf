"""The chat page in a real browser, over the real program with a hand clock."""

import pytest
from playwright.async_api import expect

from tests.support.desk import DANGER, HELLO

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
LONG = "Một dòng chữ vừa phải cho màn hình nhỏ.\n" * 12


async def in_view(page, element):
    """(top, bottom) is inside the part of the page that scrolls."""
    box, view = await element.bounding_box(), await page.locator("main").bounding_box()
    top, bottom = box["y"] >= view["y"], box["y"] + box["height"] <= view["y"] + view["height"]
    return top, bottom


def choices(*options):
    return [{"option": one, "label": f"Nút {one}"} for one in options]


async def test_a_burst_is_read_from_its_beginning_and_a_short_one_to_its_end(desk):
    page = await desk.reporter()
    hello = page.locator("li.asked")
    assert (await in_view(page, hello))[0]
    await desk.presses(page, "Có, ngay bây giờ")
    place = page.locator("li.asked", has_text="Lúc này trẻ đang ở đâu")
    await expect(place).to_be_visible()
    assert await in_view(page, place) == (True, True)
    await desk.writes(page, "Ái Nghĩa")
    receipt = page.locator("li", has_text="Mã tin báo")
    await expect(page.locator("li.asked", has_text="Chuyện anh/chị báo là")).to_be_visible()
    assert await in_view(page, receipt) == (True, True)
    await desk.say(page, LONG)
    await desk.say(page, LONG + "hết")
    await expect(page.locator("li").last).to_contain_text("hết")
    assert await in_view(page, receipt) == (True, True)
    await expect(page.get_by_role("button", name="Xem tiếp phần dưới")).to_be_visible()


async def test_a_long_thread_opens_at_what_was_said_last(desk):
    page = await desk.reporter()
    for text in (LONG, LONG, "ngắn"):
        await desk.say(page, text)
    await page.reload()
    await expect(page.locator("li").last).to_have_text("ngắn")
    assert await in_view(page, page.locator("li").last) == (True, True)


async def test_only_the_four_numbers_are_links_and_text_stays_text(desk):
    page = await desk.reporter()
    await desk.say(
        page, "<b>113</b>, 115 (cấp cứu), 114; gọi 111. 1131 A113 113a 0905-111-222 116 x.111"
    )
    item = page.locator("li").last
    links = item.locator("a")
    await expect(links).to_have_text(["113", "115", "114", "111"])
    assert await links.evaluate_all("all => all.map((one) => one.getAttribute('href'))") == [
        "tel:113", "tel:115", "tel:114", "tel:111"
    ]  # fmt: skip
    await expect(item).to_contain_text("<b>113</b>")
    header = page.locator("header a[href^='tel:']")
    await expect(header).to_have_text(["Gọi 111", "Gọi 113"])


async def test_two_fresh_tabs_are_one_thread(desk):
    context = await desk.person()
    first, second = await context.new_page(), await context.new_page()
    for page in (first, second):
        await page.goto(desk.site.url)
    await desk.writes(first, HELLO)
    await desk.writes(second, "xóm trên")
    await expect(second.locator("#log")).to_contain_text(DANGER)
    assert await desk.sessions() == 1


@pytest.mark.parametrize("fault", [503, "no network"])
async def test_a_thread_that_cannot_be_asked_for_is_not_given_up(desk, fault):
    page = await desk.reporter()
    opened = []
    page.on("request", lambda one: opened.append(one.url) if one.url.endswith("/sessions") else 0)

    async def refuse(route):
        await (route.abort() if fault == "no network" else route.fulfill(status=503, body="{}"))

    await page.route("**/api/chat/messages?after=0", refuse)
    await page.reload()
    why = {503: ("Chưa nối được", "Chưa gửi được"), "no network": ("Đang mất mạng",) * 2}[fault]
    await expect(page.locator("#status")).to_contain_text(why[0])
    await page.fill("#text", "thêm một điều")
    await page.keyboard.press("Enter")
    await expect(page.locator("#status")).to_contain_text(why[1])
    await page.unroute("**/api/chat/messages?after=0")
    await expect(page.locator("li.mine small")).to_contain_text("Đã nhận")
    await expect(page.locator("#log")).to_contain_text(DANGER)
    await expect(page.locator("#status")).to_be_empty()
    assert opened == []
    assert await desk.sessions() == 1


async def test_a_stream_that_was_refused_is_opened_again(desk):
    page = await desk.reporter()
    stream = "**/api/chat/events**"
    await page.route(stream, lambda route: route.fulfill(status=503))
    async with page.expect_response(stream):
        await page.reload()
    async with page.expect_request(stream, timeout=10_000):
        await page.unroute(stream)
    await desk.say(page, "sau khi đứt")
    await expect(page.locator("#log")).to_contain_text("sau khi đứt")


async def test_leaving_without_network_is_made_good_before_anything_is_shown(desk):
    page = await desk.reporter()
    session = await desk.session(page)
    await page.route("**/api/chat/sessions", lambda route: route.abort())
    await page.click("#exit")
    await page.wait_for_url("https://www.google.com/**")
    await page.unroute("**/api/chat/sessions")
    asked = []
    page.on("request", lambda one: asked.append(one.method) if "/api/" in one.url else 0)
    await page.goto(desk.site.url)
    await expect(page.locator("#form")).to_be_visible()
    await desk.writes(page, "xin chào")
    await expect(page.locator("#log")).to_contain_text("Chào anh/chị")
    assert asked[0] == "DELETE"
    assert HELLO not in await page.locator("#log").inner_text()
    assert session != await desk.session(page)
    async with desk.site.store.reading("test") as work:
        assert not await work.webchat.is_open(session)
    assert "left" not in [one["name"] for one in await page.context.cookies()]


async def test_the_word_leaves_the_page_and_every_other_tab_of_it(desk):
    page = await desk.reporter()
    other = await page.context.new_page()
    await other.goto(desk.site.url)
    await expect(other.locator("#log")).to_contain_text(DANGER)
    await page.fill("#text", " Thoát. ")
    await page.keyboard.press("Enter")
    for one in (page, other):
        await one.wait_for_url("https://www.google.com/**")


async def test_the_page_leaves_when_the_server_says_so(desk):
    page = await desk.reporter()
    session = await desk.session(page)
    await desk.say(page, "Đã kết thúc. Cảm ơn bạn.", exit=True)
    await page.wait_for_url("https://www.google.com/**")
    await page.goto(desk.site.url)
    await expect(page.locator("#hint")).to_be_visible()
    await expect(page.locator("#log li")).to_have_count(0)
    async with desk.site.store.reading("test") as work:
        assert not await work.webchat.is_open(session)


async def test_the_last_line_of_an_exit_is_never_drawn_again(desk):
    page = await desk.reporter()
    await page.goto("about:blank")
    await desk.say(page, "Đã kết thúc.", exit=True)
    await page.goto(desk.site.url)
    await desk.writes(page, "xin chào")
    await expect(page.locator("#log")).to_contain_text("Chào anh/chị")
    assert "kết thúc" not in await page.locator("#log").inner_text()


async def test_an_officers_page_asks_before_it_gives_up_the_address(desk):
    page = await desk.officer()
    await page.click("#exit")
    await expect(page.get_by_role("dialog")).to_contain_text("máy này không nhận báo việc nữa")
    await page.get_by_role("button", name="Ở lại").click()
    assert await desk.session(page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page.locator("#log")).to_be_hidden()
    await expect(page.locator("#hint")).to_be_visible()
    await page.locator("main").click()
    await expect(page.locator("#log")).to_be_visible()
    await desk.writes(page, "thoát")
    await expect(page.locator("#log")).to_be_visible()
    await page.click("#exit")
    await page.get_by_role("button", name="Vẫn thoát").click()
    await page.wait_for_url("https://www.google.com/**")
    await desk.forgotten(page)


async def test_an_alert_is_noticed_on_a_page_that_nobody_looks_at(desk):
    page = await desk.officer()
    await desk.say(page, "Việc mới.", staff=True)
    await expect(page.locator("#log")).to_contain_text("Việc mới")
    assert await page.title() == "Trò chuyện"
    await page.evaluate("window.away = true; window.heard = []")
    await desk.say(page, "Việc mới nữa.", staff=True)
    await expect(page).to_have_title("(1) Trò chuyện")
    await page.wait_for_function("heard.join(' ') === 'vibration tone tone'")
    await page.evaluate("window.away = false; window.dispatchEvent(new Event('focus'))")
    await expect(page).to_have_title("Trò chuyện")


async def test_a_reporters_page_never_makes_a_sound(desk):
    page = await desk.reporter()
    await page.evaluate("window.away = true")
    await desk.say(page, "Cập nhật.")
    await expect(page.locator("#log")).to_contain_text("Cập nhật")
    assert await page.title() == "Trò chuyện"
    assert await page.evaluate("heard") == []


async def test_a_pressed_question_is_pressed_once_and_a_card_keeps_its_buttons(desk):
    page = await desk.reporter()
    card = await desk.say(page, "Hồ sơ", prompt="p", choices=choices("ack", "open"))
    await desk.say(page, "Hỏi?", question="q", prompt="x", choices=choices("a", "b"))
    await expect(page.get_by_role("button", name="Có, ngay bây giờ")).to_have_count(0)
    asked = page.locator("li.asked .options button")
    sent = []
    page.on("request", lambda one: sent.append(one.post_data) if one.method == "POST" else 0)
    await page.get_by_role("button", name="Nút a", exact=True).dblclick()
    await expect(asked.first).to_be_disabled()
    await expect(asked.last).to_be_disabled()
    await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
    assert len(sent) == 1
    await desk.say(
        page, "Hồ sơ mới", op="edit", target=str(card), prompt="p", choices=choices("safe")
    )
    await expect(page.get_by_role("button", name="Nút safe")).to_be_visible()
    await expect(page.get_by_role("button", name="Nút a", exact=True)).to_have_count(0)
    await expect(page.locator("#log")).not_to_contain_text("Nút ack")


async def test_the_text_box_grows_counts_and_gives_back_what_was_refused(desk):
    page = await desk.reporter()
    box, status = page.locator("#text"), page.locator("#status")
    small = (await box.bounding_box())["height"]
    await box.fill("một\nhai\nba\nbốn\nnăm\nsáu\nbảy\ntám")
    assert small < (await box.bounding_box())["height"] <= 144
    await expect(page.locator("#count")).to_be_hidden()
    await box.fill("😀" * 4001)
    await expect(page.locator("#count")).to_have_text("4.001 / 4.000")
    await page.keyboard.press("Enter")
    await expect(status).to_contain_text("4.000")
    assert len(await box.input_value()) == 4001
    await box.fill("😀" * 4000)
    await expect(status).to_be_empty()
    await page.keyboard.press("Enter")
    await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
    assert (await box.bounding_box())["height"] == small
    await page.route("**/api/chat/messages", lambda route: route.fulfill(status=413, body="{}"))
    await box.fill("điều tôi thấy")
    await page.keyboard.press("Enter")
    await expect(status).to_contain_text("4.000")
    await expect(box).to_have_value("điều tôi thấy")
    await expect(page.locator("li.mine")).to_have_count(2)


async def test_without_javascript_there_is_a_way_out_and_nothing_that_does_not_work(desk):
    page = await (await desk.person(java_script_enabled=False)).new_page()
    for path in ("/", "/join/ABCDEFGHJKMNPQRS"):
        await page.goto(desk.site.url + path)
        assert await page.locator("#exit").get_attribute("href") == "https://www.google.com/"
        for dead in ("#form", "#hint", "#join"):
            assert not await page.locator(dead).is_visible()
    await page.click("#exit")
    await page.wait_for_url("https://www.google.com/**")


async def test_the_page_is_built_for_a_screen_reader_and_a_keyboard(desk):
    page = await desk.reporter()
    for role, name in (
        ("log", "Cuộc trò chuyện"),
        ("banner", None),
        ("main", None),
        ("contentinfo", None),
    ):
        await expect(page.get_by_role(role, **({"name": name} if name else {}))).to_have_count(1)
    parts = await page.evaluate("[...document.body.children].map((one) => one.tagName)")
    assert parts == ["HEADER", "MAIN", "FOOTER", "DIALOG", "SCRIPT"]
    assert await page.evaluate(
        "[...document.querySelectorAll('#log li')].every((one) => one.parentNode.tagName === 'OL')"
    )
    assert await page.evaluate("document.querySelectorAll('[style], [onclick]').length") == 0
    names = (
        "[...document.querySelectorAll('button, a, textarea')].filter((one) => one.offsetParent)"
    )
    small = (
        names
        + ".filter((one) => one.closest('header, .options, footer') && one.offsetHeight < 44).length"
    )
    assert await page.evaluate(small) == 0
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Có, ngay bây giờ").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
    await expect(page.locator("li.mine")).to_have_count(2)
    await desk.site.stage.settle()
    question = page.locator("li.asked", has_text="Lúc này trẻ đang ở đâu")
    await expect(question).to_be_focused()
    await page.get_by_role("button", name="Quay lại").focus()
    await page.keyboard.press("Enter")
    await page.locator("#text").focus()
    await desk.say(page, "Hỏi?", question="q", prompt="x", choices=choices("a"))
    await expect(page.get_by_role("button", name="Nút a")).to_be_visible()
    await expect(page.locator("#text")).to_be_focused()
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


async def test_sharing_the_place_comes_first_and_the_exit_is_no_answer(desk):
    spot = {"latitude": 15.88, "longitude": 108.11}
    page = await desk.reporter(geolocation=spot, permissions=["geolocation"])
    await expect(page.locator("li.asked .options")).not_to_contain_text("Thoát")
    await desk.presses(page, "Có, ngay bây giờ")
    await expect(page.locator("li.asked .options button")).to_have_text(
        ["Gửi vị trí", "Bỏ qua", "Quay lại"]
    )
    wide, small = [
        (await page.get_by_role("button", name=one).bounding_box())["width"]
        for one in ("Gửi vị trí", "Bỏ qua")
    ]
    assert small < wide / 2
    await desk.presses(page, "Gửi vị trí")


async def test_the_language_link_turns_the_page_and_the_talk(desk):
    page = await desk.reporter()
    await page.get_by_role("link", name="English").click()
    await page.wait_for_url("**/?lang=en")
    await desk.site.stage.settle()
    await expect(page.locator("#log")).to_contain_text("right now?")
    await expect(page.locator("#text")).to_have_attribute("placeholder", "Write a message")
    fresh = await (await desk.person()).new_page()
    await fresh.goto(desk.site.url)
    await fresh.get_by_role("link", name="English").click()
    await fresh.wait_for_url("**/?lang=en")
    assert await desk.sessions() == 1


async def test_an_invitation_speaks_to_the_officer_and_a_poster_to_a_reporter(desk):
    page = await (await desk.person()).new_page()
    await page.goto(f"{desk.site.url}/join/ABCDEFGHJKMNPQRS")
    await expect(page.locator("main")).to_contain_text("Anh/chị được mời nhận việc ở đây.")
    await expect(page.locator("#hint")).to_be_hidden()
    await expect(page.locator("#text")).to_be_hidden()
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("main")).to_contain_text("You have been invited to work here.")
    assert "/join/ABCDEFGHJKMNPQRS" in page.url
    await page.goto(f"{desk.site.url}/join/xa-20500")
    await expect(page.locator("#hint")).to_be_visible()
    await desk.writes(page, HELLO)  # writing is as good as pressing: the poster's commune is kept
    await expect(page.locator("#log")).to_contain_text("Đại Lộc")
    assert await desk.sessions() == 1


async def test_only_an_officers_cookie_outlives_the_browser(desk):
    for page, kept in ((await desk.officer(), True), (await desk.reporter(), False)):
        (cookie,) = [one for one in await page.context.cookies() if one["name"] == "chat"]
        assert (cookie["expires"] > 0) is kept
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0


async def test_the_page_stays_light(desk):
    sizes = []
    page = await (await desk.person()).new_page()

    async def weigh(answer):
        if not answer.url.endswith(".woff2") and "/api/" not in answer.url:
            sizes.append(len(await answer.body()))

    page.on("response", weigh)
    await page.goto(f"{desk.site.url}/join/ABCDEFGHJKMNPQRS")
    await page.wait_for_load_state("networkidle")
    assert len(sizes) >= 5  # the page, its words, two scripts, two styles
    assert sum(sizes) < 60_000


async def test_the_server_knows_more_forms_of_the_word(desk):
    page = await desk.reporter()
    await page.fill("#text", "/thoat@annhi")
    await page.keyboard.press("Enter")
    await expect(page.locator("li.mine")).to_have_count(2)
    await expect(page.locator("li.mine small").last).to_contain_text("Đã nhận")
    await desk.site.stage.settle()
    await page.wait_for_url("https://www.google.com/**", timeout=5000)
