"""The families on the lists of collaborators: where and what to look at is sealed, and deleted by its timer."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from cases.families import Family, FamilyState
from storage.tables import families
from storage.tx import Tx

_OF_PERSON = (
    select(families)
    .where(families.c.person_id == bindparam("person"), families.c.month == bindparam("its_month"))
    .order_by(families.c.made_at, families.c.id)
)
_OF_COMMUNE = (
    select(families)
    .where(families.c.commune == bindparam("its_commune"))
    .order_by(families.c.month, families.c.made_at, families.c.id)
)


class Families:
    """A line belongs to one collaborator and one month."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, one: Family, by: str) -> None:
        words = await self._tx.seal(_scope(one.person_id), _place(one.id), one.words.encode())
        values = {
            "id": one.id, "commune": one.commune, "person_id": one.person_id,
            "month": one.month.isoformat(), "state": one.state.value, "made_by": by,
            "made_at": self._tx.now, "words": words,
        }  # fmt: skip
        await self._tx.add(families, values)

    async def get(self, family_id: str) -> Family | None:
        row = await self._tx.one(select(families).where(families.c.id == family_id))
        return await self._family(row) if row else None

    async def of_person(self, person_id: str, month: date) -> list[Family]:
        """Their list of this month, in the order in which it was written."""
        found = await self._tx.all(_OF_PERSON, person=person_id, its_month=month.isoformat())
        return [await self._family(row) for row in found]

    async def of_commune(self, commune: str) -> list[Family]:
        """Every line of the commune that is still kept."""
        found = await self._tx.all(_OF_COMMUNE, its_commune=commune)
        return [await self._family(row) for row in found]

    async def mark(self, one: Family, to: FamilyState) -> bool:
        """False = somebody has answered it already."""
        asked = (families.c.id == one.id) & (families.c.state == FamilyState.ASKED.value)
        return bool(
            (await self._tx.run(update(families).where(asked).values(state=to.value))).rowcount
        )

    async def forget(self, person_id: str, month: date) -> None:
        """Nothing of that list stays."""
        theirs = (families.c.person_id == person_id) & (families.c.month == month.isoformat())
        await self._tx.run(delete(families).where(theirs))

    async def _family(self, row: Any) -> Family:
        words = await self._tx.open(_scope(row["person_id"]), _place(row["id"]), row["words"])
        return Family(
            row["id"], row["commune"], row["person_id"], date.fromisoformat(row["month"]),
            words.decode(), FamilyState(row["state"]),
        )  # fmt: skip


def _scope(person_id: str) -> str:
    return f"person:{person_id}"


def _place(family_id: str) -> str:
    return f"families|words|{family_id}"
