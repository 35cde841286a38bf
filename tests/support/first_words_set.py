"""tests/data/first_words.tsv against understand(): what first messages tell on Monday 23/11/2026 at 10:30.

Columns: the text; the danger words (`!` = some, `-` = none); story or -; and where they are given the
kinds, the communes by name (`?` = several may be meant) and the time, in a phrase that means the same.
"""

from dataclasses import dataclass, field
from pathlib import Path

from cases.times.phrases import when
from cases.understanding import suggested_places, understand
from tests.support.place_set import LOCAL
from tests.support.time_set import NOW

TABLE = Path(__file__).parents[1] / "data" / "first_words.tsv"
LINES = tuple(
    tuple(line.split("\t"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
)


@dataclass
class Score:
    all: int = 0
    told: int = 0  # lines that say what kind, place and time are told
    kinds: int = 0
    places: int = 0
    times: int = 0
    missed: list = field(default_factory=list)  # danger nobody heard
    alarms: list = field(default_factory=list)  # danger where there is none
    misses: list = field(default_factory=list)

    @property
    def words(self):
        return (
            f"{self.kinds}, {self.places} and {self.times} of {self.told} kinds, places and times right; "
            f"of {self.all} messages {len(self.missed)} dangers missed, {len(self.alarms)} false alarms"
        )


def places_of(seen):
    names = list(dict.fromkeys(one.name for one in suggested_places(seen.place)))
    return "?" if len(names) > 1 else names[0] if names else "-"


def score():
    seen = Score()
    for text, danger, _, *told in LINES:
        found = understand(text, LOCAL, NOW)
        seen.all += 1
        cried = any(one.code == "T1" for one in found.reasons)
        if danger != "-" and not found.danger:
            seen.missed.append(text)
        if danger == "-" and found.danger and not cried:
            seen.alarms.append(text)
        if told and told[0]:
            _compare(seen, text, told, found)
    return seen


def _compare(seen, text, told, found):
    kinds, place, time = told
    wanted = when(time, NOW) if time != "-" else None
    got = found.time
    right = (
        (set(found.kinds) or {"-"}) == set(kinds.split(",")),
        places_of(found) == place,
        (wanted and (wanted.start, wanted.end, wanted.confidence))
        == (got and (got.start, got.end, got.confidence)),
    )
    seen.told += 1
    seen.kinds, seen.places, seen.times = (
        seen.kinds + right[0], seen.places + right[1], seen.times + right[2],
    )  # fmt: skip
    if not all(right):
        when_ = got and (str(got.start), str(got.end), got.confidence)
        seen.misses.append((text, told, found.kinds, places_of(found), when_))
