"""F12 in real processes: one is frozen in the call, another sends the marked copy, the first one wakes."""

import asyncio
import signal

import pytest

from bot.app import open_store
from cases.messages import Outgoing
from cases.model import Person, Role
from notifications.outgoing import body_of
from notifications.sender import CALL
from storage.ledgers.outbox import Message
from tests.faults.place import LAN, REPEAT, Place, close_place
from tests.support import database
from tests.support.fake_telegram import Fault
from tests.support.fake_zalo_bot import TOKEN, FakeZaloBot
from tests.support.peer import Peer

SAID = "Việc mới đang chờ"
LINE = "Tin vừa rồi được gửi lặp, chỉ cần xem một lần."


@pytest.fixture
async def opened(tmp_path):
    """A place of this kind, in front of this messenger."""
    made = []

    async def opens(kind, peer):
        await peer.start()
        made.append(kind(tmp_path, peer))
        made[0].patience *= 4  # two programs that start beside each other take their time
        await made[0].roster()
        return made[0]

    yield opens
    for place in made:
        await close_place(place)


class OneLine(Place):
    """One officer, and one line for them that nobody asked for."""

    channel, who = "telegram", str(LAN)

    async def roster(self):
        store, _ = await open_store(self.config)
        async with store.transaction("test") as work:
            await work.people.add(Person(id="p-lan", role=Role.OFFICER, commune="20500"))
            account = self.account()
            contact = await work.contacts.ensure(self.channel, account, self.who, self.who, "vi")
            await work.contacts.link(contact.id, "p-lan")
            body = body_of(Outgoing("k", text=SAID))
            await work.outbox.put(Message("k", contact.id, self.channel, "say", body, 0))
        await store.close()

    def account(self):
        return self.env()["ANNHI_TELEGRAM_TOKEN"].split(":")[0]

    def state(self, key):
        return self.sql(f"SELECT state FROM outbox WHERE key LIKE '{key}'")

    def copies(self):
        """How often each form of the line stands on the phone: (without the mark, with it)."""
        found = [one for one in self.peer.shown(LAN) if SAID in one]
        marked = [one for one in found if one.startswith(REPEAT)]
        return len(found) - len(marked), len(marked)

    def leases_end(self):
        """As if two minutes had passed: everybody may take what is on its way."""
        with database.owner(self.config.database_url) as owner:
            owner.execute(
                "UPDATE outbox SET lease_until = '2020-01-01T00:00:00.000000Z' "
                "WHERE state = 'sending'"
            )

    def holds(self):
        """The next copy arrives, and its answer waits."""
        self.peer.on_accept[SAID] = lambda: None

    async def frozen_in_the_call(self):
        """It has arrived, and whoever sent it stands still before it can know."""
        self.holds()
        process = await self.start()
        await self.eventually(lambda: self.copies() == (1, 0))
        await self.freeze(process)
        self.leases_end()
        return process


@pytest.mark.parametrize("still", [0, pytest.param(CALL + 1, marks=pytest.mark.long)])
async def test_f12_the_copy_of_a_process_that_was_frozen_is_removed_after_the_marked_one_arrived(
    opened, still
):
    """Also where it stood still for so long that its call should have been cut."""
    place = await opened(OneLine, Peer())
    frozen = await place.frozen_in_the_call()
    wakes_at = asyncio.get_running_loop().time() + still
    await place.start()
    await place.eventually(lambda: place.state("k") == [("sent",)])
    assert place.copies() == (1, 1)
    place.peer.release.set()
    await place.eventually(lambda: asyncio.get_running_loop().time() >= wakes_at)
    frozen.send_signal(signal.SIGCONT)
    await place.eventually(lambda: place.state("retract:%") == [("sent",)])
    assert place.copies() == (0, 1)
    await place.end()
    order = [name for name, _ in place.peer.accepted if name in ("sendMessage", "deleteMessage")]
    assert order == ["sendMessage", "sendMessage", "deleteMessage"]


@pytest.mark.long
async def test_f12_the_copy_of_a_process_that_was_frozen_stays_where_the_marked_one_died(opened):
    place = await opened(OneLine, Peer())
    frozen = await place.frozen_in_the_call()
    refused = {"ok": False, "error_code": 400, "description": "Bad Request: something new"}
    place.peer.fail("sendMessage", Fault(400, refused))
    await place.start()
    await place.eventually(lambda: place.state("k") == [("dead",)])
    place.peer.release.set()
    frozen.send_signal(signal.SIGCONT)
    await place.eventually(lambda: place.state("retract:%") == [("cancelled",)])
    await place.end()
    assert place.copies() == (1, 0)
    assert [name for name, _ in place.peer.accepted if name == "deleteMessage"] == []


@pytest.mark.long
async def test_f12_a_removal_survives_two_kills_and_is_done_once(opened):
    """Everybody dies while the newer copy is on its way, then once more while the late one goes."""
    place = await opened(OneLine, Peer())
    frozen = await place.frozen_in_the_call()
    release, place.peer.release = place.peer.release, asyncio.Event()
    place.holds()
    second = await place.start()
    await place.eventually(lambda: place.copies() == (1, 1))
    release.set()  # of the first copy only
    frozen.send_signal(signal.SIGCONT)
    await place.eventually(lambda: place.state("retract:%") == [("waiting",)])
    for process in (frozen, second):
        process.kill()
        await place.dies(process)
    third = await place.start()
    place.peer.on_remove = third.kill
    await place.dies(third)
    place.peer.release.set()
    await place.start()
    await place.eventually(lambda: place.state("retract:%") == [("sent",)])
    await place.end()
    assert place.state("k") == [("sent",)]
    assert place.copies() == (0, 2)  # the one that the second sent, whose answer nobody heard, too


class HeldZalo(FakeZaloBot):
    """It answers the first message only when it is released."""

    def __init__(self):
        super().__init__(idle=1.0)
        self.release, self._first = asyncio.Event(), True

    async def _send_message(self, body):
        answer = await super()._send_message(body)
        if self._first:
            self._first = False
            await self.release.wait()
        return answer


class OnZalo(OneLine):
    """Its only messenger can take nothing back."""

    channel, who = "zalobot", "6ede9afa66b88fe6d6a9"

    def env(self):
        plain = {name: one for name, one in super().env().items() if "TELEGRAM" not in name}
        zalo = {"ANNHI_ZALO_BOT_TOKEN": TOKEN, "ANNHI_ZALO_BOT_API_URL": self.peer.url}
        return {**plain, **zalo, "ANNHI_ZALO_BOT_MODE": "polling"}

    def account(self):
        return TOKEN.split(":", maxsplit=1)[0]

    def holds(self):
        """It holds the first one by itself."""

    def copies(self):
        return len([one for one in self.peer.texts() if SAID in one]), 0


async def test_f12_on_zalo_one_line_says_that_the_last_message_came_twice(opened):
    place = await opened(OnZalo, HeldZalo())
    frozen = await place.frozen_in_the_call()
    await place.start()
    await place.eventually(lambda: place.state("k") == [("sent",)])
    assert LINE not in "".join(place.peer.texts())
    place.peer.release.set()
    frozen.send_signal(signal.SIGCONT)
    await place.eventually(lambda: place.state("explain:%") == [("sent",)])
    await place.end()
    first, second, line = place.peer.texts()
    assert second == f"{REPEAT}{first}"
    assert line.endswith(LINE)
    assert place.state("retract:%") == []
