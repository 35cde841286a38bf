"""The OA through the whole program: windows, echoes, staff who type by hand, answers that fail."""

import json
from datetime import timedelta

import pytest

from bot.app import open_store
from bot.channels.timed_http import Downloads
from cases.messages import Outgoing
from cases.model import Role
from notifications.channel import Retry
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message
from tests.support.fake_zalo_bot import Fault
from tests.support.fake_zalo_oa import APP, recorded
from tests.support.world import SHELF

from .test_downloads import Onto
from .zalo_doors import NumberedOADoor, ZaloOADoor

NEIGHBOUR, OFFICER = "246845883529197922", "7001"
HELLO = "Lúc này trẻ có đang gặp nguy hiểm không?"


class Windowed(ZaloOADoor):
    """Windows close, and there is a template that passes all the same."""

    windows, template = True, "7895417a7d3f9461cd2e"


@pytest.fixture
async def door(tmp_path):
    made = await ZaloOADoor.open(tmp_path, "")
    yield made
    await made.close()


@pytest.fixture
async def windowed(tmp_path):
    made = await Windowed.open(tmp_path, "")
    yield made
    await made.close()


async def staff(door, name="lan", role=Role.OFFICER, *more):
    """Somebody whose first address is here; `more` are further channels of theirs."""
    user = OFFICER if name == "lan" else f"70{name}"
    city = role in (Role.ADMIN, Role.SUPERVISOR)
    await door.stage.staff(name, role, "" if city else "20500")
    async with door.app.kit.store.transaction("test") as work:
        for channel, account in (("zalooa", APP), *((one, "site") for one in more)):
            contact = await work.contacts.ensure(channel, account, user, user, "vi")
            await work.contacts.link(contact.id, f"p-{name}")
    door.fake.seen.setdefault(user, door.app.kit.clock.now())
    return user


async def states(door, name="lan"):
    async with door.app.kit.store.reading("test") as work:
        return [(one.channel, one.state) for one in await work.contacts.of_person(f"p-{name}")]


async def urgent(door, who=NEIGHBOUR):
    await door.says("sos", who)
    await door.says("xã Đại Hiệp", who)


async def test_a_whole_report_and_its_acknowledgement_pass_by_buttons(door):
    await staff(door)
    await door.says("co be o mot minh ngoai ho", NEIGHBOUR)
    assert "Có, ngay bây giờ" in door.fake.buttons_of(NEIGHBOUR)
    await door.press("Có, ngay bây giờ", NEIGHBOUR)
    await door.says("ai nghia", NEIGHBOUR)
    assert door.fake.texts(OFFICER)[0].startswith("Việc mới ")
    await door.press("Tôi nhận", OFFICER)
    assert "Đã có người nhận" in door.fake.texts(OFFICER)[-1]


async def test_f30_a_replayed_event_is_known_and_has_no_second_effect(door):
    event = door.event(NEIGHBOUR, text="xin chào")
    assert await door.hear(event)
    await door.stage.settle()
    door.app.kit.clock.advance(timedelta(days=20))
    assert not await door.hear(event)
    await door.stage.settle()
    assert len([one for one in door.fake.texts(NEIGHBOUR) if HELLO in one]) == 1


async def test_a_message_that_the_platform_retries_after_it_was_stored_is_one_turn(door):
    event = door.event(NEIGHBOUR, text="xin chào")
    await door.push(event, event)
    assert len(door.fake.texts(NEIGHBOUR)) == 1


# Buttons that are refused.


async def test_refused_buttons_come_again_as_numbers_and_administrators_hear(tmp_path):
    door = await NumberedOADoor.open(tmp_path, "")
    await staff(door, "ad", Role.ADMIN)
    await door.says("xin chào", NEIGHBOUR)
    (first,) = door.fake.texts(NEIGHBOUR)
    assert "1. Có, ngay bây giờ" in first
    assert any("không nhận nút bấm" in one for one in door.fake.texts("70ad"))
    await door.says("1", NEIGHBOUR)
    assert "ở đâu" in door.fake.texts(NEIGHBOUR)[-1]
    await door.close()


# Echoes and receipts.


async def test_f12_an_echo_proves_what_nobody_knew_and_there_is_no_second_copy(door):
    door.fake.fail("cs", Fault(cut=True, accept=True))
    await door.says("xin chào", NEIGHBOUR)
    (text,) = door.fake.texts(NEIGHBOUR)
    await door.hear(door.fake.echo(NEIGHBOUR, text, "0a1b2c3d4e5f60719999"))
    await door.stage.pass_time(timedelta(minutes=5))
    assert len(door.fake.texts(NEIGHBOUR)) == 1
    async with door.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("waiting") == 0


async def test_f27_without_an_echo_the_second_copy_says_so_and_carries_the_same_buttons(door):
    door.fake.fail("cs", Fault(cut=True, accept=True))
    await door.says("xin chào", NEIGHBOUR)
    first = door.fake.accepted[-1][1]["message"]["attachment"]
    await door.stage.pass_time(timedelta(seconds=10))
    texts = door.fake.texts(NEIGHBOUR)
    assert texts[1] == f"🔁 Gửi lại. {texts[0]}"
    assert door.fake.accepted[-1][1]["message"]["attachment"] == first


async def test_the_echo_of_something_else_proves_nothing(door):
    door.fake.fail("cs", Fault(cut=True, accept=True))
    await door.says("xin chào", NEIGHBOUR)
    await door.hear(door.fake.echo(NEIGHBOUR, "Cảm ơn bạn.", "0a1b2c3d4e5f60719999"))
    await door.stage.pass_time(timedelta(minutes=1))
    assert len(door.fake.texts(NEIGHBOUR)) == 2


async def test_the_late_echo_of_one_reminder_proves_no_other(door):
    await door.says("xin chào", NEIGHBOUR)
    for n in (1, 2):
        if n == 2:
            door.fake.fail("cs", Fault(cut=True, accept=True))
        async with door.app.kit.store.transaction("test") as work:
            contact = await work.contacts.by_address("zalooa", APP, NEIGHBOUR)
            body = body_of(Outgoing(f"k{n}", text="Vẫn chưa có người nhận."))
            await work.outbox.put(Message(f"k{n}", contact.id, "zalooa", "say", body, 2))
        await door.stage.settle()
    number = door.fake.recent[0]["message_id"]  # of the first
    await door.hear(door.fake.echo(NEIGHBOUR, "Vẫn chưa có người nhận.", number))
    await door.stage.pass_time(timedelta(minutes=1))
    assert door.fake.texts(NEIGHBOUR)[-1] == "🔁 Gửi lại. Vẫn chưa có người nhận."


async def test_receipts_echoes_and_reactions_say_nothing_and_heal_nothing(door):
    await door.says("xin chào", NEIGHBOUR)
    async with door.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("zalooa", APP, NEIGHBOUR)
        await work.contacts.mark(contact.id, "blocked")
    number = "0a1b2c3d4e5f60710001"
    reaction = recorded("user_reacted_message")
    for event in (door.fake.echo(NEIGHBOUR, "x", number), door.fake.receipt(NEIGHBOUR, number)):
        await door.hear(event)
    await door.stage.settle()
    async with door.app.kit.store.reading("test") as work:
        assert (await work.contacts.get(contact.id)).state == "blocked"
    await door.hear(reaction)
    await door.stage.settle()
    assert len(door.fake.texts(NEIGHBOUR)) == 1


# Somebody of ours types by hand.


async def by_hand(door, text, who=NEIGHBOUR):
    door.n += 1
    await door.hear(door.fake.echo(who, text, f"0a1b2c3d4e5f6072{door.n:04x}", by_hand=True))
    await door.stage.settle()


async def test_while_somebody_types_by_hand_the_bot_asks_nothing_and_loses_nothing(door):
    await door.says("xin chào", NEIGHBOUR)
    await by_hand(door, "Chào bạn, tôi là cán bộ trực.")
    await door.says("cháu ở thôn 5", NEIGHBOUR)
    await door.says("cháu nó sáu tuổi", NEIGHBOUR)
    assert len(door.fake.texts(NEIGHBOUR)) == 1
    await by_hand(door, "Trả lại cho bot")
    await door.says("1", NEIGHBOUR)
    await door.says("xã Đại Hiệp", NEIGHBOUR)
    told = str(await door.told())
    assert "thôn 5" in told
    assert "sáu tuổi" in told


async def test_two_hours_after_the_last_word_by_hand_the_bot_speaks_again(door):
    await by_hand(door, "Chào bạn.")
    await door.stage.pass_time(timedelta(hours=1, minutes=50))
    await by_hand(door, "Bạn còn đó không?")
    await door.stage.pass_time(timedelta(hours=1, minutes=50))
    await door.says("xin chào", NEIGHBOUR)
    assert door.fake.texts(NEIGHBOUR) == []
    await door.stage.pass_time(timedelta(minutes=11))
    await door.says("xin chào", NEIGHBOUR)
    assert HELLO in door.fake.texts(NEIGHBOUR)[-1]


async def test_a_word_by_hand_that_comes_late_pauses_only_what_is_left_of_it(door):
    late = door.fake.echo(NEIGHBOUR, "Chào bạn.", "0a1b2c3d4e5f60727fff", by_hand=True)
    await door.stage.pass_time(timedelta(minutes=90))
    await door.hear(late)
    await door.says("xin chào", NEIGHBOUR)
    assert door.fake.texts(NEIGHBOUR) == []
    await door.stage.pass_time(timedelta(minutes=31))
    await door.says("xin chào", NEIGHBOUR)
    assert HELLO in door.fake.texts(NEIGHBOUR)[-1]


async def test_a_word_by_hand_that_comes_after_the_chat_was_given_back_pauses_nothing(door):
    late = door.fake.echo(NEIGHBOUR, "Chào bạn.", "0a1b2c3d4e5f60727fff", by_hand=True)
    door.app.kit.clock.advance(timedelta(minutes=1))
    await by_hand(door, "Trả lại cho bot")
    await door.hear(late)
    await door.says("xin chào", NEIGHBOUR)
    assert HELLO in door.fake.texts(NEIGHBOUR)[-1]
    door.app.kit.clock.advance(timedelta(minutes=1))
    await by_hand(door, "Tôi đây.")
    said = len(door.fake.texts(NEIGHBOUR))
    await door.says("cháu ở thôn 5", NEIGHBOUR)
    assert len(door.fake.texts(NEIGHBOUR)) == said


async def test_danger_is_answered_whoever_types_by_hand(door):
    await by_hand(door, "Chào bạn.")
    await door.says("cứu cháu với, nó đang đánh cháu", NEIGHBOUR)
    assert "113" in door.fake.texts(NEIGHBOUR)[-1]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(ZaloOADoor, "Có, ngay bây giờ"), (ZaloOADoor, "co"), (NumberedOADoor, "1")],
)
async def test_an_answer_that_tells_of_danger_is_taken_whoever_types_by_hand(
    tmp_path, kind, answer
):
    door = await kind.open(tmp_path, "")
    await staff(door)
    await door.says("xin chào", NEIGHBOUR)
    await by_hand(door, "Chào bạn, tôi là cán bộ trực.")
    await door.says(answer, NEIGHBOUR)
    assert "113" in door.fake.texts(NEIGHBOUR)[-1]
    await door.says("xã Đại Hiệp", NEIGHBOUR)
    assert any(one.startswith("Việc mới") for one in door.fake.texts(OFFICER))
    await by_hand(door, "Tôi đang tới.")
    said = len(door.fake.texts(NEIGHBOUR))
    await door.says("nhà màu xanh cạnh chợ", NEIGHBOUR)
    assert len(door.fake.texts(NEIGHBOUR)) == said
    await door.close()


@pytest.mark.parametrize("answer", ["Không", "2", "không chắc"])
async def test_any_other_answer_during_a_takeover_is_kept_and_nothing_is_said(tmp_path, answer):
    door = await NumberedOADoor.open(tmp_path, "")
    await door.says("xin chào", NEIGHBOUR)
    await by_hand(door, "Chào bạn.")
    said = len(door.fake.texts(NEIGHBOUR))
    await door.says(answer, NEIGHBOUR)
    assert len(door.fake.texts(NEIGHBOUR)) == said
    await door.close()


async def test_what_is_written_during_a_takeover_joins_the_case_and_alerts_go_on(door):
    await staff(door)
    await urgent(door)
    await door.press("Tôi nhận", OFFICER)
    said = len(door.fake.texts(NEIGHBOUR))
    await by_hand(door, "Tôi đang tới.")
    await door.says("nhà màu xanh cạnh chợ", NEIGHBOUR)
    assert len(door.fake.texts(NEIGHBOUR)) == said
    assert (await door.told())["added"] == ["nhà màu xanh cạnh chợ"]
    assert any("tin" in one for one in door.fake.texts(OFFICER)[-2:])


# Windows.


async def test_inside_the_window_everything_passes(windowed):
    await staff(windowed)
    await urgent(windowed)
    assert any(one.startswith("Việc mới") for one in windowed.fake.texts(OFFICER))


async def test_a_closed_window_hops_to_the_next_address_at_once(windowed):
    await staff(windowed, "lan", Role.OFFICER, "web")
    windowed.fake.seen[OFFICER] -= timedelta(days=8)
    await urgent(windowed)
    assert await states(windowed) == [("zalooa", "blocked"), ("web", "ok")]
    async with windowed.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        told = await work.outbox.told(f"case:{case.id}:alert:")
    assert len(told) == 2
    assert not [name for name, _ in windowed.fake.accepted if name == "template"]


async def test_without_another_address_a_neutral_template_knocks_once_a_day(windowed):
    user = await staff(windowed)
    windowed.fake.seen[OFFICER] -= timedelta(days=8)
    await urgent(windowed)
    await urgent(windowed, "somebody else")
    knocks = [body for name, body in windowed.fake.accepted if name == "template"]
    assert [one["user_id"] for one in knocks] == [user]
    assert await states(windowed) == [("zalooa", "blocked")]
    async with windowed.app.kit.store.reading("test") as work:
        events = [
            one for case in await work.cases.all_cases() for one in await work.cases.events(case.id)
        ]
    assert any(one.act == "gone" for one in events)


async def test_f25_an_address_mends_itself_when_the_person_writes_again(windowed):
    await staff(windowed)
    windowed.fake.seen[OFFICER] -= timedelta(days=8)
    await urgent(windowed)
    await windowed.says("/viec", OFFICER)
    assert await states(windowed) == [("zalooa", "ok")]
    await urgent(windowed, "somebody else")
    assert any(one.startswith("Việc mới") for one in windowed.fake.texts(OFFICER))


async def test_a_reporter_behind_a_closed_window_is_seen_on_the_card(windowed):
    await staff(windowed)
    await urgent(windowed)
    await windowed.press("Tôi nhận", OFFICER)
    for _ in range(8):
        windowed.fake.seen[OFFICER] = windowed.app.kit.clock.now()
        await windowed.stage.pass_time(timedelta(days=1))
    async with windowed.app.kit.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
        (contact,) = await work.cases.reporters(case.id)
        body = body_of(Outgoing("k", text="Bạn có một tin nhắn mới."))
        await work.outbox.put(Message("k", contact, "zalooa", "say", body, 2, case.id))
    await windowed.stage.settle()
    async with windowed.app.kit.store.reading("test") as work:
        events = await work.cases.events(case.id)
        assert (await work.contacts.get(contact)).state == "blocked"
    assert any(one.act == "reporter_gone" for one in events)


@pytest.mark.parametrize(
    ("name", "state"),
    [("error_213_not_following", "blocked"), ("error_218_user_quota", "blocked"),
     ("error_227_inactive_45_days", "blocked"), ("error_244_user_refused", "blocked")],
)  # fmt: skip
async def test_f25_whoever_cannot_be_reached_is_hopped_over_and_administrators_hear(
    door, name, state
):
    await staff(door, "lan", Role.OFFICER, "web")
    await staff(door, "ad", Role.ADMIN)
    door.fake.fail("cs", Fault(200, recorded(name), chat=OFFICER))
    await urgent(door)
    assert (await states(door))[0] == ("zalooa", state)
    assert any("không liên lạc được" in one for one in door.fake.texts("70ad"))


async def test_a_message_that_waits_for_the_morning_holds_no_answer_back(door):
    door.app.kit.clock.advance(timedelta(hours=3))  # 23:15
    await door.says("xin chào", NEIGHBOUR)
    door.fake.fail("cs", Fault(200, recorded("error_234_night"), chat=NEIGHBOUR))
    async with door.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("zalooa", APP, NEIGHBOUR)
        body = body_of(Outgoing("k", text="Bạn có một tin nhắn mới."))
        await work.outbox.put(Message("k", contact.id, "zalooa", "say", body, 2))
    await door.stage.settle()
    await door.stage.pass_time(timedelta(seconds=20))
    said = len(door.fake.texts(NEIGHBOUR))
    await door.says("cứu cháu với", NEIGHBOUR)
    assert len(door.fake.texts(NEIGHBOUR)) == said + 1
    assert "Bạn có một tin nhắn mới." not in door.fake.texts(NEIGHBOUR)
    await door.stage.pass_time(timedelta(hours=7))
    assert any("Bạn có một tin nhắn mới." in one for one in door.fake.texts(NEIGHBOUR))


async def test_at_night_an_alert_takes_the_next_address_and_the_row_waits_for_the_morning(door):
    door.app.kit.clock.advance(timedelta(hours=3))  # 23:15
    await staff(door, "lan", Role.OFFICER, "web")
    door.fake.fail("cs", Fault(200, recorded("error_234_night"), chat=OFFICER))
    await urgent(door)
    async with door.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        told = await work.outbox.told(f"case:{case.id}:alert:")
    assert [one.state for one in told] == ["waiting", "waiting"]  # the page has no session here
    assert await states(door) == [("zalooa", "ok"), ("web", "ok")]


# The account as a whole.


@pytest.mark.parametrize("name", ["error_224_package", "error_321_balance", "error_032_rate_limit"])
async def test_f24_an_account_that_is_shut_keeps_every_row_and_recovers_alone(door, name):
    door.fake.fail("cs", Fault(200, recorded(name)))
    await door.says("xin chào", NEIGHBOUR)
    assert door.fake.texts() == []
    async with door.app.kit.store.reading("test") as work:
        assert len(await work.outbox.shut_gates()) == 1
    await door.stage.pass_time(timedelta(minutes=11))
    (one,) = door.fake.texts()
    assert not one.startswith("🔁")


async def test_f26_what_nobody_knows_is_tried_three_times_and_then_visible(door):
    door.fake.fail("cs", *[Fault(200, recorded("error_999_unknown_code"))] * 4)
    await door.says("xin chào", NEIGHBOUR)
    await door.stage.pass_time(timedelta(minutes=2))
    async with door.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("dead") == 1
    assert door.fake.texts() == []


async def test_a_send_that_failed_once_is_tried_once_more(door):
    door.fake.fail("cs", Fault(200, recorded("error_200_send_failed")))
    await door.says("xin chào", NEIGHBOUR)
    await door.stage.pass_time(timedelta(seconds=10))
    assert len(door.fake.texts(NEIGHBOUR)) == 1


async def test_what_a_shut_gate_cost_is_no_refusal_of_the_message(door):
    gate = Fault(200, recorded("error_032_rate_limit"))
    door.fake.fail("cs", gate, gate, Fault(200, recorded("error_200_send_failed")))
    await door.says("xin chào", NEIGHBOUR)
    for _ in range(3):
        await door.stage.pass_time(timedelta(seconds=61))
    assert len(door.fake.texts(NEIGHBOUR)) == 1
    async with door.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("dead") == 0


async def test_a_text_that_is_too_long_for_the_platform_comes_again_in_shorter_pieces(door):
    door.fake.fail("cs", Fault(200, recorded("error_210_too_long")))
    await door.says("xin chào", NEIGHBOUR)
    assert HELLO in "".join(door.fake.texts(NEIGHBOUR))


async def test_f29_a_dead_token_pair_shuts_the_gate_and_a_login_opens_it(door):
    door.fake.access = door.fake.refresh = "somebody else's"
    await door.says("xin chào", NEIGHBOUR)
    assert door.fake.texts() == []
    await door.channel.tokens.seed("somebody else's")
    await door.stage.pass_time(timedelta(minutes=11))
    assert len(door.fake.texts(NEIGHBOUR)) == 1


async def test_administrators_hear_of_a_refused_token_while_it_still_works(door):
    await staff(door, "ad", Role.ADMIN, "web")
    assert await door.channel.tokens.access() == "FIXTURE-ACCESS-TOKEN-2"
    door.fake.refresh = "somebody else's"
    door.app.kit.clock.advance(timedelta(hours=13))
    assert not isinstance(await door.channel.tokens.access(), Retry)
    await door.app.zalo.tokens()
    async with door.app.kit.store.reading("test") as work:
        (row,) = await work.outbox.told("gate:zalooa:")
    assert row.state == "waiting"


async def test_a_program_that_stops_while_a_pair_is_on_its_way_keeps_it(tmp_path):
    door = await ZaloOADoor.open(tmp_path, "")
    door.channel.tokens._patience = 0
    assert await door.channel.tokens.access() == Retry(30, "account", "token")
    await door.app.close()
    await door.channel.close()
    await door.fake.stop()
    store, _ = await open_store(door.app.config)
    async with store.reading("test") as work:
        assert (await work.tokens.get("zalooa", APP)).gen == 2
    await store.close()


# Signals of a person.


async def test_whoever_opens_the_chat_is_greeted_and_whoever_leaves_is_gone(door):
    await staff(door, "lan", Role.OFFICER, "web")
    follow, unfollow = recorded("follow"), recorded("unfollow")
    await door.hear(follow)
    await door.stage.settle()
    assert "113" in door.fake.texts(NEIGHBOUR)[-1]
    unfollow["follower"]["id"] = OFFICER
    unfollow["timestamp"] = str(int(door.app.kit.clock.now().timestamp() * 1000))
    await door.hear(unfollow)
    await door.stage.settle()
    assert await states(door) == [("zalooa", "blocked"), ("web", "ok")]
    follow["follower"]["id"], follow["timestamp"] = OFFICER, "1795437700000"
    await door.hear(follow)
    await door.stage.settle()
    assert await states(door) == [("zalooa", "ok"), ("web", "ok")]


async def test_whoever_wrote_after_leaving_is_there_however_late_the_leaving_comes(door):
    await staff(door)
    left = recorded("unfollow")
    left["follower"]["id"] = OFFICER
    left["timestamp"] = str(int(door.app.kit.clock.now().timestamp() * 1000))
    door.app.kit.clock.advance(timedelta(minutes=5))
    await door.says("/viec", OFFICER)
    await door.hear(left)
    await door.stage.settle()
    assert await states(door) == [("zalooa", "ok")]
    await urgent(door)
    assert any(one.startswith("Việc mới") for one in door.fake.texts(OFFICER))


async def test_a_wish_to_withdraw_reaches_the_administrator_without_a_name(door):
    await staff(door, "ad", Role.ADMIN)
    await door.hear(recorded("user_withdraw"))
    await door.stage.settle()
    (told,) = door.fake.texts("70ad")
    assert "rút lại dữ liệu" in told
    assert NEIGHBOUR not in told


async def test_a_visitor_of_a_page_is_shown_the_way_and_the_second_time_somebody_hears(door):
    await staff(door, "tam", Role.SUPERVISOR)
    first, second = recorded("anonymous_send_text"), recorded("anonymous_send_text")
    second["message"] |= {"msg_id": "96d3cdf3af1500000099", "text": "có bạn bị nhốt"}
    for event in (first, second):
        await door.hear(event)
        await door.stage.settle()
    answers = [
        body for name, body in door.fake.accepted if "anonymous_id" in body.get("recipient", {})
    ]
    assert answers
    assert all("111" in one["message"]["text"] for one in answers)
    (case,) = await door.cases()
    async with door.app.kit.store.reading("test") as work:
        events = await work.cases.events(case.id)
    assert "có bạn bị nhốt" in str(events[0].body)
    assert door.fake.texts("70tam")[0].startswith("Việc mới")


async def test_f33_words_without_a_sender_are_read_by_a_human(door):
    """Zalo may change the shape of what it sends: then nobody can be answered, and nothing is lost."""
    await staff(door, "tam", Role.SUPERVISOR)
    await door.hear(recorded("malformed_no_sender"))
    await door.stage.settle()
    (case,) = await door.cases()
    async with door.app.kit.store.reading("test") as work:
        assert "thiếu sender" in str((await work.cases.events(case.id))[0].body)
    assert door.fake.texts("70tam")[0].startswith("Việc mới")


async def test_what_is_too_deep_to_be_looked_at_stops_nobody(door):
    event = door.event(NEIGHBOUR, text="xin chào")
    deep = '{"a":' * 600 + "1" + "}" * 600
    await door.hear({**event, "message": {"msg_id": "deep", "x": json.loads(deep)}})
    await door.stage.settle()
    await door.says("xin chào", NEIGHBOUR)
    assert HELLO in door.fake.texts(NEIGHBOUR)[-1]


async def test_a_submitted_form_waits_for_a_consent_of_its_own(door):
    await door.says("sos", NEIGHBOUR)
    await door.says("xã Đại Hiệp", NEIGHBOUR)
    await door.hear(recorded("user_submit_info"))
    await door.stage.settle()
    assert "84530000001" not in str(await door.told())


async def test_two_pictures_in_one_message_are_two_files_of_one_report(door):
    async def resolve(host, port):
        return ["8.8.8.8"]

    door.channel._files = Downloads(resolve=resolve, transport=Onto(door.fake.url))
    door.fake.files = {
        "02.jpg": (SHELF / "nha.jpg").read_bytes(),
        "03.jpg": (SHELF / "a.jpg").read_bytes(),
    }
    await urgent(door)
    await door.push({**recorded("user_send_image_two"), "timestamp": "1795437700000"})
    assert [(row.state, row.kind) for row in await door.files()] == [("kept", "image")] * 2


# What a webhook missed.


async def test_a_message_that_only_the_list_of_zalo_knows_is_an_alarm_and_no_report(door):
    await staff(door, "ad", Role.ADMIN, "web")
    await door.says("xin chào", NEIGHBOUR)
    door.app.kit.clock.advance(timedelta(minutes=3))
    await door.app.zalo.sweep()
    async with door.app.kit.store.reading("test") as work:
        assert await work.outbox.told("missed:") == []
    door.fake.happened(door.event(NEIGHBOUR, text="có ai không"))
    await door.app.zalo.sweep()  # it may be on its way
    door.app.kit.clock.advance(timedelta(minutes=3))
    await door.app.zalo.sweep()
    await door.app.zalo.sweep()
    async with door.app.kit.store.reading("test") as work:
        assert len(await work.outbox.told("missed:")) == 1
    assert not await door.cases()


async def test_a_missed_message_is_found_behind_a_page_of_our_own(door):
    await staff(door, "ad", Role.ADMIN, "web")
    door.fake.happened(door.event("somebody", text="có ai không"))
    for n in range(8):
        await door.says("xin chào", f"neighbour {n}")
    assert len(door.fake.recent) > 10
    door.app.kit.clock.advance(timedelta(minutes=3))
    await door.app.zalo.sweep()
    async with door.app.kit.store.reading("test") as work:
        assert len(await work.outbox.told("missed:")) == 1


async def test_a_list_that_does_not_come_is_asked_for_again_later(door):
    door.fake.fail("recent", Fault(200, recorded("error_999_unknown_code")), Fault(500, b""))
    assert await door.app.zalo.sweep() == 0
    assert await door.app.zalo.sweep() == 0
