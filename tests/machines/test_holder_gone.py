"""A case whose holder disappears keeps its status where help is under way, and never its silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.model import Role, Status
from tests.support.world import open_world


@pytest.mark.parametrize("how", ["removed", "involved"])
@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.EMERGENCY, Status.DETAILED])
async def test_somebody_is_called_until_it_has_a_holder_again(tmp_path, how, status):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("chu", Role.LEADER, "20500", "telegram")
    for line in ("sos", "xã Đại Hiệp"):
        await world.says("minh", line)
    await world.presses("lan", "Tôi nhận", "telegram")
    async with world.app.kit.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
        await work.cases.save(replace(case, status=status, rev=case.rev + 1), case.rev)
        await work.timers.stop(f"case:{case.id}", "emergency")
    world.new("chu", "telegram")
    if how == "removed":
        await world.remove("lan")
    else:
        await world.says("lan", f"/vu {case.code}", "telegram")
        await _press_where_it_is(world, "Có liên quan")
        await world.says("lan", "là người nhà", "telegram")
    async with world.app.kit.store.reading("test") as work:
        after = await work.cases.get(case.id)
        assert await work.timers.armed(f"case:{case.id}")
    assert after.holder == ""
    assert after.status is (Status.RECEIVED if status is Status.ACKNOWLEDGED else status)
    assert world.new("chu", "telegram")
    await world.pass_time(timedelta(hours=3))
    assert len(world.new("chu", "telegram")) >= 3
    await world.app.close()


async def _press_where_it_is(world, label):
    """The act, on whichever page of the card it stands."""
    for _ in range(4):
        shown = reversed(world.channels["telegram"].accepted)
        _, out, _ = next(one for one in shown if one[1].choices)
        if label in [choice.label for choice in out.choices]:
            break
        await world.presses("lan", "Việc khác…", "telegram")
    await world.presses("lan", label, "telegram")


async def test_f41_a_note_after_many_reminders_starts_a_clock_that_goes_on(tmp_path):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    for line in ("sos", "xã Đại Hiệp"):
        await world.says("minh", line)
    for label in ("Tôi nhận", "Ghi việc đã làm", "Gọi điện", "Bỏ qua"):
        await world.presses("lan", label, "telegram")
    await world.pass_time(timedelta(hours=3))
    for label in ("Ghi việc đã làm", "Gọi điện", "Bỏ qua"):
        await world.presses("lan", label, "telegram")
    for _ in range(4):  # each half hour again, as if it were the first time
        world.new("lan", "telegram")
        await world.pass_time(timedelta(minutes=31))
        assert any("chưa có việc gì" in text for text in world.new("lan", "telegram"))
    await world.app.close()


async def test_f41_taken_then_nothing_is_received_again_and_calls_one_step_up(tmp_path):
    world = await open_world(tmp_path)
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, role, "20500", "telegram")
    for line in ("sos", "xã Đại Hiệp"):
        await world.says("minh", line)
    await world.presses("lan", "Tôi nhận", "telegram")
    for who in ("lan", "hoa", "chu"):
        world.new(who, "telegram")
    await world.pass_time(timedelta(minutes=31))
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        assert await work.timers.armed(f"case:{case.id}")
    assert (case.status, case.holder) == (Status.RECEIVED, "")
    called = {
        who: any("Cần người nhận lại" in text for text in world.new(who, "telegram"))
        for who in ("lan", "hoa", "chu")
    }
    assert called == {"lan": True, "hoa": True, "chu": False}
    await world.app.close()
