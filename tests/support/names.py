"""Codes in a written chat are names: each stands for the code that the program gives now.

What a code is follows from what was said before it, down to the last id; a chat need not be written
anew because of that. The first time a code is told, the written one and the told one are matched;
from then on each stands for the other, also where somebody types it.
"""

import re
from dataclasses import dataclass, field

_KINDS = (
    re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b"),  # of a case
    re.compile(r"\b\d{4}(?: ?\d{4}){3}\b"),  # by which a report is opened from elsewhere
    re.compile(r"\b[2-9A-HJKMNP-TV-Z]{16}\b"),  # an invitation
    re.compile(r"(?<=/paper/)[\w-]{22}"),  # by which one paper is fetched once
)


@dataclass
class Names:
    """As written → as the program says it."""

    here: dict[str, str] = field(default_factory=dict)

    def learn(self, written: list[str], said: list[str]) -> None:
        """Match what is new in what was just said with what is written there."""
        for kind in _KINDS:
            pairs = zip(
                kind.findall("\n".join(written)), kind.findall("\n".join(said)), strict=False
            )
            for one, two in pairs:
                if one not in self.here and two not in self.here.values():
                    self.here[one] = two

    def typed(self, line: str) -> str:
        """A written line with the codes of now, however somebody typed them."""
        known = {}
        for one, two in self.here.items():
            for way in (
                _as_is,
                str.lower,
                _together,
                _lower_together,
                _apart,
                _lower_apart,
                _begun,
            ):
                known.setdefault(way(one), way(two))
        return _swapped(line, known)

    def told(self, line: str) -> str:
        """A line of now with the codes that are written."""
        return _swapped(line, {two: one for one, two in self.here.items()})


def _swapped(line: str, known: dict[str, str]) -> str:
    if not known:
        return line
    longest = sorted(known, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda found: known[found[0]], line)


def _as_is(code: str) -> str:
    return code


def _together(code: str) -> str:
    return code.replace("-", "").replace(" ", "")


def _lower_together(code: str) -> str:
    return _together(code).lower()


def _apart(code: str) -> str:
    return code.replace("-", " ")


def _begun(code: str) -> str:
    """Of a message that is named by how it begins: `of "QKMW"`."""
    return f'{code[:4]}"'


def _lower_apart(code: str) -> str:
    return _apart(code).lower()
