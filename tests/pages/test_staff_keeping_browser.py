"""Settings, chains and the roster in a real browser: sound on a phone and a desk, and without scripts."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from cases.model import Role
from storage.records.areas import AreaRow, Owners
from tests.pages.test_staff_browser import WIDTHS, chromium, come_in, picture, sound, window
from tests.support.office import DAI_LOC, ELSEWHERE, Office
from tests.support.pins import PIN

__all__ = ["chromium"]  # the fixture
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
LONG = "Nguyễn Thị Hồng " * 18 + "Lan"
VILLAGE = AreaRow("v1", "village", "Phú Mỹ", DAI_LOC, aliases=("xóm Trên",), landmark="chợ Mới")


@pytest_asyncio.fixture(loop_scope="module")
async def office(tmp_path, chromium):
    made = await Office.open(tmp_path)
    made.site._public._shutdown_timeout = 0.05
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("hai", Role.COLLABORATOR)):
        await made.hire(name, role, DAI_LOC)
    await made.hire("mai", Role.OFFICER, ELSEWHERE)
    async with made.site.store.transaction("test") as work:
        await work.areas.put([VILLAGE])
        await work.areas.set_owners(VILLAGE, Owners("Bác Ba", ""))
    yield made
    for context in chromium.contexts:
        await context.close()
    await made.close()


async def fits(page):
    """Nothing is wider than the screen."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def seen(page, name):
    await picture(page, name)
    await sound(page)
    await fits(page)


@pytest.mark.parametrize("width", WIDTHS)
async def test_settings_and_chains_are_sound_and_work(office, chromium, width):
    chu = await office.hire("chu", Role.LEADER, DAI_LOC)
    page = await come_in(office, await window(chromium, width), chu)
    await page.get_by_role("link", name="Cài đặt").click()
    await seen(page, f"settings-{width}")
    await page.get_by_role("link", name="Đổi thứ tự mức KHẨN CẤP").click()
    await page.get_by_label("Sau khi nhận tin, phút").first.fill("16")
    await seen(page, f"chain-{width}")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("muộn nhất sau 15 phút")
    await seen(page, f"chain-wrong-{width}")
    await page.get_by_label("Sau khi nhận tin, phút").first.fill("10")
    await page.get_by_role("group", name="Bước 1").get_by_label("hoa (cán bộ thay thế)").check()
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text("Đã ghi.")
    await expect(page.get_by_text("Ngay khi nhận tin: cán bộ bảo vệ trẻ em, hoa")).to_be_visible()
    await page.get_by_role("link", name="Đổi: Bắt đầu xác minh").click()
    await page.get_by_label("KHẨN CẤP, CHƯA RÕ").fill("9")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("từ 1 đến 2 giờ")
    await seen(page, f"setting-wrong-{width}")


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_roster_is_sound_and_works(office, chromium, width):
    chu = await office.hire("chu", Role.LEADER, DAI_LOC)
    page = await come_in(office, await window(chromium, width), chu)
    await page.get_by_role("link", name="Người và ca trực").click()
    await page.get_by_role("button", name="Sửa lan").click()
    await page.get_by_label("Tên").fill(LONG)
    await seen(page, f"person-{width}")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text("Đã ghi.")
    await seen(page, f"roster-{width}")
    await page.get_by_role("button", name="Sửa hai").click()
    await page.get_by_label("Phú Mỹ").check()
    await seen(page, f"collaborator-{width}")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await page.get_by_role("link", name="Thêm thôn").click()
    await page.get_by_label("Tên thôn").fill("phu my")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("đã có thôn gọi là phu my")
    await seen(page, f"village-wrong-{width}")
    await page.get_by_role("link", name="Về danh sách người").click()
    await page.get_by_role("button", name="Dừng quyền hoa").click()
    await seen(page, f"removal-{width}")
    await page.get_by_role("button", name="Dừng quyền", exact=True).click()
    await page.fill("#pin", PIN)
    await seen(page, f"pin-{width}")
    await page.get_by_role("button", name="Tiếp tục").click()
    await expect(page.get_by_role("button", name="Dừng quyền hoa")).to_have_count(0)
    await page.get_by_role("link", name="Mời người").click()
    await page.get_by_label("Người đó tên gì?").fill("Bác Tư")
    await seen(page, f"invite-{width}")
    await page.get_by_role("button", name="Tạo mã mời").click()
    await seen(page, f"invited-{width}")


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_city_sees_its_communes_and_an_administrator_all(office, chromium, width):
    tam = await office.hire("tam", Role.SUPERVISOR)
    page = await come_in(office, await window(chromium, width), tam)
    await seen(page, f"city-{width}")
    await page.get_by_role("link", name="Cài đặt").click()
    await seen(page, f"communes-{width}")
    await page.get_by_role("link", name="Hà Nha").click()
    await expect(page.get_by_role("link", name="Đổi: Bắt đầu xác minh")).to_have_count(0)
    ad = await office.hire("ad", Role.ADMIN)
    other = await window(chromium, width)
    await other.goto(f"{office.site.url}/dashboard#{await ad.token()}")
    await other.get_by_role("button", name="Đăng nhập").click()
    await other.get_by_role("link", name="Người và ca trực").click()
    await seen(other, f"roster-admin-{width}")


async def test_the_chain_can_be_changed_without_scripts(office, chromium):
    chu = await office.hire("chu", Role.LEADER, DAI_LOC)
    page = await come_in(office, await window(chromium), chu)
    plain = await chromium.new_context(java_script_enabled=False, viewport=WIDTHS[360])
    await plain.add_cookies(await page.context.cookies())
    page = await plain.new_page()
    await page.goto(f"{office.site.url}/dashboard/settings/chain.high?commune={DAI_LOC}")
    await page.locator("#after-1").fill("1")
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.get_by_text("Sau 1 giờ").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
async def test_readings_openings_and_the_pin_are_sound_and_work(office, chromium, width):
    code = await office.report()
    chu = await office.hire("chu", Role.LEADER, DAI_LOC)
    tam = await office.hire("tam", Role.SUPERVISOR)
    asks = await come_in(office, await window(chromium, width), tam)
    await asks.get_by_role("link", name="Mở hồ sơ ngoài phần việc của mình").click()
    await asks.get_by_label("Mã hồ sơ nào?").fill(code)
    await asks.get_by_label("Vì sao cần mở ngay?").fill(
        "người giữ việc không liên lạc được từ sáng"
    )
    await seen(asks, f"opening-{width}")
    await asks.get_by_role("button", name="Gửi yêu cầu").click()
    await asks.get_by_label("Việc này cần mã PIN").fill(PIN)
    await asks.get_by_role("button", name="Tiếp tục").click()
    await expect(asks.get_by_text("Đã gửi, đang chờ.")).to_be_visible()
    await seen(asks, f"opening-asked-{width}")
    page = await come_in(office, await window(chromium, width), chu)
    await page.goto(f"{office.site.url}/dashboard/opening")
    await seen(page, f"opening-theirs-{width}")
    await page.get_by_role("button", name="Đồng ý", exact=True).click()
    await page.get_by_label("Việc này cần mã PIN").fill(PIN)
    await page.get_by_role("button", name="Tiếp tục").click()
    await asks.goto(f"{office.site.url}/dashboard/case/{code}")
    await expect(asks.get_by_role("heading", name=f"Hồ sơ {code}")).to_be_visible()
    await page.goto(f"{office.site.url}/dashboard/reads")
    await seen(page, f"reads-{width}")
    await page.get_by_role("link", name="Mã PIN").click()
    await seen(page, f"pin-change-{width}")
