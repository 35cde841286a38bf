"""One-time links to the staff pages, and the sessions they open: kept as hashes, ended at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from cases.codes import digest
from storage.tables import login_links, staff_sessions
from storage.tx import Tx

LINK_LIFE = timedelta(minutes=5)
IDLE, LONGEST = timedelta(minutes=15), timedelta(hours=8)  # of a session: unused, and in all

_LINK = select(login_links).where(login_links.c.hash == bindparam("this"))
_SPEND = update(login_links).where(
    login_links.c.hash == bindparam("this"), login_links.c.used_at.is_(None),
    login_links.c.expires_at > bindparam("now"),
)  # fmt: skip
_SESSION = select(staff_sessions).where(
    staff_sessions.c.hash == bindparam("this"), staff_sessions.c.ended_at.is_(None),
    staff_sessions.c.seen_at > bindparam("unused_since"),
    staff_sessions.c.made_at > bindparam("made_since"),
)  # fmt: skip
_THIS = update(staff_sessions).where(staff_sessions.c.hash == bindparam("this"))


@dataclass(frozen=True, slots=True)
class Session:
    """An open session. `csrf` stands in each of its forms."""

    hash: str
    person_id: str
    contact_id: str
    csrf: str
    pin_at: datetime | None = None  # when the PIN was last typed in it


class SignIn:
    """Neither a link nor a session can be read back from here: only who holds the token has it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def make_link(self, token: str, person_id: str, contact_id: str) -> None:
        """From now on the only link of this person; what has run out, of anybody, is deleted."""
        await self._forget_old()
        await self._tx.run(delete(login_links).where(login_links.c.person_id == person_id))
        values = {
            "hash": digest(token), "person_id": person_id, "contact_id": contact_id,
            "made_at": self._tx.now, "expires_at": self._tx.now + LINK_LIFE,
        }  # fmt: skip
        await self._tx.add(login_links, values)

    async def spend(self, token: str) -> tuple[str, str] | None:
        """(person, contact) of the link, to exactly one asker; None = unknown, used or too late."""
        now, hashed = self._tx.now, digest(token)
        if not (await self._tx.run(_SPEND, this=hashed, now=now, used_at=now)).rowcount:
            return None
        row = await self._tx.one(_LINK, this=hashed)
        assert row is not None
        return row["person_id"], row["contact_id"]

    async def open_session(self, token: str, csrf: str, person_id: str, contact_id: str) -> None:
        now = self._tx.now
        values = {
            "hash": digest(token), "person_id": person_id, "contact_id": contact_id, "csrf": csrf,
            "made_at": now, "seen_at": now,
        }  # fmt: skip
        await self._tx.add(staff_sessions, values)

    async def session(self, token: str) -> Session | None:
        """The open session of this token, used just now; None = unknown, ended, idle or too old."""
        now, hashed = self._tx.now, digest(token)
        row: Any = await self._tx.one(
            _SESSION, this=hashed, unused_since=now - IDLE, made_since=now - LONGEST
        )
        if row is None:
            return None
        await self._tx.run(_THIS, this=hashed, seen_at=now)
        return Session(hashed, row["person_id"], row["contact_id"], row["csrf"], row["pin_at"])

    async def pin_typed(self, session: Session) -> None:
        """The PIN was right just now, in this session."""
        await self._tx.run(_THIS, this=session.hash, pin_at=self._tx.now)

    async def end(self, session: Session) -> None:
        await self._tx.run(_THIS, this=session.hash, ended_at=self._tx.now)

    async def end_all(self, person_id: str) -> None:
        """Every session and every unspent link of this person, at once."""
        mine = staff_sessions.c.person_id == person_id
        now, open_ = self._tx.now, staff_sessions.c.ended_at.is_(None)
        await self._tx.run(update(staff_sessions).where(mine, open_).values(ended_at=now))
        await self._tx.run(delete(login_links).where(login_links.c.person_id == person_id))

    async def _forget_old(self) -> None:
        now, row = self._tx.now, staff_sessions.c
        gone = or_(row.made_at <= now - LONGEST, row.seen_at <= now - IDLE, row.ended_at <= now)
        await self._tx.run(delete(staff_sessions).where(gone))
        await self._tx.run(delete(login_links).where(login_links.c.expires_at <= now))
