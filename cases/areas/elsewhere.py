"""Names of the country beside the communes served: other provinces, and our own."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from cases.areas.country import Known
from cases.areas.found import Candidate
from cases.areas.gazetteer import Areas
from cases.areas.parts import STOP, Part, Word, joined, runs
from cases.areas.provinces import BY_NAME, NAMES


@dataclass(frozen=True, slots=True)
class Compare:
    """How words are compared: the names closest to a misspelling; whether marks agree with a name."""

    closest: Callable[[str, list[str]], list[str]]
    agrees: Callable[[tuple[Word, ...], str], bool]


class Elsewhere:
    """Looks into the country. `ours`: the folded names of the communes served."""

    def __init__(self, areas: Areas, ours: Collection[str], compare: Compare) -> None:
        self._areas = areas
        self._country = areas.country
        self._ours = ours
        self._compare = compare

    def provinces(self, part: Part) -> Iterator[str]:
        """The codes of provinces that this part names."""
        for one in part.spellings:
            if one.name in self._ours or one.kind not in ("", "tinh", "thanh pho"):
                continue
            if one.name in BY_NAME:
                yield BY_NAME[one.name]
            # Without a comma: thuong duc ha tinh, ha tinh thuong duc.
            words = one.name.split()
            for size in (2, 3):
                for name, said in ((words[:-size], words[-size:]), (words[size:], words[:size])):
                    known = " ".join(name)
                    if " ".join(said) in BY_NAME and (
                        known in self._ours or self._country.named(known)
                    ):
                        yield BY_NAME[" ".join(said)]

    def known(
        self, typed: list[Part], provinces: Iterable[str], *, alike: bool = True
    ) -> list[Known]:
        """Names as a whole, in these provinces if any are given; else, if wished, like a misspelling."""
        found: list[Known] = []
        for part in typed:
            for one in part.spellings:
                whole = one.kind or " " in one.name
                if whole and not one.wide and one.kind != "thon" and one.name not in STOP:
                    found += self._country.named(one.name, provinces, one.kind)
        if not found and alike:
            near = provinces or self._areas.home
            names = (self._alike(one.name) for part in typed for one in part.spellings)
            found = [
                one for some in names for name in some for one in self._country.named(name, near)
            ]
        return self._sorted(found)

    def inside(self, typed: list[Part]) -> list[Known]:
        """Names of our own provinces inside a sentence, spelled as they are."""
        found: list[Known] = []
        for part in typed:
            for words in runs(part.words):
                for size in (3, 2):
                    for at in range(len(words) - size + 1):
                        window = words[at : at + size]
                        found += [
                            one
                            for one in self._country.named(joined(window), self._areas.home)
                            if self._compare.agrees(window, one.shown)
                        ]
        return self._sorted(found)

    def _alike(self, name: str) -> list[str]:
        return self._compare.closest(name, self._country.alike(name))

    def _sorted(self, found: list[Known]) -> list[Known]:
        """Our own provinces first, names of today before older ones; each commune once."""
        home = self._areas.home
        ranked = sorted(
            found, key=lambda one: (one.unit.province not in home, one.old, one.unit.code)
        )
        served = self._areas.communes
        once = {one.unit.code: one for one in reversed(ranked) if one.unit.code not in served}
        return sorted(once.values(), key=ranked.index)


def candidate(known: Known) -> Candidate:
    unit = known.unit
    province = NAMES.get(unit.province, "")
    return Candidate(unit.code, unit.name, known.shown, 100, province, unit.kind)
