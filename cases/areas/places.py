"""Places.find: what people type about a place -> exact, confirm (by a button) or none (DOMAIN.md 9)."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from cases.areas.gazetteer import Areas, Name
from cases.typed.fold import fold, untelex, unvni

SURE = 83  # fuzz.ratio from which a misspelling is worth asking about
NEAR = 15  # a second commune this close is shown too
_LIST = 4
_KINDS = re.compile(r"\b(xa|x|phuong|thi tran|tt|huyen|tinh|thanh pho|tp|thon)\b")
_NAMED = re.compile(r"\b(?:xa|thi tran|tt|thon|phuong) (.+)$")
_STOP = ("dai ca", "dai hoc", "dai ly", "dai hoi", "nha em", "hom qua", "truong dai hoc")
_ABBREVIATED = re.compile(r"\b([a-z]) (?=[a-z])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One commune the text may mean; `via` is the name that led there."""

    code: str
    name: str
    via: str
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """match: exact (accepted and shown), confirm (asked by button), none."""

    text: str
    match: str
    candidates: tuple[Candidate, ...] = ()


class Places:
    """The place resolver over the communes served."""

    def __init__(self, areas: Areas) -> None:
        self.areas = areas
        self._by_name: dict[str, list[Name]] = {}
        for name in areas.names:
            self._by_name.setdefault(name.folded, []).append(name)

    def find(self, text: str) -> Found:
        """Resolve typed words. Nothing fuzzy is ever `exact`."""
        parts = [part for part in (fold(one) for one in re.split(r"[,;]", text[:400])) if part]
        ambiguous = False
        for part in parts:
            bare = _KINDS.sub(" ", part)
            bare = " ".join(bare.split())
            if bare in self.areas.districts and not self._says_commune(part):
                ambiguous = ambiguous or part is parts[0]
                continue
            if names := self._exact(part, bare):
                return self._found(text, names)
        if ambiguous:
            return Found(text, "confirm", self._district())
        return self._guess(text, parts)

    def _says_commune(self, part: str) -> bool:
        return part.startswith(("xa ", "x "))

    def _exact(self, part: str, bare: str) -> list[Name]:
        if bare in self._by_name:
            return self._by_name[bare]
        named = _NAMED.search(part)
        return self._by_name.get(named.group(1), []) if named else []

    def _found(self, text: str, names: list[Name]) -> Found:
        communes = {name.commune for name in names}
        match = "exact" if len(communes) == 1 else "confirm"
        return Found(text, match, tuple(self._candidate(name, 100) for name in names)[:_LIST])

    def _district(self) -> tuple[Candidate, ...]:
        first = [
            code for code, name in self.areas.communes.items() if fold(name) in self.areas.districts
        ]
        return tuple(
            Candidate(code, self.areas.communes[code], self.areas.communes[code], 100)
            for code in first
        )

    def _guess(self, text: str, parts: list[str]) -> Found:
        best: dict[str, tuple[int, Name]] = {}
        for part in parts:
            bare = part
            for stop in _STOP:
                bare = bare.replace(stop, " ")
            for version in dict.fromkeys((bare, untelex(bare), unvni(bare))):
                self._score(" ".join(version.split()), best)
        ranked = sorted(best.values(), key=lambda one: (-one[0], one[1].commune))
        close = [one for one in ranked if one[0] >= ranked[0][0] - NEAR] if ranked else []
        found = tuple(self._candidate(name, score) for score, name in close[:_LIST])
        if len(found) == 1 and found[0].via and fold(found[0].via) in self.areas.districts:
            found = self._district()
        return Found(text, "confirm" if found else "none", found)

    def _score(self, part: str, best: dict[str, tuple[int, Name]]) -> None:
        words = part.split()[:60]
        for size in (1, 2, 3):
            for at in range(len(words) - size + 1):
                self._window(" ".join(words[at : at + size]), best)

    def _window(self, window: str, best: dict[str, tuple[int, Name]]) -> None:
        for name in self.areas.names:
            long = len(window) >= 5  # shorter words look like anything
            score = round(fuzz.ratio(window, name.folded, score_cutoff=SURE)) if long else 0
            if not score and _initials(window, name.folded):
                score = 90
            if score and score > best.get(name.commune, (0, name))[0]:
                best[name.commune] = (score, name)

    def _candidate(self, name: Name, score: int) -> Candidate:
        return Candidate(name.commune, self.areas.communes.get(name.commune, ""), name.shown, score)


def _initials(window: str, name: str) -> bool:
    """`d nghia` for `dai nghia`: the first word shortened to its letter."""
    first, _, rest = window.partition(" ")
    whole, _, last = name.partition(" ")
    return len(first) == 1 and bool(last) and rest == last and whole.startswith(first)
