"""What staff pages show, and to whom: the gate of the chat, and the same page for everything else."""

import re
from datetime import timedelta

import pytest

from cases.allowed import acts_for
from cases.model import Role
from tests.support.office import DAI_LOC, ELSEWHERE

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
NOT_THERE = "2222-222C"


def pass_time(office, span):
    office.site.stage.clock.advance(span)


# Who may see what.

STRANGERS = {
    "officer elsewhere": (Role.OFFICER, ELSEWHERE),
    "deputy elsewhere": (Role.DEPUTY, ELSEWHERE),
    "leader elsewhere": (Role.LEADER, ELSEWHERE),
    "police, not called": (Role.POLICE, DAI_LOC),
    "city, not called": (Role.SUPERVISOR, ""),
    "collaborator": (Role.COLLABORATOR, DAI_LOC),
    "administrator": (Role.ADMIN, ""),
    "excluded": (Role.OFFICER, DAI_LOC),
}


async def reported(office):
    """A case whose alarm reached somebody, so that nobody else was called."""
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    return await office.report()


async def stranger(office, who, code):
    staff = await office.hire("nam", *STRANGERS[who])
    if who == "excluded":
        async with office.site.store.transaction("test") as work:
            case = await work.cases.by_code(code)
            await work.cases.exclude(case.id, staff.person.id, "involved")
    return await staff.sign_in()


async def every_page(staff, code):
    """Every address that names a case, and every way to press an act on it."""
    csrf = (await staff.get("/dashboard")).field("csrf")
    form = {"csrf": csrf, "rev": "1", "submission": "s", "what": "call"}
    pages = [
        await staff.opens(code),
        await staff.get(f"/dashboard/case?code={code.lower()}"),
        await staff.get(f"/dashboard/case/{code}/note"),
        await staff.get(f"/dashboard/case/{code}/acknowledge"),
        await staff.post(f"/dashboard/case/{code}/acknowledge", form),
        await staff.post(f"/dashboard/case/{code}/note", form),
        await staff.post(f"/dashboard/case/{code}/undo", form),
        await staff.post(f"/dashboard/case/{code}/no_act", form),
    ]
    return [(page.status, page.text) for page in pages]


@pytest.mark.parametrize("who", STRANGERS)
async def test_f52_a_foreign_case_looks_like_one_that_is_not_there(office, who):
    code = await reported(office)
    staff = await stranger(office, who, code)
    before = await office.case(code)
    there, nowhere = await every_page(staff, code), await every_page(staff, NOT_THERE)
    assert there == nowhere
    assert {status for status, _ in there} == {404}
    assert code not in (await staff.get("/dashboard?show=overdue")).text
    assert await office.case(code) == before
    assert (staff.person.id, before.id) in await office.audit("refused")


@pytest.mark.parametrize("who", [who for who in STRANGERS if who != "administrator"])
async def test_f52_lists_and_counts_know_only_what_one_may_know(office, who):
    code = await reported(office)
    staff = await stranger(office, who, code)
    pass_time(office, timedelta(minutes=1))
    page = await staff.get("/dashboard")
    assert code not in page.text
    assert re.findall(r"<b>(\d+)</b>", page.text) == ["0", "0", "0", "0"]


async def test_whoever_is_called_sees_the_case(office):
    police = await office.hire("cong", Role.POLICE, DAI_LOC)
    code = await reported(office)
    await police.sign_in()
    assert (await police.opens(code)).status == 404
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        await work.cases.involve(case.id, police.person.id, "alert")
    assert (await police.opens(code)).status == 200


PAGES = ("/dashboard", "/dashboard/case/{}", "/dashboard/case/{}/note", "/dashboard/case?code={}")


@pytest.mark.parametrize("path", PAGES)
async def test_without_a_session_every_page_is_the_door(office, path):
    code = await office.report()
    staff = await office.hire("lan", Role.OFFICER, DAI_LOC)
    page = await staff.get(path.format(code))
    assert "nhắn /web" in page.words()
    assert code not in page.text
    nowhere = await staff.get(path.format(NOT_THERE))
    assert (page.status, page.text) == (nowhere.status, nowhere.text)


# Reading is an act.


async def test_a_reading_is_logged_before_the_page_leaves(office, lan):
    code = await office.report()
    case = await office.case(code)
    assert await office.audit("read") == []
    await lan.opens(code)
    assert await office.audit("read") == [("p-lan", case.id)]


async def test_a_case_that_is_left_open_gives_way_without_keeping_the_session_awake(office, lan):
    code = await office.report()
    assert (await lan.opens(code)).headers["Refresh"] == "900; url=/dashboard/rest"
    form = await lan.get(f"/dashboard/case/{code}/note")
    assert "Refresh" not in form.headers  # what is being written stays
    clock = office.site.stage.clock
    clock.advance(timedelta(minutes=14))
    assert "Trang đã ẩn" in (await lan.get("/dashboard/rest")).words()
    clock.advance(timedelta(minutes=1))
    assert (await lan.opens(code)).status == 401


async def test_lists_and_forms_show_nothing_that_a_reading_would(office, lan):
    code = await office.report("chị Hạnh ở cạnh nhà đánh con")
    pages = [await lan.get("/dashboard"), await lan.get(f"/dashboard/case/{code}/note")]
    assert all("Hạnh" not in page.text for page in pages)
    assert await office.audit("read") == []
    assert "Hạnh" in (await lan.opens(code)).text


# The list.


async def test_the_list_begins_with_what_is_urgent_and_nobody_holds(office, lan):
    held = await office.report()
    await lan.does(await lan.opens(held), "acknowledge")
    pass_time(office, timedelta(minutes=1))
    older = await office.report()
    pass_time(office, timedelta(minutes=1))
    newer = await office.report()
    calm = await office.report()
    await lan.does(await lan.opens(calm), "acknowledge")
    lower = await lan.get(f"/dashboard/case/{calm}/lower")
    await lan.does(lower, "lower", level="low", reason__words="đã gặp trẻ")
    page = await lan.get("/dashboard")
    listed = [code for code in re.findall(r'/case/([^"/]+)"', page.text) if "-" in code]
    assert listed == [newer, older, held, calm]


async def test_the_list_can_be_narrowed_and_its_counts_agree(office, lan):
    mine, others = await office.report(), await office.report()
    await lan.does(await lan.opens(mine), "acknowledge")
    page = await lan.get("/dashboard?show=mine")
    assert mine in page.text
    assert others not in page.text
    assert re.findall(r"<b>(\d+)</b>", page.text) == ["2", "1", "0", "1"]
    assert others in (await lan.get("/dashboard?show=everything")).text


async def test_what_is_overdue_is_said_in_words(office, lan):
    code = await office.report()
    assert "Còn 14 phút · chờ người nhận" in (await lan.get("/dashboard")).words()
    pass_time(office, timedelta(minutes=14))
    lan.heard = 0
    await lan.sign_in()
    pass_time(office, timedelta(hours=13))
    await lan.sign_in()
    page = await lan.get("/dashboard?show=overdue")
    assert code in page.text
    assert "Quá hạn 74 phút · biện pháp khẩn cấp" in page.words()
    opened = await lan.opens(code)
    assert "Quá hạn 74 phút Hạn 08:15 ngày 24/11 biện pháp khẩn cấp, Điều 26(3)" in opened.words()


async def test_a_case_is_found_by_its_code_however_it_is_typed(office, lan):
    code = await office.report()
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert (await lan.get(f"/dashboard/case?code={typed}")).path == f"/dashboard/case/{code}"
    for typed in ("", "x", "2222-2222", "x" * 500):
        assert (await lan.get(f"/dashboard/case?code={typed}")).status == 404


# The case.


async def test_the_page_shows_everything_the_card_shows_and_every_word(office, lan):
    story = "Cháu bé ở cạnh nhà bị đánh. " * 60
    code = await office.report(story.strip())
    await lan.presses((await lan.hears())[-1], "read")
    card = (await lan.says(f"/vu {code}"))[-1]["text"]
    words = (await lan.opens(code)).words()
    for line in card.split("\n"):
        label, _, value = line.partition(": ")
        assert label in words
        value = value.partition(" (biện")[0].partition(" (chờ")[0].partition(" (trình")[0]
        assert value.removesuffix(" …") in words
    assert story.strip() in words


async def test_the_acts_of_the_page_are_the_acts_of_the_card(office, lan):
    code = await office.report()
    offered = re.findall(rf'/case/{code}/(\w+)"', (await lan.opens(code)).text)
    assert offered == ["acknowledge", "decline", "note", "mark_crime", "exclude"]
    done = await lan.does(await lan.opens(code), "acknowledge")
    offered = re.findall(rf'/case/{code}/(\w+)"', done.text)
    assert offered[:5] == ["verify", "note", "undo", "measure", "ask_reporter"]
    offered.remove("undo")  # for two minutes only
    assert offered == list(acts_for(await office.case(code), lan.person))


async def test_an_act_nobody_has_heard_of_is_refused(office, lan):
    code = await office.report()
    for act in ("open", "acknowledge", "nonsense", "resolve"):
        page = await lan.get(f"/dashboard/case/{code}/{act}")
        assert page.status == 409
        assert "Lúc này chưa làm được việc đó" in page.words()


# The page itself.


async def test_pages_load_nothing_from_outside_run_no_inline_code_and_are_kept_by_nobody(
    office, lan
):
    code = await office.report("chị Hạnh ở cạnh nhà đánh con")
    for path in PAGES:
        page = await lan.get(path.format(code))
        assert re.findall(r'(?:src|href|action)="(?!/|#)', page.text) == []
        assert not re.search(r"<style|style=|<script(?! src)| on\w+=|javascript:", page.text)
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        title = re.search(r"<title>(.*)</title>", page.text).group(1)
        assert title.removesuffix(f" – {code}") == "Trang làm việc"


async def test_what_was_told_is_only_text_on_the_page(office, lan):
    bad = "<script>alert(1)</script> \" onload='x' {{ 7*7 }} bị đánh"
    code = await office.report(bad)
    page = await lan.opens(code)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "{{ 7*7 }}" in page.text


async def test_in_english_no_word_of_ours_is_vietnamese(office):
    ann = await office.hire("ann", Role.OFFICER, DAI_LOC, lang="en")
    code = await office.report("hit by a neighbour", "Ai Nghia")
    await ann.sign_in()
    pages = [await ann.opens(code)]
    pages.append(await ann.does(pages[0], "acknowledge"))
    pages += [
        await ann.get(f"/dashboard/case/{code}/{act}") for act in ("note", "measure", "lower")
    ]
    pages += [await ann.get("/dashboard"), await ann.opens(NOT_THERE)]
    for page in pages:
        assert not VIETNAMESE.search(page.words().replace("Đại Lộc", ""))


async def test_the_chat_is_one_press_away_for_whoever_has_it_here(office, lan):
    assert '<a href="/">Trò chuyện</a>' in (await lan.get("/dashboard")).text
    async with office.site.store.transaction("test") as work:
        for contact in await work.contacts.of_person(lan.person.id):
            await work.contacts.unlink(contact.id)
        contact = await work.contacts.ensure("telegram", "site", "1", "1", "vi")
        await work.contacts.link(contact.id, lan.person.id)
    assert '<a href="/">' not in (await lan.get("/dashboard")).text


async def test_a_browser_gets_a_page_where_a_program_gets_json(office):
    staff = await office.hire("lan", Role.OFFICER, DAI_LOC)
    page = await staff.get("/dashboard/nowhere", Accept="text/html,*/*")
    assert (page.status, "<h1>" in page.text) == (404, True)
    assert '"not_found"' in (await staff.get("/dashboard/nowhere")).text


async def test_a_font_is_carried_once_and_a_page_never_kept(office):
    staff = await office.hire("lan", Role.OFFICER, DAI_LOC)
    name = "/static/fonts/be-vietnam-pro-latin-400-normal.woff2"
    url = f"{office.site.url}{name}"
    async with staff.client.get(url) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert (await staff.get("/dashboard")).headers["Cache-Control"] == "no-store"
