"""One-time invitations: stored as a hash, one winner by compare-and-set, a second person confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update

from cases.codes import digest
from cases.model import Role
from storage.records.people import Invite
from storage.tables import invites
from storage.tx import Tx

LIFE = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation of somebody new that nobody has used yet, confirmed or not."""

    id: str
    invite: Invite
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that nobody has confirmed yet; `id` names it and opens nothing."""

    id: str
    invite: Invite
    expires_at: datetime


class Invites:
    """The code itself is never stored."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def create(self, code: str, invite: Invite, expires_at: datetime) -> str:
        """Returns the name by which it can be confirmed."""
        return await self.put(digest(code), invite, expires_at)

    async def put(self, hashed: str, invite: Invite, expires_at: datetime) -> str:
        """The same, of a code that only whoever was given it knows."""
        name = await self._tx.seal("system", f"invites|name|{hashed}", invite.name.encode())
        values = {
            "hash": hashed, "role": invite.role.value, "commune": invite.commune,
            "villages": ";".join(invite.villages), "name": name, "made_at": self._tx.now,
            "expires_at": expires_at, "person_id": invite.person_id, "made_by": invite.made_by,
            "confirmed": invite.confirmed,
        }  # fmt: skip
        await self._tx.add(invites, values)
        return hashed

    async def use(self, code: str) -> Invite | None:
        """The invitation, to exactly one person; None = unknown, used, expired or not confirmed."""
        hashed = digest(code)
        free = and_(invites.c.hash == hashed, self._free(), invites.c.confirmed.is_(True))
        if not (
            await self._tx.run(update(invites).where(free).values(used_at=self._tx.now))
        ).rowcount:
            return None
        row = await self._tx.one(select(invites).where(invites.c.hash == hashed))
        return (await self._waiting(row)).invite

    async def waits(self, code: str) -> bool:
        """Whether this code is good but for the second person."""
        return await self.waiting(digest(code)) is not None

    async def waiting(self, invite_id: str) -> Waiting | None:
        """The unconfirmed invitation of this name, while it lives."""
        row = await self._tx.one(select(invites).where(self._unconfirmed(invite_id)))
        return await self._waiting(row) if row else None

    async def all_waiting(self) -> list[Waiting]:
        """Everything that waits for a second person, the oldest first."""
        unconfirmed = and_(self._free(), invites.c.confirmed.is_(False))
        found = await self._tx.all(select(invites).where(unconfirmed).order_by(invites.c.made_at))
        return [await self._waiting(row) for row in found]

    async def all_open(self) -> list[Open]:
        """Of people who do not work here yet: everything that lets somebody in, the oldest first."""
        mine = and_(self._free(), invites.c.person_id == "")
        found = await self._tx.all(select(invites).where(mine).order_by(invites.c.made_at))
        read = [await self._waiting(row) for row in found]
        return [Open(one.id, one.invite, one.expires_at) for one in read]

    async def end(self, invite_id: str) -> None:
        """Another one took its place: the code never works again."""
        this = and_(invites.c.hash == invite_id, self._free())
        await self._tx.run(update(invites).where(this).values(expires_at=self._tx.now))

    async def confirm(self, invite_id: str, by: str) -> bool:
        """The second person agrees. False = it does not wait any more."""
        agreed = update(invites).where(self._unconfirmed(invite_id))
        done = await self._tx.run(agreed.values(confirmed=True, confirmed_by=by))
        return bool(done.rowcount)

    async def refuse(self, invite_id: str, by: str) -> bool:
        """The second person does not agree: the code never works. False = it does not wait any more."""
        refused = update(invites).where(self._unconfirmed(invite_id))
        done = await self._tx.run(refused.values(expires_at=self._tx.now, confirmed_by=by))
        return bool(done.rowcount)

    async def void(self, person_id: str) -> None:
        """Codes of, and for, somebody who does not work here any more are worth nothing."""
        theirs = (invites.c.made_by == person_id) | (invites.c.person_id == person_id)
        await self._tx.run(
            update(invites).where(theirs, self._free()).values(expires_at=self._tx.now)
        )

    def _free(self) -> Any:
        return and_(invites.c.used_at.is_(None), invites.c.expires_at > self._tx.now)

    def _unconfirmed(self, invite_id: str) -> Any:
        return and_(invites.c.hash == invite_id, self._free(), invites.c.confirmed.is_(False))

    async def _waiting(self, row: Any) -> Waiting:
        name = await self._tx.open("system", f"invites|name|{row['hash']}", row["name"])
        villages: Sequence[str] = row["villages"].split(";") if row["villages"] else ()
        invite = Invite(
            Role(row["role"]), row["commune"], tuple(villages), name.decode(), row["person_id"],
            row["made_by"], bool(row["confirmed"]),
        )  # fmt: skip
        return Waiting(row["hash"], invite, row["expires_at"])
