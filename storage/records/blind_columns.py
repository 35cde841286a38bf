"""Every column that is found by a blind index, computed again under the index key of now.

`BLIND` names what each kind is for; a new kind of `blind`, `opaque` or `mark` belongs here, or a
test fails (tests/storage/test_index_change.py).
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from cases.codes import access_code
from storage.keys import Unreadable
from storage.tables import cases, contacts, files, inbox, reporters
from storage.tx import Tx

BLIND = {
    "address": "contacts.address_index: from the sealed address",
    "lane": "inbox.lane: from the sealed address of the contact",
    "access": "reporters.access_hash: from the submission of the case and the code key",
    "thread": "reporters.thread: written down before the change, and never changed",
    "file": "files.same_index: from the sealed facts",
    "word": "contacts.safety: a code word is nowhere to be read; its mark says which key it needs",
    "album": "files.album: joins the pictures of one message; nothing older is asked for",
    "card": "offers.shown: a card that seems to have changed is drawn once more",
    "file seal": "nothing is stored: a link of a few minutes",
    "rehearsal": "nothing is stored: a ticket of one day",
}
MANY = 200


class BlindColumns:
    """Each pass takes rows behind `after` and returns the last id, or "" at the end."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.changed = 0
        self.damaged: set[str] = set()  # rows that cannot be opened: they stay as they are

    async def name_threads(self) -> int:
        """Before the key changes: what a thread is called stays. Returns how many were named."""
        query = select(reporters).where(reporters.c.thread == "").limit(MANY)
        found = await self._tx.all(query)
        for row in found:
            same = reporters.c.access_hash == row["access_hash"]
            name = self._tx.keys.thread(row)
            await self._tx.run(update(reporters).where(same).values(thread=name))
        return len(found)

    async def addresses(self, after: str) -> str:
        """What contacts are found by, and what their conversations are called."""
        query = select(contacts).where(contacts.c.id > after).order_by(contacts.c.id).limit(MANY)
        found = await self._tx.all(query)
        for row in found:
            told = await self._opened("person", "contacts", "address", row)
            if told is not None:
                user, chat = told
                await self._address(row, user)
                await self._lane(f"{row['channel']}:{row['account']}:{chat}")
        return str(found[-1]["id"]) if found else ""

    async def _address(self, row: Mapping[str, Any], user: str) -> None:
        new = self._tx.keys.blind("address", f"{row['channel']}|{row['account']}|{user}")
        if row["address_index"] != new:
            this = contacts.c.id == row["id"]
            await self._tx.run(update(contacts).where(this).values(address_index=new))
            self.changed += 1

    async def _lane(self, name: str) -> None:
        new, *older = (one.hex() for one in self._tx.keys.blinds("lane", name))
        for old in older:
            moved = await self._tx.run(update(inbox).where(inbox.c.lane == old).values(lane=new))
            self.changed += moved.rowcount

    async def access_codes(self, after: str) -> str:
        """A code is derived, so its hash can be made again; also for a case that was erased since."""
        query = select(cases.c.id, cases.c.submission).where(cases.c.id > after)
        found = await self._tx.all(query.order_by(cases.c.id).limit(MANY))
        for row in found:
            code = access_code(self._tx.keys.code_key, row["submission"]).replace(" ", "")
            new, *older = self._tx.keys.blinds("access", code)
            for old in older:
                this = reporters.c.access_hash == old
                moved = await self._tx.run(update(reporters).where(this).values(access_hash=new))
                self.changed += moved.rowcount
        return str(found[-1]["id"]) if found else ""

    async def same_files(self, after: str) -> str:
        """By what a file is known that was sent twice."""
        query = select(files).where(files.c.id > after).order_by(files.c.id).limit(MANY)
        found = await self._tx.all(query)
        for row in found:
            if row["same_index"] is not None and row["facts"] is not None:
                await self._same_file(row)
        return str(found[-1]["id"]) if found else ""

    async def _same_file(self, row: Mapping[str, Any]) -> None:
        facts = await self._opened("file", "files", "facts", row)
        if facts is None:
            return
        owner = row["case_id"] or row["talk_id"]
        new = self._tx.keys.blind("file", f"{owner}|{facts['sha256']}")
        if row["same_index"] != new:
            await self._tx.run(update(files).where(files.c.id == row["id"]).values(same_index=new))
            self.changed += 1

    async def words_under(self, index: str) -> int:
        """How many code words can only be recognised with that index key."""
        query = select(contacts.c.id, contacts.c.safety).where(contacts.c.safety.is_not(None))
        count = 0
        for row in await self._tx.all(query):
            told = await self._opened("person", "contacts", "safety", row) or {}
            word = str(told.get("word") or "")
            count += bool(word) and self._tx.keys.index_of(word) == index
        return count

    async def _opened(self, kind: str, table: str, column: str, row: Mapping[str, Any]) -> Any:
        """What is sealed there; None where it is damaged, which holds up no other row."""
        scope, place = f"{kind}:{row['id']}", f"{table}|{column}|{row['id']}"
        try:
            return json.loads(await self._tx.open(scope, place, row[column]))
        except (Unreadable, ValueError):
            self.damaged.add(f"{table} {row['id']}")
            return None
