"""What it means for a case that a message could not be delivered (TRUST.md section 5)."""

from collections.abc import Mapping
from typing import Any

from cases.model import Person
from handlers import late_copies
from handlers.actor import Actor, Kit
from handlers.alarms.alarm import alarm_values, report_gone
from handlers.casework.cards import refresh
from handlers.casework.relay import LETTER, unread
from handlers.mornings import elsewhere
from handlers.operators import tell_operators
from handlers.roster import colleagues
from handlers.roster.knocking import knock
from handlers.roster.reach import Lost, other_way, reporter_gone
from handlers.second_thought import anew
from notifications.announce import Call
from notifications.quiet import ALONE
from storage.ledgers.outbox import OutboxRow
from storage.records.people import Contact
from storage.unit_of_work import UnitOfWork


class Delivery:
    """Hears from the sender what failed, inside the sender's transaction."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def gone(self, work: UnitOfWork, row: OutboxRow, why: str) -> None:
        """The address is dead: next address at once, else the next step of the chain; admin told.

        Where only its window is closed, neutral words may still pass, for want of another address.
        """
        await work.contacts.mark(row.contact_id, "blocked")
        if why == "window":
            await knock(Actor(work, self._kit), row)
        await unread(Actor(work, self._kit), row.key)
        if row.bundle == ALONE:
            contact = await work.contacts.get(row.contact_id)
            person = await work.people.get(contact.person_id) if contact is not None else None
            if person is not None and contact is not None:
                await self._lost(work, person, contact)
                await elsewhere(Actor(work, self._kit), row, person)
            return
        await self._other_way(work, row, blocked=True)

    async def dead(self, work: UnitOfWork, row: OutboxRow) -> None:
        """An alert that will never pass: the next address, else the next step at once; admin told.

        Those of the last step are called again by the clock only: what never passes there, neither
        would the next copy.
        """
        await self._other_way(work, row, blocked=True, last=await _at_the_end(work, row))

    async def unsaid(self, work: UnitOfWork, row: OutboxRow) -> None:
        """No alarm, and it will never pass: a letter waits again, and the card says that nobody saw it."""
        actor = Actor(work, self._kit)
        await unread(actor, row.key)
        case = await work.cases.get(row.case_id) if row.case_id else None
        if case is not None and row.key.startswith(LETTER):
            await refresh(actor, case)

    async def stuck(self, work: UnitOfWork, row: OutboxRow) -> None:
        """An alert is held back for more than a minute: the next address too; the row itself stays."""
        await self._other_way(work, row, blocked=False)

    async def unbuttoned(self, work: UnitOfWork, row: OutboxRow) -> None:
        """A messenger refuses our buttons: numbers do; administrators hear of it."""
        await tell_operators(
            work, self._kit, "admin_buttons", f"buttons:{row.channel}", channel=row.channel
        )

    async def doubted(self, work: UnitOfWork, row: OutboxRow) -> None:
        """No answer again and again on this chat alone: as if it were gone, but the row is tried on."""
        contact = await work.contacts.get(row.contact_id)
        if contact is not None and contact.state == "ok":
            await work.contacts.mark(row.contact_id, "unverified")
            await self._other_way(work, row, blocked=True)

    async def arrived(self, work: UnitOfWork, row: OutboxRow) -> None:
        """What was doubted did arrive in the end: the address works."""
        contact = await work.contacts.get(row.contact_id)
        if contact is not None and contact.state == "unverified":
            await work.contacts.mark(row.contact_id, "ok")

    async def shut(self, work: UnitOfWork, row: OutboxRow, why: str) -> None:
        """A whole channel is held up: administrators hear of it on their other addresses, hourly."""
        await tell_operators(
            work, self._kit, "admin_gate", f"gate:{row.channel}", skip=row.channel,
            channel=row.channel, why=why,
        )  # fmt: skip

    def removes(self, row: OutboxRow) -> bool:
        return late_copies.removes(self._kit, row)

    async def explain(self, work: UnitOfWork, row: OutboxRow, key: str, after: str) -> None:
        """A late copy cannot be taken back: one neutral line."""
        await late_copies.explain(work, self._kit, row, key, after)

    async def anew(self, work: UnitOfWork, row: OutboxRow) -> Mapping[str, Any] | None:
        """What a row that was held back says now; None = it is not true, or not theirs, any more."""
        return await anew(Actor(work, self._kit), row)

    async def _lost(self, work: UnitOfWork, person: Person, contact: Contact) -> None:
        """An address of somebody here does not work, whatever was to be said there."""
        await tell_operators(
            work, self._kit, "admin_gone", f"gone:{contact.id}", role=person.role,
            channel=contact.channel,
        )  # fmt: skip

    async def _other_way(
        self, work: UnitOfWork, row: OutboxRow, *, blocked: bool, last: bool = False
    ) -> None:
        actor = Actor(work, self._kit)
        contact = await work.contacts.get(row.contact_id)
        case = await work.cases.get(row.case_id) if row.case_id else None
        if contact is None:
            return
        person = await work.people.get(contact.person_id)
        if case is None:
            if person is not None:
                if blocked:
                    await self._lost(work, person, contact)
                await colleagues.other_way(actor, row, person)
        elif person is not None:
            if blocked:
                await report_gone(actor, case, person, contact.channel)
            if row.body.get("alert"):
                stem = row.key.rsplit(":", 1)[0]
                plain = {"notice": "alert", "values": alarm_values(actor, case)}
                call = Call.read(stem, row.body.get("call", plain))  # none in a damaged row
                await other_way(actor, case, Lost(person, contact, blocked and not last), call)
        elif blocked and contact.id in await work.cases.reporters(case.id):
            await reporter_gone(actor, case, contact)


async def _at_the_end(work: UnitOfWork, row: OutboxRow) -> bool:
    """Whether its alarm reached the last step of the chain, which only the clock repeats."""
    if ":alert:" not in row.key:
        return False
    step, armed = int(row.key.split(":")[4]), await work.timers.armed(f"case:{row.case_id}")
    return any(one.kind == "unanswered" and one.step <= step for one in armed)
