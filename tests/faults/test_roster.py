"""Somebody is gone, on leave, asleep, or named in a circle: the next one is called, and it is said (F40)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.duty import LeaveState, ShiftState
from cases.model import Role
from notifications.channel import Gone
from tests.support.people import T, danger, does, everybody, person, put_leave, put_shift

HOUR = timedelta(hours=1)
ASK = ("> nghi", "Nghỉ nhiều ngày", "Ngay bây giờ", "Ngày mai")


def alerted(world, name):
    return any("Việc mới" in text for text in world.new(name, T))


async def test_f40_substitutes_in_a_circle_call_the_next_step_and_never_nobody(world):
    await everybody(world)
    await put_leave(world, "lan", "hoa")
    await put_leave(world, "hoa", "lan")
    await danger(world)
    assert alerted(world, "chu")
    assert not alerted(world, "lan") and not alerted(world, "hoa")
    assert "Đã báo cho người kế tiếp" in world.texts("ad", T)[-1]


async def test_f40_everybody_of_the_commune_on_leave_in_a_circle_calls_the_city(world):
    await everybody(world, "cong")
    for who, substitute in (("lan", "hoa"), ("hoa", "chu"), ("chu", "lan")):
        await put_leave(world, who, substitute)
    await danger(world)
    assert alerted(world, "tam")


async def test_f40_officer_removed_on_leave_off_duty_there_is_always_somebody(world):
    await everybody(world)
    await world.remove("hoa")
    await does(world, "lan", "> nghi", "Hết ca hôm nay")
    assert "không có ai trực" in world.texts("chu", T)[-1]
    assert "không có ai trực" in world.texts("ad", T)[-1]
    await danger(world)
    assert alerted(world, "chu")


async def test_f40_two_who_ask_each_other_do_not_both_leave(world):
    await everybody(world)
    await put_leave(world, "hoa", "lan", state=LeaveState.ASKED)
    await does(world, "lan", *ASK, "hoa (cán bộ thay thế)")
    assert "vòng quanh" in world.texts("lan", T)[-1]
    await put_leave(world, "lan", "hoa", state=LeaveState.ACCEPTED, start=20)
    await does(world, "lan", "> alo", "Trực / nghỉ")
    async with world.app.kit.store.transaction("test") as work:
        from handlers.actions.absence import answer
        from handlers.actor import Actor

        lan = await work.people.get("p-lan")
        with pytest.raises(Exception, match="leave_circle"):
            await answer(Actor(work, world.app.kit, person=lan), "hoa-lan", accepted=True)
    assert (await person(world, "hoa")).substitute == ""


async def test_f40_a_leave_whose_chain_is_broken_when_it_begins_does_not_begin(world):
    await everybody(world)
    await does(world, "lan", "> nghi", "Nghỉ nhiều ngày", "Ngày mai", "Ngày mai",
               "hoa (cán bộ thay thế)")  # fmt: skip
    await does(world, "hoa", "Nhận thay")
    await put_leave(world, "hoa", "lan", start=8)
    await world.pass_time(12 * HOUR)
    assert "Không còn ai làm thay anh/chị" in world.texts("lan", T)[-1]
    assert any("Không còn ai làm thay cán bộ" in text for text in world.texts("chu", T))
    lan = await person(world, "lan")
    assert lan.on_duty and not lan.substitute
    await danger(world)
    assert alerted(world, "lan")


async def test_what_the_substitute_may_not_know_of_goes_on_along_the_chain(world):
    await everybody(world)
    code = await danger(world)
    await does(world, "lan", "Tôi nhận")
    async with world.app.kit.store.transaction("test") as work:
        case = await work.cases.by_code(code)
        await work.cases.exclude(case.id, "p-hoa", "involved")
    world.new("hoa", T)
    await does(world, "lan", *ASK, "hoa (cán bộ thay thế)", "Giao cho người thay")
    await does(world, "hoa", "Nhận thay", "Xem việc bàn giao")
    assert code not in "".join(world.new("hoa", T))
    assert code in "".join(world.texts("chu", T))
    async with world.app.kit.store.reading("test") as work:
        after = await work.cases.get(case.id)
        assert after.holder == ""
        assert await work.timers.armed(f"case:{case.id}")


async def test_a_case_nobody_has_taken_yet_is_shown_to_whoever_stands_in(world):
    await everybody(world)
    await danger(world)
    world.new("chu", T)
    await does(world, "lan", *ASK, "chu (lãnh đạo UBND xã)")
    await does(world, "chu", "Nhận thay")
    assert alerted(world, "chu")


async def test_a_case_passes_with_an_event_and_an_audit_row_and_its_idle_clock_restarts(world):
    await everybody(world)
    code = await danger(world)
    await does(world, "lan", "Tôi nhận", *ASK, "hoa (cán bộ thay thế)", "Giao cho người thay")
    world.clock.advance(timedelta(minutes=5))
    await does(world, "hoa", "Nhận thay")
    async with world.app.kit.store.reading("test") as work:
        case = await work.cases.by_code(code)
        assert case.holder == "p-hoa"
        assert [one.act for one in await work.cases.events(case.id)][-1] == "assign"
        (idle,) = [one for one in await work.timers.armed(f"case:{case.id}") if one.kind == "idle"]
        assert idle.due_at - work.now > timedelta(minutes=29)
        assert (await work.audit.recent("assign", HOUR, "p-lan"))[0] == 1


async def test_a_leave_that_has_begun_can_be_cancelled_like_coming_back(world):
    await everybody(world)
    await does(world, "lan", *ASK, "hoa (cán bộ thay thế)")
    await does(world, "hoa", "Nhận thay")
    await does(world, "lan", "> alo", "Trực / nghỉ", "Hủy đợt nghỉ", "> 1")
    assert "Đã hủy đợt nghỉ" in world.texts("lan", T)[-1]
    assert "Đã trở lại" in world.texts("hoa", T)[-1]
    assert (await person(world, "lan")).on_duty


async def test_only_the_one_who_was_asked_may_answer(world):
    await everybody(world)
    leave = await put_leave(world, "lan", "hoa", state=LeaveState.ASKED)
    from handlers.actions.absence import answer, cancel_leave
    from handlers.actor import Actor

    async with world.app.kit.store.transaction("test") as work:
        for name in ("lan", "chu"):
            actor = Actor(work, world.app.kit, person=await work.people.get(f"p-{name}"))
            with pytest.raises(Exception, match="errand_over"):
                await answer(actor, leave.id, accepted=True)
        hoa = Actor(work, world.app.kit, person=await work.people.get("p-hoa"))
        with pytest.raises(Exception, match="errand_over"):
            await cancel_leave(hoa, leave.id)


async def test_nobody_who_could_stand_in_means_no_leave_of_days(world):
    await world.staff("lan", Role.OFFICER, "20500", T)
    await does(world, "lan", "> nghi", "Nghỉ nhiều ngày")
    assert "chưa có ai làm thay" in world.texts("lan", T)[-1]


async def test_on_duty_before_the_shift_begins_counts_as_its_confirmation(world):
    await everybody(world)
    shift = await put_shift(world, "lan", 0.5, 8)
    await does(world, "lan", "> /truc")
    async with world.app.kit.store.reading("test") as work:
        assert (await work.shifts.get(shift.id)).state is ShiftState.CONFIRMED
    await does(world, "lan", "> nghi", "Hết ca hôm nay")
    async with world.app.kit.store.reading("test") as work:
        assert (await work.shifts.get(shift.id)).state is ShiftState.CONFIRMED  # it has not begun
    world.clock.advance(HOUR)
    await does(world, "lan", "> /truc", "> nghi", "Hết ca hôm nay")
    async with world.app.kit.store.reading("test") as work:
        assert (await work.shifts.get(shift.id)).state is ShiftState.ENDED


PLAN = ("> alo", "Trực / nghỉ", "Đặt ca trực", "> ngày mai")


async def test_the_shift_of_somebody_on_leave_is_asked_of_whoever_stands_in(world):
    await everybody(world)
    await does(world, "lan", *PLAN, "07:00 – 17:00")
    await put_leave(world, "lan", "hoa", days=5)
    world.new("hoa", T)
    await world.pass_time(11 * HOUR)
    assert "Anh/chị đã vào ca chưa?" in "".join(world.new("hoa", T))
    await does(world, "hoa", "Tôi đã vào ca")
    assert "đang trực" in world.texts("hoa", T)[-1]


async def test_a_shift_cannot_lie_inside_a_leave(world):
    await everybody(world)
    await put_leave(world, "lan", "hoa", start=10)
    await does(world, "lan", *PLAN, "07:00 – 17:00")
    assert "trùng với một đợt nghỉ" in world.texts("lan", T)[-1]


async def test_a_shift_that_passed_while_the_program_was_off_asks_nobody(world):
    await everybody(world)
    await does(world, "lan", *PLAN, "07:00 – 17:00")
    world.new("lan", T)
    world.clock.advance(30 * HOUR)
    await world.restart()
    said = "".join(world.new("lan", T))
    assert "Anh/chị đã vào ca chưa" not in said and "chưa xác nhận" not in said
    assert (await person(world, "lan")).on_duty


async def test_two_shifts_one_after_the_other_have_no_gap(world):
    await everybody(world)
    await does(world, "lan", *PLAN, "07:00 – 17:00", "Trực / nghỉ", "Đặt ca trực", "> ngày mai",
               "17:00 – 07:00")  # fmt: skip
    await world.pass_time(11 * HOUR)
    await does(world, "lan", "Tôi đã vào ca")
    await world.pass_time(10 * HOUR - timedelta(minutes=5))  # 17:10, and not confirmed yet
    assert (await person(world, "lan")).on_duty
    assert "đã hết" not in "".join(world.texts("lan", T))


async def test_a_second_confirmation_or_one_by_somebody_else_changes_nothing(world):
    await everybody(world)
    shift = await put_shift(world, "lan", -1, 8)
    from handlers.actions.duty import confirm
    from handlers.actor import Actor

    async with world.app.kit.store.transaction("test") as work:
        hoa = Actor(work, world.app.kit, person=await work.people.get("p-hoa"))
        with pytest.raises(Exception, match="shift_over"):
            await confirm(hoa, shift.id)
        await work.shifts.mark(shift, ShiftState.CANCELLED)
        lan = Actor(work, world.app.kit, person=await work.people.get("p-lan"))
        with pytest.raises(Exception, match="shift_over"):
            await confirm(lan, shift.id)
    async with world.app.kit.store.reading("test") as work:
        assert (await work.shifts.get(shift.id)).state is ShiftState.CANCELLED


async def test_a_notice_that_does_not_arrive_takes_the_next_address(world):
    await everybody(world, "chu")
    await world.staff("chu", Role.LEADER, "20500", T, "zalobot")
    world.channels[T].faults["chu"] = [Gone("blocked")]
    for who in ("lan", "hoa"):
        await does(world, who, "> nghi", "Hết ca hôm nay")
    assert "không có ai trực" in world.texts("chu", "zalobot")[-1]
    assert world.texts("chu", T) == []


async def test_somebody_without_any_address_that_works_is_named_to_the_administrator(world):
    await everybody(world)
    world.channels[T].faults["chu"] = [Gone("blocked")]
    for who in ("lan", "hoa"):
        await does(world, who, "> nghi", "Hết ca hôm nay")
    assert any("không liên lạc được ở địa chỉ nào" in text for text in world.texts("ad", T))
    await does(world, "lan", "> /truc", "> nghi", "Hết ca hôm nay")  # nobody is written to in vain
    assert world.texts("chu", T) == []


async def test_a_reminder_that_the_program_cannot_word_is_put_before_a_human(world):
    await everybody(world)
    await does(world, "lan", *PLAN, "07:00 – 17:00")
    world.break_text("notice.shift_begins")
    await world.pass_time(12 * HOUR)
    assert any("không chạy được" in text for text in world.texts("ad", T))


async def test_removal_ends_sessions_links_invitations_shifts_and_leave_in_one_commit(world):
    from sqlalchemy import insert, select

    from storage.tables import login_links, staff_sessions

    await everybody(world)
    await does(world, "lan", "> /moi", "> Phú Mỹ", "> Hải")
    await put_shift(world, "lan", 5, 8)
    await does(
        world, "lan", "> nghi", "Nghỉ nhiều ngày", "> 30/11", "> 1/12", "hoa (cán bộ thay thế)"
    )
    await does(world, "hoa", "Nhận thay")
    store = world.app.kit.store
    async with store.transaction("test") as work:
        session = {"hash": "s", "person_id": "p-lan", "made_at": work.now, "seen_at": work.now}
        await work._tx.run(insert(staff_sessions).values(contact_id="", csrf="", **session))
        link = {"hash": "l", "person_id": "p-lan", "made_at": work.now, "expires_at": work.now}
        await work._tx.run(insert(login_links).values(contact_id="", **link))
    await does(world, "chu", "> alo", "Khác…", "Khác…", "Dừng quyền một người", "lan (cán bộ bảo vệ trẻ em)",
               "Dừng quyền")  # fmt: skip
    async with store.reading("test") as work:
        assert (await work._tx.one(select(staff_sessions)))["ended_at"]
        assert await work._tx.one(select(login_links)) is None
        assert await work.invites.all_waiting() == []
        assert await work.leaves.open() == []
        open_ = (ShiftState.PLANNED, ShiftState.CONFIRMED, ShiftState.MISSED, ShiftState.STAYING)
        assert await work.shifts.of_person("p-lan", *open_) == []
        assert await work.contacts.of_person("p-lan") == []
    assert any("không phải làm thay" in text for text in world.texts("hoa", T))


async def test_who_only_asked_the_removed_person_to_stand_in_hears_it_too(world):
    await everybody(world)
    await does(world, "lan", *ASK, "hoa (cán bộ thay thế)")
    await world.remove("hoa")
    assert "Không còn ai làm thay anh/chị" in world.texts("lan", T)[-1]
    assert (await person(world, "lan")).on_duty


async def test_whoever_lost_the_right_between_the_question_and_the_answer_removes_nobody(world):
    await everybody(world)
    await does(
        world,
        "chu",
        "> alo",
        "Khác…",
        "Khác…",
        "Dừng quyền một người",
        "lan (cán bộ bảo vệ trẻ em)",
    )
    async with world.app.kit.store.transaction("test") as work:
        chu = await work.people.get("p-chu")
        await work.people.save(replace(chu, role=Role.OFFICER))
    await does(world, "chu", "Dừng quyền")
    assert (await person(world, "lan")).active
