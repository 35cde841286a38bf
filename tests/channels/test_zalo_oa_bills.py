"""What the OA bills: asked before it is said, counted by its answers, kept for alerts near the end."""

from datetime import timedelta

import pytest

from bot.channels.timed_http import Answer
from bot.channels.zalo_oa_answers import window_of
from cases.messages import Outgoing
from cases.model import Role
from notifications.channel import Retry, Unknown, Window
from notifications.outgoing import body_of
from notifications.thrift import Thrift
from storage.ledgers.outbox import Message
from tests.support.fake_zalo_bot import Fault
from tests.support.fake_zalo_oa import APP, recorded
from web.figures import Figures
from web.parts import Parts

from .test_zalo_oa_talk import NEIGHBOUR, OFFICER, Windowed, staff, states, urgent

NEWS = "Bạn có một tin nhắn mới."


@pytest.fixture
async def door(tmp_path):
    made = await Windowed.open(tmp_path, "")
    yield made
    await made.close()


def quota(door, many):
    """So many billed messages a month."""
    thrift = Thrift(door.app.kit.store, {"zalooa": many})
    door.app.sender._bills._thrift = door.app.zalo.thrift = thrift


async def silent(door, days, who=NEIGHBOUR):
    """They wrote once, and then no more."""
    await door.says("xin chào", who)
    await door.says("hủy", who)
    await door.stage.pass_time(timedelta(days=days))


async def tell(door, key="k", text=NEWS, who=NEIGHBOUR, priority=2, **more):
    async with door.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("zalooa", APP, who)
        body = body_of(Outgoing(key, text=text)) | more
        await work.outbox.put(Message(key, contact.id, "zalooa", "say", body, priority))
    await door.stage.settle()


async def spend(door, many):
    async with door.app.kit.store.transaction("test") as work:
        await work.billed.note("before", "zalooa", many)
    door.app.sender._bills._thrift._counted.clear()


async def counted(door):
    return await door.app.zalo.thrift.count("zalooa")


async def test_an_answer_to_somebody_who_just_wrote_is_free_and_nobody_is_asked(door):
    await silent(door, 0)
    assert (door.fake.questions, door.fake.billed, await counted(door)) == ([], [], 0)


async def test_a_message_after_two_days_of_silence_is_asked_for_and_counted(door):
    await silent(door, 3)
    await tell(door)
    assert door.fake.texts(NEIGHBOUR)[-1] == NEWS
    assert (door.fake.questions, len(door.fake.billed)) == ([NEIGHBOUR], 1)
    assert await counted(door) == 1


async def test_free_answers_that_are_used_up_are_counted_by_what_their_answer_says(door):
    await silent(door, 0)
    for n in range(8):
        await tell(door, f"k{n}")
        await door.stage.pass_time(timedelta(seconds=5))
    assert len(door.fake.billed) == await counted(door) > 0
    assert door.fake.questions == []


async def test_each_piece_of_a_long_message_counts(door):
    await silent(door, 3)
    await tell(door, text="một hai ba " * 400)
    assert len(door.fake.billed) == await counted(door) == 3


async def test_a_closed_window_is_seen_before_anything_is_said(door):
    await silent(door, 8)
    said, called = len(door.fake.accepted), len(door.fake.used)
    await tell(door)
    assert [name for name, _ in door.fake.accepted[said:]] == ["template"]  # it may knock
    assert len(door.fake.used) - called == 2  # the question, and that
    assert len(door.fake.billed) == await counted(door) == 1
    async with door.app.kit.store.reading("test") as work:
        contact = await work.contacts.by_address("zalooa", APP, NEIGHBOUR)
    assert contact.state == "blocked"


async def test_an_alert_is_never_kept_waiting_by_the_question(door):
    await staff(door)
    await door.stage.pass_time(timedelta(days=3))
    door.fake.seen[OFFICER] = door.app.kit.clock.now() - timedelta(days=3)
    await urgent(door)
    assert any(one.startswith("Việc mới") for one in door.fake.texts(OFFICER))
    assert OFFICER not in door.fake.questions
    assert door.fake.billed == [OFFICER] * await counted(door) != []


async def test_a_knock_is_billed(door):
    await staff(door)
    door.fake.seen[OFFICER] -= timedelta(days=8)
    await urgent(door)
    assert door.fake.billed == [OFFICER]
    assert await counted(door) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(500, {}), Fault(200, {"error": 0, "data": {}}), Fault(cut=True),
     Fault(200, recorded("error_032_rate_limit"))],
    ids=["500", "empty", "cut", "rate"],
)  # fmt: skip
async def test_a_question_without_an_answer_holds_nothing_up(door, fault):
    await silent(door, 3)
    door.fake.fail("quota", fault)
    await tell(door)
    assert door.fake.texts(NEIGHBOUR)[-1] == NEWS
    assert await counted(door) == 1


async def test_so_many_questions_at_once_never_shut_the_account_for_messages(door):
    people = [f"9{n:03}" for n in range(12)]
    for who in people:
        await door.says("xin chào", who)
        await door.says("hủy", who)
    await door.stage.pass_time(timedelta(days=3))
    async with door.app.kit.store.transaction("test") as work:
        for who in people:
            contact = await work.contacts.by_address("zalooa", APP, who)
            body = body_of(Outgoing(who, text=NEWS))
            await work.outbox.put(Message(who, contact.id, "zalooa", "say", body, 2))
    await door.stage.settle()
    assert len(door.fake.questions) == 10
    assert len(door.fake.billed) == await counted(door) == 12


async def test_the_figures_of_the_operator_name_what_was_billed_and_of_how_many(door):
    quota(door, 100)
    await spend(door, 7)
    app = door.app
    parts = Parts(
        store=app.kit.store, inlet=app.inbox, channels=app.kit.channels, catalog=app.kit.catalog,
        kit=app.kit, thrift=app.zalo.thrift,
    )  # fmt: skip
    found = (await Figures.of(parts)).by
    assert found["month_messages"] == ("channel", {"zalobot": 0.0, "zalooa": 7.0})
    assert found["month_quota"] == ("channel", {"zalobot": 0.0, "zalooa": 100.0})


async def test_what_was_certainly_not_sent_costs_nothing(door):
    await silent(door, 3)
    door.fake.fail("cs", Fault(200, recorded("error_200_send_failed")))
    await tell(door)
    assert (door.fake.billed, await counted(door)) == ([], 0)
    await door.stage.pass_time(timedelta(minutes=1))
    assert len(door.fake.billed) == await counted(door) == 1


async def test_what_may_have_been_sent_may_have_been_billed(door):
    await silent(door, 3)
    door.fake.fail("cs", Fault(cut=True, accept=True))
    await tell(door)
    assert await counted(door) == 1
    await door.stage.pass_time(timedelta(minutes=1))
    assert door.fake.texts(NEIGHBOUR)[-1] == f"🔁 Gửi lại. {NEWS}"
    assert await counted(door) == 2


async def test_near_the_end_the_silent_are_only_sent_alerts_and_whoever_writes_is_answered(door):
    quota(door, 100)
    await silent(door, 3)
    await spend(door, 95)
    await tell(door)
    assert NEWS not in door.fake.texts(NEIGHBOUR)
    assert (door.fake.questions, await counted(door)) == ([], 95)
    await tell(door, "alert", "Việc mới VQK3-DZJZ", alert=True)
    await tell(door, "helps", "Gọi 113", helps=True)
    assert door.fake.texts(NEIGHBOUR)[-2:] == ["Việc mới VQK3-DZJZ", "Gọi 113"]
    assert await counted(door) == 97
    await door.says("xin chào", NEIGHBOUR)  # free: at once, and what waited comes soon after
    assert "113" in str(door.fake.texts(NEIGHBOUR)[-1])
    await door.stage.pass_time(timedelta(minutes=20))
    assert NEWS in door.fake.texts(NEIGHBOUR)
    assert await counted(door) == 97


async def test_near_the_end_zalo_itself_says_whether_an_answer_is_still_free(door):
    quota(door, 100)
    await silent(door, 0)
    await spend(door, 95)
    door.fake.answered[NEIGHBOUR] = 8
    await tell(door)
    assert (door.fake.questions, door.fake.billed) == ([NEIGHBOUR], [])


async def test_what_was_kept_back_leaves_in_the_next_month(door):
    quota(door, 100)
    await silent(door, 2)  # 25 November
    await spend(door, 95)
    await door.stage.pass_time(timedelta(hours=1))
    await tell(door)
    assert NEWS not in door.fake.texts(NEIGHBOUR)
    door.fake.seen[NEIGHBOUR] += timedelta(days=4)  # so that Zalo would take it all the while
    await door.stage.pass_time(timedelta(days=6))
    assert NEWS in door.fake.texts(NEIGHBOUR)


async def test_administrators_hear_once_at_each_mark_and_nothing_keeps_that_back(door):
    quota(door, 100)
    await staff(door, "ad", Role.ADMIN)
    await door.stage.pass_time(timedelta(days=3))  # silent: what is said to them is billed
    await spend(door, 79)
    await door.app.zalo.quota()
    async with door.app.kit.store.reading("test") as work:
        assert await work.outbox.told("quota:") == []
    await spend(door, 80)
    for _ in range(2):
        await door.app.zalo.quota()
    await spend(door, 95)
    for _ in range(2):
        await door.app.zalo.quota()
    await door.stage.pass_time(timedelta(minutes=1))
    told = [one for one in door.fake.texts("70ad") if "phải trả tiền" in one]
    assert ["Từ giờ" in one for one in told] == [False, True]


async def test_a_bill_names_nobody_and_is_forgotten_after_three_months(door):
    await silent(door, 3)
    await tell(door)
    await door.stage.pass_time(timedelta(days=93))
    async with door.app.kit.store.transaction("test") as work:
        assert await work.billed.forget(work.now - timedelta(days=200), 50) == 0
    await door.app.forgetting.run()
    async with door.app.kit.store.transaction("test") as work:
        assert await work.billed.since("zalooa", work.now - timedelta(days=200)) == 0


@pytest.mark.parametrize(
    ("data", "window"),
    [({"last_interaction": "1795437600000", "cs_reply": {"remain": 1}}, Window(True, True)),
     ({"last_interaction": "1795437600000", "cs_reply": {"remain": 0}}, Window(True, False)),
     ({"last_interaction": 1795437600000}, Window(True, True)),
     ({"last_interaction": "1795437600000", "cs_reply": {"remain": "?"}}, Window(True, True)),
     ({"last_interaction": "1794832000000", "cs_reply": {"remain": 8}}, Window(False, True)),
     ({"last_interaction": ""}, None), ({}, None), (None, None)],
)  # fmt: skip
async def test_what_zalo_says_of_a_person_is_read(door, data, window):
    now = door.app.kit.clock.now()
    assert window_of(Answer(200, {"error": 0, "data": data}), now) == window
    assert window_of(Answer(200, {"error": -216, "data": data}), now) is None


async def test_no_answer_is_no_window(door):
    now = door.app.kit.clock.now()
    assert window_of(Unknown("no answer"), now) is window_of(Retry(2), now) is None


async def test_an_address_that_is_gone_by_the_question_hops_like_any_other(door):
    await staff(door, "lan", Role.OFFICER, "web")
    await door.stage.pass_time(timedelta(days=8))
    await tell(door, who=OFFICER, priority=3)
    assert (await states(door))[0] == ("zalooa", "blocked")
