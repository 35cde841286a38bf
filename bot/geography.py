"""What the gazetteer holds beside the communes served, read when it changes: country, boundaries."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.areas.boundaries import Boundaries
from cases.areas.country import NOWHERE, Country, Unit
from storage.records.areas import COUNTRY, COUNTRY_OLD, AreaRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LoadedCountry:
    """The communes of the country as this process knows them; `stamp` names what was read."""

    stamp: str = ""
    country: Country = NOWHERE
    rows: tuple[AreaRow, ...] = ()

    async def fresh(self, work: UnitOfWork) -> "LoadedCountry":
        """Thirteen thousand rows are read again only when others were loaded."""
        stamp = await work.areas.country_stamp()
        if stamp == self.stamp:
            return self
        rows = tuple(await work.areas.country())
        # A quarter of a second of work: beside the loop, alarms do not wait for it.
        return LoadedCountry(stamp, await asyncio.to_thread(_country, rows), rows)

    def served(self, built_in: Iterable[AreaRow], worked: set[str]) -> list[AreaRow]:
        """The rows of the communes that use this installation.

        Without the country these are the ones built in. With it, one that somebody works for comes
        along with its old names, and the ones built in go where nobody works for any of them.
        """
        own = list(built_in)
        codes = {row.commune for row in own if row.kind == "commune"}
        others = worked & {row.commune for row in self.rows} - codes
        if others and not worked & codes:
            own = [row for row in own if row.commune not in codes]
        return own + [_as_served(row) for row in self.rows if row.commune in others]


def _as_served(row: AreaRow) -> AreaRow:
    kind = "commune" if row.kind == COUNTRY else "old"
    return AreaRow(row.code, kind, row.name, row.commune, province=row.province, unit=row.unit)


def _country(rows: Iterable[AreaRow]) -> Country:
    units = []
    became: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        if row.kind == COUNTRY:
            units.append(Unit(row.code, row.name, row.unit, row.province))
        elif row.kind == COUNTRY_OLD:
            became.setdefault((row.code.partition("/")[0], row.name, row.unit), []).append(
                row.commune
            )
    old = [(name, kind, tuple(codes)) for (_, name, kind), codes in became.items()]
    return Country(units, old)


@dataclass(frozen=True, slots=True)
class LoadedBoundaries:
    """The boundaries that were imported, as this process knows them."""

    stamp: str = ""
    boundaries: Boundaries = field(default_factory=Boundaries)

    async def fresh(self, work: UnitOfWork) -> "LoadedBoundaries":
        """Read again only when others were imported."""
        stamp = await work.boundaries.stamp()
        if stamp == self.stamp:
            return self
        return LoadedBoundaries(stamp, Boundaries(await work.boundaries.rows()))


EMPTY, NONE_LOADED = LoadedCountry(), LoadedBoundaries()
