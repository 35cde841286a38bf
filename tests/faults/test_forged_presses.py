"""Presses nobody offered: somebody else's card, an old one, another case, random bytes (F43)."""

import json
from dataclasses import replace

import pytest

from bot.channels.telegram import Telegram
from cases.codes import read_code
from cases.limits import LIMITS
from cases.model import Role, Status
from tests.support.fake_telegram import TOKEN
from tests.support.people import T
from tests.support.world import open_world

MOST = LIMITS["old_buttons"].most


@pytest.fixture
async def world(tmp_path):
    made = await open_world(tmp_path)
    await made.staff("lan", Role.OFFICER, "20500", T)
    await made.staff("xa", Role.OFFICER, "20515", T)
    await made.says("minh", "sos")
    await made.says("minh", "xã Đại Hiệp")
    yield made
    await made.app.close()


async def case_of(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
    return case


async def presses(world, who, prompt, option, channel=T):
    await world.hears(world.message(who, channel, "choice", prompt=prompt, option=option))


async def refused(world):
    async with world.app.kit.store.reading("test") as work:
        return (await work.audit.recent("press_refused", LIMITS["links"].within, ""))[1]


@pytest.mark.parametrize("who", ["xa", "minh", "eve"])
async def test_f43_a_card_of_somebody_else_changes_nothing_and_shows_nothing(world, who):
    out, choice = world.button("lan", "Tôi nhận", T)
    before, code = await case_of(world), (await case_of(world)).code
    channel = "web" if who == "minh" else T
    world.new(who, channel)
    for option in (choice.option, "read", "close", "assign"):
        await presses(world, who, out.prompt, option, channel)
    assert await case_of(world) == before
    assert await refused(world) == 4
    assert who == "minh" or not any(code in one for one in world.texts(who, T))


@pytest.mark.parametrize(
    ("prompt", "option"),
    [
        ("", ""), ("x" * 64, "y" * 64), ("\x00\xff", "acknowledge"), ("%s", "'; DROP TABLE offers"),
        ("AAAAAAAAAAA", "acknowledge"), ("c:1:2", "c:1:2"),
    ],
)  # fmt: skip
async def test_f43_a_prompt_nobody_was_given_brings_what_is_true_now(world, prompt, option):
    before = await case_of(world)
    for who in ("lan", "xa"):
        world.new(who, T)
        await presses(world, who, prompt, option)
        assert world.new(who, T) != []
    assert await case_of(world) == before
    assert await refused(world) == 2


async def test_f43_an_act_that_was_not_offered_is_not_done_with_a_prompt_that_is_ones_own(world):
    out, _ = world.button("lan", "Tôi nhận", T)
    for option in ("dismiss", "erase", "close", "sign_in", "not_me", "nothing"):
        await presses(world, "lan", out.prompt, option)
    case = await case_of(world)
    assert (case.status, case.holder) == (Status.RECEIVED, "")


async def test_f43_the_code_of_another_case_in_a_list_opens_nothing(world):
    await world.says("xa", "/viec", T)
    code = (await case_of(world)).code
    offers = [out for to, out, _ in world.channels[T].accepted if to.user == "xa" and out.prompt]
    world.new("xa", T)
    for out in offers:
        await presses(world, "xa", out.prompt, code)
        await presses(world, "xa", out.prompt, (await case_of(world)).id)
    assert not any("Đại Hiệp" in one for one in world.new("xa", T))
    assert read_code(code)


async def test_f43_after_the_role_is_gone_the_old_buttons_do_nothing(world):
    out, choice = world.button("lan", "Tôi nhận", T)
    await world.remove("lan")
    before = await case_of(world)
    await presses(world, "lan", out.prompt, choice.option)
    now = await case_of(world)
    assert (now.status, now.holder) == (before.status, before.holder)


async def test_f43_a_press_that_is_sent_again_and_again_is_one_act(world):
    out, choice = world.button("lan", "Tôi nhận", T)
    for _ in range(5):
        await presses(world, "lan", out.prompt, choice.option)
    case = await case_of(world)
    assert case.holder == "p-lan"
    async with world.app.kit.store.reading("test") as work:
        acts = [one.act for one in await work.cases.events(case.id)]
    assert acts.count("acknowledge") == 1


async def test_f43_a_flood_of_forged_presses_is_answered_a_few_times_and_then_left(world):
    before = await case_of(world)
    for n in range(3 * MOST):
        await presses(world, "eve", f"forged{n}", "acknowledge", "web")
    heard = world.new("eve")
    assert len([one for one in heard if "nhắn nhanh quá" in one]) == 1
    assert len(heard) <= 2 * MOST + 2
    assert await refused(world) == 3 * MOST  # each is in the log
    assert await case_of(world) == before
    await world.says("eve", "cháu bị đánh, cứu với")  # a report is heard at once all the same
    assert world.new("eve") != []
    world.clock.advance(LIMITS["old_buttons"].within)
    await presses(world, "eve", "forged", "acknowledge", "web")
    assert world.new("eve") != []


async def test_f43_somebody_who_forged_presses_can_still_press_what_they_were_offered(world):
    out, choice = world.button("lan", "Tôi nhận", T)
    for n in range(2 * MOST):
        await presses(world, "lan", f"forged{n}", "acknowledge")
    await presses(world, "lan", out.prompt, choice.option)
    assert (await case_of(world)).holder == "p-lan"


@pytest.mark.parametrize(
    "data",
    ["", "c:", "c::", "c:a", "x:a:b", "c:a:b:c:d", "c:" + "x" * 65, "\u202e", "[]", "\\u0000"],
)
def test_f43_whatever_a_telegram_button_claims_to_hold_is_read_as_no_more_than_a_press(data):
    person = {"id": 7, "is_bot": False, "first_name": "x"}
    query = {"id": "1", "from": person, "chat_instance": "1", "data": data}
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}
    raw = json.dumps({"update_id": 1, "callback_query": {**query, "message": message}}).encode()
    incoming = Telegram(TOKEN, "http://127.0.0.1:9", "s").read(raw)
    assert incoming is not None
    assert incoming.kind in ("choice", "signal")
    assert replace(incoming, prompt="", option="").text == ""
