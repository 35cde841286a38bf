"""A role that ends takes everything with it in one commit, and what the person held is there for the leader."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from cases.duty import ShiftState
from cases.errors import Refused
from cases.model import Role
from handlers.access import case_for
from handlers.actions.manage_staff import remove
from handlers.actions.openings import ask, decide, draft
from handlers.actor import Actor
from storage import tables
from storage.store import StorageBusy
from tests.support.people import T, danger, does, everybody, put_leave, put_shift
from tests.support.pins import give_pin

OPEN_SHIFTS = (ShiftState.PLANNED, ShiftState.CONFIRMED, ShiftState.MISSED, ShiftState.STAYING)
WHY = "nhà trường gọi lên, cần xem ngay"


async def counted(work, table, *where):
    row = await work._tx.one(select(func.count().label("n")).select_from(table).where(*where))
    return row["n"]


async def what_is_left(world, name):
    """Everything that gives this person a right, a door or a duty; what each still is."""
    person, now = f"p-{name}", world.clock.now()
    sessions, contacts = tables.staff_sessions.c, tables.contacts.c
    async with world.app.kit.store.reading("test") as work:
        theirs = select(contacts.id).where(
            contacts.address_index.is_not(None), contacts.person_id == person
        )
        made, leaves = tables.invites.c, tables.leaves.c
        running = leaves.state.in_(("asked", "accepted"))
        return {
            "sessions": await counted(work, tables.staff_sessions, sessions.person_id == person,
                                      sessions.ended_at.is_(None)),
            "links": await counted(work, tables.login_links, tables.login_links.c.person_id == person),
            "paper links": await counted(
                work, tables.paper_links, tables.paper_links.c.person_id == person,
                tables.paper_links.c.expires_at > now, tables.paper_links.c.used_at.is_(None)),
            "pin": await counted(work, tables.pins, tables.pins.c.person_id == person),
            "openings": await counted(
                work, tables.openings, tables.openings.c.person_id == person,
                tables.openings.c.state.in_(("draft", "asked", "open"))),
            "addresses": len(await work.contacts.of_person(person)),
            "invites": await counted(work, tables.invites, made.made_by == person,
                                     made.used_at.is_(None), made.expires_at > now),
            "shifts": len(await work.shifts.of_person(person, *OPEN_SHIFTS)),
            "leaves": await counted(work, tables.leaves, leaves.person_id == person, running),
            "stands in": await counted(work, tables.leaves, leaves.substitute_id == person, running),
            "waiting": await counted(
                work, tables.outbox, tables.outbox.c.state == "waiting", tables.outbox.c.op == "say",
                tables.outbox.c.contact_id.in_(theirs)),
            "holds": len([one for one in await work.cases.open_cases() if one.holder == person]),
        }  # fmt: skip


@pytest.fixture
async def code(world):
    """lan holds a case, has its card, a session, a PIN, an invitation, a shift, stands in, broke a glass."""
    await everybody(world)
    await world.staff("na", Role.OFFICER, "20515", T)
    await world.staff("nam", Role.LEADER, "20515", T)
    code = await danger(world)
    await does(world, "lan", "Tôi nhận", "> /moi", "> Phú Mỹ", "> Hải", "> /web")
    await put_shift(world, "lan", 5, 8)
    await put_leave(world, "hoa", "lan")
    await put_leave(world, "lan", "chu", start=48)
    async with world.app.kit.store.transaction("test") as work:
        await give_pin(work, "p-lan")
        session = {"hash": "s", "person_id": "p-lan", "made_at": work.now, "seen_at": work.now}
        await work._tx.run(insert(tables.staff_sessions).values(contact_id="", csrf="", **session))
        paper = {"hash": "p", "person_id": "p-lan", "case_id": "c", "paper": "01-0",
                 "made_at": work.now, "expires_at": work.now + timedelta(minutes=15)}  # fmt: skip
        await work._tx.run(insert(tables.paper_links).values(**paper))
        actor = Actor(work, world.app.kit, person=await work.people.get("p-lan"), name="p-lan")
        await ask(actor, (await draft(actor, "2222-2222", WHY)).id)
    return code


async def test_sessions_links_pin_invitations_shifts_leave_and_cards_end_in_one_commit(world, code):
    before = await what_is_left(world, "lan")
    assert not [one for one in before if not before[one] and one != "waiting"], before
    commits = []
    commit = world.app.kit.store.commit

    async def counting(name, connection):
        commits.append(name)
        await commit(name, connection)

    async with world.app.kit.store.transaction("test") as work:
        world.app.kit.store.commit = counting
        actor = Actor(work, world.app.kit, name="operator")
        await remove(actor, await work.people.get("p-lan"))
    world.app.kit.store.commit = commit
    assert commits == ["test"]
    left = await what_is_left(world, "lan")
    assert {name: n for name, n in left.items() if n} == {}
    await world.settle()
    edits = [out.text for to, out, _ in world.channels[T].accepted
             if to.user == "lan" and out.op == "edit"]  # fmt: skip
    assert "Đang nguy hiểm" not in edits[-1]
    await does(world, "chu", "> /viec")
    assert f"{code} · KHẨN CẤP · Mới tiếp nhận · chưa ai nhận" in world.texts("chu", T)[-1]
    assert any(f"Việc mới {code}" in text for text in world.texts("hoa", T))  # and it goes on


async def test_a_removal_that_cannot_commit_ends_nothing(world, code):
    before = await what_is_left(world, "lan")
    commit = world.app.kit.store.commit

    async def refuse(name, connection):
        raise StorageBusy(name)

    world.app.kit.store.commit = refuse
    with pytest.raises(StorageBusy):
        await world.remove("lan")
    world.app.kit.store.commit = commit
    assert await what_is_left(world, "lan") == before


async def test_the_gate_the_chat_and_every_old_button_are_shut_at_once(world, code):
    await world.remove("lan")
    said = len(world.texts("lan", T))
    await does(world, "lan", f"> /vu {code}", "> /viec", "> /web")
    told = "\n".join(world.texts("lan", T)[said:])
    assert code not in told and "dashboard#" not in told
    async with world.app.kit.store.transaction("test") as work:
        with pytest.raises(Refused):
            await case_for(work, await work.people.get("p-lan"), code)
    await does(world, "lan", "Bắt đầu xác minh")
    async with world.app.kit.store.reading("test") as work:
        assert (await work.cases.by_code(code)).status == "received"


async def test_what_was_opened_for_them_in_need_is_shut_and_what_they_agreed_to_stays(world, code):
    async with world.app.kit.store.transaction("test") as work:
        actor = Actor(work, world.app.kit, person=await work.people.get("p-na"), name="p-na")
        one = await draft(actor, code, WHY)
        await ask(actor, one.id)
    async with world.app.kit.store.transaction("test") as work:
        chu = Actor(work, world.app.kit, person=await work.people.get("p-chu"), name="p-chu")
        await decide(chu, one.id, agreed=True)
    await world.remove("chu")
    async with world.app.kit.store.transaction("test") as work:
        assert await case_for(work, await work.people.get("p-na"), code)
    await world.remove("na")
    async with world.app.kit.store.transaction("test") as work:
        with pytest.raises(Refused):
            await case_for(work, await work.people.get("p-na"), code)
