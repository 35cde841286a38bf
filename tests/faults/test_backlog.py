"""What waited for a day, and what one person pours in: all is kept, and who is in danger comes first."""

import re
from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from cases.model import Role
from handlers.limits import PER_MINUTE
from tests.support.world import open_world

CALM, URGENT = 235, 15  # people, two messages each
FLOOD = 1000
CROWD, CRIES = 200, 20  # people at once, and how many of them are in danger


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    await made.staff("lan", Role.OFFICER, "20500", "telegram")
    yield made
    await made.app.close()


async def waits(world, incoming):
    """It is stored, and nobody works on it yet."""
    channel = world.channels[incoming.channel]
    raw = raw_of(incoming)
    admitted = channel.admit({}, raw)
    assert await world.app.inbox.accept(channel.name, channel.account, admitted, raw)


async def test_f31_after_a_day_of_silence_all_is_handled_and_the_urgent_alerts_leave_first(world):
    texts = [(f"a{n}", text) for n in range(CALM) for text in ("xin chào", "2")]
    texts += [(f"u{n}", text) for n in range(URGENT) for text in ("sos", "xã Đại Hiệp")]
    late = [world.message(who, "telegram", "text", text=text) for who, text in texts]
    world.clock.advance(timedelta(hours=23))
    for one in late:
        await waits(world, one)
    await world.settle()
    accepted = world.channels["telegram"].accepted
    assert [to.user for to, _, _ in accepted[:3]] == ["lan"] * 3
    assert {to.user for to, _, _ in accepted} == {"lan", *(who for who, _ in texts)}
    async with world.app.kit.store.reading("test") as work:
        cases = await work.cases.all_cases()
        assert await work.inbox.next_at() is None
    assert len(cases) == URGENT


async def test_f50_a_thousand_messages_of_one_person_are_kept_and_delay_nobody(world):
    for n in range(FLOOD):
        await waits(world, world.message("minh", "web", "text", text=f"lời số {n}"))
    for text in ("sos", "xã Đại Hiệp"):
        await waits(world, world.message("hoa", "web", "text", text=text))
    for _ in range(2):
        await world.app.turns.together(await world.app.turns.next())
    await world.app.sender.drain()
    assert [text[:8] for text in world.texts("lan", "telegram")] == ["Việc mới"]
    assert len(world.texts("minh")) <= 2  # the flood has hardly begun
    await world.settle()
    assert len([one for one in world.texts("minh") if "nhắn nhanh quá" in one]) == 1
    assert len(world.texts("minh")) < 2 * PER_MINUTE
    async with world.app.kit.store.reading("test") as work:
        contact = await work.contacts.by_address("web", "site", "minh")
        kept = str([one.answers for one in await work.talks.of_contact(contact.id)])
        for case in await work.cases.reported_by(contact.id):
            kept += str([one.body for one in await work.cases.events(case.id)])
    found = {int(n) for n in re.findall(r"lời số (\d+)", kept)}
    assert found == set(range(FLOOD))


async def test_f50_two_hundred_people_at_once_are_answered_and_the_urgent_alerts_leave_first(world):
    calm = [f"a{n}" for n in range(CROWD - CRIES)]
    urgent = [f"u{n}" for n in range(CRIES)]
    for who in calm:
        await waits(world, world.message(who, "telegram", "text", text="xin chào"))
    for who in urgent:  # the last to come
        for text in ("sos", "xã Đại Hiệp"):
            await waits(world, world.message(who, "telegram", "text", text=text))
    before = world.clock.now()
    await world.settle()
    accepted = world.channels["telegram"].accepted
    heard = [(to.user, out.text) for to, out, _ in accepted]
    assert {who for who, _ in heard} == {"lan", *calm, *urgent}
    alerts = [n for n, (who, text) in enumerate(heard) if who == "lan" and "Việc mới" in text]
    assert alerts[:3] == [0, 1, 2]  # the others a second apart: it is one phone
    assert len(alerts) == CRIES
    assert world.clock.now() - before <= timedelta(seconds=CRIES)
    async with world.app.kit.store.reading("test") as work:
        assert await work.inbox.next_at() is None
        assert len(await work.cases.all_cases()) == CRIES
