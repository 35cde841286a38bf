"""A report goes on with its secret code in every other channel, whichever it was begun in."""

import re
from itertools import permutations

import pytest

from bot.channels.memory import ABILITIES
from cases.model import Role

DAI_LOC = "20500"
TOLD = (
    "be bi danh", "có, ngay bây giờ", "xã Đại Hiệp", "bỏ qua", "bỏ qua", "gửi luôn", "bỏ qua", "bỏ qua",
    "lấy mã riêng",
)  # fmt: skip
PAIRS = list(permutations(ABILITIES, 2))


async def told_to_the_end(world, channel):
    """A report of danger, and the secret code that its receipt offers."""
    for words in TOLD:
        await world.says("minh", words, channel)
    return re.search(r"\d{4} \d{4} \d{4} \d{4}", world.texts("minh", channel)[-1]).group()


@pytest.mark.parametrize(("first", "then"), PAIRS, ids=[f"{one}-{two}" for one, two in PAIRS])
async def test_a_report_goes_on_elsewhere_and_the_answer_comes_there(world, first, then):
    await world.staff("lan", Role.OFFICER, DAI_LOC, "telegram")
    secret = await told_to_the_end(world, first)
    await world.says("mai", secret, then)
    assert "nhận lúc 20 giờ 15, chưa có người nhận việc" in world.texts("mai", then)[-1]
    await world.says("mai", "cháu đã về nhà", then)
    world.new("minh", first)
    await world.presses("lan", "Tôi nhận", "telegram")
    assert "Báo thêm: cháu đã về nhà" in world.texts("lan", "telegram")[-1]
    world.new("mai", then)
    await world.finds("lan", "Nhắn người báo tin", "telegram")
    await world.says("lan", "tôi đang tới", "telegram")
    assert "tôi đang tới" in "\n".join(world.new("mai", then))
    assert "tôi đang tới" not in "\n".join(world.new("minh", first))
