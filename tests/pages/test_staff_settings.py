"""What a commune sets on the pages: its chain of calls and its own clocks; who may, and how far."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from cases.model import Role
from storage.tables import audit
from tests.support.office import DAI_LOC, ELSEWHERE, Office

PAGE = "/dashboard/settings"
URGENT = f"{PAGE}/chain.urgent"


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    await made.hire("lan", Role.OFFICER, DAI_LOC)
    yield made
    await made.close()


async def hired(office, name, role, commune=DAI_LOC, lang="vi"):
    return await (await office.hire(name, role, commune, lang)).sign_in()


def fields(page):
    """What a browser would send back: hidden and text fields, and the boxes that are ticked."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page.text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if 'type="checkbox"' not in tag or " checked" in tag:
            found[name[1]] = unescape(value[1])
    return found


async def form_of(staff, name, commune=DAI_LOC):
    page = await staff.get(f"{PAGE}/{name}?commune={commune}")
    assert page.status == 200
    return fields(page)


async def changes(staff, name, commune=DAI_LOC, **more):
    """Opens the form, fills in and sends; `None` clears a field."""
    form = await form_of(staff, name, commune)
    form |= {key.replace("__", "."): value for key, value in more.items()}
    form = {key: value for key, value in form.items() if value is not None}
    return await staff.post(f"{PAGE}/{name}", form)


# Who may see and change what.


async def test_a_leader_sees_the_chains_the_clocks_and_the_law(office):
    chu = await hired(office, "chu", Role.LEADER)
    page = await chu.get(PAGE)
    words = page.words()
    assert "Cài đặt của Đại Lộc" in words
    assert "KHẨN CẤP Ngay khi nhận tin: cán bộ bảo vệ trẻ em Sau 15 phút: cán bộ thay thế" in words
    assert "Bắt đầu xác minh Từ lúc nhận việc" in words
    assert "KHẨN CẤP, CHƯA RÕ 2 giờ" in words
    assert "biện pháp khẩn cấp 12 giờ Điều 26(3) Nghị định 56/2017" in words
    assert "trình kế hoạch 5 ngày làm việc Điều 28(1) Nghị định 56/2017" in words
    assert f"{PAGE}/emergency" not in page.text
    assert (await chu.get(f"{PAGE}/emergency?commune={DAI_LOC}")).status == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DEPUTY, Role.POLICE, Role.COLLABORATOR])
async def test_for_everybody_else_there_are_no_settings(office, role):
    nam = await hired(office, "nam", role)
    assert PAGE not in (await nam.get("/dashboard")).text
    csrf = (await nam.get("/dashboard")).field("csrf")
    form = {"csrf": csrf, "commune": DAI_LOC, "seen": "0", "urgent": "1", "high": "2"}
    for name in ("verify", "chain.urgent"):
        assert (await nam.get(f"{PAGE}/{name}?commune={DAI_LOC}")).status == 404
        assert (await nam.post(f"{PAGE}/{name}", form)).status == 404
    assert (await nam.get(PAGE)).status == 404
    assert (await nam.get(f"{PAGE}?commune={DAI_LOC}")).status == 404
    assert await office.audit("setting") == []


async def test_a_leader_has_no_settings_of_another_commune(office):
    chu = await hired(office, "chu", Role.LEADER)
    await office.hire("mai", Role.OFFICER, ELSEWHERE)
    assert (await chu.get(f"{PAGE}?commune={ELSEWHERE}")).status == 404
    assert (await chu.get(f"{URGENT}?commune={ELSEWHERE}")).status == 404
    form = {**await form_of(chu, "verify"), "commune": ELSEWHERE}
    assert (await chu.post(f"{PAGE}/verify", form)).status == 404


async def test_the_city_chooses_a_commune_and_changes_its_chain_only(office):
    tam = await hired(office, "tam", Role.SUPERVISOR, "")
    await office.hire("mai", Role.OFFICER, ELSEWHERE)
    assert PAGE in (await tam.get("/dashboard")).text
    words = (await tam.get(PAGE)).words()
    assert "Đại Lộc" in words
    assert "Hà Nha" in words
    shown = await tam.get(f"{PAGE}?commune={ELSEWHERE}")
    assert "Đổi thứ tự mức KHẨN CẤP" in shown.words()
    assert "Đổi: Bắt đầu xác minh" not in shown.words()
    assert (await tam.get(f"{PAGE}/verify?commune={ELSEWHERE}")).status == 404
    page = await changes(tam, "chain.urgent", ELSEWHERE, after__1="10")
    assert "Sau 10 phút: cán bộ thay thế" in page.words()
    assert "Sau 10 phút" not in (await tam.get(f"{PAGE}?commune={DAI_LOC}")).words()


async def test_an_administrator_changes_settings_and_still_knows_no_case(office):
    ad = await hired(office, "ad", Role.ADMIN, "")
    code = await office.report()
    page = await changes(ad, "verify", urgent="1")
    assert "KHẨN CẤP, CHƯA RÕ 1 giờ (mặc định: 2 giờ)" in page.words()
    assert "quản trị hệ thống đặt lúc 20:15 ngày 23/11" in page.words()
    assert code not in page.text
    assert (await ad.opens(code)).status == 404


async def test_where_nobody_works_there_is_nothing_to_set(office):
    ad = await hired(office, "ad", Role.ADMIN, "")
    assert (await ad.get(f"{PAGE}?commune={ELSEWHERE}")).path == PAGE
    assert "Anh/chị chọn xã" in (await ad.get(f"{PAGE}?commune={ELSEWHERE}")).words()
    assert (await ad.get(f"{URGENT}?commune={ELSEWHERE}")).status == 404
    assert (await ad.get(f"{PAGE}/nonsense?commune={DAI_LOC}")).status == 404


async def test_a_foreign_form_changes_nothing(office):
    chu = await hired(office, "chu", Role.LEADER)
    for wrong in ({"csrf": "x"}, {"seen": "-1"}, {"seen": ""}):
        form = {**await form_of(chu, "verify"), "urgent": "1", **wrong}
        assert (await chu.post(f"{PAGE}/verify", form)).status == 403
    form = {**await form_of(chu, "verify"), "urgent": "1"}
    elsewhere = await chu.post(f"{PAGE}/verify", form, Origin="https://elsewhere.example")
    assert elsewhere.status == 403
    assert await office.audit("setting") == []


# Spans.


async def test_a_changed_span_is_for_what_starts_later(office):
    chu = await hired(office, "chu", Role.LEADER)
    lan = await office.people[0].sign_in()
    first = await office.report()
    await lan.does(await lan.opens(first), "acknowledge")
    assert "Hạn 22:15 ngày 23/11 xác minh" in (await lan.opens(first)).words()
    await changes(chu, "verify", urgent="1")
    assert "Hạn 22:15 ngày 23/11 xác minh" in (await lan.opens(first)).words()
    await office.site.stage.settle()
    second = await office.report()
    await lan.does(await lan.opens(second), "acknowledge")
    assert "Hạn 21:15 ngày 23/11 xác minh" in (await lan.opens(second)).words()
    assert await office.audit("setting") == [("p-chu", "")]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"urgent": "3"}, "Mức khẩn cấp: xin ghi một số từ 1 đến 2 giờ"),
        ({"urgent": "0"}, "Mức khẩn cấp"),
        ({"urgent": "hai"}, "Mức khẩn cấp"),
        ({"high": "49"}, "Mức cao: xin ghi một số từ 2 đến 48 giờ"),
        ({"high": None}, "Mức cao"),
    ],
)
async def test_what_is_out_of_range_is_refused_and_kept_in_the_form(office, typed, why):
    chu = await hired(office, "chu", Role.LEADER)
    page = await changes(chu, "verify", **typed)
    assert page.status == 422
    assert why in page.words()
    for name, value in typed.items():
        assert fields(page)[name] == (value or "")
    assert await office.audit("setting") == []


async def test_one_span_for_every_level_names_no_level(office):
    chu = await hired(office, "chu", Role.LEADER)
    page = await changes(chu, "confirm", urgent="25")
    assert "Xin ghi một số từ 1 đến 24 giờ" in page.words()
    assert "Mọi mức, giờ" in page.words()


async def test_the_slower_of_two_is_told_what_it_is_now_and_may_press_again(office):
    chu = await hired(office, "chu", Role.LEADER)
    ad = await hired(office, "ad", Role.ADMIN, "")
    mine, theirs = await form_of(chu, "verify"), await form_of(ad, "verify")
    assert (await ad.post(f"{PAGE}/verify", {**theirs, "high": "12"})).path == PAGE
    page = await chu.post(f"{PAGE}/verify", {**mine, "high": "6"})
    assert page.status == 409
    assert "quản trị hệ thống đặt lúc 20:15 ngày 23/11" in page.words()
    assert "CAO, TRUNG BÌNH, THẤP: 12 giờ" in page.words()
    assert fields(page)["high"] == "6"
    again = await chu.post(f"{PAGE}/verify", fields(page))
    assert "CAO, TRUNG BÌNH, THẤP 6 giờ" in again.words()
    assert await office.audit("setting") == [("p-ad", ""), ("p-chu", "")]


async def test_the_same_form_sent_twice_is_one_decision(office):
    chu = await hired(office, "chu", Role.LEADER)
    form = {**await form_of(chu, "verify"), "high": "6"}
    for _ in range(2):
        assert (await chu.post(f"{PAGE}/verify", form)).path == PAGE
    assert await office.audit("setting") == [("p-chu", "")]


async def test_the_audit_says_what_it_was_and_what_it_is(office):
    chu = await hired(office, "chu", Role.LEADER)
    await changes(chu, "repeat", urgent="20")
    await changes(chu, "chain.urgent", after__1="10")
    async with office.site.store.reading("test") as work:
        rows = await work._tx.all(select(audit).where(audit.c.act == "setting").order_by("n"))
        told = [
            json.loads(await work._tx.open("system", f"audit|detail|{row['n']}", row["detail"]))
            for row in rows
        ]
    assert (told[0]["setting"], told[0]["before"]["urgent"], told[0]["after"]["urgent"]) == (
        "repeat", 30, 20,
    )  # fmt: skip
    assert (told[1]["before"][1], told[1]["after"][1]) == (
        [15, "c", ["deputy"]], [10, "c", ["deputy"]],
    )  # fmt: skip


# The chain.


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"after.1": "16"}, "Lần báo thứ hai phải đến muộn nhất sau 15 phút"),
        ({"after.2": "31"}, "Lãnh đạo UBND xã phải được báo muộn nhất sau 30 phút"),
        ({"city": "61"}, "Đầu mối thành phố phải được báo muộn nhất sau 60 phút"),
        ({"all": "91"}, "Mọi người phải được báo muộn nhất sau 90 phút"),
        ({"to.2.leader": None}, "Lãnh đạo UBND xã phải được báo muộn nhất sau 30 phút"),
        ({"after.1": "30"}, "Mỗi bước cần muộn hơn bước trước"),
        ({"city": "30"}, "Mỗi bước cần muộn hơn bước trước"),
        ({"after.1": "soon"}, "chưa ghi thời gian bằng số"),
        ({"city": ""}, "chưa ghi thời gian bằng số"),
        ({"to.1.deputy": None}, "Có bước chưa chọn ai"),
        ({"to.0.officer": None, "to.0.police": "1"}, "Bước đầu chưa có ai liên lạc được"),
    ],
)
async def test_a_chain_is_never_slower_empty_or_deaf(office, typed, why):
    chu = await hired(office, "chu", Role.LEADER)
    page = await changes(chu, "chain.urgent", **typed)
    assert page.status == 422
    assert why in page.words()
    assert await office.audit("setting") == []


async def test_nothing_ticked_is_no_chain(office):
    chu = await hired(office, "chu", Role.LEADER)
    form = await form_of(chu, "chain.urgent")
    bare = {key: value for key, value in form.items() if key in ("csrf", "commune", "seen")}
    page = await chu.post(URGENT, {**bare, "city": "20", "all": "30"})
    assert page.status == 422
    assert "Có bước chưa chọn ai" in page.words()


async def test_a_calm_chain_has_its_end_in_working_days_that_nobody_moves(office):
    chu = await hired(office, "chu", Role.LEADER)
    page = await chu.get(f"{PAGE}/chain.high?commune={DAI_LOC}")
    assert "Sau 1 ngày làm việc: đầu mối thành phố" in page.words()
    assert "city" not in fields(page)
    page = await changes(chu, "chain.high", after__1="1")
    assert "Sau 1 giờ (tính từ 06:00 đến 21:00): cán bộ bảo vệ trẻ em" in page.words()
    short = {"to.1.officer": None, "after.1": None, "to.2.deputy": None, "after.2": None}
    only = {**short, "to.3.leader": None, "after.3": None, "to.0.leader": "1"}
    page = await changes(chu, "chain.high", **only)
    assert "Lần báo thứ hai phải đến muộn nhất sau 2 giờ" in page.words()


async def test_somebody_is_called_by_name_and_a_step_goes_away(office):
    chu = await hired(office, "chu", Role.LEADER)
    hoa = await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    await office.hire("mai", Role.OFFICER, ELSEWHERE)
    form = await chu.get(f"{URGENT}?commune={DAI_LOC}")
    assert "hoa (cán bộ thay thế)" in form.words()
    assert "mai" not in form.words()
    ticks = {"to.0.staff:p-hoa": "1", "to.1.deputy": None, "after.1": None, "after.2": "10"}
    page = await changes(chu, "chain.urgent", **ticks)
    named = "KHẨN CẤP Ngay khi nhận tin: cán bộ bảo vệ trẻ em, hoa Sau 10 phút: lãnh đạo UBND xã"
    assert named in page.words()
    await office.site.stage.settle()
    code = await office.report()
    assert code in str(await hoa.hears())
    await chu.hears()
    office.site.stage.clock.advance(timedelta(minutes=10))
    await office.site.stage.settle()
    assert code in str(await chu.hears())


async def test_whoever_left_is_said_to_be_gone_from_the_chain(office):
    chu = await hired(office, "chu", Role.LEADER)
    hoa = await office.hire("hoa", Role.DEPUTY, DAI_LOC)
    await changes(chu, "chain.urgent", **{"to.0.staff:p-hoa": "1"})
    async with office.site.store.transaction("test") as work:
        await work.people.save(replace(hoa.person, active=False))
    assert "cán bộ bảo vệ trẻ em, người không còn làm ở đây" in (await chu.get(PAGE)).words()


async def test_two_editors_of_a_chain_do_not_overwrite_each_other(office):
    chu = await hired(office, "chu", Role.LEADER)
    tam = await hired(office, "tam", Role.SUPERVISOR, "")
    mine, theirs = await form_of(chu, "chain.urgent"), await form_of(tam, "chain.urgent")
    assert (await tam.post(URGENT, {**theirs, "after.1": "5"})).path == PAGE
    page = await chu.post(URGENT, {**mine, "after.1": "12"})
    assert page.status == 409
    assert "đầu mối thành phố đặt lúc" in page.words()
    assert "Sau 5 phút: cán bộ thay thế" in page.words()
    assert fields(page)["after.1"] == "12"
    assert "Sau 12 phút: cán bộ thay thế" in (await chu.post(URGENT, fields(page))).words()


async def test_in_english_no_word_of_ours_is_vietnamese(office):
    ann = await hired(office, "ann", Role.LEADER, lang="en")
    pages = [await ann.get(PAGE), await ann.get(f"{URGENT}?commune={DAI_LOC}")]
    pages.append(await changes(ann, "chain.urgent", after__1="16"))
    pages.append(await changes(ann, "verify", urgent="9"))
    for page in pages:
        words = page.words().replace("Đại Lộc", "")
        assert not re.search("[ăâđêôơưạảấầẩậắằẳặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửựỳỷỹ]", words)
