"""From a reference to sealed bytes: leases, attempts, one whole file, and nothing left behind."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.channels.memory import Memory, raw_of
from cases.messages import MediaRef
from cases.model import Role
from handlers.files.fetching import PAUSES
from handlers.files.sent_files import ROOM
from notifications.channel import Fetched, Later, Lost
from storage.keys import Unreadable
from storage.records.attachments import FileRow, Kept
from storage.records.file_parts import ORIGINAL, PIECE, VIEW, Part, parts_of
from tests.support import database
from tests.support.world import SHELF

WHO = "minh"
JPEG = (SHELF / "nha.jpg").read_bytes()


@pytest.fixture
async def told(world):
    """An urgent report with its case, and an officer who has it open."""
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.reporter(WHO, "telegram", "vi")
    await world.says(WHO, "sos", "telegram")
    await world.says(WHO, "xã Đại Hiệp", "telegram")
    await world.presses("lan", "Tôi nhận", "telegram")
    return world


async def sends(world, *names, who=WHO, size=0, group="", at_once=True):
    """One message for each; `at_once`: work on it, too."""
    for name in names:
        ref = MediaRef("image", name, f"u-{name}", size=size, group=group)
        incoming = world.message(who, "telegram", "media", media=(ref,))
        if at_once:
            await world.hears(incoming)
        else:
            raw = raw_of(incoming)
            admitted = world.channels["telegram"].admit({}, raw)
            await world.app.inbox.accept("telegram", "site", admitted, raw)


async def rows(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return await work.files.of_case(case.id)


async def stored(world, row, what=ORIGINAL):
    """The whole file, piece after piece; None where it is not whole."""
    async with world.app.kit.store.reading("test") as work:
        many = await work.file_parts.count(row.id, what)
        pieces = [
            await work.file_parts.read(row.id, what, n, last=n == many - 1) for n in range(many)
        ]
    return b"".join(pieces) if pieces else None


def answers(world, *found):
    world.channels["telegram"].losses += found


async def notes(world, *names):
    """The messages are handled, their files are still to be fetched; no time passes."""
    await sends(world, *names, at_once=False)
    while turns := await world.app.turns.next():
        for one in turns:
            await world.app.turns.handle(one)


async def due(world):
    """In how many seconds the next file is due."""
    async with world.app.kit.store.reading("test") as work:
        return round((await work.files.next_at() - work.now).total_seconds())


async def test_a_file_is_noted_in_the_commit_of_its_message_before_a_byte_comes(told):
    await notes(told, "nha.jpg")
    (row,) = await rows(told)
    assert (row.state, row.ref, row.unique) == ("wanted", "nha.jpg", "u-nha.jpg")
    assert await stored(told, row) is None


async def test_its_key_is_the_message_and_its_place_in_it(told):
    await sends(told, "nha.jpg")
    (row,) = await rows(told)
    assert row.key.endswith(":0")
    with database.owner(told.app.config.database_url) as reader:
        assert reader.execute(
            "SELECT count(*) FROM inbox WHERE id = ?", (row.key.removesuffix(":0"),)
        ).fetchone() == (1,)
    reader.close()


async def test_what_came_is_kept_whole_with_its_hash_and_a_view(told):
    await sends(told, "nha.jpg")
    (row,) = await rows(told)
    assert (row.state, row.kind, row.mime, row.size) == ("kept", "image", "image/jpeg", len(JPEG))
    assert row.facts["sha256"] == sha256(JPEG).hexdigest()
    assert await stored(told, row) == JPEG
    assert (await stored(told, row, VIEW)).startswith(b"\xff\xd8\xff")


async def test_a_file_of_many_pieces_comes_back_as_it_was_with_a_commit_for_each(told):
    data = JPEG + bytes(range(256)) * 10_000  # two and a half pieces
    answers(told, Fetched(data))
    names = []
    commit = told.app.kit.store.commit

    async def noted(name, connection):
        names.append(name)
        await commit(name, connection)

    told.app.kit.store.commit = noted
    await sends(told, "nha.jpg")
    (row,) = await rows(told)
    assert await stored(told, row) == data
    assert names.count("file piece") >= len(parts_of(ORIGINAL, data)) == 3


async def test_it_is_tried_again_after_each_pause_and_then_given_up(told):
    answers(told, *[Later("expired")] * 5)
    await notes(told, "nha.jpg")
    for pause in PAUSES:
        assert await told.app.files.drain() == 1
        assert await due(told) == pause
        assert await told.app.files.drain() == 0
        told.clock.advance(pause)
    await told.app.files.drain()
    (row,) = await rows(told)
    assert (row.state, row.why) == ("failed", "expired")


async def test_a_messenger_that_asks_for_patience_is_given_it(told):
    answers(told, Later("unreachable", after=30))
    await notes(told, "nha.jpg")
    await told.app.files.drain()
    assert await due(told) == 30


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (Lost("too_big"), "too_big"), (Fetched(b""), "empty"), (Fetched(b"<html>"), "type"),
        (Fetched(JPEG + bytes(20 * 2**20)), "too_big"),
        (Fetched((SHELF / "bom.docx").read_bytes()), "unsafe"),
    ],
    ids=["too big there", "empty", "page", "too big here", "bomb"],
)  # fmt: skip
async def test_what_is_refused_says_why_and_leaves_no_bytes(told, found, why):
    answers(told, found)
    before = len(told.texts(WHO, "telegram"))
    await sends(told, "nha.jpg")
    (row,) = await rows(told)
    assert (row.state, row.why, row.told) == ("failed", why, True)
    assert await stored(told, row) is None
    assert len(told.texts(WHO, "telegram")) == before + 2  # the acknowledgement, and why


class Broken(Memory):
    """A channel with a bug."""

    async def fetch(self, ref):
        raise RuntimeError("a bug")


async def test_a_bug_of_ours_is_tried_again_and_stops_no_other_file(told):
    channels = told.app.kit.channels
    good, channels["telegram", "site"] = channels["telegram", "site"], Broken("telegram")
    await notes(told, "nha.jpg")
    await told.app.files.drain()
    (row,) = await rows(told)
    assert (row.state, row.why) == ("wanted", "broken")
    channels["telegram", "site"] = good
    await sends(told, "a.jpg")
    await told.pass_time(timedelta(seconds=5))
    assert [one.state for one in await rows(told)] == ["kept", "kept"]


async def test_an_outage_of_a_day_loses_no_file(told):
    answers(told, *[Later("unreachable")] * 5)
    await sends(told, "nha.jpg")
    await told.pass_time(timedelta(minutes=12))
    (row,) = await rows(told)
    assert (row.state, row.why) == ("failed", "unreachable")
    await told.pass_time(timedelta(hours=2))
    assert (await rows(told))[0].state == "kept"


async def test_a_claim_is_a_lease_and_whoever_holds_an_older_one_changes_nothing(told):
    await notes(told, "nha.jpg")
    store = told.app.kit.store
    async with store.transaction("test") as work:
        (first,) = await work.files.claim(5)
        assert await work.files.claim(5) == []  # it is leased
        assert await work.file_parts.put(first, Part(ORIGINAL, 0, False, b"old"))
    told.clock.advance(timedelta(minutes=3))
    async with store.transaction("test") as work:
        (second,) = await work.files.claim(5)
        assert second.attempt == first.attempt + 1
        assert not await work.file_parts.put(first, Part(ORIGINAL, 1, True, b"old"))
        assert not await work.files.failed(first, "expired")
        assert not await work.files.later(first, "expired", work.now)
    await told.app.files._worked_on(second)
    (row,) = await rows(told)
    assert row.state == "kept"
    assert await stored(told, row) == JPEG  # nothing of the older attempt is in it


async def test_the_same_file_is_kept_once_in_a_case_by_name_or_by_content(told):
    await sends(told, "nha.jpg", "nha.jpg")
    assert len(await rows(told)) == 1
    answers(told, Fetched(JPEG))
    await sends(told, "other name.jpg")
    first, second = await rows(told)
    assert (first.state, second.state) == ("kept", "same")
    assert await stored(told, second) is None


async def test_the_same_file_that_comes_to_two_workers_at_once_is_kept_once(told):
    await notes(told, "nha.jpg", "other name.jpg")
    store, found = told.app.kit.store, Kept("image", "image/jpeg", len(JPEG), "its hash", "")

    async def keeps(row):
        async with store.transaction("test") as work:
            await work.files.kept(row, found)

    async with store.transaction("test") as work:
        first, second = await work.files.claim(2)
    async with asyncio.TaskGroup() as workers, store.transaction("test") as work:
        await work.files.kept(first, found)
        other = workers.create_task(keeps(second))
        await asyncio.wait({other}, timeout=0.3)  # it waits for us, else it would be through
    assert sorted([row.state for row in await rows(told)]) == ["kept", "same"]


async def test_the_same_file_in_two_cases_is_kept_in_both_and_looks_different(told):
    await sends(told, "nha.jpg")
    await told.reporter("hoa", "telegram", "vi")
    await told.says("hoa", "sos", "telegram")
    await told.says("hoa", "xã Đại Hiệp", "telegram")
    await sends(told, "nha.jpg", who="hoa")
    path = told.app.config.database_url
    with database.owner(path) as reader:
        found = reader.execute("SELECT state, same_index FROM files").fetchall()
    reader.close()
    assert [state for state, _ in found] == ["kept", "kept"]
    assert len({index for _, index in found}) == 2


async def test_what_failed_can_be_sent_again(told):
    answers(told, Fetched(b"<html>"))
    await sends(told, "nha.jpg", "nha.jpg")
    assert [row.state for row in await rows(told)] == ["failed", "kept"]


async def test_a_file_from_before_the_case_is_the_cases_and_still_kept_once(world):
    await world.reporter(WHO, "telegram", "vi")
    await sends(world, "nha.jpg")
    await world.says(WHO, "sos", "telegram")
    await world.says(WHO, "xã Đại Hiệp", "telegram")
    answers(world, Fetched(JPEG))
    await sends(world, "again.jpg")
    first, second = await rows(world)
    assert (first.state, second.state) == ("kept", "same")


async def test_beyond_two_hundred_megabytes_a_file_is_refused_and_the_words_are_kept(told):
    answers(told, *[Later("unreachable")] * 50)
    await sends(told, *[f"{n}.jpg" for n in range(10)], size=ROOM // 10)
    await sends(told, "one more.jpg", size=1)
    *_, last = await rows(told)
    assert (last.state, last.why) == ("failed", "full")
    assert "không nhận thêm tệp" in told.texts(WHO, "telegram")[-1]
    await told.says(WHO, "cháu đã chạy sang nhà tôi", "telegram")
    async with told.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        events = await work.cases.events(case.id)
    assert "cháu đã chạy sang nhà tôi" in str([event.body for event in events])


async def test_a_size_nobody_named_counts_when_it_is_known(told):
    answers(told, *[Later("unreachable")] * 50)
    await sends(told, *[f"{n}.jpg" for n in range(10)], size=ROOM // 10)
    told.channels["telegram"].losses.clear()
    await sends(told, "nha.jpg")  # its messenger says nothing of its size
    assert (await rows(told))[-1].why == "full"


async def test_f50_an_album_of_a_hundred_is_kept_whole_and_answered(told):
    names = [f"{n}.jpg" for n in range(100)]
    answers(told, *[Later("unreachable")] * 1000)
    before = len(told.texts(WHO, "telegram"))
    await sends(told, *names, group="g", size=1000)
    assert len(await rows(told)) == 100
    assert len(told.texts(WHO, "telegram")) > before
    await told.says(WHO, "nó đang chảy máu", "telegram")
    assert any("có tin khẩn cấp mới" in text for text in told.texts("lan", "telegram"))


async def test_who_left_is_told_nothing_and_the_case_keeps_what_they_sent(told):
    answers(told, *[Later("expired")] * 5)
    await sends(told, "nha.jpg")
    await told.says(WHO, "thoát", "telegram")
    await told.pass_time(timedelta(minutes=15))
    assert [row.why for row in await rows(told)] == ["expired"]
    before = len(told.texts(WHO, "telegram"))
    await told.says(WHO, "alo", "telegram")
    (hello,) = told.texts(WHO, "telegram")[before:]
    assert "tệp" not in hello


async def test_much_later_nobody_is_written_to_but_hears_it_once_when_they_write(told):
    answers(told, *[Later("expired")] * 5)
    await sends(told, "nha.jpg")
    before = len(told.texts(WHO, "telegram"))
    await told.pass_time(timedelta(minutes=15))
    assert len(told.texts(WHO, "telegram")) == before
    await told.says(WHO, "cháu vẫn ở đó", "telegram")
    await told.says(WHO, "cháu vẫn ở đó", "telegram")
    lost = [text for text in told.texts(WHO, "telegram") if "không tải được một tệp" in text]
    assert len(lost) == 1


async def test_pieces_whose_message_was_never_stored_go_after_a_day_and_not_before(world):
    store = world.app.kit.store
    async with store.transaction("test") as work:
        for part in parts_of(ORIGINAL, bytes(PIECE + 1)):
            await work.file_parts.put_ahead("orphan", part)
    await world.pass_time(timedelta(hours=23))
    await world.settle()
    async with store.reading("test") as work:
        assert await work.file_parts.count("orphan", ORIGINAL) == 2
    await world.pass_time(timedelta(hours=2))
    await world.settle()
    async with store.reading("test") as work:
        assert await work.file_parts.count("orphan", ORIGINAL) == 0


async def test_nothing_is_swept_while_a_message_waits_that_may_name_it(world):
    store = world.app.kit.store
    async with store.transaction("test") as work:
        await work.file_parts.put_ahead("u1", Part(ORIGINAL, 0, True, JPEG))
    world.clock.advance(timedelta(hours=30))  # the program stood still
    await sends(world, "nha.jpg", at_once=False)
    await world.app.files.drain()
    async with store.reading("test") as work:
        assert await work.file_parts.count("u1", ORIGINAL) == 1


async def test_the_files_of_a_talk_that_was_empty_go_after_a_day(world):
    store = world.app.kit.store
    async with store.transaction("test") as work:
        row = FileRow("f1", "k:0", "c", "web", "site", "image", "f1", talk_id="gone")
        await work.files.add(replace(row, received_at=work.now))
        await work.file_parts.put_ahead("f1", Part(ORIGINAL, 0, True, JPEG))
    await world.settle()
    world.clock.advance(timedelta(hours=26))
    await world.app.files.drain()
    async with store.reading("test") as work:
        assert await work.files.get("f1") is None
        assert await work.file_parts.count("f1", ORIGINAL) == 0


async def test_a_message_nobody_could_handle_keeps_its_file_in_the_raw_case(world):
    await world.reporter(WHO, "telegram", "vi")
    world.break_text("talk.hello")
    world.break_text("talk.hello_child")
    await sends(world, "nha.jpg")
    await world.pass_time(timedelta(minutes=2))
    (row,) = await rows(world)
    assert row.state == "kept"


async def test_a_piece_that_was_moved_or_whose_end_was_cut_is_not_read(told):
    answers(told, Fetched(JPEG + bytes(2 * PIECE)))
    await sends(told, "nha.jpg")
    (row,) = await rows(told)
    path = told.app.config.database_url
    with database.owner(path) as owner:
        owner.execute("DELETE FROM file_parts WHERE what = 'orig' AND n = 2")
        owner.execute("UPDATE file_parts SET last = true WHERE what = 'orig' AND n = 1")
    owner.close()
    with pytest.raises(Unreadable):
        await stored(told, row)
    with database.owner(path) as owner:
        owner.execute("UPDATE file_parts SET n = 5 WHERE what = 'orig' AND n = 0")
    owner.close()
    assert await stored(told, row) is None
    async with told.app.kit.store.reading("test") as work:
        with pytest.raises(Unreadable):
            await work.file_parts.read(row.id, ORIGINAL, 5, last=False)
        with pytest.raises(Unreadable):
            await work.file_parts.read(row.id, ORIGINAL, 9, last=True)
