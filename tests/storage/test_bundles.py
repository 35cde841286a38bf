"""Rows that leave as one message: each keeps its own state, and none is lost or told to the wrong person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.codes import case_code
from cases.model import Case, Level, Role, Status
from handlers.actor import Actor
from handlers.alarms.conflict import hide
from notifications.announce import Call
from notifications.channel import Bad, Gone, Unknown
from storage.store import StorageBusy
from tests.support import database
from tests.support.edge import at_the_edge
from tests.support.world import open_world

MINUTES = timedelta(minutes=1)
NIGHT, DAY = "2026-11-24 23:00", "2026-11-24 09:00"


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path, NIGHT)
    await made.staff("lan", Role.OFFICER, "20500", "telegram", "web")
    await made.staff("ad", Role.ADMIN, "", "telegram")
    yield made
    await made.app.close()


async def _case(world, n, level=Level.MEDIUM, **more):
    async with world.app.kit.store.transaction("test") as work:
        now = world.clock.now()
        case = Case(f"c{n}", case_code(b"k", str(n), 0), "20500", level, "injury",
                    Status.RECEIVED, 1, now, now, **more)  # fmt: skip
        return await work.cases.insert(case, f"s{n}")


async def _tell(world, case, notice="added", key="added:1", who="lan", **values):
    kit = world.app.kit
    async with kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        call = Call(notice, f"case:{case.id}:{key}", values)
        await kit.announcer.tell(work, case, [person], call)


async def _alert(world, case):
    await _tell(world, case, "alert", "alert:1:0:0", due="none", due_day="-")


def _rows(world, what="state"):
    with database.owner(world.app.config.database_url) as owner:
        order = f"SELECT {what} FROM outbox WHERE case_id != '' ORDER BY seq"
        found = owner.execute(order).fetchall()
    owner.close()
    return [row[0] if len(row) == 1 else row for row in found]


async def _morning(world):
    await world.pass_time(timedelta(hours=7, minutes=6))


async def test_f36_urgent_news_leave_now_and_calm_ones_at_the_end_of_the_night_together(world):
    calm, other = await _case(world, 1), await _case(world, 2, Level.HIGH)
    urgent, unclear = await _case(world, 3, Level.URGENT), await _case(world, 4, Level.UNKNOWN)
    for case in (calm, urgent, other, unclear):
        await _tell(world, case)
    await world.settle()
    assert [text[:9] for text in world.new("lan", "telegram")] == [urgent.code, unclear.code]
    await world.pass_time(timedelta(hours=6, minutes=59))
    assert world.new("lan", "telegram") == []
    await world.pass_time(timedelta(minutes=6))
    (text,) = world.new("lan", "telegram")
    lines = text.split("\n")
    assert lines[0] == "2 tin mới:"
    assert [line[:9] for line in lines[1:]] == [calm.code, other.code]


async def test_f36_an_alert_and_an_overdue_law_ring_at_any_hour(world):
    case = await _case(world, 1)
    await _alert(world, case)
    await _tell(world, case, "late", "emergency:1:3:0", hours=0, limit=12)
    await world.settle()
    assert len(world.new("lan", "telegram")) == 2


async def test_one_that_is_alone_goes_out_as_it_is_with_its_own_buttons(world):
    await _tell(world, await _case(world, 1))
    await _morning(world)
    _, out, _ = world.channels["telegram"].accepted[-1]
    assert [one.label for one in out.choices] == ["Mở hồ sơ"]


async def test_a_bundle_of_many_lists_all_and_has_a_button_for_the_rest(world):
    cases = [await _case(world, n) for n in range(7)]
    for case in cases:
        await _tell(world, case)
    await _morning(world)
    _, out, _ = world.channels["telegram"].accepted[-1]
    assert [case.code for case in cases if case.code not in out.text] == []
    labels = [one.label for one in out.choices]
    assert labels == ["Việc của tôi", *(case.code for case in cases[:4])]
    await world.presses("lan", "Việc của tôi", "telegram")
    assert world.texts("lan", "telegram")[-1].startswith("Việc đang mở: 7")


async def test_the_newest_of_a_kind_says_it_all(world):
    case = await _case(world, 1)
    for n in range(3):
        await _tell(world, case, key=f"added:{n}")
    await _tell(world, case, "lowered", "lowered:1:x", role=Role.LEADER, when="23:10")
    await _morning(world)
    (text,) = world.new("lan", "telegram")
    assert text.count("có thêm tin mới") == 1
    assert text.startswith("2 tin mới:")
    assert _rows(world) == ["cancelled", "cancelled", "sent", "sent"]


@pytest.mark.parametrize(
    ("notice", "values", "then"),
    [
        ("added", {}, {"status": Status.CLOSED}),
        ("taken", {"role": Role.DEPUTY, "when": "23:00"}, {"holder": ""}),
        ("closed", {"when": "23:00"}, {"status": Status.ACKNOWLEDGED}),
        ("reminder", {"hours": 3, "limit": 12}, {}),
        ("added", {}, {"flags": ("conflict_commune",)}),
        ("added", {}, {"commune": "20515"}),
    ],
)
async def test_what_is_not_true_any_more_or_not_theirs_is_not_told(world, notice, values, then):
    before = {"taken": {"holder": "p-x"}, "closed": {"status": Status.CLOSED}}.get(notice, {})
    case = replace(await _case(world, 1), **before)
    async with world.app.kit.store.transaction("test") as work:
        assert await work.cases.save(case, case.rev)
    await _tell(world, case, notice, f"{notice}:1:0:0", **values)
    async with world.app.kit.store.transaction("test") as work:
        assert await work.cases.save(replace(case, **then), case.rev)
    await _morning(world)
    assert world.new("lan", "telegram") == []
    assert _rows(world) == ["cancelled"]


async def test_a_level_that_changed_meanwhile_is_told_as_it_is(world):
    case = await _case(world, 1)
    await _tell(world, case, "lowered", "lowered:1:x", role=Role.LEADER, when="23:10")
    async with world.app.kit.store.transaction("test") as work:
        await work.cases.save(replace(case, level=Level.LOW), case.rev)
    await _morning(world)
    assert "mức mới THẤP" in world.new("lan", "telegram")[0]


async def test_whoever_opened_the_case_has_seen_its_news(world):
    case = await _case(world, 1)
    await _tell(world, case)
    await world.says("lan", f"/vu {case.code}", "telegram")
    world.new("lan", "telegram")
    await _morning(world)
    assert world.new("lan", "telegram") == []


async def test_somebody_who_left_meanwhile_is_told_nothing(world):
    await _tell(world, await _case(world, 1))
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get("p-lan")
        await work.people.save(replace(person, active=False))
    await _morning(world)
    assert world.new("lan", "telegram") == []


async def test_what_is_on_its_way_to_somebody_who_may_not_know_any_more_is_not_tried_again(world):
    case = await _case(world, 1, Level.URGENT)

    async def fails(inner, outgoing, address):
        async with world.app.kit.store.transaction("test") as work:
            if address.user == "lan":
                await work.cases.exclude(case.id, "p-lan")
                chu = await work.people.get("p-ad")
                await hide(Actor(work, world.app.kit, person=chu, name=chu.id), case)
        return Unknown("cut")

    at_the_edge(world, "telegram", fails)
    await _alert(world, case)
    await world.settle()
    assert _rows(world)[0] == "cancelled"


async def _in_a_bundle(world, many=3):
    """The first rings at once, the others wait for the end of the two minutes."""
    cases = [await _case(world, n) for n in range(many)]
    for case in cases:
        await _alert(world, case)
    await world.settle()
    assert len(world.new("lan", "telegram")) == 1
    return cases


async def test_each_row_of_a_bundle_is_sent_under_the_same_message(world):
    await _in_a_bundle(world)
    await world.pass_time(3 * MINUTES)
    (text,) = world.new("lan", "telegram")
    assert text.startswith("2 việc cần người nhận:")
    ids = _rows(world, "message_id")
    assert ids[1] == ids[2] != ids[0]


async def test_alerts_leave_five_at_a_time_so_that_each_has_its_button(world):
    cases = await _in_a_bundle(world, 8)
    await world.pass_time(3 * MINUTES)
    sent = [out for _, out, _ in world.channels["telegram"].accepted][1:]
    labels = [[one.label for one in out.choices] for out in sent]
    codes = [case.code for case in cases]
    assert labels[0] == codes[1:6]
    assert labels[1] == codes[6:]


async def test_urgent_alerts_never_wait_and_never_join(world):
    await _in_a_bundle(world, 2)
    for n in (11, 12):
        await _alert(world, await _case(world, n, Level.URGENT))
    await world.settle()
    assert [text.count("KHẨN CẤP") for text in world.new("lan", "telegram")] == [1, 1]
    await world.pass_time(3 * MINUTES)
    assert len(world.new("lan", "telegram")) == 1


async def test_alerts_of_two_communes_are_two_things(world):
    await world.staff("tam", Role.SUPERVISOR, "", "telegram")
    for n, commune in enumerate(("20500", "20515")):
        case = replace(await _case(world, n), commune=commune, rev=2)
        async with world.app.kit.store.transaction("test") as work:
            await work.cases.save(case, 1)
        await _tell(world, case, "alert", "alert:1:0:0", "tam", due="none", due_day="-")
    await world.settle()
    assert len(world.new("tam", "telegram")) == 2


async def test_a_case_of_a_bundle_that_somebody_took_is_left_out(world):
    cases = await _in_a_bundle(world)
    async with world.app.kit.store.transaction("test") as work:
        taken = replace(cases[1], holder="p-x", status=Status.ACKNOWLEDGED)
        await work.cases.save(taken, cases[1].rev)
    await world.pass_time(3 * MINUTES)
    (text,) = world.new("lan", "telegram")
    assert text.startswith(f"Việc mới {cases[2].code}")
    assert _rows(world) == ["sent", "cancelled", "sent"]


async def test_a_case_that_became_urgent_meanwhile_rings_alone_and_once(world):
    cases = await _in_a_bundle(world, 2)
    raised = replace(cases[1], level=Level.URGENT, rev=2)
    async with world.app.kit.store.transaction("test") as work:
        await work.cases.save(raised, 1)
    await _tell(world, raised, "alert", "alert:2:0:0", due="none", due_day="-")
    await world.settle()
    assert "KHẨN CẤP" in world.new("lan", "telegram")[0]
    await world.pass_time(3 * MINUTES)
    assert world.new("lan", "telegram") == []


@pytest.mark.parametrize("answer", [Gone("blocked"), Bad("refused")])
async def test_every_case_of_a_bundle_that_fails_goes_to_the_next_address(world, answer):
    cases = await _in_a_bundle(world)
    world.channels["telegram"].faults["lan"] = [answer]
    await world.pass_time(6 * MINUTES)
    assert world.new("lan", "telegram") == []
    heard = "\n".join(world.new("lan", "web"))
    assert [case.code for case in cases[1:] if case.code not in heard] == []


async def test_a_bundle_whose_answer_is_lost_comes_again_marked_with_the_same_buttons(world):
    await _in_a_bundle(world)
    world.channels["telegram"].faults["lan"] = [Unknown("lost")]
    world.channels["telegram"].accept_anyway = True
    await world.pass_time(3 * MINUTES)
    (_, first, _), (_, again, _) = world.channels["telegram"].accepted[-2:]
    assert again.repeat and not first.repeat
    assert (again.prompt, again.choices) == (first.prompt, first.choices)
    assert _rows(world, "state, attempt")[1:] == [("sent", 2), ("sent", 2)]


async def test_a_bundle_that_was_on_its_way_when_the_program_died_comes_again_as_one(world):
    await _in_a_bundle(world)

    world.clock.advance(3 * MINUTES)
    async with world.app.kit.store.transaction("claim") as work:
        (row,) = await work.outbox.claim("dead", 5)
        assert len(await work.bundles.gather(row, "dead", 4)) == 1
    await world.app.sender.drain()
    assert world.new("lan", "telegram") == []  # the leases still stand
    world.clock.advance(timedelta(seconds=61))
    await world.settle()
    (text,) = world.new("lan", "telegram")
    assert text.startswith("🔁 Gửi lại. 2 việc cần người nhận:")


async def test_a_damaged_row_leaves_its_bundle_and_is_seen_alone(world):
    cases = await _in_a_bundle(world)
    with database.owner(world.app.config.database_url) as owner:
        owner.execute(f"UPDATE outbox SET body = X'{'00' * 40}' WHERE case_id = ?", [cases[2].id])
    owner.close()
    await world.pass_time(3 * MINUTES)
    (text,) = world.new("lan", "telegram")
    assert text.startswith(f"Việc mới {cases[1].code}")
    assert _rows(world, "state, outcome")[2] == ("dead", "unreadable")
    assert cases[2].code in "\n".join(world.new("lan", "web"))  # told another way


async def test_a_bundle_that_meets_a_busy_file_is_given_back_as_it_was(world):
    await _in_a_bundle(world)
    world.clock.advance(3 * MINUTES)
    real, busy = world.app.sender._bundler.fill, [True]

    async def fill(work, parcel):
        await real(work, parcel)
        if busy:
            busy.clear()
            raise StorageBusy

    world.app.sender._bundler.fill = fill
    await world.settle()
    (text,) = world.new("lan", "telegram")
    assert text.startswith("2 việc")
    assert _rows(world, "state, maybe_sent")[1:] == [("sent", 0), ("sent", 0)]


async def test_one_case_whose_consequences_fail_costs_the_others_nothing(world):
    cases = await _in_a_bundle(world)
    real = world.app.sender._finisher._aftermath._delivery

    class Failing:
        async def gone(self, work, row, why):
            if row.case_id == cases[1].id:
                raise KeyError("a fault in the program")
            await real.gone(work, row, why)

    world.app.sender._finisher._aftermath._delivery = Failing()
    world.channels["telegram"].faults["lan"] = [Gone("blocked")]
    await world.pass_time(6 * MINUTES)
    assert _rows(world)[1:3] == ["dead", "dead"]
    assert cases[2].code in "\n".join(world.new("lan", "web"))


async def test_a_bundle_is_told_on_a_channel_without_buttons_by_numbers(world):
    await world.staff("zoe", Role.OFFICER, "20500", "zalobot")
    cases = [await _case(world, n) for n in range(2)]
    for case in cases:
        await _tell(world, case, who="zoe")
    await _morning(world)
    (text,) = world.new("zoe", "zalobot")
    assert f"1. {cases[0].code}\n2. {cases[1].code}" in text
    await world.says("zoe", "2", "zalobot")
    assert f"Hồ sơ {cases[1].code}" in world.new("zoe", "zalobot")[-1]


async def test_without_words_for_it_a_bundle_still_names_its_cases(world):
    cases = await _in_a_bundle(world)
    world.break_text("bundle.alerts")
    await world.pass_time(3 * MINUTES)
    (text,) = world.new("lan", "telegram")
    assert text.split("\n")[0].startswith(f"Việc mới {cases[1].code}")


async def test_no_row_of_a_bundle_waits_for_the_pace_of_another(world):
    """One message, one place in the pace of the chat."""
    await _in_a_bundle(world, 6)
    await world.pass_time(3 * MINUTES)
    before = world.clock.now()
    await _tell(world, await _case(world, 20, Level.URGENT))
    await world.settle()
    assert world.clock.now() - before < timedelta(seconds=2)
    assert len(world.new("lan", "telegram")) == 2


async def test_what_happens_at_the_edge_happens_to_the_bundle_once(world):
    await _in_a_bundle(world)
    seen = []

    async def counted(inner, outgoing, address):
        seen.append(outgoing.key)
        return await inner.send(outgoing, address)

    at_the_edge(world, "telegram", counted)
    await world.pass_time(3 * MINUTES)
    assert len(seen) == 1 and seen[0].startswith("bundle:")
