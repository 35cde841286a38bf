"""Which rows may leave now, and when the next one may: the statements of a claim (TRUST.md 5)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Exists,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from storage.columns import UtcDateTime
from storage.tables import contacts, gates, outbox

LEASE = timedelta(seconds=60)
RUNS = timedelta(seconds=5)  # a call counts as on its way for so long
AHEAD = timedelta(seconds=5)  # no pace reaches further: beyond it the wall clock was set back
IN_STATE = outbox.c.state == bindparam("its_state")
_NOW = bindparam("now", type_=UtcDateTime)
_AHEAD = bindparam("ahead", type_=UtcDateTime)
_SINCE = bindparam("since", type_=UtcDateTime)

_BETWEEN = " "
Account = tuple[str, str]  # channel, and which account of ours there


@dataclass(frozen=True, slots=True)
class Skip:
    """What a claim leaves where it is: rows that are on their way in this very process, full accounts."""

    rows: Collection[str] = ()
    accounts: Collection[Account] = ()


NOTHING = Skip()


@dataclass(frozen=True, slots=True)
class Given:
    """A message of an account: on its way (`ended` None), or answered then; `calls`: its pieces."""

    account: Account
    calls: int
    ended: datetime | None


def awaits() -> Exists:
    """What is to come after another row waits until that one is over, however it ends."""
    first = outbox.alias("first")
    return exists().where(first.c.id == outbox.c.after, first.c.state.in_(("waiting", "sending")))


def _later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of two times, the second of which may be missing."""
    return case((other > one, other), else_=one)


def leaves() -> Executable:
    """When the first waiting row may leave: not before its chat and the gate of its account allow it."""
    behind = and_(
        gates.c.channel == contacts.c.channel, gates.c.account == contacts.c.account,
    )  # fmt: skip
    held = _later(_later(outbox.c.due_at, contacts.c.not_before), gates.c.closed_until)
    return (
        select(func.min(held).label("at"))
        .join_from(outbox, contacts, contacts.c.id == outbox.c.contact_id, isouter=True)
        .join(gates, behind, isouter=True)
        .where(IN_STATE, ~awaits())
    )


def claims(*, only: bool) -> Executable:
    """Of `only` one channel, or of all but one.

    Each half follows the index in its order and stops when it has enough. With an OR in their place
    every claim would weigh and sort the whole backlog.
    """
    through = bindparam("through", type_=outbox.c.channel.type)
    channel = outbox.c.channel == through if only else outbox.c.channel != through
    lapsed = and_(
        outbox.c.state == "sending", outbox.c.lease_until < _NOW,
        outbox.c.id.not_in(bindparam("ours", expanding=True)),
    )  # fmt: skip
    waiting = and_(outbox.c.state == "waiting", outbox.c.due_at <= _NOW)
    both = union_all(_half(waiting, channel), _half(lapsed, channel)).subquery()
    first = select(both.c.id).order_by(both.c.priority, both.c.due_at, both.c.seq)
    due = first.limit(bindparam("many")).cte("due")
    return (
        update(outbox)
        .where(outbox.c.id == due.c.id)
        .values(
            state="sending", gen=outbox.c.gen + 1, attempt=outbox.c.attempt + 1,
            maybe_sent=or_(outbox.c.maybe_sent, outbox.c.state == "sending"),
        )
        .returning(outbox)
    )  # fmt: skip


def _half(which: ColumnElement[bool], channel: ColumnElement[bool]) -> Select[Any]:
    rows = (
        select(outbox.c.id, outbox.c.priority, outbox.c.due_at, outbox.c.seq)
        .where(
            which, channel, _not(awaits()), _not(_chat_waits()), _not(_gate_shut()), _not(_full())
        )
        .where(or_(outbox.c.priority == 0, _not(_older_first())))
        .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.seq)
        .limit(bindparam("many"))
        .with_for_update(of=outbox, skip_locked=True)  # SQLite: BEGIN IMMEDIATE is the lock
    )
    return select(rows.subquery())


def _not(there: Exists) -> ColumnElement[bool]:
    """Asked row by row, on the way along the index.

    PostgreSQL makes joins of a plain NOT EXISTS, with tables it believes to be small: with 6,000
    rows waiting one claim took five seconds.
    """
    return case((there, False), else_=True)


def _chat_waits() -> Exists:
    person = contacts.alias("person")
    paced = and_(person.c.pace_at > bindparam("burst_ends"), person.c.pace_at <= _AHEAD)
    waits = or_(person.c.not_before > _NOW, paced)
    return exists().where(person.c.id == outbox.c.contact_id, waits)


def _gate_shut() -> Exists:
    person, gate = contacts.alias("behind"), gates.alias("gate")
    return exists().where(
        person.c.id == outbox.c.contact_id, gate.c.channel == person.c.channel,
        gate.c.account == person.c.account, gate.c.closed_until > _NOW,
    )  # fmt: skip


def _full() -> Exists:
    """Its account has been given enough in this second."""
    person = contacts.alias("among")
    account = person.c.channel.concat(_BETWEEN).concat(person.c.account)
    return exists().where(
        person.c.id == outbox.c.contact_id, account.in_(bindparam("full", expanding=True))
    )


def names_of(accounts: Iterable[Account]) -> list[str]:
    """As a claim is told them."""
    return [_BETWEEN.join(one) for one in accounts]


def lately() -> Executable:
    """Every message that is on its way, or was answered a moment ago: one look along an index.

    A call that has been on its way for longer than RUNS has long arrived, or its sender is dead: it
    holds up nobody. Of a time that is not yet, only a wrong clock knew.
    """
    ends, runs = outbox.c.lease_until, outbox.c.state == "sending"
    after = case((runs, bindparam("runs", type_=UtcDateTime)), else_=_SINCE)
    until = case((runs, bindparam("latest", type_=UtcDateTime)), else_=_AHEAD)
    return (
        select(
            contacts.c.channel, contacts.c.account, outbox.c.id, outbox.c.contact_id, outbox.c.state,
            outbox.c.bundle, outbox.c.pieces, outbox.c.lease_until,
        )
        .join_from(outbox, contacts, contacts.c.id == outbox.c.contact_id)
        .where(ends > _SINCE, ends > after, ends <= until, outbox.c.channel != "web")
    )  # fmt: skip


def given(rows: Sequence[Any]) -> list[Given]:
    """Rows that leave as one are one message."""
    found = {}
    for row in rows:
        name = (row["contact_id"], row["bundle"]) if row["bundle"] else row["id"]
        ended = None if row["state"] == "sending" else row["lease_until"]
        calls = 1 + max(row["pieces"].count(",") - 1, 0)
        found[name, ended] = Given((row["channel"], row["account"]), calls, ended)
    return list(found.values())


def _older_first() -> Exists:
    """An older unfinished row of the same chat goes first, unless it failed a while ago.

    One that waits for another row itself holds up nobody.
    """
    older = outbox.alias("older")
    fresh = and_(older.c.failed_at.is_(None), older.c.due_at <= _NOW)
    tried = and_(older.c.failed_at > bindparam("held_since"), older.c.failed_at <= _AHEAD)
    unfinished = or_(
        and_(older.c.state == "sending", older.c.lease_until >= _NOW),
        and_(older.c.state == "waiting", or_(fresh, tried)),
    )
    return exists().where(
        older.c.contact_id == outbox.c.contact_id, older.c.seq < outbox.c.seq,
        older.c.after == "", unfinished,
    )  # fmt: skip
