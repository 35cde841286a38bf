"""The pictures of the officers' handbook, taken from their own screens; `--rewrite` puts them into docs."""

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from cases.model import Role
from tests.support.office import DAI_LOC, Office

ROOT = Path(__file__).parents[2]
PHONE = {"width": 360, "height": 740}
STORY = (
    "Tối qua nghe tiếng cháu bé khóc bên nhà hàng xóm, sáng nay thấy cháu đứng ngoài hiên một mình."
)


@pytest_asyncio.fixture(loop_scope="module")
async def office(tmp_path, chromium):
    made = await Office.open(tmp_path)
    made.site._public._shutdown_timeout = 0.05
    yield made
    for context in chromium.contexts:
        await context.close()
    await made.close()


async def _press(office, page, label):
    """A button of the chat; what follows from it is worked on before we look."""
    async with page.expect_response("**/api/chat/messages"):
        await page.get_by_role("button", name=label, exact=True).last.click()
    await office.site.stage.settle()


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
async def test_the_handbook_shows_what_an_officer_sees(office, chromium, request):
    folder = ROOT / "docs" / "pictures"
    if not request.config.getoption("--rewrite"):
        folder = Path(__file__).parent / "shots"
        folder.mkdir(exist_ok=True)
    lan = await office.hire("Lan", Role.OFFICER, DAI_LOC)
    await office.hire("Hoa", Role.DEPUTY, DAI_LOC)
    context = await chromium.new_context(viewport=PHONE, locale="vi-VN")
    token = lan.header["Authorization"].split()[1]
    await context.add_cookies([{"name": "chat", "value": token, "url": office.site.url}])
    chat = await context.new_page()
    await chat.goto(office.site.url)
    code = await office.report(STORY)
    await expect(chat.locator("#log")).to_contain_text(f"Việc mới {code}")
    await chat.screenshot(path=folder / "vi-alert.png")
    await _press(office, chat, "Tôi nhận")
    await expect(chat.locator("#log")).to_contain_text("Người phụ trách")
    await chat.locator("#log li").last.evaluate("one => one.scrollIntoView({block: 'end'})")
    await chat.screenshot(path=folder / "vi-card.png")
    page = await context.new_page()
    await page.goto(f"{office.site.url}/dashboard#{await lan.token()}")
    await page.get_by_role("button", name="Đăng nhập").click()
    await page.get_by_role("link", name=code).click()
    await expect(page.get_by_role("heading", name=code)).to_be_visible()
    await page.screenshot(path=folder / "vi-case-page.png")
    await office.site.stage.pass_time(timedelta(hours=11, minutes=20))  # to the next morning
    await chat.bring_to_front()
    morning = chat.locator("#log li", has_text="Việc của tôi").last
    await morning.evaluate("one => one.scrollIntoView({block: 'center'})")
    await chat.screenshot(path=folder / "vi-digest.png")


def test_every_picture_of_the_handbook_is_there_and_small():
    text = (ROOT / "docs" / "vi" / "README.md").read_text("utf-8")
    named = [part.split(")")[0] for part in text.split("](../pictures/")[1:]]
    assert len(named) >= 4
    for name in named:
        assert 10_000 < (ROOT / "docs" / "pictures" / name).stat().st_size < 150_000, name
