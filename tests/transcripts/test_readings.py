"""Every reading of a case is one line in the audit, whichever way somebody came to it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.lifecycle import Act
from cases.model import Role
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.pages.part_sheet import open_part
from handlers.papers.shelf import take_off
from storage.tables import audit
from tests.support.world import open_world

ON = "telegram"
MEASURE = {"measure": "medical", "who": "trạm y tế", "when": "ngay"}


@pytest.fixture
async def told(tmp_path):
    """An urgent case that nobody holds yet."""
    world = await open_world(tmp_path)
    for name, role in (
        ("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER), ("mai", Role.COLLABORATOR),
    ):  # fmt: skip
        await world.staff(name, role, "20500", ON)
    await world.staff("na", Role.OFFICER, "20515", ON)
    await world.staff("cong", Role.POLICE, "20500", ON)
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    yield world
    await world.app.close()


async def case_of(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return await work.cases.get(case.id)


async def readings(world, who):
    """The part of each reading of this person, "" = the whole."""
    case = await case_of(world)
    mine = (audit.c.act == "read") & (audit.c.actor == f"p-{who}") & (audit.c.case_id == case.id)
    async with world.app.kit.store.reading("test") as work:
        rows = await work._tx.all(select(audit).where(mine).order_by(audit.c.n))
        opened = [
            await work._tx.open(f"case:{case.id}", f"audit|detail|{row['n']}", row["detail"])
            for row in rows
        ]
    return [json.loads(one).get("part", "") for one in opened]


async def does(world, who, act, form):
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        actor = Actor(work, world.app.kit, person=person, name=person.id)
        await work_case(actor, await case_of(world), act, form)
    await world.settle()


async def test_a_notice_that_is_opened(told):
    await told.presses("lan", "Mở hồ sơ", ON)
    assert await readings(told, "lan") == [""]


@pytest.mark.parametrize("words", ["/vu {code}", "{code}", "/tim {code}", "/giay {code}"])
async def test_a_code_that_is_typed(told, words):
    code = (await case_of(told)).code
    if words.startswith("/giay"):  # papers are of a case that somebody has
        await does(told, "lan", Act.ACKNOWLEDGE, {})
    await told.says("lan", words.format(code=code), ON)
    if words == "{code}":
        await told.settle()
    assert await readings(told, "lan") == [""]


async def test_whoever_was_too_late_reads_the_case_all_the_same(told):
    await told.pass_time(timedelta(minutes=16))
    await told.presses("lan", "Tôi nhận", ON)
    assert await readings(told, "lan") == [""]
    await told.presses("hoa", "Tôi nhận", ON)
    assert await readings(told, "hoa") == [""]


async def test_a_decision_that_is_opened_shows_what_it_is_about_and_is_a_reading(told):
    await does(told, "lan", Act.ACKNOWLEDGE, {})
    await does(told, "lan", Act.MEASURE, MEASURE)
    await told.presses("chu", "Xác nhận biện pháp", ON)
    await told.presses("chu", "Hủy", ON)
    assert await readings(told, "chu") == [""]


async def test_a_visit_is_a_reading_of_a_part(told):
    await does(told, "lan", Act.ACKNOWLEDGE, {})
    await does(told, "lan", Act.SEND_VISIT, {"person": "p-mai", "what": "xem cửa nhà"})
    await told.presses("mai", "Nhận", ON)
    assert await readings(told, "mai") == ["visit"]


async def test_a_form_that_asks_only_is_none(told):
    await told.presses("lan", "Tôi nhận", ON)
    before = await readings(told, "lan")
    await told.finds("lan", "Ghi việc đã làm", ON)
    assert await readings(told, "lan") == before


async def test_an_offer_is_a_reading_of_a_part_on_the_page_as_in_the_chat(told):
    await does(told, "lan", Act.ACKNOWLEDGE, {})
    offer = {"commune": "20515", "kind": "moved", "why": "về với bà", "done": "đã gọi bà"}
    await does(told, "lan", Act.OFFER_HANDOVER, offer)
    await told.presses("na", "Mở hồ sơ", ON)
    assert await readings(told, "na") == ["offer"]
    await on_page(told, "na", open_part)
    assert await readings(told, "na") == ["offer"] * 2


async def test_what_the_police_were_told_is_a_reading_of_a_part(told):
    await does(told, "lan", Act.ACKNOWLEDGE, {})
    referral = {"purpose": "police_crime", "fields": "all", "way": "phone"}
    await does(told, "lan", Act.REFER, referral)
    await told.presses("cong", "Mở hồ sơ", ON)
    assert await readings(told, "cong") == ["referred"]


async def test_police_who_were_called_read_their_own_view_until_they_have_it(told):
    await told.pass_time(timedelta(minutes=31))
    await told.presses("cong", "Mở hồ sơ", ON)
    assert await readings(told, "cong") == ["police"]
    await told.presses("cong", "Tôi nhận", ON)
    await told.says("cong", f"/vu {(await case_of(told)).code}", ON)
    assert await readings(told, "cong") == ["police", ""]


async def test_a_paper_that_is_taken_out_is_a_reading(told):
    await does(told, "lan", Act.ACKNOWLEDGE, {})
    await on_page(told, "lan", take_off, "01-0")
    assert await readings(told, "lan") == [""]


async def test_papers_of_another_commune_are_refused_and_the_attempt_is_logged(told):
    case = await case_of(told)
    for name in ("na", "mai"):
        told.new(name, ON)
        await told.says(name, f"/giay {case.code}", ON)
        assert told.new(name, ON) == ["Không tìm thấy hồ sơ này."]
        assert await readings(told, name) == []
        mine = (audit.c.act == "refused") & (audit.c.actor == f"p-{name}")
        async with told.app.kit.store.reading("test") as work:
            rows = await work._tx.all(select(audit.c.case_id).where(mine))
        assert [row["case_id"] for row in rows] == [case.id]


async def on_page(world, who, opens, *more):
    """What this person opens on a page."""
    case = await case_of(world)
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        actor = Actor(work, world.app.kit, person=person, name=person.id)
        await opens(actor, case.code, *more)
