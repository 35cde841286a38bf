"""Communes, the old units they replaced, and villages: names under which people know a place."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from cases.areas.country import NOWHERE, Country
from cases.areas.provinces import NAMES
from cases.posters import read_poster
from cases.typed.fold import fold

# A former district that shares its name with a commune of today: that commune first, then the others.
# Its two options have words of their own: report.place_district.
DISTRICTS: Mapping[str, tuple[str, ...]] = {
    "dai loc": ("20500", "20515", "20506", "20539", "20542"),
}
# What a landmark is: people leave it out, or it stands in every second name.
_SIGHTS = (
    "cho",
    "cau",
    "cay",
    "truong",
    "tram",
    "chua",
    "nha tho",
    "dinh",
    "ben",
    "nga ba",
    "nga tu",
)
# What a commune is called before its name, in the words of a sentence (locales: `named`).
_UNITS = {"phuong": "ward", "dac khu": "zone"}
# The sides by which villages are told apart: every commune may have such a one.
_EVERYWHERE = frozenset(
    (
        "dong",
        "tay",
        "nam",
        "bac",
        "trung",
        "thuong",
        "ha",
        "tren",
        "duoi",
        "giua",
        "trong",
        "ngoai",
    )
)
_OF_ROSTER = ("village", "alias", "landmark")
# What a village is called before its name: Thôn Giao Thủy is Giao Thủy, Thôn 3 is nothing without it.
_OF_A_VILLAGE = frozenset(
    ("thôn", "khu", "khối", "phố", "tổ", "dân", "xóm", "ấp", "làng", "bản", "đội")
)


class AreaLike(Protocol):
    """A stored unit, as the gazetteer reads it."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def commune(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def landmark(self) -> str: ...
    @property
    def province(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Village:
    """A village of the roster, by its code."""

    name: str
    commune: str


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name a commune: its own name, an old unit, a village, an alias, a landmark."""

    folded: str
    shown: str
    commune: str
    kind: str  # commune | old | village | alias | landmark | sight
    unit: str = ""  # xã, phường, thị trấn, where it is known

    @property
    def common(self) -> bool:
        """A village by its number or its side, `Thôn 3`, `Thôn Đông`, `chợ`: others have one too."""
        rest = fold(_bare(self.shown))
        number = " " not in rest and (len(rest) < 2 or rest[0].isdigit())
        return self.kind in _OF_ROSTER and (number or rest in _EVERYWHERE or self.folded in _SIGHTS)


class Areas:
    """The names of the communes served, and beside them the country, when it was loaded."""

    def __init__(self, rows: Iterable[AreaLike], country: Country = NOWHERE) -> None:
        self.communes: dict[str, str] = {}
        self.villages: dict[str, Village] = {}
        self.names: list[Name] = []
        self.province: dict[str, str] = {}  # of the communes served, where it is known
        self.unit: dict[str, str] = {}  # xã, phường
        self.country = country
        for row in rows:
            self._add(row)
        self.home = set(self.province.values())
        self._tell_apart()
        self.districts = {
            name: tuple(code for code in codes if code in self.communes)
            for name, codes in DISTRICTS.items()
            if codes[0] in self.communes
        }
        self._villages_of: dict[str, list[Name]] = {}  # the longest name first
        for name in sorted(self.names, key=lambda one: -len(one.folded)):
            if name.kind == "village":
                self._villages_of.setdefault(name.commune, []).append(name)
        self.folded = tuple({name.folded for name in self.names if name.kind != "sight"})

    def named(self, code: str, unknown: str = "") -> dict[str, str]:
        """A commune as a sentence names it (`named` in locales): its name and what kind of unit it is."""
        unit = _UNITS.get(fold(self.unit.get(code, "")), "commune")
        return {"name": self.communes.get(code, unknown), "unit": unit}

    def village_in(self, commune: str, words: str) -> str:
        """The village of this commune that is named in what somebody wrote, the longest name first; or ""."""
        own = self._villages_of.get(commune, ())
        said = f" {fold(words)} " if own and words else ""
        return next((one.shown for one in own if f" {one.folded} " in said), "")

    def of_poster(self, code: str) -> dict[str, str]:
        """What a poster's code says that is still true: an old or invented one says nothing."""
        commune, village = read_poster(code)
        if commune not in self.communes:
            return {}
        known = self.villages.get(village)
        here = known is not None and known.commune == commune
        return {"commune": commune, "village": village if here else ""}

    def _add(self, row: AreaLike) -> None:
        if row.kind == "commune":
            self.communes[row.commune] = row.name
            self.unit[row.commune] = row.unit
            if row.province:
                self.province[row.commune] = row.province
        if row.kind == "village":
            self.villages[row.code] = Village(row.name, row.commune)
            self._bare_village(row)
        self._name(row.name, row.commune, row.kind, row.unit)
        for alias in row.aliases:
            self._name(alias, row.commune, "alias")
        if row.landmark:
            self._name(row.landmark, row.commune, "landmark")
            self._sight(row.landmark, row.commune)

    def _tell_apart(self) -> None:
        """Two communes served that have one name are shown with their provinces, wherever they stand."""
        often = Counter(fold(name) for name in self.communes.values())
        for code, name in self.communes.items():
            province = NAMES.get(self.province.get(code, ""))
            if province and often[fold(name)] > 1:
                self.communes[code] = f"{name} ({province})"

    def _bare_village(self, row: AreaLike) -> None:
        bare = _bare(row.name)
        if " " in bare and fold(bare) != fold(row.name):
            self.names.append(Name(fold(bare), row.name, row.commune, "village"))

    def _sight(self, landmark: str, commune: str) -> None:
        """`Quảng Huế` of `chợ Quảng Huế`: asked about, never taken for sure."""
        folded = fold(landmark)
        for kind in _SIGHTS:
            if folded.startswith(f"{kind} ") and " " in (rest := folded[len(kind) + 1 :]):
                self.names.append(Name(rest, landmark, commune, "sight"))

    def _name(self, shown: str, commune: str, kind: str, unit: str = "") -> None:
        self.names.append(Name(fold(shown), shown, commune, kind, unit))


def _bare(shown: str) -> str:
    """A name without the kind of village before it."""
    words = unicodedata.normalize("NFC", shown).lower().split()
    while words and words[0] in _OF_A_VILLAGE:
        words = words[1:]
    return " ".join(words)
