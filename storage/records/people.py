"""People and their addresses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, and_, bindparam, case, or_, select, update

from cases.duty import LeaveState
from cases.model import Person, Role
from cases.safe_contact import Safety
from cases.watch import DRILL_COMMUNE
from storage.columns import UtcDateTime
from storage.keys import Unreadable
from storage.records.safety import safety_of
from storage.tables import contacts, leaves, people
from storage.tx import Overtaken, Tx, some

MINUTE = timedelta(minutes=1)

# Who stands in for them now: a leave that was accepted has begun, and ends when its clock says so.
_SUBSTITUTE = (
    select(leaves.c.substitute_id)
    .where(
        leaves.c.person_id == people.c.id, leaves.c.state == LeaveState.ACCEPTED.value,
        leaves.c.starts_at <= bindparam("now", type_=UtcDateTime),
    )
    .limit(1)
    .scalar_subquery()
    .label("substitute")
)  # fmt: skip
# Who stands in for a leader now, whether asked by the leader or further along the chain.
_BEGUN = and_(
    leaves.c.state == LeaveState.ACCEPTED.value,
    leaves.c.starts_at <= bindparam("now", type_=UtcDateTime),
)
_AWAY = people.alias("away")
_FOR_A_LEADER = (
    select(leaves.c.substitute_id.label("id"))
    .join(_AWAY, _AWAY.c.id == leaves.c.person_id)
    .where(_BEGUN, _AWAY.c.role == Role.LEADER.value, _AWAY.c.active.is_(True))
    .cte("for_a_leader", recursive=True)
)
_FOR_A_LEADER = _FOR_A_LEADER.union(
    select(leaves.c.substitute_id)
    .join(_FOR_A_LEADER, leaves.c.person_id == _FOR_A_LEADER.c.id)
    .where(_BEGUN)
)
_LEADS = people.c.id.in_(select(_FOR_A_LEADER.c.id)).label("leads")
_PEOPLE = select(people, _SUBSTITUTE, _LEADS)
_REAL = people.c.commune != DRILL_COMMUNE  # the officer whom the program plays is in no list
_EVERYBODY = _PEOPLE.where(_REAL).order_by(people.c.since, people.c.id)
_LEADERS = _EVERYBODY.where(people.c.role == Role.LEADER.value, people.c.active.is_(True))
_HERE_SINCE = _EVERYBODY.where(people.c.active.is_(True), people.c.since <= bindparam("at"))
_STAFF = _PEOPLE.where(
    or_(
        people.c.commune == bindparam("here"),
        people.c.role == Role.SUPERVISOR.value,
        people.c.role == Role.ADMIN.value,
    ),
    people.c.active.is_(True),
).order_by(people.c.since, people.c.id)
_PERSON = _PEOPLE.where(people.c.id == bindparam("this"))
_CONTACT = select(contacts).where(contacts.c.id == bindparam("this"))
_BY_ADDRESS = select(contacts).where(
    contacts.c.channel == bindparam("its_channel"), contacts.c.account == bindparam("its_account"),
    contacts.c.address_index == bindparam("its_index"),
)  # fmt: skip
_OF_PERSON = (
    select(contacts)
    .where(contacts.c.person_id == bindparam("person"))
    .order_by(contacts.c.rank, contacts.c.id)
)
_RUNNING = contacts.c.minute_at > bindparam("minute_ago")
_COUNT = (
    update(contacts)
    .where(contacts.c.id == bindparam("this"))
    .values(
        minute_at=case((_RUNNING, contacts.c.minute_at), else_=bindparam("now", type_=UtcDateTime)),
        minute_count=case((_RUNNING, contacts.c.minute_count + 1), else_=1),
    )
    .returning(contacts.c.minute_count)
)


@dataclass(frozen=True, slots=True)
class Contact:
    """One address on one channel. `person_id` is empty for a reporter."""

    id: str
    person_id: str
    channel: str
    account: str
    user: str
    chat: str
    state: str  # ok | blocked | unverified
    lang: str
    rank: int
    last_in_at: datetime
    safety: Safety | None = None  # what a reporter said of it; None = nothing yet
    taken_until: datetime | None = None  # a person of ours answers there with their own hands


@dataclass(frozen=True, slots=True)
class Invite:
    """What an invitation makes of the person who uses it.

    With a `person_id` it makes nobody new: the address becomes one more of that person. Made in chat
    (`made_by` a person's id) it waits until somebody else has `confirmed` it.
    """

    role: Role
    commune: str
    villages: tuple[str, ...]
    name: str
    person_id: str = ""
    made_by: str = ""
    confirmed: bool = True


class People:
    """Staff. Names are sealed; role, commune and duty are clear because alarms ask for them."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._read: dict[str, Person] = {}

    async def add(self, person: Person) -> None:
        name = await self._seal(person)
        values = {"id": person.id, "since": self._tx.now, "name": name, **_columns(person)}
        await self._tx.add(people, values)

    async def save(self, person: Person) -> None:
        same = [people.c.id == person.id]
        if self._tx.holding and (read := self._read.pop(person.id, None)) is not None:
            # Whoever was taken off meanwhile must not come back because they went on duty.
            same += [people.c[key] == value for key, value in _columns(read).items()]
        values = _columns(person)
        if person.name:  # a name that could not be read is not written over
            values["name"] = await self._seal(person)
        if not (await self._tx.run(update(people).where(*same).values(**values))).rowcount:
            raise Overtaken

    async def get(self, person_id: str) -> Person | None:
        row = await self._tx.one(_PERSON, this=person_id, now=self._tx.now)
        return await self._person(row) if row else None

    async def staff(self, commune: str) -> list[Person]:
        """Everybody an alarm of this commune may reach: its own people, the city, administrators."""
        found = await self._tx.all(_STAFF, here=commune, now=self._tx.now)
        return [await self._person(row) for row in found]

    async def leaders(self) -> list[Person]:
        """The leaders of all communes: they stand in for a city desk that is not there."""
        found = await self._tx.all(_LEADERS, now=self._tx.now)
        return [await self._person(row) for row in found]

    async def everybody(self) -> list[Person]:
        found = await self._tx.all(_EVERYBODY, now=self._tx.now)
        return [await self._person(row) for row in found]

    async def here_since(self, at: datetime) -> list[Person]:
        """Whoever works here, and did so already at that time."""
        found = await self._tx.all(_HERE_SINCE, now=self._tx.now, at=at)
        return [await self._person(row) for row in found]

    async def _seal(self, person: Person) -> bytes:
        place = f"people|name|{person.id}"
        return await self._tx.seal(f"person:{person.id}", place, person.name.encode())

    async def _person(self, row: Any) -> Person:
        self._read[row["id"]] = found = Person(
            id=row["id"], role=Role(row["role"]), commune=row["commune"],
            villages=_split(row["villages"]), name=await self._name(row), lang=row["lang"],
            on_duty=bool(row["on_duty"]), active=bool(row["active"]),
            substitute=row["substitute"] or "", leads=bool(row["leads"]),
        )  # fmt: skip
        return found

    async def _name(self, row: Any) -> str:
        """Empty where it is damaged: whoever calls a commune's staff calls this one, too."""
        place = f"people|name|{row['id']}"
        try:
            return (await self._tx.open(f"person:{row['id']}", place, row["name"])).decode()
        except Unreadable:
            return ""


class Contacts:
    """Addresses are sealed and found by a blind index."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def ensure(
        self, channel: str, account: str, user: str, chat: str, lang: str = ""
    ) -> Contact:
        """The contact of this address, made at first sight; it was heard from just now."""
        found = await self.by_address(channel, account, user, chat)
        if found is not None:
            return found
        tx, new_id = self._tx, self._tx.new_id()
        address = json.dumps([user, chat]).encode()
        sealed = await tx.seal(f"person:{new_id}", f"contacts|address|{new_id}", address)
        values = {
            "id": new_id, "channel": channel, "account": account, "address": sealed,
            "address_index": self._index(channel, account, user), "state": "ok",
            "lang": lang or "vi", "last_in_at": tx.now,
        }  # fmt: skip
        if not await tx.add(contacts, values):
            raise Overtaken
        return Contact(new_id, "", channel, account, user, chat, "ok", lang or "vi", 0, tx.now)

    async def by_address(
        self, channel: str, account: str, user: str, chat: str = ""
    ) -> Contact | None:
        for index in self._tx.keys.blinds("address", f"{channel}|{account}|{user}"):
            found = await self._find(
                _BY_ADDRESS, its_channel=channel, its_account=account, its_index=index
            )
            if found is not None:
                return found if found.user else replace(found, user=user, chat=chat)
        return None

    async def get(self, contact_id: str) -> Contact | None:
        return await self._find(_CONTACT, this=contact_id)

    async def of_person(self, person_id: str) -> list[Contact]:
        """Their addresses, in the order they are tried."""
        found = await self._tx.all(_OF_PERSON, person=person_id)
        return [await self._contact(row) for row in found]

    async def reached(self, person_ids: Sequence[str]) -> frozenset[str]:
        """Those of these people who have an address that works."""
        found = set[str]()
        for those in some(person_ids):
            query = select(contacts.c.person_id).where(
                contacts.c.person_id.in_(those), contacts.c.state == "ok"
            )
            found |= {row["person_id"] for row in await self._tx.all(query.distinct())}
        return frozenset(found)

    async def link(self, contact_id: str, person_id: str) -> None:
        """This address belongs to that member of staff; it comes after the ones they have."""
        rank = len(await self.of_person(person_id))
        await self._set(contact_id, person_id=person_id, rank=rank)

    async def put_first(self, contact_id: str, person_id: str) -> None:
        """From now on this address of theirs is tried before the others."""
        others = [one.id for one in await self.of_person(person_id) if one.id != contact_id]
        for rank, one in enumerate([contact_id, *others]):
            await self._set(one, rank=rank)

    async def count_message(self, contact_id: str) -> int:
        """One more message of this minute; how many that makes. A minute begins with a message."""
        now = self._tx.now
        row = await self._tx.one(_COUNT, this=contact_id, now=now, minute_ago=now - MINUTE)
        assert row is not None
        return int(row["minute_count"])

    async def heard(self, contact_id: str) -> None:
        """Somebody wrote from this address just now."""
        await self._set(contact_id, last_in_at=self._tx.now)

    async def unlink(self, contact_id: str) -> None:
        await self._set(contact_id, person_id="")

    async def mark(self, contact_id: str, state: str) -> None:
        await self._set(contact_id, state=state)

    async def taken(self, contact_id: str, until: datetime | None) -> None:
        """Somebody answers there with their own hands until then; None = nobody any more."""
        await self._set(contact_id, taken_until=until)

    async def set_lang(self, contact_id: str, lang: str) -> None:
        await self._set(contact_id, lang=lang)

    async def _set(self, contact_id: str, **values: Any) -> None:
        await self._tx.run(update(contacts).where(contacts.c.id == contact_id).values(**values))

    def _index(self, channel: str, account: str, user: str) -> bytes:
        return self._tx.keys.blind("address", f"{channel}|{account}|{user}")

    async def _find(self, statement: Executable, **values: Any) -> Contact | None:
        row = await self._tx.one(statement, **values)
        return await self._contact(row) if row else None

    async def _contact(self, row: Any) -> Contact:
        user, chat = await self._address(row)
        return Contact(
            row["id"], row["person_id"], row["channel"], row["account"], user, chat, row["state"],
            row["lang"], row["rank"], row["last_in_at"], await safety_of(self._tx, row),
            row["taken_until"],
        )  # fmt: skip

    async def _address(self, row: Any) -> tuple[str, str]:
        """Empty where it is damaged: what is sent there dies in sight, and no other address waits."""
        place = f"contacts|address|{row['id']}"
        try:
            sealed = await self._tx.open(f"person:{row['id']}", place, row["address"])
        except Unreadable:
            return "", ""
        user, chat = json.loads(sealed)
        return user, chat


def _columns(person: Person) -> dict[str, Any]:
    return {
        "role": person.role.value, "commune": person.commune, "lang": person.lang,
        "villages": ";".join(person.villages), "on_duty": person.on_duty, "active": person.active,
    }  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    parts: Sequence[str] = text.split(";") if text else ()
    return tuple(parts)
