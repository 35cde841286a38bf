"""tests/data/times.tsv against when(): what people type on Monday 23/11/2026 at 10:30, and how much is right.

Columns: the text, from, to, confidence; `-` = no time is said, or none that can be known.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cases.times.calendar import ZONE, local
from cases.times.phrases import when

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)
TABLE = Path(__file__).parents[1] / "data" / "times.tsv"
LINES = tuple(
    tuple(line.split("\t"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
)
NONE = ("-", "-", "-")


@dataclass
class Score:
    all: int = 0
    right: int = 0
    silent: list = field(default_factory=list)  # wrong, and surer than `about`
    misses: list = field(default_factory=list)

    @property
    def words(self):
        return (
            f"{self.right} of {self.all} right ({self.right / self.all:.1%}), "
            f"{len(self.silent)} wrong with high confidence"
        )


def shown(at):
    return f"{local(at):%d/%m/%Y %H:%M}"


def read(text):
    found = when(text, NOW)
    return NONE if found is None else (shown(found.start), shown(found.end), found.confidence)


def score():
    seen = Score()
    for text, *wanted in LINES:
        got = read(text)
        seen.all += 1
        seen.right += got == tuple(wanted)
        if got != tuple(wanted):
            seen.misses.append((text, tuple(wanted), got))
        if got[:2] != tuple(wanted[:2]) and got[2] not in ("-", "about"):
            seen.silent.append((text, tuple(wanted), got))
    return seen
