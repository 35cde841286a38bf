"""Open conversations: what was answered so far, so that a crash never asks anything again."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from storage.tables import talks
from storage.tx import Tx

_OF_CONTACT = (
    select(talks)
    .where(talks.c.contact_id == bindparam("contact"))
    .order_by(talks.c.touched_at.desc())
)
_BY_ID = select(talks).where(talks.c.id == bindparam("this"))
_OTHERS = select(func.max(talks.c.touched_at).label("at")).where(
    talks.c.contact_id == bindparam("contact"), talks.c.id != bindparam("this")
)
_SET_BACK = timedelta(
    seconds=5
)  # as a clock is put right; if it were more, reminders would be late
_JUST_AFTER = timedelta(microseconds=1)
_THIS = update(talks).where(talks.c.id == bindparam("this"))


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One talk of one address in one flow; `answers` is everything the engine needs, as JSON."""

    id: str
    contact_id: str
    flow: str
    fingerprint: str
    case_id: str
    prompt: str
    rev: int
    received_at: datetime
    touched_at: datetime
    answers: dict[str, Any] = field(default_factory=dict)


class Talks:
    """UNIQUE(contact, flow): a person answers one form of a kind at a time."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def of_contact(self, contact_id: str) -> list[TalkRow]:
        """The open talks of an address, the last touched first."""
        found = await self._tx.hold_all(_OF_CONTACT, contact=contact_id)
        return [await self._row(row) for row in found]

    async def of_case(self, case_id: str) -> list[TalkRow]:
        """The talks that still add to this case."""
        found = await self._tx.all(select(talks).where(talks.c.case_id == case_id))
        return [await self._row(row) for row in found]

    async def get(self, talk_id: str) -> TalkRow | None:
        row = await self._tx.hold(_BY_ID, this=talk_id)
        return await self._row(row) if row else None

    async def save(self, row: TalkRow) -> None:
        """Store it whole, as the last one touched; the first save makes it."""
        tx = self._tx
        plain = json.dumps(row.answers, ensure_ascii=False).encode()
        values = {
            "contact_id": row.contact_id, "flow": row.flow, "fingerprint": row.fingerprint,
            "case_id": row.case_id, "prompt": row.prompt, "rev": row.rev,
            "received_at": row.received_at, "touched_at": await self._touched(row),
            "answers": await tx.seal(f"talk:{row.id}", f"talks|answers|{row.id}", plain),
        }  # fmt: skip
        if row.rev and (await tx.run(_THIS, this=row.id, **values)).rowcount:
            return  # a talk that has gone on is there: one statement instead of two
        if not await tx.add(talks, {"id": row.id, **values}):
            await tx.run(_THIS, this=row.id, **values)

    async def _touched(self, row: TalkRow) -> datetime:
        """Now; in one moment, or where the clock was put right, after every other of this address."""
        now = self._tx.now
        others = await self._tx.one(_OTHERS, contact=row.contact_id, this=row.id)
        last: datetime | None = others["at"] if others else None
        return last + _JUST_AFTER if last and now <= last <= now + _SET_BACK else now

    async def delete(self, talk_id: str) -> None:
        await self._tx.run(delete(talks).where(talks.c.id == talk_id))

    async def _row(self, row: Any) -> TalkRow:
        place = f"talks|answers|{row['id']}"
        plain = await self._tx.open(f"talk:{row['id']}", place, row["answers"])
        return TalkRow(
            row["id"], row["contact_id"], row["flow"], row["fingerprint"], row["case_id"],
            row["prompt"], row["rev"], row["received_at"], row["touched_at"], json.loads(plain),
        )  # fmt: skip
