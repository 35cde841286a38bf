"""A picture that may show abuse, through every messenger and page: kept, locked, and never sent on."""

import json

import pytest

from bot.channels.timed_http import Downloads
from cases.model import Person, Role
from handlers.casework.attachments import files_of
from handlers.casework.locking import suspected
from storage.records.file_parts import ORIGINAL, VIEW
from tests.support.make_media import CANARY
from tests.support.world import SHELF

from .doors import MemoryDoor, WebDoor
from .test_downloads import Onto
from .zalo_doors import ALL_DOORS, ZaloBotDoor, ZaloOADoor

OFFICER = 2
TELLS = "no doa dang anh nong cua chau len mang"
HOST = "photo-stal-1.zdn.vn"
LOCKED = "Ảnh, video bị khóa"
NO_MORE = ("đừng gửi thêm", "đừng chuyển cho ai khác", "111")


@pytest.fixture(params=ALL_DOORS)
async def door(request, tmp_path):
    kind, channel = ALL_DOORS[request.param]
    made = await kind.open(tmp_path, channel)
    if isinstance(made, ZaloBotDoor | ZaloOADoor):
        made.channel._files = Downloads(resolve=_public, transport=Onto(made.fake.url))
    await hired(made)
    yield made
    await made.close()


async def _public(host, port):
    return ["8.8.8.8"]


async def hired(door):
    """An officer whose address is on the same messenger."""
    channel = door.app.kit.channels
    name, account = (
        next(iter(channel)) if not isinstance(door, MemoryDoor) else ("telegram", "site")
    )
    user, token = str(OFFICER), ""
    if isinstance(door, WebDoor):
        name, account = "web", "site"
        door.sessions[OFFICER] = await door.site.session()
        token = door.sessions[OFFICER]["Authorization"].split()[1]
    async with door.app.kit.store.transaction("test") as work:
        if token:
            user, _ = await work.webchat.session(token)
        await work.people.add(Person("p-lan", Role.OFFICER, "20500"))
        contact = await work.contacts.ensure(name, account, user, user, "vi")
        await work.contacts.link(contact.id, "p-lan")


async def sends_a_picture(door, name):
    if isinstance(door, ZaloBotDoor):
        door.fake.files[name] = (SHELF / name).read_bytes()
        await door.push(door.message(1, "image", photo_url=f"https://{HOST}/fixture/{name}"))
    elif isinstance(door, ZaloOADoor):
        door.fake.files[name] = (SHELF / name).read_bytes()
        payload = {"url": f"https://{HOST}/fixture/{name}"}
        files = [{"type": "image", "payload": payload}]
        await door.push(door.event(1, "user_send_image", attachments=files))
    else:
        await door.sends(name)


def everything_said(door):
    """Whatever left for anybody, as its messenger took it."""
    if isinstance(door, MemoryDoor):
        sent = [str((out.op, out.text, out.media, out.choices)) for one in door.world.channels.values()
                for _, out, _ in one.accepted]  # fmt: skip
        return [], "\n".join(sent)
    if isinstance(door, WebDoor):
        return [], ""
    log = (door.telegram if hasattr(door, "telegram") else door.fake).accepted
    sent = [(name, body) for name, body in log if not name.lower().startswith("get")]
    return [name for name, _ in sent], json.dumps(sent, ensure_ascii=False, default=str)


async def test_f51_a_picture_that_may_show_abuse_is_locked_and_sent_to_nobody(door):
    await door.says("sos")
    await door.says("xã Đại Hiệp")
    await door.press("Tôi nhận", OFFICER)
    await sends_a_picture(door, "nha.jpg")
    (row,) = await door.files()
    async with door.app.kit.store.reading("test") as work:
        assert await work.file_parts.count(row.id, VIEW) == 1
    await door.says(TELLS)
    await sends_a_picture(door, "a.jpg")
    (case,) = await door.cases()
    rows = await door.files()
    assert [(one.state, one.kind) for one in rows] == [("kept", "image")] * 2
    async with door.app.kit.store.transaction("test") as work:
        assert await suspected(work, case)
        for one in rows:
            assert await work.file_parts.count(one.id, ORIGINAL) == 1
            assert await work.file_parts.count(one.id, VIEW) == 0
        person = await work.people.get("p-lan")
        assert all(one.locked for one in await files_of(work, person, case.id))
    told = "\n".join(one.text for one in await door.heard(1))
    assert all(words in told for words in NO_MORE)
    seen = "\n".join(one.text for one in await door.heard(OFFICER))
    methods, said = everything_said(door)
    said += told + seen
    if not isinstance(door, WebDoor | MemoryDoor) and "editMessageText" not in methods:
        assert LOCKED in said
    for word in (HOST, CANARY, "nha.jpg", "a.jpg", rows[0].ref, rows[0].unique or HOST):
        assert word not in said
    assert not [
        one for one in methods if one.lower().startswith(("sendphoto", "senddoc", "upload"))
    ]
