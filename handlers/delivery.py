"""What it means for a case that a message could not be delivered (TRUST.md section 5)."""

from cases.messages import Outgoing
from cases.model import Role
from handlers.actor import Actor, Kit
from handlers.alarm import report_gone
from handlers.reach import Lost, other_way
from notifications.announce import Call, reachable
from notifications.notices import ALERT
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork


class Delivery:
    """Hears from the sender what failed, inside the sender's transaction."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def gone(self, work: UnitOfWork, row: OutboxRow) -> None:
        """The address is dead: next address at once, else the next step of the chain; admin told."""
        await work.contacts.mark(row.contact_id, "blocked")
        await self._other_way(work, row, blocked=True)

    async def stuck(self, work: UnitOfWork, row: OutboxRow) -> None:
        """An alert is held back for more than a minute: the next address too; the row itself stays."""
        await self._other_way(work, row, blocked=False)

    async def shut(self, work: UnitOfWork, row: OutboxRow, why: str) -> None:
        """A whole channel is held up: administrators hear of it on their other addresses, hourly."""
        staff = await work.people.staff("")
        for admin in (one for one in staff if one.role is Role.ADMIN):
            for contact in await reachable(work, admin):
                if contact.channel != row.channel:
                    values = {"channel": row.channel, "why": why}
                    text = self._kit.catalog.say(contact.lang, "notice.admin_gate", **values)
                    key = f"gate:{row.channel}:{work.now:%Y-%m-%dT%H}:{contact.id}"
                    out = Outgoing(key=key, text=text)
                    await work.outbox.put(
                        Message(key, contact.id, contact.channel, "say", body_of(out), ALERT)
                    )
        work.wake("outbox")

    async def _other_way(self, work: UnitOfWork, row: OutboxRow, *, blocked: bool) -> None:
        actor = Actor(work, self._kit)
        contact = await work.contacts.get(row.contact_id)
        case = await work.cases.get(row.case_id) if row.case_id else None
        if case is None or contact is None:
            return
        person = await work.people.get(contact.person_id)
        if person is not None:
            if blocked:
                await report_gone(actor, case, person, contact.channel)
            if row.body.get("alert"):
                call = Call.read(row.key.rsplit(":", 1)[0], row.body["call"])
                await other_way(actor, case, Lost(person, contact, blocked), call)
        elif blocked:
            key = f"{case.id}:reporter_gone:{contact.id}"
            await work.cases.add_event(case.id, key, "reporter_gone", "system", {})
