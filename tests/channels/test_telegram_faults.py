"""Rows 13 to 20 of CHANNELS.md 12.1: a Telegram that fails, at the adapter and under the whole program."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Edges, open_app
from bot.channels.memory import Memory
from bot.channels.telegram import Telegram
from bot.commands.serve import start_messengers
from bot.loops import guarded
from bot.poller import Poller
from bot.stage import Stage
from cases.messages import Address, Choice, Outgoing
from cases.model import Role
from handlers.delivery import Delivery
from notifications.channel import Bad, Retry, Sent, Unknown
from notifications.outgoing import body_of
from notifications.sender import CALL, Around, Sender
from storage.ledgers.outbox import Message
from storage.store import StorageBusy
from tests.support import database
from tests.support.fake_telegram import TOKEN

from .behind_telegram import behind, put, texts_to
from .failing_telegram import FailingTelegram, Fault
from .test_telegram_peer import NEIGHBOUR, OFFICER, buttons

DATA = Path(__file__).parents[1] / "data" / "telegram"
TO = Address("telegram", "123456", "700000009", "700000009")
SAY = Outgoing(key="k", text="xin chào")
OPS = {
    "say": Outgoing("k", "say", "xin chào"),
    "edit": Outgoing("k", "edit", "xin chào", target="7"),
    "remove": Outgoing("k", "remove", target="7"),
}
METHODS = {"say": "sendMessage", "edit": "editMessageText", "remove": "deleteMessage"}
SOON = 20  # seconds until a test gives up on a condition


def refusal(status, said, **parameters):
    body = {"ok": False, "error_code": status, "description": said}
    return Fault(status, {**body, "parameters": parameters} if parameters else body)


@pytest.fixture
async def fake():
    made = FailingTelegram()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def channel(fake):
    made = Telegram(TOKEN, fake.url)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def ours(tmp_path):
    async with behind(tmp_path) as made:
        yield made


async def hears(ours, who, text):
    ours.telegram.push(ours.message(who, text))
    await ours.work()


# One call: what may be told from its answer.


def test_nobody_hangs_up_before_the_sender_does():
    request = Telegram(TOKEN, "http://127.0.0.1:1").bot.request
    assert request.read_timeout == CALL  # sooner is a marked repeat of what did arrive


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize(
    "status", [300, 402, 408, 413, 418, 422, 451, 500, 501, 503, 504, 520, 599]
)
async def test_an_unknown_code_is_never_sent(fake, channel, op, status):
    fake.fail(METHODS[op], refusal(status, "something nobody has seen"))
    result = await channel.send(OPS[op], TO)
    assert isinstance(result, Unknown | Retry | Bad)


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize(
    "fault",
    [
        Fault(raw=b""),
        Fault(raw=b"<html>captive portal</html>"),
        Fault(raw=b"[]"),
        Fault(raw=b"null"),
        Fault(raw=b'{"ok":true}'),
        Fault(raw=b'{"ok":"yes"}'),
        Fault(raw=b'{"ok":false,"description":"x"}'),
        Fault(raw=b"\xff\xfe\x00"),
        Fault(502, raw=b"<html>Bad Gateway</html>"),
        Fault(close=True, accept=True),
        Fault(cut=True, accept=True),
    ],
    ids=["empty", "html", "list", "null", "no result", "ok is text", "not ok", "no text",
         "html 502", "closed", "cut"],
)  # fmt: skip
async def test_f27_an_answer_that_says_nothing_is_unknown(fake, channel, op, fault):
    fake.fail(METHODS[op], fault)
    assert isinstance(await channel.send(OPS[op], TO), Unknown)


async def test_f27_a_wait_for_an_answer_ends_in_unknown_whether_it_was_accepted_or_not(
    fake, channel
):
    fake.fail("sendMessage", Fault(hang=True), Fault(hang=True, accept=True))
    async with asyncio.timeout(SOON), asyncio.TaskGroup() as group:
        both = [group.create_task(channel.send(SAY, TO)) for _ in range(2)]
    assert [type(one.result()) for one in both] == [Unknown, Unknown]
    assert fake.texts() == ["xin chào"]


async def test_a_telegram_that_went_away_was_certainly_not_reached(fake, channel):
    await fake.stop()
    for op in OPS.values():
        result = await channel.send(op, TO)
        assert isinstance(result, Retry | Unknown)


async def test_what_only_sends_leaves_no_connection_open_either(fake):
    channel = Telegram(TOKEN, fake.url)
    try:
        assert isinstance(await channel.send(SAY, TO), Sent)
        await channel.close()
        assert channel.bot.request._client.is_closed
    finally:
        await channel.bot.request.shutdown()


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("Bad Request: message to delete not found", Sent("")),
        ("Bad Request: message can't be deleted for everyone", Bad("refused", "")),
        ("Bad Request: something new", Bad("refused", "")),
        ("", Bad("refused", "")),
    ],
)
async def test_a_removal_of_what_is_gone_is_done_and_a_refused_one_is_visible(
    fake, channel, said, result
):
    fake.fail("deleteMessage", refusal(400, said))
    assert await channel.send(OPS["remove"], TO) == result


@pytest.mark.parametrize("after", [1, 35, 86400])
async def test_f24_the_pause_that_telegram_asks_for_is_kept_to_the_second(fake, channel, after):
    fake.fail("sendMessage", refusal(429, "Too Many Requests", retry_after=after))
    assert await channel.send(SAY, TO) == Retry(float(after), "chat", "429")


async def test_a_token_stands_in_no_result(fake, channel):
    for status in (401, 403, 404, 409, 429, 500):
        fake.fail("sendMessage", refusal(status, f"x {TOKEN}"))
        assert TOKEN.split(":")[1] not in repr(await channel.send(SAY, TO))


@pytest.mark.parametrize(
    "fault",
    [
        refusal(400, "Bad Request: query is too old"),
        refusal(500, "x"),
        Fault(cut=True),
        Fault(200, {"ok": False}),
    ],
    ids=["too old", "500", "cut", "not ok"],
)
async def test_f32_a_spinner_that_cannot_be_stopped_costs_nothing(fake, channel, fault):
    fake.fail("answerCallbackQuery", fault)
    await channel.ack(json.loads((DATA / "update_callback_query.json").read_text()))


async def test_every_call_for_updates_names_all_kinds_and_the_first_confirms_nothing(ours):
    await hears(ours, NEIGHBOUR, "xin chào")
    await ours.work()
    polls = [fields for method, fields in ours.telegram.accepted if method == "getUpdates"]
    assert "offset" not in polls[0]
    assert int(polls[1]["offset"]) == ours.n + 1
    wanted = ["message", "edited_message", "callback_query", "my_chat_member"]
    assert [_kinds(fields) for fields in polls] == [wanted, wanted]
    (dropped,) = [fields for method, fields in ours.telegram.accepted if method == "deleteWebhook"]
    assert str(dropped.get("drop_pending_updates", False)).lower() == "false"


def _kinds(fields):
    kinds = fields["allowed_updates"]
    return json.loads(kinds) if isinstance(kinds, str) else kinds


# The inlet: what was fetched, and what was confirmed.


@pytest.mark.parametrize(
    "fault",
    [refusal(409, "Conflict"), refusal(500, "x"), Fault(cut=True), Fault(raw=b"[]"),
     Fault(200, {"ok": False})],
    ids=["409", "500", "cut", "odd", "not ok"],
)  # fmt: skip
async def test_f01_a_failed_fetch_confirms_nothing_and_the_next_one_brings_everything(ours, fault):
    await hears(ours, 5, "xin chào")
    confirmed = ours.telegram.confirmed
    ours.telegram.push(ours.message(NEIGHBOUR, "xin chào"))
    ours.telegram.fail("getUpdates", fault)
    assert isinstance(await guarded(ours.poller.step()), Exception)  # the loop backs off
    assert ours.telegram.confirmed == confirmed
    await ours.work()
    assert len(texts_to(ours.telegram, NEIGHBOUR)) == 1


async def test_f01_a_database_that_refuses_confirms_nothing_and_the_update_comes_again(
    ours, tmp_path
):
    await hears(ours, 5, "xin chào")
    confirmed = ours.telegram.confirmed
    ours.telegram.push(ours.message(NEIGHBOUR, "xin chào"))
    with database.held(ours.app.kit.store, tmp_path / "annhi.db"):
        assert isinstance(await guarded(ours.poller.step()), StorageBusy)
    assert ours.telegram.confirmed in (confirmed, ours.n)
    await ours.work()
    assert len(texts_to(ours.telegram, NEIGHBOUR)) == 1


async def test_f30_lower_numbers_after_a_quiet_week_are_heard(ours):
    await hears(ours, NEIGHBOUR, "xin chào")
    await ours.work()
    ours.stage.clock.advance(timedelta(days=7))
    ours.n = 1000
    await hears(ours, 5, "xin chào")
    assert len(texts_to(ours.telegram, 5)) == 1


async def test_a_number_that_is_too_large_for_words_stops_nobody(ours):
    odd = {"update_id": 880200001, "message": {"text": "\U0001f198", "chat": 7}}
    ours.n += 1
    ours.telegram.push(odd, ours.message(NEIGHBOUR, "xin chào"))
    await ours.work()
    assert len(texts_to(ours.telegram, NEIGHBOUR)) == 1


async def test_f33_half_a_letter_in_one_message_stops_nobody(ours):
    ours.telegram.push(ours.message(5, "\ud83c giúp"), ours.message(NEIGHBOUR, "xin chào"))
    await ours.work()
    assert len(texts_to(ours.telegram, NEIGHBOUR)) == 1


async def test_a_telegram_that_was_away_at_start_gets_its_webhook_later(ours, tmp_path):
    config = ours.app.config.model_copy(
        update={"telegram_mode": "webhook", "public_url": "https://annhi.example"}
    )
    ours.app.config = config
    ours.telegram.fail("setWebhook", refusal(500, "x"))
    await start_messengers(ours.app)
    try:
        async with asyncio.timeout(5):
            while "setWebhook" not in [name for name, _ in ours.telegram.accepted]:
                ours.telegram.heard.clear()
                await ours.telegram.heard.wait()
    finally:
        await ours.app.loops.stop(1)


@pytest.mark.sqlite(
    "on PostgreSQL who polls is settled by the programs among each other: test_one_poller"
)
async def test_a_telegram_that_was_away_at_start_is_polled_later(ours, tmp_path):
    ours.telegram.fail("getMe", refusal(500, "x"))
    ours.telegram.push(ours.message(NEIGHBOUR, "xin chào"))
    await start_messengers(ours.app)
    try:
        async with asyncio.timeout(SOON):
            while "getUpdates" not in [name for name, _ in ours.telegram.accepted]:
                ours.telegram.heard.clear()
                await ours.telegram.heard.wait()
    finally:
        await ours.app.loops.stop(1)


# The outlet: what leaves, in which order, how often.


async def test_f27_an_answer_that_never_came_brings_a_second_copy_that_says_so(ours):
    ours.telegram.fail("sendMessage", Fault(close=True, accept=True))
    await hears(ours, NEIGHBOUR, "xin chào")
    await ours.stage.pass_time(timedelta(seconds=10))
    first, second = [fields for name, fields in ours.telegram.accepted if name == "sendMessage"]
    assert second["text"] == f"🔁 Gửi lại. {first['text']}"
    assert buttons(second) == buttons(first)


async def test_f26_fifty_errors_of_the_server_never_wait_beyond_the_longest_pause(ours):
    await put(ours, NEIGHBOUR, "xin chào")
    ours.telegram.fail("sendMessage", *[refusal(502, "Bad Gateway")] * 50)
    pauses = []
    while not texts_to(ours.telegram, NEIGHBOUR):
        await ours.app.sender.drain()
        async with ours.app.kit.store.reading("test") as work:
            due = await work.outbox.next_at()
        pauses.append(due - ours.stage.clock.now() if due else timedelta(0))
        ours.stage.clock.advance(pauses[-1])
    assert len(pauses) == 51
    assert max(pauses) <= timedelta(minutes=5) * 1.25  # a quarter either way
    assert texts_to(ours.telegram, NEIGHBOUR) == ["🔁 Gửi lại. xin chào"]


async def test_f28_what_was_certainly_not_sent_carries_no_mark(ours):
    body = refusal(429, "Too Many Requests", retry_after=3)
    ours.telegram.fail("sendMessage", body)
    await hears(ours, NEIGHBOUR, "xin chào")
    await ours.stage.pass_time(timedelta(seconds=4))
    (text,) = texts_to(ours.telegram, NEIGHBOUR)
    assert not text.startswith("🔁")


async def test_f24_two_chats_that_are_held_close_the_account_also_after_a_restart(ours):
    slow = {"retry_after": 30}
    for _ in range(2):
        ours.telegram.fail("sendMessage", refusal(429, "Too Many Requests", **slow))
    for who in (1, 2):
        await put(ours, who, "một tin")
    await ours.app.sender.drain()
    await put(ours, 3, "một tin")
    await ours.app.sender.drain()
    assert ours.telegram.texts() == []
    await _restart(ours)
    for seconds, sent in ((0, 0), (29, 0), (1, 3)):
        ours.stage.clock.advance(seconds)
        await ours.app.sender.drain()
        assert len(ours.telegram.texts()) == sent


async def test_f24_one_chat_that_is_held_is_held_after_a_restart_and_holds_no_other(ours):
    ours.telegram.fail("sendMessage", refusal(429, "Too Many Requests", retry_after=30))
    await put(ours, 1, "một tin")
    await ours.app.sender.drain()
    await _restart(ours)
    await put(ours, 2, "một tin")
    for seconds, sent in ((0, ["2"]), (29, ["2"]), (1, ["2", "1"])):
        ours.stage.clock.advance(seconds)
        await ours.app.sender.drain()
        told = [fields["chat_id"] for _, fields in ours.telegram.accepted if "text" in fields]
        assert told == sent


async def _restart(ours):
    """The program ends and begins again on the same files."""
    config, clock, chance = ours.app.config, ours.stage.clock, ours.stage.chance
    channel = ours.poller._channel
    await ours.app.close()
    ours.app = await open_app(config, Edges(clock, chance, [channel]))
    ours.stage = Stage(ours.app, clock, chance, {})
    ours.poller = Poller(channel, ours.app.inbox, clock, ours.app.loops, ours.app.vitals)


async def test_f25_a_blocked_chat_is_not_written_to_until_it_opens_again_and_nothing_old_bursts_out(
    ours,
):
    await ours.officer()
    blocked = json.loads((DATA / "update_my_chat_member_kicked.json").read_text())
    opened = json.loads((DATA / "update_my_chat_member_member.json").read_text())
    for update in (blocked, opened):
        change = update["my_chat_member"]
        change["chat"]["id"] = change["from"]["id"] = OFFICER
    ours.telegram.push({**blocked, "update_id": ours.n + 1})
    ours.n += 1
    await ours.work()
    for who in (1, 2, 3):
        await hears(ours, who, "sos")
        await hears(ours, who, "xã Đại Hiệp")
    assert texts_to(ours.telegram, OFFICER) == []
    ours.telegram.push({**opened, "update_id": ours.n + 1})
    ours.n += 1
    await ours.work()
    assert texts_to(ours.telegram, OFFICER) == []
    await hears(ours, 4, "sos")
    await hears(ours, 4, "xã Đại Hiệp")
    assert len(texts_to(ours.telegram, OFFICER)) == 1


async def test_f25_a_message_makes_a_blocked_address_reachable_again(ours):
    await ours.officer()
    ours.telegram.fail("sendMessage", refusal(403, "Forbidden: bot was blocked by the user"))
    await hears(ours, OFFICER, "/viec")
    assert texts_to(ours.telegram, OFFICER) == []
    await hears(ours, OFFICER, "/viec")
    assert len(texts_to(ours.telegram, OFFICER)) == 1


async def test_a_long_text_that_is_held_in_the_middle_repeats_no_piece_without_saying_so(ours):
    slow = refusal(429, "Too Many Requests", retry_after=3)
    await put(ours, NEIGHBOUR, "a" * 4000 + " " + "b" * 4000)
    await _let_one_pass(ours, slow)
    await ours.app.sender.drain()
    await ours.stage.pass_time(timedelta(seconds=10))
    told = texts_to(ours.telegram, NEIGHBOUR)
    plain, *again = [text[:12] for text in told]
    assert plain == "a" * 12
    assert again == ["🔁 Gửi lại. a", "🔁 Gửi lại. b"]


async def _let_one_pass(ours, fault):
    """The first call is answered, the second meets the fault."""
    passing = asyncio.Event()
    passing.set()
    ours.telegram.fail("sendMessage", Fault(hold=passing), fault)


async def test_an_edit_that_is_too_long_loses_nothing(ours):
    await put(ours, NEIGHBOUR, "thẻ")
    await ours.app.sender.drain()
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("telegram", ours.account, str(NEIGHBOUR))
        out = Outgoing("e", "edit", "a" * 4000 + " " + "b" * 4000, target=f"row:{NEIGHBOUR}:0")
        await work.outbox.put(Message("e", contact.id, "telegram", "edit", body_of(out), 2))
    await ours.stage.pass_time(timedelta(seconds=10))
    whole = "".join(fields.get("text", "") for _, fields in ours.telegram.accepted)
    assert "b" * 4000 in whole


async def test_an_edit_whose_answer_was_lost_is_simply_repeated(ours):
    await put(ours, NEIGHBOUR, "thẻ")
    await ours.app.sender.drain()
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("telegram", ours.account, str(NEIGHBOUR))
        out = Outgoing("e", "edit", "thẻ mới", target=f"row:{NEIGHBOUR}:0")
        await work.outbox.put(Message("e", contact.id, "telegram", "edit", body_of(out), 2))
    ours.telegram.fail("editMessageText", Fault(close=True, accept=True))
    await ours.stage.pass_time(timedelta(seconds=10))
    edits = [fields["text"] for name, fields in ours.telegram.accepted if name != "sendMessage"]
    assert [one for one in edits if "thẻ" in one] == ["thẻ mới", "thẻ mới"]


async def test_f32_an_edit_of_a_card_that_is_so_already_is_done_and_shows_no_new_card(ours):
    await put(ours, NEIGHBOUR, "thẻ")
    await ours.app.sender.drain()
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("telegram", ours.account, str(NEIGHBOUR))
        out = Outgoing("e", "edit", "thẻ", target=f"row:{NEIGHBOUR}:0")
        await work.outbox.put(Message("e", contact.id, "telegram", "edit", body_of(out), 2))
    same = json.loads((DATA / "error_400_not_modified.json").read_text())
    ours.telegram.fail("editMessageText", Fault(400, same))
    await ours.stage.pass_time(timedelta(minutes=5))
    assert texts_to(ours.telegram, NEIGHBOUR) == ["thẻ"]
    async with ours.app.kit.store.reading("test") as work:
        assert await work.outbox.sent_ids("e") == ("sent", [])
        assert await work.outbox.in_state("waiting", "sending", "dead") == 0


async def test_f32_a_card_that_cannot_be_edited_is_shown_afresh(ours):
    await put(ours, NEIGHBOUR, "thẻ")
    await ours.app.sender.drain()
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("telegram", ours.account, str(NEIGHBOUR))
        choices = (Choice("read", "Mở hồ sơ"),)
        out = Outgoing(
            "e", "edit", "thẻ mới", prompt="q7Zt2mXvB4k", choices=choices,
            target=f"row:{NEIGHBOUR}:0",
        )  # fmt: skip
        await work.outbox.put(Message("e", contact.id, "telegram", "edit", body_of(out), 2))
    ours.telegram.fail("editMessageText", refusal(400, "Bad Request: message to edit not found"))
    await ours.stage.pass_time(timedelta(seconds=10))
    assert texts_to(ours.telegram, NEIGHBOUR) == ["thẻ", "thẻ mới"]
    assert buttons(ours.telegram.accepted[-1][1]) == {"Mở hồ sơ": "c:q7Zt2mXvB4k:read"}


def _second_sender(ours):
    kit = ours.app.kit
    return Sender(kit.store, kit.channels, kit.catalog, Around(Delivery(kit), guarded))


async def test_two_senders_at_once_send_each_row_once(ours):
    for who in range(1, 11):
        await put(ours, who, "một tin")
    other = _second_sender(ours)
    async with asyncio.TaskGroup() as group:
        group.create_task(ours.app.sender.drain())
        group.create_task(other.drain())
    told = [fields["chat_id"] for _, fields in ours.telegram.accepted if "text" in fields]
    assert sorted(told, key=int) == [str(who) for who in range(1, 11)]


async def _frozen_beyond_its_lease(ours):
    """A sender waits for its answer while another one takes over."""
    answer = asyncio.Event()
    ours.telegram.fail("sendMessage", Fault(hold=answer))
    await put(ours, NEIGHBOUR, "một tin")
    other = _second_sender(ours)
    async with asyncio.timeout(SOON), asyncio.TaskGroup() as group:
        frozen = group.create_task(ours.app.sender.drain())
        while not ours.telegram.texts():
            ours.telegram.heard.clear()
            await ours.telegram.heard.wait()
        ours.stage.clock.advance(61)
        await other.drain()
        answer.set()
        await frozen


async def test_f12_a_second_copy_after_a_lease_ran_out_says_so_and_the_late_one_is_removed(ours):
    await _frozen_beyond_its_lease(ours)
    await ours.stage.pass_time(timedelta(seconds=10))
    assert texts_to(ours.telegram, NEIGHBOUR) == ["một tin", "🔁 Gửi lại. một tin"]
    assert ours.telegram.shown(NEIGHBOUR) == ["🔁 Gửi lại. một tin"]
    async with ours.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("sent") == 2
        assert await work.outbox.in_state("waiting", "sending", "dead") == 0


@pytest.mark.parametrize("status", [401, 404])
async def test_f29_a_bad_token_holds_its_own_channel_and_an_administrator_hears_of_it(ours, status):
    await ours.stage.staff("ad", Role.ADMIN, "")
    memory = Memory("web")
    ours.app.kit.channels["web", "site"] = memory
    async with ours.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure("web", "site", "ad", "ad", "vi")
        await work.contacts.link(contact.id, "p-ad")
    ours.telegram.fail("sendMessage", refusal(status, "Unauthorized"))
    await hears(ours, NEIGHBOUR, "xin chào")
    async with ours.app.kit.store.reading("test") as work:
        assert await work.outbox.shut_gates() == [("telegram", ours.account, "InvalidToken")]
    ((to, alarm, _),) = memory.accepted
    assert to.user == "ad"
    assert "telegram" in alarm.text
    await ours.stage.pass_time(timedelta(seconds=31))
    assert len(texts_to(ours.telegram, NEIGHBOUR)) == 1
