"""Places.find: what people type about a place -> exact, confirm (by a button) or none (DOMAIN.md 9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile

from rapidfuzz import fuzz, process

from cases.areas import marks
from cases.areas.boundaries import Boundaries
from cases.areas.country import Known
from cases.areas.districts import FORMER
from cases.areas.elsewhere import Compare, Elsewhere, candidate
from cases.areas.found import Candidate, Found
from cases.areas.gazetteer import DISTRICTS, Areas, Name
from cases.areas.parts import Part, Word, joined, parts, runs
from cases.areas.provinces import BY_NAME, NAMES
from cases.typed.fold import fold, unteen, untelex, unvni

SURE = 83  # fuzz.ratio from which a misspelling is worth asking about
NEAR = 15  # a second commune this close is shown too
_MARKED = 86  # the same, of words written with their marks
_ABROAD = 86  # the same, among thirteen thousand names
_LIST = 4
_LEAST = 5  # shorter words look like anything
_SHORT = 6  # letters of a name too short to have one replaced
_WORDS = 60
_GLUED = ("", "xa", "x", "thitran", "tt", "thon")  # xadaihong
NO_BOUNDARIES = Boundaries()


@dataclass(frozen=True, slots=True)
class _Hit:
    score: int
    name: Name
    reason: str


class Places:
    """The place resolver over the communes served, and the country beside them."""

    def __init__(self, areas: Areas, boundaries: Boundaries = NO_BOUNDARIES) -> None:
        self.areas = areas
        self._boundaries = boundaries
        self._by_name: dict[str, list[Name]] = {}
        self._by_letter: dict[str, list[Name]] = {}
        self._tight: dict[str, list[Name]] = {}
        for name in areas.names:
            if name.kind != "sight":
                self._by_name.setdefault(name.folded, []).append(name)
            if name.common:
                continue
            self._by_letter.setdefault(name.folded[:1], []).append(name)
            self._tight.setdefault(name.folded.replace(" ", ""), []).append(name)
        self._elsewhere = Elsewhere(areas, self._by_name, Compare(_closest, _agrees))

    def find(self, text: str) -> Found:
        """Resolve typed words. Nothing fuzzy is ever `exact`."""
        typed = parts(text)
        said = {code for part in typed for code in self._elsewhere.provinces(part)}
        named = [names for part in typed if (names := self._exact(part))]
        fitting = [
            some for names in named if (some := [one for one in names if self._in(said, one)])
        ]
        # Also where we serve in both provinces: Thượng Đức, Hà Tĩnh is not that of Đà Nẵng.
        away = (
            not fitting if named else bool(said and self.areas.home and not said & self.areas.home)
        )
        if away and not self._first(typed):
            return self._abroad(text, typed, said)
        if named := fitting or named:
            beside = self._beside(typed, named)
            if away or beside or self._other_district(typed):
                known = self._elsewhere.known(typed, () if away else said, alike=False)
                return self._doubted(text, beside + named, known)
            certain = [names for names in named if not names[0].common]
            return self._found(text, certain) if certain else self._doubted(text, named, [])
        best: dict[str, _Hit] = {}
        for part in typed:
            self._guess(part, best)
        best = {key: hit for key, hit in best.items() if self._in(said, hit.name)}
        districts = [best.pop(name) for name in self.areas.districts if name in best]
        if districts and not best:
            return self._district(text, max(districts, key=lambda one: one.score))
        if best:
            known = self._elsewhere.known(typed, said, alike=False)
            asked = self._asked(text, self._ranked(best), known)
            return replace(asked, reason="doubted") if self._foreign(typed, best) else asked
        if said:
            return self._abroad(text, typed, said)
        return self._asked(
            text, [], self._elsewhere.known(typed, said) or self._elsewhere.inside(typed)
        )

    def _in(self, said: set[str], name: Name) -> bool:
        """The name lies in one of the provinces that are said, or nobody knows in which it lies."""
        province = self.areas.province.get(name.commune, "")
        return not said or not province or province in said

    def locate(self, lat: float, lon: float) -> Found:
        """A shared location: one commune, to be confirmed; near a border several; or none."""
        located = self._boundaries.locate(lat, lon)
        found = tuple(self.by_code(code) for code in located.codes[:_LIST])
        if not found:
            return Found("", "none")
        return Found("", "confirm", found, reason="inside" if located.sure else "border")

    def by_code(self, code: str) -> Candidate:
        """The commune of this code, served here or known elsewhere."""
        unit = self.areas.country.units.get(code)
        if code in self.areas.communes or unit is None:
            return Candidate(code, self.areas.communes.get(code, ""), "", 100)
        return candidate(Known(unit, unit.name, unit.kind, old=False))

    def whole(self, code: str) -> Candidate:
        """The same with its kind and province, also where it is served: another place has its name."""
        province, unit = NAMES.get(self.areas.province.get(code, "")), self.areas.unit.get(code)
        if not province or not unit:
            return self.by_code(code)
        name = next(one for one in self.areas.names if (one.kind, one.commune) == ("commune", code))
        return Candidate(code, name.shown, "", 100, province, unit)

    # Names as a whole

    def _exact(self, part: Part) -> list[Name]:
        for one in part.spellings:
            district = one.name in self.areas.districts and one.kind != "xa"
            # A former district decides nothing, and nobody here lives in a district of that name.
            if not district and not one.wide:
                names = [name for name in self._by_name.get(one.name, ()) if _is(one.kind, name)]
                if names:
                    return names
        return []

    def _first(self, typed: list[Part]) -> bool:
        """A province before a name of ours: as likely a village that is called so."""
        at = next(n for n, part in enumerate(typed) if any(self._elsewhere.provinces(part)))
        return not any(map(self._exact, typed[:at])) and any(map(self._exact, typed[at:]))

    def _other_district(self, typed: list[Part]) -> bool:
        """A district is said that was never ours, where ours are known: `huyện Trà Cú`, `…, Trà Cú`."""
        if not self.areas.districts:
            return False
        said = [one.name for part in typed for one in part.spellings if one.district]
        behind = dropwhile(lambda part: not self._exact(part), typed)
        said += [part.folded for part in behind if part.folded in FORMER and not self._exact(part)]
        return any(one not in DISTRICTS and BY_NAME.get(one) not in self.areas.home for one in said)

    def _foreign(self, typed: list[Part], best: Mapping[str, _Hit]) -> bool:
        """A province that is not ours, or right behind the name a district: phu thuan phu vang.

        Elsewhere its words may be everyday ones: `đi ăn xin ở ái nghĩa` speaks of no Dĩ An.
        """
        said = {joined(words) for part in typed for words in part.inner}
        if any(BY_NAME[one] not in self.areas.home for one in said & BY_NAME.keys()):
            return True
        text = " , ".join(part.folded for part in typed)
        names = [hit.name.folded for hit in best.values() if hit.name.folded in text]
        away = (said & FORMER) - DISTRICTS.keys() - self._by_name.keys()
        return any(not names or any(f"{name} {one}" in text for name in names) for one in away)

    def _beside(self, typed: list[Part], named: list[list[Name]]) -> list[list[Name]]:
        """`từ xã Đại Hồng tới xã Đại Lãnh`: names of other communes in what is no whole part."""
        ours = {name.commune for names in named for name in names}
        inner = (words for part in typed if not self._exact(part) for words in part.inner)
        found = [
            [name for name in self._by_name.get(joined(words), ()) if _agrees(words, name.shown)]
            for words in inner
            if joined(words) not in self.areas.districts
        ]
        return [one for one in found if one and ours.isdisjoint(name.commune for name in one)]

    def _doubted(self, text: str, named: list[list[Name]], known: list[Known]) -> Found:
        """Ours by its name, but something beside it speaks against it: asked, the others too."""
        names = {name.commune: self._candidate(name, 100) for some in named for name in some}
        found = (*names.values(), *map(candidate, known))
        return Found(text, "confirm", found[:_LIST], reason="doubted")

    def _found(self, text: str, named: list[list[Name]]) -> Found:
        """Parts that agree narrow each other down; parts that do not are asked about."""
        agreed = set.intersection(*({name.commune for name in names} for names in named))
        names = [name for some in named for name in some if not agreed or name.commune in agreed]
        first = {name.commune: name for name in reversed(names)}
        ranked = sorted(first.values(), key=names.index)
        found = tuple(self._candidate(name, 100) for name in ranked[:_LIST])
        if len(found) == 1:
            return Found(text, "exact", found, reason="named")
        return Found(text, "confirm", found, reason="several")

    def _district(self, text: str, hit: _Hit) -> Found:
        """The district alone: any of its communes, the one that has its name first."""
        names, own = self.areas.communes, hit.name
        candidates = tuple(
            Candidate(code, names[code], own.shown, hit.score)
            for code in self.areas.districts[own.folded]
        )
        return Found(text, "confirm", candidates, own.folded, "district")

    # Names inside, shortened, misspelt

    def _guess(self, part: Part, best: dict[str, _Hit]) -> None:
        for words in runs(part.words):
            plain = joined(words)
            self._windows(words, best, "misspelt")
            for version in {untelex(plain), unvni(plain), unteen(plain)} - {plain}:
                bare = tuple(Word(one, one) for one in version.split())
                self._windows(bare, best, "keyboard")

    def _windows(self, words: tuple[Word, ...], best: dict[str, _Hit], reason: str) -> None:
        words = words[:_WORDS]
        windows = (
            words[at : at + size] for size in (1, 2, 3) for at in range(len(words) - size + 1)
        )
        for window in dict.fromkeys(windows):
            for hit in self._window(window, reason):
                # The district's name is kept apart: another name beside it decides.
                folded = hit.name.folded
                key = folded if folded in self.areas.districts else hit.name.commune
                if key not in best or hit.score > best[key].score:
                    best[key] = hit

    def _window(self, words: tuple[Word, ...], reason: str) -> Iterator[_Hit]:
        window = joined(words)
        for name in self._by_letter.get(window[:1], ()):
            if score := _likeness(window, words, name):
                yield _Hit(
                    score, name, "inside" if score == 100 and reason != "keyboard" else reason
                )
            elif _initials(window, name.folded):
                yield _Hit(90, name, "short")
        tight = window.replace(" ", "")
        for kind in _GLUED:
            if tight.startswith(kind) and len(tight) >= len(kind) + _LEAST:
                for name in self._tight.get(tight[len(kind) :], ()):
                    if _agrees(words, name.shown):  # dài dòng is not Đại Đồng
                        yield _Hit(95, name, "joined")

    def _ranked(self, best: dict[str, _Hit]) -> list[_Hit]:
        ranked = sorted(best.values(), key=lambda one: -one.score)  # then as they were said
        return [one for one in ranked if one.score >= ranked[0].score - NEAR]

    def _asked(self, text: str, hits: list[_Hit], known: list[Known]) -> Found:
        """Guesses among the communes served first, then names of the rest of the country."""
        here = [self._candidate(one.name, one.score) for one in hits]
        found = tuple((here + [candidate(one) for one in known])[:_LIST])
        if not found:
            return Found(text, "none")
        several = len({one.code for one in found}) > 1
        own = hits[0].reason if hits else "elsewhere"
        return Found(text, "confirm", found, reason="several" if several else own)

    # The rest of the country

    def _abroad(self, text: str, typed: list[Part], said: set[str]) -> Found:
        """A place that is said with its province, in which nobody here serves it."""
        some = [part for part in typed if not any(self._elsewhere.provinces(part))] or typed
        sure = self._elsewhere.known(some, said, alike=False)
        known = sure or self._elsewhere.known(some, said)
        found = tuple(candidate(one) for one in known[:_LIST])
        match = "exact" if sure and len(found) == 1 else "confirm" if found else "none"
        return Found(text, match, found, reason="elsewhere")

    def _candidate(self, name: Name, score: int) -> Candidate:
        return Candidate(name.commune, self.areas.communes.get(name.commune, ""), name.shown, score)


def _is(kind: str, name: Name) -> bool:
    """Phường Phú Thuận is a ward elsewhere, thị trấn Đại Nghĩa a town: ours are xã. Anything may be said xã."""
    if kind == "phuong":
        return fold(name.unit) == kind
    return kind != "thi tran" or not name.unit or fold(name.unit) == kind


def _likeness(window: str, words: tuple[Word, ...], name: Name) -> int:
    """How like the name it is, or 0: also where marks say otherwise, or a short one lost a letter."""
    if len(window) < _LEAST:
        return 0
    score = round(fuzz.ratio(window, name.folded, score_cutoff=SURE))
    if not score or not _agrees(words, name.shown):
        return 0
    short = len(name.folded) <= _SHORT
    return 0 if short and not _within(window, name.folded) else score


def _agrees(words: tuple[Word, ...], shown: str) -> bool:
    pair = marks.beside(words, shown)
    return pair is None or fuzz.ratio(*pair) >= _MARKED


def _closest(name: str, names: list[str]) -> list[str]:
    found = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_ABROAD, limit=_LIST)
    return [one[0] for one in found]


def _within(one: str, other: str) -> bool:
    """Letters were added or left out, none replaced."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(letter in rest for letter in short)


def _initials(window: str, name: str) -> bool:
    """`d nghia`, `th duc`, `dhiep`: the first word shortened to its first letters."""
    first, _, rest = window.partition(" ")
    whole, _, last = name.partition(" ")
    if not rest:
        return bool(last) and len(window) >= _LEAST - 1 and window == name[:1] + last
    letters = len(first) == 1 or (len(first) == 2 and not set(first) & set("aeiouy"))
    return letters and rest == last and whole.startswith(first) and first != whole
