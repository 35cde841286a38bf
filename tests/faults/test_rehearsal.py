"""The report of nobody: the whole way each morning, heard by the program's own officer and by nobody else."""

from datetime import timedelta

import pytest

from bot.channels.memory import Memory
from bot.commands.watching import watched
from cases.model import Person, Role, Status
from handlers.actor import Actor
from handlers.watching.rehearsal import OFFICER, Rehearsals, settled
from handlers.watching.state import state_of
from handlers.watching.ticket import drill_thread, ticket
from notifications.channel import Gone
from tests.support.office import DAI_LOC, Office

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def office(tmp_path):
    made = await Office.open(tmp_path)
    made.site.app.door.address = made.site.url
    yield made
    await made.close()


async def _minutes(office, many, *, sends=True):
    """The program at work, with its rounds of each minute."""
    steps = Rehearsals(office.site.app.kit, office.site.app.door)
    for _ in range(many):
        await steps.step()
        if sends:
            await office.site.stage.settle()
        office.site.app.kit.clock.advance(MINUTE)


async def _next_morning(office, hours=10):
    """From 20:15 to 06:15."""
    await settled(office.site.app.kit)
    office.site.app.kit.clock.advance(timedelta(hours=hours))


async def _seen(office):
    async with office.site.store.reading("test") as work:
        cases, last = await work.cases.all_cases(), await work.rehearsals.last()
        await work.health.violations()
        return cases, last, [one.rule for one in await work.health.violations()]


async def test_it_goes_the_whole_way_and_is_closed_as_a_drill(office):
    people = [await office.hire(*one) for one in (
        ("lan", Role.OFFICER, DAI_LOC), ("chu", Role.LEADER, DAI_LOC), ("tam", Role.SUPERVISOR),
        ("cong", Role.POLICE, DAI_LOC), ("ad", Role.ADMIN),
    )]  # fmt: skip
    await _next_morning(office)
    await _minutes(office, 4)
    (case,), last, violations = await _seen(office)
    assert (case.status, case.closed_reason, case.flags) == (Status.CLOSED, "drill", ("drill",))
    assert (case.holder, case.level) == ("drill-officer", "urgent")
    assert last.acked_at is not None and last.case_id == case.id
    assert violations == []
    assert [await office.audit(one) for one in ("open", "acknowledge", "drill_closed")] == [
        [("system", case.id)], [("drill-officer", case.id)], [("system", case.id)],
    ]  # fmt: skip
    for one in people:  # nobody was alarmed, nobody is counted with it
        assert await one.hears() == []
    async with office.site.store.reading("test") as work:
        assert await work.timers.armed(f"case:{case.id}") == []
        told = await work.outbox.told(f"case:{case.id}:alert:")
        thread = (await work.contacts.of_person("drill-officer"))[0].user
        said = [
            body["text"] for _, _, body in await work.webchat.after(thread, 0) if body.get("text")
        ]
        assert "drill-officer" not in {one.id for one in await work.people.everybody()}
    assert len(told) == 1
    assert said[0].startswith("DIỄN TẬP. ")


async def test_once_a_day_from_six_on_and_not_on_the_first_day(office):
    await _minutes(office, 3)
    assert (await _seen(office))[1] is None
    await _next_morning(office, hours=9)  # 05:18
    await _minutes(office, 2)
    assert (await _seen(office))[1] is None
    office.site.app.kit.clock.advance(timedelta(hours=1))
    await _minutes(office, 6)
    assert len((await _seen(office))[0]) == 1
    await _minutes(office, 3)
    assert len((await _seen(office))[0]) == 1
    office.site.app.kit.clock.advance(timedelta(days=1))
    await _minutes(office, 4)
    cases, last, violations = await _seen(office)
    assert len(cases) == 2 and last.day == "2026-11-25"
    assert violations == ["I10"]  # nobody works here


async def test_an_alert_that_does_not_arrive_is_no_rehearsal_and_ends_all_the_same(office):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    admin = await office.hire("ad", Role.ADMIN)
    await _next_morning(office)
    await _minutes(office, 1, sends=False)
    await _minutes(office, 18, sends=False)  # the sender stands still: the words are not even read
    cases, _, violations = await _seen(office)
    assert cases == [] and "rehearsal" in violations
    office.site.app.kit.clock.advance(timedelta(days=1))
    await _minutes(office, 4)
    cases, _, violations = await _seen(office)
    assert {one.status for one in cases} == {Status.CLOSED}
    assert violations == []
    await admin.hears()


async def test_a_drill_that_nobody_acknowledges_rings_nobody_else(office):
    admin = await office.hire("ad", Role.ADMIN)
    city = await office.hire("tam", Role.SUPERVISOR)
    await _next_morning(office)
    await _minutes(office, 1)
    async with office.site.store.transaction("test") as work:
        await work.webchat.close((await work.contacts.of_person("drill-officer"))[0].user)
    await office.site.stage.pass_time(timedelta(hours=1))
    assert await admin.hears() == await city.hears() == []
    await _minutes(office, 2)
    (case,), _, violations = await _seen(office)
    assert case.closed_reason == "drill"
    assert "rehearsal" in violations


async def test_no_figure_of_the_city_counts_it(office):
    from handlers.access import counted_for

    await office.hire("tam", Role.SUPERVISOR)
    await _next_morning(office)
    await _minutes(office, 4)
    async with office.site.store.reading("test") as work:
        city = await work.people.get("p-tam")
        assert await counted_for(work, city, work.now - timedelta(days=2)) == []


async def test_a_kill_between_the_row_and_its_words_is_made_good(office):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    await _next_morning(office)
    begun = Rehearsals(office.site.app.kit, office.site.app.door)
    await begun._begin("2026-11-24")  # and nothing more: killed
    await _minutes(office, 5)
    (case,), last, _ = await _seen(office)
    assert case.status is Status.CLOSED and last.acked_at is not None


async def test_words_that_come_again_out_of_a_journal_alarm_nobody(office):
    """A restored database knows neither the rehearsal nor its thread."""
    from sqlalchemy import text

    people = [await office.hire(*one) for one in (
        ("lan", Role.OFFICER, DAI_LOC), ("tam", Role.SUPERVISOR), ("ad", Role.ADMIN),
    )]  # fmt: skip
    await _next_morning(office)
    await _minutes(office, 1, sends=False)
    async with office.site.store.transaction("test") as work:
        for table in ("rehearsals", "webchat_sessions WHERE id LIKE 'drill%'", "marks"):
            await work._tx.connection.execute(text(f"DELETE FROM {table}"))
        gone = "UPDATE people SET active = false WHERE id LIKE 'drill%'"
        await work._tx.connection.execute(text(gone))
    await office.site.stage.pass_time(timedelta(minutes=40))
    (case,), *_ = await _seen(office)
    assert (case.commune, case.flags) == ("drill", ("drill",))
    for one in people:
        assert await one.hears() == []
    await _next_morning(office, hours=24)
    await _minutes(office, 1)
    (late,) = [one for one in (await _seen(office))[0] if one.id == case.id]
    assert (late.status, late.closed_reason) == (Status.CLOSED, "drill")


async def test_of_two_workers_one_begins(office):
    await _next_morning(office)
    one, two = (Rehearsals(office.site.app.kit, office.site.app.door) for _ in range(2))
    assert await one._begin("2026-11-24") is not None
    assert await two._begin("2026-11-24") is None


async def test_the_whole_way_is_timed_and_shown_to_administrators(office):
    admin = await (await office.hire("ad", Role.ADMIN)).sign_in()
    await _next_morning(office)
    await admin.sign_in()
    await _minutes(office, 4)
    last = (await _seen(office))[1]
    way = [last.begun_at, last.told_at, last.answered_at, last.alerted_at, last.acked_at]
    assert None not in way
    assert way == sorted(way)
    assert [(one.level, "the whole way in" in one.sentence) for one in await _doctor(office)] == [
        ("ok", True)
    ]
    words = (await admin.get("/dashboard")).words()
    assert "Tin thử tự động ngày 24/11 đã đi hết đường: trang web nhận sau 0 giây" in words


async def test_a_door_that_nobody_can_reach_is_no_rehearsal_and_a_person_hears_of_it(office):
    """Everything inside works: only who comes from outside, by the address that people have, knows."""
    admin = await office.hire("ad", Role.ADMIN)
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    await _next_morning(office)
    office.site.app.door.address = "http://127.0.0.1:9"
    await _minutes(office, 2)
    assert "chưa vào được trang web" in await _shown(office, admin)
    await _minutes(office, 15)
    cases, last, violations = await _seen(office)
    assert (cases, last.told_at, last.fault) == ([], None, "ConnectError")
    assert violations == ["rehearsal"]
    assert [
        (one.level, "stopped at the web page (ConnectError)" in one.sentence)
        for one in await _doctor(office)
    ] == [("error", True)]
    await admin.hears()
    await _watch(office)
    assert any("rehearsal" in one["text"] for one in await admin.hears())
    office.site.app.door.address = office.site.url
    office.site.app.kit.clock.advance(timedelta(days=1))
    await _minutes(office, 4)
    assert "rehearsal" not in (await _seen(office))[2]


async def _watch(office):
    """Two passes of the auditor with a worker behind each: what one finds may be a burst."""
    for _ in range(3):
        await office.site.app.auditor.round()
        await office.site.app.mender.round()
        office.site.app.kit.clock.advance(MINUTE)
    await office.site.stage.settle()


async def _doctor(office):
    """What `bot check` says of it."""
    async with office.site.store.reading("test") as work:
        lines = await watched(work, office.site.app.config)
    return [one for one in lines if one.about == "rehearsal"]


async def _shown(office, admin):
    async with office.site.store.reading("test") as work:
        found = await state_of(Actor(work, office.site.app.kit, person=admin.person))
    return found.rehearsed


async def test_another_program_behind_the_address_is_noticed(office, tmp_path):
    (tmp_path / "other").mkdir()
    other = await Office.open(tmp_path / "other", "other")
    try:
        await _next_morning(office)
        office.site.app.door.address = other.site.url
        await _minutes(office, 1)
        assert (await _seen(office))[1].fault == "another program answers there"
    finally:
        await other.close()


@pytest.mark.parametrize("start", ["rehearsal-", f"rehearsal-{'0' * 32}", "drill:2026-11-24", None])
async def test_nobody_without_the_key_file_has_a_thread_of_nobody(office, start):
    header = await office.site.session(**({"start": start} if start else {}))
    async with office.site.store.reading("test") as work:
        thread, _ = await work.webchat.session(header["Authorization"].split()[1])
    assert not thread.startswith("drill")


async def test_a_ticket_is_good_for_its_day_only(office):
    store, clock = office.site.store, office.site.app.kit.clock
    pass_ = ticket(store)
    assert drill_thread(store, pass_).startswith("drill:2026-11-23:")
    clock.advance(timedelta(days=1))
    assert drill_thread(store, pass_) == ""


async def _test_phone(office, phone):
    """A messenger's address that an operator gave to the program's officer."""
    office.site.app.kit.channels["telegram", "site"] = phone
    async with office.site.store.transaction("test") as work:
        if await work.people.get(OFFICER) is None:
            await work.people.add(Person(OFFICER, Role.OFFICER, "drill"))
        contact = await work.contacts.ensure("telegram", "site", "test", "test", "vi")
        await work.contacts.link(contact.id, OFFICER)


async def test_the_alert_comes_to_a_real_phone_before_it_is_taken(office):
    phone = Memory("telegram")
    await _test_phone(office, phone)
    await _next_morning(office)
    await _minutes(office, 8)
    (case,), last, _ = await _seen(office)
    assert case.status is Status.CLOSED and last.acked_at is not None
    texts = [out.text for _, out, _ in phone.accepted if out.text]
    assert any(text.startswith("DIỄN TẬP. ") and case.code in text for text in texts), texts


async def test_a_phone_that_gets_nothing_is_no_rehearsal(office):
    await office.hire("lan", Role.OFFICER, DAI_LOC)
    phone = Memory("telegram")
    await _test_phone(office, phone)
    phone.faults["test"] = [Gone("blocked")] * 9
    await _next_morning(office)
    await _minutes(office, 18)
    _, last, violations = await _seen(office)
    assert last.alerted_at is not None
    assert last.acked_at is None
    assert "rehearsal" in violations
