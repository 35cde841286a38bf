"""The communes of the whole country with the units they replaced: the file, as rows."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from storage.records.areas import COUNTRY, COUNTRY_OLD, AreaRow
from storage.unit_of_work import UnitOfWork

VALID_FROM, VALID_TO = "2025-07-01", "2025-06-30"


@dataclass(frozen=True, slots=True)
class CountryFile:
    """`source` names package, version, licence and date. `old`: code, kind, name, communes."""

    source: str
    units: list[tuple[str, str, str, str]]  # code, kind, name, province
    old: list[tuple[str, str, str, tuple[str, ...]]]


def read_country() -> CountryFile:
    """Everything in storage/seed/country.tsv.gz, which docs/make_country.py writes."""
    packed = (files("storage.seed") / "country.tsv.gz").read_bytes()
    source, *lines = gzip.decompress(packed).decode("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return CountryFile(source.removeprefix("# "), list(_units(rows)), list(_old(rows)))


async def load_country(work: UnitOfWork) -> CountryFile:
    """Everything anew in the areas; each commune carries where it comes from and when."""
    file = read_country()
    source = f"{file.source} | loaded {work.now.isoformat()}"
    rows = (
        replace(row, source=source) if row.kind == COUNTRY else row for row in country_rows(file)
    )
    await work.areas.replace_country(rows)
    return file


def country_rows(file: CountryFile) -> Iterator[AreaRow]:
    """The same as rows; a unit that was split has one for each commune it went to."""
    for code, kind, name, province in file.units:
        yield AreaRow(code, COUNTRY, name, code, VALID_FROM, province=province, unit=kind)
    for code, kind, name, communes in file.old:
        for commune in communes:
            key = f"{code}/{commune}"
            yield AreaRow(key, COUNTRY_OLD, name, commune, "", VALID_TO, unit=kind)


def _units(rows: list[list[str]]) -> Iterator[tuple[str, str, str, str]]:
    for what, *fields in rows:
        if what == "unit":
            code, kind, name, province = fields
            yield code, kind, name, province


def _old(rows: list[list[str]]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for what, *fields in rows:
        if what == "old":
            code, kind, name, communes = fields
            yield code, kind, name, tuple(communes.split(";"))
