"""A notice becomes outbox rows: which people, which of their addresses, in their language."""

import logging
from base64 import urlsafe_b64encode
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.codes import Chance
from cases.lifecycle import Act
from cases.messages import Choice, Outgoing
from cases.model import Case, Level, Person, Role
from cases.times.calendar import local
from locales.catalog import Catalog, NoWords
from notifications.notices import NOTICES, URGENT, Notice
from notifications.outgoing import body_of
from notifications.quiet import (
    NEWS,
    TOGETHER,
    Leaving,
    after_others,
    alerts_of,
    at_daybreak,
    waits_for_day,
)
from storage.ledgers.outbox import Message
from storage.records.offers import Offer
from storage.records.people import Contact
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
OFFER_LIFE = timedelta(
    days=400
)  # a stale press is answered with the current card, so it may live long


@dataclass(frozen=True, slots=True)
class Call:
    """One notice about one case: `key` makes it happen once, `values` fill its words in.

    To a reporter it may have to wait until `due_at`, and may go out in these `hours` of the day only.
    """

    notice: str
    key: str
    values: dict[str, Any]
    due_at: datetime | None = None
    hours: tuple[int, int] | None = None

    def json(self) -> dict[str, Any]:
        """As the outbox row keeps it, so that another address can be told the same."""
        return {"notice": self.notice, "values": self.values}

    @classmethod
    def read(cls, key: str, stored: Mapping[str, Any]) -> "Call":
        values = dict(stored["values"])
        if values.get("role") in set(Role):
            values["role"] = Role(values["role"])
        return cls(stored["notice"], key, values)


class Announcer:
    """Writes notices into the outbox of the caller's transaction; sends nothing itself."""

    def __init__(self, catalog: Catalog, chance: Chance) -> None:
        self._catalog = catalog
        self._chance = chance

    async def tell(
        self, work: UnitOfWork, case: Case, people: Iterable[Person], call: Call
    ) -> list[Person]:
        """Tell each person on the first address that works. Returns those nobody can reach.

        An alarm does not wait at a gate that is shut: the next address has it at once, too.
        """
        unreachable = []
        alarm = NOTICES[call.notice].alarm
        shut = await shut_accounts(work) if alarm else frozenset[tuple[str, str]]()
        for person in people:
            contacts = await reachable(work, person)
            if not NOTICES[call.notice].part:
                await work.cases.involve(case.id, person.id, call.notice)
            if not contacts:
                unreachable.append(person)
                continue
            for contact in up_to_open(contacts, shut):
                await self.tell_contact(work, case, contact, call)
        return unreachable

    async def tell_contact(
        self, work: UnitOfWork, case: Case, contact: Contact, call: Call
    ) -> bool:
        """One notice to one address. False = it is in the outbox already."""
        notice = NOTICES[call.notice]
        offer = self._offer(work, case, contact, notice)
        person = await work.people.get(contact.person_id)
        outgoing = self._outgoing(contact, case, call, offer, person)
        leaving = await self._leaving(work, case, contact, call)
        new = await work.outbox.put(
            Message(
                key=outgoing.key,
                contact_id=contact.id,
                channel=contact.channel,
                op="say",
                body=_body(outgoing, notice, call),
                priority=_priority(notice, case),
                case_id=case.id,
                due_at=call.due_at or leaving.at,
                about_at=leaving.at,
                bundle=leaving.bundle,
            )
        )
        if new and offer is not None:
            await work.offers.put(offer, unseen=True)
        work.wake("outbox")
        return new

    async def _leaving(self, work: UnitOfWork, case: Case, contact: Contact, call: Call) -> Leaving:
        """Staff are spared at night and in a flood; a reporter's own hours are kept elsewhere."""
        now = work.now
        if not contact.person_id:
            return Leaving(now)
        if waits_for_day(NOTICES[call.notice], case, now):
            waiting = await work.bundles.leaves_at(contact.id, NEWS)
            return at_daybreak(now, waiting, self._chance.bytes(2))
        if not (bundle := alerts_of(call.key, case)):
            return Leaving(now)
        others = await work.bundles.alerts_since(contact.id, case.commune, now - TOGETHER)
        return after_others(now, bundle, others)

    def _offer(
        self, work: UnitOfWork, case: Case, contact: Contact, notice: Notice
    ) -> Offer | None:
        if not notice.acts:
            return None
        prompt = urlsafe_b64encode(work.draws.bytes(8)).decode().rstrip("=")
        return Offer(
            prompt=prompt, contact_id=contact.id, case_id=case.id, rev=case.rev,
            options=[str(act) for act in notice.acts],
            kind="notice" if contact.person_id else "menu",  # a reporter has no acts on a case
            expires_at=work.now + OFFER_LIFE,
        )  # fmt: skip

    def _outgoing(
        self, contact: Contact, case: Case, call: Call, offer: Offer | None, person: Person | None
    ) -> Outgoing:
        say, lang = self._catalog.say, contact.lang
        options = offer.options if offer else []
        return Outgoing(
            key=f"{call.key}:{contact.id}",
            text=self.words(lang, case, call),
            prompt=offer.prompt if offer else "",
            choices=tuple(
                _button(act, say(lang, _label(act, contact, person)), contact) for act in options
            ),
            staff=bool(contact.person_id),
        )

    def words(self, lang: str, case: Case, call: Call) -> str:
        """What a notice says of the case as it is now.

        An alert goes out even when its sentence is broken: code and level need no words.
        """
        values = {
            "code": case.code,
            "level": self._catalog.say(lang, f"level.{case.level}"),
            **{
                name: self._value(lang, name, value)
                for name, value in {**staff_time("at", case.received_at), **call.values}.items()
            },
        }
        try:
            words = self._catalog.say(lang, f"notice.{call.notice}", **values)
            drill = "drill" in case.flags
            return f"{self._catalog.say(lang, 'watch.drill')} {words}" if drill else words
        except NoWords:
            log.exception("notice without words", extra={"where": call.notice})
            return f"{values['code']} {values['level']}"

    def _value(self, lang: str, name: str, value: Any) -> Any:
        if name.endswith("_day") and "/" in str(value):
            day, month = map(int, str(value).split("/"))
            return self._catalog.day(lang, day, month)
        if name == "clock":
            clock, _, no = str(value).partition(":")  # of several tasks: which one
            return self._catalog.say(lang, f"due.{clock}", no=no or "none")
        # A role is the only word about a colleague that a notice may hold.
        return self._catalog.say(lang, f"role.{value}") if _is_role(value) else value


def _body(outgoing: Outgoing, notice: Notice, call: Call) -> dict[str, Any]:
    hours = {"hours": list(call.hours)} if call.hours is not None else {}
    return {**body_of(outgoing), "alert": notice.alarm, "call": call.json(), **hours}


def _button(act: str, label: str, contact: Contact) -> Choice:
    """A reporter may have a question open that a number answers: theirs has none."""
    return Choice(act, label, standing=not contact.person_id)


def _label(act: str, contact: Contact, person: Person | None) -> str:
    return act_key(act, person) if contact.person_id else f"relay.menu.{act}"


def act_key(act: str, person: Person | None) -> str:
    """The words on the button of an act, as its reader stands to it."""
    if act == Act.REFER_RECEIVED and person is not None and person.role is Role.POLICE:
        return "act.received"  # they are the body that was told
    above = person is not None and person.role in (Role.LEADER, Role.SUPERVISOR)
    return "act.take" if above and act == Act.ACKNOWLEDGE else f"act.{act}"


def _is_role(value: Any) -> bool:
    return isinstance(value, Role)


def staff_time(name: str, at: Any) -> dict[str, str]:
    """`{at}` = 20:15 and `{at_day}` = 24/11, in Viet Nam time."""
    here = local(at)
    return {name: f"{here:%H:%M}", f"{name}_day": f"{here:%d/%m}"}


async def reachable(work: UnitOfWork, person: Person) -> list[Contact]:
    """The addresses of a person that work, in the order the person chose."""
    return [one for one in await work.contacts.of_person(person.id) if one.state == "ok"]


async def shut_accounts(work: UnitOfWork) -> frozenset[tuple[str, str]]:
    """(channel, account) through which nothing leaves now."""
    return frozenset(gate[:2] for gate in await work.outbox.shut_gates())


def up_to_open(contacts: Iterable[Contact], shut: Container[tuple[str, str]]) -> Iterator[Contact]:
    """The addresses up to the first one whose gate is open: each of them has the words."""
    for contact in contacts:
        yield contact
        if (contact.channel, contact.account) not in shut:
            return


def _priority(notice: Notice, case: Case) -> int:
    urgent = case.level in (Level.URGENT, Level.UNKNOWN)
    return URGENT if urgent and notice.name in ("alert", "danger") else notice.priority
