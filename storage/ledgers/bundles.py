"""Rows of the outbox that may leave as one message: each keeps its own state, key and consequences."""

from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from storage.ledgers.leaving import LEASE
from storage.ledgers.outbox import UNWANTED, Outbox, OutboxRow
from storage.tables import cases, outbox
from storage.tx import Tx

LOOK_BACK = 20  # rows of each state in which an earlier alert is looked for
_OPEN = ("waiting", "sending", "sent")  # went out, or will
_HERE = and_(
    outbox.c.contact_id == bindparam("contact"), outbox.c.bundle == bindparam("its_bundle"),
    outbox.c.state == "waiting",
)  # fmt: skip
_HELD = select(func.max(outbox.c.due_at).label("at")).where(_HERE)
_DUE = (
    select(outbox.c.id)
    .where(_HERE, outbox.c.due_at <= bindparam("now"))
    .order_by(outbox.c.seq)
    .limit(bindparam("many"))
    .cte("due")
)
_GATHER = (
    update(outbox)
    .where(outbox.c.id == _DUE.c.id)
    .values(state="sending", gen=outbox.c.gen + 1, attempt=outbox.c.attempt + 1)
    .returning(outbox)
)


class Bundles:
    """Together they are one call to a messenger and nothing else."""

    def __init__(self, tx: Tx, ledger: Outbox) -> None:
        self._tx = tx
        self._ledger = ledger

    async def gather(self, first: OutboxRow, worker: str, many: int) -> list[OutboxRow]:
        """Claim whatever else is due in the bundle of a claimed row, the oldest first."""
        now = self._tx.now
        taken = await self._tx.all(
            _GATHER, contact=first.contact_id, its_bundle=first.bundle, now=now, many=many,
            worker=worker, lease_until=now + LEASE,
        )  # fmt: skip
        rows = sorted(taken, key=lambda row: int(row["seq"]))
        return [await self._ledger.row(row, paced=False) for row in rows]

    async def leaves_at(self, contact_id: str, bundle: str) -> datetime | None:
        """When the bundle that waits for this address leaves; None = nothing waits."""
        row = await self._tx.one(_HELD, contact=contact_id, its_bundle=bundle)
        return row["at"] if row else None

    async def alerts_since(self, contact_id: str, commune: str, since: datetime) -> list[datetime]:
        """When the newest alerts of this commune left for the address, or will."""
        found: list[datetime] = []
        for state in _OPEN:  # one look along the index each; older rows are never read
            newest = (
                select(outbox.c.key, outbox.c.case_id, outbox.c.about_at)
                .where(outbox.c.contact_id == contact_id, outbox.c.state == state)
                .order_by(outbox.c.seq.desc())
                .limit(LOOK_BACK)
                .subquery()
            )
            query = (
                select(newest.c.key, newest.c.about_at)
                .join(cases, cases.c.id == newest.c.case_id)
                .where(cases.c.commune == commune, newest.c.about_at > since)
            )
            rows = await self._tx.all(query)
            found += [row["about_at"] for row in rows if ":alert:" in row["key"]]
        return found

    async def overtaken(self, row: OutboxRow, by: tuple[str, ...]) -> bool:
        """Whether this address was told something newer of the case, under a key that begins so."""
        newer = outbox.alias("newer")
        told = and_(
            newer.c.case_id == row.case_id, newer.c.contact_id == row.contact_id,
            newer.c.op == "say", newer.c.seq > row.seq, newer.c.due_at <= self._tx.now,
            newer.c.state.in_(_OPEN),
            or_(*(newer.c.key.startswith(prefix, autoescape=True) for prefix in by)),
        )  # fmt: skip
        found = await self._tx.one(select(exists().where(told).label("it")))
        return bool(found and found["it"])

    async def withdraw(self, case_id: str, contact_id: str) -> int:
        """Nothing about this case that still waits goes to this address; what is on its way, once at most."""
        theirs = and_(outbox.c.case_id == case_id, outbox.c.contact_id == contact_id)
        sending = update(outbox).where(theirs, outbox.c.state == "sending")
        await self._tx.run(sending.values(outcome=UNWANTED))
        waiting = update(outbox).where(theirs, outbox.c.state == "waiting")
        return (await self._tx.run(waiting.values(state="cancelled"))).rowcount

    async def waiting_for(self, case_id: str) -> list[str]:
        """The addresses for which something about this case still waits, or is on its way."""
        query = (
            select(outbox.c.contact_id)
            .distinct()
            .where(outbox.c.case_id == case_id, outbox.c.state.in_(("waiting", "sending")))
        )
        return [row["contact_id"] for row in await self._tx.all(query)]
