"""What people are told: claimed under a lease, fenced by a generation, finished once (TRUST.md 5)."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from cases.messages import Address
from storage.keys import Unreadable
from storage.ledgers.leaving import (
    AHEAD,
    IN_STATE,
    LEASE,
    NOTHING,
    RUNS,
    Given,
    Skip,
    claims,
    given,
    lately,
    leaves,
    names_of,
)
from storage.tables import contacts, gates, outbox
from storage.tx import Tx

HELD = timedelta(seconds=15)  # how long a row that failed holds back later rows of its chat
BURST = timedelta(seconds=2)  # three at once, then one a second
PACE = timedelta(seconds=1)
TOGETHER = timedelta(seconds=10)  # two chats refused within it are the account's fault
HELD_BACK = "retry 429"  # the outcome of a row whose chat was told to wait
UNWANTED = "unwanted"  # nobody may hear it any more; it is on its way all the same

_FIRST = select(outbox.c.state).where(outbox.c.id == bindparam("this"))
_PERSON = select(contacts).where(contacts.c.id == bindparam("this"))
_PACED = update(contacts).where(contacts.c.id == bindparam("this"))
_OURS = update(outbox).where(
    outbox.c.id == bindparam("this"), outbox.c.gen == bindparam("its_gen"),
    outbox.c.state == "sending",
)  # fmt: skip
_LEFT = update(outbox).where(outbox.c.state == "sending")
_BEGINS = outbox.c.key.between(bindparam("first"), bindparam("last"))
_CANCEL = update(outbox).where(_BEGINS, outbox.c.state == "waiting")
_TOLD = (
    select(
        outbox.c.key, outbox.c.contact_id, outbox.c.state, outbox.c.message_id, outbox.c.due_at
    )
    .where(_BEGINS)
    .order_by(outbox.c.seq)
)  # fmt: skip
_OF_CONTACT = and_(outbox.c.contact_id == bindparam("contact"), outbox.c.op != "remove")
_ON_THEIR_WAY = select(outbox.c.key).where(_OF_CONTACT, outbox.c.state == "sending")
_SHOWN = (
    select(outbox.c.message_id, outbox.c.pieces)
    .where(_OF_CONTACT, outbox.c.state == "sent", outbox.c.due_at > bindparam("since"))
    .order_by(outbox.c.seq)
)
_UNPROVEN = (
    select(outbox)
    .where(
        outbox.c.contact_id == bindparam("contact"), outbox.c.state == "waiting",
        outbox.c.maybe_sent.is_(True), outbox.c.op == "say",
    )
    .order_by(outbox.c.seq)
)  # fmt: skip
_STATE = select(outbox.c.state, outbox.c.message_id, outbox.c.pieces).where(
    outbox.c.key == bindparam("its_key")
)
_LEAVES, _LATELY = leaves(), lately()
_CLAIM_ONLY, _CLAIM_BUT = claims(only=True), claims(only=False)
_DUE = select(func.min(outbox.c.due_at).label("at")).where(IN_STATE)
_LEASED = select(func.min(outbox.c.lease_until).label("at")).where(IN_STATE)


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
    bundle: str = ""


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
    readable: bool = True  # False: the body or the address is damaged, and empty here
    bundle: str = ""
    outcome: str = ""  # of the try before this one
    after: str = ""  # the row it waits for


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a message: waiting, sent under the platform's id, dead."""

    key: str
    contact_id: str
    state: str
    message_id: str
    due_at: datetime


class Outbox:
    """Rows decide whether a message goes out; the sender only does what they say."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def put(self, message: Message) -> bool:
        """Queue it in the caller's commit. False = this very message is there already."""
        tx, new_id, about = self._tx, self._tx.new_id(), message.about_at or self._tx.now
        plain = json.dumps(message.body, ensure_ascii=False).encode()
        body = await tx.seal(_scope(message), f"outbox|body|{new_id}", plain)
        values = {
            "id": new_id, "key": message.key, "case_id": message.case_id,
            "contact_id": message.contact_id, "channel": message.channel, "op": message.op,
            "body": body, "priority": message.priority, "after": message.after,
            "about_at": about, "due_at": message.due_at or tx.now,
            "state": "waiting", "bundle": message.bundle,
            "maybe_sent": tx.unsure_until is not None and about <= tx.unsure_until,
        }  # fmt: skip
        return await tx.add(outbox, values)

    async def claim(
        self, worker: str, many: int, *, only: str = "", but: str = "", skip: Skip = NOTHING
    ) -> list[OutboxRow]:
        """Take up to `many` due rows, one of each chat. `sending` past its lease may have been sent.

        `only` this channel, or all `but` this one.
        """
        now, statement = self._tx.now, _CLAIM_ONLY if only else _CLAIM_BUT
        taken = await self._tx.all(
            statement, now=now, many=many, burst_ends=now + BURST, ahead=now + AHEAD,
            held_since=now - HELD, through=only or but, worker=worker, lease_until=now + LEASE,
            ours=list(skip.rows), full=names_of(skip.accounts),
        )  # fmt: skip
        rows = sorted(taken, key=lambda row: (row["priority"], row["due_at"], row["seq"]))
        return [await self.row(row) for row in rows if not await self._dropped(row)]

    async def lately(self, span: timedelta) -> list[Given]:
        """What is on its way through each account, or was answered within `span`; the page has none."""
        now = self._tx.now
        ends = now + LEASE  # of what is claimed now
        found = await self._tx.all(
            _LATELY, since=now - span, ahead=now + AHEAD, runs=ends - RUNS, latest=ends + AHEAD
        )
        return given(found)

    async def claims_alone(self) -> None:
        """Until the end of the transaction nobody else who asks for it claims anything."""
        await self._tx.alone("claim")

    async def all_unsure(self) -> int:
        """After a restore: whatever was unfinished then may have left since. How many there are."""
        unfinished = outbox.c.state.in_(("waiting", "sending"))
        ended = self._tx.now - timedelta(milliseconds=1)
        lease = case((outbox.c.state == "sending", ended), else_=None)
        values = {"maybe_sent": True, "lease_until": lease}
        return (await self._tx.run(update(outbox).where(unfinished).values(**values))).rowcount

    async def left_behind(self, workers: Collection[str] | None = None) -> int:
        """Nobody sends any more what is `sending`: its leases end now.

        Of these workers, who are dead; of everybody only for who sends alone.
        """
        left = _LEFT if workers is None else _LEFT.where(outbox.c.worker.in_(workers))
        ended = {"lease_until": self._tx.now - timedelta(milliseconds=1)}
        return (await self._tx.run(left.values(**ended))).rowcount

    async def workers(self) -> list[str]:
        """Who holds a lease that has not ended."""
        held = and_(outbox.c.state == "sending", outbox.c.lease_until > self._tx.now)
        found = await self._tx.all(select(outbox.c.worker).where(held).distinct())
        return [row["worker"] for row in found if row["worker"]]

    async def _dropped(self, row: Any) -> bool:
        """Whether it became unwanted while it was on its way, and its worker never came back.

        Or what it waited for has died: then it goes no way either.
        """
        if row["outcome"] != UNWANTED and not await self._in_vain(row):
            return False
        await self._tx.run(update(outbox).where(outbox.c.id == row["id"]).values(state="cancelled"))
        return True

    async def _in_vain(self, row: Any) -> bool:
        if not row["after"]:
            return False
        first = await self._tx.one(_FIRST, this=row["after"])
        # What nobody may have any more is taken off the phone all the same.
        over = ("dead",) if row["op"] == "remove" else ("dead", "cancelled")
        return first is not None and first["state"] in over

    async def row(self, row: Any, *, paced: bool = True) -> OutboxRow:
        """A row as it was claimed. `paced`: it is a message of its own, and the next one waits for it."""
        person = await self._tx.one(_PERSON, this=row["contact_id"])
        try:
            body, address, readable = await self._body(row), await self._address(person), True
        except (Unreadable, ValueError, TypeError, LookupError):
            # The row alone is lost, and no other waits for it. Whether it called somebody, its key says.
            body, readable = {"alert": ":alert:" in row["key"]}, False
            address = Address(row["channel"], person["account"] if person else "", "", "")
        if person is not None and paced:
            await self._paced(person)
        return OutboxRow(
            row["seq"], row["id"], row["key"], row["case_id"], row["contact_id"], row["channel"],
            row["op"], body, row["priority"], row["due_at"], row["about_at"], row["attempt"],
            bool(row["maybe_sent"]), row["gen"], address, person["lang"] if person else "vi", readable,
            row["bundle"], row["outcome"], row["after"],
        )  # fmt: skip

    async def _body(self, row: Any) -> dict[str, Any]:
        plain = await self._tx.open(_scope(row), f"outbox|body|{row['id']}", row["body"])
        return dict(json.loads(plain))

    async def _address(self, person: Any) -> Address:
        scope, place = f"person:{person['id']}", f"contacts|address|{person['id']}"
        user, chat = json.loads(await self._tx.open(scope, place, person["address"]))
        return Address(person["channel"], person["account"], user, chat)

    async def _paced(self, person: Any) -> None:
        """Its next message a second later; a pace that a wrong clock left far ahead is forgotten."""
        now, ahead = self._tx.now, person["pace_at"]
        start = ahead if ahead is not None and now < ahead <= now + AHEAD else now
        await self._tx.run(_PACED, this=person["id"], pace_at=start + PACE)

    async def finish(self, row: OutboxRow, state: str, **values: Any) -> bool:
        """Only where the generation is still ours. False = fenced: another worker owns the row."""
        if state == "waiting" and await self._unwanted(row):
            state = "cancelled"
        values |= {"state": state, "worker": "", "lease_until": self._tx.now}
        finished = await self._tx.run(_OURS, this=row.id, its_gen=row.gen, **values)
        return bool(finished.rowcount)

    async def unproven(self, contact_id: str) -> list[OutboxRow]:
        """What may have reached this address, and would be said again; the oldest first."""
        found = await self._tx.all(_UNPROVEN, contact=contact_id)
        return [await self.row(row, paced=False) for row in found]

    async def proved(self, row: OutboxRow, message_id: str, before: Sequence[str] = ()) -> bool:
        """It did arrive, under this id. False = it has left once more meanwhile."""
        this = and_(outbox.c.id == row.id, outbox.c.state == "waiting")
        values = {"state": "sent", "message_id": message_id, "outcome": "proved"}
        if before:
            values["pieces"] = pieces_of(before)
        return bool((await self._tx.run(update(outbox).where(this).values(**values))).rowcount)

    async def also(self, row: OutboxRow, ids: Sequence[str]) -> None:
        """A late copy of it stands on the phone under these ids: a reply to it is about the same."""
        this = outbox.c.id == row.id
        found = await self._tx.one(select(outbox.c.pieces).where(this))
        if found is None or not ids:
            return
        pieces = dict.fromkeys([*_pieces(found), *ids])
        await self._tx.run(update(outbox).where(this).values(pieces=pieces_of([*pieces])))

    async def cancel(self, prefix: str) -> int:
        """Cancel rows that still wait, by the beginning of their key."""
        return (await self._tx.run(_CANCEL, **_range(prefix), state="cancelled")).rowcount

    async def _unwanted(self, row: OutboxRow) -> bool:
        found = await self._tx.one(select(outbox.c.outcome).where(outbox.c.id == row.id))
        return found is not None and found["outcome"] == UNWANTED

    async def cancel_for(self, contact_id: str) -> list[str]:
        """Nothing that still waits goes to this address; what is on its way is not tried again.

        Returns the keys of what will not go out. What takes messages off a phone goes on.
        """
        theirs = and_(outbox.c.contact_id == contact_id, outbox.c.op != "remove")
        sending = and_(theirs, outbox.c.state == "sending")
        await self._tx.run(update(outbox).where(sending).values(outcome=UNWANTED))
        waiting = update(outbox).where(theirs, outbox.c.state == "waiting")
        cancelled = await self._tx.all(waiting.values(state="cancelled").returning(outbox.c.key))
        return [row["key"] for row in cancelled]

    async def on_their_way(self, contact_id: str) -> list[str]:
        """The keys of what is being sent to this address now."""
        return [row["key"] for row in await self._tx.all(_ON_THEIR_WAY, contact=contact_id)]

    async def shown_since(self, contact_id: str, at: datetime) -> list[str]:
        """The platform's ids of every message that this address was sent since then."""
        found = await self._tx.all(_SHOWN, contact=contact_id, since=at)
        ids = [one for row in found for one in (*_pieces(row), row["message_id"])]
        return list(dict.fromkeys(filter(None, ids)))

    async def sent_ids(self, key: str) -> tuple[str, list[str]]:
        """(state, the platform's ids) of a message and its pieces; ("", []) = there is none."""
        row = await self._tx.one(_STATE, its_key=key)
        if row is None:
            return "", []
        return str(row["state"]), [*filter(None, (*_pieces(row), row["message_id"]))]

    async def fates(self, row_ids: Sequence[str]) -> list[tuple[str, list[str]]]:
        """(state, the platform's ids) of these rows."""
        query = select(outbox.c.state, outbox.c.message_id, outbox.c.pieces)
        found = await self._tx.all(query.where(outbox.c.id.in_(row_ids)))
        return [
            (row["state"], [*filter(None, (*_pieces(row), row["message_id"]))]) for row in found
        ]

    async def cases_of(self, contact_id: str, message_id: str) -> list[str]:
        """The cases that a message to this address was about, by the platform's id of any piece of it."""
        this = or_(
            outbox.c.message_id == message_id,
            outbox.c.pieces.contains(f",{message_id},", autoescape=True),
        )
        query = select(outbox.c.case_id).distinct()
        query = query.where(outbox.c.contact_id == contact_id, this, outbox.c.case_id != "")
        return [row["case_id"] for row in await self._tx.all(query)]

    async def names(self, channel: str, message_id: str) -> bool:
        """Whether this is a message of ours, or a piece of one."""
        this = or_(
            outbox.c.message_id == message_id,
            outbox.c.pieces.contains(f",{message_id},", autoescape=True),
        )
        query = select(outbox.c.seq).where(outbox.c.channel == channel, this).limit(1)
        return await self._tx.one(query) is not None

    async def sent_since(self, channel: str, at: datetime) -> int:
        """How many messages left on a channel since then, each piece for itself."""
        commas = func.length(outbox.c.pieces) - func.length(func.replace(outbox.c.pieces, ",", ""))
        pieces = case((commas > 1, commas - 1), else_=0)
        query = select(func.sum(1 + pieces).label("n")).where(
            outbox.c.channel == channel, outbox.c.state == "sent", outbox.c.due_at >= at
        )
        row = await self._tx.one(query)
        return int(row["n"] or 0) if row else 0

    async def told(self, prefix: str) -> list[Told]:
        """Every message whose key begins so, the oldest first."""
        found = await self._tx.all(_TOLD, **_range(prefix))
        return [Told(**row) for row in found]

    async def hold_chat(self, contact_id: str, until: datetime) -> None:
        """429 for one chat: nothing to it before then, also after a restart."""
        held = update(contacts).where(contacts.c.id == contact_id).values(not_before=until)
        await self._tx.run(held)

    async def held_chats(self, channel: str, account: str) -> int:
        """How many chats of an account were told to wait just now."""
        now = self._tx.now
        query = (
            select(func.count(outbox.c.contact_id.distinct()).label("n"))
            .join(contacts, contacts.c.id == outbox.c.contact_id)
            .where(
                outbox.c.state.in_(("waiting", "sending")), outbox.c.outcome == HELD_BACK,
                outbox.c.failed_at.between(now - TOGETHER, now),
                contacts.c.channel == channel, contacts.c.account == account,
            )
        )  # fmt: skip
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

    async def undelivered(self) -> list[tuple[str, int]]:
        """(contact, how many) of the messages that are dead."""
        count = func.count().label("n")
        query = select(outbox.c.contact_id, count).where(outbox.c.state == "dead")
        found = await self._tx.all(query.group_by(outbox.c.contact_id))
        return [(row["contact_id"], int(row["n"])) for row in found]

    async def next_at(self, *, held: bool = False) -> datetime | None:
        """When the next row may become due (a waiting one, or a lease that ends).

        `held`: a chat or an account that may not be written to before a time counts from that time
        on. It is no index's order: for who looks once, not for the sender.
        """
        if held:
            waiting = await self._tx.one(_LEAVES, its_state="waiting")
        else:
            waiting = await self._tx.one(_DUE, its_state="waiting")
        sending = await self._tx.one(_LEASED, its_state="sending")
        times = [row["at"] for row in (waiting, sending) if row and row["at"]]
        return min(times) if times else None


def _pieces(row: Any) -> list[str]:
    return [one for one in row["pieces"].split(",") if one]


def pieces_of(ids: Sequence[str]) -> str:
    """As a row keeps them: each can be found by itself."""
    return f",{','.join(ids)}," if ids else ""


def _scope(row: Any) -> str:
    case_id = row.case_id if isinstance(row, Message) else row["case_id"]
    contact = row.contact_id if isinstance(row, Message) else row["contact_id"]
    return f"case:{case_id}" if case_id else f"person:{contact}"


def _range(prefix: str) -> dict[str, str]:
    """Keys that begin so, as a range the index can answer; LIKE would read every row there is."""
    return {"first": prefix, "last": f"{prefix}\uffff"}
