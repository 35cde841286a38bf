"""One press, one reason, one line in the audit: who may open what of a case, and what they get."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from cases.errors import Refused
from cases.messages import MediaRef
from cases.model import Role
from cases.quarantine import SHOW, TAKE
from handlers.casework.attachments import Wish, contents, files_of, open_file
from notifications.channel import Fetched
from storage import tables
from storage.erasure import erase_case, finish_erasure
from storage.keys import Unreadable
from storage.records.file_parts import ORIGINAL, VIEW
from storage.records.openings import OPEN, Opening
from storage.register import Register
from tests.support import database
from tests.support.make_media import CANARY
from tests.support.world import SHELF

WHO, WHY = "minh", "xem nơi cháu đang ở"
STAFF = {
    "lan": (Role.OFFICER, "20500"), "hoa": (Role.DEPUTY, "20500"), "chu": (Role.LEADER, "20500"),
    "cong": (Role.POLICE, "20500"), "tam": (Role.SUPERVISOR, ""), "ad": (Role.ADMIN, ""),
    "xa": (Role.OFFICER, "20506"), "thon": (Role.COLLABORATOR, "20500"),
}  # fmt: skip
KINDS = {"nha.jpg": "image", "tieng.ogg": "voice", "phim.mp4": "video", "don.pdf": "file"}


@pytest.fixture
async def told(world):
    """A case that Lan holds, with a picture, a voice note, a video and a paper."""
    for name, (role, commune) in STAFF.items():
        await world.staff(name, role, commune, "telegram")
    await world.reporter(WHO, "telegram", "vi")
    await world.says(WHO, "sos", "telegram")
    await world.says(WHO, "xã Đại Hiệp", "telegram")
    await world.presses("lan", "Tôi nhận", "telegram")
    for name in KINDS:
        await sends(world, name)
    return world


async def sends(world, name):
    ref = MediaRef(KINDS.get(name, "image"), name, f"u-{name}")
    await world.hears(world.message(WHO, "telegram", "media", media=(ref,)))


async def case_of(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    return case


async def listed(world, who):
    case = await case_of(world)
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        try:
            return {one.kind: one for one in await files_of(work, person, case.id)}
        except Refused as no:
            return no.key


async def opens(world, who, kind, what=VIEW, reason=WHY, *, take=False):
    """The bytes, or why not; caught where the pages catch it, inside the transaction."""
    case = await case_of(world)
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{who}")
        (row,) = [one for one in await work.files.of_case(case.id) if one.kind == kind]
        try:
            opened = await open_file(work, person, case.id, Wish(row.id, what, reason, take))
        except Refused as no:
            return no.key
    return b"".join([piece async for piece in contents(world.app.kit.store, opened)])


async def audited(world, act):
    path = world.app.config.database_url
    with database.owner(path) as reader:
        found = reader.execute("SELECT actor FROM audit WHERE act = ? ORDER BY n", (act,))
        actors = [actor.removeprefix("p-") for (actor,) in found.fetchall()]
    reader.close()
    return actors


async def renamed(world, kind, who="chu"):
    """Somebody sets the kind of the case."""
    from cases.lifecycle import Act
    from handlers.actions.work_case import work_case
    from handlers.actor import Actor

    case = await case_of(world)
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get("p-lan")
        actor = Actor(work, world.app.kit, person=person, name=person.id)
        await work_case(actor, case, Act.SET_KIND, {"kind": kind})


async def test_a_picture_is_opened_as_its_view_and_the_reading_is_logged_before_a_byte(told):
    view = await opens(told, "lan", "image")
    assert view.startswith(b"\xff\xd8\xff")
    assert CANARY.encode() not in view
    assert await audited(told, "file_opened") == ["lan"]


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
@pytest.mark.parametrize("kind", ["image", "video"])
async def test_nothing_that_can_show_a_child_is_opened_without_a_reason(told, kind, reason):
    what = VIEW if kind == "image" else ORIGINAL
    assert await opens(told, "lan", kind, what, reason) == "media.reason"
    assert await audited(told, "file_opened") == []
    assert await audited(told, "file_refused") == ["lan"]


@pytest.mark.parametrize("kind", ["voice", "file"])
async def test_a_voice_note_and_a_paper_need_no_reason_and_are_logged_all_the_same(told, kind):
    name = next(name for name, one in KINDS.items() if one == kind)
    assert await opens(told, "hoa", kind, ORIGINAL, "") == (SHELF / name).read_bytes()
    assert await audited(told, "file_opened") == ["hoa"]


@pytest.mark.parametrize("who", ["lan", "hoa", "chu"])
async def test_whoever_may_see_the_case_may_see_its_picture(told, who):
    assert isinstance(await opens(told, who, "image"), bytes)


@pytest.mark.parametrize("who", ["cong", "tam", "ad", "xa", "thon"])
@pytest.mark.parametrize("kind", KINDS.values())
async def test_whoever_may_not_see_the_case_hears_the_same_as_for_no_case(told, who, kind):
    assert await listed(told, who) == "error.not_found"
    assert await opens(told, who, kind, ORIGINAL) == "error.not_found"
    assert await audited(told, "file_opened") == []
    assert set(await audited(told, "refused")) == {who}


async def test_a_picture_as_it_came_is_for_the_holder_and_the_leader(told):
    whole = (SHELF / "nha.jpg").read_bytes()
    assert await opens(told, "lan", "image", ORIGINAL) == whole
    assert await opens(told, "chu", "image", ORIGINAL) == whole
    assert await opens(told, "hoa", "image", ORIGINAL) == "media.not_shown"
    assert (await listed(told, "hoa"))["image"].can == (SHOW,)
    assert (await listed(told, "lan"))["image"].can == (SHOW, TAKE)


async def test_a_list_says_what_is_there_and_shows_nothing_of_it(told):
    found = await listed(told, "hoa")
    assert {kind: one.needs_reason for kind, one in found.items()} == {
        "image": True, "voice": False, "video": True, "file": False
    }  # fmt: skip
    assert all(one.state == "kept" and len(one.sha256) == 64 for one in found.values())
    assert not any(one.locked for one in found.values())


@pytest.mark.parametrize("kind", ["sexual_abuse", "online_abuse"])
async def test_a_case_that_may_be_one_of_sexual_abuse_has_no_copy_of_its_pictures(told, kind):
    (row,) = [one for one in await _rows(told) if one.kind == "image"]
    assert await _pieces(told, row, VIEW)
    await renamed(told, kind)
    assert not await _pieces(told, row, VIEW)
    assert await _pieces(told, row, ORIGINAL)
    assert (await listed(told, "hoa"))["image"].locked
    await sends(told, "a.jpg")
    assert not await _pieces(told, (await _rows(told))[-1], VIEW)


async def test_a_locked_picture_opens_for_holder_and_leader_with_a_reason_and_leaves_no_copy(told):
    await renamed(told, "sexual_abuse")
    for who in ("lan", "chu"):
        assert await opens(told, who, "image", reason="") == "media.reason"
        view = await opens(told, who, "image")
        assert view.startswith(b"\xff\xd8\xff")
        assert CANARY.encode() not in view
    assert await opens(told, "hoa", "image") == "media.locked"
    assert await opens(told, "hoa", "video", ORIGINAL) == "media.locked"
    assert isinstance(await opens(told, "hoa", "voice", ORIGINAL), bytes)
    (row,) = [one for one in await _rows(told) if one.kind == "image"]
    assert not await _pieces(told, row, VIEW)
    assert await audited(told, "file_opened") == ["lan", "chu", "hoa"]


async def test_a_locked_picture_or_film_as_it_came_is_for_nobody_while_no_police_know(told):
    await renamed(told, "sexual_abuse")
    for who in ("lan", "chu", "hoa"):
        for kind in ("image", "video"):
            assert await opens(told, who, kind, ORIGINAL, take=True) == "media.for_police"
    assert isinstance(await opens(told, "lan", "video", ORIGINAL), bytes)  # played in the page
    assert await audited(told, "file_handed") == []


@pytest.mark.parametrize(
    "words",
    ["chau bi ho quay clip sex roi doa dang len mang", "ông ấy sờ vào chỗ kín của cháu"],
)
async def test_words_that_tell_of_abuse_lock_what_was_sent_before_and_after(told, words):
    (row,) = [one for one in await _rows(told) if one.kind == "image"]
    assert await _pieces(told, row, VIEW)
    await told.says(WHO, words, "telegram")
    assert not await _pieces(told, row, VIEW)
    assert (await listed(told, "hoa"))["image"].locked
    await sends(told, "a.jpg")
    assert not await _pieces(told, (await _rows(told))[-1], VIEW)
    await renamed(told, "bullying")  # a person has looked
    assert not (await listed(told, "hoa"))["image"].locked


async def test_words_after_the_receipt_lock_what_was_sent_too(told):
    await told.says(WHO, "hủy", "telegram")
    (row,) = [one for one in await _rows(told) if one.kind == "image"]
    await told.says(WHO, "ông ấy sờ vào chỗ kín của cháu", "telegram")
    assert not await _pieces(told, row, VIEW)


async def test_words_of_a_talk_lock_a_picture_before_there_is_a_case(world):
    await world.reporter(WHO, "telegram", "vi")
    await world.says(WHO, "có người xin ảnh của cháu, dọa đăng ảnh", "telegram")
    await sends(world, "nha.jpg")
    (row,) = await _unfiled(world)
    assert row.state == "kept"
    assert not await _pieces(world, row, VIEW)


async def test_of_a_case_that_was_opened_in_need_pictures_are_looked_at_and_none_is_taken_along(
    told,
):
    case = await case_of(told)
    async with told.app.kit.store.transaction("test") as work:
        until = work.now + timedelta(hours=4)
        one = Opening("o1", case.id, "p-tam", OPEN, case.code, WHY, work.now, until)
        await work.openings.add(one)
    assert isinstance(await opens(told, "tam", "image"), bytes)
    assert await opens(told, "tam", "image", ORIGINAL) == "media.not_shown"
    assert await opens(told, "tam", "file", ORIGINAL) == "media.not_shown"
    await renamed(told, "sexual_abuse")
    assert await opens(told, "tam", "image") == "media.locked"
    assert await audited(told, "file_handed") == []


async def test_what_was_shut_dies_with_its_key_when_the_case_is_erased(told):
    case = await case_of(told)
    (row,) = [one for one in await _rows(told) if one.kind == "image"]
    path = told.app.config.database_url
    async with told.app.kit.store.transaction("test") as work:
        await work.files.shut(row.id, shut=True)
        await work._tx.run(update(tables.cases).values(status="closed", closed_at=work.now))
    with database.owner(path) as reader:
        (kept,) = reader.execute(
            "SELECT body FROM file_parts WHERE what = 'orig' AND file_id = ?", (row.id,)
        ).fetchone()
    reader.close()
    store, register = told.app.kit.store, Register(told.app.config.journal_dir)
    async with store.transaction("erase") as work:
        await erase_case(work, register, case.id, "asked")
    await finish_erasure(store)
    async with store.transaction("test") as work:
        assert await work.files.get(row.id) is None
        assert await work.file_parts.count(row.id, ORIGINAL) == 0
        # Whoever has an old copy of the bytes has no key any more.
        with pytest.raises(Unreadable):
            await work._tx.open(f"file:{row.id}", f"file_parts|body|{row.id}:orig:0:last", kept)


async def test_a_film_plays_without_the_place_where_it_was_made(told):
    from tests.support.make_media import film_from

    path = told.app.config.database_url
    with database.owner(path) as owner:
        owner.execute("DELETE FROM file_parts")
        owner.execute("DELETE FROM files")
    owner.close()
    told.channels["telegram"].losses.append(Fetched(film_from(CANARY)))
    await sends(told, "phim.mp4")
    shown = await opens(told, "hoa", "video", ORIGINAL)
    assert CANARY.encode() not in shown
    assert len(shown) == len(film_from(CANARY))
    assert await opens(told, "lan", "video", ORIGINAL, take=True) == film_from(CANARY)
    assert await opens(told, "hoa", "video", ORIGINAL, take=True) == "media.not_shown"


async def test_a_case_that_turned_out_to_be_another_shows_its_pictures_again(told):
    await renamed(told, "sexual_abuse")
    await renamed(told, "bullying")
    assert isinstance(await opens(told, "hoa", "image"), bytes)


async def test_the_group_alone_locks_where_the_reporter_said_no_more(told):
    await told.presses(WHO, "Bị đụng chạm, gạ gẫm", "telegram")
    assert (await case_of(told)).kind == "other"
    assert (await listed(told, "lan"))["image"].locked


async def test_pictures_from_before_the_case_are_locked_with_it(world):
    await world.reporter(WHO, "telegram", "vi")
    await sends(world, "nha.jpg")
    await world.presses(WHO, "Không", "telegram")
    (row,) = await _unfiled(world)
    assert await _pieces(world, row, VIEW)
    await world.presses(WHO, "Bị đụng chạm, gạ gẫm", "telegram")
    await world.presses(WHO, "Xâm hại tình dục", "telegram")
    assert await case_of(world)
    assert not await _pieces(world, row, VIEW)


async def test_what_cannot_be_shown_is_said_to_be_so_and_its_original_is_there(told):
    path = told.app.config.database_url
    with database.owner(path) as owner:
        owner.execute("DELETE FROM file_parts")
        owner.execute("DELETE FROM files")
    owner.close()
    await sends(told, "bom.png")
    assert (await listed(told, "lan"))["image"].can == (TAKE,)
    assert await opens(told, "lan", "image") == "media.not_shown"
    assert await opens(told, "lan", "image", ORIGINAL) == (SHELF / "bom.png").read_bytes()


async def test_a_locked_bomb_is_refused_when_it_is_opened(told):
    await renamed(told, "sexual_abuse")
    path = told.app.config.database_url
    with database.owner(path) as owner:
        owner.execute("DELETE FROM file_parts")
        owner.execute("DELETE FROM files")
    owner.close()
    await sends(told, "bom.png")
    with pytest.raises(Refused) as no:
        await opens(told, "lan", "image")
    assert no.value.key == "media.not_shown"


async def test_a_file_that_is_not_here_yet_is_not_opened(told):
    from notifications.channel import Later

    told.channels["telegram"].losses += [Later("unreachable")] * 50
    path = told.app.config.database_url
    with database.owner(path) as owner:
        owner.execute("DELETE FROM files")
    owner.close()
    await sends(told, "b.jpg")
    assert (await listed(told, "lan"))["image"].can == ()
    assert await opens(told, "lan", "image") == "media.not_here"


async def test_a_file_of_another_case_is_not_there(told):
    (row, *_) = await _rows(told)
    await told.reporter("hai", "telegram", "vi")
    await told.says("hai", "sos", "telegram")
    await told.says("hai", "xã Thượng Đức", "telegram")
    async with told.app.kit.store.transaction("test") as work:
        person = await work.people.get("p-xa")
        for wish in (Wish(row.id, VIEW, WHY), Wish("-", VIEW, WHY)):
            theirs = [one for one in await work.cases.all_cases() if one.commune == "20506"]
            with pytest.raises(Refused) as no:
                await open_file(work, person, theirs[0].id, wish)
            assert no.value.key == "error.not_found"


@pytest.mark.parametrize("what", ["", "raw", "../orig", "orig"])
async def test_nothing_else_can_be_asked_for(told, what):
    got = await opens(told, "hoa", "image", what)
    assert got == "media.not_shown"


async def test_the_reason_is_sealed_with_the_audit(told, tmp_path):
    await opens(told, "lan", "image", reason="bí mật Canary")
    assert b"Canary" not in database.whole(tmp_path / "annhi.db")


async def _rows(world):
    case = await case_of(world)
    async with world.app.kit.store.reading("test") as work:
        return await work.files.of_case(case.id)


async def _unfiled(world):
    async with world.app.kit.store.reading("test") as work:
        contact = await work.contacts.by_address("telegram", "site", WHO)
        (talk,) = await work.talks.of_contact(contact.id)
        return await work.files.of_owner(talk.id)


async def _pieces(world, row, what):
    async with world.app.kit.store.reading("test") as work:
        return await work.file_parts.count(row.id, what)
