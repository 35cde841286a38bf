"""Two officers, two channels, two acts on one case at once: one wins, the other is told why."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.memory import raw_of
from cases.lifecycle import QUIET, TABLE, Act
from cases.model import Role
from notifications.channel import Admitted
from tests.support.world import open_world

# Each act as it is done in the chat: its button, then its answers, the last of which does it.
ACTS = {
    Act.NOTE: ("Ghi việc đã làm", "Gọi điện", "đã gọi"),
    Act.VERIFY: ("Bắt đầu xác minh", "bà của cháu"),
    Act.MEASURE: ("Biện pháp khẩn cấp", "Y tế", "trạm y tế", "ngay"),
    Act.LOWER: ("Hạ mức", "Cao", "có bà ở cùng"),
    Act.SET_KIND: ("Xác định loại việc", "Bạo lực trong gia đình"),
    Act.RELEASE: ("Trả lại việc", "đi công tác"),
    Act.SNOOZE: ("Nhắc lại sau", "15 phút", "đang ở nhà cháu"),
    Act.MARK_CRIME: ("Có dấu hiệu tội phạm", "vết thương do hung khí"),
    Act.SEND_VISIT: ("Nhờ cộng tác viên", "mai", "xem bé có một mình không"),
    Act.OFFER_HANDOVER: (
        "Bàn giao xã khác",
        "Hà Nha",
        "Trẻ đã chuyển đến đó",
        "về với bà",
        "đã gặp bà",
    ),
}
# What the leader does meanwhile on the same case.
ABOVE = {
    Act.MEASURE: ("Biện pháp khẩn cấp", "Tâm lý", "cô giáo", "chiều nay"),
    Act.DISMISS: ("Không đủ căn cứ", "Không thuộc phạm vi", "đã xem", "Chưa gặp"),
    Act.ASSIGN: ("Giao người phụ trách", "hoa"),
    Act.NOTE: ("Ghi việc đã làm", "Việc khác", "đã dặn"),
    Act.MARK_CRIME: ("Có dấu hiệu tội phạm", "có người chứng kiến"),
    Act.OFFER_HANDOVER: (
        "Bàn giao xã khác",
        "Hà Nha",
        "Trẻ đã chuyển đến đó",
        "đã chuyển",
        "đã dặn",
    ),
    Act.SEPARATE: ("Tạm thời cách ly", "người bố", "nhà bà nội", "bà nội", "Hôm nay", "15 ngày"),
}
STAFF = {
    "lan": Role.OFFICER, "hoa": Role.DEPUTY, "chu": Role.LEADER, "mai": Role.COLLABORATOR,
}  # fmt: skip


async def _ready(folder):
    """A case that lan holds and the leader looks at."""
    world = await open_world(folder)
    for name, role in STAFF.items():
        await world.staff(name, role, "20500", "web" if name == "chu" else "telegram")
    await world.staff("na", Role.OFFICER, "20515", "telegram")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    await world.presses("lan", "Tôi nhận", "telegram")
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    await world.says("chu", f"/vu {case.code}")
    return world, case.id


async def _opens(world, who, channel, steps):
    """Everything but the last answer."""
    await world.finds(who, steps[0], channel)
    for step in steps[1:-1]:
        await _gives(world, who, channel, step)


def _answer(world, who, channel, step):
    out = next(one for to, one, _ in reversed(world.channels[channel].accepted) if to.user == who)
    for choice in out.choices:
        if choice.label == step:
            press = {"prompt": out.prompt, "option": choice.option}
            return world.message(who, channel, "choice", **press)
    return world.message(who, channel, "text", text=step)


async def _gives(world, who, channel, step):
    await world.hears(_answer(world, who, channel, step))


async def _at_once(world, answers):
    """Both are stored before either is worked on; two workers then take one each."""
    for incoming in answers:
        admitted = Admitted("site", incoming.user, incoming.dedupe)
        await world.app.inbox.accept(incoming.channel, "site", admitted, raw_of(incoming))
    rows = await world.app.turns.next()
    assert len(rows) == 2
    async with asyncio.TaskGroup() as group:
        for row in rows:
            group.create_task(world.app.turns.handle(row))
    await world.settle()


async def _state(world, case_id):
    async with world.app.kit.store.reading("test") as work:
        case, events = await work.cases.get(case_id), await work.cases.events(case_id)
        armed = [one.kind for one in await work.timers.armed(f"case:{case_id}")]
        assert await work.audit.verify() == []
    acts = [event for event in events if event.act in set(Act) and event.act != Act.ACKNOWLEDGE]
    return case, acts, armed


async def _both(folder, mine, theirs):
    world, case_id = await _ready(folder)
    try:
        await _opens(world, "lan", "telegram", ACTS[mine])
        await _opens(world, "chu", "web", ABOVE[theirs])
        before, *_ = await _state(world, case_id)
        for name, channel in (("lan", "telegram"), ("chu", "web")):
            world.new(name, channel)
        answers = [
            _answer(world, "lan", "telegram", ACTS[mine][-1]),
            _answer(world, "chu", "web", ABOVE[theirs][-1]),
        ]
        await _at_once(world, answers)
        case, acts, armed = await _state(world, case_id)
        said = {"lan": world.new("lan", "telegram"), "chu": world.new("chu", "web")}
    finally:
        await world.app.close()
    return before, case, acts, armed, said


@settings(
    max_examples=20, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(mine=st.sampled_from([*ACTS]), theirs=st.sampled_from([*ABOVE]))
def test_f14_of_two_acts_at_once_one_wins_and_the_loser_reads_what_changed(mine, theirs):
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_both(Path(folder), mine, theirs))
    before, case, acts, armed, said = found
    done = {(event.actor, Act(event.act)) for event in acts}
    both = {("p-lan", mine), ("p-chu", theirs)}
    assert done <= both
    assert len(done) == len(acts) >= 1  # none is done twice, and one is always done
    loud = [act for who, act in done if act not in QUIET]
    assert len(loud) <= 1  # two acts that change the case are never both done
    assert case.rev == before.rev + len(loud)
    for who, _ in both - done:
        told = " ".join(said[who.removeprefix("p-")])
        assert "Hồ sơ vừa thay đổi" in told or "chưa làm được" in told or "thuộc người khác" in told
        assert f"Hồ sơ {case.code}" in told  # and the case as it is now
    made = Counter(row.record.kind for _, act in done if (row := TABLE[act]).record)
    assert Counter(one.kind for one in case.beside) == made
    open_ = case.closed_at is None  # afterwards it is only asked about, and one day forgotten
    assert bool(armed) if open_ else set(armed) <= {"safe_check", "retention"}
