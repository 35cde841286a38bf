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
_NAMED = re.compile(r"\b(?:xa|thi tran|tt|thon|phuong) ")
_STOP = ("dai ca", "dai hoc", "dai ly", "dai hoi", "nha em", "hom qua", "truong dai hoc")
_WIDER = re.compile(
    r" (?=(?:huyen|tinh|thanh pho|tp) )"
)  # as good as a comma: what follows is larger


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
    district: str = ""  # the name was that of a former district: its commune first, then its others


class Places:
    """The place resolver over the communes served."""

    def __init__(self, areas: Areas) -> None:
        self.areas = areas
        self._by_name: dict[str, list[Name]] = {}
        for name in areas.names:
            self._by_name.setdefault(name.folded, []).append(name)

    def find(self, text: str) -> Found:
        """Resolve typed words. Nothing fuzzy is ever `exact`."""
        parts = [
            part
            for one in re.split(r"[,;\n]", text[:400])
            for part in _WIDER.split(fold(one))
            if part
        ]
        for part in parts:
            bare = " ".join(_KINDS.sub(" ", part).split())
            if bare in self.areas.districts and not self._says_commune(part):
                continue  # the former district decides nothing
            if names := self._exact(part, bare):
                return self._found(text, names)
        return self._guess(text, parts)

    def _says_commune(self, part: str) -> bool:
        return part.startswith(("xa ", "x "))

    def _exact(self, part: str, bare: str) -> list[Name]:
        if bare in self._by_name:
            return self._by_name[bare]
        after = (part[named.end() :] for named in _NAMED.finditer(part))
        return next((self._by_name[name] for name in after if name in self._by_name), [])

    def _found(self, text: str, names: list[Name]) -> Found:
        communes = {name.commune for name in names}
        match = "exact" if len(communes) == 1 else "confirm"
        return Found(text, match, tuple(self._candidate(name, 100) for name in names)[:_LIST])

    def _district(self, text: str, name: Name, score: int) -> Found:
        """The district alone: any of its communes, the one that has its name first."""
        communes = self.areas.communes
        candidates = tuple(
            Candidate(code, communes[code], name.shown, score)
            for code in self.areas.districts[name.folded]
        )
        return Found(text, "confirm", candidates, name.folded)

    def _guess(self, text: str, parts: list[str]) -> Found:
        best: dict[str, tuple[int, Name]] = {}
        for part in parts:
            bare = part
            for stop in _STOP:
                bare = bare.replace(stop, " ")
            for version in dict.fromkeys((bare, untelex(bare), unvni(bare))):
                self._score(" ".join(version.split()), best)
        districts = [best.pop(name) for name in self.areas.districts if name in best]
        if districts and not best:
            score, name = max(districts, key=lambda one: one[0])
            return self._district(text, name, score)
        ranked = sorted(best.values(), key=lambda one: (-one[0], one[1].commune))
        close = [one for one in ranked if one[0] >= ranked[0][0] - NEAR] if ranked else []
        found = tuple(self._candidate(name, score) for score, name in close[:_LIST])
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
            # The district's name is kept apart: another name beside it decides.
            key = name.folded if name.folded in self.areas.districts else name.commune
            if score and score > best.get(key, (0, name))[0]:
                best[key] = (score, name)

    def _candidate(self, name: Name, score: int) -> Candidate:
        return Candidate(name.commune, self.areas.communes.get(name.commune, ""), name.shown, score)


def _initials(window: str, name: str) -> bool:
    """`d nghia` for `dai nghia`: the first word shortened to its letter."""
    first, _, rest = window.partition(" ")
    whole, _, last = name.partition(" ")
    return len(first) == 1 and bool(last) and rest == last and whole.startswith(first)
