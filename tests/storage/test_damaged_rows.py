"""Whatever is damaged is put before a human, and holds up no other: a message, a file, a name, a case."""

from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from bot.loops import drain_rows
from cases.messages import MediaRef
from cases.model import Role
from handlers.casework.attachments import files_of
from handlers.files.fetching import PAUSES, PLACES
from storage.records.file_parts import ORIGINAL, parts_of
from tests.support.rows import put, sql, take_in
from tests.support.world import SHELF


def _damage(world, table, column, where):
    bad = f"X'{'00' * 40}'"
    sql(world, f"UPDATE {table} SET {column} = {bad} WHERE {where}")


async def test_a_damaged_message_is_dead_and_visible_and_holds_up_no_other(world):
    await put(world, "broken")
    await put(world, "minh")
    _damage(world, "outbox", "body", "key = 'k:broken'")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    row = "SELECT state, outcome FROM outbox WHERE key = 'k:broken'"
    assert sql(world, row) == [("dead", "unreadable")]


async def test_a_damaged_address_is_dead_and_visible_and_holds_up_no_other(world):
    contact = await put(world, "broken")
    await put(world, "minh")
    _damage(world, "contacts", "address", f"id = '{contact}'")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    row = "SELECT state, outcome FROM outbox WHERE key = 'k:broken'"
    assert sql(world, row) == [("dead", "unreadable")]


async def test_a_damaged_alert_goes_to_the_next_address_at_once(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram", "web")
    await world.says("minh", "sos")
    await take_in(world, "minh", "xã Đại Hiệp")
    await drain_rows(world.app.turns)
    _damage(world, "outbox", "body", "key LIKE '%:alert:%'")
    await world.settle()
    assert world.texts("lan", "telegram") == []
    assert any("Việc mới" in text for text in world.texts("lan", "web"))


async def _told_with_files(world, *names):
    """An urgent report that an officer has taken, and files of it that are still to be fetched."""
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("chu", Role.LEADER, "20500", "telegram")
    await world.staff("ad", Role.ADMIN, "", "telegram")
    await world.reporter("minh", "telegram", "vi")
    await world.says("minh", "sos", "telegram")
    await world.says("minh", "xã Đại Hiệp", "telegram")
    await world.presses("lan", "Tôi nhận", "telegram")
    for name in names:
        ref = MediaRef("image", name, name)
        raw = raw_of(world.message("minh", "telegram", "media", media=(ref,)))
        admitted = world.channels["telegram"].admit({}, raw)
        await world.app.inbox.accept("telegram", "site", admitted, raw)
        await drain_rows(world.app.turns)
        world.clock.advance(1)  # the damaged ones are due first


_IN_ORDER = "FROM files ORDER BY received_at, id"


async def _watched(world):
    """What does not hold, as two passes a minute apart find it and people hear of it."""
    for _ in range(2):
        await world.app.auditor.round()
        world.clock.advance(60)
    await world.app.mender.round()
    await world.settle()
    return sql(world, "SELECT rule, subject, commune FROM violations")


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (f"UPDATE files SET ref = X'{'00' * 40}'", "id"),
        (f"UPDATE files SET ref = (SELECT ref {_IN_ORDER} LIMIT 1 OFFSET {PLACES + 1})", "id"),
        (f"UPDATE data_keys SET wrapped = X'{'00' * 40}'", "scope"),
    ],
    ids=["ciphertext", "another's", "key"],
)
async def test_damaged_files_are_put_aside_in_sight_of_a_human_and_hold_up_no_other(
    world, damage, name
):
    many = PLACES + 1  # a whole claim of them, and one more
    await _told_with_files(world, *[f"{one}.jpg" for one in "abcdefghi"[:many]], "j.jpg")
    bad = [row[0] for row in sql(world, f"SELECT id {_IN_ORDER} LIMIT {many}")]
    these = ", ".join(f"'file:{one}'" if name == "scope" else f"'{one}'" for one in bad)
    sql(world, f"{damage} WHERE {name} IN ({these})")
    await world.restart()  # nobody remembers a key
    states = f"SELECT state, why {_IN_ORDER}"
    assert sql(world, states) == [("failed", "damaged")] * many + [("kept", "")]
    assert sum("gửi lại tệp đó" in one for one in world.texts("minh", "telegram")) == many
    card = world.texts("lan", "telegram")[-1]
    assert f"Không tải được {many} tệp: dữ liệu bị hỏng, chờ người quản trị xem" in card
    assert sorted(await _watched(world)) == sorted(("I7", one, "20500") for one in bad)
    assert all("(I7)" in world.texts(who, "telegram")[-1] for who in ("ad", "chu"))
    await world.presses("ad", "Tôi đã xem", "telegram")
    assert await _watched(world) == []
    assert sql(world, states) == [("failed", "looked_at")] * many + [("kept", "")]


async def test_a_page_s_file_that_is_here_is_kept_though_its_reference_is_damaged(world):
    await _told_with_files(world, "a.jpg", "b.jpg")
    whole, torn = (row[0] for row in sql(world, f"SELECT id {_IN_ORDER}"))
    picture = (SHELF / "a.jpg").read_bytes()
    async with world.app.kit.store.transaction("test") as work:
        for one in (whole, torn):
            for part in parts_of(ORIGINAL, picture):
                await work.file_parts.put_ahead(one, part)
    _damage(world, "files", "ref", f"id = '{whole}'")
    _damage(world, "file_parts", "body", f"file_id = '{torn}'")
    await world.settle()
    assert sql(world, f"SELECT state, why {_IN_ORDER}") == [("kept", ""), ("failed", "damaged")]
    # A key that was lost may be found again.
    assert sql(world, f"SELECT count(*) FROM file_parts WHERE file_id = '{torn}'") == [(1,)]


async def test_a_file_whose_case_is_damaged_is_put_aside_with_its_bytes(world):
    await _told_with_files(world, "a.jpg")
    _damage(world, "case_events", "body", "true")
    await world.restart()
    for pause in (*PAUSES, 0):
        await world.app.files.drain()
        world.clock.advance(pause)
    assert sql(world, "SELECT state, why FROM files") == [("failed", "broken")]
    assert sql(world, "SELECT count(*) > 0 FROM file_parts") == [(1,)]


async def test_a_damaged_file_spoils_no_page_and_no_message_of_its_case(world):
    await _told_with_files(world, "a.jpg", "b.jpg")
    await world.settle()
    for column in ("ref", "facts"):
        _damage(world, "files", column, "true")
    await world.restart()
    await world.says("minh", "Cháu gửi thêm ảnh", "telegram")
    await world.hears(
        world.message("minh", "telegram", "media", media=(MediaRef("image", "c.jpg", "x"),))
    )
    assert sql(world, "SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
    assert sql(world, "SELECT state FROM files") == [("kept",)] * 3
    async with world.app.kit.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
        lan = await work.people.get("p-lan")
        assert [one.state for one in await files_of(work, lan, case.code)] == ["kept"] * 3


async def test_f33_a_damaged_message_that_came_in_is_put_before_a_human_and_holds_up_no_other(
    world,
):
    await world.staff("ad", Role.ADMIN, "", "telegram")
    await take_in(world, "hoa", "bị đánh")
    _damage(world, "inbox", "raw", "state = 'new'")
    await world.says("minh", "xin chào")
    assert len(world.texts("minh")) == 1
    assert sql(world, "SELECT state, error FROM inbox ORDER BY seq") == [
        ("parked", "damaged"),
        ("done", ""),
    ]
    assert sql(world, "SELECT flags FROM cases") == [("raw",)]
    assert world.texts("ad", "telegram") != []
    await world.restart()  # it does not stop the next start either
    await world.says("minh", "sos")
    assert len(world.texts("minh")) > 1


async def test_what_somebody_says_is_put_before_a_human_where_their_safety_is_damaged(world):
    """Whether it is safe to answer nobody can read: so nothing is answered."""
    await world.staff("ad", Role.ADMIN, "", "telegram")
    contact = await put(world, "hoa", "web")
    await world.settle()
    heard = world.texts("hoa")
    _damage(world, "contacts", "safety", f"id = '{contact}'")
    await take_in(world, "hoa", "bị đánh")
    await take_in(world, "minh", "sos")
    for _ in range(6):
        await drain_rows(world.app.turns)  # it raises nothing: each failure is counted
        world.clock.advance(400)
    rows = "SELECT state, attempt, error FROM inbox ORDER BY seq"
    assert sql(world, rows) == [("parked", 5, "Unreadable"), ("done", 0, "")]
    assert sql(world, "SELECT flags FROM cases") == [("raw",)]
    await world.settle()
    assert any("không đọc được" in text for text in world.texts("ad", "telegram"))
    assert world.texts("hoa") == heard
    assert world.texts("minh") != []


async def test_what_somebody_reports_whose_address_is_damaged_calls_staff_like_any_other(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    contact = await put(world, "hoa", "web")
    await world.settle()
    _damage(world, "contacts", "address", f"id = '{contact}'")
    await world.says("hoa", "sos")
    await world.says("hoa", "xã Đại Hiệp")
    assert any("Việc mới" in text for text in world.texts("lan", "telegram"))
    told = "SELECT DISTINCT state, outcome FROM outbox WHERE channel = 'web' AND key <> 'k:hoa'"
    assert sql(world, told) == [("dead", "unreadable")]


async def test_a_damaged_name_or_address_of_staff_keeps_no_alert_from_anybody_else(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("hoa", Role.DEPUTY, "20500", "telegram")
    await world.staff("ad", Role.ADMIN, "", "telegram")
    _damage(world, "people", "name", "id IN ('p-lan', 'p-ad')")
    _damage(world, "contacts", "address", "person_id = 'p-lan'")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    assert any("Việc mới" in text for text in world.texts("hoa", "telegram"))
    dead = "SELECT DISTINCT contact_id FROM outbox WHERE state = 'dead' AND outcome = 'unreadable'"
    assert sql(world, dead) == sql(world, "SELECT id FROM contacts WHERE person_id = 'p-lan'")
    assert {one[0] for one in await _watched(world)} == {"I7"}
    await world.duty("lan", on=False)
    damaged = f"SELECT count(*) FROM people WHERE name = X'{'00' * 40}'"
    assert sql(world, damaged) == [(2,)]  # a key may be found again: nothing is written over it


async def _with_a_damaged_case(world):
    """Lan's case, of which nothing sealed can be read, and a clock of another that rings later."""
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("ad", Role.ADMIN, "", "telegram")
    await world.says("hoa", "sos")
    await world.says("hoa", "xã Đại Hiệp")
    await world.presses("lan", "Tôi nhận", "telegram")
    _damage(world, "case_events", "body", "true")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    await world.presses("lan", "Tôi nhận", "telegram")


_TRIED = "SELECT DISTINCT owner FROM timers WHERE state = 'armed' AND attempt >= 5"
_FIRED = "SELECT count(*) FROM timers WHERE state = 'fired' AND owner = "


async def test_the_clocks_of_a_damaged_case_are_told_plainly_and_hold_up_no_other(world):
    await _with_a_damaged_case(world)
    (bad,), (good,) = sql(world, "SELECT id FROM cases ORDER BY received_at")
    await world.pass_time(timedelta(hours=1))
    assert sql(world, _TRIED) == [(f"case:{bad}",)]
    told = "SELECT count(*) FROM outbox WHERE key LIKE '%:broken:%' AND case_id = "
    assert sql(world, f"{told}'{bad}'")[0][0] > 0
    assert sql(world, f"{_FIRED}'case:{good}'")[0][0] > 0


async def test_the_clocks_of_a_case_with_a_damaged_record_are_told_to_administrators(world):
    await _with_a_damaged_case(world)
    (bad,), (good,) = sql(world, "SELECT id FROM cases ORDER BY received_at")
    now = "'2026-11-23T13:00:00.000000Z'"
    sql(
        world,
        "INSERT INTO records (case_id, kind, no, state, person_id, commune, made_at, changed_at, body)"
        f" VALUES ('{bad}', 'visit', 1, 'asked', '', '20500', {now}, {now}, X'{'00' * 40}')",
    )
    sql(world, f"UPDATE cases SET records = 1 WHERE id = '{bad}'")
    await world.pass_time(timedelta(hours=1))
    assert sql(world, _TRIED) == [(f"case:{bad}",)]
    assert any("không chạy được" in text for text in world.texts("ad", "telegram"))
    assert sql(world, f"{_FIRED}'case:{good}'")[0][0] > 0
