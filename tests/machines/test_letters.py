"""Letters between staff and reporters: to whom, where, when, and each only once."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from cases.model import Role
from notifications.channel import Admitted, Gone, Retry
from tests.support.world import open_world

NEUTRAL = "Bạn có một tin nhắn mới."
CODE = "Mã riêng của anh/chị: "


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    for name, role in (("lan", Role.OFFICER), ("hoa", Role.DEPUTY), ("chu", Role.LEADER)):
        await made.staff(name, role, "20500", "telegram")
    yield made
    await made.app.close()


async def report(world, who="minh", channel="web", hours="Lúc nào cũng được"):
    """A whole report; its secret code."""
    await world.says(who, "be bi danh", channel)
    await world.presses(who, "Có, ngay bây giờ", channel)
    await world.says(who, "xã Đại Hiệp", channel)
    for label in ("Bỏ qua", "Bỏ qua", "Gửi luôn", hours, "Không", "Lấy mã riêng"):
        await world.presses(who, label, channel)
    return world.texts(who, channel)[-1].removeprefix(CODE)[:19]


async def write(world, text):
    await world.finds("lan", "Nhắn người báo tin", "telegram")
    await world.says("lan", text, "telegram")


async def case_of(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    return case


async def later(world, minutes=5):
    await world.pass_time(timedelta(minutes=minutes))


async def test_two_devices_at_once_show_each_letter_once(world):
    code = await report(world)
    await world.says("minh", code, "telegram")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)
    await write(world, "Cháu sao rồi?")
    await write(world, "Có ai ở nhà không?")
    for channel in ("web", "telegram"):
        incoming = world.message("minh", channel, "text", text="tôi đây")
        admitted = Admitted("site", "minh", incoming.dedupe)
        await world.app.inbox.accept(channel, "site", admitted, raw_of(incoming))
    rows = await world.app.turns.next()
    assert len(rows) == 2
    async with asyncio.TaskGroup() as both:
        for row in rows:
            both.create_task(world.app.turns.handle(row))
    await world.settle()
    said = world.texts("minh", "web") + world.texts("minh", "telegram")
    for letter in ("Cháu sao rồi?", "Có ai ở nhà không?"):
        assert sum(letter in text for text in said) == 1
    both_on = [
        [text for text in world.texts("minh", channel) if "nhắn: " in text]
        for channel in ("web", "telegram")
    ]
    assert sorted(map(len, both_on)) == [0, 2]  # in order, on the one that was faster


async def two_reporters(world):
    """A second reporter of the same case, as a merge leaves them: a thread of their own."""
    await report(world)
    await later(world, 25)
    await world.says("nga", "xin chào", "telegram")
    case = await case_of(world)
    async with world.app.kit.store.transaction("test") as work:
        contact = await work.contacts.by_address("telegram", "site", "nga")
        await work.cases.add_reporter(case.id, contact.id, "1234 1234 1234 1234")
        await work.talks.delete((await work.talks.of_contact(contact.id))[0].id)
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)


async def test_a_letter_reaches_the_one_reporter_it_is_for_and_no_other(world):
    await two_reporters(world)
    await world.finds("lan", "Nhắn người báo tin", "telegram")
    assert "Nhắn cho ai?" in world.texts("lan", "telegram")[-1]
    labels = [one.label for one in world.channels["telegram"].accepted[-1][1].choices]
    assert labels[:2] == ["người báo tin 1 (20:15)", "người báo tin 2 (20:40)"]
    await world.presses("lan", "người báo tin 2 (20:40)", "telegram")
    await world.says("lan", "Chị thấy gì?", "telegram")
    assert world.texts("nga", "telegram")[-1] == NEUTRAL
    await world.says("minh", "có gì mới không")
    assert "Chị thấy gì?" not in " ".join(world.texts("minh"))
    await world.presses("nga", "Xem", "telegram")
    assert "Chị thấy gì?" in world.texts("nga", "telegram")[-1]
    await world.says("nga", "thấy nó khóc", "telegram")
    await world.presses("lan", "Mở hồ sơ", "telegram")
    card = world.texts("lan", "telegram")[-1]
    assert "gửi người báo tin 2 (20:40): Chị thấy gì?" in card
    assert "nhận từ người báo tin 2 (20:40): thấy nó khóc" in card
    assert "Báo thêm: có gì mới không" in card  # no letter was ever written to that one


async def test_a_note_that_was_meant_for_a_reporter_is_sent_to_the_one_named(world):
    await two_reporters(world)
    await world.says("nga", "cháu về chưa", "telegram")
    (notice,) = [
        message_id
        for to, out, message_id in world.channels["telegram"].accepted
        if to.user == "lan" and "tin nhắn mới từ người báo tin" in out.text
    ]
    await world.hears(
        world.message("lan", "telegram", "text", text="Cháu về rồi.", about=notice)
    )  # fmt: skip
    await world.presses("lan", "Gửi người báo tin", "telegram")
    await world.presses("lan", "người báo tin 2 (20:40)", "telegram")
    assert world.texts("nga", "telegram")[-1].endswith("Cháu về rồi.")
    assert "Cháu về rồi." not in " ".join(world.texts("minh"))


async def test_neither_side_learns_who_the_other_is(world):
    await report(world, "minh", "telegram")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)
    await write(world, "Cháu sao rồi?")
    await world.presses("minh", "Xem", "telegram")
    await world.says("minh", "cháu khỏe", "telegram")
    assert "lan" not in " ".join(world.texts("minh", "telegram")).lower().split()
    heard = [
        (out.text, [one.option for one in out.choices])
        for to, out, _ in world.channels["telegram"].accepted
        if to.user == "lan"
    ]
    assert "minh" not in str(heard).replace("xác minh", "")  # verification, on her button and clock


async def test_f36_a_sender_that_stood_still_does_not_ring_outside_the_safe_hours(world):
    await report(world, hours="Buổi tối")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)
    await write(world, "Cháu sao rồi?")
    before = len(world.texts("minh"))
    assert world.texts("minh")[-1] == NEUTRAL  # it is 20:20
    world.channels["web"].faults["minh"] = [Retry(3600, "chat", "down")]
    await write(world, "Còn đó không?")
    await world.pass_time(timedelta(hours=3))  # 23:20
    assert len(world.texts("minh")) == before
    await world.pass_time(timedelta(hours=19))  # 18:20
    assert world.texts("minh")[before:] == [NEUTRAL]


async def test_f36_somebody_who_left_in_a_hurry_is_never_written_to_first(world):
    await report(world, hours="Lúc nào cũng được")
    await world.presses("lan", "Tôi nhận", "telegram")
    await world.says("minh", "thoát")
    before = world.texts("minh")
    await later(world)
    await write(world, "Cháu sao rồi?")
    await world.pass_time(timedelta(days=2))
    assert world.texts("minh") == before
    await world.says("minh", "xin chào")
    assert "Cháu sao rồi?" not in " ".join(world.texts("minh"))


async def test_a_letter_that_did_not_arrive_is_shown_when_they_come_back(world):
    await report(world, "minh", "telegram")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)
    await write(world, "Cháu sao rồi?")
    world.channels["telegram"].faults["minh"] = [Gone("blocked")]
    await world.presses("minh", "Xem", "telegram")
    assert "Cháu sao rồi?" not in " ".join(world.texts("minh", "telegram"))
    await later(world)
    await world.says("minh", "tôi đây", "telegram")
    said = [text for text in world.texts("minh", "telegram") if "Cháu sao rồi?" in text]
    assert len(said) == 1


async def test_a_letter_outlives_the_program(world):
    await report(world, hours="Đừng nhắn trước")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)
    await write(world, "Cháu sao rồi?")
    await world.restart()
    await world.says("minh", "có ai không")
    assert [text for text in world.texts("minh") if "Cháu sao rồi?" in text]


async def test_a_letter_is_not_readable_in_the_file(world, tmp_path):
    await report(world, hours="Đừng nhắn trước")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world)
    await write(world, "Chuyện bí mật 7391")
    await world.says("minh", "đổi giờ nhắn")
    await world.says("minh", "giờ riêng 7392")
    await world.presses("minh", "Có")
    await world.says("minh", "hoa hướng dương")
    whole = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    for secret in ("7391", "7392", "hướng dương", "huong duong"):
        assert secret.encode() not in whole


async def test_how_a_report_stands_names_the_day_when_it_is_another_one(world):
    await report(world, hours="Đừng nhắn trước")
    await world.presses("lan", "Tôi nhận", "telegram")
    await later(world, 20)
    await world.presses("lan", "Ghi việc đã làm", "telegram")
    await world.presses("lan", "Gọi điện", "telegram")
    await world.presses("lan", "Bỏ qua", "telegram")
    await world.pass_time(timedelta(hours=12))
    await world.says("minh", "theo dõi")
    assert "đã có người nhận lúc 20 giờ 15 ngày 23/11" in world.texts("minh")[-1]


async def test_the_code_word_counts_on_every_address_of_its_reporter(world):
    code = await report(world)
    await world.says("minh", code, "telegram")
    await world.says("minh", "đổi giờ nhắn")
    for label in ("Bỏ qua", "Có"):
        await world.presses("minh", label)
    await world.says("minh", "hoa mai")
    await world.says("minh", "HOA MAI", "telegram")
    assert world.texts("minh", "telegram")[-1] == "Cảm ơn bạn đã liên hệ."
    assert any("khẩn cấp" in text for text in world.texts("lan", "telegram"))
    await world.says("minh", code, "zalobot")  # a third address of the same reporter
    await world.says("minh", "hoa mai", "zalobot")
    assert world.texts("minh", "zalobot")[-1] == "Cảm ơn bạn đã liên hệ."


async def test_nobody_but_its_reporter_is_meant_by_a_code_word(world):
    await report(world)
    await world.says("minh", "đổi giờ nhắn")
    for label in ("Bỏ qua", "Có"):
        await world.presses("minh", label)
    await world.says("minh", "hoa mai")
    await world.says("nga", "hoa mai")
    assert "Lúc này trẻ có đang gặp nguy hiểm không?" in world.texts("nga")[-1]


async def test_the_code_word_with_nothing_open_opens_a_case_where_the_last_one_was(world):
    await world.says("minh", "cái ao không có rào")
    for label in ("Không", "Đúng"):
        await world.presses("minh", label)
    await world.says("minh", "xã Đại Hiệp")
    await world.says("minh", "/huy")
    await world.says("minh", "đổi giờ nhắn")
    for label in ("Bỏ qua", "Có"):
        await world.presses("minh", label)
    await world.says("minh", "hoa mai")
    for label in ("Tôi nhận", "Đã xử lý xong"):
        await world.presses("lan", label, "telegram")
    await world.says("lan", "đã rào", "telegram")
    await world.says("lan", "trưởng thôn", "telegram")
    await world.says("minh", "hoa mai")
    assert world.texts("minh")[-1] == "Cảm ơn bạn đã liên hệ."
    async with world.app.kit.store.reading("test") as work:
        new, old = sorted(await work.cases.all_cases(), key=lambda one: one.status == "closed")
    assert (new.commune, new.level, old.status) == ("20500", "urgent", "closed")
    assert "Việc mới" in world.texts("lan", "telegram")[-1]
