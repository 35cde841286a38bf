"""Any order of acts on the way of a plan, on pages and by the clock: never an open case without a clock."""

from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.lifecycle import Act
from cases.model import Role, Status
from handlers.actor import Actor
from handlers.pages.act_form import WORDS
from handlers.pages.act_page import NotFilled, Pressed, act_on_page, open_form
from handlers.pages.case_sheet import open_sheet
from tests.machines.test_cases import Walk
from tests.support.world import open_world

STAFF = {
    "lan": Role.OFFICER, "hoa": Role.DEPUTY, "chu": Role.LEADER, "pho": Role.LEADER,
    "tam": Role.SUPERVISOR, "ad": Role.ADMIN,
}  # fmt: skip
AFTERWARDS = ("Có, ngay bây giờ", "xã Đại Hiệp", "Đúng", "Không", "bỏ qua", "2", "1", "2")
REPORTS = {"minh": "be bi danh o nha", "thu": "chau nho bi danh"}
START = (
    ("lan", "acknowledge"), ("lan", "assess"), ("lan", "assess_detail"), ("lan", "meeting"),
    ("lan", "submit"), ("chu", "approve"),
)  # fmt: skip
RARE = (
    Act.MEASURE,
    Act.NOTE,
    Act.SNOOZE,
    Act.RELEASE,
    Act.RAISE,
    Act.LOWER,
    Act.MERGE,
)  # else the walk is made of them
CALM = {"decision": "calm", "task1_more": "add", "task2_more": "enough"}


class PlanWalk(Walk):
    """A seeded walk over the buttons of the case pages; it begins where a plan runs."""

    async def begin(self):
        await self.look()
        for who, act in START:
            await self.press(who, self.codes[0], act)

    async def look(self):
        async with self.world.app.kit.store.reading("look") as work:
            self.cases = await work.cases.all_cases()
        self.codes = [case.code for case in self.cases]

    async def step(self):
        await self.look()
        if self.dice.random() < 0.1:
            minutes = self.dice.choice([1, 3, 40, 300, 1500, 4000])
            await self.world.pass_time(timedelta(minutes=minutes))
            return
        case, who = self.dice.choice(self.cases), self.dice.choice([*STAFF, "chu", "lan"])
        if case.holder and self.dice.random() < 0.5:
            who = case.holder.removeprefix("p-")
        await self.press(who, case.code)

    async def press(self, who, code, act=""):
        """This act, else any that their page shows; what is refused changes nothing."""
        kit = self.world.app.kit
        try:
            async with kit.store.transaction("walk") as work:
                person = await work.people.get(f"p-{who}")
                actor = Actor(work, kit, person=person, name=person.id)
                page = await open_sheet(actor, code)
                await act_on_page(actor, await self.pressed(actor, page, act))
        except (Refused, NotFilled):
            assert not act, act
        await self.world.settle()

    async def pressed(self, actor, page, act):
        rare = RARE if self.dice.random() < 0.85 else ()
        shown = [one for one in page.acts if one.act not in (Act.EXCLUDE, Act.DISMISS, *rare)]
        if not shown:
            raise Refused("error.not_now")
        button = next((one for one in shown if one.act == act), None) or self.dice.choice(shown)
        name = f"walk {actor.work.new_id()}"
        bare = Pressed(page.case.code, button.act, page.case.rev, name, {})
        if not button.asks:
            return bare
        fields = (await open_form(actor, bare)).fields
        given = dict(self.answer(one, CALM if act else {}) for one in fields)
        return Pressed(bare.code, bare.act, bare.rev, bare.submission, given)

    def answer(self, field, wanted):
        if field.options:
            codes = [code for code, _ in field.options]
            return field.name, wanted.get(field.name) or self.dice.choice(codes)
        return field.name + WORDS, self.dice.choice(["đã làm", *self.codes])


@pytest.mark.parametrize("seed", range(6))
async def test_f55_no_case_with_a_plan_is_ever_without_an_obligation(tmp_path, seed, caplog):
    world = await open_world(tmp_path)
    try:
        for name, role in STAFF.items():
            commune = "" if role in (Role.SUPERVISOR, Role.ADMIN) else "20500"
            await world.staff(name, role, commune, "telegram")
        for name, first in REPORTS.items():
            await world.reporter(name, "web", "vi")
            for line in (first, *AFTERWARDS):
                await world.says(name, line)
        walk = PlanWalk(world, seed)
        await walk.begin()
        await walk.look()
        assert walk.cases[0].status is Status.RUNNING
        for _ in range(50):
            await walk.step()
            await walk.check()
        faults = [one for one in caplog.records if one.exc_info]
        assert not faults, faults[0].exc_info
    finally:
        await world.app.close()
