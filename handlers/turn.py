"""One inbox row, one transaction: who is it, what do they mean, what do we do about it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.errors import Refused
from cases.limits import LIMITS
from cases.messages import Incoming
from cases.typed.fold import clean, sound
from handlers.actor import Actor, Kit, Voice
from handlers.alarms.alarm import tell_admins
from handlers.backlog import foremost, remember
from handlers.casework.opening import Unfiled, open_raw
from handlers.files.sent_files import Owner, note_files
from handlers.guessing import say_no
from handlers.meaning.order import take
from handlers.operators import tell_operators
from handlers.pages.act_page import CHANNEL, act_again
from handlers.people import meet
from handlers.reporter.hush import is_hushed
from handlers.retold import told_again
from storage.keys import Unreadable
from storage.ledgers.inbox import InboxRow
from storage.unit_of_work import UnitOfWork

_PAUSES = (1, 3, 8, 20)  # seconds before each new attempt; then a human gets it


_TOLD = (
    "text",
    "caption",
    "data",
    "title",
    "address",
)  # of any messenger: words, never who sent them


def _words(raw: bytes) -> list[str]:
    """Whatever can be read in a body that nobody understands, without names and numbers of people."""
    try:
        found = sound(json.loads(raw))
    except (ValueError, RecursionError):
        return [clean(raw.decode("utf-8", "replace"))]
    return [clean(one) for one in _told(found)]


def _told(value: Any) -> Iterator[str]:
    parts = value if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for part in parts:
        name, inner = part if isinstance(value, dict) else ("", part)
        if name in _TOLD and not isinstance(inner, dict | list):
            yield str(inner)
        else:
            yield from _told(inner)


async def _nobody_to_answer(work: UnitOfWork, kit: Kit, channel: str) -> None:
    """Somebody wrote, the messenger kept it back and does not say who: administrators hear, hourly."""
    await tell_operators(work, kit, "admin_withheld", f"withheld:{channel}", channel=channel)


def _sorry(actor: Actor) -> str:
    """That it was stored all the same; after the code word the chat stays harmless even then."""
    return actor.words("relay.hushed" if is_hushed(actor) else "error.sorry")


class Turns:
    """The inbox's worker: in order inside a conversation, one bad message stops nobody else."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def next(self) -> list[InboxRow]:
        async with self._kit.store.looking("inbox") as work:
            rows = await work.inbox.oldest(LIMITS["backlog"].most)
        return await foremost(self._kit, rows, self._read_if_possible)

    async def handle(self, row: InboxRow) -> None:
        await self.together([row])

    async def together(self, rows: Sequence[InboxRow]) -> None:
        """Turns of different conversations, one after the other, in one transaction: all or none."""
        async with self._kit.store.transaction("turn") as work:
            for row in rows:
                if await work.inbox.done(row):  # else somebody else has finished it
                    await self._turn(work, row)

    async def _turn(self, work: UnitOfWork, row: InboxRow) -> None:
        work.follows("turn", row.id)
        if not row.readable:
            await self._park(work, row, "damaged")
            return
        if row.channel == CHANNEL:
            actor = Actor(work, self._kit)
            if not await told_again(actor, row.raw):
                await act_again(actor, row.raw)
            return
        incoming = self._read(row)
        if incoming is None:
            return
        if incoming.signal == "unsupported" and not incoming.user:
            await _nobody_to_answer(work, self._kit, incoming.channel)
            return
        if incoming.signal == "unreadable":
            # An event without a person is stored and that is all; words of nobody we can answer are not.
            if incoming.user or (incoming.id and _words(row.raw)):
                await self._park(work, row, "unreadable")
            return
        await remember(self._kit, work, row, incoming)
        actor = await self._actor(work, row, incoming)
        try:
            await take(actor, replace(incoming, text=clean(incoming.text)))
        except Refused as no:
            # Nothing was changed before a rule said no: rules are asked first.
            await say_no(actor, no)

    def _read(self, row: InboxRow) -> Incoming | None:
        channel = self._kit.channels.get((row.channel, row.account))
        return channel.read(row.raw) if channel is not None else None

    def _read_if_possible(self, row: InboxRow) -> Incoming | None:
        """For a row that failed: reading it may have been what failed."""
        try:
            return self._read(row)
        except (
            LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError,
        ):  # fmt: skip
            return None

    async def _actor(self, work: UnitOfWork, row: InboxRow, incoming: Incoming) -> Actor:
        contact, person = await meet(work, incoming, self._kit.catalog)
        told = await work.threads.told(contact.id)
        voice = Voice(row.id, contact, contact.lang, row.received_at, told=told)
        name = person.id if person else contact.id
        return Actor(work, self._kit, voice, person, name)

    async def failed(self, row: InboxRow, error: Exception) -> None:
        """Back off; at the first failure the person gets the help numbers, at the last a human gets it."""
        async with self._kit.store.transaction("turn failed") as work:
            work.follows("failed", row.id, f"{row.attempt}")
            if not await work.inbox.unfinished(row):
                return
            if row.attempt >= len(_PAUSES):
                await self._park(work, row, type(error).__name__)
                return
            next_at = work.now + timedelta(seconds=_PAUSES[row.attempt])
            await work.inbox.failed(row, type(error).__name__, next_at)
            told = await self._answerable(work, row, "sorry") if row.attempt == 0 else None
            if told is not None:
                actor, _ = told
                await actor.say(_sorry(actor))

    async def _answerable(
        self, work: UnitOfWork, row: InboxRow, key: str
    ) -> tuple[Actor, Incoming] | None:
        """Who can be told about a row that failed; None = what they said or where they are is damaged."""
        incoming = self._read_if_possible(row)
        if incoming is None or not incoming.user:
            return None
        try:
            actor = await self._actor(work, row, incoming)
        except Unreadable:
            return None
        assert actor.voice is not None
        actor.voice.row = f"{row.id}:{key}"
        return actor, incoming

    async def _park(self, work: UnitOfWork, row: InboxRow, why: str) -> None:
        """Kept whole as a raw report: a human reads what the program could not."""
        told, contact_id = await self._answerable(work, row, "parked"), "-"
        if told is not None:
            actor, incoming = told
            assert actor.voice is not None
            contact_id = actor.voice.contact.id
            await actor.say(_sorry(actor))
        text = "\n".join(_words(row.raw)) or "–"
        case = await open_raw(
            Actor(work, self._kit), Unfiled(row.id, row.received_at), text, contact_id
        )
        if told is not None:
            await note_files(actor, incoming, Owner(case.id))
        await tell_admins(Actor(work, self._kit), case, "admin_parked", f"parked:{row.id}")
        await work.inbox.parked(row, why, case.id)
