"""Any order of acts, silence and presses by anybody: no open case is ever without a future obligation."""

import random
from datetime import timedelta

import pytest

from cases.deadlines import AFTER_CLOSING
from cases.model import Role, Status
from tests.support.world import open_world

STAFF = {
    "lan": Role.OFFICER, "hoa": Role.DEPUTY, "chu": Role.LEADER, "cong": Role.POLICE,
    "tam": Role.SUPERVISOR, "ad": Role.ADMIN,
}  # fmt: skip
REPORTS = (
    ("be bi danh", "Có, ngay bây giờ", "xã Đại Hiệp", "1", "1", "1"),
    ("cái ao không có rào", "2", "4", "3", "Đại An", "5 tuổi"),
    ("em so lam", "Tôi là trẻ em", "1", "bỏ qua", "5", "2"),
    ("sos", "tam kỳ", "gần cây đa", "bỏ qua"),
)
WORDS = (
    "đã làm rồi",
    "1",
    "2",
    "hủy",
    "/viec",
    "cháu đã an toàn",
    "quay lại",
    "sos",
    "/nghi",
    "/truc",
)


class Walk:
    """A seeded walk through the real program."""

    def __init__(self, world, seed):
        self.world, self.dice = world, random.Random(seed)

    def buttons(self, who, channel):
        """Everything this person could still press, old buttons too."""
        accepted = self.world.channels[channel].accepted
        found = [
            (out.prompt, one.option)
            for to, out, _ in accepted
            for one in out.choices
            if to.user == who
        ]
        return found[-12:]

    async def step(self):
        what = self.dice.random()
        who = self.dice.choice([*STAFF, "minh"])
        channel = "web" if who == "minh" else "telegram"
        buttons = self.buttons(who, channel)
        if what < 0.55 and buttons:
            prompt, option = self.dice.choice(buttons)
            await self.world.hears(
                self.world.message(who, channel, "choice", prompt=prompt, option=option)
            )
        elif what < 0.8:
            await self.world.says(who, self.dice.choice(WORDS), channel)
        elif what < 0.85:
            self.world.channels["telegram"].faults.setdefault(who, []).append(_gone())
        else:
            await self.world.pass_time(
                timedelta(minutes=self.dice.choice([1, 3, 16, 40, 300, 1500]))
            )

    async def check(self):
        async with self.world.app.kit.store.reading("check") as work:
            for case in await work.cases.all_cases():
                armed = await work.timers.armed(f"case:{case.id}")
                if case.status is not Status.CLOSED:
                    assert armed, f"{case.code} {case.status} has no obligation"
                    assert min(one.due_at for one in armed) >= work.now - timedelta(minutes=5)
                else:
                    owed = [one for one in armed if one.kind not in AFTER_CLOSING]
                    assert not owed, f"{case.code} is closed and still {owed[0].kind}"
            assert await work.audit.verify() == []


def _gone():
    from notifications.channel import Gone

    return Gone("blocked")


@pytest.mark.parametrize("seed", range(6))
async def test_f55_no_open_case_is_ever_without_an_obligation(tmp_path, seed, caplog):
    world = await open_world(tmp_path)
    try:
        for name, role in STAFF.items():
            commune = "" if role in (Role.SUPERVISOR, Role.ADMIN) else "20500"
            await world.staff(name, role, commune, "telegram")
        for line in REPORTS[seed % len(REPORTS)]:
            await world.says("minh", line)
        walk = Walk(world, seed)
        for _ in range(40):
            await walk.step()
            await walk.check()
        faults = [one for one in caplog.records if one.exc_info]
        assert not faults, faults[0].exc_info
    finally:
        await world.app.close()
