"""Accounts of ours at a messenger: token pairs that are renewed, sealed, stored before they are used."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from storage.tables import channel_tokens
from storage.tx import Tx

LEASE = timedelta(seconds=45)  # longer than the two calls that may renew a pair
_SCOPE = "system"


@dataclass(frozen=True, slots=True)
class Pair:
    """`gen` counts the pairs of this account; `refused_at`: since when nobody renews it any more."""

    access: str
    refresh: str
    gen: int
    made_at: datetime
    expires_at: datetime
    refused_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Pair(gen={self.gen})"  # a secret stands in no trace and no log


class Tokens:
    """One row for each account. Only who holds its lease renews it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def get(self, channel: str, account: str) -> Pair | None:
        """The newest pair. Raises Unreadable."""
        row = await self._tx.one(select(channel_tokens).where(_this(channel, account)))
        if row is None:
            return None
        sealed = await self._tx.open(_SCOPE, _place(channel, account), row["pair"])
        access, refresh = json.loads(sealed)
        return Pair(
            access, refresh, row["gen"], row["made_at"], row["expires_at"], row["refused_at"]
        )

    async def begin(
        self, channel: str, account: str, pair: tuple[str, str], expires_at: datetime
    ) -> None:
        """A new beginning, whatever was there: somebody logged in, with or without an access token."""
        values = await self._values(channel, account, pair, expires_at)
        row = {"channel": channel, "account": account, "gen": 1, **values}
        if not await self._tx.add(channel_tokens, row):
            this = update(channel_tokens).where(_this(channel, account))
            await self._tx.run(this.values(**values, gen=channel_tokens.c.gen + 1))

    async def lease(self, channel: str, account: str, old: Pair) -> bool:
        """True = only we may renew it now. False also where it was renewed since we looked."""
        free = or_(
            channel_tokens.c.lease_until.is_(None), channel_tokens.c.lease_until < self._tx.now,
            channel_tokens.c.lease_until > self._tx.now + 2 * LEASE,  # the wall clock was set back
        )  # fmt: skip
        ours = and_(_this(channel, account), channel_tokens.c.gen == old.gen, free)
        this = update(channel_tokens).where(ours)
        taken = await self._tx.run(this.values(lease_until=self._tx.now + LEASE))
        return bool(taken.rowcount)

    async def renewed(
        self, channel: str, account: str, old: Pair, new: tuple[str, str], expires_at: datetime
    ) -> bool:
        """Store the pair that took the place of `old`. False = somebody began anew meanwhile."""
        values = await self._values(channel, account, new, expires_at)
        return await self._set(channel, account, old, gen=old.gen + 1, **values)

    async def refused(self, channel: str, account: str, old: Pair) -> None:
        """The messenger does not renew this pair; it stays as it is, and is tried again later."""
        await self._set(channel, account, old, refused_at=self._tx.now, lease_until=None)

    async def release(self, channel: str, account: str, old: Pair) -> None:
        """Nothing was renewed, and nobody need wait for us."""
        await self._set(channel, account, old, lease_until=None)

    async def _set(self, channel: str, account: str, old: Pair, **values: Any) -> bool:
        ours = and_(_this(channel, account), channel_tokens.c.gen == old.gen)
        done = await self._tx.run(update(channel_tokens).where(ours).values(**values))
        return bool(done.rowcount)

    async def _values(
        self, channel: str, account: str, pair: tuple[str, str], expires_at: datetime
    ) -> dict[str, Any]:
        plain = json.dumps(pair).encode()
        sealed = await self._tx.seal(_SCOPE, _place(channel, account), plain)
        return {
            "pair": sealed, "made_at": self._tx.now, "expires_at": expires_at, "refused_at": None,
            "lease_until": None,
        }  # fmt: skip


def _this(channel: str, account: str) -> Any:
    return and_(channel_tokens.c.channel == channel, channel_tokens.c.account == account)


def _place(channel: str, account: str) -> str:
    return f"channel_tokens|pair|{channel}|{account}"
