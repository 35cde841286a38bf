"""Taking back what somebody had agreed to leave: the words go, that something stood there stays."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from storage.tables import case_events
from storage.tx import Row, Tx

NOTHING = "no"  # the answer of whoever left none
_OF_PAPERS = ("giver_name", "giver_phone", "giver_address", "giver_note")


class Redaction:
    """The one place that changes an event, and it can only take away."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def contact_of(self, case_id: str) -> int:
        """Name and number that a reporter left; how many events held some."""
        count = 0
        query = select(case_events).where(case_events.c.case_id == case_id)
        for row in await self._tx.all(query.order_by(case_events.c.seq)):
            count += await self._without(row)
        return count

    async def _without(self, row: Row) -> bool:
        scope, place = f"case:{row['case_id']}", f"case_events|body|{row['id']}"
        body = json.loads(await self._tx.open(scope, place, row["body"]))
        after = _taken_back(body)
        if after == body:
            return False
        sealed = await self._tx.seal(scope, place, json.dumps(after, ensure_ascii=False).encode())
        same = case_events.c.seq == row["seq"]
        await self._tx.run(update(case_events).where(same).values(body=sealed))
        return True


def _taken_back(body: Mapping[str, Any]) -> dict[str, Any]:
    after = dict(body)
    answers, form = body.get("answers"), body.get("form")
    if isinstance(answers, dict) and isinstance(answers.get("contact"), dict):
        after["answers"] = {**answers, "contact": NOTHING}
    if isinstance(form, dict):
        after["form"] = {name: form[name] for name in form if name not in _OF_PAPERS}
    return after
