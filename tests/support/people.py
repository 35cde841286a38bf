"""A commune with its people, and what they ask of each other, for the tests about duty and leave."""

from datetime import timedelta

from cases.duty import Leave, LeaveState, Shift
from cases.model import Role

CAST = {
    "lan": Role.OFFICER, "hoa": Role.DEPUTY, "chu": Role.LEADER, "cong": Role.POLICE,
    "tam": Role.SUPERVISOR, "ad": Role.ADMIN,
}  # fmt: skip
T = "telegram"


async def everybody(world, *but):
    for name, role in CAST.items():
        if name not in but:
            commune = "" if role in (Role.SUPERVISOR, Role.ADMIN) else "20500"
            await world.staff(name, role, commune, T)


async def does(world, who, *labels, channel=T):
    """Presses each of these, or writes it where it begins with `> `."""
    for label in labels:
        if label.startswith("> "):
            await world.says(who, label[2:], channel)
        else:
            await world.presses(who, label, channel)


async def danger(world, where="xã Đại Hiệp"):
    """An urgent report; its code."""
    await world.says("minh", "sos")
    await world.says("minh", where)
    async with world.app.kit.store.reading("test") as work:
        return (await work.cases.all_cases())[-1].code


async def put_leave(world, who, substitute, *, start=0, days=2, state=LeaveState.ACCEPTED):
    """A row as it stands after a restore or a fault: nobody asked whether it may be."""
    async with world.app.kit.store.transaction("test") as work:
        begins = work.now + timedelta(hours=start)
        leave = Leave(
            f"{who}-{substitute}", f"p-{who}", f"p-{substitute}", begins,
            begins + timedelta(days=days), state,
        )  # fmt: skip
        await work.leaves.add(leave)
    return leave


async def put_shift(world, who, start, hours):
    """A shift as it was planned, without its clocks."""
    async with world.app.kit.store.transaction("test") as work:
        begins = work.now + timedelta(hours=start)
        shift = Shift(
            f"s-{who}-{start}", f"p-{who}", "20500", begins, begins + timedelta(hours=hours)
        )
        await work.shifts.add(shift)
    return shift


async def person(world, name):
    async with world.app.kit.store.reading("test") as work:
        return await work.people.get(f"p-{name}")
