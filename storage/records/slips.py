"""Links to one referral for the body it went to: kept as hashes, with when they were opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from cases.codes import digest
from storage.tables import slips
from storage.tx import Tx

_THIS = select(slips).where(slips.c.hash == bindparam("this"))
_OF_CASE = select(slips).where(slips.c.case_id == bindparam("case"))


@dataclass(frozen=True, slots=True)
class Slip:
    """What a link opens: one referral of one case, until it runs out."""

    case_id: str
    no: int
    expires_at: datetime
    opened_at: datetime | None = None


class Slips:
    """Looking at a page of ours spends nothing: only a press opens, and only a press answers."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, token: str, slip: Slip) -> None:
        values = {
            "hash": digest(token), "case_id": slip.case_id, "no": slip.no,
            "made_at": self._tx.now, "expires_at": slip.expires_at,
        }  # fmt: skip
        await self._tx.add(slips, values)

    async def get(self, token: str) -> Slip | None:
        """The slip of this link while it has not run out."""
        row = await self._tx.one(_THIS, this=digest(token))
        return _slip(row) if row is not None and row["expires_at"] > self._tx.now else None

    async def opened(self, token: str) -> None:
        """The first time counts."""
        first = update(slips).where(slips.c.hash == digest(token), slips.c.opened_at.is_(None))
        await self._tx.run(first.values(opened_at=self._tx.now))

    async def of_case(self, case_id: str) -> dict[int, Slip]:
        """By the number of the referral."""
        return {row["no"]: _slip(row) for row in await self._tx.all(_OF_CASE, case=case_id)}


def _slip(row: Any) -> Slip:
    return Slip(row["case_id"], row["no"], row["expires_at"], row["opened_at"])
