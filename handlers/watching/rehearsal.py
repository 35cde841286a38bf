"""Each morning a report of nobody goes the whole way: door, inlet, turn, case, alert, press, end (ADR 32, 45).

The program plays the reporter and the officer, as a client of its own pages at the address that
people have; between them everything is real. What it waits for stands in rows, so a restart goes on
where it was.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from cases.lifecycle import Act
from cases.model import Case, Person, Role, Status
from cases.times.calendar import local
from cases.watch import DAILY, DRILL_COMMUNE, REHEARSED
from handlers.actor import Kit
from handlers.watching.ticket import ticket
from storage.records.people import Contact
from storage.records.watch import Rehearsal, Tokens
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
FROM = 6  # o'clock
OFFICER = "drill-officer"
BORN = "born"  # the mark of the first start: nothing is rehearsed on that day
WEB = ("web", "site")
_WORDS = ("sos", "Dien tap", "Dien tap")  # a place that nobody knows is asked for twice


class DoorShut(Exception):
    """The page at the address that people have gave no good answer; says how it failed, not whose words."""


class Door(Protocol):
    """The web chat as a browser has it. Each raises DoorShut."""

    async def open(self, start: str) -> str: ...

    async def say(self, token: str, message: dict[str, str]) -> None: ...

    async def read(self, token: str) -> list[dict[str, Any]]: ...


class Rehearsals:
    """One step a minute, until the day's rehearsal is closed."""

    def __init__(self, kit: Kit, door: Door) -> None:
        self._kit = kit
        self._door = door

    async def step(self) -> int:
        """Whether something was done. Never in a trial: whoever watches it would wonder."""
        if self._kit.demo or not await settled(self._kit):
            return 0
        async with self._kit.store.reading("rehearsal") as work:
            last, now = await work.rehearsals.last(), work.now
        today = local(now).date()
        due = local(now).hour >= FROM or (last is not None and now - last.begun_at > DAILY)
        if due and (last is None or date.fromisoformat(last.day) < today):
            await self._end(last)
            last = await self._begin(today.isoformat())
        if last is None:
            return 0
        try:
            return await self._go_on(last, now)
        except DoorShut as why:
            log.warning("rehearsal: the door is shut", extra={"outcome": str(why)})
            await self._became(last, fault=str(why)[:64])
            return 1

    async def _begin(self, day: str) -> Rehearsal | None:
        async with self._kit.store.transaction("rehearsal") as work:
            ours = await work.rehearsals.begin(day)
            return await work.rehearsals.last() if ours else None  # else another worker is at it

    async def _became(self, last: Rehearsal, **values: object) -> None:
        async with self._kit.store.transaction("rehearsal") as work:
            await work.rehearsals.became(last.day, **values)

    async def _go_on(self, last: Rehearsal, now: datetime) -> int:
        async with self._kit.store.reading("rehearsal") as work:
            case = await _case(work, last)
        if case is not None and case.status is Status.CLOSED:
            return 0
        if case is not None and case.acked_at is not None:
            await self._became(last, case_id=case.id, acked_at=case.acked_at, fault="")
            await self._end(last)
        elif now - last.begun_at >= REHEARSED:
            await self._end(last)  # heard by nobody: the watch says so
        elif last.told_at is None:
            await self._report(last)
        elif case is not None:
            await self._hear(last, case)
        return 1

    async def _report(self, last: Rehearsal) -> None:
        """Two sessions, then the words; what a kill cut off is said again under the same ids."""
        tokens = await self._tokens(last) or await self._sessions(last)
        for n, text in enumerate(_WORDS):
            said = {"id": f"{last.day}-{n}", "kind": "text", "text": text}
            await self._door.say(tokens.reporter, said)
        await self._became(last, told_at=self._kit.clock.now())

    async def _tokens(self, last: Rehearsal) -> Tokens | None:
        async with self._kit.store.reading("rehearsal") as work:
            return await work.rehearsals.tokens(last.day)

    async def _sessions(self, last: Rehearsal) -> Tokens:
        """A page that somebody has just opened, and the officer's own."""
        pass_ = ticket(self._kit.store)
        tokens = Tokens(await self._door.open(pass_), await self._door.open(pass_))
        async with self._kit.store.transaction("rehearsal") as work:
            contact = await _contact(work, tokens.reporter)
            await _officer(work, await _contact(work, tokens.officer))
            await work.rehearsals.became(last.day, contact_id=contact.id)
            await work.rehearsals.keep(last.day, tokens)
        return tokens

    async def _hear(self, last: Rehearsal, case: Case) -> None:
        """Both ends look at their page; once the alert is there, and wherever else it goes, it is taken."""
        tokens = await self._tokens(last)
        if tokens is None:
            return
        receipt = _told(await self._door.read(tokens.reporter), case)
        alert = _told(await self._door.read(tokens.officer), case, Act.ACKNOWLEDGE)
        if receipt is None or alert is None:
            return
        await self._became(last, answered_at=_at(receipt), alerted_at=_at(alert))
        async with self._kit.store.reading("rehearsal") as work:
            if not await _everywhere(work, case):
                return
        press = {"kind": "choice", "prompt": alert["prompt"], "option": Act.ACKNOWLEDGE.value}
        await self._door.say(tokens.officer, {"id": f"{last.day}-press", **press})

    async def _end(self, last: Rehearsal | None) -> None:
        """Heard or not, its case is closed as a drill, and any of an earlier day that opened late."""
        async with self._kit.store.transaction("rehearsal") as work:
            for talk in await work.talks.of_contact(last.contact_id) if last is not None else ():
                await work.timers.stop(f"talk:{talk.id}")
                await work.talks.delete(talk.id)
            for case in await work.cases.open_cases(DRILL_COMMUNE):
                await _closed(work, case)


def _told(said: Sequence[dict[str, Any]], case: Case, act: Act | None = None) -> Any:
    """The newest message that names the case, and has this button; None = it has not come."""
    for one in reversed(said):
        buttons = [choice.get("option") for choice in one.get("choices", ())]
        if case.code in one.get("text", "") and (act is None or act.value in buttons):
            return one
    return None


def _at(message: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(message["at"])


async def _everywhere(work: UnitOfWork, case: Case) -> bool:
    """Whether the alert left to every address of the officer, those on messengers, too."""
    own = {one.id for one in await work.contacts.of_person(OFFICER)}
    told = await work.outbox.told(f"case:{case.id}:alert:")
    return own <= {one.contact_id for one in told if one.state == "sent"}


async def _closed(work: UnitOfWork, case: Case) -> None:
    closed = replace(
        case, status=Status.CLOSED, closed_at=work.now, closed_reason="drill", rev=case.rev + 1
    )
    await work.cases.save(closed, case.rev)
    await work.timers.stop(f"case:{case.id}")
    await work.outbox.cancel(f"case:{case.id}:")
    await work.audit.write("system", "drill_closed", case.id)


async def settled(kit: Kit) -> bool:
    """Whether this installation was there yesterday already; the first look notes when it began."""
    async with kit.store.reading("born") as work:
        born, now = await work.marks.at(BORN), work.now
    if born is None:
        async with kit.store.transaction("born") as work:
            await work.marks.set(BORN)
        return False
    return local(born).date() < local(now).date()


async def _contact(work: UnitOfWork, token: str) -> Contact:
    """The address behind a page of ours. Raises DoorShut: the door we came through is another program's."""
    found = await work.webchat.session(token)
    if found is None:
        raise DoorShut("another program answers there")
    return await work.contacts.ensure(*WEB, found[0], found[0], "vi")


async def _officer(work: UnitOfWork, page: Contact) -> None:
    """The program's own officer, of a commune that no list knows, with today's page like anybody's.

    Further addresses are an operator's: `bot invite --for drill-officer`.
    """
    if await work.people.get(OFFICER) is None:
        await work.people.add(Person(OFFICER, Role.OFFICER, DRILL_COMMUNE))
    for old in await work.contacts.of_person(OFFICER):
        if old.channel == page.channel:
            await work.contacts.unlink(old.id)
    await work.contacts.link(page.id, OFFICER)


async def _case(work: UnitOfWork, last: Rehearsal) -> Case | None:
    found = await work.cases.reported_by(last.contact_id) if last.contact_id else ()
    return found[0] if found else None
