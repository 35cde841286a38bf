"""Files from a page: streamed and sealed, one effect per id, a kind sentence for what is refused."""

import asyncio
import json
from io import BytesIO

import pytest
from aiohttp import FormData

from tests.support import database
from tests.support.site import Site
from tests.support.world import SHELF

LIMIT = 20 * 2**20
JPEG = (SHELF / "nha.jpg").read_bytes()
NAMES = (
    "nha.jpg", "phong.heic", "chan_dung.png", "dong.gif", "cuoi.webp", "phim.mp4", "phim.mov",
    "tieng.ogg", "loi.webm", "loi.mp4", "loi.m4a", "loi.aac", "loi.amr", "loi.mp3", "don.pdf",
    "don.docx",
)  # fmt: skip


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    made.folder = tmp_path
    yield made
    await made.stop()


def form(data=JPEG, key="1", *, mime="image/jpeg", **fields):
    made = FormData()
    for name, value in {"id": key, **fields}.items():
        if value is not None:
            made.add_field(name, value)
    if data is not None:
        made.add_field("file", BytesIO(data), filename="x.jpg", content_type=mime)
    return made


async def post(site, header, data):
    url = f"{site.url}/api/chat/media"
    async with site.client.post(url, data=data, headers=header) as answer:
        return answer.status, await answer.json()


def sql(site, query):
    with database.owner(site.folder / "annhi.db") as reader:
        found = reader.execute(query).fetchall()
    reader.close()
    return found


async def files(site):
    async with site.store.reading("test") as work:
        return [await work.files.get(one[0]) for one in sql(site, "SELECT id FROM files")]


async def urgent(site, header):
    await site.post(header, id="s", kind="text", text="sos")
    await site.stage.settle()
    await site.post(header, id="p", kind="text", text="xã Đại Hiệp")
    await site.stage.settle()


async def test_a_file_is_sealed_and_its_message_stored_before_it_is_confirmed(site):
    header = await site.session()
    status, answer = await post(site, header, form())
    assert (status, answer) == (202, {"id": "1", "accepted": True, "duplicate": False})
    assert sql(site, "SELECT count(*), sum(CASE WHEN last THEN 1 ELSE 0 END) FROM file_parts") == [
        (1, 1)
    ]
    async with site.store.reading("test") as work:
        (row,) = await work.inbox.oldest(10)
    stored = json.loads(row.raw)
    assert stored["kind"] == "media"
    (media,) = stored["media"]
    assert (media["kind"], media["mime"], media["size"]) == ("image", "image/jpeg", len(JPEG))
    assert "x.jpg" not in row.raw.decode()  # a name may name somebody


async def test_a_file_as_the_very_first_message_begins_a_report_and_is_kept(site):
    header = await site.session()
    await post(site, header, form(text="nhà này có cháu bị đánh"))
    (message,) = (await site.messages(header))["messages"]
    assert message["question"] == "report.danger_now"
    assert "Đã nhận ảnh" in message["text"]
    await urgent(site, header)
    (row,) = await files(site)
    assert (row.state, row.kind, bool(row.case_id)) == ("kept", "image", True)
    async with site.store.reading("test") as work:
        events = await work.cases.events(row.case_id)
    assert "nhà này có cháu bị đánh" in str([one.body for one in events])


@pytest.mark.parametrize("name", NAMES)
async def test_every_kind_on_the_list_is_taken_by_its_content(site, name):
    header = await site.session()
    data = (SHELF / name).read_bytes()
    assert (await post(site, header, form(data, mime="application/x-lie")))[0] == 202
    await site.stage.settle()
    (row,) = await files(site)
    assert (row.state, row.size) == ("kept", len(data))


async def test_what_a_browser_recorded_is_a_voice_note(site):
    header = await site.session()
    data = (SHELF / "loi.webm").read_bytes()
    await post(site, header, form(data, mime="audio/webm;codecs=opus"))
    assert "Đã nhận tin thoại" in (await site.messages(header))["messages"][0]["text"]
    (row,) = await files(site)
    assert (row.kind, row.mime) == ("voice", "audio/webm")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"<html><script>alert(1)</script></html>", 415, "wrong_type"),
        (b"MZ" + bytes(100_000), 415, "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "wrong_type"),
        (JPEG + bytes(LIMIT), 413, "too_big"),
        (b"", 400, "bad_json"),
    ],
    ids=["page", "program", "svg", "too big", "empty"],
)
async def test_what_is_refused_is_refused_with_a_sentence_and_leaves_nothing(
    site, data, status, code
):
    header = await site.session()
    got, answer = await post(site, header, form(data))
    assert (got, answer["error"]["code"]) == (status, code)
    assert answer["error"]["message"].endswith(".")
    assert sql(site, "SELECT count(*) FROM file_parts") == [(0,)]
    assert sql(site, "SELECT count(*) FROM inbox WHERE account != 'page'") == [(0,)]


async def test_a_body_that_names_its_size_is_refused_before_it_is_read(site):
    header = await site.session()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rsplit(":", 1)[1]))
    writer.write(
        f"POST /api/chat/media HTTP/1.1\r\nHost: x\r\nAuthorization: {header['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000000\r\n\r\n".encode()
    )
    await writer.drain()
    assert b" 413 " in await reader.readline()
    writer.close()


async def test_exactly_the_limit_is_taken_in_pieces_of_a_mebibyte(site):
    header = await site.session()
    data = JPEG + bytes(LIMIT - len(JPEG))
    assert (await post(site, header, form(data)))[0] == 202
    assert sql(
        site, "SELECT count(*), max(n), sum(CASE WHEN last THEN 1 ELSE 0 END) FROM file_parts"
    ) == [(20, 19, 1)]
    await site.stage.settle()
    (row,) = await files(site)
    assert (row.state, row.size) == ("kept", LIMIT)


async def test_the_same_id_again_is_a_duplicate_and_leaves_no_second_file(site):
    header = await site.session()
    assert (await post(site, header, form()))[1]["duplicate"] is False
    assert (await post(site, header, form(JPEG + b"x")))[1]["duplicate"] is True
    await site.stage.settle()
    assert (await post(site, header, form()))[1]["duplicate"] is True
    await site.stage.settle()
    assert sql(site, "SELECT count(*) FROM files") == [(1,)]
    assert sql(site, "SELECT count(DISTINCT file_id) FROM file_parts") == [(1,)]


async def test_the_same_id_at_once_is_one_file(site):
    header = await site.session()
    async with asyncio.TaskGroup() as group:
        several = [group.create_task(post(site, header, form())) for _ in range(4)]
    answers = [one.result() for one in several]
    assert {status for status, _ in answers} == {202}
    assert sorted(answer["duplicate"] for _, answer in answers) == [False, True, True, True]
    assert sql(site, "SELECT count(DISTINCT file_id) FROM file_parts") == [(1,)]


async def test_two_people_may_use_the_same_id(site):
    for _ in range(2):
        assert (await post(site, await site.session(), form()))[1]["duplicate"] is False


async def test_the_pictures_of_one_group_are_acknowledged_once(site):
    header = await site.session()
    await site.post(header, id="t", kind="text", text="xin chào")
    await site.stage.settle()
    for n, name in enumerate("abc"):
        data = (SHELF / f"{name}.jpg").read_bytes()
        assert (await post(site, header, form(data, f"{n}", group="g1")))[0] == 202
    assert len((await site.messages(header))["messages"]) == 2
    assert len(await files(site)) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"key": ""}, {"key": "a b"}, {"key": "x" * 65}, {"key": "a:b"}, {"key": None},
        {"data": None}, {"group": "a b"}, {"other": "x"}, {"key": "\u0661"},
    ],
    ids=str,
)  # fmt: skip
async def test_a_form_of_another_shape_is_refused_and_leaves_nothing(site, fields):
    header = await site.session()
    status, answer = await post(site, header, form(**fields))
    assert status == 400
    assert answer["error"]["message"].endswith(".")
    assert sql(site, "SELECT count(*) FROM file_parts") == [(0,)]


async def test_a_caption_that_is_too_long_is_refused(site):
    header = await site.session()
    for text in ("x" * 4001, "x" * 100_000):
        assert (await post(site, header, form(text=text)))[0] == 413
    assert (await post(site, header, form(text="x" * 4000)))[0] == 202


FORM = "multipart/form-data; boundary=b"
PART = b"--b\r\nContent-Disposition: form-data"
BROKEN = [
    (b"{}", "application/json"), (b"", FORM), (b"--b\r\n", FORM), (b"x", "multipart/form-data"),
    (b"--c\r\n\r\nx\r\n--c--\r\n", FORM), (PART + b"; name=file\r\n\r\n\xff\xd8\xff", FORM),
    (PART + b"\r\n\r\nx\r\n--b--\r\n", FORM),
    (PART + b"; name=id\r\n\r\n\xff\r\n--b--\r\n", FORM),
    (b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n", FORM),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), BROKEN)
async def test_a_body_that_is_no_form_is_refused(site, body, kind):
    header = {**await site.session(), "Content-Type": kind}
    url = f"{site.url}/api/chat/media"
    async with site.client.post(url, data=body, headers=header) as answer:
        assert answer.status == 400
        assert "error" in await answer.json()
    assert sql(site, "SELECT count(*) FROM inbox WHERE account != 'page'") == [(0,)]


async def test_a_page_that_goes_away_in_the_middle_leaves_no_message(site):
    header = await site.session()
    stored, commit = asyncio.Event(), site.store.commit

    async def noted(name, connection):
        await commit(name, connection)
        if name == "upload":
            stored.set()

    site.store.commit = noted
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rsplit(":", 1)[1]))
    head = b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n' + JPEG + bytes(3 * 2**20)
    writer.write(
        f"POST /api/chat/media HTTP/1.1\r\nHost: x\r\nAuthorization: {header['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n".encode()
        + head
    )
    await writer.drain()
    async with asyncio.timeout(30):
        await stored.wait()
    writer.close()
    status, answer = await post(site, header, form())  # and sends it again when it is back
    assert (status, answer["duplicate"]) == (202, False)
    assert sql(site, "SELECT count(*) FROM inbox WHERE account != 'page'") == [(1,)]
    await reader.read()


async def test_nobody_sends_a_file_without_a_session_or_from_another_page(site):
    assert (await post(site, {}, form()))[0] == 401
    assert (await post(site, {"Authorization": "Bearer x"}, form()))[0] == 401
    header = await site.session()
    cookie = {"Cookie": f"chat={header['Authorization'].split()[1]}", "Origin": "http://evil"}
    assert (await post(site, cookie, form()))[0] == 403
    assert sql(site, "SELECT count(*) FROM file_parts") == [(0,)]


async def test_a_client_cannot_name_a_file_it_did_not_send(site):
    header = await site.session()
    message = {"id": "1", "kind": "media", "media": [{"kind": "image", "ref": "x"}]}
    assert (await site.post(header, **message))[0] == 400
    message = {"id": "1", "kind": "text", "text": "x", "media": [{"kind": "image", "ref": "x"}]}
    await site.post(header, **message)
    await site.stage.settle()
    assert sql(site, "SELECT count(*) FROM files") == [(0,)]


async def test_other_calls_take_no_more_than_before(site):
    header = {**await site.session(), "Content-Type": "application/json"}
    url = f"{site.url}/api/chat/messages"
    async with site.client.post(url, data=BytesIO(b"x" * (2 * 2**20)), headers=header) as answer:
        assert answer.status == 413


async def test_a_case_that_is_full_refuses_the_file_and_not_the_words(site):
    header = await site.session()
    await urgent(site, header)
    async with site.store.transaction("test") as work:
        (case,) = await work.cases.all_cases()
    with database.owner(site.folder / "annhi.db") as owner:
        owner.execute(
            "INSERT INTO files (id, key, case_id, talk_id, contact_id, channel, account, kind, album,"
            " ref, state, why, mime, size, attempt, try_at, received_at, told) VALUES ('f', 'k:0', ?,"
            " '', 'c', 'web', 'site', 'file', '', x'00', 'kept', '', '', ?, 0, '2026-11-23T13:00:00.000000Z',"
            " '2026-11-23T13:00:00.000000Z', false)",
            (case.id, 200 * 2**20 - 100),
        )
    owner.close()
    status, answer = await post(site, header, form())
    assert status == 413
    assert "Lời nhắn" in answer["error"]["message"]
    assert (await site.post(header, id="w", kind="text", text="cháu đã về nhà"))[0] == 202


async def test_so_many_uploads_at_a_time_and_the_next_waits(site):
    header = await site.session()
    for _ in range(8):
        await site.parts.uploads.acquire()
    url = f"{site.url}/api/chat/media"
    async with site.client.post(url, data=form(), headers=header) as answer:
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) > 0
    site.parts.uploads.release()
    assert (await post(site, header, form()))[0] == 202


async def test_errors_speak_english_where_english_is_read(site):
    header = {**await site.session(), "Accept-Language": "en"}
    assert "kind of file" in (await post(site, header, form(b"<html>")))[1]["error"]["message"]
