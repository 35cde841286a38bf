"""F54: a token, a key, a name, a number, an address and what a picture hides go every way there is.

The real program runs at DEBUG, errors are forced, and afterwards nothing of it stands in any log,
command, metric, address, file name, locked screen or file on the disk.
"""

import asyncio
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from aiohttp import ClientSession, FormData

from bot.commands import COMMANDS
from tests.faults.loud import BROKEN
from tests.faults.place import LAN, MINH, buttons, close_place, open_place
from tests.support.canary import HIDDEN, NAME, PHONE, PLACE, REPORT, found_in, on_the_disk, picture
from tests.support.fake_telegram import TOKEN, Fault

JOIN = "AAAABBBBCCCCDDDD"


@pytest.fixture
async def place(tmp_path):
    made = await open_place(tmp_path)
    yield made
    await close_place(made)


def message(place, **fields):
    update = place.update("")
    del update["message"]["text"]
    update["message"] |= fields
    return update


def broken(place):
    """Of somebody else: what meets a bug waits to be tried again, and their lane with it."""
    update = place.update(f"{BROKEN} {REPORT}")
    for one in (update["message"]["from"], update["message"]["chat"]):
        one["id"] = MINH + 7
    return update


def odd(place):
    """What no messenger should send, with the words in every corner."""
    now = int(datetime.now(UTC).timestamp())
    yield message(place, contact={"phone_number": PHONE, "first_name": NAME, "user_id": MINH})
    yield message(place, location={"latitude": 15.9, "longitude": 108.1})
    yield message(place, poll={"id": "1", "question": NAME, "options": []})
    yield message(place, sticker={"file_id": "s", "emoji": NAME})
    yield message(place, document={"file_id": "pic", "file_unique_id": "u", "file_name": f"{NAME}.jpg"},
                  caption=REPORT)  # fmt: skip
    place.n += 1
    yield {"update_id": place.n, "message": {"text": NAME, "date": now, "from": NAME}}
    place.n += 1
    yield {
        "update_id": place.n,
        "callback_query": {"id": "1", "data": f"c:{NAME}", "from": {"id": MINH}},
    }
    place.n += 1
    yield {"update_id": place.n, "something_new": {"text": REPORT}}


async def on_the_pages(place, client):
    """Every door of the pages, with the words in paths, bodies, headers and file names."""
    base = place.url
    async with client.post(f"{base}/api/chat/sessions", json={"lang": "vi", "start": NAME}) as got:
        header = {"Authorization": f"Bearer {(await got.json())['token']}"}
    for n, text in enumerate((REPORT, "sos", "xã Đại Hiệp")):
        body = {"id": f"m{n}", "kind": "text", "text": text}
        await (await client.post(f"{base}/api/chat/messages", json=body, headers=header)).release()
    form = FormData({"id": "f1"})
    form.add_field("file", picture(), filename=f"{NAME}.jpg", content_type="image/jpeg")
    await (await client.post(f"{base}/api/chat/media", data=form, headers=header)).release()
    for path in (f"/join/{JOIN}", f"/?q={NAME}", f"/dashboard/case/{NAME}", f"/{NAME}"):
        await (await client.get(f"{base}{path}", headers={"X-From": PHONE})).release()
    for path in (
        "/telegram/webhook",
        "/zalo/oa/webhook",
        "/api/chat/messages",
        "/dashboard/sign-in",
    ):
        for data in (
            f"{{{NAME}",
            json.dumps({"text": REPORT, "kind": [NAME]}),
            NAME.encode("utf-16"),
        ):
            await (await client.post(f"{base}{path}", data=data, headers=header)).release()
    await (
        await client.get(f"{base}/api/chat/messages?after={quote(NAME)}", headers=header)
    ).release()


async def command(place, *words):
    """What it prints, at DEBUG too."""
    run = await asyncio.create_subprocess_exec(
        "python", "-m", "tests.faults.loud", *words, cwd=place.folder,
        env={**place.env(), "PATH": _python(place)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await run.communicate()
    return out


def _python(place):
    import sys
    from pathlib import Path

    return f"{Path(sys.executable).parent}:{place.env()['PATH']}"


async def _told(place):
    await place.until(lambda: len(place.alerts()) > 1)


async def test_f54_no_word_of_a_report_leaves_by_any_side_door(place):
    place.peer.files["pic"] = picture()
    await place.run("tests.faults.loud", "run")
    await place.listening()
    ugly = {"ok": False, "error_code": 400, "description": f"Bad Request: {REPORT}"}
    torn = {"ok": False, "error_code": 500, "description": REPORT}
    place.peer.fail("sendMessage", Fault(400, ugly), Fault(500, torn), Fault(200, {"ok": NAME}))
    place.peer.push(broken(place))
    place.says(REPORT, "sos", "xã Đại Hiệp", f"thêm: {REPORT}")
    place.peer.push(*odd(place))
    async with ClientSession() as client:
        await on_the_pages(place, client)
        await _told(place)
        alert = next(one for one in place.peer.sent(LAN) if "Việc mới" in one["text"])
        place.presses(LAN, alert, buttons(alert)[0]["text"])
        code = alert["text"].split()[2].strip(".")
        before = len(place.told(LAN))
        for words in (f"/vu {code}", f"/tim {NAME}", "/web", f"/giay {NAME}"):
            update = place.update(words)
            for one in (update["message"]["from"], update["message"]["chat"]):
                one["id"] = LAN
            place.peer.push(update)
        await place.until(lambda: len(place.told(LAN)) > before + 3)
        seen = b""
        for path in ("/metrics", "/healthz", "/readyz"):
            async with client.get(f"{place.admin}{path}") as answer:
                seen += await answer.read()
    assert any(NAME in one for one in place.told(LAN)), "the card holds it: the words came through"
    words = (
        "cases",
        "cases --json",
        "people --json",
        "check",
        "rights list",
        "breach list",
        "audit verify",
    )
    words += ("backup var/copy.bak",) * ("backup" in {one.name for one in COMMANDS})
    for one in words:
        seen += await command(place, *one.split())
    await place.end()
    key = json.loads((place.folder / "var/keys.json").read_text())["index_key"]
    canaries = (NAME, "Kanari", PLACE, PHONE, HIDDEN, TOKEN, key, JOIN)
    log = (place.folder / "log.txt").read_bytes()
    assert log.count(b'"bug": "ValueError"') >= 1, (
        "the bug was met, and its message quotes the report"
    )
    assert b'"level": "debug"' in log
    seen += log
    assert found_in(seen, canaries) == set()
    assert on_the_disk(place.folder, canaries) == []
    assert on_locked_screens(place, (*canaries, "Đại Hiệp", "bị đánh")) == []


def on_locked_screens(place, canaries):
    """The first line of all that was sent, and what stands behind its buttons."""
    hits = []
    for who in (LAN, MINH):
        for sent in place.peer.sent(who):
            behind = [
                str(one.get("url", "")) + str(one.get("callback_data", "")) for one in buttons(sent)
            ]
            shown = "\n".join([sent["text"].split("\n")[0], *behind])
            hits += [(shown, one) for one in found_in(shown.encode(), canaries)]
    return hits
