"""F1-F7 at their exact points: the real process, the real signal, the accept log as judge."""

import asyncio
import json
import signal

import pytest
from aiohttp import ClientError, ClientSession

from tests.faults.place import LAN, MINH, PATIENCE, REPEAT, buttons, close_place, open_place

REPORT = ("sos", "xã Đại Hiệp")


@pytest.fixture
async def place(tmp_path):
    """Time as it is."""
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


@pytest.fixture
async def quick(tmp_path):
    """A lease ends within a second."""
    made = await open_place(tmp_path, scale=60)
    yield made
    await close_place(made)


def _key(message):
    """The second half of a question: the key that shares a place."""
    return "request_location" in str(message)


async def _session(place, client):
    process = await place.start()
    await place.listening()
    async with client.post(f"{place.url}/api/chat/sessions", json={"lang": "vi"}) as answer:
        token = (await answer.json())["token"]
    process.kill()
    await place.dies(process)
    return {"Authorization": f"Bearer {token}"}


async def _post(place, client, header):
    message = {"id": "m1", "kind": "text", "text": "xin chào"}
    url = f"{place.url}/api/chat/messages"
    async with client.post(url, json=message, headers=header) as answer:
        return answer.status, (await answer.json()).get("duplicate")


async def _greetings(place, client, header):
    async with client.get(f"{place.url}/api/chat/messages", headers=header) as answer:
        return len((await answer.json())["messages"])


async def _posted_around(place, *point):
    """A page's message, cut off by a kill and sent again: what the second answer said."""
    async with ClientSession() as client:
        header = await _session(place, client)
        process = await place.start("KILL", *point)
        await place.listening()
        with pytest.raises(ClientError):
            await _post(place, client, header)
        await place.dies(process)
        await place.start()
        await place.listening()
        answer = await _post(place, client, header)
        async with asyncio.timeout(30):
            while True:
                if await _greetings(place, client, header):
                    break
                await asyncio.sleep(0.02)
        await place.end()
    assert len(place.sql("SELECT * FROM inbox WHERE channel = 'web'")) == 1
    assert len(place.sql("SELECT * FROM webchat_messages")) == 1
    return answer


async def test_f01_a_page_killed_before_the_commit_confirms_nothing_and_takes_it_again(quick):
    assert await _posted_around(quick, "before", "accept", "1") == (202, False)


@pytest.mark.parametrize("point", [("after", "accept", "1"), ("after", "journal", "1")])
async def test_f02_a_page_killed_after_the_commit_knows_the_repeat(quick, point):
    assert await _posted_around(quick, *point) == (202, True)


@pytest.mark.parametrize("point", [("after", "accept"), ("before", "journal")])
async def test_f02_the_journal_gets_what_the_kill_kept_from_it(place, point):
    place.says("xin chào")
    process = await place.start("KILL", *point, "1")
    await place.dies(process)
    assert str(place.n) not in await place.journaled()
    await place.start()
    await place.until(lambda: place.told(MINH))
    await place.end()
    assert (await place.journaled()).count(str(place.n)) == 1
    assert len(place.told(MINH)) == 1


@pytest.mark.sqlite("the disk with its file is lost")
async def test_f02_a_lost_database_is_made_again_from_the_journal(place):
    place.says(*REPORT)
    process = await place.start("KILL", "after", "journal", "1")  # both came in one answer
    await place.dies(process)
    for suffix in ("", "-wal", "-shm"):
        place.database.with_name(f"annhi.db{suffix}").unlink(missing_ok=True)
    await place.roster()
    place.peer.updates.clear()  # Telegram keeps nothing: only the journal has it
    await place.start()
    await place.until(lambda: place.alerts() and place.receipts())
    await place.end()
    await place.whole()


async def test_f03_a_kill_at_any_statement_of_a_turn_leaves_one_case_one_alert_one_receipt(place):
    process = await place.run("tests.faults.every_statement", feed=True)
    updates = [place.update(text) for text in REPORT]
    out, _ = await process.communicate(json.dumps(updates).encode())
    assert process.returncode == 0
    assert int(out) > 20  # the turns have that many statements at least
    await place.start()
    await place.until(lambda: place.alerts() and place.receipts())
    await place.end()
    await place.whole()
    assert (len(place.alerts()), len(place.receipts())) == (1, 1)
    assert not [text for text in place.told(MINH) + place.told(LAN) if text.startswith(REPEAT)]


async def test_f04_the_alert_of_a_committed_turn_leaves_after_the_restart_without_a_mark(quick):
    quick.says(*REPORT)
    process = await quick.start("KILL", "after", "turn", "2")
    await quick.dies(process)
    assert quick.alerts() == []
    assert len(quick.sql("SELECT 1 FROM outbox WHERE key LIKE 'case:%:alert:1:0:%'")) == 1
    await quick.start()
    await quick.until(lambda: quick.alerts() and quick.receipts())
    await quick.end()
    (alert,) = quick.alerts()
    assert not alert.startswith(REPEAT)
    await quick.whole()


async def test_f05_exactly_what_was_claimed_is_marked_and_everything_arrives_once(quick):
    quick.says(*REPORT)
    process = await quick.start("KILL", "after", "claim", "1")
    await quick.dies(process)
    claimed = quick.sql("SELECT key FROM outbox WHERE state = 'sending' ORDER BY seq")
    assert claimed
    assert quick.told(MINH) + quick.told(LAN) == []
    await quick.start()
    await quick.until(lambda: quick.alerts() and quick.receipts())
    await quick.eventually(lambda: not quick.sql("SELECT 1 FROM outbox WHERE state = 'sending'"))
    await quick.end()
    marked = quick.sql("SELECT key FROM outbox WHERE maybe_sent ORDER BY seq")
    assert marked == claimed
    whole = [one for who in (MINH, LAN) for one in quick.peer.sent(who) if not _key(one)]
    assert len([one for one in whole if one["text"].startswith(REPEAT)]) == len(claimed)
    assert (len(quick.alerts()), len(quick.receipts())) == (1, 1)


async def test_f06_a_kill_on_accept_brings_one_marked_repeat_with_the_same_buttons(quick):
    quick.says(*REPORT)
    process = await quick.start()
    quick.peer.on_accept["Việc mới"] = process.kill
    await quick.dies(process)
    assert len(quick.alerts()) == 1
    quick.peer.release.set()
    await quick.start()
    await quick.until(lambda: len(quick.alerts()) == 2)
    await quick.eventually(
        lambda: (
            quick.sql("SELECT state FROM outbox WHERE key LIKE 'case:%:alert:1:0:%'") == [("sent",)]
        )
    )
    first, second = [one for one in quick.peer.sent(LAN) if "Việc mới" in one["text"]]
    # The trial's banner is a line of its own; the mark begins the message.
    assert second["text"] == f"{REPEAT}{first['text']}"
    assert buttons(second) == buttons(first) != []
    quick.presses(LAN, first, "Tôi nhận")  # one state, whichever copy is pressed
    await quick.eventually(lambda: quick.sql("SELECT status FROM cases") == [("acknowledged",)])
    quick.presses(LAN, second, "Tôi nhận")
    handled = "SELECT count(*) FROM inbox WHERE state = 'done' AND channel = 'telegram'"
    await quick.eventually(lambda: quick.sql(handled) == [(4,)])
    await quick.end()
    assert quick.sql("SELECT status, rev FROM cases") == [("acknowledged", 2)]
    assert len(quick.alerts()) == 2


async def test_f06_the_repeat_does_not_wait_until_a_dead_program_would_have_ended_its_call(place):
    place.says(*REPORT)
    process = await place.start()
    place.peer.on_accept["Việc mới"] = process.kill
    await place.dies(process)
    place.peer.release.set()
    place.patience = PATIENCE  # the lease would run for a minute, longer than this test waits
    await place.start()
    await place.until(lambda: len(place.alerts()) == 2)
    await place.end()
    assert place.alerts()[1] == f"{REPEAT}{place.alerts()[0]}"


@pytest.mark.parametrize(("when", "copies"), [("before", 2), ("after", 1)])
async def test_f06_only_a_lost_finish_repeats_and_only_with_its_mark(place, when, copies):
    """In time as it is: where a minute is a second, a row that was claimed a second ago is given back."""
    place.says("xin chào")
    process = await place.start("KILL", when, "finish", "1")
    await place.dies(process)
    assert len(place.told(MINH)) == 1
    await place.start()
    sent = "SELECT state FROM outbox WHERE key LIKE 'reply:%:0'"
    await place.eventually(lambda: place.sql(sent) == [("sent",)])
    await place.end()
    first, *later = place.told(MINH)
    assert later == [f"{REPEAT}{first}"] * (copies - 1)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_f07_a_timer_fires_once_around_a_kill_and_the_next_is_armed(place, when):
    place.says(*REPORT)
    await place.start()
    await place.until(lambda: place.alerts() and place.receipts())
    await place.end()
    for passed in (1, 2):  # every clock twice, each time around a kill
        place.hours_pass(1)
        process = await place.start("KILL", when, "tick", "1")
        await place.dies(process)
        assert place.sql("SELECT 1 FROM timers WHERE kind = 'unanswered' AND state = 'armed'")
        await place.start()
        fired = "SELECT count(*) FROM timers WHERE kind = 'unanswered' AND state = 'fired'"
        await place.eventually(lambda: place.sql(fired) == [(passed,)])  # noqa: B023
        going = "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"
        await place.eventually(lambda: not place.sql(going))  # noqa: B023
        await place.end()
        armed = "SELECT count(*) FROM timers WHERE kind = 'unanswered' AND state = 'armed'"
        assert place.sql(armed) == [(1,)]
    sent = [text for text in place.told(LAN) if "Việc mới" not in text]
    assert len(sent) == place.sql("SELECT count(*) FROM outbox WHERE key LIKE '%:1:_:%'")[0][0] - 1
    await place.whole()


async def _frozen_in_the_call(quick):
    """A process frozen while Telegram holds its answer; another sends the marked copy."""
    quick.says(*REPORT)
    frozen = await quick.start()
    quick.peer.on_accept["Việc mới"] = lambda: None  # it is held all the same
    await quick.until(lambda: len(quick.alerts()) == 1)
    await quick.freeze(frozen)
    await quick.start()
    await quick.until(lambda: len(quick.alerts()) == 2)
    sent = "SELECT state FROM outbox WHERE key LIKE 'case:%:alert:1:0:%'"
    await quick.eventually(lambda: quick.sql(sent) == [("sent",)])
    return frozen


async def test_f12_a_process_frozen_in_the_call_is_fenced(quick):
    frozen = await _frozen_in_the_call(quick)
    row = "SELECT state, gen, message_id FROM outbox WHERE key LIKE 'case:%:alert:1:0:%'"
    before = quick.sql(row)
    quick.peer.release.set()
    frozen.send_signal(signal.SIGCONT)
    frozen.send_signal(signal.SIGTERM)
    async with asyncio.timeout(30):
        assert await frozen.wait() == 0
    assert quick.sql(row) == before
    first, second = quick.alerts()
    assert second == f"{REPEAT}{first}"


async def test_f12_a_process_frozen_between_claim_and_call_sends_nothing_when_it_wakes(quick):
    quick.says("xin chào")
    frozen = await quick.start("STOP", "after", "claim", "1")
    await quick.eventually(lambda: quick.sql("SELECT 1 FROM outbox WHERE state = 'sending'"))
    await quick.start()
    await quick.until(lambda: quick.told(MINH))
    await quick.eventually(lambda: quick.sql("SELECT state FROM outbox") == [("sent",)])
    frozen.send_signal(signal.SIGCONT)
    frozen.send_signal(signal.SIGTERM)  # it ends its step first
    async with asyncio.timeout(30):
        assert await frozen.wait() == 0
    (only,) = quick.told(MINH)
    assert only.startswith(REPEAT)
