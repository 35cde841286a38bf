"""Unwrapped data keys in memory; one that was erased, here or by another process, is not kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage.keys import DataKey

_KEPT = 20_000
_LOOK = timedelta(seconds=1)  # how long another process may still hold the key of an erased case
_MARGIN = timedelta(minutes=10)  # clocks differ, and a transaction commits after it began


class KeyCache:
    """Of one process. An erased case has nothing left to open: this is the second wall."""

    def __init__(self) -> None:
        self._keys: dict[str, DataKey] = {}
        self._erased: set[str] = set()  # also against a reader that began before the erasure
        self._looked: datetime | None = None

    def get(self, scope: str) -> DataKey | None:
        return self._keys.get(scope)

    def keep(self, keys: Iterable[tuple[str, DataKey]]) -> None:
        if len(self._keys) > _KEPT:
            self._keys.clear()  # unwrapped again when needed: memory stays bounded
        self._keys.update((scope, key) for scope, key in keys if scope not in self._erased)

    def erase(self, scopes: Iterable[str]) -> None:
        for scope in scopes:
            self._erased.add(scope)
            self._keys.pop(scope, None)

    def look_since(self, now: datetime) -> datetime | None:
        """From when on to look for what other processes erased; None = it was looked for just now."""
        before, due = self._looked, self._looked is None or abs(now - self._looked) >= _LOOK
        if due:
            self._looked = now
        return (before or now) - _MARGIN if due else None
