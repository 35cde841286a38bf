"""The main job from the first word to the acknowledgement, through every layer."""

import re
from datetime import timedelta

from cases.model import Role


async def _staff(world):
    await world.staff("lan", Role.OFFICER, "20500", "telegram", "web")
    await world.staff("hoa", Role.DEPUTY, "20500", "telegram")
    await world.staff("chu", Role.LEADER, "20500", "telegram")
    await world.staff("tp", Role.SUPERVISOR, "", "telegram")
    await world.staff("ad", Role.ADMIN, "", "telegram")


async def _danger(world):
    await world.says("minh", "co be o mot minh ngoai ho")
    await world.presses("minh", "Có, ngay bây giờ")
    await world.says("minh", "ai nghia")


async def test_danger_now_alerts_the_officer_before_the_questions_end(world):
    await _staff(world)
    await _danger(world)
    assert len(world.texts("lan", "telegram")) == 1
    assert "KHẨN CẤP" in world.texts("lan", "telegram")[0]
    assert "Mã tin báo" in world.texts("minh")[-2]
    assert world.texts("minh")[-1] == "Chuyện anh/chị báo là: Bỏ mặc. Đúng không?"


async def test_nobody_answers_and_the_chain_goes_on_and_never_ends(world):
    await _staff(world)
    await _danger(world)
    await world.pass_time(timedelta(minutes=5))
    assert len(world.texts("lan", "web")) == 1  # the second address after two minutes
    await world.pass_time(timedelta(minutes=60))
    assert "sau 15 phút" in world.texts("hoa", "telegram")[0]
    assert "sau 30 phút" in world.texts("chu", "telegram")[0]
    assert "sau 60 phút" in world.texts("tp", "telegram")[0]
    before = len(world.texts("lan", "telegram"))
    await world.pass_time(timedelta(hours=3))
    assert len(world.texts("lan", "telegram")) >= before + 4
    assert any("gọi ngay 111" in text for text in world.texts("minh"))


async def test_the_first_press_wins_and_the_others_learn_who_has_it(world):
    await _staff(world)
    await _danger(world)
    await world.pass_time(timedelta(minutes=20))
    await world.presses("lan", "Tôi nhận", "telegram")
    assert "đã nhận lúc" in world.texts("hoa", "telegram")[-1]
    await world.presses("hoa", "Tôi nhận", "telegram")
    taken = re.compile(r"Việc [0-9A-Z]{4}-[0-9A-Z]{4} đã có")
    assert any(taken.match(text) for text in world.texts("hoa", "telegram"))
    assert world.texts("hoa", "telegram")[-1].startswith("Hồ sơ")


async def test_a_person_who_stops_writing_in_danger_is_filed(world):
    await _staff(world)
    await world.says("minh", "cứu với, cháu bé bị nhốt trong nhà")
    assert world.texts("lan", "telegram") == []
    await world.pass_time(timedelta(minutes=11))
    assert len(world.texts("tp", "telegram")) == 1  # no commune known: the city desk has it
    assert len(world.texts("minh")) == 1


async def test_an_empty_message_is_answered(world):
    await world.says("minh", "\u200b\u202e")
    assert "111" in world.texts("minh")[-1]


async def test_the_audit_chain_is_whole_after_all_of_it(world):
    await _staff(world)
    await _danger(world)
    await world.presses("lan", "Mở hồ sơ", "telegram")
    async with world.app.kit.store.reading("audit") as work:
        assert await work.audit.verify() == []
        assert await work.audit.count() >= 2
