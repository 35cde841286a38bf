"""Communes, the old units they replaced, and villages: names under which people know a place."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.typed.fold import fold


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name a commune: its own name, an old unit, a village, an alias, a landmark."""

    folded: str
    shown: str
    commune: str
    kind: str  # commune | old | village | alias | landmark


class Areas:
    """The names of the communes served. `rows` have code, kind, name, commune, aliases, landmark."""

    def __init__(self, rows: Iterable[object]) -> None:
        self.communes: dict[str, str] = {}
        self.names: list[Name] = []
        for row in rows:
            self._add(row)
        self.districts = frozenset({"dai loc"})  # the former district shares its name with a commune
        self.folded = tuple({name.folded for name in self.names})

    def _add(self, row: object) -> None:
        get = lambda field: getattr(row, field)  # noqa: E731 — rows come from storage as objects
        if get("kind") == "commune":
            self.communes[get("commune")] = get("name")
        self.names.append(Name(fold(get("name")), get("name"), get("commune"), get("kind")))
        for alias in get("aliases"):
            self.names.append(Name(fold(alias), alias, get("commune"), "alias"))
        if get("landmark"):
            self.names.append(Name(fold(get("landmark")), get("landmark"), get("commune"), "landmark"))
