"""A backup, an hour of work, the loss of the database: nothing is lost, and every repeat says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Edges, open_app
from bot.chance import FixedChance
from bot.channels.memory import ABILITIES, Memory
from bot.commands.setup import make_invitation
from bot.restoring import NotRestored, Source, restore
from cases.codes import digest
from cases.model import Role, Status
from handlers.actions.keep_calendar import decide_day
from handlers.actions.keep_settings import Change, set_amounts
from handlers.actions.manage_staff import remove
from handlers.actor import Actor
from storage import backup
from storage.erasure import erase_case
from storage.keys import KeysUnusable
from storage.records.people import Invite
from storage.register import Register
from tests.support import database
from tests.support.world import open_world

MARK = "🔁 Gửi lại"
T = "telegram"


@pytest.fixture
async def world(tmp_path):
    """An officer and a leader, both on Telegram."""
    made = await open_world(tmp_path)
    await made.staff("lan", Role.OFFICER, "20500", T)
    await made.staff("hoa", Role.LEADER, "20500", T)
    yield made
    await made.app.close()


def copied(world):
    """A backup as of now."""
    file = world.app.config.key_file.parent / "b"
    return backup.write(
        world.app.config.database_url, world.app.kit.store._keys, world.clock.now(), file
    )


async def loses_its_disk(world, folder, elsewhere=""):
    """The database is gone; backup, keys and journal lay elsewhere. The program goes on from them."""
    await world.app.close()
    config = world.app.config.model_copy(
        update={"database_url": elsewhere or database.empty(folder, "new.db")}
    )
    channels = {name: Memory(name) for name in ABILITIES}
    edges = Edges(world.clock, FixedChance("another run"), [*channels.values()])
    source = Source(config.key_file.parent / "b", config.journal_dir)
    done = await restore(config, source, edges)
    world.app = await open_app(config, edges)
    world.channels, world.heard = channels, {}
    return done


async def everything(world):
    """What must come out the same: cases with their history and clocks, talks, buttons."""
    async with world.app.kit.store.reading("test") as work:
        cases = sorted(await work.cases.all_cases(), key=lambda one: one.code)
        return {
            case.code: (
                case,
                [(one.key, one.act, one.actor, one.at, one.body) for one in await work.cases.events(case.id)],
                [
                    (one.kind, one.step, one.slot, one.due_at)
                    for one in await work.timers.armed(f"case:{case.id}")
                    if one.kind != "hop"  # whether they looked, only a channel tells
                ],
                await work.cases.reporters(case.id),
            )
            for case in cases
        }  # fmt: skip


async def an_hour(world):
    """Reports by words and by buttons, one taken, one that alarms again, an answer under way."""
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    await world.pass_time(timedelta(minutes=20))
    await world.presses("lan", "Tôi nhận", T)
    await world.says("mai", "chào")
    await world.presses("mai", "Có, ngay bây giờ")
    await world.says("mai", "xã Đại Hiệp")
    await world.pass_time(timedelta(minutes=35))  # nobody takes it: it goes up the chain
    await world.says("nam", "chào")
    await world.presses("nam", "Không")
    await world.pass_time(timedelta(minutes=5))


async def test_f23_an_hour_after_the_backup_comes_back_with_the_same_codes_and_times(
    world, tmp_path
):
    await world.says("binh", "sos")
    await world.says("binh", "xã Đại Hiệp")
    copied(world)
    await an_hour(world)
    before = await everything(world)
    done = await loses_its_disk(world, tmp_path)
    assert await everything(world) == before
    assert len(before) == 3
    assert done.replayed == 8
    assert done.restored_at - done.backup_at >= timedelta(hours=1)


async def test_f23_the_other_kind_of_database_takes_the_copy_and_the_work_goes_on(
    world, tmp_path, databases
):
    """From a file to a server or, where the run is on PostgreSQL, the other way round."""
    copied(world)
    await an_hour(world)
    before = await everything(world)
    file = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    await loses_its_disk(world, tmp_path, file if database.server else databases.fresh())
    assert await everything(world) == before
    await world.says("binh", "sos")
    await world.says("binh", "xã Đại Hiệp")
    async with world.app.kit.store.reading("test") as work:
        assert len(await work.cases.all_cases()) == len(before) + 1
        assert await work.audit.verify() == []


async def test_f23_whatever_may_have_left_in_the_gap_says_so_and_what_left_before_is_not_repeated(
    world, tmp_path
):
    await world.says("binh", "sos")
    await world.says("binh", "xã Đại Hiệp")
    await world.settle()
    copied(world)
    told = {who: len(world.texts(who, T)) for who in ("lan", "hoa")}
    await an_hour(world)
    first = {who: world.texts(who, T)[told[who] :] for who in ("lan", "hoa")}
    await loses_its_disk(world, tmp_path)
    await world.settle()
    for who, texts in first.items():
        new = [out for to, out, _ in world.channels[T].accepted if to.user == who]
        again = [out.text for out in new if out.op != "edit"]  # what changes a card doubles nothing
        assert again
        assert all(text.startswith(MARK) for text in again), again
        assert {text.removeprefix(f"{MARK}. ") for text in again} <= set(texts)
    await world.says("kim", "chào")
    assert not world.texts("kim")[-1].startswith(MARK)


async def test_f23_an_old_button_of_the_gap_still_means_what_it_said(world, tmp_path):
    copied(world)
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    out, choice = world.button("lan", "Tôi nhận", T)
    await loses_its_disk(world, tmp_path)
    await world.settle()
    message = world.message("lan", T, "choice", prompt=out.prompt, option=choice.option)
    await world.hears(message)
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    assert case.holder == "p-lan"


async def test_f23_sessions_links_and_unused_invitations_are_void(world, tmp_path):
    async with world.app.kit.store.transaction("test") as work:
        await work.sign_in.make_link("unspent", "p-lan", "c")
        await work.sign_in.open_session("open", "csrf", "p-lan", "c")
    copied(world)
    await loses_its_disk(world, tmp_path)
    async with world.app.kit.store.transaction("test") as work:
        assert await work.sign_in.spend("unspent") is None
        assert await work.sign_in.session("open") is None
        assert (await work.restores.newest()).backup == "b"
        assert await work.audit.verify() == []


async def test_a_place_that_is_not_empty_is_left_alone(world, tmp_path):
    copied(world)
    source = Source(tmp_path / "b", tmp_path / "journal")
    before = await everything(world)
    with pytest.raises(NotRestored, match=r"move it away first|restored into an empty one"):
        await restore(world.app.config, source, Edges(world.clock, world.chance, []))
    assert await everything(world) == before


async def test_without_the_key_file_nothing_begins_and_no_new_key_is_made(world, tmp_path):
    copied(world)
    config = world.app.config.model_copy(update={
        "database_url": database.empty(tmp_path, "new.db"), "key_file": tmp_path / "gone.json",
    })  # fmt: skip
    with pytest.raises(KeysUnusable, match="put it back from its copy"):
        await restore(config, Source(tmp_path / "b", tmp_path / "journal"), Edges(world.clock))
    assert not (tmp_path / "gone.json").exists()
    assert database.untouched(tmp_path, "new.db")


async def test_f23_what_was_erased_in_the_gap_stays_erased_though_the_journal_has_it(
    world, tmp_path
):
    copied(world)
    await world.says("minh", "sos")
    await world.says("minh", "Bống bị nhốt ở xã Đại Hiệp")
    await world.pass_time(timedelta(minutes=1))
    async with world.app.kit.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
        closed = replace(case, status=Status.CLOSED, closed_at=work.now, rev=case.rev + 1)
        await work.cases.save(closed, case.rev)
        await work.timers.stop(f"case:{case.id}")
        await erase_case(work, Register(tmp_path / "journal"), case.id, "asked")
    # With the copies, too: the journal's own register is lost here.
    Register(tmp_path / "journal").path.rename(Register(tmp_path).path)
    await loses_its_disk(world, tmp_path)
    await world.settle()
    async with world.app.kit.store.reading("test") as work:
        (again,) = await work.cases.all_cases()
        assert (again.id, again.code) == (case.id, case.code)
        assert await work.cases.events(case.id) == []
    assert [row.raw for row in await incoming(world) if b"nh\\u1ed1t" in row.raw] == []
    assert not any("Bống" in out.text for _, out, _ in world.channels[T].accepted)


async def incoming(world):
    async with world.app.kit.store.reading("test") as work:
        return await work.inbox.since(world.clock.now() - timedelta(days=2))


async def test_f23_acts_of_the_command_line_and_of_pages_are_done_again(world, tmp_path):
    """An invitation made and used, a setting, a day off, a village, somebody removed, a page that left."""
    store = world.app.kit.store
    used = await make_invitation(store, Invite(Role.DEPUTY, "20500", (), "Mai"))
    copied(world)
    made = await make_invitation(store, Invite(Role.COLLABORATOR, "20500", ("Phú Mỹ",), "Tám"))
    unused = await make_invitation(store, Invite(Role.POLICE, "20500", (), "Vũ"))
    await world.hears(world.message("mai", T, "text", text=f"#{used.code}"))
    await world.hears(world.message("tam", T, "text", text=f"#{made.code}"))
    async with store.transaction("test") as work:
        by = await work.people.get("p-hoa")
        actor = Actor(work, world.app.kit, person=by, name=by.id)
        await set_amounts(actor, Change("20500", "confirm", 0), {"urgent": "5"})
        await decide_day(work, by.id, "2026-12-24", "off", "Nghỉ bù")
        session = await work.webchat.open_session("token", "vi")
        await work.inbox.redo(
            "thread", {"session": session, "token": digest("token"), "lang": "vi"}
        )
    async with store.transaction("test") as work:
        person = await work.people.get("p-lan")
        await remove(Actor(work, world.app.kit, name="operator"), person)
        await work.inbox.redo("remove", {"person": person.id})
    before = await desk(world)
    await loses_its_disk(world, tmp_path)
    after = await desk(world)
    assert after == before
    assert {("deputy", "Mai", True), ("collaborator", "Tám", True), ("officer", "lan", False)} <= {
        (one.role.value, one.name, one.active) for one in after["people"]
    }
    async with world.app.kit.store.transaction("test") as work:
        assert await work.invites.use(unused.code) is None


async def desk(world):
    async with world.app.kit.store.reading("test") as work:
        return {
            "people": sorted(await work.people.everybody(), key=lambda one: one.id),
            "settings": [(one.commune, one.name, one.value) for one in await work.settings.decided()],
            "days": [(one.day, one.worked, one.name) for one in await work.calendar.changes()],
            "thread": await work.webchat.session("token"),
        }  # fmt: skip
