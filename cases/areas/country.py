"""Every commune of the country, by its names of today and before 2025: known, though not served here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.typed.fold import fold

_LEAST = 5  # letters of a name that may be misspelt


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune of today: its kind in words (xã, phường, đặc khu) and the code of its province."""

    code: str
    name: str
    kind: str
    province: str


@dataclass(frozen=True, slots=True)
class Known:
    """One name of a unit: `old` when it is that of a unit it replaced, `kind` that unit's."""

    unit: Unit
    shown: str
    kind: str
    old: bool


class Country:
    """An index by folded name. Nothing is looked through row by row."""

    def __init__(
        self, units: Iterable[Unit] = (), old: Iterable[tuple[str, str, tuple[str, ...]]] = ()
    ) -> None:
        """`old`: name, kind, and the communes it went to; more than one when it was split."""
        self.units: Mapping[str, Unit] = {one.code: one for one in units}
        self._by_name: dict[str, list[Known]] = {}
        for one in self.units.values():
            self._add(Known(one, one.name, one.kind, old=False))
        for name, kind, codes in old:
            for code in codes:
                if code in self.units:
                    self._add(Known(self.units[code], name, kind, old=True))
        self._alike: dict[tuple[str, int], list[str]] = {}
        for folded in self._by_name:
            if len(folded) >= _LEAST:
                self._alike.setdefault((folded[0], len(folded)), []).append(folded)

    def named(self, folded: str, provinces: Iterable[str] = (), kind: str = "") -> list[Known]:
        """Who has this name: in these provinces if any are given; of this kind if anybody is."""
        found = self._by_name.get(folded, [])
        if some := set(provinces):
            found = [one for one in found if one.unit.province in some]
        return [one for one in found if fold(one.kind) == kind] or found

    def alike(self, folded: str) -> list[str]:
        """Names that a misspelling may mean: same first letter, a letter more or less."""
        if len(folded) < _LEAST:
            return []
        sizes = range(len(folded) - 1, len(folded) + 2)
        return [name for size in sizes for name in self._alike.get((folded[0], size), ())]

    def _add(self, known: Known) -> None:
        self._by_name.setdefault(fold(known.shown), []).append(known)


NOWHERE = Country()
