"""Whose report was joined to another knows nothing of it: their own code, their own times, their own secret."""

from datetime import timedelta

import pytest

from cases.lifecycle import Act
from cases.model import Role
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from tests.support.world import open_world

SECRET = "Mã riêng của anh/chị: "


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    await made.staff("lan", Role.OFFICER, "20500", "telegram")
    await made.staff("chu", Role.LEADER, "20500", "telegram")
    yield made
    await made.app.close()


async def act(world, who, act, form, code):
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        actor = Actor(work, world.app.kit, person=person, name=person.id)
        await work_case(actor, await work.cases.by_code(code), act, form)
    await world.settle()


async def report(world, who):
    """A whole report; the code of its case."""
    await world.says(who, "be bi danh")
    await world.presses(who, "Có, ngay bây giờ")
    await world.says(who, "xã Đại Hiệp")
    for label in ("Bỏ qua", "Bỏ qua", "Gửi luôn", "Lúc nào cũng được", "Không"):
        await world.presses(who, label)
    async with world.app.kit.store.reading("test") as work:
        found = await work.cases.all_cases()
    return max(found, key=lambda one: one.opened_at).code


async def taken(world, who):
    """A whole report that lan has taken."""
    code = await report(world, who)
    await act(world, "lan", Act.ACKNOWLEDGE, {}, code)
    return code


async def later(world, minutes):
    await world.pass_time(timedelta(minutes=minutes))


async def join(world, code, other):
    for who in ("minh", "thu", "nga"):
        world.new(who)
    await later(world, 3)
    await act(world, "lan", Act.MERGE, {"other": other}, code)


async def answer(world, who, text):
    """What they hear when they write this."""
    world.new(who)
    await world.says(who, text)
    return "\n".join(world.new(who))


@pytest.fixture
async def joined(world):
    """(the open case of minh, 20:15; the duplicate of thu, 20:25)"""
    open_ = await taken(world, "minh")
    await later(world, 10)
    mine = await taken(world, "thu")
    await join(world, mine, open_)
    return open_, mine


async def test_nobody_hears_that_somebody_else_told_of_it(world, joined):
    assert world.new("minh") == []
    assert world.new("thu") == []


async def test_it_stands_under_its_own_code_and_since_it_was_told(world, joined):
    open_, mine = joined
    said = await answer(world, "thu", "theo dõi")
    assert f"Tin báo {mine}: đã có người nhận lúc 20 giờ 25." in said
    assert open_ not in said
    said = await answer(world, "minh", "theo dõi")
    assert f"Tin báo {open_}: đã có người nhận lúc 20 giờ 15." in said


async def test_what_became_of_the_other_before_is_not_told(world):
    """It had been given back once: whoever told of it later was never part of that."""
    open_ = await taken(world, "minh")
    await act(world, "lan", Act.VERIFY, {}, open_)
    await later(world, 10)
    mine = await taken(world, "thu")
    await join(world, mine, open_)
    assert "đang xác minh từ 20 giờ 28" in await answer(world, "thu", "theo dõi")
    assert "đang xác minh từ 20 giờ 15" in await answer(world, "minh", "theo dõi")
    await later(world, 10)
    await act(world, "lan", Act.RELEASE, {"reason": "r"}, open_)
    assert "đang cần người khác nhận việc" in await answer(world, "thu", "theo dõi")


async def test_the_earlier_receipt_of_another_is_not_told_to_who_told_later(world):
    first = await taken(world, "minh")
    await later(world, 10)
    open_ = await report(world, "thu")
    await join(world, first, open_)
    assert f"Tin báo {open_}: nhận lúc 20 giờ 25" in await answer(world, "thu", "theo dõi")
    said = await answer(world, "minh", "theo dõi")
    assert f"Tin báo {first}: đang cần người khác nhận việc." in said


async def test_words_and_the_closing_come_under_the_own_code(world, joined):
    open_, mine = joined
    said = await answer(world, "thu", "cháu vẫn ở đó")
    assert f"Đã thêm vào tin báo {mine}." in said
    said = await answer(world, "thu", mine)
    assert f"Tin báo {mine}: đã có người nhận" in said
    await act(world, "chu", Act.DISMISS, {"reason": "unfounded", "why": "w"}, open_)
    await later(world, 5)
    closed = "\n".join([await answer(world, "thu", "theo dõi"), await answer(world, "minh", "x")])
    assert f"Tin báo {mine} đã được xử lý." in closed
    assert f"Tin báo {open_} đã được xử lý." in closed


async def test_the_secret_code_opens_the_own_report_and_no_other(world, joined):
    open_, mine = joined
    await world.presses("thu", "Lấy mã riêng")
    own = world.texts("thu")[-1].removeprefix(SECRET)[:19]
    await world.presses("minh", "Lấy mã riêng")
    assert world.texts("minh")[-1].removeprefix(SECRET)[:19] != own
    await world.says("thu2", own)
    said = "\n".join(world.texts("thu2"))
    assert mine in said
    assert open_ not in said


async def test_an_old_message_is_answered_and_its_buttons_work_on(world, joined):
    _, mine = joined
    outs = [one for one in world.channels["web"].accepted if one[0].user == "thu"]
    receipt = next(ref for _, out, ref in outs if mine in out.text)
    world.new("thu")
    await world.hears(world.message("thu", "web", "text", text="thêm nữa", about=receipt))
    assert f"Đã thêm vào tin báo {mine}." in "\n".join(world.new("thu"))


async def test_of_several_reports_each_is_named_as_it_was_told(world, joined):
    open_, mine = joined
    await later(world, 1)
    await world.presses("thu", "Báo việc khác")
    other = await report(world, "thu")
    world.new("thu")
    await world.presses("thu", "Nhắn cán bộ")
    labels = [c.label for c in world.channels["web"].accepted[-1][1].choices]
    assert f"{mine} (20:25)" in labels
    assert f"{other} (20:29)" in labels
    assert not [label for label in labels if open_ in label]
    await write(world, open_, "thu")
    assert mine in world.new("thu")[-1]


async def write(world, code, who):
    """lan writes to one of the reporters of a case, who is still there and reads it at once."""
    async with world.app.kit.store.reading("test") as work:
        contact = await work.contacts.by_address("web", "site", who)
        threads = await work.threads.of_case((await work.cases.by_code(code)).id)
    thread = next(one.id for one in threads if contact.id in one.contacts)
    await act(
        world, "lan", Act.ASK_REPORTER, {"reporter": thread, "text": "Cán bộ đang đến."}, code
    )


async def test_a_report_that_was_joined_twice_is_its_own_again_when_it_is_opened_again(
    world, joined
):
    open_, mine = joined
    last = await taken(world, "nga")
    await join(world, open_, last)
    assert mine in await answer(world, "thu", "theo dõi")
    assert open_ in await answer(world, "minh", "theo dõi")
    await later(world, 5)
    await act(world, "chu", Act.REOPEN, {"reason": "r"}, mine)
    said = await answer(world, "thu", "theo dõi")
    assert said.count("Tin báo") == 1
    assert f"Tin báo {mine}: được mở lại" in said
    async with world.app.kit.store.reading("test") as work:
        assert len(await work.threads.of_case((await work.cases.by_code(last)).id)) == 2
