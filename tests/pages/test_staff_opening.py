"""Breaking the glass on the pages: a reason and two PINs."""

import pytest

from cases.model import Role
from tests.support.office import DAI_LOC, ELSEWHERE, Office
from tests.support.pins import PIN

PATH = "/dashboard/opening"
WHY = "nhà trường gọi lên, cần xem ngay"


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    for name, role in (("tam", Role.SUPERVISOR), ("chu", Role.LEADER), ("hai", Role.COLLABORATOR)):
        where = "" if role is Role.SUPERVISOR else DAI_LOC
        await (await made.hire(name, role, where)).sign_in()
    yield made
    await made.close()


async def form(staff, **more):
    return {"csrf": (await staff.get("/dashboard")).field("csrf"), **more}


async def test_asked_and_agreed_to_on_the_pages_each_with_a_pin(office):
    tam, chu, hai = office.people
    code = await office.report()
    assert (await tam.opens(code)).status == 404
    request = await form(tam, code=code, reason=WHY)
    assert 'name="pin"' in (await tam.sends(PATH, request)).text
    assert (await tam.sends(PATH, {**request, "pin": "000000"})).status == 422
    assert await office.audit("opening_asked") == []
    page = await tam.sends(PATH, {**request, "pin": PIN})
    assert (page.status, code in page.text) == (200, True)
    shown = await chu.get(PATH)
    assert WHY in shown.text
    answer = await form(chu, id=shown.field("id"), answer="yes")
    assert 'name="pin"' in (await chu.sends(f"{PATH}/answer", answer)).text
    assert (await tam.opens(code)).status == 404
    assert (await chu.sends(f"{PATH}/answer", {**answer, "pin": PIN})).status == 200
    page = await tam.opens(code)
    assert page.status == 200
    assert "/paper/" not in page.text
    assert code in (await tam.get(PATH)).text
    assert (await hai.get(PATH)).status == 404
    assert len(await office.audit("opening_read")) >= 1


async def test_a_code_that_is_not_there_gives_the_same_page(office):
    tam, *_ = office.people
    code = await office.report()
    pages = []
    for one in (code, "2222-2222"):
        await tam.post(PATH, await form(tam, code=one, reason=WHY))
        pages.append((await tam.get(PATH)).words())
    assert "Đã gửi, đang chờ." in pages[0]
    assert pages[1].count("Đã gửi, đang chờ.") == 2


@pytest.mark.parametrize(
    "typed", [{"code": "x", "reason": WHY}, {"code": "2222-2222", "reason": "gấp"}, {}]
)
async def test_what_is_no_request_is_refused_with_what_was_typed(office, typed):
    tam, *_ = office.people
    page = await tam.post(PATH, await form(tam, **typed))
    assert page.status == 422
    assert typed.get("reason", "") in page.text


async def test_somebody_elses_request_is_neither_sent_nor_answered(office):
    tam, chu, _ = office.people
    na = await (await office.hire("na", Role.LEADER, ELSEWHERE)).sign_in()
    await tam.post(PATH, await form(tam, code=await office.report(), reason=WHY))
    opening = (await chu.get(PATH)).field("id")
    for one in (na, tam):
        assert 'name="answer"' not in (await one.get(PATH)).text
        page = await one.post(f"{PATH}/answer", await form(one, id=opening, answer="yes"))
        assert page.status == 422
        assert (await one.post(PATH, await form(one, id=opening))).status == 422
    assert await office.audit("opening_agreed") == []
