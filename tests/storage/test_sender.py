"""The outcome table, and what the sender makes of it (TRUST.md section 5)."""

from datetime import timedelta

import pytest

from notifications.channel import Bad, Gone, Retry, Sent, Unknown
from notifications.outcome import next_state
from tests.support.world import open_world

ROWS = [
    (Sent("1"), 1, ("sent", 0.0, False)),
    (Retry(7, "chat", "429"), 1, ("waiting", 7, False)),
    (Retry(0), 1, ("waiting", 1.0, False)),
    (Unknown("cut"), 1, ("waiting", 2, True)),
    (Unknown("cut"), 2, ("waiting", 5, True)),
    (Unknown("cut"), 3, ("waiting", 15, True)),
    (Unknown("cut"), 4, ("waiting", 45, True)),
    (Unknown("cut"), 5, ("waiting", 120, True)),
    (Unknown("cut"), 6, ("waiting", 300, True)),
    (Unknown("cut"), 50, ("waiting", 300, True)),
    (Gone("blocked"), 1, ("dead", 0.0, False)),
    (Bad("refused", "fresh"), 1, ("dead", 0.0, False)),
]


@pytest.mark.parametrize(("result", "attempt", "expected"), ROWS)
def test_an_answer_leads_to_the_state_that_the_table_names(result, attempt, expected):
    after = next_state(result, attempt, 0.0)
    assert (after.state, after.due_in, after.maybe_sent) == expected


def test_back_off_is_spread_by_a_quarter_either_way():
    spread = [next_state(Unknown(""), 3, jitter).due_in for jitter in (-1, 0, 1)]
    assert spread == [11.25, 15, 18.75]


class Breaking:
    """A channel whose code is broken for one person."""

    def __init__(self, inner):
        self.inner, self.name, self.account = inner, inner.name, inner.account
        self.abilities = inner.abilities

    def admit(self, headers, body):
        return self.inner.admit(headers, body)

    def read(self, raw):
        return self.inner.read(raw)

    async def send(self, outgoing, address):
        if address.user == "broken":
            raise KeyError("a fault in the program")
        return await self.inner.send(outgoing, address)


async def test_one_row_that_breaks_the_program_holds_up_no_other(tmp_path):
    world = await open_world(tmp_path)
    key = ("web", "site")
    world.app.sender._channels = {
        **world.app.sender._channels,
        key: Breaking(world.channels["web"]),
    }
    await world.hears(world.message("broken", "web", "text", text="xin chào"))
    await world.says("minh", "xin chào")
    assert len(world.texts("minh")) == 1
    async with world.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("waiting") == 1  # the fault may pass
    await world.pass_time(timedelta(minutes=2))
    async with world.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("dead") == 1
    await world.app.close()


async def test_f44_a_fix_is_tried_once(tmp_path):
    world = await open_world(tmp_path)
    world.channels["web"].faults["minh"] = [Bad("refused", "plain"), Bad("refused", "plain")]
    await world.says("minh", "xin chào")
    async with world.app.kit.store.reading("test") as work:
        assert await work.outbox.in_state("dead") == 2
    await world.app.close()
