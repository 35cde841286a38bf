"""Staff press, plan, leave, invite and remove in any order: nobody is left without a word."""

import random
from datetime import timedelta

import pytest

from notifications.channel import Gone
from tests.support.people import CAST, T, danger, everybody
from tests.support.world import open_world

FIRST = ("xin chào", "nghi", "nghi", "moi", "truc", "/baotin")
ANSWERS = ("accept", "refuse", "confirm", "agree", "disagree", "heard", "brief", "acknowledge")
WORDS = (
    "xin chào", "nghi", "truc", "moi", "/baotin", "ngày mai", "hôm nay", "30/11", "7h-17h", "1", "2",
    "3", "hủy", "quay lại", "Phú Mỹ", "sos", "viec", "thoát", "bỏ qua",
)  # fmt: skip


class Walk:
    """A seeded walk of the people of one commune."""

    def __init__(self, world, seed):
        self.world, self.dice = world, random.Random(seed)

    def offered(self, who, *wanted):
        """The newest message with buttons, or with one of those that are wanted."""
        for to, out, _ in reversed(self.world.channels[T].accepted):
            options = [one.option for one in out.choices if not one.standing]
            if to.user == who and any(not wanted or one in wanted for one in options):
                return out.prompt, [one for one in options if not wanted or one in wanted]
        return "", []

    async def press(self, who, *wanted):
        prompt, options = self.offered(who, *wanted)
        if options:
            option = self.dice.choice(options)
            if option == "removal" and self.dice.random() < 0.7:
                option = "bell"
            await self.world.hears(
                self.world.message(who, T, "choice", prompt=prompt, option=option)
            )

    async def step(self):
        what, who = self.dice.random(), self.dice.choice(list(CAST))
        if what < 0.5:
            if self.dice.random() < 0.5:
                await self.world.says(who, self.dice.choice(FIRST), T)
            for _ in range(self.dice.randint(4, 8)):
                if self.dice.random() < 0.8:
                    await self.press(who)
                else:
                    await self.world.says(who, self.dice.choice(WORDS), T)
        elif what < 0.75:
            for name in CAST:
                await self.press(name, *ANSWERS)
        elif what < 0.8:
            self.world.channels[T].faults.setdefault(who, []).append(Gone("blocked"))
        else:
            minutes = self.dice.choice([1, 3, 16, 300, 900, 1500])
            await self.world.pass_time(timedelta(minutes=minutes))

    async def check(self):
        async with self.world.app.kit.store.reading("check") as work:
            staff = await work.people.staff("20500")
            for case in await work.cases.open_cases():
                assert await work.timers.armed(f"case:{case.id}"), case.code
                if case.holder:
                    holder = await work.people.get(case.holder)
                    assert holder.active, "a case is held by somebody who is gone"
            for person in staff:
                assert not (person.on_duty and person.substitute), person.id
            for leave in await work.leaves.open():
                both = [
                    await work.people.get(leave.person_id),
                    await work.people.get(leave.substitute_id),
                ]
                assert all(one.active for one in both), "a leave of somebody who is gone"
                assert await work.timers.armed(f"leave:{leave.id}"), leave.state
            assert await work.audit.verify() == []


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_breaks_and_nothing_is_left_open_whatever_staff_do(tmp_path, seed, caplog):
    world = await open_world(tmp_path)
    try:
        await everybody(world)
        if seed % 3 == 1:
            await danger(world)
        walk = Walk(world, seed)
        for _ in range(40):
            await walk.step()
            await walk.check()
        faults = [one for one in caplog.records if one.exc_info]
        assert not faults, faults[0].exc_info
    finally:
        await world.app.close()
