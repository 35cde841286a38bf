"""Consents: a yes to which text, when and where; and when it was taken back. Not a word of what it is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select, update

from storage.tables import certificates, consents
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Consent:
    """`what` and `version` name the text (cases/consents.py)."""

    contact_id: str
    case_id: str
    what: str
    version: int
    lang: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None = None


class Consents:
    """Append only, but for the moment in which it is taken back."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, one: Consent) -> bool:
        """False = this very yes is there already."""
        values = {name: getattr(one, name) for name in Consent.__dataclass_fields__}
        return await self._tx.add(consents, {"id": self._tx.new_id(), **values})

    async def of_case(self, case_id: str) -> list[Consent]:
        query = select(consents).where(consents.c.case_id == case_id)
        return [_consent(row) for row in await self._tx.all(query.order_by(consents.c.given_at))]

    async def take_back(self, contact_id: str, case_id: str) -> int:
        """All that this address agreed to about this case; how many there were."""
        theirs = and_(
            consents.c.contact_id == contact_id, consents.c.case_id == case_id,
            consents.c.withdrawn_at.is_(None),
        )  # fmt: skip
        taken = update(consents).where(theirs).values(withdrawn_at=self._tx.now)
        return int((await self._tx.run(taken)).rowcount)


@dataclass(frozen=True, slots=True)
class Certificate:
    """That a case was erased: who decided it, and the day on which its last copy in a backup dies."""

    case_id: str
    code: str
    commune: str
    reason: str
    asked_by: str
    agreed_by: str
    erased_at: datetime
    gone_at: datetime


class Certificates:
    """One for each erased case, with nothing of what stood in it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, one: Certificate) -> None:
        values = {name: getattr(one, name) for name in Certificate.__dataclass_fields__}
        await self._tx.add(certificates, values)

    async def listed(self, commune: str = "") -> list[Certificate]:
        """The newest first; without a commune those of all."""
        query = select(certificates).order_by(certificates.c.erased_at.desc())
        if commune:
            query = query.where(certificates.c.commune == commune)
        return [Certificate(**row) for row in await self._tx.all(query)]


def _consent(row: object) -> Consent:
    values = dict(row)  # type: ignore[call-overload]
    return Consent(**{name: values[name] for name in Consent.__dataclass_fields__})
