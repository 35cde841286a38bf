"""What a reporter is to read: letters of staff, and news that may not be said first. Sealed, each once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from storage.records.threads import Threads
from storage.tables import letters, reporters
from storage.tx import Tx

_OF_CASE = select(letters).where(letters.c.case_id == bindparam("case")).order_by(letters.c.seq)
_mine = reporters.alias("mine")
_WAITING = (
    select(letters)
    .join(_mine, _mine.c.case_id == letters.c.case_id)
    .where(
        _mine.c.contact_id == bindparam("contact"), _mine.c.gone.is_(False),
        letters.c.state == "waiting",
    )
    .add_columns(_mine.c.access_hash, _mine.c.thread.label("its_thread"))
    .order_by(letters.c.seq)
)  # fmt: skip
_READ = update(letters).where(letters.c.id == bindparam("this"), letters.c.state == "waiting")
_AGAIN = update(letters).where(letters.c.id.in_(bindparam("these", expanding=True)))


@dataclass(frozen=True, slots=True)
class Letter:
    """`thread` is the one reporter it is for. `body`: {"text": …} of staff, or {"notice": …} of ours.

    With an "after" in it, it is not read before then.
    """

    id: str
    case_id: str
    thread: str
    from_id: str
    body: Mapping[str, Any]
    made_at: datetime
    read_at: datetime | None = None

    def held(self, now: datetime) -> bool:
        """Whether it may not be read yet."""
        after = self.body.get("after")
        return after is not None and now < datetime.fromisoformat(after)


class Letters:
    """Only the addressed thread ever gets one, on whichever of its addresses asks first."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, key: str, letter: Letter) -> bool:
        """Keep it in the caller's commit. False = this very letter is there already."""
        tx = self._tx
        plain = json.dumps(dict(letter.body), ensure_ascii=False).encode()
        place = f"letters|body|{letter.id}"
        values = {
            "id": letter.id, "case_id": letter.case_id, "thread": letter.thread, "key": key,
            "from_id": letter.from_id, "state": "waiting", "made_at": letter.made_at,
            "body": await tx.seal(f"case:{letter.case_id}", place, plain),
        }  # fmt: skip
        return await tx.add(letters, values)

    async def of_case(self, case_id: str) -> list[Letter]:
        """All of them, the oldest first."""
        return [await self._letter(row) for row in await self._tx.all(_OF_CASE, case=case_id)]

    async def waiting(self, contact_id: str) -> list[Letter]:
        """What this address may read and has not, the oldest first."""
        found, name = await self._tx.all(_WAITING, contact=contact_id), Threads(self._tx).name
        return [
            await self._letter(row)
            for row in found
            if row["thread"] == name({**row, "thread": row["its_thread"]})
        ]

    async def read(self, letter: Letter) -> bool:
        """It is being shown. False = another address of the thread was faster."""
        shown = await self._tx.run(
            _READ, this=letter.id, state="read", read_at=self._tx.now
        )  # fmt: skip
        return bool(shown.rowcount)

    async def again(self, ids: Sequence[str]) -> None:
        """They did not arrive after all: shown when somebody asks the next time."""
        if ids:
            await self._tx.run(_AGAIN, these=list(ids), state="waiting", read_at=None)

    async def _letter(self, row: Any) -> Letter:
        place, scope = f"letters|body|{row['id']}", f"case:{row['case_id']}"
        body: dict[str, Any] = json.loads(await self._tx.open(scope, place, row["body"]))
        return Letter(
            row["id"], row["case_id"], row["thread"], row["from_id"], body, row["made_at"],
            row["read_at"],
        )  # fmt: skip
