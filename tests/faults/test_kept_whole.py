"""What comes too fast, waits too long, or cannot be read is kept whole, and counts from its arrival."""

import json
from datetime import timedelta

from cases.messages import MediaRef
from cases.model import Role
from handlers.limits import PER_MINUTE
from handlers.render import answers_of
from handlers.talk.kept import beside
from handlers.talk.model import Said
from notifications.channel import Admitted
from tests.support.world import open_world


async def _told(world):
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return case, answers_of(await work.cases.events(case.id))


async def test_f50_files_and_places_that_come_too_fast_join_the_report_too(tmp_path):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    await world.says("minh", "hủy")
    for n in range(PER_MINUTE):
        await world.says("minh", f"chuyện {n}")
    photo = (MediaRef("image", "late-ref", "late"),)
    await world.hears(world.message("minh", "web", "media", text="ngoài cổng", media=photo))
    await world.hears(world.message("minh", "web", "location", lat=15.8, lon=108.1))
    _, answers = await _told(world)
    assert [file["ref"] for file in answers["files"]] == ["late-ref"]
    assert answers["added"][-2:] == ["ngoài cổng", "15.8, 108.1"]
    assert any("nhắn nhanh quá" in text for text in world.texts("minh"))
    await world.app.close()


async def test_files_that_come_too_fast_before_there_is_a_case_are_kept_with_the_talk():
    said = Said("media", "ngoài cổng", media=(MediaRef("image", "late-ref", "late"),))
    answers = beside({"extra_words": ["a"], "files": []}, said)
    assert answers["captions"] == ["ngoài cổng"]
    assert answers["files"][0]["ref"] == "late-ref"
    assert beside(answers, Said("text", "b"))["extra_words"] == ["a", "b"]


async def test_the_law_counts_from_arrival_however_long_the_message_waited(tmp_path):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    arrived = world.clock.now()
    sos = world.message("minh", "web", "text", text="sos")
    raw = json.dumps(
        {"channel": "web", "account": "site", "user": "minh", "chat": "minh", "dedupe": sos.dedupe,
         "at": "", "kind": "text", "text": "sos"}
    ).encode()  # fmt: skip
    assert await world.app.inbox.accept("web", "site", Admitted("site", "minh", sos.dedupe), raw)
    world.clock.advance(timedelta(hours=3))  # nobody works on it meanwhile
    await world.restart()
    await world.says("minh", "xã Đại Hiệp")
    case, _ = await _told(world)
    assert case.received_at == arrived
    assert any("Hạn 08:15 ngày 24/11" in text for text in world.texts("lan", "telegram"))
    await world.app.close()


async def test_a_message_nobody_understands_shows_its_words_and_not_who_sent_it(tmp_path):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    channel = world.channels["telegram"]
    body = {"from": {"id": 4711, "first_name": "Minh", "phone": "0905"}, "chat": "minh",
            "dedupe": "x1", "text": ["cứu", {"caption": "ở cầu cũ"}]}  # fmt: skip
    raw = json.dumps(body).encode()
    admitted = channel.admit({}, raw)
    await world.app.inbox.accept("telegram", "site", admitted, raw)
    await world.pass_time(timedelta(minutes=2))
    case, answers = await _told(world)
    assert "raw" in case.flags
    assert answers["first_words"] == "ở cầu cũ"
    await world.app.close()
