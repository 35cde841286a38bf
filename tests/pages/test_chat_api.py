"""The web chat's contract: 202 after the commit, one effect per id, and a kind error for the rest."""

import asyncio
import json
from io import BytesIO

import pytest

from cases.roster import village_code
from tests.support import database
from tests.support.pseudo import LANG, accented, write_language
from tests.support.site import Site

HELLO = "Lúc này trẻ có đang gặp nguy hiểm không?"


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


async def rows(site):
    async with site.store.reading("test") as work:
        return len(await work.inbox.oldest(100))


async def test_a_session_has_a_token_and_a_cookie_that_scripts_cannot_read(site):
    async with site.client.post(f"{site.url}/api/chat/sessions", json={"lang": "vi"}) as answer:
        assert answer.status == 201
        made = await answer.json()
        cookie = answer.headers["Set-Cookie"]
    assert set(made) == {"session", "token"}
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert made["token"] in cookie


async def test_a_message_is_stored_before_it_is_confirmed(site):
    header = await site.session()
    status, answer = await site.post(header, id="1", kind="text", text="xin chào")
    assert (status, answer) == (202, {"id": "1", "accepted": True, "duplicate": False})
    assert await rows(site) == 1


async def test_the_same_id_again_has_no_second_effect_even_at_once(site):
    header = await site.session()
    message = {"id": "1", "kind": "text", "text": "xin chào"}
    async with asyncio.TaskGroup() as group:
        both = [group.create_task(site.post(header, **message)) for _ in range(5)]
    answers = [one.result() for one in both]
    assert {status for status, _ in answers} == {202}
    assert sorted(answer["duplicate"] for _, answer in answers) == [False, True, True, True, True]
    assert await rows(site) == 1


async def test_what_was_said_comes_back_by_number_with_its_buttons(site):
    header = await site.session()
    await site.post(header, id="1", kind="text", text="xin chào")
    found = await site.messages(header)
    (message,) = found["messages"]
    assert message["question"] == "report.danger_now"
    assert HELLO in message["text"]
    assert [one["option"] for one in message["choices"]][:3] == ["now", "no", "unsure"]
    assert set(message) <= {"seq", "id", "at", "text", "question", "prompt", "choices", "ask"}
    assert (await site.messages(header, found["last"]))["messages"] == []
    pressed = {"kind": "choice", "prompt": message["prompt"], "option": "now"}
    assert (await site.post(header, id="2", **pressed))[0] == 202
    (place,) = (await site.messages(header, found["last"]))["messages"]
    assert place["question"] == "report.child_place"
    assert place["ask"] == "location"
    assert (await site.post(header, id="3", kind="location", lat=15.88, lon=108.11))[0] == 202
    assert (await site.messages(header, place["seq"]))["messages"][0]["choices"]


async def test_a_language_beside_the_program_is_that_of_page_and_talk(tmp_path):
    folder = write_language(tmp_path / "languages")
    made = await Site().start(tmp_path, ANNHI_LANGUAGES_DIR=str(folder))
    header = await made.session(lang=LANG)
    await made.post(header, id="1", kind="text", text="hello")
    assert accented("right now?") in (await made.messages(header))["messages"][0]["text"]
    unknown = await made.session(lang="fr")
    await made.post(unknown, id="1", kind="text", text="hello")
    assert HELLO in (await made.messages(unknown))["messages"][0]["text"]
    async with made.client.get(f"{made.url}/join/xa-20500?lang={LANG}") as answer:
        html = await answer.text()
    assert f'<html lang="{LANG}"' in html
    assert 'href="/join/xa-20500?lang=vi">Tiếng Việt</a>' in html
    assert 'href="/join/xa-20500?lang=en">English</a>' in html
    asked = {"Accept-Language": f"fr, {LANG};q=0.9, en"}
    async with made.client.get(f"{made.url}/nowhere", headers=asked) as answer:
        assert (await answer.json())["error"]["message"] == accented("There is no such address.")
    await made.stop()


async def test_a_poster_of_a_village_opens_a_reporters_thread(site):
    code = f"xa-20500-{village_code('20500', 'Hòa Tây')}"
    body = {"start": code}
    async with site.client.post(f"{site.url}/api/chat/sessions", json=body) as answer:
        assert (
            "Max-Age" not in answer.headers["Set-Cookie"]
        )  # gone with the browser, as a reporter's is
    header = await site.session(start=code.replace("xa-", "Xa-"))
    assert "xã Đại Lộc" in (await site.messages(header))["messages"][0]["text"]


async def test_english_is_answered_in_english(site):
    header = await site.session(lang="en")
    await site.post(header, id="1", kind="text", text="hello")
    assert "right now?" in (await site.messages(header))["messages"][0]["text"]


async def test_an_invitation_enrols_the_session(site):
    from bot.commands.setup import make_invitation
    from cases.model import Role
    from storage.records.people import Invite

    made = await make_invitation(site.store, Invite(Role.OFFICER, "20500", (), "Lan"))
    header = await site.session(start=made.code)
    assert "cán bộ bảo vệ trẻ em" in (await site.messages(header))["messages"][0]["text"]
    header = await site.session()
    await site.post(header, id="1", kind="text", text=f"#{made.code}")
    assert "không dùng được" in (await site.messages(header))["messages"][0]["text"]


@pytest.mark.parametrize("text", ["😭😭😭", "\u200b\u202e", "<b>x</b> [y](z)", "4", "a" * 4000])
async def test_f44_odd_texts_are_taken_and_answered(site, text):
    header = await site.session()
    assert (await site.post(header, id="1", kind="text", text=text))[0] == 202
    assert (await site.messages(header))["messages"]


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"id": "1", "kind": "text", "text": "a" * 4001}, 413),
        ({"id": "1", "kind": "text", "text": "a" * 100_000}, 413),
        ({"id": "1", "kind": "song", "text": "x"}, 400),
        ({"id": 1, "kind": "text", "text": "x"}, 400),
        ({"id": "", "kind": "text", "text": "x"}, 400),
        ({"id": "x" * 65, "kind": "text", "text": "x"}, 400),
        ({"id": "a b", "kind": "text", "text": "x"}, 400),
        ({"id": "1\n", "kind": "text", "text": "x"}, 400),
        ({"id": "a:b", "kind": "text", "text": "x"}, 400),
        ({"id": "\u0661", "kind": "text", "text": "x"}, 400),
        ({"id": "\ud800", "kind": "text", "text": "x"}, 400),
        ({"kind": "text", "text": "x"}, 400),
        ({"id": "1", "kind": "text", "text": {"a": 1}}, 400),
        ({"id": "1", "kind": "location", "lat": "x", "lon": 1}, 400),
        ({"id": "1", "kind": "location", "lat": 95, "lon": 1}, 400),
        ({"id": "1", "kind": "location"}, 400),
        ([], 400),
    ],
)
async def test_f42_a_message_of_another_shape_is_refused_with_a_sentence(site, message, status):
    header = await site.session()
    url = f"{site.url}/api/chat/messages"
    async with site.client.post(url, json=message, headers=header) as answer:
        assert answer.status == status
        error = (await answer.json())["error"]
    assert set(error) == {"code", "message"}
    assert error["message"].endswith(".")
    assert await rows(site) == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"x" * (1024 * 1024 + 4096), "application/json", 413),
    ],
)
async def test_a_body_that_is_no_message_is_refused(site, body, kind, status):
    header = {**await site.session(), "Content-Type": kind}
    url = f"{site.url}/api/chat/messages"
    async with site.client.post(url, data=BytesIO(body), headers=header) as answer:
        assert answer.status == status
        assert "error" in await answer.json()


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "x"}])
async def test_without_the_right_token_nothing_is_said_or_heard(site, header):
    assert (await site.post(header, id="1", kind="text", text="x"))[0] == 401
    assert "error" in await site.messages(header)


async def test_one_session_never_hears_another(site):
    first, second = await site.session(), await site.session()
    await site.post(first, id="1", kind="text", text="xin chào")
    assert (await site.messages(second))["messages"] == []
    assert len((await site.messages(first))["messages"]) == 1


async def test_a_page_of_somebody_else_cannot_speak_for_a_browser(site):
    async with site.client.post(f"{site.url}/api/chat/sessions", json={}) as answer:
        assert answer.status == 201
    url = f"{site.url}/api/chat/messages"
    message = {"id": "1", "kind": "text", "text": "x"}
    async with site.client.post(
        url, json=message, headers={"Origin": "https://evil.example"}
    ) as no:
        assert no.status == 403
    async with site.client.post(url, json=message, headers={"Origin": site.url}) as yes:
        assert yes.status == 202


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "9" * 40, "٣"])
async def test_a_strange_number_is_refused(site, after):
    assert (await site.messages(await site.session(), after))["error"]["code"] == "bad_json"


async def test_quick_exit_forgets_the_address_and_still_files_what_was_told(site):
    header = await site.session()
    await site.post(header, id="1", kind="text", text="chồng tôi đang đánh con")
    await site.stage.settle()
    async with site.client.delete(f"{site.url}/api/chat/sessions", headers=header) as answer:
        assert answer.status == 204
        assert "storage" in answer.headers["Clear-Site-Data"]
    assert (await site.post(header, id="2", kind="text", text="x"))[0] == 401
    await site.stage.settle()
    async with site.store.reading("test") as work:
        assert len(await work.cases.all_cases()) == 1


@pytest.mark.parametrize(
    "key", ["1", "_-" * 32, "exit", "start", "3f2b8c1e-5d4a-4e0b-9d53-7f1f0f6f7a10"]
)
async def test_a_name_of_plain_signs_is_taken_and_none_is_ours_already(site, key):
    header = await site.session(start="xa-20500")
    assert (await site.post(header, id=key, kind="text", text="x")) == (
        202, {"id": key, "accepted": True, "duplicate": False},
    )  # fmt: skip


async def leaves(site, header):
    async with site.client.delete(f"{site.url}/api/chat/sessions", headers=header) as answer:
        return answer.status


@pytest.mark.parametrize("refused", ["INSERT ON inbox", "UPDATE ON webchat_sessions"])
async def test_an_exit_that_failed_half_way_works_when_it_is_repeated(site, tmp_path, refused):
    header = await site.session()
    await site.post(header, id="1", kind="text", text="chồng tôi đang đánh con")
    await site.stage.settle()
    with database.refusing(tmp_path / "annhi.db", refused):
        assert await leaves(site, header) == 503
    assert await leaves(site, header) == 204
    assert await rows(site) == 1
    assert (await site.post(header, id="2", kind="text", text="x"))[0] == 401
    await site.stage.settle()
    async with site.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        assert await work.cases.reporters(case.id) == []


async def test_a_stream_goes_on_where_it_broke_off(site):
    header = await site.session()
    await site.post(header, id="1", kind="text", text="xin chào")
    await site.stage.settle()
    url = f"{site.url}/api/chat/events"
    async with site.client.get(url, headers=header) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        first = await event(stream)
        await site.post(header, id="2", kind="text", text="2")
        await site.stage.settle()
        second = await event(stream)
    async with site.client.get(url, headers={**header, "Last-Event-ID": first["id"]}) as stream:
        again = await event(stream)
    assert again == second
    assert int(second["id"]) > int(first["id"])
    assert json.loads(first["data"])["question"] == "report.danger_now"
    assert first["event"] == "message"


async def test_a_damaged_message_is_named_as_such_and_the_page_hears_what_comes_after(
    site, tmp_path
):
    header = await site.session()
    await site.post(header, id="1", kind="text", text="xin chào")
    await site.stage.settle()
    database.asked(tmp_path / "annhi.db", f"UPDATE webchat_messages SET body = X'{'00' * 40}'")
    await site.post(header, id="2", kind="text", text="2")
    await site.stage.settle()
    said = (await site.messages(header))["messages"]
    assert "bị hỏng" in said[0]["text"]
    assert "bị hỏng" not in said[1]["text"]
    async with site.client.get(f"{site.url}/api/chat/events", headers=header) as stream:
        heard = [json.loads((await event(stream))["data"])["text"] for _ in said[:2]]
    assert heard == [one["text"] for one in said[:2]]


async def event(stream):
    """The next event of a stream."""
    fields = {}
    async with asyncio.timeout(10):
        async for raw in stream.content:
            line = raw.decode().rstrip("\n")
            if not line and fields:
                return fields
            name, _, value = line.partition(": ")
            if name and not line.startswith(":"):
                fields[name] = value
    raise AssertionError("the stream ended")


async def test_a_database_that_cannot_be_written_confirms_nothing_and_loses_nothing(site, tmp_path):
    header = await site.session()
    with database.held(site.store, tmp_path / "annhi.db"):
        status, answer = await site.post(header, id="1", kind="text", text="x")
    assert status == 503
    assert "111" in answer["error"]["message"]
    assert (await site.post(header, id="1", kind="text", text="x"))[0] == 202
