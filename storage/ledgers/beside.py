"""Records beside a case: measures, visits, tasks … each with its state; their words sealed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from cases.model import Case, Record, Status
from storage.tables import cases, records
from storage.tx import Tx

_OF_CASE = (
    select(records)
    .where(records.c.case_id == bindparam("case"))
    .order_by(records.c.made_at, records.c.kind, records.c.no)
)
_THIS = update(records).where(
    records.c.case_id == bindparam("case"), records.c.kind == bindparam("its_kind"),
    records.c.no == bindparam("its_no"),
)  # fmt: skip
_HELD = select(cases.c.id).where(cases.c.id == bindparam("this")).with_for_update()
_COUNT = update(cases).where(cases.c.id == bindparam("this"))
_PERSONS = select(records.c.case_id).where(
    records.c.person_id == bindparam("person"), records.c.kind == bindparam("its_kind"),
    records.c.state.in_(bindparam("states", expanding=True)),
)  # fmt: skip
_OFFERED = select(records.c.case_id).where(
    records.c.commune == bindparam("to"), records.c.kind == bindparam("its_kind"),
    records.c.state == bindparam("its_state"),
)  # fmt: skip
_REFERRED = (
    select(records.c.case_id)
    .join(cases, cases.c.id == records.c.case_id)
    .where(
        records.c.commune == bindparam("here"), records.c.kind == "referral",
        cases.c.status != Status.CLOSED,
    )
)  # fmt: skip

Stored = Mapping[tuple[str, int], Record]


class Beside:
    """Written by `Cases.save` alone, in the commit of the act that changed them."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._read: dict[str, tuple[Record, ...]] = {}

    async def of(self, case_id: str) -> tuple[Record, ...]:
        """In the order in which they were made."""
        found = tuple(
            [await self._record(row) for row in await self._tx.all(_OF_CASE, case=case_id)]
        )
        self._read[case_id] = found
        return found

    async def as_read(self, case_id: str) -> Stored | None:
        """What is stored, held until the commit. None = somebody changed it since it was read here.

        A quiet act leaves the case's `rev` alone, so `rev` cannot tell that two of them met.
        """
        await self._tx.run(_HELD, this=case_id)
        read = self._read.get(case_id)
        stored = await self.of(case_id)
        if read is not None and read != stored:
            return None
        return {(one.kind, one.no): one for one in stored}

    async def save(self, case: Case, stored: Stored) -> None:
        """Whatever differs from what is stored. A record is never deleted, its state says it."""
        self._read.pop(case.id, None)  # ours now, until the commit
        for one in case.beside:
            if stored.get((one.kind, one.no)) != one:
                await self._put(case.id, one, known=(one.kind, one.no) in stored)
        if len(case.beside) != len(stored):
            await self._tx.run(_COUNT, this=case.id, records=len(case.beside))

    async def of_person(self, person_id: str, kind: str, states: Sequence[str]) -> list[str]:
        """The cases in which this person has such a record."""
        found = await self._tx.all(
            _PERSONS, person=person_id, its_kind=kind, states=list(states)
        )  # fmt: skip
        return [row["case_id"] for row in found]

    async def offered_to(self, commune: str) -> list[str]:
        """The cases that another commune offers to this one."""
        found = await self._tx.all(_OFFERED, to=commune, its_kind="handover", its_state="offered")
        return [row["case_id"] for row in found]

    async def referred_in(self, commune: str) -> list[str]:
        """The open cases of which this commune told another body."""
        return [row["case_id"] for row in await self._tx.all(_REFERRED, here=commune)]

    async def _put(self, case_id: str, one: Record, *, known: bool) -> None:
        plain = json.dumps(dict(one.body), ensure_ascii=False).encode()
        values: dict[str, Any] = {
            "state": one.state, "person_id": one.person, "commune": one.commune,
            "due_at": one.due_at, "made_at": one.made_at, "changed_at": one.changed_at,
            "body": await self._tx.seal(f"case:{case_id}", _place(case_id, one.kind, one.no), plain),
        }  # fmt: skip
        if known:
            await self._tx.run(_THIS, case=case_id, its_kind=one.kind, its_no=one.no, **values)
            return
        await self._tx.add(
            records, {"case_id": case_id, "kind": one.kind, "no": one.no, **values}
        )  # fmt: skip

    async def _record(self, row: Mapping[str, Any]) -> Record:
        place = _place(row["case_id"], row["kind"], row["no"])
        body = json.loads(await self._tx.open(f"case:{row['case_id']}", place, row["body"]))
        return Record(
            row["kind"], row["no"], row["state"], row["made_at"], row["changed_at"],
            row["person_id"], row["commune"], row["due_at"], body,
        )  # fmt: skip


def _place(case_id: str, kind: str, no: int) -> str:
    return f"records|body|{case_id}|{kind}|{no}"
