"""Papers on the pages: listed, filled in, saved once by who asked for them, logged before they leave."""

import re
from datetime import timedelta

import pytest

from cases.model import Role
from handlers.papers.forms import MIME
from tests.support.office import DAI_LOC
from tests.support.paper_text import read_back


async def saved(staff, path, csrf):
    """What a browser saves: status, bytes, headers."""
    url, origin = f"{staff.office.site.url}{path}", {"Origin": staff.office.site.url}
    async with staff.client.post(url, data={"csrf": csrf}, headers=origin) as answer:
        return answer.status, await answer.read(), answer.headers


async def link_of(staff, code, paper="01. Báo cáo tiếp nhận"):
    """The way to a paper, as the chat gives it."""
    await staff.hears()
    await staff.says(f"giấy tờ {code}")
    await staff.says(paper)
    (said,) = await staff.says("tải về")
    assert "Bé" not in said["text"]
    return said["choices"][0]["url"].removeprefix(staff.office.site.url)


async def test_the_case_page_lists_its_papers_and_what_is_empty(office, lan):
    page = await lan.opens(await office.report())
    assert "01. Báo cáo tiếp nhận Còn trống: Số báo cáo; Họ và tên trẻ" in page.words()
    assert page.text.count("/paper/01-0") == 2  # load it, fill it in


async def test_a_paper_is_saved_and_the_log_has_it(office, lan):
    code = await office.report("be bi danh")
    csrf = (await lan.opens(code)).field("csrf")
    status, body, headers = await saved(lan, f"/dashboard/case/{code}/paper/01-0", csrf)
    assert (status, headers["Content-Type"]) == (200, MIME)
    assert headers["Content-Disposition"] == f'attachment; filename="{code}-01-0.docx"'
    assert headers["Cache-Control"] == "no-store"
    assert "Lời kể: be bi danh" in read_back(body)
    case = await office.case(code)
    assert await office.audit("paper_made") == [("p-lan", case.id)]
    assert await office.audit("read") == [("p-lan", case.id)] * 2  # its page, and the paper


async def test_boxes_filled_in_on_the_page_stand_in_the_paper_and_in_the_history(office, lan):
    code = await office.report()
    page = await lan.get(f"/dashboard/case/{code}/paper/01-0")
    assert "Họ và tên trẻ" in page.words()
    assert "Tiếp nhận qua" not in page.words()  # what the case knows is not asked
    case = await office.case(code)
    assert await office.audit("read") == [("p-lan", case.id)]
    form = {"csrf": page.field("csrf"), "name.words": "Bé Na", "number.words": "7"}
    for _ in range(2):  # pressed twice
        done = await lan.post(f"/dashboard/case/{code}/paper/01-0/boxes", form)
        assert done.status == 200
    assert await office.events(code) == ["report", "paper_filled"]
    assert "Điền vào giấy tờ – Số báo cáo: 7; Họ và tên trẻ: Bé Na" in done.words()
    _, body, _ = await saved(lan, f"/dashboard/case/{code}/paper/01-0", page.field("csrf"))
    assert "Họ và tên trẻ (nếu biết): Bé Na" in read_back(body)


async def test_too_long_a_box_is_said_and_nothing_is_kept(office, lan):
    code = await office.report()
    page = await lan.get(f"/dashboard/case/{code}/paper/01-0")
    form = {"csrf": page.field("csrf"), "name.words": "x" * 5000, "number.words": "7"}
    wrong = await lan.post(f"/dashboard/case/{code}/paper/01-0/boxes", form)
    assert (wrong.status, "Quá 4.000 chữ" in wrong.words()) == (422, True)
    assert await office.events(code) == ["report"]


async def test_a_link_from_the_chat_is_looked_at_often_and_spent_once(office, lan):
    path = await link_of(lan, await office.report())
    assert re.fullmatch(r"/dashboard/paper/[\w-]{22}", path)
    for _ in range(2):
        page = await lan.get(path)
        assert "đã sẵn sàng" in page.words()
    status, body, _ = await saved(lan, path, page.field("csrf"))
    assert (status, body[:2]) == (200, b"PK")
    assert (await saved(lan, path, page.field("csrf")))[0] == 404
    assert "không dùng được" in (await lan.get(path)).words()
    assert len(await office.audit("paper_link")) == len(await office.audit("paper_made")) == 1


async def test_a_link_is_worth_nothing_to_anybody_else(office, lan):
    code = await office.report()
    path = await link_of(lan, code)
    hoa = await (await office.hire("hoa", Role.DEPUTY, DAI_LOC)).sign_in()
    csrf = (await hoa.opens(code)).field("csrf")
    assert (await hoa.get(path)).status == 404
    assert (await saved(hoa, path, csrf))[0] == 404
    nobody = await office.hire("nam", Role.OFFICER, DAI_LOC)
    assert (await nobody.get(path)).status == 401
    assert (await saved(nobody, path, csrf))[0] == 401
    assert (await lan.get(path)).status == 200  # and it is still theirs


async def test_a_link_ends_after_fifteen_minutes(office, lan):
    path = await link_of(lan, await office.report())
    await lan.get(path)
    office.site.stage.clock.advance(timedelta(minutes=14))
    csrf = (await lan.get(path)).field("csrf")
    office.site.stage.clock.advance(timedelta(minutes=1))
    assert (await saved(lan, path, csrf))[0] == 404
    assert await office.audit("paper_made") == []


async def test_a_link_to_a_case_that_is_shut_to_them_meanwhile_gives_nothing(office, lan):
    code = await office.report()
    path = await link_of(lan, code)
    case = await office.case(code)
    csrf = (await lan.get(path)).field("csrf")
    async with office.site.store.transaction("test") as work:
        await work.cases.exclude(case.id, "p-lan")
    assert (await lan.get(path)).status == 404
    assert (await saved(lan, path, csrf))[0] == 404
    assert (await saved(lan, f"/dashboard/case/{code}/paper/01-0", csrf))[0] == 404
    assert (await lan.get(f"/dashboard/case/{code}/paper/01-0")).status == 404
    assert await office.audit("paper_made") == []


@pytest.mark.parametrize(
    ("role", "commune"),
    [
        (Role.POLICE, DAI_LOC),
        (Role.COLLABORATOR, DAI_LOC),
        (Role.ADMIN, ""),
        (Role.OFFICER, "20515"),
    ],
)
async def test_whoever_may_not_print_is_offered_nothing_and_gets_nothing(
    office, lan, role, commune
):
    other = await (await office.hire("other", role, commune)).sign_in()
    code = await office.report()
    case = await office.case(code)
    if role is Role.POLICE:  # called to the case: may see it, and yet takes nothing out
        async with office.site.store.transaction("test") as work:
            await work.cases.involve(case.id, "p-other", "alert")
        assert "/paper/" not in (await other.opens(code)).text
    page = await other.get("/dashboard")
    csrf = page.field("csrf")
    for path in ("paper/01-0", "paper/01-0/boxes"):
        form = {"csrf": csrf, "name.words": "x"}
        assert (await other.post(f"/dashboard/case/{code}/{path}", form)).status == 404
    assert (await other.get(f"/dashboard/case/{code}/paper/01-0")).status == 404
    assert await office.events(code) == ["report"]


async def test_a_foreign_form_takes_nothing_out(office, lan):
    code = await office.report()
    path = await link_of(lan, code)
    for where in (
        path,
        f"/dashboard/case/{code}/paper/01-0",
        f"/dashboard/case/{code}/paper/01-0/boxes",
    ):
        assert (await saved(lan, where, "x"))[0] == 403
    assert await office.audit("paper_made") == []


@pytest.mark.parametrize("paper", ["02-1", "01-9", "nothing", "é", "..%2f..%2f01"])
async def test_a_paper_that_is_not_there_is_not_found(office, lan, paper):
    code = await office.report()
    csrf = (await lan.opens(code)).field("csrf")
    assert (await saved(lan, f"/dashboard/case/{code}/paper/{paper}", csrf))[0] == 404
    assert (await lan.get(f"/dashboard/paper/{paper}")).status == 404
