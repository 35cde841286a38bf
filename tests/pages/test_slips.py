"""A slip on the public page: looking shows nothing, a press opens it, a press answers it, then it runs out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.model import Level, Role, Status
from cases.sharing import removal
from tests.support.office import DAI_LOC

STORY = "co be bi danh"
NOWHERE = "A" * 22
ELSEWHERE = "20515"


@pytest.fixture
async def slip(office):
    return await sent(office, "clinic_care")


async def sent(office, purpose):
    """(officer, code, token) of a referral by link."""
    lan = await (await office.hire("lan", Role.OFFICER, DAI_LOC)).sign_in()
    code = await office.report()
    await lan.does(await lan.opens(code), "acknowledge")
    form = await lan.get(f"/dashboard/case/{code}/refer")
    given = {name: form.field(name) for name in ("csrf", "rev", "submission")}
    given |= {"purpose": purpose, "fields": "all", "way": "link"}
    given |= {"where.words": "trang kin.example"} if removal(given) else {}
    page = await lan.post(f"/dashboard/case/{code}/refer", given)
    assert page.status == 200
    token = re.search(r"/slip#([\w-]{22})", page.text).group(1)
    return lan, code, token


async def referral(office, code):
    case = await office.case(code)
    return next(one for one in case.beside if one.kind == "referral")


async def open_slip(office, code):
    async with office.site.store.reading("test") as work:
        case = await work.cases.by_code(code)
        return (await work.slips.of_case(case.id))[1].opened_at


async def test_looking_at_the_link_opens_and_answers_nothing(office, slip):
    lan, code, token = slip
    for path in ("/slip", f"/slip?token={token}", "/slip/received"):
        page = await lan.get(path)
        assert code not in page.text
    assert await open_slip(office, code) is None
    assert (await referral(office, code)).state == "sent"


async def test_a_press_opens_it_and_a_press_says_that_they_have_it(office, slip):
    lan, code, token = slip
    page = await lan.post("/slip", {"token": token})
    assert page.status == 200 and code in page.words()
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"
    assert await open_slip(office, code) is not None
    assert (await referral(office, code)).state == "sent"
    for _ in range(2):
        page = await lan.post("/slip/received", {"token": token})
        assert "anh/chị nhận phiếu lúc" in page.words()
    assert (await referral(office, code)).state == "received"
    acts = [act for _, act in [(0, one.act) for one in await events(office, code)]]
    assert acts.count("refer_received") == 1


async def test_left_open_it_gives_way_to_the_door(slip):
    lan, _, token = slip
    for path in ("/slip", "/slip/received"):
        assert (await lan.post(path, {"token": token})).headers["Refresh"] == "900; url=/slip"
    assert "Refresh" not in (await lan.get("/slip")).headers
    assert "Refresh" not in (await lan.post("/slip", {"token": NOWHERE})).headers


async def events(office, code):
    async with office.site.store.reading("test") as work:
        case = await work.cases.by_code(code)
        return await work.cases.events(case.id)


async def test_it_shows_what_the_purpose_allows_and_nothing_else(office, slip):
    lan, code, token = slip
    page = await lan.post("/slip", {"token": token})
    case = await lan.opens(code)
    told = re.search(r"Lời kể</dt><dd>([^<]+)", case.text).group(1)
    assert told not in page.text
    assert "Lời kể" not in page.words() and "Loại việc" not in page.words()


async def test_what_was_told_later_is_not_on_it(office, slip):
    """P7: what was shared is what was kept when it was shared, and not what the case says now."""
    lan, code, token = slip
    then = (await lan.post("/slip", {"token": token})).words()
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        told = {"answers": {"child_place": {"words": "nhà bà ngoại"}}}
        await work.cases.add_event(case.id, "later", "report", "reporter", told)
        await work.cases.save(replace(case, level=Level.LOW), case.rev)
    page = await lan.post("/slip", {"token": token})
    assert "nhà bà ngoại" in (await lan.opens(code)).words()
    assert page.words() == then


async def _changed(office, code, **facts):
    async with office.site.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        assert await work.cases.save(replace(case, **facts), case.rev)


async def _out(office, code, person):
    async with office.site.store.transaction("test") as work:
        await work.cases.exclude((await work.cases.by_code(code)).id, person.id)


# What can become of a case while a link to its slip is somewhere.
SHUT = {
    "closed": {"status": Status.CLOSED},
    "elsewhere": {"commune": ELSEWHERE},
    "commune": {"flags": ("conflict_commune",)},  # whoever sent it works there
}


@pytest.mark.parametrize("how", ["unknown", "late", "excluded", *SHUT])
async def test_a_link_that_is_not_good_any_more_says_the_same_as_none(office, slip, how):
    lan, code, token = slip
    if how == "late":
        office.site.stage.clock.advance(timedelta(hours=73))
    if how == "excluded":
        await _out(office, code, lan.person)
    await _changed(office, code, **SHUT.get(how, {}))
    token = NOWHERE if how == "unknown" else token
    for path in ("/slip", "/slip/received"):
        page = await lan.post(path, {"token": token})
        assert page.status == 404
        assert code not in page.text
        assert "không mở được" in page.words()
    assert (await referral(office, code)).state == "sent"


@pytest.mark.parametrize(
    ("purpose", "facts"),
    [
        ("police_crime", {"flags": ("conflict_police",)}),
        ("police_removal", {"flags": ("conflict_police",)}),
        ("school_watch", {"flags": ("conflict_school",)}),
        ("school_watch", {"kind": "violence_school"}),
    ],
)
async def test_a_body_that_may_not_know_any_more_opens_nothing(office, purpose, facts):
    lan, code, token = await sent(office, purpose)
    assert (await lan.post("/slip", {"token": token})).status == 200
    await _changed(office, code, **facts)
    assert (await lan.post("/slip", {"token": token})).status == 404
    assert f"slip#{token}" not in (await lan.opens(code)).text


async def test_another_site_cannot_press_for_them(office, slip):
    lan, code, token = slip
    page = await lan.post("/slip/received", {"token": token}, Origin="https://elsewhere.example")
    assert page.status == 403
    assert (await referral(office, code)).state == "sent"
