"""What an administrator sees of the watch, on the page and in the chat: rules, counts, times; no case."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from cases.model import Role
from handlers.actor import Actor
from handlers.watching.drills import drill
from tests.support.office import DAI_LOC, Office


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


async def _lost(office):
    """An alert that will never arrive, and the pass that finds it."""
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    code = await office.report()
    async with office.site.store.transaction("test") as work:
        lost = "UPDATE outbox SET state = 'dead' WHERE key LIKE 'case:%:alert:%'"
        await work._tx.connection.execute(text(lost))
    await office.site.app.auditor.round()
    return lan, code


async def test_before_the_first_pass_nobody_knows(office):
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    assert "Giám sát chưa chạy lần nào" in (await ad.get("/dashboard")).words()


async def test_when_all_holds_the_page_says_since_when(office):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    await office.site.app.auditor.round()
    assert "Mọi thứ ổn định lúc 20:15 ngày 23/11." in (await ad.get("/dashboard")).words()
    office.site.app.kit.clock.advance(timedelta(minutes=6))
    assert "Giám sát đã ngừng" in (await ad.get("/dashboard")).words()


async def test_what_does_not_hold_is_shown_with_what_to_do_until_somebody_has_looked(office):
    _, code = await _lost(office)
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    page = await ad.get("/dashboard")
    assert "(I7): 1 chỗ chưa ổn" in page.words()
    assert code not in page.text
    page = await ad.post("/dashboard/seen", {"csrf": page.field("csrf")})
    assert "(I7)" not in page.words() and "/dashboard/seen" not in page.text
    assert await office.audit("seen") == [("p-ad", "")]
    await office.site.app.auditor.round()
    assert "Mọi thứ ổn định" in (await ad.get("/dashboard")).words()


async def test_nobody_else_presses_it_and_nobody_without_our_own_page(office):
    lan, _ = await _lost(office)
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    await lan.sign_in()
    csrf = (await lan.get("/dashboard")).field("csrf")
    assert (await lan.post("/dashboard/seen", {"csrf": csrf})).status == 404
    assert (await ad.post("/dashboard/seen", {"csrf": "x"})).status == 403
    assert await office.audit("seen") == []


async def test_the_chat_says_the_same(office):
    await _lost(office)
    ad = await office.hire("ad", Role.ADMIN)
    (said,) = await ad.says("/viec")
    assert "(I7): 1 chỗ chưa ổn" in said["text"]
    (said,) = await ad.presses(said, "seen")
    assert said["text"] == "Đã ghi: anh/chị đã xem 1 tin không gửi được hoặc không đọc được."
    (said,) = await ad.says("/viec")
    assert "(I7)" not in said["text"] and not said.get("choices")


async def test_the_drill_of_each_officer_is_shown(office):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    async with office.site.store.transaction("test") as work:
        for name in ("p-lan", "p-hoa"):
            await drill(Actor(work, office.site.app.kit), await work.people.get(name))
    (said,) = await lan.hears()
    office.site.app.kit.clock.advance(14)
    await lan.presses(said, "heard")
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    words = (await ad.get("/dashboard")).words()
    assert "lan (Đại Lộc): nghe qua trang web sau" in words.replace("Trang", "trang")
    assert "hoa (Đại Lộc): chưa nghe" in words
