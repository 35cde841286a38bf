"""The roster on the pages: names, villages, invitations, rights that end; who may, and what is refused."""

import re
from html import unescape

import pytest

from cases.model import Role
from storage.records.areas import AreaRow, Owners
from tests.support.office import DAI_LOC, ELSEWHERE, Office

PEOPLE = "/dashboard/people"
LONG = "Nguyễn Thị Hồng " * 18 + "Lan"  # 291 letters


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    await made.hire("lan", Role.OFFICER, DAI_LOC)
    await made.hire("hai", Role.COLLABORATOR, DAI_LOC)
    yield made
    await made.close()


async def hired(office, name, role, commune=DAI_LOC, lang="vi"):
    return await (await office.hire(name, role, commune, lang)).sign_in()


@pytest.fixture
async def chu(office):
    return await hired(office, "chu", Role.LEADER)


def fields(page):
    """What a browser would send back of the form on this page."""
    text = page.text[page.text.index("<main") :]
    found = {}
    for tag in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if 'type="checkbox"' not in tag or " checked" in tag:
            found[unescape(name[1])] = unescape(value[1])
    for name, value in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', text, re.DOTALL
    ):
        found[name] = unescape(value)
    for name, inside in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


async def opens(staff, who):
    csrf = (await staff.get(PEOPLE)).field("csrf")
    return await staff.post(f"{PEOPLE}/person", {"csrf": csrf, "person": f"p-{who}"})


async def renames(staff, who, **more):
    form = {**fields(await opens(staff, who)), **more}
    return await staff.post(f"{PEOPLE}/person", form)


async def person(office, name):
    async with office.site.store.reading("test") as work:
        return await work.people.get(f"p-{name}")


async def villages(office, *rows):
    async with office.site.store.transaction("test") as work:
        for code, name, *more in rows:
            row = AreaRow(code, "village", name, DAI_LOC, aliases=tuple(more[:1]), source="roster")
            await work.areas.put([row])
            await work.areas.set_owners(row, Owners(*(more[1:] or ("", ""))))


# Who may.


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DEPUTY, Role.POLICE, Role.SUPERVISOR])
async def test_for_everybody_else_there_is_no_roster(office, role):
    nam = await hired(office, "nam", role, "" if role is Role.SUPERVISOR else DAI_LOC)
    csrf = (await nam.get("/dashboard")).field("csrf")
    form = {"csrf": csrf, "person": "p-lan", "name": "x", "sure": "remove", "commune": DAI_LOC}
    for page in ("person", "removal", "village", "invite"):
        assert (await nam.post(f"{PEOPLE}/{page}", form)).status == 404
    assert await office.audit("refused") == [("p-nam", "")] * 4
    for page in ("", f"/village?commune={DAI_LOC}", "/invite"):
        assert (await nam.get(f"{PEOPLE}{page}")).status == 404
    assert (await person(office, "lan")).active


async def test_a_leader_changes_nobody_of_another_commune_or_of_the_city(office, chu):
    await office.hire("mai", Role.OFFICER, ELSEWHERE)
    await office.hire("tam", Role.SUPERVISOR)
    for who in ("mai", "tam", "nobody"):
        assert (await opens(chu, who)).status == 404
    csrf = (await chu.get(PEOPLE)).field("csrf")
    for who in ("mai", "tam", "chu", "nobody"):
        form = {"csrf": csrf, "person": f"p-{who}", "sure": "remove"}
        assert (await chu.post(f"{PEOPLE}/removal", form)).status == 404
    assert (await chu.get(f"{PEOPLE}/village?commune={ELSEWHERE}")).status == 404
    form = {"csrf": csrf, "commune": ELSEWHERE, "name": "Phú Mỹ"}
    assert (await chu.post(f"{PEOPLE}/village", form)).status == 404
    assert (await person(office, "mai")).active
    assert set(await office.audit("refused")) == {("p-chu", "")}


async def test_a_foreign_form_changes_nothing(office, chu):
    for page in ("person", "removal", "village", "invite"):
        form = {"csrf": "x", "person": "p-lan", "name": "x", "sure": "remove"}
        assert (await chu.post(f"{PEOPLE}/{page}", form)).status == 403


async def test_no_person_stands_in_an_address(office, chu):
    page = await chu.get(PEOPLE)
    assert not [one for one in re.findall(r'(?:href|action)="([^"]*)"', page.text) if "p-" in one]
    assert (await opens(chu, "lan")).path == f"{PEOPLE}/person"


# A person.


async def test_a_name_is_changed_and_the_audit_keeps_both(office, chu):
    page = await renames(chu, "lan", name="  Trần Thị   Lan ")
    assert "Đã ghi" in page.words()
    assert "Trần Thị Lan cán bộ bảo vệ trẻ em Đại Lộc" in page.words()
    assert (await person(office, "lan")).name == "Trần Thị Lan"
    assert await office.audit("person_edited") == [("p-chu", "")]
    await renames(chu, "lan")
    assert await office.audit("person_edited") == [("p-chu", "")]  # nothing to change


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "Xin ghi tên"),
        ("…", "Xin ghi tên"),
        ("a" * 301, "Tên dài quá 300 chữ cái"),
        ("HOÀ", "Ở đây đã có người cùng vai trò mang tên này"),
    ],
)
async def test_a_name_that_cannot_be_is_refused_and_stays_in_the_form(office, chu, name, why):
    await office.hire("hoa", Role.OFFICER, DAI_LOC)
    page = await renames(chu, "lan", name=name)
    assert page.status == 422
    assert why in page.words()
    assert fields(page)["name"] == name
    assert (await person(office, "lan")).name == "lan"


async def test_a_long_name_is_cut_in_lists_and_on_buttons_and_whole_in_its_form(office, chu):
    assert (await renames(chu, "lan", name=LONG)).path == PEOPLE
    page = await chu.get(PEOPLE)
    assert LONG not in page.text
    assert f"{LONG[:55]}" in page.text
    assert fields(await opens(chu, "lan"))["name"] == LONG
    await chu.hears()
    home = (await chu.says("alo"))[-1]
    others = (await chu.presses(home, "others"))[-1]
    more = (await chu.presses(others, "more"))[-1]
    (asked,) = await chu.presses(more, "removal")
    labels = [one["label"] for one in asked["choices"]]
    assert any(one.startswith(LONG[:55]) for one in labels)
    assert max(map(len, labels)) < 100


async def test_of_two_editors_the_slower_is_told_what_it_is_now(office, chu):
    ad = await hired(office, "ad", Role.ADMIN, "")
    mine, theirs = fields(await opens(chu, "lan")), fields(await opens(ad, "lan"))
    await ad.post(f"{PEOPLE}/person", {**theirs, "name": "Lan Anh"})
    page = await chu.post(f"{PEOPLE}/person", {**mine, "name": "Lan Chi"})
    assert page.status == 409
    assert "Lan Anh; thôn: chưa có" in page.words()
    assert fields(page)["name"] == "Lan Chi"
    assert (await person(office, "lan")).name == "Lan Anh"
    await chu.post(f"{PEOPLE}/person", fields(page))
    assert (await person(office, "lan")).name == "Lan Chi"


async def test_a_collaborator_looks_after_villages_that_are_known(office, chu):
    await villages(office, ("v1", "Phú Mỹ"), ("v2", "Ấp Bắc"))
    page = await renames(chu, "hai", **{"village.Phú Mỹ": "1", "village.Nowhere": "1"})
    assert (await person(office, "hai")).villages == ("Phú Mỹ",)
    assert "Đại Lộc: Phú Mỹ" in page.words()
    assert "village.Phú Mỹ" in fields(await opens(chu, "hai"))
    assert "Phụ trách thôn nào" not in (await opens(chu, "lan")).words()


async def test_no_village_is_lost_however_an_import_wrote_it(office, chu):
    await villages(office, ("v1", "Ph\u00fa\u00a0M\u1ef9"), ("v2", "A\u0302\u0301p Bac"))
    names = ("A\u0302\u0301p Bac", "Ph\u00fa\u00a0M\u1ef9")
    await renames(chu, "hai", **{f"village.{one}": "1" for one in names})
    assert (await person(office, "hai")).villages == names
    await renames(chu, "hai", name="Trần Hai")
    assert (await person(office, "hai")).villages == names


async def test_a_name_turns_no_line_around_and_hides_nothing(office, chu):
    await renames(chu, "lan", name="Lan\u202e thị\u200b\u0000 Trần\u2066")
    assert (await person(office, "lan")).name == "Lan thị Trần"
    page = await renames(chu, "lan", name="\u202e\u200b")
    assert "Xin ghi tên" in page.words()


async def test_who_looks_after_a_village_is_known_by_the_new_name_and_not_when_gone(office, chu):
    await villages(office, ("v1", "Phú Mỹ", "", "hai", "Bác Ba"), ("v2", "Ấp Bắc", "", "", "hai"))
    await renames(chu, "hai", name="Trần Hai")
    words = (await chu.get(PEOPLE)).words()
    assert "Trần Hai phụ trách; Bác Ba thay" in words
    assert "Trần Hai thay" in words
    csrf = (await chu.get(PEOPLE)).field("csrf")
    await chu.post(f"{PEOPLE}/removal", {"csrf": csrf, "person": "p-hai", "sure": "remove"})
    words = (await chu.get(PEOPLE)).words()
    assert "Trần Hai" not in words
    assert "Bác Ba thay" in words
    assert "Ấp Bắc" in words
    assert len(await office.audit("village_edited")) == 4


# Rights end.


async def test_rights_end_after_a_second_press(office, chu):
    lan = await office.people[0].sign_in()
    csrf = (await chu.get(PEOPLE)).field("csrf")
    asked = await chu.post(f"{PEOPLE}/removal", {"csrf": csrf, "person": "p-lan"})
    assert "lan (cán bộ bảo vệ trẻ em)" in asked.words()
    assert (await person(office, "lan")).active
    done = await chu.post(f"{PEOPLE}/removal", {**fields(asked), "sure": "remove"})
    assert "Đã ghi" in done.words()
    assert not (await person(office, "lan")).active
    assert (await lan.get("/dashboard/case/2222-222C")).status == 401
    assert await office.audit("removed") == [("p-chu", "")]


# Villages.


async def adds(staff, **more):
    page = await staff.get(f"{PEOPLE}/village?commune={DAI_LOC}")
    return await staff.post(f"{PEOPLE}/village", {**fields(page), **more})


async def test_a_village_is_added_and_people_may_write_its_names(office, chu):
    page = await adds(
        chu, name="Phú Mỹ", aliases="xóm Trên, Gò Nổi", landmark="chợ Mới", collaborator="p-hai"
    )
    assert "Phú Mỹ Còn gọi: xóm Trên, Gò Nổi. Gần chợ Mới hai phụ trách" in page.words()
    assert (await person(office, "hai")).villages == ("Phú Mỹ",)
    assert await office.audit("village_edited") == [("p-chu", "")]
    assert await office.audit("person_edited") == [("p-chu", "")]  # asked to visit there, too
    await office.site.app.geography.fresh()
    code = await office.report(place="Gò Nổi")
    assert (await office.case(code)).commune == DAI_LOC


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"name": ""}, "Xin ghi tên thôn"),
        ({"name": "a" * 65}, "Tên thôn dài quá 64 chữ cái"),
        ({"name": "Ấp Nam", "aliases": "a" * 65}, "Tên thôn dài quá 64 chữ cái"),
        ({"name": "Ấp Nam", "landmark": "a" * 256}, "Nơi dễ nhận dài quá 255 chữ cái"),
        ({"name": "phu my"}, "Xã này đã có thôn gọi là phu my"),
        ({"name": "Ấp Nam", "aliases": "xóm Trên"}, "Xã này đã có thôn gọi là xóm Trên"),
        ({"name": "Ấp Nam", "collaborator": "p-lan"}, "Việc này đã xong hoặc không còn hiệu lực"),
    ],
)
async def test_a_village_that_cannot_be_is_refused_kindly(office, chu, told, why):
    await villages(office, ("v1", "Phú Mỹ", "xóm Trên"))
    page = await adds(chu, **told)
    assert page.status == 422
    assert why in page.words()
    assert fields(page)["name"] == told["name"]
    assert await office.audit("village_edited") == []


async def test_what_an_import_wrote_stays_until_somebody_is_chosen(office, chu):
    await villages(office, ("v1", "Phú Mỹ", "xóm Trên", "Bác Ba", ""))
    where = f"{PEOPLE}/village?commune={DAI_LOC}&code=v1"
    form = fields(await chu.get(where))
    assert form["collaborator"] == "="
    page = await chu.post(f"{PEOPLE}/village", {**form, "landmark": "đình làng"})
    assert "Gần đình làng Bác Ba phụ trách" in page.words()
    page = await chu.post(
        f"{PEOPLE}/village",
        {**fields(await chu.get(where)), "collaborator": "", "substitute": "p-hai"},
    )
    assert "Gần đình làng hai thay" in page.words()
    again = fields(await chu.get(where))
    assert (again["collaborator"], again["substitute"]) == ("", "p-hai")
    assert (await chu.post(f"{PEOPLE}/village", again)).path == PEOPLE
    assert len(await office.audit("village_edited")) == 2


async def test_of_two_editors_of_a_village_the_slower_is_told(office, chu):
    await villages(office, ("v1", "Phú Mỹ"))
    where = f"{PEOPLE}/village?commune={DAI_LOC}&code=v1"
    first, second = fields(await chu.get(where)), fields(await chu.get(where))
    await chu.post(f"{PEOPLE}/village", {**first, "aliases": "xóm Trên", "landmark": "đình"})
    page = await chu.post(f"{PEOPLE}/village", {**second, "aliases": "xóm Dưới"})
    assert page.status == 409
    assert "Còn gọi: xóm Trên" in page.words()
    assert fields(page)["aliases"] == "xóm Dưới"
    assert (await chu.post(f"{PEOPLE}/village", fields(page))).path == PEOPLE


async def test_no_village_is_added_to_a_commune_that_is_none(office):
    ad = await hired(office, "ad", Role.ADMIN, "")
    csrf = (await ad.get(PEOPLE)).field("csrf")
    form = {"csrf": csrf, "commune": "99999", "name": "Phú Mỹ"}
    assert (await ad.post(f"{PEOPLE}/village", form)).status == 404
    assert await office.audit("village_edited") == []


async def test_a_village_that_is_not_there_is_not_found(office, chu):
    assert (await chu.get(f"{PEOPLE}/village?commune={DAI_LOC}&code=zz")).status == 404
    form = {**fields(await chu.get(f"{PEOPLE}/village?commune={DAI_LOC}")), "code": "zz"}
    assert (await chu.post(f"{PEOPLE}/village", form)).status == 404
    assert (await chu.get(f"{PEOPLE}/village?commune=99999")).status == 404


# An administrator; invitations.


async def test_an_administrator_keeps_every_roster(office):
    ad = await hired(office, "ad", Role.ADMIN, "")
    await office.hire("mai", Role.OFFICER, ELSEWHERE)
    assert "mai cán bộ" in (await ad.get(PEOPLE)).words()
    page = await ad.get(f"{PEOPLE}?commune={ELSEWHERE}")
    assert "mai cán bộ" in page.words()
    assert "lan cán bộ" not in page.words()
    assert "Chưa có thôn nào" in page.words()
    assert "Mai Anh" in (await renames(ad, "mai", name="Mai Anh")).words()


async def invites(staff, **more):
    form = {**fields(await staff.get(f"{PEOPLE}/invite")), **more}
    return await staff.post(f"{PEOPLE}/invite", form)


async def test_a_leader_invites_a_collaborator_and_somebody_else_must_agree(office, chu):
    lan = office.people[0]
    await lan.hears()
    page = await invites(chu, name="Bác Tư", villages="Phú Mỹ, Ấp Bắc")
    assert re.search(r"Mã mời: \w{16}", page.words())
    assert "chỉ hiện một lần" in page.words()
    assert "chờ thêm một người đồng ý" in page.words()
    assert "mời" in str(await lan.hears())
    assert await office.audit("invited") == [("p-chu", "")]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"name": ""}, "Xin ghi tên"),
        ({"name": "a" * 301}, "Tên dài quá 300 chữ cái"),
        ({"name": "Hải"}, "cùng vai trò mang tên này"),
        ({"name": "Tư", "role": "admin"}, "Xin chọn vai trò"),
        ({"name": "Tư", "villages": "Phú Mỹ, " + "a" * 65}, "Tên thôn dài quá 64 chữ cái"),
        ({"name": "Tư", "commune": ELSEWHERE}, "Xin chọn xã"),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused(office, chu, told, why):
    page = await invites(chu, **told)
    assert page.status == 422
    assert why in page.words()
    assert await office.audit("invited") == []


async def test_an_administrator_chooses_role_and_commune(office):
    ad = await hired(office, "ad", Role.ADMIN, "")
    assert "Xin chọn xã" in (await invites(ad, name="Tư", role="officer")).words()
    assert "Mã mời" in (await invites(ad, name="Tư", role="officer", commune=ELSEWHERE)).words()
    assert "Mã mời" in (await invites(ad, name="Năm", role="supervisor")).words()


async def test_in_english_no_word_of_ours_is_vietnamese(office):
    ann = await hired(office, "ann", Role.LEADER, lang="en")
    csrf = (await ann.get(PEOPLE)).field("csrf")
    pages = [
        await ann.get(PEOPLE), await opens(ann, "lan"), await adds(ann, name=""),
        await invites(ann, name=""), await invites(ann, name="Ben"),
        await ann.post(f"{PEOPLE}/removal", {"csrf": csrf, "person": "p-lan"}),
    ]  # fmt: skip
    for page in pages:
        words = page.words().replace("Đại Lộc", "")
        assert not re.search("[ăâđêôơưạảấầẩậắằẳặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửựỳỷỹ]", words)
