"""Words and files land where they were meant to, or are refused aloud: never elsewhere, never nowhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.messages import MediaRef
from cases.model import Role
from notifications.channel import Bad, Retry
from tests.support.world import open_world

PHOTO = MediaRef("image", "nha.jpg", "unique-nha", size=1000)
OTHER_PHOTO = MediaRef("image", "rong.jpg", "unique-rong", size=1000)


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await made.staff(name, role, "20500", "telegram")
    yield made
    await made.app.close()


async def report(world, who="minh", channel="telegram", words="be bi danh"):
    """A report that is open; its case."""
    await world.says(who, words, channel)
    await world.presses(who, "Có, ngay bây giờ", channel)
    await world.says(who, "xã Đại Hiệp", channel)
    await world.says(who, "/huy", channel)
    return (await cases(world))[-1]


async def cases(world):
    async with world.app.kit.store.reading("test") as work:
        return await work.cases.all_cases()


async def words_of(world, case):
    """Everything that was said to or noted on this case."""
    async with world.app.kit.store.reading("test") as work:
        return str([event.body for event in await work.cases.events(case.id)])


async def files_of(world, case):
    async with world.app.kit.store.reading("test") as work:
        return [row.ref for row in await work.files.of_case(case.id)]


def told(world, who, words, channel="telegram"):
    """The platform's id of the last message to somebody that begins so."""
    return [
        message_id
        for to, out, message_id in world.channels[channel].accepted
        if to.user == who and out.text.startswith(words)
    ][-1]


async def safe_word(world, who="minh", channel="telegram"):
    await world.says(who, "đổi giờ nhắn", channel)
    for label in ("Lúc nào cũng được", "Có"):
        await world.presses(who, label, channel)
    await world.says(who, "hoa mai", channel)


# After the code word


async def hushed(world):
    case = await report(world)
    await safe_word(world)
    await world.says("minh", "hoa mai", "telegram")
    assert world.texts("minh", "telegram")[-1] == "Cảm ơn bạn đã liên hệ."
    return case


async def test_a_number_after_the_code_word_is_kept(world):
    case = await hushed(world)
    await world.hears(world.message("minh", "telegram", "contact", phone="0900000001"))
    assert "0900000001" in await words_of(world, case)


async def test_the_exit_button_works_after_the_code_word(world):
    await hushed(world)
    await world.presses("minh", "Thoát", "telegram")
    assert world.texts("minh", "telegram")[-1] == "Đã kết thúc. Cảm ơn bạn."
    assert any(out.op == "remove" for _, out, _ in world.channels["telegram"].accepted)


async def test_nothing_but_the_neutral_line_answers_what_cannot_be_read(world):
    await hushed(world)
    await world.hears(world.message("minh", "telegram", "signal", signal="unreadable"))
    assert world.texts("minh", "telegram")[-1] == "Cảm ơn bạn đã liên hệ."


# Quick exit


async def test_the_code_word_right_after_an_exit_keeps_nothing_from_being_removed(world):
    await report(world)
    await safe_word(world)
    await world.pass_time(timedelta(minutes=1))
    telegram = world.channels["telegram"]
    telegram.faults["minh"] = [Retry(30, "chat", "429")]
    await world.says("minh", "thoát", "telegram")
    await world.says("minh", "hoa mai", "telegram")
    await world.pass_time(timedelta(minutes=2))
    assert [out.op for to, out, _ in telegram.accepted if to.user == "minh"].count("remove") == 1


# Letters


async def test_a_letter_that_never_passed_waits_to_be_shown_again(world):
    await report(world)
    await world.presses("lan", "Tôi nhận", "telegram")
    world.channels["telegram"].faults["minh"] = [Bad("refused")]
    await world.presses("lan", "Nhắn người báo tin", "telegram")
    await world.says("lan", "Cháu sao rồi?", "telegram")
    assert "Cháu sao rồi?" not in " ".join(world.texts("minh", "telegram"))
    await world.says("minh", "tôi đây", "telegram")
    assert "Cháu sao rồi?" in " ".join(world.texts("minh", "telegram"))
