"""A copy that arrived though its row had been taken over: off the phone again, or explained (F12, F56)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from cases.messages import Outgoing
from cases.safe_contact import Safety
from notifications.channel import Bad, Gone, Retry, Sent, Unknown
from notifications.retract import each
from storage.health import LATE
from storage.ledgers.outbox import Message
from storage.tables import outbox
from tests.support import database
from tests.support.world import open_world

LEASE = timedelta(seconds=61)
LINE = "Tin vừa rồi được gửi lặp, chỉ cần xem một lần."


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    yield made
    await made.app.close()


async def put(world, channel="telegram", text="xin chào", who="minh", **more):
    async with world.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure(channel, "site", who, who, "vi")
        body = {"op": "say", "text": text, **more.pop("body", {})}
        op, priority = more.pop("op", "say"), more.pop("priority", 0)
        await work.outbox.put(Message(f"k:{text}", contact.id, channel, op, body, priority, **more))
    return contact


async def claim(world, worker):
    async with world.app.kit.store.transaction("claim") as work:
        return await work.outbox.claim(worker, 8)


async def taken_over(world):
    """The same row in two hands: the first one stood still for longer than its lease."""
    (first,) = await claim(world, "one")
    world.clock.advance(LEASE)
    (second,) = await claim(world, "two")
    return first, second


async def finish(world, row, result):
    await world.app.sender._finish([row], result)


async def sends(world, seconds=0):
    world.clock.advance(seconds)
    await world.app.sender.drain()


def rows(world, columns="key, state", where="key NOT LIKE 'k:%'"):
    with database.owner(world.app.config.database_url) as reader:
        return reader.execute(f"SELECT {columns} FROM outbox WHERE {where} ORDER BY seq").fetchall()


def removed(world, channel="telegram"):
    return [out.target for _, out, _ in world.channels[channel].accepted if out.op == "remove"]


def counted(world, name):
    return sum(n for _, n in world.app.kit.store.tally.of(name))


async def test_f12_the_late_copy_goes_once_the_newer_one_has_arrived(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, first, Sent("late"))
    await sends(world)
    assert removed(world) == []  # the newer one may still fail
    await finish(world, second, Sent("newer"))
    await sends(world, 2)
    assert removed(world) == ["late"]
    assert rows(world) == [("retract:k:xin chào:1", "sent")]
    assert counted(world, "retracted") == 1


async def test_f12_every_piece_of_the_late_copy_goes(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    await finish(world, first, Sent("c", ("a", "b")))
    await sends(world, 2)
    assert removed(world) == ["a", "b", "c"]


async def test_f12_pieces_of_a_copy_that_was_cut_short_go_too(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    await finish(world, first, Retry(5, begun=True, before=("a", "b")))
    await sends(world, 2)
    assert removed(world) == ["a", "b"]


@pytest.mark.parametrize("death", [Gone("unknown"), Bad("refused")])
@pytest.mark.parametrize("late", ["before", "after"])
async def test_f12_the_only_copy_stays_where_the_newer_one_died(world, death, late):
    await put(world)
    first, second = await taken_over(world)
    order = [(first, Sent("late")), (second, death)]
    for row, result in order if late == "before" else order[::-1]:
        await finish(world, row, result)
    await sends(world, 2)
    await sends(world, 60)
    assert removed(world) == []
    assert rows(world) == [("retract:k:xin chào:1", "cancelled")]
    assert counted(world, "retracted") == 0


async def test_f12_a_late_answer_proves_what_nobody_is_sending(world):
    """The newer call got no answer: with this one the message need not leave a third time."""
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Unknown("cut"))
    await finish(world, first, Sent("late", ("piece",)))
    await sends(world, 400)
    assert world.channels["telegram"].accepted == []
    assert rows(world, "state, message_id, pieces, outcome", "1 = 1") == [
        ("sent", "late", ",piece,", "proved")
    ]


async def test_f12_who_never_wants_it_any_more_keeps_no_late_copy(world):
    contact = await put(world)
    first, second = await taken_over(world)
    await finish(world, first, Sent("late"))
    async with world.app.kit.store.transaction("exit") as work:
        await work.outbox.cancel_for(contact.id)
    await finish(world, second, Unknown("cut"))
    await sends(world, 2)
    assert rows(world, "state", "key LIKE 'k:%'") == [("cancelled",)]
    assert removed(world) == ["late"]


async def test_f12_a_late_answer_that_is_heard_twice_takes_one_copy_back_once(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    for _ in range(2):
        await finish(world, first, Sent("late"))
        await sends(world, 2)
    assert removed(world) == ["late"]


async def test_f12_of_several_late_copies_each_goes(world):
    await put(world)
    first, second = await taken_over(world)
    world.clock.advance(LEASE)
    (third,) = await claim(world, "three")
    await finish(world, third, Sent("newest"))
    await finish(world, first, Sent("one"))
    await finish(world, second, Sent("two"))
    await sends(world, 2)
    await sends(world, 2)
    assert sorted(removed(world)) == ["one", "two"]


async def test_f12_what_proved_the_row_is_never_removed(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Sent("same"))
    await finish(world, first, Sent("same"))
    await sends(world, 2)
    assert removed(world) == []
    assert counted(world, "retracted") == 0


async def test_f12_a_page_cannot_double(world):
    await put(world, "web")
    first, second = await taken_over(world)
    await finish(world, second, Sent("7"))
    await finish(world, first, Sent("7"))
    assert rows(world) == []


@pytest.mark.parametrize("op", ["edit", "remove"])
async def test_f12_what_changes_nothing_when_done_twice_is_not_taken_back(world, op):
    await put(world, op=op)
    first, second = await taken_over(world)
    await finish(world, second, Sent("7"))
    await finish(world, first, Sent("7"))
    assert rows(world) == []


# Where nothing can be removed


def told(world, channel):
    return [out.text for _, out, _ in world.channels[channel].accepted]


@pytest.mark.parametrize("channel", ["zalobot", "zalooa"])
async def test_f12_one_line_explains_a_late_copy_that_cannot_be_removed(world, channel):
    await put(world, channel)
    first, second = await taken_over(world)
    await finish(world, first, Sent("late"))
    await sends(world)
    assert told(world, channel) == []
    await finish(world, second, Sent("newer"))
    await sends(world, 2)
    assert told(world, channel) == [LINE]
    assert rows(world) == [("explain:k:xin chào:1", "sent")]
    assert (counted(world, "explained"), counted(world, "retracted")) == (1, 0)


async def test_f12_a_reply_to_a_copy_that_stays_is_about_the_same_case(world):
    contact = await put(world, "zalooa", case_id="c1")
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer", ("piece",)))
    await finish(world, first, Sent("late"))
    async with world.app.kit.store.reading("test") as work:
        for one in ("late", "newer", "piece"):
            assert await work.outbox.cases_of(contact.id, one) == ["c1"]


async def test_f12_a_late_copy_that_says_itself_what_it_is_needs_no_line(world):
    await put(world, "zalobot")
    _, second = await taken_over(world)
    world.clock.advance(LEASE)
    (third,) = await claim(world, "three")
    await finish(world, third, Sent("newest"))
    await finish(world, second, Sent("late"))
    assert rows(world) == []


@pytest.mark.parametrize("death", [Gone("unknown"), Bad("refused")])
async def test_f12_nothing_is_explained_where_the_newer_one_died(world, death):
    await put(world, "zalobot")
    first, second = await taken_over(world)
    await finish(world, first, Sent("late"))
    await finish(world, second, death)
    await sends(world, 60)
    assert told(world, "zalobot") == []


@pytest.mark.parametrize(
    ("safety", "lines"),
    [
        (Safety(), 1),
        (Safety(said="no_first"), 0),
        (Safety(unsafe=True), 0),
        (Safety(left=True), 0),
        (Safety(child=True), 0),
    ],
    ids=["nothing said", "never", "unsafe", "left in a hurry", "a child"],
)
async def test_f36_nobody_is_told_of_a_repeat_who_must_not_be_written_to_first(
    world, safety, lines
):
    contact = await put(world, "zalobot")
    async with world.app.kit.store.transaction("test") as work:
        await work.safety.put(contact.id, safety)
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    await finish(world, first, Sent("late"))
    await sends(world, 60)
    assert len(told(world, "zalobot")) == lines


async def test_f36_a_repeat_is_explained_in_the_readers_own_hours(world):
    contact = await put(world, "zalobot")  # it is 20:15
    async with world.app.kit.store.transaction("test") as work:
        await work.safety.put(contact.id, Safety(said="morning"))
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    await finish(world, first, Sent("late"))
    await sends(world, 60)
    assert told(world, "zalobot") == []
    world.clock.advance(timedelta(hours=12))
    await sends(world, 60)
    assert told(world, "zalobot") == [LINE]


# What cannot be done, and what it holds up


async def test_f12_a_removal_that_is_refused_is_explained_and_visible(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    await finish(world, first, Sent("late"))
    world.channels["telegram"].faults["minh"] = [Bad("refused")]
    await sends(world, 2)
    await sends(world, 2)
    assert told(world, "telegram") == [LINE]
    assert rows(world) == [("retract:k:xin chào:1", "dead"), ("explain:k:xin chào:1", "sent")]
    async with world.app.kit.store.reading("test") as work:
        (gone,) = rows(world, "id", "key LIKE 'retract:%'")
        assert [one.subject for one in await work.health.violations() if one.rule == "I7"] == [
            gone[0]
        ]


async def test_f12_a_removal_whose_answer_was_lost_is_simply_repeated(world):
    await put(world)
    first, second = await taken_over(world)
    await finish(world, second, Sent("newer"))
    await finish(world, first, Sent("late"))
    world.channels["telegram"].accept_anyway = True
    world.channels["telegram"].faults["minh"] = [Unknown("cut")]
    await sends(world, 2)
    await sends(world, 10)
    assert removed(world) == ["late", "late"]
    assert rows(world, "state", "key LIKE 'retract:%'") == [("sent",)]


async def test_f12_a_removal_that_waits_holds_up_no_other_message_and_is_not_late(world):
    await put(world, priority=2)
    first, second = await taken_over(world)
    await finish(world, first, Sent("late"))
    await put(world, text="tiếp theo", priority=2)
    await finish(world, second, Retry(3600, "chat", "held"))
    world.clock.advance(LATE + timedelta(minutes=1))
    await sends(world)
    assert told(world, "telegram") == ["tiếp theo"]
    async with world.app.kit.store.reading("test") as work:
        assert await work.lags.outbox() == dict.fromkeys(range(5), 0.0)
        late = [one.subject for one in await work.health.violations() if one.rule == "I3"]
        assert late == []


async def two_in_one(world):
    """Two rows that left as one message, in the hands of one sender."""
    await put(world, text="một")
    await put(world, text="hai")
    return await claim(world, "one")


async def test_f12_a_message_of_several_rows_goes_only_when_all_of_them_have_arrived(world):
    late = await two_in_one(world)
    world.clock.advance(LEASE)
    one, two = await claim(world, "two")
    await world.app.sender._finish(late, Sent("both"))
    await finish(world, two, Sent("9"))
    await sends(world, 2)
    assert removed(world) == []
    await finish(world, one, Sent("8"))
    await sends(world, 10)
    assert removed(world) == ["both"]


async def test_f12_a_message_of_several_rows_stays_where_one_of_them_died(world):
    late = await two_in_one(world)
    world.clock.advance(LEASE)
    one, two = await claim(world, "two")
    await world.app.sender._finish(late, Sent("both"))
    await finish(world, two, Sent("9"))
    await finish(world, one, Bad("refused"))
    await sends(world, 10)
    assert removed(world) == []
    assert counted(world, "retracted") == 0


async def test_f12_a_message_that_carries_what_is_still_ours_stays_and_is_explained(world):
    one, two = await two_in_one(world)
    async with world.app.kit.store.transaction("test") as work:
        ended = update(outbox).where(outbox.c.id == one.id).values(lease_until=work.now)
        await work._tx.run(ended)
    world.clock.advance(1)
    (again,) = await claim(world, "two")
    assert again.id == one.id
    await world.app.sender._finish([one, two], Sent("both"))
    await finish(world, again, Sent("8"))
    await sends(world, 5)
    assert removed(world) == []
    assert told(world, "telegram") == [LINE]


def test_only_a_late_copy_is_taken_apart():
    gone = Outgoing("retract:k:1", "remove", ids=("a", "b"))
    assert [(one.target, one.ids) for one in each(gone)] == [("a", ()), ("b", ())]
    assert each(replace(gone, key="exit:1")) == []
