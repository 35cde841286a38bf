"""The pages of staff in a real browser: no violation, no script needed but at the door, no mouse."""

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from cases.model import Role
from handlers.flows.act_forms import ACT_FORMS
from tests.support.office import DAI_LOC, Office

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
AXE = Path(__file__).parents[1] / "support" / "axe.min.js"
SHOTS = Path(__file__).parent / "shots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {360: {"width": 360, "height": 740}, 1280: {"width": 1280, "height": 900}}
STORY = (
    "Tối qua em nghe tiếng trẻ khóc bên nhà hàng xóm, kéo dài chừng nửa tiếng. "
    "Sáng nay thấy cháu bé đứng ngoài hiên một mình, tay có vết bầm."
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    SHOTS.mkdir(exist_ok=True)
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def office(tmp_path, chromium):
    made = await Office.open(tmp_path)
    made.site._public._shutdown_timeout = 0.05
    yield made
    for context in chromium.contexts:
        await context.close()
    await made.close()


async def window(chromium, width=360, **options):
    """An empty browser; axe may be put into its pages."""
    context = await chromium.new_context(
        viewport=WIDTHS[width], bypass_csp=True, **{"locale": "vi-VN", **options}
    )
    return await context.new_page()


async def come_in(office, page, staff):
    """By the link of the chat, as a person does."""
    await page.goto(f"{office.site.url}/dashboard#{await staff.token()}")
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page.get_by_role("heading", name="Việc", exact=True)).to_be_visible()
    return page


async def sound(page):
    """Nothing that axe would object to."""
    await page.add_script_tag(path=AXE)
    found = await page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


async def picture(page, name):
    await page.screenshot(path=SHOTS / f"staff-{name}.png", full_page=True)


async def busy(office):
    """An officer with three cases: one in work, one overdue, one that came just now."""
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    await office.hire("chu", Role.LEADER, DAI_LOC)
    first = await office.report(STORY)
    await lan.sign_in()
    await lan.does(await lan.opens(first), "acknowledge")
    note = await lan.get(f"/dashboard/case/{first}/note")
    await lan.does(note, "note", what="call", text__words="Đã gọi cô giáo, cháu nghỉ học hai ngày.")
    office.site.stage.clock.advance(timedelta(hours=13))
    await office.site.stage.settle()
    return (
        lan,
        first,
        await office.report("chau be di lac gan cho"),
        await office.report("be bi danh"),
    )


@pytest.mark.parametrize("width", WIDTHS)
async def test_every_page_is_sound_and_is_pictured(office, chromium, width):
    lan, code, *_ = await busy(office)
    page = await window(chromium, width)
    await page.goto(f"{office.site.url}/dashboard#{await lan.token()}")
    await sound(page)
    await picture(page, f"sign-in-{width}")
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page.locator("table tbody tr")).to_have_count(3)
    await sound(page)
    await picture(page, f"list-{width}")
    await page.get_by_role("link", name=code).click()
    await expect(page.get_by_role("heading", name=code)).to_be_visible()
    await page.locator("summary").click()
    await sound(page)
    await picture(page, f"case-{width}")
    await page.get_by_role("link", name="Biện pháp khẩn cấp").click()
    await sound(page)
    await picture(page, f"form-{width}")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await sound(page)
    await picture(page, f"form-wrong-{width}")
