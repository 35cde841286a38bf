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


# Staff


async def test_a_reply_to_a_notice_is_no_answer_to_the_form_of_another_case(world):
    first = await report(world)
    await world.presses("lan", "Tôi nhận", "telegram")
    await world.pass_time(timedelta(minutes=5))
    second = await report(world, "nga", "web")
    await world.presses("lan", "Ghi việc đã làm", "telegram")
    await world.presses("lan", "Việc khác", "telegram")
    notice = told(world, "lan", f"Việc mới {second.code}")
    said = world.message("lan", "telegram", "text", text="Đã gọi trạm y tế", about=notice)
    await world.hears(said)
    assert "Đã gọi trạm y tế" in await words_of(world, second)
    assert "Đã gọi trạm y tế" not in await words_of(world, first)


async def test_a_photo_in_reply_to_a_notice_does_not_join_the_report_that_is_being_told(world):
    first = await report(world)
    await world.says("lan", "/baotin", "telegram")
    notice = told(world, "lan", f"Việc mới {first.code}")
    photo = world.message("lan", "telegram", "media", media=(PHOTO,), about=notice)
    await world.hears(photo)
    assert await files_of(world, first) == ["nha.jpg"]


# Replies and edits of reporters


async def test_a_refused_reply_takes_no_file_to_another_report(world):
    await report(world)
    receipt = told(world, "minh", "Đã nhận tin")
    await world.says("minh", "thoát", "telegram")
    second = await report(world)
    photo = world.message("minh", "telegram", "media", media=(PHOTO,), about=receipt)
    await world.hears(photo)
    assert "Tin này chưa được gửi" in world.texts("minh", "telegram")[-1]
    assert await files_of(world, second) == []


async def test_a_number_in_reply_to_a_message_joins_the_report_of_that_message(world):
    first = await report(world)
    receipt = told(world, "minh", "Đã nhận tin")
    await world.pass_time(timedelta(minutes=5))
    await world.says("minh", "/baotin", "telegram")
    second = await report(world)
    card = world.message("minh", "telegram", "contact", phone="0900000001", about=receipt)
    await world.hears(card)
    assert "0900000001" in await words_of(world, first)
    assert "0900000001" not in await words_of(world, second)


async def two_reports(world):
    first = await report(world)
    receipt = told(world, "minh", "Đã nhận tin")
    await world.pass_time(timedelta(minutes=5))
    await world.says("minh", "/baotin", "telegram")
    return first, await report(world), receipt


async def edit(world, message, **values):
    """The same message, changed."""
    edited = world.message("minh", "telegram", "signal", signal="edited", **values)
    await world.hears(replace(edited, id=message.id))


async def test_an_edited_reply_joins_the_report_of_the_message_it_answered(world):
    first, second, receipt = await two_reports(world)
    reply = world.message("minh", "telegram", "text", text="cháu ở nhà", about=receipt)
    await world.hears(reply)
    await edit(world, reply, text="cháu ở nhà bà", about=receipt)
    assert "cháu ở nhà bà" in await words_of(world, first)
    assert "cháu ở nhà bà" not in await words_of(world, second)


async def test_an_edited_message_joins_the_report_that_it_joined_before(world):
    first = await report(world)
    word = world.message("minh", "telegram", "text", text="cháu ở nhà")
    await world.hears(word)
    await world.says("minh", "/baotin", "telegram")
    second = await report(world)
    await edit(world, word, text="cháu ở nhà bà")
    assert "cháu ở nhà bà" in await words_of(world, first)
    assert "cháu ở nhà bà" not in await words_of(world, second)


async def test_an_edit_while_a_new_report_is_told_joins_the_old_one(world):
    first = await report(world)
    word = world.message("minh", "telegram", "text", text="cháu ở nhà")
    await world.hears(word)
    await world.says("minh", "/baotin", "telegram")
    await edit(world, word, text="cháu ở nhà bà")
    assert "cháu ở nhà bà" in await words_of(world, first)


async def test_a_picture_that_was_put_in_the_place_of_another_is_kept(world):
    first = await report(world)
    photo = world.message("minh", "telegram", "media", media=(PHOTO,))
    await world.hears(photo)
    await edit(world, photo, media=(OTHER_PHOTO,))
    assert await files_of(world, first) == ["nha.jpg", "rong.jpg"]


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


# Forms that are left


async def test_words_after_the_menu_was_shown_again_are_for_the_staff(world):
    case = await report(world)
    await world.says("minh", "đổi giờ nhắn", "telegram")
    await world.says("minh", "theo dõi", "telegram")
    await world.says("minh", "hôm nay cháu không đi học", "telegram")
    assert "hôm nay cháu không đi học" in await words_of(world, case)


async def test_words_days_after_a_form_was_opened_are_for_the_staff(world):
    case = await report(world)
    await world.says("minh", "đổi giờ nhắn", "telegram")
    await world.pass_time(timedelta(days=2))
    await world.says("minh", "hôm nay cháu không đi học", "telegram")
    assert "hôm nay cháu không đi học" in await words_of(world, case)


async def test_f50_a_flood_is_kept_with_the_case_and_not_with_a_form(world):
    case = await report(world)
    for n in range(21):
        await world.says("minh", f"lời {n}", "telegram")
    await world.says("minh", "đổi giờ nhắn", "telegram")
    await world.says("minh", "hôm nay cháu không đi học", "telegram")
    assert "hôm nay cháu không đi học" in await words_of(world, case)


async def test_who_comes_back_while_telling_hears_the_open_question_last(world):
    await report(world, "minh", "web")
    await world.presses("minh", "Theo dõi tin đã báo")
    await world.presses("minh", "Lấy mã riêng")
    code = world.texts("minh")[-1].split(": ")[1][:19]
    await world.says("minh", "be bi danh", "zalooa")
    await world.says("minh", code, "zalooa")
    last = world.texts("minh", "zalooa")[-1]
    assert "chưa có người nhận việc" in last
    assert "Lúc này trẻ có đang gặp nguy hiểm không?" in last


# Letters


async def test_a_letter_that_never_passed_waits_to_be_shown_again(world):
    await report(world)
    await world.presses("lan", "Tôi nhận", "telegram")
    world.channels["telegram"].faults["minh"] = [Bad("refused")]
    await world.finds("lan", "Nhắn người báo tin", "telegram")
    await world.says("lan", "Cháu sao rồi?", "telegram")
    assert "Cháu sao rồi?" not in " ".join(world.texts("minh", "telegram"))
    await world.says("minh", "tôi đây", "telegram")
    assert "Cháu sao rồi?" in " ".join(world.texts("minh", "telegram"))
