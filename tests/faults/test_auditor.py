"""The auditor: what does not hold is found, mended where that is safe, told once, and ends the heartbeat."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.auditor import HEARTBEAT, UNHEARD, Auditor, WrongSchema
from cases.errors import Refused
from cases.model import Person, Role
from cases.watch import WATCH
from handlers.actor import Actor
from handlers.watching.paging import see
from storage import migrate
from storage.store import StorageBusy
from tests.support import database
from tests.support.full import full, roomy
from tests.support.outside import Outside
from tests.support.people import T, does, everybody

MINUTE = timedelta(minutes=1)
DAI_LOC = "20500"


@pytest.fixture
async def town(world):
    """A commune with its people, the city, an administrator, and one urgent case that nobody has."""
    await everybody(world)
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    assert await found(world) == []
    return world


async def found(world):
    await world.app.auditor.round()
    async with world.app.kit.store.reading("test") as work:
        return [one.found.rule for one in await work.violations.standing()]


async def sql(world, *statements):
    """What no part of the program would write; the rows of each."""
    found = []
    async with world.app.kit.store.transaction("test") as work:
        for one in statements:
            result = await work._tx.connection.execute(text(one))
            found.append([tuple(row) for row in result] if result.returns_rows else [])
    return found


AGO = "'2026-11-23T12:00:00.000000Z'"
BREAKS = {
    "I1": "UPDATE timers SET state = 'stopped' WHERE owner LIKE 'case:%'",
    "I2": f"UPDATE timers SET due_at = {AGO} WHERE kind = 'emergency'",
    "I3": f"UPDATE outbox SET state = 'waiting', due_at = {AGO} WHERE key LIKE 'case:%'",
    "I4": f"UPDATE inbox SET state = 'new', received_at = {AGO} WHERE channel = 'web'",
    "I5": "DELETE FROM outbox WHERE contact_id IN (SELECT contact_id FROM reporters)",
    "I6": "UPDATE outbox SET message_id = '' WHERE key LIKE 'case:%'",
    "I7": "UPDATE outbox SET state = 'dead' WHERE key LIKE 'case:%'",
    "I8": f"UPDATE outbox SET state = 'sending', lease_until = {AGO} WHERE key LIKE 'case:%'",
    "I9": "UPDATE audit_head SET n = n - 1",
    "I10": "UPDATE contacts SET state = 'blocked' WHERE person_id = 'p-lan'",
    "poll": f"INSERT INTO marks VALUES ('poll:telegram', {AGO}, '')",
    "worker": f"INSERT INTO marks VALUES ('worker', {AGO}, '')",
    "rehearsal": "INSERT INTO rehearsals (day, contact_id, case_id, begun_at, fault)"
    f" VALUES ('2026-11-23', 'c', '', {AGO}, '')",
    "backup": "INSERT INTO marks VALUES ('backup', '2026-11-22T11:00:00.000000Z', '')",
    "restore": "INSERT INTO marks VALUES ('restore_drill', '2026-11-20T12:00:00.000000Z', '')",
}


def test_every_rule_is_broken_once():
    assert set(BREAKS) == set(WATCH)


MENDS = {
    "I9": "UPDATE audit_head SET n = n + 1",
    "I10": "UPDATE contacts SET state = 'ok'",
    "worker": "DELETE FROM marks WHERE name = 'worker'",
}


@pytest.mark.parametrize("rule", BREAKS)
async def test_what_does_not_hold_is_found(town, rule):
    await sql(town, BREAKS[rule])
    town.clock.advance(3 * MINUTE)
    assert rule in await found(town)


@pytest.mark.parametrize("rule", MENDS)
async def test_what_holds_again_is_no_violation_any_more(town, rule):
    await sql(town, BREAKS[rule])
    assert await found(town) == [rule]
    await sql(town, MENDS[rule])
    assert await found(town) == []


async def test_a_case_that_lost_its_clocks_gets_those_it_owes(town):
    await sql(town, BREAKS["I1"])
    assert await found(town) == ["I1"]
    await town.app.mender.round()
    (rows, audit) = await sql(
        town,
        "SELECT kind FROM timers WHERE state = 'armed' AND owner LIKE 'case:%' ORDER BY kind",
        "SELECT count(*) FROM audit WHERE act = 'rearm'",
    )
    assert {"unanswered", "emergency"} <= {kind for (kind,) in rows}
    assert audit == [(1,)]
    assert await found(town) == []
    town.new("lan", T)
    await town.pass_time(timedelta(hours=1))
    assert town.new("lan", T)  # it rings again
    assert not any("Giám sát" in text for text in town.texts("ad", T))


async def test_a_case_that_needs_no_clock_or_has_one_by_now_is_left_alone(town):
    await sql(town, BREAKS["I1"])
    await found(town)
    await sql(town, "UPDATE cases SET status = 'closed'")
    await town.app.mender.round()
    assert await sql(town, "SELECT count(*) FROM audit WHERE act = 'rearm'") == [[(0,)]]


@pytest.mark.parametrize("until", [AGO, "'2027-01-01T00:00:00.000000Z'"], ids=["past", "future"])
async def test_what_was_on_its_way_for_too_long_leaves_again_and_says_so(town, until):
    first = town.texts("lan", T)[-1]
    await sql(
        town,
        f"UPDATE outbox SET state = 'sending', message_id = '', lease_until = {until} WHERE key LIKE "
        "'case:%' AND contact_id IN (SELECT id FROM contacts WHERE person_id = 'p-lan')",
    )
    assert "I8" in await found(town)
    await town.app.mender.round()
    await town.settle()
    assert await found(town) == []
    assert town.texts("lan", T)[-1] == f"🔁 Gửi lại. {first}"


async def test_what_somebody_took_since_it_was_found_is_theirs(town):
    """To end their lease would bring one more copy while theirs is on its way."""
    await sql(town, BREAKS["I8"])
    assert "I8" in await found(town)
    theirs = "'2026-11-23T13:16:00.000000Z'"
    await sql(town, f"UPDATE outbox SET lease_until = {theirs} WHERE state = 'sending'")
    await town.app.mender.round()
    (left,) = await sql(
        town, f"SELECT DISTINCT lease_until = {theirs} FROM outbox WHERE state = 'sending'"
    )
    assert left == [(True,)]
    assert await sql(town, "SELECT count(*) FROM audit WHERE act = 'lease_ended'") == [[(0,)]]


async def _rounds(world, *, minutes):
    """The auditor and the worker, each minute."""
    for _ in range(minutes):
        await world.app.auditor.round()
        await world.app.mender.round()
        await world.settle()
        world.clock.advance(MINUTE)


def _told(world, name):
    return [text for text in world.texts(name, T) if "Giám sát" in text]


async def test_people_hear_once_in_the_hour_and_no_word_of_the_case(town):
    await sql(town, BREAKS["I9"])
    await _rounds(town, minutes=10)
    (text,) = _told(town, "ad")
    assert text.startswith("Giám sát hệ thống (I9): 1 chỗ chưa ổn")
    assert not _told(town, "lan") and not _told(town, "chu")
    await _rounds(town, minutes=60)
    assert len(_told(town, "ad")) == 2


async def test_one_pass_alone_is_no_reason_to_call_anybody(town):
    await sql(town, BREAKS["I9"])
    await _rounds(town, minutes=1)
    await sql(town, "UPDATE audit_head SET n = n + 1")
    await _rounds(town, minutes=2)
    assert not _told(town, "ad")


async def test_without_an_administrator_the_city_hears(world):
    await everybody(world, "ad")
    await sql(world, BREAKS["worker"])
    world.clock.advance(10 * MINUTE)
    await world.app.auditor.round()
    world.clock.advance(MINUTE)
    await world.app.mender.round()
    await world.settle()
    assert _told(world, "tam")


LOST = "UPDATE outbox SET state = 'dead' WHERE key LIKE 'case:%' AND key LIKE '%:alert:%'"


async def test_what_was_lost_stays_until_somebody_has_looked(town):
    await sql(town, LOST)
    await _rounds(town, minutes=3)
    assert (
        len(_told(town, "ad")) == len(_told(town, "chu")) == 1
    )  # the leader: it is of the commune
    assert not _told(town, "lan")
    assert "I7" in await found(town)
    await does(town, "ad", "Tôi đã xem")
    assert "đã xem" in town.texts("ad", T)[-1]
    assert await found(town) == []
    assert (await sql(town, "SELECT seen_by FROM outbox WHERE state = 'dead'"))[0][0] == ("p-ad",)
    await does(town, "chu", "Tôi đã xem")
    assert town.texts("chu", T)[-1] == "Không còn gì chưa xem."
    assert await sql(town, "SELECT count(*) FROM audit WHERE act = 'seen'") == [[(1,)]]


async def test_a_leader_sees_what_is_of_the_commune_only(town):
    await sql(town, LOST, "UPDATE cases SET commune = '20515'")
    await found(town)
    async with town.app.kit.store.transaction("test") as work:
        assert await work.violations.see("p-chu", DAI_LOC) == 0
    assert "I7" in await found(town)


async def test_a_message_nobody_could_read_is_seen_the_same_way(town):
    await sql(town, "UPDATE inbox SET state = 'parked' WHERE channel = 'web'")
    assert "I7" in await found(town)
    await _rounds(town, minutes=2)
    await does(town, "ad", "Tôi đã xem")
    assert await found(town) == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DEPUTY, Role.POLICE, Role.COLLABORATOR])
async def test_nobody_else_looks_for_them(town, role):
    async with town.app.kit.store.transaction("test") as work:
        actor = Actor(work, town.app.kit)
        with pytest.raises(Refused):
            await see(actor, Person("p-x", role, DAI_LOC))


@pytest.fixture
async def outside():
    made = await Outside().start()
    yield made
    await made.runner.cleanup()


async def _mark(world, name):
    async with world.app.kit.store.reading("test") as work:
        return await work.marks.at(name), await work.marks.note(name)


async def test_a_whole_pass_calls_outside_and_carries_nothing(town, outside):
    await Auditor(town.app.kit.store, outside.url).round()
    ((method, query, body, headers),) = outside.calls
    assert (method, query, body) == ("GET", {}, b"")
    assert set(headers) <= {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert headers["User-Agent"] == "-"
    assert (await _mark(town, HEARTBEAT))[0] == town.clock.now()


@pytest.mark.parametrize("rule", BREAKS)
async def test_no_heartbeat_leaves_while_anything_does_not_hold(town, outside, rule):
    await sql(town, BREAKS[rule])
    town.clock.advance(3 * MINUTE)
    await Auditor(town.app.kit.store, outside.url).round()
    assert outside.calls == []


@pytest.mark.skipif(
    bool(database.server), reason="only SQLite can be told how many pages there are"
)
async def test_f16_no_heartbeat_leaves_a_full_database_and_it_recovers_alone(town, outside):
    store = town.app.kit.store
    await full(store)
    with pytest.raises(StorageBusy):
        await Auditor(store, outside.url).round()
    assert outside.calls == []
    await roomy(store)
    await Auditor(store, outside.url).round()
    assert len(outside.calls) == 1


async def test_f21_no_heartbeat_leaves_a_schema_of_another_version(town, outside):
    await sql(town, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongSchema):
        await Auditor(town.app.kit.store, outside.url).round()
    assert outside.calls == []
    await sql(town, f"UPDATE alembic_version SET version_num = '{migrate.head()}'")
    await Auditor(town.app.kit.store, outside.url).round()
    assert len(outside.calls) == 1


async def test_a_heartbeat_that_is_not_taken_is_logged_marked_and_no_reason_to_stop(
    town, outside, caplog
):
    outside.status = 500
    assert await Auditor(town.app.kit.store, outside.url).round() == 0
    assert await _mark(town, UNHEARD) == (town.clock.now(), "status 500")
    await outside.runner.cleanup()
    assert await Auditor(town.app.kit.store, outside.url).round() == 0
    assert (await _mark(town, UNHEARD))[1] == "ConnectError"
    assert await _mark(town, HEARTBEAT) == (None, "")
    assert [one.message for one in caplog.records].count("heartbeat not taken") == 2
    assert not any(outside.url in one.getMessage() for one in caplog.records)
