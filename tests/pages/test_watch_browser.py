"""What an administrator sees of the watch, in a real browser: sound on a phone and on a desk, and it works."""

from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import expect

from cases.model import Role
from storage.health import PASS, Violation
from tests.pages.test_staff_browser import WIDTHS, chromium, picture, sound, window
from tests.support.office import DAI_LOC, Office

__all__ = ["chromium"]  # the fixture
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def office(tmp_path, chromium):
    made = await Office.open(tmp_path)
    made.site._public._shutdown_timeout = 0.05
    await made.hire("lan", Role.OFFICER, DAI_LOC)
    yield made
    for context in chromium.contexts:
        await context.close()
    await made.close()


async def bad(office):
    """Everything that can be wrong is, and a rehearsal went as far as the officer's page."""
    async with office.site.store.transaction("test") as work:
        since = work.now - timedelta(minutes=20)
        rules = ("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "poll", "rehearsal")
        await work.violations.replace([Violation(one, one, since, DAI_LOC) for one in rules])
        await work.marks.set(PASS, str(len(rules)))
        await work.rehearsals.begin("2026-11-23")
        at = work.now + timedelta(seconds=3)
        await work.rehearsals.became("2026-11-23", told_at=at, answered_at=at, alerted_at=at)


@pytest.mark.parametrize("width", WIDTHS)
async def test_what_does_not_hold_and_how_far_the_rehearsal_came_is_sound_and_ends_by_a_press(
    office, chromium, width
):
    admin = await office.hire("ad", Role.ADMIN)
    await bad(office)
    page = await window(chromium, width)
    await page.goto(f"{office.site.url}/dashboard#{await admin.token()}")
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page.get_by_text("chưa được nhận ở mọi địa chỉ")).to_be_visible()
    await expect(page.get_by_text("(I9)")).to_be_visible()
    await picture(page, f"watch-{width}")
    await sound(page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="Tôi đã xem").click()
    await expect(page.get_by_role("status")).to_have_text("Đã ghi.")
    await expect(page.get_by_role("button", name="Tôi đã xem")).to_have_count(0)
