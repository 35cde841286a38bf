"""A case is erased by two people on the pages: afterwards it is not there, for anybody."""

from datetime import timedelta

import pytest

from cases.model import Role
from tests.support.office import DAI_LOC
from tests.support.opened import opened
from tests.support.pins import PIN


@pytest.fixture
async def chu(office):
    return await (await office.hire("chu", Role.LEADER, DAI_LOC)).sign_in()


async def closed(office, lan, chu):
    """A report that turned out to be none, 40 days ago; everybody is signed in again."""
    code = await office.report()
    await lan.does(await lan.opens(code), "acknowledge")
    page = await chu.get(f"/dashboard/case/{code}/dismiss")
    done = await chu.does(
        page,
        "dismiss",
        reason="unfounded",
        checked__words="đã xem",
        seen="yes",
    )
    assert done.status == 200, done.words()[-900:]
    return code


async def later(office, *people):
    office.site.stage.clock.advance(timedelta(days=40))
    for one in people:
        await one.sign_in()


async def ask(staff, code):
    return await staff.does(
        await staff.get(f"/dashboard/case/{code}/ask_erase"), "ask_erase", ground="mistake"
    )


async def agree(staff, code):
    page = await staff.get(f"/dashboard/case/{code}/agree_erase")
    return page if page.status != 200 else await staff.does(page, "agree_erase", sure="yes")


async def test_two_people_erase_and_nobody_alone(office, lan, chu):
    code = await closed(office, lan, chu)
    case = await office.case(code)
    await later(office, lan, chu)
    assert (await chu.opens(code)).status == 200
    assert (await ask(chu, code)).status == 200
    alone = await agree(chu, code)
    assert "không tự đồng ý" in alone.words()
    assert await office.case(code) is not None
    hai = await (await office.hire("hai", Role.LEADER, DAI_LOC)).sign_in()
    assert (await agree(hai, code)).status == 200
    for one in (lan, chu, hai):
        assert (await one.opens(code)).status == 404
        (said,) = await one.says(f"/vu {code}")
        assert "Không tìm thấy" in said["text"] or "không" in said["text"].lower()
    async with office.site.store.reading("test") as work:
        (proof,) = await work.certificates.listed()
        assert (proof.asked_by, proof.agreed_by) == ("p-chu", "p-hai")
        assert (proof.code, proof.reason) == (code, "mistake")
        assert await work.audit.verify() == []
    assert ("p-hai", case.id) in await office.audit("agree_erase")


async def test_what_was_written_lately_or_is_held_is_not_erased(office, lan, chu):
    code = await closed(office, lan, chu)
    hai = await (await office.hire("hai", Role.LEADER, DAI_LOC)).sign_in()
    await ask(lan, code)
    assert "30 ngày qua" in (await agree(hai, code)).words()
    await later(office, lan, chu, hai)
    await chu.does(
        await chu.get(f"/dashboard/case/{code}/hold"), "hold", ground__words="đang điều tra"
    )
    assert "đang được giữ" in (await agree(hai, code)).words()
    assert "Căn cứ: đang điều tra" in (await chu.opens(code)).words()
    assert await office.case(code) is not None


async def test_a_chat_erases_nothing(office, lan, chu):
    code = await closed(office, lan, chu)
    await later(office, lan, chu)
    (card,) = await chu.says(f"/vu {code}")
    assert not {one["option"] for one in card["choices"]} & {"ask_erase", "agree_erase"}
    (said,) = await chu.presses(card, "ask_erase")
    assert "/web" in said["text"]
    assert "ask_erase" not in await office.events(code)


async def test_an_erasure_asks_for_the_pin_again_and_keeps_it_nowhere(office, lan, chu):
    code = await closed(office, lan, chu)
    await later(office, lan, chu)
    office.site.stage.clock.advance(timedelta(minutes=6))
    page = await chu.get(f"/dashboard/case/{code}/ask_erase")
    form = {name: page.field(name) for name in ("csrf", "rev", "submission")}
    form["ground"], path = "mistake", f"/dashboard/case/{code}/ask_erase"
    assert (await chu.sends(path, form)).status == 403
    assert "ask_erase" not in await office.events(code)
    assert (await chu.sends(path, {**form, "pin": PIN})).status == 200
    assert "ask_erase" in await office.events(code)
    found = await opened(office.site.store)
    assert not [where for where, plain in found if PIN.encode() in plain and "pins" not in where]
