"""The PIN: set at the first sign-in, asked before what is dangerous, locked, changed, reset by two."""

import logging
from datetime import timedelta

import pytest

from cases.model import Role
from handlers.roster.pins import FRESH
from tests.support.office import DAI_LOC, Office
from tests.support.pins import PIN

TAKE = {"month": "2026-11", "for": "outside"}


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def chu(office):
    return await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()


async def csrf(staff):
    return (await staff.get("/dashboard/pin")).field("csrf")


async def takes(staff, **more):
    return await staff.sends("/dashboard/figures", {"csrf": await csrf(staff), **TAKE, **more})


async def sets(staff, new, again="", old=""):
    form = {"csrf": await csrf(staff), "new": new, "again": again or new, "old": old}
    return await staff.post("/dashboard/pin", form)


async def test_the_first_sign_in_asks_for_a_pin_and_the_next_ones_do_not(office):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC, pin=False)
    page = await lan.spend(await lan.token())
    assert page.path == "/dashboard/pin"
    assert (await lan.get("/dashboard")).status == 200  # an alarm does not wait for it
    assert (await sets(lan, "3141 59")).path == "/dashboard"
    assert any("Mã PIN của anh/chị vừa được đặt" in one["text"] for one in await lan.hears())
    assert (await lan.spend(await lan.token())).path == "/dashboard"


async def test_whoever_has_none_sets_one_before_anything_dangerous(office):
    chu = await office.hire("chu", Role.LEADER, DAI_LOC, pin=False)
    await chu.spend(await chu.token())
    page = await takes(chu, pin="271828")
    assert (page.status, 'name="new"' in page.text) == (403, True)
    assert await office.audit("figures_taken") == []


@pytest.mark.parametrize(("new", "again"), [
    ("12345", ""), ("1234567", ""), ("abcdef", ""), ("123456", ""), ("987654", ""), ("111111", ""),
    ("121212", ""), ("123123", ""), ("314159", "314158"), ("", ""),
])  # fmt: skip
async def test_what_is_no_pin_or_easy_or_not_the_same_twice_is_refused(office, new, again):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC, pin=False)
    await lan.spend(await lan.token())
    assert (await sets(lan, new, again)).status == 422
    async with office.site.store.reading("test") as work:
        assert await work.pins.of("p-lan") is None


async def test_figures_leave_only_with_the_pin_which_is_asked_again_after_five_minutes(office, chu):
    assert 'name="pin"' in (await takes(chu)).text
    page = await takes(chu, pin="000000")
    assert (page.status, "Còn 4 lần thử" in page.text) == (422, True)
    assert "000000" not in page.text
    assert (await takes(chu, pin=PIN)).headers["Content-Type"].startswith("application/vnd")
    assert (await takes(chu)).status == 200
    office.site.app.kit.clock.advance(FRESH)
    assert (await takes(chu)).status == 403


async def test_a_pin_typed_in_one_session_opens_nothing_in_another(office, chu):
    await takes(chu, pin=PIN)
    await chu.spend(await chu.token())
    assert (await takes(chu)).status == 403


async def test_five_wrong_ones_lock_it_and_the_right_one_opens_nothing_any_more(office, chu):
    ad = await office.hire("ad", Role.ADMIN)
    for _ in range(5):
        page = await takes(chu, pin="000000")
    assert "đã khóa" in page.text
    assert "đã khóa" in (await takes(chu, pin=PIN)).text
    assert len(await office.audit("pin_locked")) == 1
    assert any("Mã PIN của anh/chị đã khóa" in one["text"] for one in await chu.hears())
    assert any("đã khóa sau 5 lần" in one["text"] for one in await ad.hears())
    await chu.spend(await chu.token())  # a new session is no new chance
    assert "đã khóa" in (await takes(chu, pin=PIN)).text


async def test_a_change_needs_the_old_one_and_counts_a_wrong_one(office, chu):
    assert (await sets(chu, "314159", old="000000")).status == 422
    async with office.site.store.reading("test") as work:
        assert (await work.pins.of("p-chu")).tries == 1
    assert (await sets(chu, "314159", old=PIN)).path == "/dashboard"
    assert (await takes(chu, pin=PIN)).status == 422
    assert (await takes(chu, pin="314159")).status == 200


async def test_a_forgotten_one_is_reset_by_a_second_person_never_by_oneself(office, chu):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    bao = await office.hire("bao", Role.OFFICER, "20515")
    form = {"csrf": await csrf(chu)}
    for _ in range(2):
        page = await chu.post("/dashboard/pin/forgotten", form)
    assert "Đã gửi yêu cầu" in page.text
    asked = [one for one in await lan.hears() if "xin đặt lại mã PIN" in one["text"]]
    assert len(asked) == 1
    assert not [one for one in await bao.hears() if "mã PIN" in one["text"]]
    said = await lan.presses(asked[0], "pin_reset")
    assert any("Đã đồng ý" in one["text"] for one in said)
    assert (await chu.get("/dashboard/pin")).status == 401  # whoever signed in before must again
    assert any("mã PIN cũ không dùng nữa" in one["text"] for one in await chu.hears())
    assert (await chu.spend(await chu.token())).path == "/dashboard/pin"
    assert await office.audit("pin_reset") == [("p-lan", "")]
    said = await lan.presses(asked[0], "pin_reset")  # once
    assert not any("Đã đồng ý" in one["text"] for one in said)


async def test_nobody_else_there_means_no_reset(office, chu):
    page = await chu.post("/dashboard/pin/forgotten", {"csrf": await csrf(chu)})
    assert page.status == 422
    async with office.site.store.reading("test") as work:
        assert (await work.pins.of("p-chu")).reset_asked_at is None


async def test_rights_end_and_high_roles_are_invited_only_with_the_pin(office, chu):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    ad = await (await office.hire("ad", Role.ADMIN)).sign_in()
    removal = {"csrf": await csrf(ad), "person": "p-lan", "sure": "remove"}
    invite = {"csrf": removal["csrf"], "role": "leader", "commune": DAI_LOC, "name": "Mai"}
    for path, form in (("removal", removal), ("invite", invite)):
        page = await ad.sends(f"/dashboard/people/{path}", form)
        assert 'name="pin"' in page.text
    async with office.site.store.reading("test") as work:
        assert (await work.people.get("p-lan")).active
        assert await work.invites.all_waiting() == []
    await ad.post("/dashboard/people/removal", removal)
    async with office.site.store.reading("test") as work:
        assert not (await work.people.get("p-lan")).active
        assert await work.pins.of("p-lan") is None


async def test_the_digits_stand_in_no_row_no_log_and_no_page(office, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC, pin=False)
    await lan.spend(await lan.token())
    await sets(lan, "314159")
    page = await takes(lan, pin="314159")
    office.site.app.kit.clock.advance(timedelta(hours=1))
    assert "314159" not in caplog.text + page.text
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"314159" not in file.read_bytes(), file
