"""F9: killed in mid-file. F51: whatever a file is made of, the report stands; it is refused or cleaned."""

import asyncio
from hashlib import sha256
from io import BytesIO

import pytest
from aiohttp import ClientError, ClientSession, FormData, web

from bot.app import open_store
from bot.channels.telegram import Telegram
from notifications.channel import Later
from storage.records.file_parts import ORIGINAL, PIECE, VIEW
from tests.faults.place import close_place, open_place
from tests.support.fake_telegram import TOKEN, FakeTelegram, Fault
from tests.support.make_media import CANARY, PLACE
from tests.support.site import Site
from tests.support.world import SHELF

REPORT = ("sos", "xã Đại Hiệp")
JPEG = (SHELF / "nha.jpg").read_bytes()
WHOLE = JPEG + bytes(range(256)) * (3 * PIECE // 256)


@pytest.fixture
async def quick(tmp_path):
    """A lease ends within seconds."""
    made = await open_place(tmp_path, scale=60)
    yield made
    await close_place(made)


def photo(place, file_id, data):
    """A picture of Minh as Telegram gives it out; its bytes are asked for later."""
    place.peer.files[file_id] = data
    update = place.update("")
    del update["message"]["text"]
    size = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(data)}
    update["message"]["photo"] = [{**size, "width": 1, "height": 1}]
    place.peer.push(update)


async def original(place):
    """The only file of the only case, from its pieces."""
    store, _ = await open_store(place.config)
    async with store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        (row,) = await work.files.of_case(case.id)
        many = await work.file_parts.count(row.id, ORIGINAL)
        pieces = [
            await work.file_parts.read(row.id, ORIGINAL, n, last=n == many - 1) for n in range(many)
        ]
        view = await work.file_parts.count(row.id, VIEW)
    await store.close()
    return row, b"".join(pieces), view


async def _kept_once_after(place, process):
    """It died; it is started again, and the file is there, once and whole."""
    await place.dies(process)
    assert place.sql("SELECT state FROM files") == [("wanted",)]
    place.peer.release.set()
    await place.start()
    await place.eventually(lambda: place.sql("SELECT state FROM files") == [("kept",)])
    await place.until(lambda: place.alerts() and place.receipts())
    await place.end()
    row, data, view = await original(place)
    assert (data, view) == (WHOLE, 1)
    assert row.facts["sha256"] == sha256(WHOLE).hexdigest()
    stored = place.sql("SELECT count(*) FROM file_parts WHERE what = 'orig'")
    assert stored == [(-(-len(WHOLE) // PIECE),)]
    assert place.sql("SELECT count(DISTINCT file_id) FROM file_parts") == [(1,)]
    await place.whole()


async def test_f09_a_kill_in_mid_file_resumes_by_its_reference_and_leaves_one_file(quick):
    quick.says(*REPORT)
    photo(quick, "F1", WHOLE)
    process = await quick.start()
    quick.peer.on_accept["half a file"] = process.kill
    await _kept_once_after(quick, process)
    assert quick.peer.downloads == ["F1", "F1"]


@pytest.mark.parametrize(
    "point",
    [
        ("after", "files", "1"), ("before", "file piece", "3"), ("after", "file piece", "4"),
    ],
    ids=" ".join,
)  # fmt: skip
async def test_f09_a_kill_at_a_commit_of_a_file_leaves_one_file(quick, point):
    quick.says(*REPORT)
    photo(quick, "F1", WHOLE)
    process = await quick.start("KILL", *point)
    await _kept_once_after(quick, process)


async def test_f09_what_was_whole_before_the_kill_is_not_fetched_again(quick):
    quick.says(*REPORT)
    photo(quick, "F1", WHOLE)
    process = await quick.start("KILL", "before", "file kept", "1")
    await _kept_once_after(quick, process)
    assert quick.peer.downloads == ["F1"]


async def test_f09_a_page_killed_in_mid_file_confirms_nothing_and_sends_it_again(quick):
    await quick.start()
    await quick.listening()
    async with ClientSession() as client:
        async with client.post(f"{quick.url}/api/chat/sessions", json={}) as answer:
            header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        await quick.end()
        process = await quick.start("KILL", "after", "upload", "2")
        await quick.listening()
        with pytest.raises(ClientError):
            await _upload(quick.url, client, header, WHOLE)
        await quick.dies(process)
        await quick.start()
        await quick.listening()
        status, answer = await _upload(quick.url, client, header, WHOLE)
        assert (status, answer.get("duplicate", answer)) == (202, False)
        await quick.eventually(lambda: quick.sql("SELECT state FROM files") == [("kept",)])
    await quick.end()
    assert quick.sql("SELECT count(*) FROM inbox WHERE channel = 'web'") == [(1,)]


async def _upload(url, client, header, data, key="1"):
    form = FormData()
    form.add_field("id", key)
    form.add_field("file", BytesIO(data), filename="x.jpg")
    async with client.post(f"{url}/api/chat/media", data=form, headers=header) as answer:
        return answer.status, await answer.json()


# F51


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    made.folder = tmp_path
    yield made
    await made.stop()


async def _in_a_case(site, data):
    """Sent with a report that becomes a case: the answer, the row if there is one, the case."""
    header = await site.session()
    for n, text in enumerate(REPORT):
        await site.post(header, id=f"t{n}", kind="text", text=text)
        await site.stage.settle()
    status, _ = await _upload(site.url, site.client, header, data, "f")
    await site.stage.settle()
    async with site.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        rows = await work.files.of_case(case.id)
    return status, (rows or [None])[0], (await site.messages(header))["messages"]


@pytest.mark.parametrize(
    ("data", "status"),
    [(JPEG + bytes(50 * 2**20), 413), ((SHELF / "trang.jpg").read_bytes(), 415)],
    ids=["50 MB", "lying type"],
)
async def test_f51_a_file_that_is_refused_at_the_door_costs_no_report(site, data, status):
    got, row, messages = await _in_a_case(site, data)
    assert (got, row) == (status, None)
    assert any("Mã tin báo" in one["text"] for one in messages)


@pytest.mark.parametrize(
    ("name", "state", "why"),
    [
        ("bom.png", "kept", "unsafe"), ("bom.docx", "failed", "unsafe"),
        ("macro.docx", "failed", "unsafe"), ("gay.jpg", "kept", "unsafe"),
        ("hai_mat.jpg", "kept", ""), ("nha.jpg", "kept", ""), ("phong.heic", "kept", ""),
    ],
)  # fmt: skip
async def test_f51_a_trap_is_refused_or_kept_without_anything_that_could_be_shown(
    site, name, state, why
):
    status, row, messages = await _in_a_case(site, (SHELF / name).read_bytes())
    assert status == 202
    assert (row.state, row.why) == (state, why)
    assert any("Mã tin báo" in one["text"] for one in messages)
    async with site.store.reading("test") as work:
        many = await work.file_parts.count(row.id, VIEW)
        view = await work.file_parts.read(row.id, VIEW, 0, last=True) if many else b""
        whole = await work.file_parts.count(row.id, ORIGINAL)
    assert bool(view) is (state == "kept" and not why)
    assert bool(whole) is (state == "kept")
    for word in (b"Exif", b"GPS", CANARY.encode(), b"<script", b"word/document.xml"):
        assert word not in view


async def test_f51_no_word_of_the_metadata_is_told_to_anybody_or_stands_in_any_file(site):
    await _in_a_case(site, JPEG)
    assert CANARY.encode() in JPEG
    degrees = f"{PLACE[0]}".encode()
    for path in site.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert CANARY.encode() not in data, path.name
            assert b"\xff\xd8\xff\xe0" not in data, path.name  # the beginning of a JPEG
            assert b"\xff\xd8\xff\xe1" not in data, path.name
            assert degrees not in data, path.name


@pytest.fixture
async def telegram():
    made = FakeTelegram()
    channel = Telegram(TOKEN, await made.start())
    yield made, channel
    await channel.close()
    await made.stop()


async def test_f51_no_request_follows_a_redirect_to_a_private_host(telegram):
    fake, channel = telegram
    asked = asyncio.Event()

    async def private(_: web.Request) -> web.Response:
        asked.set()
        return web.Response(body=JPEG)

    app = web.Application()
    app.router.add_get("/{tail:.*}", private)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    inner = f"http://127.0.0.1:{runner.addresses[0][1]}/secret"

    async def moved(request: web.Request, fault: Fault) -> web.Response:
        return web.Response(status=302, headers={"Location": inner})

    fake.files["F1"] = JPEG
    fake._failing = moved
    fake.fail("download", Fault())
    assert await channel.fetch("F1") == Later("unreachable")
    assert not asked.is_set()
    await runner.cleanup()


async def test_f51_a_file_address_that_names_another_host_is_not_asked(telegram):
    fake, channel = telegram
    for path in (
        "http://127.0.0.1:1/x",
        "//127.0.0.1:1/x",
        "/etc/passwd",
        "../../x",
        "@127.0.0.1/x",
    ):
        told = {"file_id": "F1", "file_unique_id": "u", "file_size": 1, "file_path": path}
        fake.fail("getFile", Fault(200, {"ok": True, "result": told}))
        assert isinstance(await channel.fetch("F1"), Later)
    # Whatever it names, it is asked of Telegram's own host, or of nobody.
    assert fake.downloads == ["x", "x", "x"]
