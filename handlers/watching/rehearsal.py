"""Each morning a report of nobody goes the whole way: inlet, turn, case, alert, press, closing (ADR 32).

The program plays the reporter and the officer, in two threads of the web chat like any others; between
them everything is real. What it waits for stands in rows, so a restart goes on where it was.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cases.codes import digest
from cases.lifecycle import Act
from cases.model import Case, Person, Role, Status
from cases.times.calendar import local
from cases.watch import DAILY, DRILL_COMMUNE, DRILL_THREAD, REHEARSED
from handlers.actor import Kit
from handlers.inbox import Inbox
from notifications.channel import Admitted
from storage.records.people import Contact
from storage.records.watch import Rehearsal
from storage.unit_of_work import UnitOfWork

FROM = 6  # o'clock
OFFICER = "drill-officer"
BORN = "born"  # the mark of the first start: nothing is rehearsed on that day
WEB = ("web", "site")
_WORDS = ("sos", "Dien tap", "Dien tap")  # a place that nobody knows is asked for twice


class Rehearsals:
    """One step a minute, until the day's rehearsal is closed."""

    def __init__(self, kit: Kit, inbox: Inbox) -> None:
        self._kit = kit
        self._inbox = inbox

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
            await self._begin(today.isoformat())
            return 1
        return await self._go_on(last, now) if last is not None else 0

    async def _begin(self, day: str) -> None:
        async with self._kit.store.transaction("rehearsal") as work:
            await _officer(work)
            contact = await self._thread(work, day)
            if not await work.rehearsals.begin(day, contact.id):
                return  # another worker is at it
        await self._report(day, contact)

    async def _thread(self, work: UnitOfWork, day: str) -> Contact:
        """A page that somebody has just opened, under a name that no page can have."""
        token = urlsafe_b64encode(self._kit.chance.bytes(16)).decode()
        session = await work.webchat.put(f"{DRILL_THREAD}{day}", digest(token), "vi")
        return await work.contacts.ensure(*WEB, session, session, "vi")

    async def _report(self, day: str, contact: Contact) -> None:
        for n, text in enumerate(_WORDS):
            await self._says(contact.user, id=f"{day}-{n}", kind="text", text=text)

    async def _says(self, session: str, **message: Any) -> None:
        """Through the inlet, as the page's own API does it; the same again is known already."""
        at = self._kit.clock.now().isoformat()
        raw = json.dumps({**message, "session": session, "at": at, "lang": "vi"}).encode()
        admitted = self._kit.channels[WEB].admit({}, raw)
        assert isinstance(admitted, Admitted)
        await self._inbox.accept(*WEB, admitted, raw)

    async def _go_on(self, last: Rehearsal, now: datetime) -> int:
        async with self._kit.store.reading("rehearsal") as work:
            case, contact = await _case(work, last), await work.contacts.get(last.contact_id)
            prompt, officer = await _alert(work, case)
        if case is not None and case.status is Status.CLOSED:
            return 0
        if case is not None and case.acked_at is not None:
            await self._acked(last, case)
            await self._end(last)
        elif now - last.begun_at >= REHEARSED:
            await self._end(last)  # heard by nobody: the watch says so
        elif case is None and contact is not None:
            await self._report(last.day, contact)  # a kill came between the row and the words
        elif prompt and officer is not None:
            await self._says(
                officer.user, id=f"{last.day}-press", kind="choice", prompt=prompt,
                option=Act.ACKNOWLEDGE.value,
            )  # fmt: skip
        return 1

    async def _acked(self, last: Rehearsal, case: Case) -> None:
        async with self._kit.store.transaction("rehearsal") as work:
            await work.rehearsals.became(last.day, case_id=case.id, acked_at=case.acked_at)

    async def _end(self, last: Rehearsal | None) -> None:
        """Heard or not, its case is closed as a drill, and any of an earlier day that opened late."""
        async with self._kit.store.transaction("rehearsal") as work:
            for talk in await work.talks.of_contact(last.contact_id) if last is not None else ():
                await work.timers.stop(f"talk:{talk.id}")
                await work.talks.delete(talk.id)
            for case in await work.cases.open_cases(DRILL_COMMUNE):
                await _closed(work, case)


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


async def _officer(work: UnitOfWork) -> None:
    """The program's own officer, of a commune that no list knows, with a thread like any page."""
    if await work.people.get(OFFICER) is not None:
        return
    await work.people.add(Person(OFFICER, Role.OFFICER, DRILL_COMMUNE))
    session = await work.webchat.open_session(work.new_id(), "vi")
    contact = await work.contacts.ensure(*WEB, session, session, "vi")
    await work.contacts.link(contact.id, OFFICER)


async def _case(work: UnitOfWork, last: Rehearsal) -> Case | None:
    found = await work.cases.reported_by(last.contact_id)
    return found[0] if found else None


async def _alert(work: UnitOfWork, case: Case | None) -> tuple[str, Contact | None]:
    """The prompt of the alert as the officer's page draws it; "" = it has not arrived."""
    own = await work.contacts.of_person(OFFICER)
    if case is None or not own:
        return "", None
    sent = {
        one.message_id for one in await work.outbox.told(f"case:{case.id}:alert:")
        if one.contact_id == own[0].id and one.state == "sent"
    }  # fmt: skip
    for seq, _, body in await work.webchat.after(own[0].user, 0):
        if str(seq) in sent:
            return str(body["prompt"]), own[0]
    return "", own[0]
