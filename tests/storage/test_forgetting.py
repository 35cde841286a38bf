"""A closed case is forgotten stage by stage as the years jump; what is held or asked for stays."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cases.model import Role
from handlers.actions.data_rights import Asked, close_request, take_request
from handlers.actor import Actor
from handlers.tick import rings_first
from storage import tables
from storage.records.file_parts import ORIGINAL, Part
from tests.support.opened import opened
from tests.support.world import open_world

DAY = timedelta(days=1)
HERE = "20500"
CHILD, PHONE = "Nguyễn Thị Bông", "0905123456"


@pytest.fixture
async def world(tmp_path):
    """A pond without a fence, told by Minh who leaves a number, looked at and mended by Lan."""
    one = await open_world(tmp_path, "2026-11-23 10:00")
    await one.reporter("minh", "web", "vi")
    for name, role in (("lan", Role.OFFICER), ("chu", Role.LEADER)):
        await one.staff(name, role, HERE, "telegram")
    await one.says("minh", f"cái ao không có rào, cháu {CHILD} hay chơi ở đó")
    for label in ("Không", "Đúng"):
        await one.presses("minh", label)
    await one.says("minh", "xã Đại Hiệp")
    for label in ("Bỏ qua", "Được"):
        await one.presses("minh", label)
    await till_the_number(one)
    yield one
    await one.app.close()


async def till_the_number(world):
    for _ in range(16):
        labels = {c.label for c in world.channels["web"].accepted[-1][1].choices}
        if "Không" in labels and "số điện thoại" in world.texts("minh")[-1]:
            break
        await world.presses("minh", "Bỏ qua")
    await world.presses("minh", "Có")
    await world.says("minh", f"Minh {PHONE}")
    await world.presses("minh", "Đồng ý")
    for label in ("Lúc nào cũng được", "Không", "Gửi"):
        await world.presses("minh", label)
    await world.presses("lan", "Tôi nhận", "telegram")


async def close(world, label="Đã xử lý xong"):
    await world.finds("lan", label, "telegram")
    for words in ("đã rào ao", "trưởng thôn"):
        await world.says("lan", words, "telegram")
    return await the_case(world)


async def the_case(world):
    async with world.app.kit.store.reading("test") as work:
        return (await work.cases.all_cases())[0]


async def jump(world, span):
    world.clock.advance(span)
    await world.settle()
    await world.app.forgetting.run()


async def says(world, *words):
    """Where any of these words can still be read by who has database and keys."""
    found = await opened(world.app.kit.store)
    return sorted({
        where for where, plain in found for word in words
        if word.encode() in plain or word.encode("unicode_escape") in plain
    })  # fmt: skip


async def stone(world, case):
    async with world.app.kit.store.reading("test") as work:
        return await work.remains.tombstone(case.id)


async def test_f54_a_resolved_hazard_is_forgotten_in_two_years_and_only_its_tombstone_stays(world):
    case = await close(world)
    assert "case_events.body" in await says(world, CHILD)
    for _ in range(2):  # what was said after the closing has days of its own
        await jump(world, 31 * DAY)
    left = await says(world, CHILD, PHONE)
    assert "inbox.raw" not in left
    assert "outbox.body" not in left
    assert "case_events.body" in await says(world, PHONE)
    await jump(world, 309 * DAY)
    assert await says(world, PHONE) == []
    assert "case_events.body" in await says(world, CHILD)
    await jump(world, 400 * DAY)
    assert await says(world, CHILD, PHONE) == []
    left = await stone(world, case)
    assert (left["erased_why"], left["code"]) == ("resolved", case.code)
    async with world.app.kit.store.reading("test") as work:
        (proof,) = await work.certificates.listed()
        assert proof.gone_at - proof.erased_at == 35 * DAY
        assert await work.cases.by_code(case.code) is None
        assert await work.audit.verify() == []


async def test_a_closed_case_never_lacks_its_timer_also_when_its_row_was_lost(world):
    case = await close(world)
    async with world.app.kit.store.transaction("test") as work:
        await work.timers.stop(f"case:{case.id}")
    await world.app.forgetting.run()
    async with world.app.kit.store.reading("test") as work:
        armed = await work.timers.armed(f"case:{case.id}")
    assert [one.kind for one in armed] == ["retention"]


async def test_undone_or_open_again_it_owes_nothing_of_the_kind(world):
    case = await close(world)
    await world.finds("lan", "Hoàn tác", "telegram")
    async with world.app.kit.store.reading("test") as work:
        armed = await work.timers.armed(f"case:{case.id}")
    assert "retention" not in [one.kind for one in armed]


async def test_a_hold_stops_every_stage_and_its_end_lets_them_go_on(world):
    case = await close(world)
    await world.says("chu", f"/vu {case.code}", "telegram")
    await world.finds("chu", "Giữ hồ sơ", "telegram")
    await world.says("chu", "công an đang điều tra, công văn 12", "telegram")
    await world.says("chu", f"/vu {case.code}", "telegram")
    assert "Căn cứ: công an đang điều tra" in world.texts("chu", "telegram")[-1]
    await jump(world, 900 * DAY)
    held = await says(world, CHILD)
    assert "case_events.body" in held
    assert "outbox.body" in held
    assert (await stone(world, case))["erased_at"] is None
    await world.says("chu", f"/vu {case.code}", "telegram")
    await world.finds("chu", "Thôi giữ", "telegram")
    for _ in range(4):
        await jump(world, 8 * DAY)
    assert await says(world, CHILD, PHONE) == []


async def test_what_its_reporter_asks_for_or_just_wrote_is_not_erased_meanwhile(world):
    case = await close(world)
    async with world.app.kit.store.transaction("test") as work:
        asked = Asked("erase", "paper", case=case)
        one = await take_request(Actor(work, world.app.kit, name="operator"), asked)
    await jump(world, 900 * DAY)
    assert (await stone(world, case))["erased_at"] is None
    async with world.app.kit.store.transaction("test") as work:
        assert await work.rights.runs_for(case.id)
        armed = await work.timers.armed(f"rights:{one.id}")
    assert {timer.kind for timer in armed} == {"rights_ack", "rights_do"}


async def consents(world, case):
    async with world.app.kit.store.reading("test") as work:
        return await work.consents.of_case(case.id)


async def test_a_consent_is_recorded_with_its_text_and_taken_back_by_one_message(world):
    case = await the_case(world)
    (given,) = await consents(world, case)
    assert (given.what, given.version, given.channel, given.withdrawn_at) == (
        "contact", 1, "web", None
    )  # fmt: skip
    assert "case_events.body" in await says(world, PHONE)
    await world.says("minh", "rút lại đồng ý")
    left = await says(world, PHONE)
    assert "case_events.body" not in left
    assert "talks.answers" not in left
    (taken,) = await consents(world, case)
    assert taken.withdrawn_at is not None
    assert "case_events.body" in await says(world, CHILD)


async def test_of_a_held_file_the_number_stays_until_the_hold_ends(world):
    case = await the_case(world)
    await world.says("chu", f"/vu {case.code}", "telegram")
    await world.finds("chu", "Giữ hồ sơ", "telegram")
    await world.says("chu", "công văn 12", "telegram")
    await world.says("minh", "rút lại đồng ý")
    assert "đang phải giữ theo quy định" in world.texts("minh")[-1]
    assert "case_events.body" in await says(world, PHONE)
    (taken,) = await consents(world, case)
    assert taken.withdrawn_at is not None
    await world.says("lan", f"/vu {case.code}", "telegram")
    assert PHONE not in world.texts("lan", "telegram")[-1]
    await world.says("chu", f"/vu {case.code}", "telegram")
    await world.finds("chu", "Thôi giữ", "telegram")
    assert "case_events.body" not in await says(world, PHONE)


async def test_an_alert_goes_before_everything_that_only_forgets(world):
    case = await close(world)
    world.clock.advance(31 * DAY)
    async with world.app.kit.store.transaction("test") as work:
        (kept,) = [
            one for one in await work.timers.armed(f"case:{case.id}") if one.kind == "retention"
        ]
        due = await work.timers.due(50)
    others = [one for one in due if one.kind != "retention"]
    assert others
    assert due[-1].kind == "retention"
    assert rings_first(due) == others
    assert rings_first([kept] * 9) == [kept] * 5


async def test_the_pass_works_in_small_commits_and_lets_others_in_between(world):
    await close(world)
    world.clock.advance(40 * DAY)
    names = []
    store, commit = world.app.kit.store, world.app.kit.store.commit

    async def counted(name, connection):
        names.append(name)
        await commit(name, connection)

    store.commit = counted

    async def somebody():
        async with store.transaction("alert") as work:
            work.new_id()

    await asyncio.wait_for(_both(world.app.forgetting.run(), somebody()), 60)
    assert names.index("alert") < len(names) - 1
    async with store.reading("test") as work:
        raw = select(func.max(func.length(tables.inbox.c.raw)).label("n"))
        assert (await work._tx.one(raw))["n"] == 0


async def _both(first, second):
    async with asyncio.TaskGroup() as group:
        group.create_task(first)
        group.create_task(second)


async def test_a_file_that_is_just_being_sent_keeps_its_key(world):
    store = world.app.kit.store
    async with store.transaction("sweep") as work:
        await work.expired.keys_of_nothing(50)  # what the talks of this world left
    async with store.transaction("upload") as work:
        await work.file_parts.put_ahead("f-1", Part(ORIGINAL, 0, False, b"half"))
    async with store.transaction("sweep") as work:
        assert await work.expired.keys_of_nothing(50) == 0
    async with store.transaction("upload") as work:
        await work.file_parts.put_ahead("f-1", Part(ORIGINAL, 1, True, b"and half"))
        while await work.file_parts.drop_one("f-1", ORIGINAL):
            pass
    async with store.transaction("sweep") as work:
        assert await work.expired.keys_of_nothing(50) == 1


async def test_the_words_of_a_request_go_a_year_after_its_answer_and_its_record_after_five(world):
    """Who asked on paper, and for what: held as long as a reporter's address, then only that it was."""
    async with world.app.kit.store.transaction("test") as work:
        operator = Actor(work, world.app.kit, name="operator")
        for text in (f"tôi là {CHILD}", f"số của tôi là {PHONE}"):
            await take_request(operator, Asked("see", "paper", text, commune=HERE))
        await close_request(operator, 1, "done", "đã gửi")
    await jump(world, 364 * DAY)
    assert (await requests(world))[0][:3] == (1, "closed", "done")
    assert (await requests(world))[0][3] == {"text": f"tôi là {CHILD}", "answer": "đã gửi"}
    await jump(world, 2 * DAY)
    assert await requests(world) == [
        (1, "closed", "done", {}), (2, "new", "", {"text": f"số của tôi là {PHONE}"}),
    ]  # fmt: skip
    assert [word for word in await says(world, CHILD) if word.startswith("rights")] == []
    await jump(world, 1462 * DAY)
    assert [row[0] for row in await requests(world)] == [2]  # nobody has answered it: it stays
    async with world.app.kit.store.transaction("test") as work:
        await close_request(Actor(work, world.app.kit, name="operator"), 2, "done", "")
    await jump(world, 2000 * DAY)
    async with world.app.kit.store.transaction("test") as work:
        operator = Actor(work, world.app.kit, name="operator")
        again = await take_request(operator, Asked("see", "paper", "x", commune=HERE))
    assert again.no == 3  # a number is never given twice


async def requests(world):
    async with world.app.kit.store.reading("test") as work:
        rows = await work.rights.listed(running=False)
        return sorted((one.no, one.state, one.outcome, dict(one.body)) for one in rows)


async def test_the_words_of_a_request_about_a_held_file_stay_with_it(world):
    case = await close(world)
    await world.says("chu", f"/vu {case.code}", "telegram")
    await world.finds("chu", "Giữ hồ sơ", "telegram")
    await world.says("chu", "công an đang điều tra, công văn 12", "telegram")
    async with world.app.kit.store.transaction("test") as work:
        operator = Actor(work, world.app.kit, name="operator")
        await take_request(operator, Asked("see", "paper", "cho tôi xem", case))
        await close_request(operator, 1, "done", "")
    await jump(world, 400 * DAY)
    assert (await requests(world))[0][3] == {"text": "cho tôi xem"}
    await world.says("chu", f"/vu {case.code}", "telegram")
    await world.finds("chu", "Thôi giữ", "telegram")
    await jump(world, DAY)
    assert (await requests(world))[0][3] == {}
