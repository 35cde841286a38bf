"""Quick exit on Telegram: what stays in the chat afterwards, as the server saw it."""

import json
from datetime import timedelta

import pytest

from bot.channels.telegram import Telegram
from bot.loops import guarded
from cases.messages import Address, Outgoing
from notifications.channel import Gone, Retry, Sent, Unknown
from storage.ledgers.outbox import Message
from tests.support import emulator
from tests.support.emulator import Emulator
from tests.support.fake_telegram import TOKEN

from .doors import TelegramDoor
from .failing_telegram import FailingTelegram, Fault

LINE = "Đã kết thúc. Cảm ơn bạn."
TO = Address("telegram", "123456", "1", "1")
TOO_OLD = {
    "ok": False, "error_code": 400, "description": "Bad Request: message can't be deleted",
}  # fmt: skip


@pytest.fixture
async def door(tmp_path):
    made = await TelegramDoor.open(tmp_path, "")
    made.wrote = {}
    yield made
    await made.close()


def chat(door, who=1):
    """What a person still sees: everything said and heard, without what was removed."""
    seen = {}
    for n, (method, fields) in enumerate(door.telegram.accepted, 1):
        if fields.get("chat_id") != str(who):
            continue
        if method == "sendMessage":
            seen[n] = fields["text"]
        if method == "deleteMessages":
            for one in json.loads(fields["message_ids"]):
                seen.pop(one, None)
                door.wrote.pop(one, None)
        if method == "deleteMessage":
            seen.pop(int(fields["message_id"]), None)
            door.wrote.pop(int(fields["message_id"]), None)
    return [*door.wrote.values(), *seen.values()]


async def says(door, text, who=1):
    update = door.line.message(who, text)
    update["message"]["date"] = int(door.line.stage.clock.now().timestamp())
    door.wrote[update["message"]["message_id"]] = text
    await door.push(update)


async def tell(door):
    await says(door, "be bi danh")
    await door.press("Có, ngay bây giờ")
    await says(door, "xã Đại Hiệp")


async def test_after_an_exit_one_harmless_line_is_all_that_is_left(door):
    await tell(door)
    assert len(chat(door)) > 5
    await says(door, "thoát")
    assert chat(door) == [LINE]
    assert len(await door.cases()) == 1


async def test_a_second_exit_leaves_the_same_line_and_a_new_report_can_be_left_too(door):
    await tell(door)
    await says(door, "thoát")
    await says(door, "thoát")
    assert chat(door) == [LINE]
    await tell(door)
    await says(door, "/thoat")
    assert chat(door) == [LINE]
    assert len(await door.cases()) == 2


async def test_every_piece_of_a_long_answer_goes(door):
    """A question with a key below it, and a text in pieces, are several messages of one row."""
    await says(door, "sos")
    assert "Vị trí chỉ dùng" in chat(door)[-1]
    await says(door, "thoát")
    assert chat(door) == [LINE]


async def test_what_is_older_than_two_days_is_not_tried(door):
    await tell(door)
    door.line.stage.clock.advance(timedelta(hours=49))
    old = chat(door)
    await says(door, "xin chào")
    before = len(door.telegram.accepted)
    await says(door, "thoát")
    asked = [one for one in door.telegram.accepted[before:] if one[0] == "deleteMessages"]
    assert len(asked) == 1
    assert len(json.loads(asked[0][1]["message_ids"])) == 4  # two of theirs, two pieces of ours
    assert chat(door) == [*old, LINE]


async def test_more_than_a_hundred_messages_go_in_several_calls(door):
    for n in range(70):
        await says(door, f"chuyện {n} ở Đại Hiệp")
        door.line.stage.clock.advance(timedelta(seconds=70))
    await says(door, "thoát")
    batches = [
        json.loads(fields["message_ids"])
        for method, fields in door.telegram.accepted
        if method == "deleteMessages"
    ]
    assert len(batches) >= 2
    assert all(len(one) <= 100 for one in batches)
    assert chat(door) == [LINE]


async def test_where_a_whole_batch_is_refused_each_message_goes_by_itself(door):
    await tell(door)
    door.telegram.fail("deleteMessages", Fault(400, TOO_OLD))
    door.telegram.fail("deleteMessage", Fault(400, TOO_OLD))  # one of them really is too old
    await says(door, "thoát")
    assert len(chat(door)) == 2
    assert chat(door)[-1] == LINE


async def test_an_exit_that_got_no_answer_is_repeated_and_says_its_line_without_it(door):
    await tell(door)
    door.telegram.fail("deleteMessages", Fault(close=True))
    await says(door, "thoát")
    assert chat(door)[-1] == LINE
    await door.line.stage.pass_time(timedelta(seconds=30))
    assert chat(door) == [LINE]


async def on_its_way(door):
    """A message to the reporter that a sender has taken and not finished."""
    door.line.stage.clock.advance(timedelta(seconds=10))
    async with door.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("telegram", door.line.account, "1")
        body = {"op": "say", "text": "tin đang gửi"}
        await work.outbox.put(Message("late", contact.id, "telegram", "say", body, 2))
    async with door.app.kit.store.transaction("claim") as work:
        (row,) = await work.outbox.claim("other", 5)
    return row


async def finished(door, row, state, **values):
    async with door.app.kit.store.transaction("finish") as work:
        assert await work.outbox.finish(row, state, **values)


async def test_what_was_on_its_way_goes_when_it_has_arrived(door):
    """The answer to their last word arrives after the exit: it does not stay."""
    await tell(door)
    row = await on_its_way(door)
    await says(door, "thoát")
    door.telegram.accepted.append(("sendMessage", {"chat_id": "1", "text": "tin đang gửi"}))
    await finished(door, row, "sent", message_id=str(len(door.telegram.accepted)))
    assert "tin đang gửi" in chat(door)
    await door.line.stage.pass_time(timedelta(seconds=30))
    assert chat(door) == [LINE]


async def test_what_was_on_its_way_and_failed_is_not_sent_again(door):
    await tell(door)
    row = await on_its_way(door)
    await says(door, "thoát")
    await finished(door, row, "waiting", due_at=row.due_at, outcome="unknown")
    await door.line.stage.pass_time(timedelta(minutes=5))
    assert chat(door) == [LINE]


async def test_what_was_on_its_way_when_its_sender_died_is_not_sent_again(door):
    await tell(door)
    await on_its_way(door)
    await says(door, "thoát")
    await door.line.stage.pass_time(timedelta(minutes=5))
    assert chat(door) == [LINE]


# The adapter alone.


@pytest.fixture
async def channel():
    server = FailingTelegram()
    made = Telegram(TOKEN, await server.start())
    made.server = server
    yield made
    await made.close()
    await server.stop()


GONE = Outgoing("k", "remove", ids=("7", "8"))


async def test_a_batch_is_one_call(channel):
    assert await channel.send(GONE, TO) == Sent("")
    (call,) = channel.server.accepted
    assert call == ("deleteMessages", {"chat_id": "1", "message_ids": "[7, 8]"})


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (Fault(403, {"ok": False, "description": "Forbidden: bot was blocked"}), Gone("blocked")),
        (Fault(close=True), Unknown("no answer")),
        (
            Fault(429, {"ok": False, "parameters": {"retry_after": 3}, "description": "x"}),
            Retry(3, "chat", "429"),
        ),
        (Fault(502, {"ok": False, "description": "Bad Gateway"}), Unknown("no answer")),
    ],
)
async def test_what_stops_a_batch_is_one_of_the_five_results(channel, fault, result):
    channel.server.fail("deleteMessages", fault)
    found = await channel.send(GONE, TO)
    assert type(found) is type(result)
    assert channel.server.accepted == []


async def test_a_chat_that_is_gone_ends_the_single_calls(channel):
    nobody = {"ok": False, "description": "Bad Request: chat not found"}
    channel.server.fail("deleteMessages", Fault(400, nobody))
    channel.server.fail("deleteMessage", Fault(400, nobody))
    assert await channel.send(GONE, TO) == Gone("unknown")


async def test_a_server_without_the_method_is_asked_one_by_one():
    peer = Emulator()
    made = Telegram(emulator.TOKEN, await peer.start())
    try:
        await made.start()
        sent = [await made.send(Outgoing(f"k{n}", text="một"), TO) for n in range(2)]
        ids = tuple(one.id for one in sent)
        assert await guarded(made.send(Outgoing("r", "remove", ids=ids), TO)) == Sent("")
        again = await made.send(Outgoing("r", "remove", ids=ids), TO)
        assert again == Sent("")  # what is gone already is gone
    finally:
        await made.close()
        await peer.stop()
