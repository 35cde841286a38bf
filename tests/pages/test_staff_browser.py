"""The pages of staff in a real browser: no violation, no script needed but at the door, no mouse."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from cases.model import Role
from handlers.flows.act_forms import ACT_FORMS
from tests.support.office import DAI_LOC, PAPER, PHOTO, VOICE, Office
from tests.support.pins import PIN

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
AXE = Path(__file__).parents[1] / "support" / "axe.min.js"
SHOTS = Path(__file__).parent / "shots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HA_NHA, VU_GIA = "20515", "20539"  # communes beside ours
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


async def forms_of(office, staff, code):
    """The acts with a form that stand on the case page of this person."""
    page = await staff.opens(code)
    return re.findall(rf'href="/dashboard/case/{code}/(\w+)"', page.text)


async def walk(office, page, staff, code, seen):
    """Every form that this person is offered, in the browser, under axe."""
    for act in await forms_of(office, staff, code):
        if act not in seen:
            await page.goto(f"{office.site.url}/dashboard/case/{code}/{act}")
            await expect(page.locator("form.asks")).to_be_visible()
            await sound(page)
            seen.add(act)


class Round:
    """One case on its way, and every form that stood on it, each seen once in the browser."""

    def __init__(self, office, pages):
        self.office, self.pages, self.seen, self.code = office, pages, set(), ""

    @classmethod
    async def of(cls, office, chromium, *people):
        pages = {}
        for one in people:
            pages[one] = await come_in(office, await window(chromium), one)
            await one.sign_in()
        return cls(office, pages)

    async def look(self, *people):
        for one in people:
            await walk(self.office, self.pages[one], one, self.code, self.seen)

    async def done(self, staff, act, **fields):
        shown = await staff.get(f"/dashboard/case/{self.code}/{act}")
        assert shown.status == 200, (act, shown.words())
        answer = await staff.does(shown, act, **fields)
        assert answer.status == 200, (act, answer.words())

    async def pressed(self, staff, act):
        answer = await staff.does(await staff.opens(self.code), act)
        assert answer.status == 200, (act, answer.words())


DEGREES = dict.fromkeys(("harm", "again", "reach", "self_protect", "protector"), "low")
SURVEY = {
    f"{name}__words": "ổn" for name in ("body", "mind", "family", "carers", "setting", "needs")
}
MINUTES = {f"{name}__words": "đã bàn" for name in ("people", "needs", "agreed")}
PLAN = {
    "goals__words": "cháu an toàn", "task1__words": "rào ao", "task1_who": "family",
    "task1_until__words": "30/11/2026", "task1_more": "enough",
}  # fmt: skip
SAFE_PLACE = {"from_whom__words": "bố", "place__words": "nhà bà", "carer__words": "bà"}
OFFER = {"kind": "moved", "why__words": "cháu chuyển đi", "done__words": "đã xác minh"}
REVIEW = {
    **dict.fromkeys(("harm", "reach", "barriers", "self_protect", "protector"), "low"),
    "decision": "end", "why__words": "đã ổn",
}  # fmt: skip
REFERRAL = {"purpose": "clinic_care", "fields": "least", "way": "phone", "text__words": ""}


async def test_every_form_there_is_is_sound(office, chromium):
    lan, chu = (
        await office.hire("lan", Role.OFFICER, DAI_LOC),
        await office.hire("chu", Role.LEADER, DAI_LOC),
    )
    hoa, mai = (
        await office.hire("hoa", Role.DEPUTY, DAI_LOC),
        await office.hire("mai", Role.COLLABORATOR, DAI_LOC),
    )
    dung, tam = (
        await office.hire("dung", Role.OFFICER, HA_NHA),
        await office.hire("tam", Role.SUPERVISOR),
    )
    way = await Round.of(office, chromium, lan, chu, hoa, mai, dung, tam)
    way.code = await office.report()
    await way.look(lan)
    await way.pressed(lan, "acknowledge")
    await way.look(lan, chu)
    await _others_help(way, lan, mai, dung)
    await way.done(hoa, "exclude", reason__words="cháu của tôi")
    await way.look(chu)  # who is above lets in again
    await _out_of_danger(way, lan, chu)
    await _by_a_plan(way, lan, chu)
    await way.look(chu, tam)
    way.code = await office.report("co cai ao khong rao")
    await way.pressed(lan, "acknowledge")
    await way.done(lan, "set_kind", kind="dangerous_place")
    await way.done(lan, "lower", level="low", reason__words="đã rào")
    await way.look(lan)
    way.code = await office.report("be bi danh", "khong biet o dau")
    await way.look(tam)
    seen = way.seen | await _erased(office, chromium, lan, chu)
    offered = {act.value for act in ACT_FORMS}
    assert seen == offered, offered ^ seen


async def _erased(office, chromium, lan, chu):
    """A report that turned out to be none: weeks later one asks to erase it, another decides."""
    code = await office.report()
    await lan.does(await lan.opens(code), "acknowledge")
    page = await chu.get(f"/dashboard/case/{code}/dismiss")
    await chu.does(page, "dismiss", reason="unfounded", checked__words="đã xem", seen="yes")
    office.site.stage.clock.advance(timedelta(days=40))
    later = await Round.of(office, chromium, lan, chu)
    later.code = code
    await later.done(lan, "ask_erase", ground="mistake")
    await later.look(chu)
    return later.seen


async def _others_help(way, lan, mai, dung):
    """A visit, a referral, a handover that is taken back, declined, and sent on paper."""
    await way.done(lan, "send_visit", person=mai.person.id, what__words="xem cháu ở đâu")
    await way.look(mai)
    await way.pressed(mai, "accept_visit")
    await way.look(mai)
    await way.done(lan, "refer", **REFERRAL)
    await way.done(lan, "offer_handover", commune=HA_NHA, **OFFER)
    await way.look(lan, dung)
    await way.done(dung, "decline_handover", reason__words="không phải xã tôi")
    await way.done(lan, "offer_handover", commune=VU_GIA, **OFFER)  # nobody works there with us
    await way.look(lan)
    await way.done(lan, "withdraw_handover", reason__words="nhầm xã")


async def _out_of_danger(way, lan, chu):
    """A measure, a separation, form 02, and the child is safe."""
    await way.done(lan, "measure", measure="medical", who__words="Trạm", when__words="ngay")
    await way.look(chu)
    days = {"since": "today", "until": "days3"}
    await way.done(chu, "separate", **SAFE_PLACE, **days)
    await way.look(chu)
    await way.done(chu, "end_separation", why__words="đã an toàn")
    await way.done(lan, "assess", **DEGREES, decision="urgent")
    await way.look(lan)
    await way.done(lan, "safe", who__words="Lan", when="just_now", where__words="trạm")


async def _by_a_plan(way, lan, chu):
    """From the detailed assessment to the end."""
    await way.look(lan)
    await way.done(lan, "assess_detail", risk="low", **SURVEY)
    await way.look(lan)
    await way.done(lan, "meeting", **MINUTES)
    await way.look(lan)
    await way.done(lan, "submit", **PLAN)
    await way.look(chu)
    await way.done(chu, "approve", number__words="12/QĐ-UBND", date="today")
    await way.look(lan)
    await way.done(lan, "review", **REVIEW)
    await way.look(chu)
    await way.done(chu, "end", stable="yes", reason__words="cháu ổn")


@pytest.mark.parametrize("width", WIDTHS)
async def test_what_an_administrator_and_whoever_was_too_late_see_is_sound(office, chromium, width):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    hoa, ad = await office.hire("hoa", Role.DEPUTY, DAI_LOC), await office.hire("ad", Role.ADMIN)
    code = await office.report()
    page = await come_in(office, await window(chromium, width), lan)
    await page.get_by_role("link", name=code).click()
    await hoa.sign_in()
    await hoa.does(await hoa.opens(code), "acknowledge")
    await page.get_by_role("button", name="Tôi nhận").click()
    await expect(page.get_by_role("alert")).to_contain_text("đã có cán bộ thay thế nhận lúc")
    await expect(page.get_by_role("alert")).to_be_focused()
    await sound(page)
    await picture(page, f"too-late-{width}")
    await page.goto(f"{office.site.url}/dashboard/case/2222-222C")
    await sound(page)
    await page.goto(f"{office.site.url}/dashboard?show=mine")
    await sound(page)
    page = await window(chromium, width)
    await page.goto(f"{office.site.url}/dashboard")
    await sound(page)
    await page.goto(f"{office.site.url}/dashboard#{await ad.token()}")
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page.get_by_role("heading", name="Tình hình hệ thống")).to_be_visible()
    await sound(page)
    await picture(page, f"system-{width}")


async def test_the_token_leaves_the_address_bar_at_once_and_the_history(office, chromium):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    page, token = await window(chromium), await lan.token()
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    await page.goto(f"{office.site.url}/dashboard#{token}")
    await expect(page.get_by_role("button", name="Đăng nhập")).to_be_focused()
    assert page.url == f"{office.site.url}/dashboard"
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Việc", exact=True)).to_be_visible()
    await page.go_back()
    await page.go_forward()
    assert not any(token in one for one in [*asked, page.url])


async def test_a_link_opened_over_an_open_page_asks_before_it_takes_its_place(office, chromium):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    chu = await office.hire("chu", Role.LEADER, DAI_LOC)
    page = await come_in(office, await window(chromium), lan)
    await expect(page.locator("#door")).to_be_hidden()
    await page.goto(f"{office.site.url}/dashboard#{await chu.token()}")
    await expect(page.locator("#door")).to_contain_text("vừa mở một liên kết đăng nhập")
    await expect(page.locator("footer")).to_contain_text("cán bộ bảo vệ trẻ em")
    await sound(page)
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page.locator("footer")).to_contain_text("lãnh đạo")


async def test_a_strange_word_behind_the_address_opens_no_door(office, chromium):
    page = await window(chromium)
    for word in ("main", "x" * 21, "x" * 23, "<script>", "%00"):
        await page.goto(f"{office.site.url}/dashboard#{word}")
        await expect(page.locator("#door")).to_be_hidden()
        await expect(page.locator("#how")).to_be_visible()


async def test_a_case_is_worked_on_with_the_keyboard_alone(office, chromium):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    code = await office.report()
    page = await come_in(office, await window(chromium), lan)

    async def go_to(name, role):
        """Tab until it has the focus, and see that the focus can be seen."""
        target = page.get_by_role(role, name=name, exact=True)
        for _ in range(40):
            await page.keyboard.press("Tab")
            if await target.evaluate("one => one === document.activeElement"):
                break
        await expect(target).to_be_focused()
        width = await target.evaluate("one => getComputedStyle(one).outlineWidth")
        assert width == "3px" or role == "radio"

    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    await go_to(code, "link")
    await page.keyboard.press("Enter")
    await go_to("Tôi nhận", "button")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("Đã ghi.")
    await go_to("Ghi việc đã làm", "link")
    await page.keyboard.press("Enter")
    await go_to("Gọi điện", "radio")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Nhà khóa cửa.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".happened li").first).to_contain_text("Đã đến nơi; Nhà khóa cửa.")


async def test_everything_behind_the_door_works_without_scripts(office, chromium):
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    code = await office.report()
    page = await window(chromium, java_script_enabled=False)
    (cookie,) = [one for one in lan.client.cookie_jar if one.key == "annhi_staff"]
    await page.context.add_cookies(
        [{"name": "annhi_staff", "value": cookie.value, "url": office.site.url}]
    )
    await page.goto(f"{office.site.url}/dashboard")
    await page.get_by_role("link", name=code).click()
    await page.get_by_role("button", name="Tôi nhận").click()
    await page.get_by_role("link", name="Ghi việc đã làm").click()
    await page.get_by_label("Gặp trẻ").check()
    await page.get_by_role("button", name="Ghi", exact=True).click()
    await expect(page.locator(".happened")).to_contain_text("Gặp trẻ")
    await page.get_by_role("button", name="Đăng xuất").click()
    await expect(page.get_by_role("status")).to_contain_text("Anh/chị đã đăng xuất.")


async def test_from_the_chat_to_the_pages_and_the_chat_goes_on_ringing(office, chromium):
    from bot.commands.setup import make_invitation
    from storage.records.people import Invite

    made = await make_invitation(office.site.store, Invite(Role.OFFICER, DAI_LOC, (), "Lan"))
    chat = await window(chromium)
    await chat.goto(f"{office.site.url}/join/{made.code}")
    await chat.get_by_role("button", name="Bắt đầu").click()
    await expect(chat.locator("#join")).to_have_count(0)
    await chat.fill("#text", "/web")
    await chat.keyboard.press("Enter")
    await expect(chat.locator("li.mine small")).to_have_count(1)
    await office.site.stage.settle()
    async with chat.context.expect_page() as opened:
        await chat.get_by_role("link", name="Mở trang làm việc").click()
    pages = await opened.value
    await pages.get_by_role("button", name="Đăng nhập").click()
    for name in ("new", "again"):  # the first time a PIN is set
        await pages.fill(f"#{name}", PIN)
    await sound(pages)
    await pages.get_by_role("button", name="Ghi", exact=True).click()
    await expect(pages.get_by_role("heading", name="Việc", exact=True)).to_be_visible()
    await office.site.stage.settle()
    await expect(chat.locator("#log")).to_contain_text("Đăng nhập mới vào trang làm việc")
    await pages.get_by_role("link", name="Trò chuyện").click()
    await expect(pages.locator("#log")).to_contain_text("Đăng nhập mới vào trang làm việc")


@pytest.mark.parametrize("width", WIDTHS)
async def test_files_are_sound_and_a_picture_shows_after_one_press(office, chromium, width):
    lan = await office.hire("lan", Role.OFFICER, DAI_LOC)
    code = await office.report_with(PHOTO, VOICE, PAPER)
    page = await come_in(office, await window(chromium, width), lan)
    await page.get_by_role("link", name=code).click()
    await expect(page.locator("img")).to_have_count(0)
    await sound(page)
    await picture(page, f"files-{width}")
    await page.get_by_label("Lý do mở").fill("xem vết thương để gọi trạm y tế")
    await page.get_by_role("button", name="Mở Ảnh 1").click()
    image = page.get_by_alt_text("Ảnh người báo tin gửi")
    await expect(image).to_be_visible()
    assert await image.evaluate("one => one.naturalWidth") > 0
    await sound(page)
    await picture(page, f"file-{width}")
    await page.get_by_role("link", name="Về hồ sơ").click()
    played = page.locator("audio").evaluate(
        "one => { one.load(); one.preload = 'auto'; return true; }"
    )
    assert await played


async def sooner(route):
    """The page as it was sent, but its quarter of an hour passes in two seconds."""
    answer = await route.fetch()
    rests = {"refresh": answer.headers["refresh"].replace("900;", "2;")}
    await route.fulfill(response=answer, headers={**answer.headers, **rests})


async def test_a_case_that_is_left_open_is_gone_after_a_while(office, chromium):
    lan, code, *_ = await busy(office)
    page = await come_in(office, await window(chromium), lan)
    await page.route(f"**/dashboard/case/{code}", sooner)
    await page.get_by_role("link", name=code).click()
    await expect(page.get_by_role("heading", name=code)).to_be_visible()
    await page.wait_for_url("**/dashboard/rest")
    await expect(page.locator("body")).not_to_contain_text(code)
    await sound(page)
    await page.get_by_role("link", name="Về danh sách việc").click()
    await expect(page.get_by_role("heading", name="Việc", exact=True)).to_be_visible()
