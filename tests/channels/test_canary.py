"""F54 on every messenger: what a report holds stands on no locked screen, in no button, log or file."""

import json
from datetime import timedelta

import pytest

from bot.channels.timed_http import Downloads
from cases.lifecycle import Act
from handlers.actions.work_case import work_case
from handlers.actor import Actor
from handlers.casework.threads import threads_of
from tests.support import fake_telegram, fake_zalo_bot, fake_zalo_oa
from tests.support.canary import (
    NAME,
    PHONE,
    REPORT,
    TOLD,
    found_in,
    keys_of,
    listening,
    on_the_disk,
    picture,
)
from tests.support.fake_zalo_bot import Fault
from tests.support.site import SECRET

from .doors import WebDoor
from .test_downloads import Onto
from .test_quarantine import OFFICER, _public, hired
from .zalo_doors import ALL_DOORS, ZaloBotDoor, ZaloOADoor

TOKENS = (
    fake_telegram.TOKEN, fake_zalo_bot.TOKEN, fake_zalo_bot.SECRET, fake_zalo_oa.APP_SECRET,
    fake_zalo_oa.OA_KEY, SECRET,
)  # fmt: skip
ABOUT = ("Đại Hiệp", "bị đánh", "sos")  # what no screen shows either
UGLY = {
    "ok": False, "error_code": 400, "description": f"Bad Request: {REPORT}",
    "error": -100, "message": REPORT,
}  # fmt: skip


@pytest.fixture(params=[name for name in ALL_DOORS if name != "memory"])
async def door(request, tmp_path):
    kind, channel = ALL_DOORS[request.param]
    made = await kind.open(tmp_path, channel)
    made.folder = tmp_path
    if isinstance(made, ZaloBotDoor | ZaloOADoor):
        made.channel._files = Downloads(resolve=_public, transport=Onto(made.fake.url))
    await hired(made)
    yield made
    await made.close()


async def sends(door, name):
    """A picture with a name in it, under a name that tells."""
    if isinstance(door, WebDoor):
        from io import BytesIO

        from aiohttp import FormData

        form = FormData({"id": "pic"})
        form.add_field("file", BytesIO(picture()), filename=name)
        url, header = f"{door.site.url}/api/chat/media", door.sessions[1]
        await (await door.site.client.post(url, data=form, headers=header)).release()
        await door.site.stage.settle()
    elif isinstance(door, ZaloBotDoor):
        door.fake.files["p.jpg"] = picture()
        url = "https://photo-stal-1.zdn.vn/fixture/p.jpg"
        await door.push(door.message(1, "image", photo_url=url, caption=REPORT))
    elif isinstance(door, ZaloOADoor):
        door.fake.files["p.jpg"] = picture()
        payload = {"url": "https://photo-stal-1.zdn.vn/fixture/p.jpg", "name": name}
        files = [{"type": "file", "payload": payload}]
        await door.push(door.event(1, "user_send_file", attachments=files, text=REPORT))
    else:
        door.telegram.files["F1"] = picture()
        file = {"file_id": "F1", "file_unique_id": "u1", "file_name": name}
        await door.push(door.with_(1, document=file, caption=REPORT))


async def writes_a_letter(door):
    """The officer writes to the reporter, with the name of the child in it."""
    async with door.app.kit.store.transaction("test") as work:
        person = await work.people.get("p-lan")
        (case,) = await work.cases.all_cases()
        actor = Actor(work, door.app.kit, person=person, name=person.id)
        (thread,) = await threads_of(work, case)
        form = {"reporter": thread.id, "text": f"{NAME} giờ ở đâu, {PHONE}?"}
        await work_case(actor, case, Act.ASK_REPORTER, form)


def fails(door):
    """The next message is refused in words that quote the report."""
    if isinstance(door, ZaloBotDoor):
        door.fake.fail("sendMessage", Fault(400, UGLY))
    elif isinstance(door, ZaloOADoor):
        door.fake.fail("cs", fake_zalo_oa.Fault(200, UGLY))
    elif not isinstance(door, WebDoor):
        door.telegram.fail("sendMessage", fake_telegram.Fault(400, UGLY))


def beside_the_text(door):
    """Everything of what was sent but the words themselves: buttons, addresses, names of pictures."""
    if isinstance(door, WebDoor):
        return ""
    log = (door.telegram if hasattr(door, "telegram") else door.fake).accepted
    return json.dumps([_without_text(body) for _, body in log], ensure_ascii=False, default=str)


def _without_text(value):
    if isinstance(value, dict):
        return {name: _without_text(one) for name, one in value.items() if name != "text"}
    return [_without_text(one) for one in value] if isinstance(value, list) else value


async def test_f54_on_no_messenger_does_a_word_of_a_report_leave_by_a_side_door(door):
    with listening() as log:
        await door.says(REPORT)
        await door.says("sos")
        await door.says("xã Đại Hiệp")
        await door.press("Tôi nhận", OFFICER)
        await sends(door, f"{NAME}.jpg")
        fails(door)
        await door.says(f"thêm: {REPORT}")
        door.app.kit.clock.advance(
            timedelta(minutes=5)
        )  # later it is no answer any more, but a notice
        await writes_a_letter(door)
        if isinstance(door, WebDoor):
            await door.site.stage.settle()
        else:
            await door.says("alo", 3)  # somebody else: whatever waits leaves
    heard = [*await door.heard(1), *await door.heard(OFFICER)]
    assert any(NAME in one.text for one in await door.heard(OFFICER)), (
        "the card: the words came through"
    )
    first = "\n".join(one.text.split("\n")[0] for one in heard)
    secrets = (*TOKENS, *keys_of(door.folder / "keys.json"))
    if hasattr(door, "fake") and isinstance(door, ZaloOADoor):
        secrets += (door.fake.refresh,)
    # A locked screen shows the first line; what a person has just pressed for comes after it.
    assert found_in(first, (*TOLD, *secrets, *ABOUT)) == set()
    assert found_in(beside_the_text(door), (*TOLD, *secrets, "bị đánh")) == set()
    assert found_in("\n".join(one.text for one in heard), secrets) == set()
    assert '"level": "debug"' in log.getvalue() or isinstance(door, WebDoor)
    assert found_in(log.getvalue(), (*TOLD, *secrets)) == set()
    assert on_the_disk(door.folder, (*TOLD, *secrets)) == []
