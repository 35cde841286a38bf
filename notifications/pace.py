"""No account is given more in a second than its messenger takes (CHANNELS.md section 9, rule 2).

It is counted in rows, so that everybody who sends shares it: what is on its way, and what was
answered within the last second. A message arrives between its claim and its answer; so whatever
arrives within one second is in this count when the last of it is claimed (ADR 47).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.ledgers.leaving import Account, Given
from storage.unit_of_work import UnitOfWork

PER_SECOND = {"telegram": 25, "zalobot": 5, "zalooa": 50}
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Room:
    """How many rows may be claimed; the accounts that take none now, and when the first takes one again."""

    many: int
    full: frozenset[Account] = frozenset()
    opens: datetime | None = None


class Pace:
    """`accounts`: those that send here; `senders`: how many processes claim, each up to `places` at once."""

    def __init__(
        self, accounts: Collection[Account], senders: Callable[[], int], places: int
    ) -> None:
        self._accounts = accounts
        self._senders = senders
        self._places = places

    async def room(self, work: UnitOfWork, many: int) -> Room:
        """For a claim of up to `many` rows in this transaction."""
        lately = await work.outbox.lately(SECOND)
        if self._crowded(lately):  # others may be claiming the same room at this moment
            await work.outbox.claims_alone()
            lately = await work.outbox.lately(SECOND)
        return _room(lately, many)

    def _crowded(self, lately: Sequence[Given]) -> bool:
        senders = self._senders()
        return senders > 1 and any(
            _left(account, lately) < senders * self._places
            for account in {*self._accounts, *(one.account for one in lately)}
            if account[0] in PER_SECOND
        )


def _left(account: Account, lately: Sequence[Given]) -> int:
    return PER_SECOND[account[0]] - sum(one.calls for one in lately if one.account == account)


def _room(lately: Sequence[Given], many: int) -> Room:
    accounts = {one.account for one in lately if one.account[0] in PER_SECOND}
    left = {account: _left(account, lately) for account in accounts}
    full = frozenset(account for account, room in left.items() if room <= 0)
    ends = [one.ended + SECOND for one in lately if one.account in full and one.ended]
    return Room(
        min([many, *(room for room in left.values() if room > 0)]), full, min(ends, default=None)
    )
