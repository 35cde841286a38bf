"""A copy that arrived though its row had been taken over: off the phone again, or explained (TRUST.md 5)."""

from collections.abc import Sequence
from dataclasses import replace

from cases.messages import Outgoing
from notifications.aftermath import DeliveryProtocol
from notifications.channel import Result, Retry, Sent
from notifications.notices import REMINDER
from notifications.outgoing import body_of
from storage.ledgers.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork

RETRACT, EXPLAIN = "retract:", "explain:"
COPIES = (
    "say",
    "media",
    "edit",
)  # what may stand on a phone twice; where it is edited in place, it does not
AFRESH = ("zalobot", "zalooa")  # there a message that changes comes anew, below everything else
_WAIT = Retry(5, "chat", "on its way")


class LateCopies:
    """In the commit of the answer that came too late: keys are natural, so twice changes nothing."""

    def __init__(self, delivery: DeliveryProtocol) -> None:
        self._delivery = delivery

    async def of(
        self, work: UnitOfWork, fenced: Sequence[OutboxRow], result: Result, *, alone: bool
    ) -> None:
        """What follows from this answer to rows that another worker owns.

        `alone`: nothing else left with them, so that the whole message may go.
        """
        ids, first = _ids(result), fenced[0]
        if not (ids or isinstance(result, Sent)) or not _copies(first):
            return
        owned = [row for row in fenced if not await _proved(work, row, result)]
        if not owned:
            return
        explains = not any(row.maybe_sent for row in owned)  # else it says itself what it is
        told = f"{EXPLAIN}{first.key}:{first.gen}" if explains else ""
        if alone and len(owned) == len(fenced) and ids and self._delivery.removes(first):
            await _remove(work, owned, ids, told)
            return
        await work.outbox.also(owned[0], ids)
        if told:
            await self._delivery.explain(work, owned[0], told, owned[-1].id)


async def _remove(
    work: UnitOfWork, rows: Sequence[OutboxRow], ids: tuple[str, ...], told: str
) -> None:
    """`told`: the key of the line that is said where it cannot be removed."""
    row = rows[0]
    gone = Outgoing(f"{RETRACT}{row.key}:{row.gen}", "remove", ids=ids, quiet=True)
    body = {**body_of(gone), "rows": [one.id for one in rows], "explains": told}
    await work.outbox.put(
        Message(gone.key, row.contact_id, row.channel, "remove", body, REMINDER, after=rows[-1].id)
    )
    work.wake("outbox")


def _ids(result: Result) -> tuple[str, ...]:
    """The messenger's ids of all that is known to have arrived."""
    match result:
        case Sent(id=one, before=before):
            return tuple(filter(None, (*before, one)))
        case Retry(before=before):
            return before
    return ()


def _copies(row: OutboxRow) -> bool:
    """Whether a second call made a second message: a page draws one key once, an edit changes its card."""
    if row.channel == "web" or row.key.startswith((RETRACT, EXPLAIN)):
        return False
    return row.op in ("say", "media") or (row.op == "edit" and row.channel in AFRESH)


async def _proved(work: UnitOfWork, row: OutboxRow, result: Result) -> bool:
    """Nobody is sending it just now, and here is the proof that it arrived: it need not leave again."""
    if not isinstance(result, Sent):
        return False
    return await work.outbox.proved(row, result.id, result.before)


async def still_to_go(work: UnitOfWork, row: OutboxRow, outgoing: Outgoing) -> Outgoing | Result:
    """The late copy, once every row that it stood for has arrived anew; never what proved one of them."""
    rows = row.body["rows"]
    fates = await work.outbox.fates(rows)
    if any(state in ("waiting", "sending") for state, _ in fates):
        return _WAIT
    if any(state == "dead" for state, _ in fates):
        return Sent("")
    kept = {one for _, ids in fates for one in ids}
    ids = tuple(one for one in outgoing.ids if one not in kept)
    return replace(outgoing, ids=ids) if ids else Sent("")


def each(outgoing: Outgoing) -> list[Outgoing]:
    """A late copy piece by piece, so that one that cannot go is heard of. [] = this is none."""
    if not outgoing.key.startswith(RETRACT):
        return []
    return [replace(outgoing, target=one, ids=()) for one in outgoing.ids]


def took_back(row: OutboxRow, result: Result) -> str:
    """Under which name it is counted, once it is done."""
    if not isinstance(result, Sent):
        return ""
    if row.key.startswith(EXPLAIN):
        return "explained"
    return "retracted" if row.key.startswith(RETRACT) and result.id else ""
