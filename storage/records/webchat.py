"""The web chat's own threads: sessions without names, messages sealed."""

import json
import logging
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from cases.codes import digest
from storage.keys import Unreadable
from storage.tables import webchat_messages, webchat_sessions
from storage.tx import Tx

log = logging.getLogger(__name__)
_CLOSED = select(webchat_sessions.c.closed).where(webchat_sessions.c.id == bindparam("this"))
_SESSION = select(webchat_sessions.c.id).where(webchat_sessions.c.id == bindparam("this"))
_SEQ = select(webchat_messages.c.seq).where(
    webchat_messages.c.session_id == bindparam("session"),
    webchat_messages.c.key == bindparam("its_key"),
)


class Webchat:
    """A session is a token nobody stores in clear; its id is the user id of the channel."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def open_session(self, token: str, lang: str) -> str:
        return await self.put(self._tx.new_id(), digest(token), lang)

    async def put(self, session: str, hashed: str, lang: str) -> str:
        """The same, of a token that only its page knows."""
        values = {"id": session, "token_hash": hashed, "lang": lang, "made_at": self._tx.now}
        await self._tx.add(webchat_sessions, values)
        return session

    async def session(self, token: str) -> tuple[str, str] | None:
        """(session, language) of an open session; None = unknown or ended."""
        open_ = webchat_sessions.c.closed.is_(False)
        where = webchat_sessions.c.token_hash == digest(token)
        row = await self._tx.one(select(webchat_sessions).where(where, open_))
        return (row["id"], row["lang"]) if row else None

    async def is_open(self, session: str) -> bool:
        row = await self._tx.one(_CLOSED, this=session)
        return row is not None and not row["closed"]

    async def close(self, session: str) -> None:
        """Quick exit: the address is forgotten, later messages have nowhere to go."""
        ended = update(webchat_sessions).where(webchat_sessions.c.id == session)
        await self._tx.run(ended.values(closed=True, token_hash=self._tx.new_id()))

    async def drawn(self, session: str, seq: int) -> None:
        """A page has drawn everything up to this message."""
        behind = (webchat_sessions.c.id == session, webchat_sessions.c.seen < seq)
        await self._tx.run(update(webchat_sessions).where(*behind).values(seen=seq))

    async def seen(self, session: str) -> int:
        """Up to which message a page has drawn this thread."""
        where = webchat_sessions.c.id == session
        row = await self._tx.one(select(webchat_sessions.c.seen).where(where))
        return int(row["seen"]) if row else 0

    async def wipe(self, session: str) -> None:
        """Everything that was said there is gone; the thread itself goes when its page leaves.

        The newest row stays, emptied: SQLite would give its number again, and an open page that has
        seen that number would never hear the exit.
        """
        mine = webchat_messages.c.session_id == session
        query = (
            select(webchat_messages).where(mine).order_by(webchat_messages.c.seq.desc()).limit(1)
        )
        newest = await self._tx.one(query)
        if newest is None:
            return
        last = webchat_messages.c.seq == newest["seq"]
        await self._tx.run(delete(webchat_messages).where(mine, ~last))
        empty = await self._tx.seal(f"web:{session}", f"webchat|body|{newest['id']}", b"{}")
        await self._tx.run(update(webchat_messages).where(last).values(op="remove", body=empty))

    async def append(self, session: str, key: str, op: str, body: dict[str, Any]) -> int:
        """Add to the thread; the same key again changes nothing. Returns its seq.

        One after the other: a page that has drawn a later message never asks for an earlier one.
        """
        await self._tx.hold(_SESSION, this=session)
        new_id = self._tx.new_id()
        plain = json.dumps(body, ensure_ascii=False).encode()
        sealed = await self._tx.seal(f"web:{session}", f"webchat|body|{new_id}", plain)
        values = {
            "id": new_id, "session_id": session, "key": key, "op": op, "body": sealed,
            "at": self._tx.now,
        }  # fmt: skip
        await self._tx.add(webchat_messages, values)
        row = await self._tx.one(_SEQ, session=session, its_key=key)
        assert row is not None
        self._tx.rings.add(session)
        return int(row["seq"])

    async def after(self, session: str, seq: int) -> list[tuple[int, str, dict[str, Any]]]:
        """(seq, op, body) of everything said to this session since then.

        Of a damaged row only what stands beside its body, and `unreadable`: later ones are heard.
        """
        thread = webchat_messages.c.session_id == session
        query = select(webchat_messages).where(thread, webchat_messages.c.seq > seq)
        found = await self._tx.all(query.order_by(webchat_messages.c.seq))
        return [(row["seq"], row["op"], await self._body(session, row)) for row in found]

    async def _body(self, session: str, row: Any) -> dict[str, Any]:
        place = f"webchat|body|{row['id']}"
        bare = {"id": row["id"], "at": row["at"].isoformat()}
        try:
            plain = await self._tx.open(f"web:{session}", place, row["body"])
        except Unreadable:
            log.exception("damaged", extra={"where": "webchat_messages"})
            return {**bare, "unreadable": True}
        return {**bare, **json.loads(plain)}
