"""Every state of the page, looked at by axe and kept as pictures for people to look at."""

import pytest
from playwright.async_api import expect

from handlers.papers.public import _code
from tests.support.axe import violations
from tests.support.desk import DANGER, shot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SIZES = {360: {"width": 360, "height": 740}, 1280: {"width": 1280, "height": 800}}
SMALL = """() => [...document.querySelectorAll("button, input:not([type=file]), textarea, a")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("#list p"))
  .filter((one) => one.offsetHeight < 48 || one.offsetWidth < 44).map((one) => one.outerHTML)"""


async def looks_right(page, name):
    """For a screen reader, a thumb, and a screen of this size."""
    await shot(page, name)
    assert await violations(page) == []
    assert await page.evaluate(SMALL) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert await page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Thoát')")


@pytest.mark.parametrize("wide", SIZES)
@pytest.mark.parametrize(
    ("path", "name"), [("/", "first"), ("/?lang=en", "english"), ("/join/ABCDEFGHJKMNPQRS", "join")]
)
async def test_a_page_before_the_first_word(desk, wide, path, name):
    page = await (await desk.person(viewport=SIZES[wide])).new_page()
    await page.goto(desk.site.url + path)
    await expect(page.locator("#join" if "join" in path else "#begin")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await looks_right(page, f"{name}-{wide}")


@pytest.mark.parametrize("wide", SIZES)
async def test_a_report_from_the_first_question_to_the_receipt(desk, wide):
    page = await desk.reporter(viewport=SIZES[wide])
    await looks_right(page, f"question-{wide}")
    await desk.presses(page, "Có, ngay bây giờ")
    await desk.writes(page, "Ái Nghĩa")
    await expect(page.locator("#log")).to_contain_text("Chuyện anh/chị báo là")
    await looks_right(page, f"receipt-{wide}")


@pytest.mark.parametrize("wide", SIZES)
async def test_an_officers_page_with_a_case(desk, wide):
    page = await desk.officer(viewport=SIZES[wide])
    reporter = await desk.reporter()
    await desk.presses(reporter, "Có, ngay bây giờ")
    await desk.writes(reporter, "Ái Nghĩa")
    await expect(page.locator("#log")).to_contain_text("Việc mới")
    await looks_right(page, f"alert-{wide}")
    await desk.presses(page, "Tôi nhận")
    await expect(page.locator("#log")).to_contain_text("Người phụ trách")
    await looks_right(page, f"case-{wide}")
    await page.click("#exit")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await looks_right(page, f"sure-{wide}")


async def test_a_phone_that_is_dark_at_night_stays_dark(desk):
    page = await desk.reporter(viewport=SIZES[360], color_scheme="dark")
    await desk.presses(page, "Có, ngay bây giờ")
    await page.context.set_offline(True)
    await page.fill("#text", "nhà có cổng xanh")
    await page.keyboard.press("Enter")
    await expect(page.locator("#status")).to_contain_text("Đang mất mạng")
    await looks_right(page, "dark-360")
    bright = (
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).some((one) => one > 64)"
    )
    assert not await page.evaluate(bright)


async def test_who_would_rather_not_write_is_asked_the_first_question_by_one_press(desk):
    page = await (await desk.person()).new_page()
    await page.goto(desk.site.url)
    await desk.presses(page, "Bắt đầu")
    await desk.site.stage.settle()
    await expect(page.locator("#log")).to_contain_text(DANGER)
    await expect(page.locator("#begin")).to_be_hidden()


async def test_the_smallest_phones_keep_exit_and_help_in_the_first_row(desk):
    page = await desk.reporter(viewport={"width": 300, "height": 480})
    tops = [
        (await page.locator(one).bounding_box())["y"]
        for one in ("#exit", "header .call >> nth=0", "header .call >> nth=1")
    ]
    assert len(set(tops)) == 1
    await looks_right(page, "question-300")


@pytest.mark.parametrize("wide", SIZES)
async def test_a_picture_stands_under_its_words_and_is_named_for_who_cannot_see_it(desk, wide):
    page = await desk.reporter(viewport=SIZES[wide])
    png = _code("https://annhi.example/join/xa-20500")
    await page.route("**/qr/20500.png", lambda one: one.fulfill(body=png, content_type="image/png"))
    await desk.say(page, "Đây là mã QR của Đại Lộc.", media="qr/20500.png")
    image = page.get_by_role("img", name="Hình của tin nhắn này")
    await expect(image).to_be_visible()
    assert await image.evaluate("one => one.decode().then(() => one.naturalWidth > 400)")
    await looks_right(page, f"picture-{wide}")
