"""Each row of inbox, outbox and files stands alone: slow, damaged, refused or unlucky, it holds up no other."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from bot.loops import drain_rows
from cases.messages import MediaRef
from cases.model import Role
from handlers.casework.attachments import files_of
from handlers.files.fetching import PLACES
from notifications.channel import Bad, Retry, Unknown
from notifications.outcome import NOT_STARTED
from notifications.sender import OTHER_PLACES, WEB_PLACES
from storage.ledgers.outbox import Message
from storage.records.file_parts import ORIGINAL, parts_of
from tests.support import database
from tests.support.edge import at_the_edge
from tests.support.world import SHELF, open_world

PATIENCE = 30  # seconds until a test gives up; none of them needs it
LEASE = timedelta(seconds=61)
MANY = WEB_PLACES + OTHER_PLACES


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


async def _put(world, who, channel="telegram", key="", **more):
    async with world.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure(channel, "site", who, who, "vi")
        body = {"op": "say", "text": f"tin {key}".strip()}
        await work.outbox.put(
            Message(key or f"k:{who}", contact.id, channel, "say", body, 2, **more)
        )
        return contact.id


def _sql(world, statement):
    return database.asked(world.app.config.database_url, statement)


def _damage(world, table, column, where):
    bad = f"X'{'00' * 40}'"
    _sql(world, f"UPDATE {table} SET {column} = {bad} WHERE {where}")


async def _take_in(world, who, text):
    """Stored, and nobody has worked on it."""
    channel = world.channels["web"]
    message = world.message(who, "web", "text", text=text)
    fields = ("channel", "account", "user", "chat", "dedupe", "kind", "text")
    raw = json.dumps({**{name: getattr(message, name) for name in fields}, "at": ""}).encode()
    await world.app.inbox.accept("web", "site", channel.admit({}, raw), raw)


# Places.


async def test_a_place_takes_the_next_row_as_soon_as_its_own_is_through(world):
    others = [f"u{n}" for n in range(2 * MANY)]
    for who in ("slow", *others):
        await _put(world, who)
    all_others, now = asyncio.Event(), []
    most = [0]

    async def happens(inner, outgoing, address):
        now.append(address.user)
        most[0] = max(most[0], len(now))
        if address.user == "slow":
            await all_others.wait()
        result = await inner.send(outgoing, address)
        if len(world.channels["telegram"].accepted) == len(others):
            all_others.set()
        now.remove(address.user)
        return result

    at_the_edge(world, "telegram", happens)
    async with asyncio.timeout(PATIENCE):
        while not all_others.is_set():  # the account's own pace takes a second here and there
            await _drain_beside(world, all_others)
            world.clock.advance(1)
    told = [to.user for to, *_ in world.channels["telegram"].accepted]
    assert sorted(told) == sorted([*others, "slow"])
    assert told[-1] == "slow"
    assert most[0] <= MANY


async def _drain_beside(world, finished):
    """Drain; while a call hangs, the clock goes on and the sender is told to look again."""
    async with asyncio.TaskGroup() as group:
        drain = group.create_task(world.app.sender.drain())
        while not drain.done():
            await asyncio.wait([drain], timeout=0.01)
            if not finished.is_set():
                world.clock.at += timedelta(seconds=1)
                world.app.sender.wake()


async def test_a_page_is_answered_while_every_messenger_hangs(world):
    answered = asyncio.Event()
    for n in range(2 * MANY):
        await _put(world, f"u{n}")

    async def hangs(inner, outgoing, address):
        await answered.wait()
        return await inner.send(outgoing, address)

    async def answers(inner, outgoing, address):
        result = await inner.send(outgoing, address)
        answered.set()
        return result

    at_the_edge(world, "telegram", hangs)
    at_the_edge(world, "web", answers)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        group.create_task(world.app.sender.drain())
        sending = "SELECT count(*) FROM outbox WHERE state = 'sending'"
        while not _sql(world, sending)[0][0]:  # noqa: ASYNC110 — the row is seen in the file
            await asyncio.sleep(0)
        await _put(world, "minh", "web")  # it comes while they hang
        world.app.sender.wake()
    assert world.texts("minh") == ["tin"]
    assert world.channels["telegram"].accepted != []


async def test_inside_a_chat_the_order_stays_however_many_places_are_free(world):
    for n in range(6):
        await _put(world, "minh", key=f"{n}")
    for _ in range(8):
        await world.app.sender.drain()
        world.clock.advance(1)
    assert world.texts("minh", "telegram") == [f"tin {n}" for n in range(6)]


async def test_a_call_that_outlives_its_lease_is_not_repeated_beside_itself(world):
    looked = asyncio.Event()

    async def pauses(inner, outgoing, address):
        world.clock.advance(LEASE)  # the whole machine slept
        world.app.sender.wake()
        await looked.wait()
        return await inner.send(outgoing, address)

    async def looks(inner, outgoing, address):
        looked.set()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", pauses)
    at_the_edge(world, "web", looks)
    await _put(world, "minh")
    await _put(world, "hoa", "web", due_at=world.clock.now() + timedelta(seconds=5))
    async with asyncio.timeout(PATIENCE):
        await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]


# What follows from an answer.


async def test_what_was_sent_is_not_sent_again_because_something_that_follows_fails(world):
    await world.staff("ad", Role.ADMIN, "", "telegram", "web")
    world.break_text("notice.admin_gate")  # the administrator cannot be told of a shut account
    world.channels["telegram"].faults["bad"] = [Retry(30, "account", "InvalidToken")]
    for who in ("one", "bad", "two"):
        await _put(world, who)
    await world.app.sender.drain()
    states = "SELECT key, state, outcome FROM outbox ORDER BY seq"
    assert _sql(world, states) == [
        ("k:one", "sent", ""),
        ("k:bad", "waiting", "retry InvalidToken (what follows failed)"),
        ("k:two", "sent", ""),
    ]
    world.clock.advance(LEASE)
    await world.app.sender.drain()
    told = [(to.user, out.text) for to, out, _ in world.channels["telegram"].accepted]
    assert sorted(told) == [("bad", "tin"), ("one", "tin"), ("two", "tin")]


# Damage.


async def test_a_damaged_message_is_dead_and_visible_and_holds_up_no_other(world):
    await _put(world, "broken")
    await _put(world, "minh")
    _damage(world, "outbox", "body", "key = 'k:broken'")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    row = "SELECT state, outcome FROM outbox WHERE key = 'k:broken'"
    assert _sql(world, row) == [("dead", "unreadable")]


async def test_a_damaged_address_is_dead_and_visible_and_holds_up_no_other(world):
    contact = await _put(world, "broken")
    await _put(world, "minh")
    _damage(world, "contacts", "address", f"id = '{contact}'")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    row = "SELECT state, outcome FROM outbox WHERE key = 'k:broken'"
    assert _sql(world, row) == [("dead", "unreadable")]


async def test_a_damaged_alert_goes_to_the_next_address_at_once(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram", "web")
    await world.says("minh", "sos")
    await _take_in(world, "minh", "xã Đại Hiệp")
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
    return _sql(world, "SELECT rule, subject, commune FROM violations")


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
    bad = [row[0] for row in _sql(world, f"SELECT id {_IN_ORDER} LIMIT {many}")]
    these = ", ".join(f"'file:{one}'" if name == "scope" else f"'{one}'" for one in bad)
    _sql(world, f"{damage} WHERE {name} IN ({these})")
    await world.restart()  # nobody remembers a key
    states = f"SELECT state, why {_IN_ORDER}"
    assert _sql(world, states) == [("failed", "damaged")] * many + [("kept", "")]
    assert sum("gửi lại tệp đó" in one for one in world.texts("minh", "telegram")) == many
    card = world.texts("lan", "telegram")[-1]
    assert f"Không tải được {many} tệp: dữ liệu bị hỏng, chờ người quản trị xem" in card
    assert sorted(await _watched(world)) == sorted(("I7", one, "20500") for one in bad)
    assert all("(I7)" in world.texts(who, "telegram")[-1] for who in ("ad", "chu"))
    await world.presses("ad", "Tôi đã xem", "telegram")
    assert await _watched(world) == []
    assert _sql(world, states) == [("failed", "looked_at")] * many + [("kept", "")]


async def test_a_page_s_file_that_is_here_is_kept_though_its_reference_is_damaged(world):
    await _told_with_files(world, "a.jpg", "b.jpg")
    whole, torn = (row[0] for row in _sql(world, f"SELECT id {_IN_ORDER}"))
    picture = (SHELF / "a.jpg").read_bytes()
    async with world.app.kit.store.transaction("test") as work:
        for one in (whole, torn):
            for part in parts_of(ORIGINAL, picture):
                await work.file_parts.put_ahead(one, part)
    _damage(world, "files", "ref", f"id = '{whole}'")
    _damage(world, "file_parts", "body", f"file_id = '{torn}'")
    await world.settle()
    assert _sql(world, f"SELECT state, why {_IN_ORDER}") == [("kept", ""), ("failed", "damaged")]
    # A key that was lost may be found again.
    assert _sql(world, f"SELECT count(*) FROM file_parts WHERE file_id = '{torn}'") == [(1,)]


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
    assert _sql(world, "SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]
    assert _sql(world, "SELECT state FROM files") == [("kept",)] * 3
    async with world.app.kit.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
        lan = await work.people.get("p-lan")
        assert [one.state for one in await files_of(work, lan, case.code)] == ["kept"] * 3


async def test_f33_a_damaged_message_that_came_in_is_put_before_a_human_and_holds_up_no_other(
    world,
):
    await world.staff("ad", Role.ADMIN, "", "telegram")
    await _take_in(world, "hoa", "bị đánh")
    _damage(world, "inbox", "raw", "state = 'new'")
    await world.says("minh", "xin chào")
    assert len(world.texts("minh")) == 1
    assert _sql(world, "SELECT state, error FROM inbox ORDER BY seq") == [
        ("parked", "damaged"),
        ("done", ""),
    ]
    assert _sql(world, "SELECT flags FROM cases") == [("raw",)]
    assert world.texts("ad", "telegram") != []
    await world.restart()  # it does not stop the next start either
    await world.says("minh", "sos")
    assert len(world.texts("minh")) > 1


async def test_what_somebody_says_is_put_before_a_human_where_their_safety_is_damaged(world):
    """Whether it is safe to answer nobody can read: so nothing is answered."""
    await world.staff("ad", Role.ADMIN, "", "telegram")
    contact = await _put(world, "hoa", "web")
    await world.settle()
    heard = world.texts("hoa")
    _damage(world, "contacts", "safety", f"id = '{contact}'")
    await _take_in(world, "hoa", "bị đánh")
    await _take_in(world, "minh", "sos")
    for _ in range(6):
        await drain_rows(world.app.turns)  # it raises nothing: each failure is counted
        world.clock.advance(400)
    rows = "SELECT state, attempt, error FROM inbox ORDER BY seq"
    assert _sql(world, rows) == [("parked", 5, "Unreadable"), ("done", 0, "")]
    assert _sql(world, "SELECT flags FROM cases") == [("raw",)]
    await world.settle()
    assert any("không đọc được" in text for text in world.texts("ad", "telegram"))
    assert world.texts("hoa") == heard
    assert world.texts("minh") != []


async def test_what_somebody_reports_whose_address_is_damaged_calls_staff_like_any_other(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    contact = await _put(world, "hoa", "web")
    await world.settle()
    _damage(world, "contacts", "address", f"id = '{contact}'")
    await world.says("hoa", "sos")
    await world.says("hoa", "xã Đại Hiệp")
    assert any("Việc mới" in text for text in world.texts("lan", "telegram"))
    told = "SELECT DISTINCT state, outcome FROM outbox WHERE channel = 'web' AND key <> 'k:hoa'"
    assert _sql(world, told) == [("dead", "unreadable")]


async def test_a_damaged_name_or_address_of_staff_keeps_no_alert_from_anybody_else(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("hoa", Role.DEPUTY, "20500", "telegram")
    await world.staff("ad", Role.ADMIN, "", "telegram")
    _damage(world, "people", "name", "id IN ('p-lan', 'p-ad')")
    _damage(world, "contacts", "address", "person_id = 'p-lan'")
    await _urgent(world)
    assert any("Việc mới" in text for text in world.texts("hoa", "telegram"))
    dead = "SELECT DISTINCT contact_id FROM outbox WHERE state = 'dead' AND outcome = 'unreadable'"
    assert _sql(world, dead) == _sql(world, "SELECT id FROM contacts WHERE person_id = 'p-lan'")
    assert {one[0] for one in await _watched(world)} == {"I7"}
    await world.duty("lan", on=False)
    damaged = f"SELECT count(*) FROM people WHERE name = X'{'00' * 40}'"
    assert _sql(world, damaged) == [(2,)]  # a key may be found again: nothing is written over it


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
    (bad,), (good,) = _sql(world, "SELECT id FROM cases ORDER BY received_at")
    await world.pass_time(timedelta(hours=1))
    assert _sql(world, _TRIED) == [(f"case:{bad}",)]
    told = "SELECT count(*) FROM outbox WHERE key LIKE '%:broken:%' AND case_id = "
    assert _sql(world, f"{told}'{bad}'")[0][0] > 0
    assert _sql(world, f"{_FIRED}'case:{good}'")[0][0] > 0


async def test_the_clocks_of_a_case_with_a_damaged_record_are_told_to_administrators(world):
    await _with_a_damaged_case(world)
    (bad,), (good,) = _sql(world, "SELECT id FROM cases ORDER BY received_at")
    now = "'2026-11-23T13:00:00.000000Z'"
    _sql(
        world,
        "INSERT INTO records (case_id, kind, no, state, person_id, commune, made_at, changed_at, body)"
        f" VALUES ('{bad}', 'visit', 1, 'asked', '', '20500', {now}, {now}, X'{'00' * 40}')",
    )
    _sql(world, f"UPDATE cases SET records = 1 WHERE id = '{bad}'")
    await world.pass_time(timedelta(hours=1))
    assert _sql(world, _TRIED) == [(f"case:{bad}",)]
    assert any("không chạy được" in text for text in world.texts("ad", "telegram"))
    assert _sql(world, f"{_FIRED}'case:{good}'")[0][0] > 0


# Refused for good.


async def _urgent(world):
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")


async def test_f25_an_alert_that_is_refused_for_good_calls_the_next_step_at_once(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("hoa", Role.DEPUTY, "20500", "telegram")
    await world.staff("chu", Role.LEADER, "20500", "telegram")
    await world.staff("ad", Role.ADMIN, "", "web")
    world.channels["telegram"].faults["lan"] = [Bad("refused")]
    began = world.clock.now()
    await _urgent(world)
    assert world.clock.now() - began < timedelta(seconds=30)
    assert world.texts("lan", "telegram") == []
    assert any("Việc mới" in text for text in world.texts("hoa", "telegram"))
    assert world.texts("ad") != []
    states = {state for (state,) in _sql(world, "SELECT state FROM contacts")}
    assert states == {"ok"}  # it was the message, not the address


async def test_alerts_that_are_all_refused_end_with_the_chain_and_not_in_a_storm(world):
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, role, "20500", "telegram")
        world.channels["telegram"].faults[name] = [Bad("refused")] * 1000
    await _urgent(world)
    tried = _sql(world, "SELECT count(*) FROM outbox WHERE key LIKE '%:alert:%'")[0][0]
    assert 3 <= tried < 20
    owed = "SELECT 1 FROM timers WHERE kind = 'unanswered' AND state = 'armed'"
    assert _sql(world, owed) != []  # the clock calls them again


async def test_a_fault_of_the_program_that_passes_costs_only_a_marked_repeat(world):
    faults = [KeyError("a fault in the program")] * 3

    async def happens(inner, outgoing, address):
        if faults:
            raise faults.pop()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", happens)
    await _put(world, "minh")
    for _ in range(60):
        await world.app.sender.drain()
        world.clock.advance(1)
    assert world.texts("minh", "telegram") == ["🔁 Gửi lại. tin"]


async def test_an_alert_at_which_the_program_always_fails_is_dead_and_calls_the_next_step(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("hoa", Role.DEPUTY, "20500", "zalobot")

    async def breaks(inner, outgoing, address):
        raise KeyError("a fault in the program")

    at_the_edge(world, "telegram", breaks)
    await _urgent(world)
    await world.pass_time(timedelta(minutes=2))
    assert _sql(
        world, "SELECT DISTINCT state, outcome, attempt FROM outbox WHERE state = 'dead'"
    ) == [("dead", "bad bug KeyError", 5)]
    assert any("Việc mới" in text for text in world.texts("hoa", "zalobot"))


# Held back.


async def test_f24_two_refusals_a_minute_apart_hold_two_chats_and_not_the_account(world):
    world.channels["telegram"].faults |= {
        "one": [Retry(300, "chat", "429")],
        "two": [Retry(5, "chat", "429")],
    }
    await _put(world, "one")
    await world.app.sender.drain()
    world.clock.advance(60)
    await _put(world, "two")
    await _put(world, "three")
    await world.app.sender.drain()
    await _put(world, "four")
    await world.app.sender.drain()
    told = [to.user for to, *_ in world.channels["telegram"].accepted]
    assert sorted(told) == ["four", "three"]


async def test_f24_two_refusals_at_once_hold_the_account_as_long_as_the_newer_one_says(world):
    world.channels["telegram"].faults |= {
        "one": [Retry(300, "chat", "429")],
        "two": [Retry(5, "chat", "429")],
    }
    await _put(world, "one")
    await world.app.sender.drain()
    world.clock.advance(9)
    await _put(world, "two")
    await world.app.sender.drain()
    await _put(world, "three")
    await world.app.sender.drain()
    assert world.texts("three", "telegram") == []
    world.clock.advance(6)
    await world.app.sender.drain()
    assert world.texts("three", "telegram") == ["tin"]
    assert world.texts("one", "telegram") == []


async def test_f24_refusals_of_two_accounts_hold_neither(world):
    store = world.app.kit.store
    async with store.transaction("test") as work:
        for account in ("one", "two"):
            contact = await work.contacts.ensure("telegram", account, "u", "u", "vi")
            body = {"op": "say", "text": "x"}
            await work.outbox.put(Message(account, contact.id, "telegram", "say", body, 2))
    async with store.transaction("test") as work:
        for row in await work.outbox.claim("w", 8):
            values = {"outcome": "retry 429", "failed_at": work.now}
            await work.outbox.finish(row, "waiting", **values)
        held = [await work.outbox.held_chats("telegram", name) for name in ("one", "two")]
    assert held == [1, 1]


# The clock is set back.


async def test_f34_a_clock_that_was_a_day_ahead_silences_no_chat(world):
    world.clock.at += timedelta(days=1)
    for n in range(4):
        await _put(world, "minh", key=f"{n}")
    for _ in range(4):
        await world.app.sender.drain()
        world.clock.advance(1)
    world.clock.at -= timedelta(days=1)
    await _put(world, "minh", key="then")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram")[-1] == "tin then"


async def test_f34_a_clock_that_was_a_day_ahead_shuts_no_account(world):
    world.clock.at += timedelta(days=1)
    for n in range(30):
        await _put(world, f"u{n}")
    for _ in range(3):
        await world.app.sender.drain()
        world.clock.ran += 1
    world.clock.at -= timedelta(days=1)
    assert len(world.channels["telegram"].accepted) < 30
    await _put(world, "minh")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    async with world.app.kit.store.transaction("test") as work:  # a refusal is obeyed all the same
        await work.outbox.shut_gate(
            "telegram", "site", work.now + timedelta(seconds=30), "InvalidToken"
        )
        assert await work.outbox.shut_gates() == [("telegram", "site", "InvalidToken")]


# Stopping.


async def test_a_row_that_was_claimed_and_not_begun_is_given_back_as_it_was(world):
    await _put(world, "minh")
    before = _sql(world, "SELECT state, attempt, maybe_sent, due_at, outcome FROM outbox")
    sender = world.app.sender
    ((_, parcel),) = await sender._claim()
    sender.stop()
    result = await sender._call(parcel, world.clock.elapsed())
    assert result == NOT_STARTED
    await sender._finish(parcel.rows, result)
    assert _sql(world, "SELECT state, attempt, maybe_sent, due_at, outcome FROM outbox") == before
    await world.restart()
    assert world.texts("minh", "telegram") == ["tin"]


async def test_a_repeat_that_was_given_back_is_still_one(world):
    world.channels["telegram"].faults["minh"] = [Unknown("cut")]
    await _put(world, "minh")
    await world.app.sender.drain()
    world.clock.advance(10)
    ((_, parcel),) = await world.app.sender._claim()
    await world.app.sender._finish(parcel.rows, NOT_STARTED)
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["🔁 Gửi lại. tin"]


async def test_a_sender_that_stops_claims_nothing_and_ends(world):
    await _put(world, "minh")
    world.app.sender.stop()
    assert await world.app.sender.drain() == 0
    assert _sql(world, "SELECT state, attempt FROM outbox") == [("waiting", 0)]


async def test_rows_that_came_in_are_not_begun_while_the_program_stops(world):
    for who in ("minh", "hoa"):
        await _take_in(world, who, "xin chào")
    begun = iter([False, False, True])  # before the first look, before the first row, and then
    await drain_rows(world.app.turns, lambda: next(begun, True))
    states = [state for (state,) in _sql(world, "SELECT state FROM inbox ORDER BY seq")]
    assert states == ["done", "new"]


async def test_an_answer_of_a_call_that_ran_when_it_stopped_is_kept(world):
    async def stops(inner, outgoing, address):
        world.app.sender.stop()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", stops)
    await _put(world, "minh")
    await world.app.sender.drain()
    assert world.texts("minh", "telegram") == ["tin"]
    assert _sql(world, "SELECT state, maybe_sent FROM outbox") == [("sent", 0)]


async def test_a_message_that_has_begun_is_ended_also_while_the_program_stops(world):
    async def stops(inner, outgoing, address):
        world.app.sender.stop()
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", stops)
    await _put(world, "minh", key="một câu dài. " * 500)
    await world.app.sender.drain()
    assert len(world.texts("minh", "telegram")) == 2
    assert _sql(world, "SELECT state, maybe_sent FROM outbox") == [("sent", 0)]
