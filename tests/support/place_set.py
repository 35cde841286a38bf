"""tests/data/places.tsv against the resolver: what people type, what it means, and how much is right.

Columns: the text, exact | confirm | none, the communes offered (first the one that is meant; `…` at the
end: others may follow), and which names there are: none said = the five communes, `villages` = a roster
beside them, `country` = the whole country beside them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cases.areas.country import Country, Unit
from cases.areas.gazetteer import Areas
from cases.areas.places import Found, Places
from storage.seed.country import read_country

ROOT = Path(__file__).parents[2]


class Area(NamedTuple):
    kind: str
    name: str
    commune: str
    aliases: tuple = ()
    landmark: str = ""
    province: str = "48"
    unit: str = ""
    code: str = "v"


class Line(NamedTuple):
    text: str
    match: str
    communes: list
    more: bool
    scope: str


def served():
    seed = json.loads((ROOT / "storage/seed/areas.json").read_text(encoding="utf-8"))
    for commune in seed["communes"]:
        yield Area("commune", commune["name"], commune["code"], unit=commune["kind"])
        for unit in commune["old_units"]:
            yield Area("old", unit["name"], commune["code"], unit=unit["kind"])


def country():
    file = read_country()
    units = [Unit(code, name, kind, province) for code, kind, name, province in file.units]
    return Country(units, [(name, kind, communes) for _, kind, name, communes in file.old])


VILLAGES = (
    Area("village", "Giao Thủy", "20500", aliases=("Giao Thuỷ xóm 1",)),
    Area("village", "Giao Thủy", "20539", landmark="chợ Quảng Huế"),
    Area("village", "Trúc Hà", "20506", aliases=("xóm Bến",)),
    Area("village", "Phú Hương", "20515", landmark="cây đa đôi"),
)
LOCAL = Places(Areas(served()))
WITH_VILLAGES = Places(Areas((*served(), *VILLAGES)))
COUNTRY = Places(Areas(served(), country()))
_SCOPES = {"": LOCAL, "villages": WITH_VILLAGES, "country": COUNTRY}


def _lines():
    for line in (ROOT / "tests/data/places.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            text, match, said, *scope = line.split("\t")
            communes = [one for one in said.split() if one not in "-…"]
            yield Line(text, match, communes, said.endswith("…"), *(scope or [""]))


LINES = tuple(_lines())


def codes(found: Found):
    return list(dict.fromkeys(one.code for one in found.candidates))


@dataclass
class Score:
    all: int
    right: int
    accepted: list  # taken without a question though it is not, or may not be, what was meant
    misses: list

    @property
    def words(self):
        return (
            f"{self.right} of {self.all} right ({self.right / self.all:.1%}), "
            f"{len(self.accepted)} wrong places taken without a question"
        )


def score():
    seen = Score(0, 0, [], [])
    for line in LINES:
        found = _SCOPES[line.scope].find(line.text)
        got = codes(found)
        same = (got[: len(line.communes)] if line.more else got) == line.communes
        seen.all += 1
        seen.right += found.match == line.match and same
        if found.match == "exact" and not (line.match == "exact" and same):
            seen.accepted.append((line.text, got))
        if not (found.match == line.match and same):
            seen.misses.append((line.text, line.match, line.communes, found.match, got))
    return seen
