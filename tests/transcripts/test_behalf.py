"""What a report for somebody else leaves in the rows: its source, its teller, and no thread of a reporter."""

from datetime import timedelta

from cases.model import Role, Status
from tests.support.people import T, does, everybody


async def only_case(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return case, await work.cases.events(case.id), await work.cases.reporters(case.id)


async def test_source_and_teller_are_kept_and_nobody_becomes_a_reporter(world):
    await everybody(world)
    await does(world, "hoa", "> /baotin", "111 chuyển", "Có, ngay bây giờ", "> Đại An")
    case, events, reporters = await only_case(world)
    assert case.source == "h111"
    assert {event.actor for event in events} == {"p-hoa"}
    assert reporters == []
    async with world.app.kit.store.reading("test") as work:
        assert (await work.audit.recent("open", timedelta(hours=1), "p-hoa"))[0] == 1
    await does(world, "lan", "Tôi nhận")
    async with world.app.kit.store.transaction("test") as work:
        shut = await work.cases.get(case.id)
        assert shut.holder == "p-lan"
    await world.pass_time(timedelta(hours=2))
    assert not any("Mã riêng" in text or "Theo dõi" in text for text in world.texts("hoa", T))


async def test_a_source_that_is_said_later_reaches_the_case(world):
    await everybody(world)
    await does(world, "hoa", "> sos", "> Đại An")
    assert (await only_case(world))[0].source == "bot"
    await does(world, "hoa", "Trường chuyển")
    assert (await only_case(world))[0].source == "school"


async def test_silence_files_it_in_the_name_of_who_told_it(world):
    await everybody(world)
    await does(world, "tam", "> /baotin", "Gọi điện", "> bé bị nhốt, cứu với")
    await world.pass_time(timedelta(minutes=11))
    case, events, reporters = await only_case(world)
    assert events[0].actor == "p-tam"
    assert reporters == []
    assert case.commune == ""  # the city knows of no commune yet: its desk has it
    await world.says("tam", "xã Đại Hiệp", T)
    assert "Đã nhận tin" in "".join(world.texts("tam", T))


async def test_a_report_that_was_closed_meanwhile_keeps_the_last_words(world):
    await everybody(world)
    await does(
        world, "hoa", "> /baotin", "Gọi điện", "Không", "Nguy hiểm, tai nạn", "Chỗ nguy hiểm"
    )
    await does(world, "lan", "Tôi nhận", "> " + (await only_case(world))[0].code)
    async with world.app.kit.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
        from dataclasses import replace

        closed = replace(case, status=Status.CLOSED, rev=case.rev + 1)
        await work.cases.save(closed, case.rev)
        await work.timers.stop(f"case:{case.id}")
    await world.says("hoa", "thôn Phú Mỹ", T)
    assert "đã được xử lý" in world.texts("hoa", T)[-1]
    assert (await only_case(world))[1][-1].actor == "p-hoa"


async def test_a_poster_scanned_by_staff_is_a_report_for_somebody_there(world):
    await everybody(world)
    await world.hears(world.message("lan", T, "start", payload="xa-20515"))
    await does(world, "lan", "Gặp trực tiếp", "Có, ngay bây giờ")
    case, _, _ = await only_case(world)
    assert case.source == "visit"
    assert case.commune == ""  # nobody works in that commune: the city desk has it


async def test_an_edit_while_telling_is_kept_and_an_edit_of_a_note_stays_a_note(world):
    await everybody(world)
    await does(world, "lan", "> /baotin", "Gọi điện", "> cái ao không có rào")
    await world.hears(world.message("lan", T, "signal", signal="edited", text="cái giếng"))
    await does(world, "lan", "Không", "Nguy hiểm, tai nạn", "Chỗ nguy hiểm")
    _, events, _ = await only_case(world)
    assert "cái giếng" in events[0].body["answers"]["extra_words"]
    await world.hears(world.message("lan", T, "signal", signal="edited", text="cái hố"))
    assert (await only_case(world))[1][-1].body["text"] == "cái hố"
    notice = next(
        platform_id for to, out, platform_id in world.channels[T].accepted
        if to.user == "lan" and out.text.startswith("Việc mới")
    )  # fmt: skip
    await world.hears(
        world.message("lan", T, "signal", signal="edited", text="đã gọi", about=notice)
    )
    assert (await only_case(world))[1][-1].act == "note"


async def test_an_administrator_may_report_and_still_sees_no_case(world):
    await world.staff("ad", Role.ADMIN, "", T)
    await world.staff("tam", Role.SUPERVISOR, "", T)
    await does(world, "ad", "> /baotin", "Gọi điện", "Có, ngay bây giờ", "> Đại An")
    case, _, _ = await only_case(world)
    await does(world, "ad", f"> /vu {case.code}")
    assert "Không tìm thấy" in world.texts("ad", T)[-1]
