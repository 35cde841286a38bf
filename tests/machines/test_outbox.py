"""Any order of claim, call, arrival, finish, lost lease and death: one owner, one copy without a mark."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.chance import FixedChance, SystemChance
from bot.clock import HandClock
from notifications.channel import Retry, Sent, Unknown
from notifications.finish import Finisher
from notifications.sender import LAST_START
from storage import migrate
from storage.keys import KeyRing
from storage.ledgers.outbox import Message
from storage.store import Store

PICK = st.integers(0, 2)
WORKERS = st.sampled_from(["one", "two", "three"])
_MADE = tempfile.TemporaryDirectory()
EMPTY = Path(_MADE.name)


def empty():
    """A database without a row, made once."""
    if not (EMPTY / "t.db").exists():
        migrate.upgrade(f"sqlite+aiosqlite:///{EMPTY}/t.db")
        KeyRing.load_or_create(EMPTY / "keys.json", SystemChance())
    return EMPTY


class Held:
    """A row in the hands of a worker; how far its call came."""

    def __init__(self, row, at):
        self.row, self.at = row, at
        self.called = self.arrived = False


class Sending(RuleBasedStateMachine):
    """One message, three workers that may stand still at any moment, and the phone it is for."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        shutil.copytree(empty(), self.folder.name, dirs_exist_ok=True)
        self.runner = asyncio.Runner()
        self.held, self.owners, self.phone = {}, [], []
        self.runner.run(self._open())

    async def _open(self):
        folder = Path(self.folder.name)
        keys = KeyRing.load_or_create(folder / "keys.json", SystemChance())
        url = f"sqlite+aiosqlite:///{folder}/t.db"
        self.store = await Store.open(url, keys, HandClock(), FixedChance())
        self.finisher = Finisher(self.store, None, None, lambda: 1)
        async with self.store.transaction("t") as work:
            contact = await work.contacts.ensure("web", "site", "u", "u", "vi")
            await work.outbox.put(Message("k", contact.id, "web", "say", {"text": "x"}, 0))

    @rule(worker=WORKERS)
    def claims(self, worker):
        if worker not in self.held:
            self.runner.run(self._claim(worker))

    async def _claim(self, worker):
        async with self.store.transaction("t") as work:
            rows = await work.outbox.claim(worker, 8)
        for row in rows:
            assert row.gen not in self.owners
            self.owners.append(row.gen)
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
            held.arrived = True
            self.phone.append(held.row.maybe_sent)

    @precondition(lambda self: self.held)
    @rule(pick=PICK, lost=st.booleans())
    def finishes(self, pick, lost):
        held = self.held.pop(self._who(pick))
        result = Sent("7") if held.arrived else Retry(1)
        self.runner.run(self._finish(held, Unknown("cut") if lost and held.called else result))

    def _who(self, pick):
        return sorted(self.held)[pick % len(self.held)]

    async def _finish(self, held, result):
        async with self.store.transaction("t") as work:
            after = self.finisher._next([held.row], result)
            ours = await self.finisher._write(work, held.row, after)
        assert not ours or held.row.gen == self.owners[-1]

    @precondition(lambda self: self.held)
    @rule(pick=PICK)
    def dies(self, pick):
        del self.held[self._who(pick)]

    @rule(seconds=st.sampled_from([2, 39, 61, 400]))
    def time_passes(self, seconds):
        self.store.clock.advance(timedelta(seconds=seconds))

    @invariant()
    def one_copy_at_most_has_no_mark(self):
        if hasattr(self, "phone"):
            assert self.phone.count(False) <= 1, self.phone

    def teardown(self):
        if hasattr(self, "store"):
            self.runner.run(self.store.close())
            self.runner.close()
            self.folder.cleanup()


Sending.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


class TestSending(Sending.TestCase):
    def test_f56_one_owner_of_a_generation_and_one_copy_without_a_mark(self):
        self.runTest()

    runTest = Sending.TestCase.runTest  # noqa: N815 — the name that unittest calls
