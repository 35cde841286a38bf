"""F54: a token, a key, a name, a number, an address and what a picture hides go every way there is.

The real program runs at DEBUG, errors are forced, and afterwards nothing of it stands in any log,
command, metric, address, file name, locked screen or file on the disk.
"""

import asyncio
import io
import json
from datetime import UTC, datetime
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from aiohttp import ClientSession, FormData
from sqlalchemy import select, update

from bot.app import open_store
from bot.commands import COMMANDS
from storage.tables import case_events, files, outbox, timers
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


async def _spoiled(place):
    """While the program is off rows are damaged, so that what breaks on them quotes what they held.

    Sealed as we seal, but not what we wrote: a button and a file that have a report for a field's name. A
    clock whose name is somebody's, and an event of which one bit has turned over.
    """
    store, _ = await open_store(place.config)
    async with store.transaction("test") as work:
        tx, (case,) = work._tx, await work.cases.all_cases()
        row = await tx.one(
            select(outbox).where(outbox.c.op == "say", outbox.c.case_id == case.id).limit(1)
        )
        body = json.dumps({"op": "say", "text": REPORT, "choices": [{REPORT: PHONE}]}).encode()
        body = await tx.seal(f"case:{case.id}", f"outbox|body|{row['id']}", body)
        this = update(outbox).where(outbox.c.id == row["id"])
        await tx.run(this.values(body=body, state="waiting", attempt=0))
        (sent,) = [one for one in await work.files.of_case(case.id) if one.state == "kept"][:1]
        ref = json.dumps({"ref": "pic", "unique": "", REPORT: PHONE}).encode()
        ref = await tx.seal(f"file:{sent.id}", f"files|ref|{sent.id}", ref)
        await tx.run(
            update(files)
            .where(files.c.id == sent.id)
            .values(ref=ref, state="wanted", try_at=work.now)
        )
        named = update(timers).where(timers.c.kind == "emergency", timers.c.state == "armed")
        await tx.run(named.values(kind=NAME))
        first = (await work.cases.events(case.id))[0]
        turned = select(case_events.c.body).where(case_events.c.id == first.id)
        sealed = bytearray((await tx.one(turned))["body"])
        sealed[-1] ^= 1
        this = update(case_events).where(case_events.c.id == first.id)
        await tx.run(this.values(body=bytes(sealed)))
    await store.close()
    place.hours_pass(24)


def _bugs(place, *loops):
    """What the loops of these names met: kind of bug, as the log has it."""
    lines = (place.folder / "log.txt").read_text(encoding="utf-8").splitlines()
    found = [json.loads(one) for one in lines if one.startswith("{")]
    return {
        one["bug"] for one in found
        if "bug" in one and any(name in frame for name in loops for frame in one["trace"])
    }  # fmt: skip


async def _figures(place):
    async with ClientSession() as client:
        seen = b""
        for path in ("/metrics", "/healthz", "/readyz"):
            async with client.get(f"{place.admin}{path}") as answer:
                seen += await answer.read()
    return seen


async def test_f54_what_breaks_in_a_tick_a_sending_or_a_file_names_nobody(place):
    """The real loops meet what is damaged: a row, a sealed value, the bytes and the name of a file."""
    place.peer.files["pic"] = picture()
    await place.run("tests.faults.loud", "run")
    await place.listening()
    place.says(REPORT, "sos", "xã Đại Hiệp")
    await place.until(lambda: bool(place.alerts()))
    place.peer.files |= {"torn": picture()[:-200], "zip": _torn_document()}
    for one in ("pic", "torn", "zip"):
        document = {"file_id": one, "file_unique_id": one, "file_name": f"{NAME}.jpg"}
        place.peer.push(message(place, document=document, caption=REPORT))
    refused = {"ok": False, "error_code": 400, "description": f"Bad Request: {REPORT}"}
    place.peer.fail("getFile", Fault(400, refused), Fault(200, {"ok": True, "result": {NAME: 1}}))
    place.peer.fail("download", Fault(500, {"error": REPORT}), Fault(cut=True))
    states = "SELECT COUNT(*) FROM files WHERE state IN ('kept', 'failed')"
    await place.eventually(lambda: place.sql(states) == [(3,)])
    await place.end()
    await _spoiled(place)
    await place.run("tests.faults.loud", "run")
    await place.listening()
    await place.eventually(lambda: {"KeyError", "Unreadable"} <= _bugs(place, "tick.py"))
    await place.eventually(lambda: "TypeError" in _bugs(place, "sender.py"))
    await place.eventually(lambda: "Unreadable" in _bugs(place, "fetching.py"))
    seen = await _figures(place)
    for words in ("cases --json", "people --json", "check", "audit verify"):
        seen += await command(place, *words.split())
    await place.end()
    key = json.loads((place.folder / "var/keys.json").read_text())["index_key"]
    canaries = (NAME, "Kanari", PLACE, PHONE, HIDDEN, TOKEN, key)
    assert found_in(seen + (place.folder / "log.txt").read_bytes(), canaries) == set()
    assert on_locked_screens(place, (NAME, "Kanari", PHONE, HIDDEN, TOKEN, key)) == []


def _torn_document():
    """A Word file whose list and parts differ: whoever unpacks it hears the name of the part."""
    made = io.BytesIO()
    with ZipFile(made, "w") as parts:
        for name in ("[Content_Types].xml", "word/document.xml", f"word/{NAME}.xml"):
            parts.writestr(name, REPORT)
    data, name = made.getvalue(), f"word/{NAME}.xml".encode()
    return data.replace(name, name.replace(b"word/", b"wurd/"), 1)


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
