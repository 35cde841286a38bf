"""Any order of claim, call, arrival, finish, lost lease and death: one owner, one copy without a mark.

The late one is taken back, and never the only one.
"""

import asyncio
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.chance import FixedChance, SystemChance
from bot.channels.memory import ABILITIES
from bot.clock import HandClock
from bot.loops import guarded
from locales.catalog import Catalog
from notifications.channel import Gone, Retry, Sent, Unknown
from notifications.fit import fit
from notifications.sender import LAST_START, Around, Sender
from storage.keys import KeyRing
from storage.ledgers.outbox import Message
from storage.store import Store
from tests.support import database

CATALOG = Catalog.load()
REPEAT = "🔁 Gửi lại"
PICK = st.integers(0, 2)
WORKERS = st.sampled_from(["one", "two", "three"])


class Held:
    """A row in the hands of a worker; how far its call came."""

    def __init__(self, row, at):
        self.row, self.at = row, at
        self.called, self.arrived = False, ""


class Copy:
    """What arrived on the phone. `known`: whoever sent it lived to say under which id."""

    def __init__(self, text):
        self.marked, self.known = text.startswith(REPEAT), False


class CanRemove:
    """What this machine needs of what failures mean: its messenger can take messages back."""

    def removes(self, row):
        return True

    async def gone(self, work, row, why):
        """Nobody here has another address."""


class Sending(RuleBasedStateMachine):
    """One message, three workers that may stand still at any moment, and the phone it is for."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.held, self.owners, self.came, self.phone = {}, set(), 0, {}
        self.unreachable = False
        self.runner.run(self._open())

    async def _open(self):
        folder = Path(self.folder.name)
        keys = KeyRing.load_or_create(folder / "keys.json", SystemChance())
        url = database.migrated(folder)
        self.store = await Store.open(url, keys, HandClock(), FixedChance())
        self.sender = Sender(self.store, {}, CATALOG, Around(CanRemove(), guarded))
        async with self.store.transaction("t") as work:
            contact = await work.contacts.ensure("telegram", "site", "u", "u", "vi")
            await work.outbox.put(Message("k", contact.id, "telegram", "say", {"text": "x"}, 0))

    @rule(worker=WORKERS)
    def claims(self, worker):
        if worker not in self.held:
            self.runner.run(self._claim(worker))

    async def _claim(self, worker):
        async with self.store.transaction("t") as work:
            rows = await work.outbox.claim(worker, 1)
        for row in rows:
            assert (row.key, row.gen) not in self.owners
            self.owners.add((row.key, row.gen))
            self.held[worker] = Held(row, self.store.clock.elapsed())

    @precondition(lambda self: self.held)
    @rule(pick=PICK)
    def begins_its_call(self, pick):
        """Whoever stood still for too long begins none, as the sender does."""
        held = self.held[self._who(pick)]
        held.called |= self.store.clock.elapsed() - held.at <= LAST_START

    @precondition(lambda self: self.held)
    @rule(pick=PICK)
    def arrives(self, pick):
        self.begins_its_call(pick)
        held = self.held[self._who(pick)]
        if held.called and not held.arrived:
            self.runner.run(self._arrive(held))

    async def _arrive(self, held):
        """As the real sender words it, or takes it off the phone."""
        out = await self.sender._ready(held.row)
        if held.row.op == "remove":
            held.arrived = "gone"
            for one in getattr(out, "ids", ()):
                self.phone.pop(one, None)
            return
        (piece,) = fit(out, ABILITIES["telegram"], partial(CATALOG.say, "vi"))
        self.came += 1
        held.arrived = f"c{self.came}"
        self.phone[held.arrived] = Copy(piece.text)

    @precondition(lambda self: self.held)
    @rule(pick=PICK, how=st.sampled_from(["answered", "answered", "lost", "refused"]))
    def finishes(self, pick, how):
        self.runner.run(self._finish(self.held.pop(self._who(pick)), how))

    def _who(self, pick):
        return sorted(self.held)[pick % len(self.held)]

    async def _finish(self, held, how="answered"):
        result = Sent(held.arrived) if held.arrived else Retry(1)
        if how == "lost" and held.called:
            result = Unknown("cut")
        if how == "refused" and held.called and not held.arrived:
            result = Gone("unknown")
        # A phone that nobody has any more keeps what stands there: no removal comes through.
        self.unreachable |= isinstance(result, Gone) and held.row.op == "remove"
        if isinstance(result, Sent) and held.arrived in self.phone:
            self.phone[held.arrived].known = True
        async with self.store.transaction("t") as work:
            await self.sender._finisher._settle([held.row], result, True, work)

    @precondition(lambda self: self.held)
    @rule(pick=PICK, lives=st.integers(0, 2))
    def dies(self, pick, lives):
        if not lives:
            del self.held[self._who(pick)]

    @precondition(lambda self: self.held)
    @rule(pick=PICK, other=WORKERS, how=st.sampled_from(["", "answered", "lost", "refused"]))
    def stands_still_in_its_call(self, pick, other, how):
        """For longer than its lease, while another one comes to some end or other."""
        self.arrives(pick)
        self.time_passes(61)
        self.claims(other)
        held = self.held.get(other)
        if how and held is not None and not held.called:
            held.called = True
            if how == "answered":
                self.runner.run(self._arrive(held))
            self.runner.run(self._finish(self.held.pop(other), how))

    @rule(seconds=st.sampled_from([2, 39, 61, 61, 400]))
    def time_passes(self, seconds):
        self.store.clock.advance(timedelta(seconds=seconds))

    async def _to_the_end(self):
        """Everybody wakes, and all is said that is left to say."""
        while self.held:
            _, held = self.held.popitem()
            if held.called and not held.arrived:
                await self._arrive(held)
            await self._finish(held)
        for _ in range(20):
            self.store.clock.advance(timedelta(seconds=400))
            await self._claim("last")
            if (held := self.held.pop("last", None)) is not None:
                await self._arrive(held)
                await self._finish(held)
            elif not await self._left():  # a claim that only drops rows leaves others behind it
                break
        await self._judge()

    async def _left(self):
        async with self.store.reading("t") as work:
            return await work.outbox.in_state("waiting", "sending")

    async def _judge(self):
        """Of all copies that are known to stand there, one at most has no mark; a dead row loses none."""
        assert await self._left() == 0
        async with self.store.reading("t") as work:
            state, ids = await work.outbox.sent_ids("k")
        plain = {one for one, copy in self.phone.items() if copy.known and not copy.marked}
        assert state in ("sent", "dead")
        if state == "sent":
            assert plain <= set(ids) or self.unreachable, (plain, ids)
            assert set(ids) <= set(self.phone), "the copy that proves it was taken away"
        assert self.came == len(self.phone) or state == "sent", "the only copies were taken away"

    @invariant()
    def one_copy_at_most_has_no_mark(self):
        if hasattr(self, "phone"):
            plain = [one for one, copy in self.phone.items() if not copy.marked]
            assert len(plain) <= 1, f"copies without a mark: {plain}"

    def teardown(self):
        if not hasattr(self, "store"):
            return
        try:
            self.runner.run(self._to_the_end())
        finally:
            self.runner.run(self.store.close())
            self.runner.close()
            database.drop_all()  # the next run of it begins on the same one, emptied
            self.folder.cleanup()


Sending.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


class TestSending(Sending.TestCase):
    def test_f56_one_owner_of_a_generation_and_no_second_copy_without_a_mark_stays(self):
        self.runTest()

    runTest = Sending.TestCase.runTest  # noqa: N815 — the name that unittest calls
