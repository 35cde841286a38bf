"""Whatever a rule refuses in the chat of staff leaves the same line in the audit as on a page."""

import json

import pytest
from sqlalchemy import select

from cases.model import Role
from storage.tables import audit
from tests.support.world import open_world

ON = "telegram"


@pytest.fixture
async def told(tmp_path):
    """A case that Lan holds, of somebody who reported in the web chat."""
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", ON)
    await world.staff("chu", Role.LEADER, "20500", ON)
    await world.reporter("minh", "web", "vi")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    await world.presses("lan", "Tôi nhận", ON)
    yield world
    await world.app.close()


async def refused(world):
    """Who was refused which act, in order; the case is named in each row."""
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        rows = await work._tx.all(
            select(audit).where(audit.c.act == "refused", audit.c.case_id == case.id)
        )
        opened = [
            await work._tx.open(f"case:{case.id}", f"audit|detail|{row['n']}", row["detail"])
            for row in rows
        ]
    return [(row["actor"], json.loads(one)["act"]) for row, one in zip(rows, opened, strict=True)]


async def opened_by_chu(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    await world.says("chu", f"/vu {case.code}", ON)


async def closed_by_chu(world):
    await opened_by_chu(world)
    await world.finds("chu", "Không đủ căn cứ", ON)
    await world.presses("chu", "Không đủ căn cứ", ON)
    await world.says("chu", "đã hỏi trường", ON)
    await world.presses("chu", "Chưa gặp", ON)


async def test_a_form_that_was_filled_and_then_refused_is_logged(told):
    await told.finds("lan", "Trùng tin", ON)
    await told.says("lan", "AAAA-AAAA", ON)
    assert ("p-lan", "merge") in await refused(told)


async def test_a_form_that_the_case_has_outrun_is_logged(told):
    await told.finds("lan", "Hạ mức", ON)
    await told.presses("lan", "Thấp", ON)
    await opened_by_chu(told)
    await told.finds("chu", "Giao người phụ trách", ON)
    await told.presses("chu", "chu", ON)
    await told.says("lan", "đã có người trông", ON)
    assert await refused(told) == [("p-lan", "lower")]


async def test_an_answer_to_a_notice_of_a_closed_case_is_logged(told):
    (notice,) = [
        message for to, out, message in told.channels[ON].accepted
        if to.user == "lan" and out.text.startswith("Việc mới")
    ]  # fmt: skip
    await closed_by_chu(told)
    await told.hears(told.message("lan", ON, "text", text="đã gọi", about=notice))
    assert await refused(told) == [("p-lan", "note")]


async def test_a_note_that_cannot_be_sent_on_any_more_is_logged(told):
    notice = next(message for to, _, message in told.channels[ON].accepted if to.user == "lan")
    await told.hears(told.message("lan", ON, "text", text="đã gọi", about=notice))
    await closed_by_chu(told)
    await told.presses("lan", "Gửi người báo tin", ON)
    assert await refused(told) == [("p-lan", "ask_reporter")]


async def test_a_form_with_nobody_to_choose_is_logged(told):
    await told.finds("lan", "Nhờ cộng tác viên", ON)
    assert await refused(told) == [("p-lan", "send_visit")]


async def test_a_press_that_came_too_late_is_logged(told):
    await closed_by_chu(told)
    await told.presses("lan", "Bắt đầu xác minh", ON)
    assert await refused(told) == [("p-lan", "verify")]


async def test_a_letter_where_nobody_has_reported_is_refused_and_logged(tmp_path):
    world = await open_world(tmp_path)
    try:
        await world.staff("lan", Role.OFFICER, "20500", ON)
        await world.staff("hoa", Role.DEPUTY, "20500", ON)
        for line in ("/baotin", "Gặp trực tiếp", "sos", "Đại An"):  # staff for somebody
            await world.says("hoa", line, ON)
        await world.presses("lan", "Tôi nhận", ON)
        await world.finds("lan", "Nhắn người báo tin", ON)
        assert "Hồ sơ này không có người báo tin nào để nhắn." in world.texts("lan", ON)
        assert await refused(world) == [("p-lan", "ask_reporter")]
        async with world.app.kit.store.reading("test") as work:
            (case,) = await work.cases.all_cases()
            assert [one.act for one in await work.cases.events(case.id)][-1] == "acknowledge"
    finally:
        await world.app.close()
