"""What people are told: claimed under a lease, fenced by a generation, finished once (TRUST.md 5)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, func, or_, select, update

from cases.messages import Address
from storage.tables import contacts, gates, outbox
from storage.tx import Tx

LEASE = timedelta(seconds=60)
HELD = timedelta(seconds=15)  # how long a row that failed holds back later rows of its chat
BURST = timedelta(seconds=2)  # three at once, then one a second
PACE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Message:
    """A row to be: `key` is its natural key, so that an effect happens once."""

    key: str
    contact_id: str
    channel: str
    op: str
    body: dict[str, Any]
    priority: int
    case_id: str = ""
    due_at: datetime | None = None
    after: str = ""
    about_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A claimed row: ours while `gen` is the newest."""

    seq: int
    id: str
    key: str
    case_id: str
    contact_id: str
    channel: str
    op: str
    body: dict[str, Any]
    priority: int
    due_at: datetime
    about_at: datetime
    attempt: int
    maybe_sent: bool
    gen: int
    address: Address
    lang: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a message: waiting, sent under the platform's id, dead."""

    key: str
    contact_id: str
    state: str
    message_id: str


class Outbox:
    """Rows decide whether a message goes out; the sender only does what they say."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def put(self, message: Message) -> bool:
        """Queue it in the caller's commit. False = this very message is there already."""
        tx, new_id = self._tx, self._tx.new_id()
        plain = json.dumps(message.body, ensure_ascii=False).encode()
        body = await tx.seal(_scope(message), f"outbox|body|{new_id}", plain)
        values = {
            "id": new_id, "key": message.key, "case_id": message.case_id,
            "contact_id": message.contact_id, "channel": message.channel, "op": message.op,
            "body": body, "priority": message.priority, "after": message.after,
            "about_at": message.about_at or tx.now, "due_at": message.due_at or tx.now,
            "state": "waiting",
        }  # fmt: skip
        return await tx.add(outbox, values)

    async def claim(self, worker: str, many: int) -> list[OutboxRow]:
        """Take up to `many` due rows, one of each chat. `sending` past its lease may have been sent."""
        now = self._tx.now
        lapsed = and_(outbox.c.state == "sending", outbox.c.lease_until < now)
        waiting = and_(outbox.c.state == "waiting", outbox.c.due_at <= now)
        due = (
            select(outbox.c.id)
            .where(or_(waiting, lapsed), ~_after_unsent(), ~_chat_waits(now), ~_gate_shut(now))
            .where(or_(outbox.c.priority == 0, ~_older_first(now)))
            .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.seq)
            .limit(many)
            .with_for_update(of=outbox, skip_locked=True)  # SQLite: BEGIN IMMEDIATE is the lock
            .cte("due")
        )
        taken = await self._tx.all(
            update(outbox)
            .where(outbox.c.id == due.c.id)
            .values(
                state="sending", worker=worker, lease_until=now + LEASE, gen=outbox.c.gen + 1,
                attempt=outbox.c.attempt + 1,
                maybe_sent=or_(outbox.c.maybe_sent, outbox.c.state == "sending"),
            )
            .returning(outbox)
        )  # fmt: skip
        rows = sorted(taken, key=lambda row: (row["priority"], row["due_at"], row["seq"]))
        return [await self._row(row) for row in rows]

    async def _row(self, row: Any) -> OutboxRow:
        tx, now = self._tx, self._tx.now
        person = await tx.one(select(contacts).where(contacts.c.id == row["contact_id"]))
        assert person is not None
        start = max(person["pace_at"] or now, now)
        paced = update(contacts).where(contacts.c.id == person["id"]).values(pace_at=start + PACE)
        await tx.run(paced)
        plain = await tx.open(_scope(row), f"outbox|body|{row['id']}", row["body"])
        opened = await tx.open(
            f"person:{person['id']}", f"contacts|address|{person['id']}", person["address"]
        )
        user, chat = json.loads(opened)
        address = Address(person["channel"], person["account"], user, chat)
        return OutboxRow(
            row["seq"], row["id"], row["key"], row["case_id"], row["contact_id"], row["channel"],
            row["op"], json.loads(plain), row["priority"], row["due_at"], row["about_at"],
            row["attempt"], bool(row["maybe_sent"]), row["gen"], address, person["lang"],
        )  # fmt: skip

    async def finish(self, row: OutboxRow, state: str, **values: Any) -> bool:
        """Only where the generation is still ours. False = fenced: another worker owns the row."""
        ours = and_(outbox.c.id == row.id, outbox.c.gen == row.gen, outbox.c.state == "sending")
        values |= {"state": state, "worker": "", "lease_until": None}
        return bool((await self._tx.run(update(outbox).where(ours).values(**values))).rowcount)

    async def cancel(self, prefix: str) -> int:
        """Cancel rows that still wait, by the beginning of their key."""
        waiting = and_(_begins(prefix), outbox.c.state == "waiting")
        return (
            await self._tx.run(update(outbox).where(waiting).values(state="cancelled"))
        ).rowcount

    async def cancel_for(self, contact_id: str) -> None:
        """Nothing that still waits goes to this address."""
        waiting = and_(outbox.c.contact_id == contact_id, outbox.c.state == "waiting")
        await self._tx.run(update(outbox).where(waiting).values(state="cancelled"))

    async def sent_id(self, key: str) -> str:
        """The platform's id of a message that went out, or ""."""
        row = await self._tx.one(
            select(outbox.c.message_id).where(outbox.c.key == key, outbox.c.state == "sent")
        )
        return str(row["message_id"]) if row else ""

    async def case_of(self, contact_id: str, message_id: str) -> str:
        """The case that a message to this address was about, by the platform's id; "" = none."""
        row = await self._tx.one(
            select(outbox.c.case_id).where(
                outbox.c.contact_id == contact_id, outbox.c.message_id == message_id
            )
        )
        return str(row["case_id"]) if row else ""

    async def told(self, prefix: str) -> list[Told]:
        """Every message whose key begins so, the oldest first."""
        found = await self._tx.all(
            select(outbox.c.key, outbox.c.contact_id, outbox.c.state, outbox.c.message_id)
            .where(_begins(prefix))
            .order_by(outbox.c.seq)
        )
        return [Told(**row) for row in found]

    async def hold_chat(self, contact_id: str, until: datetime) -> None:
        """429 for one chat: nothing to it before then, also after a restart."""
        held = update(contacts).where(contacts.c.id == contact_id).values(not_before=until)
        await self._tx.run(held)

    async def held_chats(self, channel: str) -> int:
        """How many chats of a channel are held now."""
        query = select(func.count().label("n")).where(
            contacts.c.channel == channel, contacts.c.not_before > self._tx.now
        )
        row = await self._tx.one(query)
        return int(row["n"]) if row else 0

    async def shut_gate(self, channel: str, account: str, until: datetime, why: str) -> None:
        """Nothing goes out through this account before then; every worker obeys. Never opens earlier."""
        values = {"channel": channel, "account": account, "closed_until": until, "reason": why[:80]}
        if not await self._tx.add(gates, values):
            ours = and_(
                gates.c.channel == channel, gates.c.account == account,
                gates.c.closed_until < until,
            )  # fmt: skip
            await self._tx.run(update(gates).where(ours).values(**values))

    async def shut_gates(self) -> list[tuple[str, str, str]]:
        """(channel, account, reason) of the gates that are shut now."""
        found = await self._tx.all(select(gates).where(gates.c.closed_until > self._tx.now))
        return [(row["channel"], row["account"], row["reason"]) for row in found]

    async def in_state(self, *states: str) -> int:
        query = select(func.count().label("n")).where(outbox.c.state.in_(states))
        row = await self._tx.one(query)
        return int(row["n"]) if row else 0

    async def next_at(self) -> datetime | None:
        """When the next row may become due (a waiting one, or a lease that ends)."""
        waiting = select(func.min(outbox.c.due_at).label("at")).where(outbox.c.state == "waiting")
        sending = select(func.min(outbox.c.lease_until).label("at")).where(
            outbox.c.state == "sending"
        )
        found: Sequence[Any] = [await self._tx.one(waiting), await self._tx.one(sending)]
        times = [row["at"] for row in found if row and row["at"]]
        return min(times) if times else None


def _scope(row: Any) -> str:
    case_id = row.case_id if isinstance(row, Message) else row["case_id"]
    contact = row.contact_id if isinstance(row, Message) else row["contact_id"]
    return f"case:{case_id}" if case_id else f"person:{contact}"


def _begins(prefix: str) -> ColumnElement[bool]:
    """A range the index can answer; LIKE would read every row there is."""
    return outbox.c.key.between(prefix, f"{prefix}\uffff")


def _after_unsent() -> Exists:
    first = outbox.alias("first")
    return exists().where(first.c.id == outbox.c.after, first.c.state != "sent")


def _chat_waits(now: datetime) -> Exists:
    person = contacts.alias("person")
    waits = or_(person.c.not_before > now, person.c.pace_at > now + BURST)
    return exists().where(person.c.id == outbox.c.contact_id, waits)


def _gate_shut(now: datetime) -> Exists:
    person, gate = contacts.alias("behind"), gates.alias("gate")
    return exists().where(
        person.c.id == outbox.c.contact_id, gate.c.channel == person.c.channel,
        gate.c.account == person.c.account, gate.c.closed_until > now,
    )  # fmt: skip


def _older_first(now: datetime) -> Exists:
    """An older unfinished row of the same chat goes first, unless it failed a while ago."""
    older = outbox.alias("older")
    fresh = and_(older.c.failed_at.is_(None), older.c.due_at <= now)
    tried = older.c.failed_at > now - HELD
    unfinished = or_(
        and_(older.c.state == "sending", older.c.lease_until >= now),
        and_(older.c.state == "waiting", or_(fresh, tried)),
    )
    return exists().where(
        older.c.contact_id == outbox.c.contact_id, older.c.seq < outbox.c.seq, unfinished
    )
