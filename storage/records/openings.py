"""Cases opened in need to somebody who may not know them: asked, agreed to by another, ended by time."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from storage.columns import UtcDateTime
from storage.tables import openings
from storage.tx import Tx

DRAFT, ASKED, OPEN = "draft", "asked", "open"
REFUSED, LAPSED, ENDED = "refused", "lapsed", "ended"
_RUNNING = (DRAFT, ASKED, OPEN)

_ONE = select(openings).where(openings.c.id == bindparam("this"))
_OPEN = (
    select(openings.c.id)
    .where(
        openings.c.person_id == bindparam("who"), openings.c.case_id == bindparam("what"),
        openings.c.state == OPEN, openings.c.until > bindparam("now", type_=UtcDateTime),
    )
    .limit(1)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """`case_id` is empty where there is no such case, or none that they may ask for: nobody is told which."""

    id: str
    case_id: str
    person_id: str
    state: str
    code: str
    reason: str
    asked_at: datetime
    until: datetime
    decided_by: str = ""


class Openings:
    """The reason and the code that was typed are sealed: they say what somebody was worried about."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, one: Opening) -> None:
        body = json.dumps({"code": one.code, "reason": one.reason}, ensure_ascii=False).encode()
        values = {
            "id": one.id, "case_id": one.case_id, "person_id": one.person_id, "state": one.state,
            "reason": await self._tx.seal(_scope(one.case_id), _place(one.id), body),
            "asked_at": one.asked_at, "until": one.until, "decided_by": "",
        }  # fmt: skip
        await self._tx.add(openings, values)

    async def get(self, opening_id: str) -> Opening | None:
        row = await self._tx.one(_ONE, this=opening_id)
        return await self._opening(row) if row else None

    async def is_open(self, person_id: str, case_id: str) -> bool:
        """Whether the case stands open to them at this moment; asked at every reading."""
        now = self._tx.now
        return await self._tx.one(_OPEN, who=person_id, what=case_id, now=now) is not None

    async def of_person(self, person_id: str) -> list[Opening]:
        """What they asked for that is not over, the newest first."""
        mine = (openings.c.person_id == person_id) & openings.c.state.in_(_RUNNING)
        return await self._those(mine)

    async def waiting(self) -> list[Opening]:
        """What waits for a second person, of cases that are there."""
        return await self._those((openings.c.state == ASKED) & (openings.c.case_id != ""))

    async def move(self, one: Opening, state: str, **values: Any) -> bool:
        """Whether it stood as it was seen: of two who decide at once one wins."""
        seen = (openings.c.id == one.id) & (openings.c.state == one.state)
        done = await self._tx.run(update(openings).where(seen).values(state=state, **values))
        return bool(done.rowcount)

    async def end_all(self, person_id: str) -> list[Opening]:
        """Everything they asked for or had open is over now."""
        running = await self.of_person(person_id)
        for one in running:
            await self.move(one, ENDED)
        return running

    async def _those(self, which: Any) -> list[Opening]:
        newest = select(openings).where(which).order_by(openings.c.asked_at.desc(), openings.c.id)
        return [await self._opening(row) for row in await self._tx.all(newest)]

    async def _opening(self, row: Any) -> Opening:
        sealed = await self._tx.open(_scope(row["case_id"]), _place(row["id"]), row["reason"])
        body = json.loads(sealed)
        return Opening(
            row["id"], row["case_id"], row["person_id"], row["state"], body["code"], body["reason"],
            row["asked_at"], row["until"], row["decided_by"],
        )  # fmt: skip


def _scope(case_id: str) -> str:
    return f"case:{case_id}" if case_id else "system"


def _place(opening_id: str) -> str:
    return f"openings|reason|{opening_id}"
