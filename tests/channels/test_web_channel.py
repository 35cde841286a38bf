"""The web chat as a channel: what is read, what `send` promises, and what a page hears of it."""

import asyncio
import json
import unicodedata
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.memory import ABILITIES
from bot.channels.webchat import WebChat
from cases.messages import Address, Choice, Incoming, Outgoing
from cases.model import Person, Role
from notifications.channel import Admitted, Gone, Rejected, Retry, Sent
from tests.support import database
from tests.support.site import Site
from tests.support.world import open_world

AT = "2026-11-23T20:15:00+07:00"


@pytest.fixture
async def site(tmp_path):
    made = await Site().start(tmp_path)
    yield made
    await made.stop()


@pytest.fixture
async def thread(site):
    """A session somebody has open: its address, and the header that reads it."""
    async with site.client.post(f"{site.url}/api/chat/sessions", json={}) as answer:
        made = await answer.json()
    site.client.cookie_jar.clear()
    session = made["session"]
    header = {"Authorization": f"Bearer {made['token']}"}
    return Address("web", "site", session, session), header


@pytest.fixture
def channel(site):
    return site.app.kit.channels["web", "site"]


def body(**values):
    return json.dumps({"session": "s1", "id": "1", "at": AT, "lang": "vi", **values}).encode()


# Reading.

READS = [
    ({"kind": "text", "text": "xin chào"}, {"text": "xin chào"}),
    ({"kind": "choice", "prompt": "p", "option": "now"}, {"prompt": "p", "option": "now"}),
    ({"kind": "location", "lat": 15.88, "lon": 108}, {"lat": 15.88, "lon": 108.0}),
    ({"kind": "start", "payload": "xa-20500"}, {"payload": "xa-20500"}),
    ({"kind": "signal", "signal": "exit"}, {"signal": "exit"}),
    ({"kind": "text", "text": None, "lat": True, "lon": "x"}, {}),
]


@pytest.mark.parametrize(
    ("sent", "read"), READS, ids=[sent["kind"] for sent, _ in READS[:-1]] + ["odd"]
)
def test_a_message_of_the_page_is_read_field_by_field(sent, read):
    incoming = WebChat(None).read(body(**sent))
    assert incoming == Incoming(
        channel="web", account="site", user="s1", chat="s1", dedupe="s1:1",
        at=datetime(2026, 11, 23, 13, 15, tzinfo=UTC), kind=sent["kind"], lang="vi", **read,
    )  # fmt: skip
    assert incoming.at.tzinfo is UTC


def test_a_text_is_read_composed_and_without_outer_space():
    text = unicodedata.normalize("NFD", "  Ái Nghĩa \n")
    assert WebChat(None).read(body(kind="text", text=text)).text == "Ái Nghĩa"


def test_a_message_is_known_by_its_session_and_its_own_id():
    admit = WebChat(None).admit
    assert admit({}, body(kind="text")) == Admitted("site", "s1", "s1:1")
    assert admit({}, body(kind="text", session="s2")).dedupe != admit({}, body(kind="text")).dedupe


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"7", b"null", b"\xff", b"{}", body(), body(kind="song"),
     body(kind="text", id=""), body(kind="text", id="x" * 65), body(kind="text", id=7)],
)  # fmt: skip
def test_what_is_no_message_is_refused(raw):
    assert WebChat(None).admit({}, raw) == Rejected(400, "not a message")


def test_the_memory_channel_can_do_what_the_web_can():
    assert ABILITIES["web"] == WebChat.abilities


# Sending.


async def test_sent_means_committed_in_the_thread_under_its_number(site, channel, thread):
    to, header = thread
    result = await channel.send(Outgoing(key="a", text="xin chào"), to)
    assert isinstance(result, Sent)
    (message,) = (await site.messages(header))["messages"]
    assert (str(message["seq"]), message["text"]) == (result.id, "xin chào")


async def test_the_same_row_twice_is_one_message_under_one_number(site, channel, thread):
    to, header = thread
    first = await channel.send(Outgoing(key="a", text="xin chào"), to)
    again = await channel.send(Outgoing(key="a", text="🔁 Gửi lại xin chào", repeat=True), to)
    assert first == again
    assert len((await site.messages(header))["messages"]) == 1


async def test_the_same_row_at_once_is_one_message(site, channel, thread):
    to, header = thread
    async with asyncio.TaskGroup() as group:
        both = [group.create_task(channel.send(Outgoing(key="a", text="x"), to)) for _ in range(5)]
    assert len({one.result() for one in both}) == 1
    assert len((await site.messages(header))["messages"]) == 1


async def test_numbers_grow_and_buttons_links_and_calls_arrive_as_they_are(site, channel, thread):
    to, header = thread
    choices = (
        Choice("now", "Có, ngay bây giờ"), Choice("111", "Gọi 111", tel="111"),
        Choice("more", "Xem thêm", url="https://example.org/"),
    )  # fmt: skip
    await channel.send(Outgoing(key="a", text="một"), to)
    await channel.send(
        Outgoing(key="b", text="hai?", prompt="q7Zt2mXvB4k", question="report.kind",
                 choices=choices, ask="location"), to,
    )  # fmt: skip
    first, second = (await site.messages(header))["messages"]
    assert second["seq"] > first["seq"]
    assert second["choices"] == [
        {"option": "now", "label": "Có, ngay bây giờ"},
        {"option": "111", "label": "Gọi 111", "tel": "111"},
        {"option": "more", "label": "Xem thêm", "url": "https://example.org/"},
    ]
    assert (second["prompt"], second["question"], second["ask"]) == (
        "q7Zt2mXvB4k", "report.kind", "location",
    )  # fmt: skip


async def test_an_edit_and_a_removal_name_the_message_they_mean(site, channel, thread):
    to, header = thread
    sent = await channel.send(Outgoing(key="a", text="một"), to)
    assert isinstance(await channel.send(Outgoing("b", "edit", "hai", target=sent.id), to), Sent)
    assert isinstance(await channel.send(Outgoing("c", "remove", target=sent.id), to), Sent)
    _, edit, remove = (await site.messages(header))["messages"]
    assert (edit["op"], edit["target"], edit["text"]) == ("edit", int(sent.id), "hai")
    assert (remove["op"], remove["target"]) == ("remove", int(sent.id))


async def test_markup_and_odd_letters_reach_the_page_unchanged(site, channel, thread):
    to, header = thread
    text = "<b>giúp</b> _*[x](y) </script> & \u2028 🆘 \ufdfa"
    await channel.send(Outgoing(key="a", text=text), to)
    assert (await site.messages(header))["messages"][0]["text"] == text


async def test_a_thread_that_was_left_or_never_was_is_gone(site, channel, thread):
    to, header = thread
    async with site.client.delete(f"{site.url}/api/chat/sessions", headers=header) as answer:
        assert answer.status == 204
    assert await channel.send(Outgoing(key="a", text="x"), to) == Gone("unknown")
    nobody = Address("web", "site", "never", "never")
    assert await channel.send(Outgoing(key="b", text="x"), nobody) == Gone("unknown")
    async with site.client.get(f"{site.url}/api/chat/messages", headers=header) as answer:
        assert answer.status == 401


@contextmanager
def held(site, folder):
    """The database belongs to somebody else for a while."""
    with database.held(site.store, folder / "annhi.db"):
        yield


async def test_a_busy_database_is_certainly_not_sent(site, channel, thread, tmp_path):
    to, header = thread
    with held(site, tmp_path):
        assert await channel.send(Outgoing(key="a", text="x"), to) == Retry(2, "chat", "busy")
    assert (await site.messages(header))["messages"] == []
    assert isinstance(await channel.send(Outgoing(key="a", text="x"), to), Sent)


async def test_what_a_busy_database_refused_is_one_message_after_a_repetition(
    site, thread, tmp_path
):
    _, header = thread
    message = {"id": "1", "kind": "text", "text": "xin chào"}
    with held(site, tmp_path):
        status, answer = await site.post(header, **message)
    assert (status, answer["error"]["code"]) == (503, "busy")
    for duplicate in (False, True):
        status, answer = await site.post(header, **message)
        assert (status, answer["duplicate"]) == (202, duplicate)
    assert len((await site.messages(header))["messages"]) == 1


# The stream.


async def _events(stream, many):
    found, fields = [], {}
    async with asyncio.timeout(20):
        async for raw in stream.content:
            line = raw.decode().rstrip("\n")
            if not line and fields:
                found.append(fields)
                fields = {}
                if len(found) == many:
                    return found
            name, _, value = line.partition(": ")
            if name and not line.startswith(":"):
                fields[name] = value
    raise AssertionError("the stream ended")


async def test_an_open_page_hears_messages_edits_and_removals_as_they_are_committed(
    site, channel, thread
):
    to, header = thread
    async with site.client.get(f"{site.url}/api/chat/events", headers=header) as stream:
        sent = await channel.send(Outgoing(key="a", text="một"), to)
        await channel.send(Outgoing("b", "edit", "hai", target=sent.id), to)
        await channel.send(Outgoing("c", "remove", target=sent.id), to)
        heard = await _events(stream, 3)
    assert [one["event"] for one in heard] == ["message", "edit", "remove"]
    assert [json.loads(one["data"]) for one in heard] == (await site.messages(header))["messages"]
    assert [int(one["id"]) for one in heard] == sorted(int(one["id"]) for one in heard)


async def test_a_stream_and_a_poll_that_go_on_from_a_number_give_the_same_list(
    site, channel, thread
):
    to, header = thread
    sent = [await channel.send(Outgoing(key=f"k{n}", text=str(n)), to) for n in range(5)]
    after = sent[1].id
    resume = {**header, "Last-Event-ID": after}
    async with site.client.get(f"{site.url}/api/chat/events", headers=resume) as stream:
        heard = await _events(stream, 3)
    polled = (await site.messages(header, after))["messages"]
    assert [json.loads(one["data"]) for one in heard] == polled
    assert [one["text"] for one in polled] == ["2", "3", "4"]


@pytest.mark.parametrize("last", ["-1", "٣"])
async def test_a_strange_event_number_begins_from_the_start(site, channel, thread, last):
    to, header = thread
    await channel.send(Outgoing(key="a", text="một"), to)
    resume = {**header, "Last-Event-ID": last}
    async with site.client.get(f"{site.url}/api/chat/events", headers=resume) as stream:
        assert len(await _events(stream, 1)) == 1


async def test_a_page_never_hears_another_thread(site, channel, thread):
    to, _ = thread
    other = await site.session()
    await channel.send(Outgoing(key="a", text="không phải của bạn"), to)
    assert (await site.messages(other))["messages"] == []
    assert (await site.messages(other, 0))["last"] == 0


async def test_a_stream_needs_its_token(site):
    async with site.client.get(f"{site.url}/api/chat/events") as answer:
        assert answer.status == 401


# What browsers and strangers send.


async def test_half_a_letter_is_kept_and_answered(site, thread):
    _, header = thread
    status, _ = await site.post(header, id="1", kind="text", text="\ud83c giúp tôi với")
    assert status == 202
    assert (await site.messages(header))["messages"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_a_place_that_is_no_number_is_refused(site, thread, number):
    _, header = thread
    raw = f'{{"id":"1","kind":"location","lat":{number},"lon":108}}'
    header = {**header, "Content-Type": "application/json"}
    async with site.client.post(
        f"{site.url}/api/chat/messages", data=raw, headers=header
    ) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "Last-Event-ID", "Origin"])
async def test_a_header_in_bytes_that_are_no_text_is_no_error_of_ours(site, name):
    host, _, port = site.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    values = {"Authorization": b"Bearer \xff\xfe", "Cookie": b"chat=\xff\xfe"}
    writer.write(
        b"GET /api/chat/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + name.encode() + b": " + values.get(name, b"\xff\xfe") + b"\r\n\r\n"
    )  # fmt: skip
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.split(b" ")[1] in (b"400", b"401")


async def test_the_token_stands_in_no_address_and_no_page(site):
    async with site.client.post(f"{site.url}/api/chat/sessions", json={}) as answer:
        token = (await answer.json())["token"]
    async with site.client.get(f"{site.url}/") as page:
        assert token not in await page.text()
    header = {"Authorization": "Bearer nobody"}
    url = f"{site.url}/api/chat/messages"
    site.client.cookie_jar.clear()
    async with site.client.get(url, params={"token": token}, headers=header) as answer:
        assert answer.status == 401


async def test_a_look_at_an_invitation_does_not_use_it_up(site):
    from bot.commands.setup import make_invitation
    from storage.records.people import Invite

    made = await make_invitation(site.store, Invite(Role.OFFICER, "20500", (), "Lan"))
    for _ in range(3):
        async with site.client.get(f"{site.url}/join/{made.code}") as page:
            assert page.status == 200
        async with site.client.head(f"{site.url}/join/{made.code}") as page:
            assert page.status == 200
    header = await site.session(start=made.code)
    assert "cán bộ bảo vệ trẻ em" in (await site.messages(header))["messages"][0]["text"]


async def test_a_cookie_is_secure_where_the_public_address_is_https(site):
    async with site.client.post(f"{site.url}/api/chat/sessions", json={}) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie  # this site has no public https address


async def test_an_alert_that_no_page_drew_goes_to_the_next_address_after_a_minute(tmp_path):
    world = await open_world(tmp_path)
    await world.staff("lan", Role.OFFICER, "20500", "web", "telegram")
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    assert any("Việc mới" in text for text in world.texts("lan", "web"))
    await world.pass_time(timedelta(seconds=70))
    told = world.texts("lan", "telegram")
    await world.app.close()
    assert any("Việc mới" in text for text in told)


async def test_an_alert_that_a_page_drew_waits_its_two_minutes(tmp_path):
    site = await Site().start(tmp_path)
    officer, neighbour = await site.session(), await site.session()
    session = await _owner(site, officer)
    async with site.store.transaction("test") as work:
        lan = Person(id="p-lan", role=Role.OFFICER, commune="20500")
        await work.people.add(lan)
        for channel, user in (("web", session), ("telegram", "7")):
            contact = await work.contacts.ensure(channel, "site", user, user, "vi")
            await work.contacts.link(contact.id, lan.id)
    await site.post(neighbour, id="1", kind="text", text="sos")
    await site.post(neighbour, id="2", kind="text", text="xã Đại Hiệp")
    await site.stage.settle()
    last = (await site.messages(officer))["last"]
    await site.messages(officer, last)  # drawn: the page asks for what comes after
    told = "SELECT count(*) FROM outbox WHERE key LIKE '%:alert:%' AND channel = 'telegram'"
    await site.stage.pass_time(timedelta(seconds=90))
    assert _count(tmp_path, told) == 0
    await site.stage.pass_time(timedelta(seconds=40))
    assert _count(tmp_path, told) == 1
    await site.stop()


async def _owner(site, header):
    """The session behind a token."""
    token = header["Authorization"].removeprefix("Bearer ")
    async with site.store.reading("test") as work:
        return (await work.webchat.session(token))[0]


def _count(folder, query):
    with database.owner(folder / "annhi.db") as file:
        (found,) = file.execute(query).fetchone()
    file.close()
    return found
