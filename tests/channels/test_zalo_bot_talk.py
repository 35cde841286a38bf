"""Zalo Bot through the whole program: polling, withheld words, files, answers that fail."""

import json
from datetime import timedelta

import pytest

from bot.channels.timed_http import Downloads
from cases.model import Role
from notifications.channel import Fetched
from notifications.thrift import Thrift
from tests.support.fake_zalo_bot import Fault, recorded
from tests.support.world import SHELF

from .test_downloads import Onto
from .zalo_doors import ZaloBotDoor

NEIGHBOUR, OFFICER = "6ede9afa66b88fe6d6a9", "7f00aa"


@pytest.fixture
async def door(tmp_path):
    made = await ZaloBotDoor.open(tmp_path, "")
    yield made
    await made.close()


async def officer(door, name="lan", role=Role.OFFICER, user=OFFICER):
    await door.stage.staff(name, role, "20500" if role is Role.OFFICER else "")
    async with door.app.kit.store.transaction("test") as work:
        contact = await work.contacts.ensure("zalobot", door.channel.account, user, user, "vi")
        await work.contacts.link(contact.id, f"p-{name}")
    return contact.id


async def test_a_whole_report_and_its_acknowledgement_pass_with_numbers_alone(door):
    await officer(door)
    await door.says("co be o mot minh ngoai ho", NEIGHBOUR)
    assert "113" in door.fake.texts(NEIGHBOUR)[-1]
    await door.says("1", NEIGHBOUR)
    await door.says("ai nghia", NEIGHBOUR)
    (alert,) = door.fake.texts(OFFICER)
    assert alert.startswith("Việc mới ")
    await door.says("1", OFFICER)
    assert "Đã có người nhận" in door.fake.texts(OFFICER)[-1]


async def test_f30_what_is_given_out_twice_is_one_turn(door):
    update = door.message(NEIGHBOUR, text="xin chào")
    await door.push(update)
    await door.push(update)
    assert len(door.fake.texts(NEIGHBOUR)) == 1


async def test_a_platform_that_gives_out_consumed_updates_again_costs_nothing(door):
    door.fake.repeats = True
    await door.push(door.message(NEIGHBOUR, text="xin chào"))
    for _ in range(3):
        await door.poller.step()
    await door.stage.settle()
    assert len(door.fake.texts(NEIGHBOUR)) == 1


async def test_f30_events_out_of_order_are_both_kept_and_no_old_answer_moves_a_later_question(door):
    first, second = door.message(NEIGHBOUR, text="xin chào"), door.message(NEIGHBOUR, text="2")
    await door.push(second, first)
    assert len(door.fake.texts(NEIGHBOUR)) == 2
    assert "nguy hiểm không" in door.fake.texts(NEIGHBOUR)[-1]
    assert not await door.cases()


async def test_f33_unknown_events_are_put_before_a_person_and_the_inlet_goes_on(door):
    await officer(door)
    await door.push(recorded("unknown_event"), recorded("malformed_array_body"), [1, 2])
    await door.says("xin chào", 5)
    (case,) = await door.cases()
    assert case.flags == ("raw",)
    assert "113" in door.fake.texts("5")[-1]


async def test_whoever_cannot_be_named_is_only_told_to_administrators(door):
    await officer(door, "ad", Role.ADMIN)
    await door.push(recorded("unsupported_without_message"))
    (told,) = door.fake.texts()
    assert "111" in told
    assert "zalobot" in told
    assert not await door.cases()


async def test_f33_a_protected_sender_is_never_asked_to_send_it_again(door):
    await officer(door, "tam", Role.SUPERVISOR)
    for _ in range(2):
        await door.push(door.message(NEIGHBOUR, "unsupported"))
    said = door.fake.texts(NEIGHBOUR)
    assert all("111" in one and "gửi lại" not in one.lower() for one in said)
    (case,) = await door.cases()
    assert case.flags == ("raw",)
    (alert,) = door.fake.texts(OFFICER)
    assert alert.startswith("Việc mới")


async def test_help_numbers_reach_a_protected_sender_when_only_alerts_may_leave(door):
    await door.says("xin chào", "somebody")
    door.app.sender._thrift = Thrift(door.app.kit.store, {"zalobot": 1})
    await door.push(door.message(NEIGHBOUR, "unsupported"))
    (said,) = door.fake.texts(NEIGHBOUR)
    assert "111" in said


async def test_two_thousand_and_one_decomposed_letters_are_kept_whole_and_answered(door):
    await officer(door)
    await door.says("sos", NEIGHBOUR)
    await door.says("xã Đại Hiệp", NEIGHBOUR)
    await door.says("e\u0302\u0323" * 2001, NEIGHBOUR)
    assert door.fake.texts(NEIGHBOUR)[-1]
    (case,) = await door.cases()
    async with door.app.kit.store.reading("test") as work:
        events = await work.cases.events(case.id)
    assert any("ệ" * 2001 in json.dumps(one.body, ensure_ascii=False) for one in events)


async def test_an_unsure_address_works_again_as_soon_as_the_person_writes(door):
    contact_id = await officer(door)
    async with door.app.kit.store.transaction("test") as work:
        await work.contacts.mark(contact_id, "unverified")
    await door.says("việc", OFFICER)
    async with door.app.kit.store.reading("test") as work:
        assert (await work.contacts.get(contact_id)).state == "ok"


async def test_a_picture_comes_from_zalos_own_hosts(door):
    onto = Onto(door.fake.url)

    async def resolve(host, port):
        return ["8.8.8.8"]

    door.channel._files = Downloads(resolve=resolve, transport=onto)
    door.fake.files["1.jpg"] = (SHELF / "nha.jpg").read_bytes()
    await door.says("sos", NEIGHBOUR)
    await door.says("xã Đại Hiệp", NEIGHBOUR)
    picture = door.message(
        NEIGHBOUR, "image", photo_url="https://photo-stal-1.zdn.vn/fixture/1.jpg", caption="nhà"
    )
    await door.push(picture)
    (row,) = await door.files()
    assert (row.state, row.kind) == ("kept", "image")
    assert len(onto.asked) == 1


async def test_f29_a_dead_token_keeps_every_row_and_recovers_alone(door):
    door.fake.fail("sendMessage", Fault(401, recorded("error_401")))
    await door.says("xin chào", NEIGHBOUR)
    assert door.fake.texts() == []
    await door.stage.pass_time(timedelta(seconds=31))
    (one,) = door.fake.texts()
    assert not one.startswith("🔁")


async def test_f24_a_spent_quota_shuts_the_account_for_a_quarter_of_an_hour(door):
    door.fake.fail("sendMessage", Fault(429, recorded("error_429_quota")))
    await door.says("xin chào", NEIGHBOUR)
    await door.says("xin chào", "other")
    assert door.fake.texts() == []
    await door.stage.pass_time(timedelta(minutes=16))
    assert len(door.fake.texts()) == 2


async def test_f27_a_lost_answer_brings_a_second_copy_that_says_so(door):
    door.fake.fail("sendMessage", Fault(cut=True, accept=True))
    await door.says("xin chào", NEIGHBOUR)
    await door.stage.pass_time(timedelta(seconds=10))
    first, second = door.fake.texts(NEIGHBOUR)
    assert second == f"🔁 Gửi lại. {first}"


async def test_f25_three_times_no_answer_makes_an_address_unsure_and_the_next_one_is_told(door):
    contact_id = await officer(door)
    await door.says("sos", NEIGHBOUR)
    door.fake.fail("sendMessage", *[Fault(500, recorded("error_500"), chat=OFFICER)] * 3)
    await door.says("xã Đại Hiệp", NEIGHBOUR)
    await door.stage.pass_time(timedelta(seconds=8))
    async with door.app.kit.store.reading("test") as work:
        assert (await work.contacts.get(contact_id)).state == "unverified"
    await door.stage.pass_time(timedelta(seconds=60))
    assert len(door.fake.texts(OFFICER)) == 1
    async with door.app.kit.store.reading("test") as work:
        assert (await work.contacts.get(contact_id)).state == "ok"


async def test_nothing_is_fetched_for_a_sticker(door):
    await door.push(door.message(NEIGHBOUR, "sticker", sticker="0e", url="https://x.zdn.vn/1.png"))
    assert "113" in door.fake.texts(NEIGHBOUR)[-1]
    assert not isinstance(await door.channel.fetch("0e"), Fetched)


# The month's quota.


@pytest.fixture
async def frugal(door):
    """Ten messages a month."""
    thrift = Thrift(door.app.kit.store, {"zalobot": 10})
    door.app.sender._thrift = door.app.zalo.thrift = thrift
    return door


async def test_near_the_end_of_the_quota_only_alerts_leave(frugal):
    await officer(frugal)
    for _ in range(4):
        await frugal.says("xin chào", NEIGHBOUR)
        await frugal.says("hủy", NEIGHBOUR)
    await frugal.says("xin chào", NEIGHBOUR)
    await frugal.stage.pass_time(timedelta(minutes=1))
    before = len(frugal.fake.texts())
    frugal.app.sender._thrift = Thrift(frugal.app.kit.store, {"zalobot": before})
    await frugal.says("sos", NEIGHBOUR)
    await frugal.says("xã Đại Hiệp", NEIGHBOUR)
    await frugal.stage.pass_time(timedelta(minutes=1))
    new = frugal.fake.texts()[before:]
    assert any(one.startswith("Việc mới") for one in new)
    assert not any("Mã tin báo" in one for one in new)
    assert any(
        "113" in one for one in frugal.fake.texts(NEIGHBOUR)[-2:]
    )  # whom to call never waits
    await frugal.stage.pass_time(timedelta(days=8))
    assert any("Mã tin báo" in one for one in frugal.fake.texts(NEIGHBOUR))  # a new month


async def test_administrators_hear_of_a_quota_once_at_each_mark(frugal):
    await officer(frugal, "ad", Role.ADMIN)
    assert await frugal.app.zalo.quota() == 0
    async with frugal.app.kit.store.reading("test") as work:
        assert await work.outbox.told("quota:") == []
    for _ in range(4):
        await frugal.says("xin chào", NEIGHBOUR)
        await frugal.says("hủy", NEIGHBOUR)
    await frugal.app.zalo.quota()
    await frugal.app.zalo.quota()
    async with frugal.app.kit.store.reading("test") as work:
        assert [one.key[:9] for one in await work.outbox.told("quota:")] == ["quota:80:"]


async def test_a_channel_without_a_quota_is_never_held(door):
    assert await Thrift(door.app.kit.store, {}).spent("zalobot") is None
    assert await door.app.zalo.quota() == 0
