"""Cases that were joined are one matter: what locks the pictures of one locks those of all (ADR 43)."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from cases.errors import Refused
from cases.lifecycle import Act
from cases.messages import MediaRef
from cases.model import Role
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.casework.attachments import Wish, files_of, open_file
from handlers.casework.locking import suspected
from handlers.casework.shut_files import shut_file
from storage.erasure import erase_case
from storage.records.file_parts import VIEW
from storage.register import Register
from tests.support.make_media import CANARY

TELLS = "no doa dang anh nong cua chau len mang"
MILD = "chau hay bi bo doi mot minh"
SHORTEST = ("Gửi luôn", "Lúc nào cũng được", "Bỏ qua", "Không")
PICTURES = {"minh": "nha.jpg", "thu": "b.jpg"}


@pytest.fixture
async def two(world):
    """Two cases that Lan holds, of Minh and of Thu, with a picture each; Hoa stands in."""
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await world.staff(name, role, "20500", "telegram")
    for name in PICTURES:
        await world.reporter(name, "telegram", "vi")
        await world.says(name, "sos", "telegram")
        await world.says(name, "xã Đại Hiệp", "telegram")
        await world.presses("lan", "Tôi nhận", "telegram")
        await ends(world, name)
        await world.pass_time(timedelta(minutes=1))
        await sends(world, name)
    return world


async def ends(world, who):
    """Nothing more is told than must be: what is still being told joins no other case."""
    while await _telling(world):
        asked = [out for to, out, _ in world.channels["telegram"].accepted if to.user == who][-1]
        offered = [one.label for one in asked.choices]
        await world.presses(who, next(one for one in SHORTEST if one in offered), "telegram")


async def _telling(world):
    async with world.app.kit.store.reading("test") as work:
        of = [await work.talks.of_case(one.id) for one in await work.cases.all_cases()]
    return any(row.flow == "report" for rows in of for row in rows)


async def sends(world, who, name=""):
    name = name or PICTURES[who]
    ref = MediaRef("image", name, f"u-{who}-{name}")
    await world.hears(world.message(who, "telegram", "media", media=(ref,)))


async def cases(world):
    """Minh's, then Thu's."""
    async with world.app.kit.store.reading("test") as work:
        found = await work.cases.all_cases()
        told = {one.id: (await work.cases.events(one.id))[0].at for one in found}
    return sorted(found, key=lambda one: told[one.id])


async def done(world, no, act, form):
    case = (await cases(world))[no]
    async with acting(world, "lan") as lan:
        await work_case(lan, case, act, form)


@asynccontextmanager
async def acting(world, name):
    """What they do on a page, in one transaction; then everything that follows."""
    async with world.app.kit.store.transaction("test") as work:
        person = await work.people.get(f"p-{name}")
        yield Actor(work, world.app.kit, person=person, name=person.id)
    await world.settle()


async def joins(world, no, into):
    await done(world, no, Act.MERGE, {"other": (await cases(world))[into].code})


async def locked(world):
    """Of each picture of each case: locked, with a copy, and what the deputy hears who opens it."""
    return [await _locked(world, case) for case in await cases(world)]


async def _locked(world, case):
    found = set()
    async with world.app.kit.store.transaction("test") as work:
        hoa = await work.people.get("p-hoa")
        assert await suspected(work, case) is any(
            one.locked for one in await files_of(work, hoa, case.id)
        )
        for one in await files_of(work, hoa, case.id):
            copies = await work.file_parts.count(one.id, VIEW)
            try:
                await open_file(work, hoa, case.id, Wish(one.id, VIEW, "xem nơi ở"))
            except Refused as no:
                found.add((one.locked, copies, no.key))
            else:
                found.add((one.locked, copies, ""))
    (same,) = found
    return same


OPEN, LOCKED = (False, 1, ""), (True, 0, "media.locked")


async def test_before_they_join_each_stands_for_itself(two):
    await two.says("minh", TELLS, "telegram")
    assert await locked(two) == [LOCKED, OPEN]


@pytest.mark.parametrize(("no", "into"), [(0, 1), (1, 0)])
async def test_words_of_one_lock_the_pictures_of_both(two, no, into):
    await two.says("minh", TELLS, "telegram")
    await joins(two, no, into)
    assert await locked(two) == [LOCKED, LOCKED]


@pytest.mark.parametrize(("no", "into"), [(0, 1), (1, 0)])
async def test_without_such_words_nothing_is_locked_by_joining(two, no, into):
    await two.says("minh", MILD, "telegram")
    await joins(two, no, into)
    assert await locked(two) == [OPEN, OPEN]


async def test_the_kind_of_the_case_that_goes_on_locks_what_joins_it(two):
    await done(two, 1, Act.SET_KIND, {"kind": "sexual_abuse"})
    await joins(two, 0, 1)
    assert await locked(two) == [LOCKED, LOCKED]


async def test_the_kind_of_the_case_that_joined_locks_also_what_is_set_another_kind(two):
    for no in (0, 1):
        await done(two, no, Act.SET_KIND, {"kind": "sexual_abuse"})
    await joins(two, 0, 1)
    await done(two, 1, Act.SET_KIND, {"kind": "violence_home"})
    assert await locked(two) == [LOCKED, LOCKED]


async def test_a_kind_that_was_set_before_knew_nothing_of_what_joined(two):
    await done(two, 1, Act.SET_KIND, {"kind": "violence_home"})
    await two.says("minh", TELLS, "telegram")
    await joins(two, 0, 1)
    assert await locked(two) == [LOCKED, LOCKED]


async def test_a_kind_that_is_set_afterwards_is_believed_of_both(two):
    await two.says("minh", TELLS, "telegram")
    await joins(two, 0, 1)
    await done(two, 1, Act.SET_KIND, {"kind": "violence_home"})
    assert [one[0] for one in await locked(two)] == [False, False]


async def test_what_is_told_or_sent_after_they_joined_locks_both_and_is_locked(two):
    await joins(two, 0, 1)
    assert await locked(two) == [OPEN, OPEN]
    await two.says("minh", TELLS, "telegram")
    await sends(two, "minh", "c.jpg")
    assert await locked(two) == [LOCKED, LOCKED]


async def test_a_picture_that_is_shut_in_one_locks_those_of_the_other(two):
    await joins(two, 0, 1)
    first, _ = await cases(two)
    async with acting(two, "hoa") as hoa:
        (row,) = await hoa.work.files.of_case(first.id)
        await shut_file(hoa, first.id, row.id)
    shut, other = await locked(two)
    assert (shut[1:], other) == ((0, "media.shut"), LOCKED)


async def test_the_card_of_the_case_that_goes_on_says_so(two):
    await two.says("minh", TELLS, "telegram")
    two.new("lan", "telegram")
    await joins(two, 0, 1)
    _, second = await cases(two)
    card = next(one for one in two.new("lan", "telegram") if f"Hồ sơ {second.code}" in one)
    assert "Ảnh, video bị khóa" in card
    assert CANARY not in card


async def test_the_pictures_stay_locked_when_the_case_that_joined_is_erased(two, tmp_path):
    await two.says("minh", TELLS, "telegram")
    await joins(two, 0, 1)
    first, second = await cases(two)
    async with two.app.kit.store.transaction("erase") as work:
        await erase_case(work, Register(tmp_path), first.id, "retention")
    assert await _locked(two, second) == LOCKED


async def test_what_is_opened_again_takes_what_it_told_along(two):
    await two.says("minh", TELLS, "telegram")
    await joins(two, 0, 1)
    first, _ = await cases(two)
    async with acting(two, "chu") as chu:
        await work_case(chu, first, Act.REOPEN, {"why": "hai việc khác nhau"})
    assert [one[0] for one in await locked(two)] == [True, False]


async def test_police_who_were_told_of_the_case_that_goes_on_are_given_what_joined_it(two):
    await two.says("minh", TELLS, "telegram")
    await joins(two, 0, 1)
    first, second = await cases(two)
    async with acting(two, "chu") as chu:
        assert [one.can for one in await files_of(chu.work, chu.person, first.id)] == [("show",)]
    await done(two, 1, Act.REFER, {"purpose": "police_crime", "fields": "all", "way": "phone"})
    async with acting(two, "chu") as chu:
        for case in (first, second):
            found = await files_of(chu.work, chu.person, case.id)
            assert [one.can for one in found] == [("show", "take")]
