"""Searching, the working calendar, the roster and the city's view on the pages: what is shown, and to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.duty import Leave, LeaveState
from cases.model import Role
from tests.support.office import DAI_LOC, ELSEWHERE


async def hired(office, name, role, commune=DAI_LOC, lang="vi"):
    return await (await office.hire(name, role, commune, lang)).sign_in()


async def looks(staff, text, **more):
    csrf = (await staff.get("/dashboard")).field("csrf")
    return await staff.post("/dashboard/search", {"csrf": csrf, "text": text, **more})


async def test_words_are_found_without_marks_and_every_hit_is_in_the_log(office):
    lan = await hired(office, "lan", Role.OFFICER)
    one, other = await office.report("bé bị đánh sau chợ"), await office.report("cháu ở một mình")
    page = await looks(lan, "sau cho")
    assert one in page.text
    assert other not in page.text
    assert "Tìm thấy: 1" in page.words()
    case = await office.case(one)
    assert ("p-lan", case.id) in await office.audit("found")
    assert await office.audit("search") == [("p-lan", "")]


async def test_what_was_looked_for_stands_in_no_address(office):
    lan = await hired(office, "lan", Role.OFFICER)
    await office.report("bé bị đánh sau chợ")
    page = await looks(lan, "sau chợ")
    assert page.path == "/dashboard/search"
    assert 'value="sau chợ"' in page.text  # in the box, so that it can be changed
    assert (await lan.get("/dashboard/search?text=sau")).status == 405


async def test_a_code_that_is_typed_leads_to_its_case_and_a_foreign_one_nowhere(office):
    lan = await hired(office, "lan", Role.OFFICER)
    code = await office.report()
    assert (await looks(lan, code.lower())).path == f"/dashboard/case/{code}"
    mai = await hired(office, "mai", Role.OFFICER, ELSEWHERE)
    assert (await looks(mai, code)).status == 404


@pytest.mark.parametrize(
    ("role", "commune"),
    [(Role.OFFICER, ELSEWHERE), (Role.COLLABORATOR, DAI_LOC), (Role.POLICE, DAI_LOC),
     (Role.SUPERVISOR, ""), (Role.ADMIN, "")],
)  # fmt: skip
async def test_nobody_finds_what_they_may_not_see(office, role, commune):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    code = await office.report("bé bị đánh sau chợ")
    staff = await hired(office, "nam", role, commune)
    page = await looks(staff, "sau chợ")
    assert code not in page.text
    assert "Tìm thấy: 0" in page.words()
    assert not await office.audit("found")


async def test_a_form_of_another_session_finds_nothing_and_one_letter_is_too_little(office):
    lan = await hired(office, "lan", Role.OFFICER)
    await office.report()
    assert (await lan.post("/dashboard/search", {"csrf": "x", "text": "danh"})).status == 403
    page = await looks(lan, "a")
    assert "từ hai chữ cái" in page.words()
    assert not await office.audit("search")


async def test_what_nobody_has_taken_is_a_list_of_its_own(office):
    lan = await hired(office, "lan", Role.OFFICER)
    mine, free = await office.report(), await office.report()
    await lan.does(await lan.opens(mine), "acknowledge")
    page = await lan.get("/dashboard?show=free")
    assert free in page.text
    assert mine not in page.text


# The working calendar.

CALENDAR = "/dashboard/calendar"


async def decides(staff, day, what="off", name="Tết, QĐ 12"):
    csrf = (await staff.get(CALENDAR)).field("csrf")
    return await staff.post(CALENDAR, {"csrf": csrf, "day": day, "what": what, "name": name})


@pytest.mark.parametrize(("role", "commune"), [(Role.LEADER, DAI_LOC), (Role.ADMIN, "")])
async def test_leaders_and_administrators_keep_the_calendar(office, role, commune):
    chu = await hired(office, "chu", role, commune)
    before = (await chu.get(CALENDAR)).words()
    assert "Tết năm này chỉ là dự đoán" in before
    page = await decides(chu, "2027-02-11")
    assert (page.path, page.status) == (CALENDAR, 200)
    assert "11/02 Nghỉ Tết, QĐ 12 đã ghi ở đây" in page.words()
    assert "dự đoán" not in page.words()
    await decides(chu, "2027-02-20", "worked", "làm bù")
    assert "20/02 Làm việc làm bù" in (await chu.get(CALENDAR)).words()
    await decides(chu, "2027-02-11", "remove")
    assert "11/02" not in (await chu.get(CALENDAR)).words()
    assert [one for one, _ in await office.audit("calendar")] == ["p-chu"] * 3


@pytest.mark.parametrize(
    ("day", "what", "name", "why"),
    [
        ("2027-02-30", "off", "Tết", "Chưa đọc được ngày này"),
        ("2026-11-22", "off", "Tết", "Ngày này đã qua"),
        ("2027-02-11", "remove", "", "Chưa ghi gì"),
        ("2027-02-11", "off", "  ", "Xin ghi tên ngày"),
    ],
)
async def test_a_decision_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    office, day, what, name, why
):
    chu = await hired(office, "chu", Role.LEADER)
    page = await decides(chu, day, what, name)
    assert page.status == 422
    assert why in page.words()
    assert f'value="{day}"' in page.text
    assert not await office.audit("calendar")


async def test_a_strange_form_changes_no_calendar(office):
    chu = await hired(office, "chu", Role.LEADER)
    form = {"csrf": "x", "day": "2027-02-11", "what": "off", "name": "Tết"}
    assert (await chu.post(CALENDAR, form)).status == 403
    assert (await decides(chu, "2027-02-11", "burn")).status == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DEPUTY, Role.POLICE, Role.COLLABORATOR])
async def test_for_everybody_else_there_are_no_settings(office, role):
    staff = await hired(office, "nam", role)
    assert "Lịch làm việc" not in (await staff.get("/dashboard")).text
    for path in (CALENDAR, "/dashboard/people"):
        assert (await staff.get(path)).status == 404
    csrf = (await staff.get("/dashboard")).field("csrf")
    form = {"csrf": csrf, "day": "2027-02-11", "what": "off", "name": "Tết"}
    assert (await staff.post(CALENDAR, form)).status == 404


# The roster.


async def test_a_leader_reads_who_is_there(office):
    chu = await hired(office, "chu", Role.LEADER)
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    await office.hire("mai", Role.OFFICER, ELSEWHERE)
    await office.hire("tam", Role.SUPERVISOR)
    page = (await chu.get("/dashboard/people")).words()
    assert "lan cán bộ bảo vệ trẻ em Đại Lộc đang trực" in page
    assert "tam đầu mối thành phố thành phố" in page
    assert "mai" not in page


async def test_leave_is_shown_with_who_stands_in(office):
    chu = await hired(office, "chu", Role.LEADER)
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    hoa = await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    async with office.site.store.transaction("test") as work:
        await work.people.save(replace(lan.person, on_duty=False))
        days = (work.now - timedelta(days=1), work.now + timedelta(days=1))
        await work.leaves.add(Leave("l1", hoa.person.id, "p-chu", *days, LeaveState.ACCEPTED))
    page = (await chu.get("/dashboard/people")).words()
    assert "lan cán bộ bảo vệ trẻ em Đại Lộc nghỉ" in page
    assert "hoa cán bộ thay thế Đại Lộc nghỉ đến 20:15 ngày 24/11; chu thay" in page


# The city.


async def test_the_city_sees_masked_counts_and_names_only_communes_it_was_called_for(office):
    tam = await hired(office, "tam", Role.SUPERVISOR, "")
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    page = (await tam.get("/dashboard")).words()
    assert "Việc đang quá hạn ở các xã: &lt; 5" in page
    assert "Có việc chờ mà chưa ai nhận: không có xã nào" in page
    for _ in range(5):
        code = await office.report()
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        await work.cases.involve(case.id, "p-tam", "escalated")
    office.site.stage.clock.advance(14 * 3600)
    await tam.sign_in()
    page = (await tam.get("/dashboard")).words()
    assert "Có việc chờ mà chưa ai nhận: Đại Lộc" in page
    assert "Đại Lộc: 5" in page


async def test_the_city_sees_by_role_whom_nobody_can_reach(office):
    tam = await hired(office, "tam", Role.SUPERVISOR, "")
    staff = [
        await office.hire(name, role, DAI_LOC)
        for name, role in (("lan", Role.OFFICER), ("mai", Role.OFFICER), ("hoa", Role.DEPUTY))
    ]
    async with office.site.store.transaction("test") as work:
        for one in staff[:2]:
            for contact in await work.contacts.of_person(one.person.id):
                await work.contacts.mark(contact.id, "blocked")
    page = await tam.get("/dashboard")
    assert "Không liên lạc được ở Đại Lộc: cán bộ bảo vệ trẻ em (2 người)" in page.words()
    assert "Đại Lộc chưa có: lãnh đạo UBND xã" in page.words()
    assert "mai" not in page.words()
    await office.hire("chu", Role.LEADER, DAI_LOC)
    async with office.site.store.transaction("test") as work:
        for one in staff[:2]:
            for contact in await work.contacts.of_person(one.person.id):
                await work.contacts.mark(contact.id, "ok")
    assert "đủ người và liên lạc được" in (await tam.get("/dashboard")).words()


async def test_whoever_is_not_the_city_has_no_such_view(office):
    lan = await hired(office, "lan", Role.OFFICER)
    assert "Các xã" not in (await lan.get("/dashboard")).words()
