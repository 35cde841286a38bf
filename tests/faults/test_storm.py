"""Very many report at once, and the leader asks briefly: nothing lost, bundled alerts, danger first (F50)."""

import asyncio
import re
import resource
import time

import pytest
from aiohttp import ClientSession, TCPConnector

from bot.app import open_store
from cases.model import Person, Role
from tests.faults.crowd import Crowd
from tests.faults.place import LAN, close_place, open_place
from tests.support.fake_telegram import TOKEN

CHU = 700000031
FILES = 64  # of a program that was not given more
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")
BRIEF = {"report.danger_now", "report.child_place", "report.kind"}


@pytest.fixture(params=[30], ids=["quick"])
async def place(tmp_path, request):
    made = await open_place(tmp_path, request.param)
    await leader(made)
    yield made
    await close_place(made)


async def leader(place):
    """The commune has one, on Telegram."""
    store, _ = await open_store(place.config)
    async with store.transaction("test") as work:
        await work.people.add(Person(id="p-chu", role=Role.LEADER, commune="20500"))
        account = TOKEN.split(":", maxsplit=1)[0]
        contact = await work.contacts.ensure("telegram", account, str(CHU), str(CHU), "vi")
        await work.contacts.link(contact.id, "p-chu")
    await store.close()


async def switched_on(place):
    """The leader finds the switch in the chat and presses it."""
    place.peer.push(place.update("hi", CHU))
    for label in ("Khác…", "Khác…", "Khi có quá nhiều tin", "Bật 12 giờ"):
        await place.until(lambda label=label: offered(place, label))
        place.presses(CHU, offered(place, label), label)
        place.peer.accepted.append(("pressed", {"chat_id": str(CHU)}))
    await place.until(lambda: any("Đã bật hỏi nhanh" in text for text in place.told(CHU)))


def offered(place, label):
    """The message under which the leader sees this button, since their last press."""
    log = place.peer.accepted
    last = max((n for n, (name, _) in enumerate(log) if name == "pressed"), default=-1)
    for name, fields in log[last + 1 :]:
        mine = name == "sendMessage" and fields["chat_id"] == str(CHU)
        if mine and f'"{label}"' in fields.get("reply_markup", "").encode().decode(
            "unicode_escape"
        ):
            return fields
    return None


def heard(place, person):
    """The messages to the officer that name this person's case."""
    return [text for text in place.told(LAN) if person.code in text]


async def storm(place, many, within, one_in):
    await place.start()
    await place.listening()
    await switched_on(place)
    crowd = Crowd(place.url, many, within, one_in)
    await crowd.reports()
    return crowd


async def judged(place, crowd):
    """Everybody was asked briefly and has a receipt; the officer hears of each case; nothing is left."""
    assert len({one.code for one in crowd.people} - {""}) == len(crowd.people)
    for one in crowd.people:
        allowed = BRIEF if one.danger else {*BRIEF, "report.conflict"}  # of abuse that, too: ADR 38
        assert sorted(one.asked) == sorted(allowed)
    await patiently(lambda: all(heard(place, one) for one in crowd.people))
    await patiently(lambda: place.sql("SELECT * FROM inbox WHERE state = 'new'") == [])
    assert place.sql("SELECT * FROM inbox WHERE state != 'done'") == []
    assert place.sql("SELECT * FROM outbox WHERE state = 'dead'") == []
    assert len(place.sql("SELECT * FROM cases")) == len(crowd.people)
    for one in crowd.people:
        first = heard(place, one)[0]
        assert first.count("Việc mới") == 1 or not one.danger  # nobody in danger stands in a list


async def patiently(condition):
    async with asyncio.timeout(20 * 60):
        while True:
            if condition():
                return
            await asyncio.sleep(0.2)


async def test_f50_a_small_storm_is_asked_briefly_and_nothing_of_it_is_lost(place):
    await judged(place, await storm(place, 16, 1, 4))


async def test_f50_more_pages_stay_open_than_a_process_may_have_files_at_first(place):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    try:
        await place.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    await place.listening()
    async with ClientSession(connector=TCPConnector(limit=0)) as client:
        pages = [await open_page(place, client) for _ in range(FILES)]
        assert not any(page.content.at_eof() or page.content.exception() for page in pages)
        for page in pages:
            page.close()
    assert "OSError" not in (place.folder / "log.txt").read_text()


async def open_page(place, client):
    """Somebody opens the page and leaves it open: the line by which it hears."""
    async with client.post(f"{place.url}/api/chat/sessions", json={}) as answer:
        assert answer.status == 201
        header = {"Authorization": f"Bearer {(await answer.json())['token']}"}
    client.cookie_jar.clear()
    line = await client.get(f"{place.url}/api/chat/events", headers=header)
    assert line.status == 200
    return line


@pytest.mark.long
@pytest.mark.parametrize("place", [1], ids=["a-real-minute"], indirect=True)
async def test_f50_a_thousand_people_in_a_minute(place):
    """With the figures it prints: how long after the word that opened a case the officer was told."""
    ear = Ear(place)
    watch = asyncio.create_task(ear.listens())
    crowd = await storm(place, 1_000, 60, 50)
    await judged(place, crowd)
    watch.cancel()
    ear.notes()
    calm = [one for one in crowd.people if not one.danger]
    lists = {text for one in calm for text in heard(place, one)[:1]}
    print(f"calm {len(calm)} in {len(lists)} messages; asked again {crowd.busy} times")
    for danger in (True, False):
        late = sorted(
            max(ear.when[one.code] - one.said, 0) for one in crowd.people if one.danger is danger
        )
        half, most = late[len(late) // 2], late[len(late) * 95 // 100]
        print(f"danger {danger}: p50 {half:.1f} s, p95 {most:.1f} s")
    assert len(lists) <= len(calm) / 3


class Ear:
    """`when` the officer's messenger first had each case."""

    def __init__(self, place):
        self.place, self.when, self.seen = place, {}, 0

    async def listens(self):
        while True:
            await asyncio.sleep(0.1)
            self.notes()

    def notes(self):
        told = self.place.told(LAN)
        for text in told[self.seen :]:
            for code in CODE.findall(text):
                self.when.setdefault(code, time.monotonic())
        self.seen = len(told)
