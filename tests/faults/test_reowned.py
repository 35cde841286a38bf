"""F39: the hamlet of a case changes hands while somebody is asked to visit there: nothing falls between two."""

import pytest

from cases.model import Role
from handlers.actions.keep_roster import PersonEdit, edit_person, print_of
from handlers.actor import Actor
from tests.support.people import T, danger
from tests.support.world import open_world

HAMLET = "thôn Mỹ An"


@pytest.fixture
async def world(tmp_path):
    """Mai looks after the hamlet; Ba will."""
    made = await open_world(tmp_path)
    await made.staff("lan", Role.OFFICER, "20500", T)
    await made.staff("chu", Role.LEADER, "20500", T)
    await made.staff("mai", Role.COLLABORATOR, "20500", T, villages=(HAMLET,))
    await made.staff("ba", Role.COLLABORATOR, "20500", T, villages=("thôn Phú Lộc",))
    yield made
    await made.app.close()


async def _visit_asked(world):
    await danger(world, f"{HAMLET}, xã Đại Hiệp")
    for label in ("Tôi nhận", "Việc khác…", "Nhờ cộng tác viên"):
        await world.presses("lan", label, T)


async def _owned_by(world, name, *villages):
    async with world.app.kit.store.transaction("test") as work:
        chu, person = await work.people.get("p-chu"), await work.people.get(f"p-{name}")
        actor = Actor(work, world.app.kit, person=chu, name="p-chu")
        await edit_person(actor, PersonEdit(person.id, print_of(person), person.name, villages))
    await world.settle()


async def _hands_over(world):
    await _owned_by(world, "mai")
    await _owned_by(world, "ba", HAMLET)


async def _ahead(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return {one.kind for one in await work.timers.armed(f"case:{case.id}")}


async def _mai_is_asked(world):
    await _visit_asked(world)
    await world.presses("lan", f"mai · {HAMLET}", T)
    await world.says("lan", "xem bé có một mình không", T)
    assert "có việc cần kiểm tra" in world.texts("mai", T)[-1]


async def test_f39_whoever_was_asked_still_goes_when_the_hamlet_has_changed_hands(world):
    await _mai_is_asked(world)
    before = await _ahead(world)
    await _hands_over(world)
    assert await _ahead(world) == before
    assert world.texts("ba", T) == []
    await world.presses("mai", "Nhận", T)
    assert world.texts("mai", T)[-1].startswith("Việc cần kiểm tra")
    assert await _ahead(world) >= {"emergency", "plan", "visit_done:1"}


async def test_f39_whoever_cannot_go_is_followed_by_the_new_owner(world):
    await _mai_is_asked(world)
    await _hands_over(world)
    await world.presses("mai", "Bận", T)
    await world.presses("mai", "Đang bận", T)
    assert "có việc cần kiểm tra" in world.texts("ba", T)[-1]
    assert await _ahead(world) >= {"emergency", "plan", "visit:2"}


async def test_f39_nobody_is_silently_asked_where_the_new_owner_is_nobody(world):
    """The visit is not passed on by itself; whoever has the case hears it and the case keeps its clocks."""
    await _mai_is_asked(world)
    await _owned_by(world, "mai")
    await world.presses("mai", "Bận", T)
    await world.presses("mai", "Đang bận", T)
    assert world.texts("ba", T) == []
    assert any("xem ai đi thay" in text for text in world.texts("lan", T)[-3:])
    assert await _ahead(world) >= {"emergency", "plan", "idle"}


async def test_f39_the_next_visit_asks_the_new_owner_first(world):
    await _hands_over(world)
    await _visit_asked(world)
    said = [out for to, out, _ in world.channels[T].accepted if to.user == "lan"]
    labels = [one.label for one in said[-1].choices]
    assert labels.index(f"ba · {HAMLET}") < labels.index("mai")
