"""A roster as a CSV file: read line by line, however long it is; every bad line is named by its number."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from cases.model import Role
from cases.roles import ROLES
from cases.roster import LONGEST_LANDMARK, LONGEST_NAME, LONGEST_PLACE, village_code
from cases.typed.fold import clean, fold
from storage.records.areas import AreaRow, Owners
from storage.records.people import Invite

HEADER = (
    "what", "commune", "role", "name", "village", "aliases", "landmark", "collaborator",
    "substitute",
)  # fmt: skip
MOST = 100_000  # lines: the whole country has about as many villages
_LONGEST = {
    "name": LONGEST_NAME, "village": LONGEST_PLACE, "aliases": 1_000, "landmark": LONGEST_LANDMARK,
    "collaborator": LONGEST_NAME, "substitute": LONGEST_NAME,
}  # fmt: skip
_CITY = {role.value for role, rights in ROLES.items() if rights.city}


@dataclass(frozen=True, slots=True)
class Village:
    """A village to know, and who looks after it."""

    line: int
    row: AreaRow
    owners: Owners


@dataclass(frozen=True, slots=True)
class Someone:
    """A person to invite."""

    line: int
    invite: Invite


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, numbered as an editor numbers it."""

    line: int
    said: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.said}"


Found = Village | Someone | Problem


def scan(text: Iterable[str], communes: Mapping[str, str]) -> Iterator[Found]:
    """What each line says. Of what was read only a mark of each line is kept, to know it again."""
    lines, seen = csv.reader(text), dict[bytes, int]()
    try:
        header = [one.strip() for one in next(lines, [])]
        if tuple(header) != HEADER:
            yield Problem(1, _wrong_header(header))
            return
        for count, fields in enumerate(lines):
            if count == MOST:
                yield Problem(lines.line_num, f"more than {MOST} lines")
                return
            # As names are kept everywhere: composed letters, one space, nothing invisible.
            kept = [" ".join(clean(one).split()) for one in fields]
            if any(kept):
                yield _line(lines.line_num, kept, communes, seen)
    except csv.Error as error:
        yield Problem(lines.line_num, str(error))


def _wrong_header(header: list[str]) -> str:
    hint = "; separate the columns by commas" if ";" in "".join(header) else ""
    return f"the header must be {','.join(HEADER)}{hint}"


def _line(
    number: int, fields: Sequence[str], communes: Mapping[str, str], seen: dict[bytes, int]
) -> Found:
    if len(fields) != len(HEADER):
        return Problem(number, f"{len(fields)} fields instead of {len(HEADER)}")
    row = dict(zip(HEADER, fields, strict=True))
    if problem := _problem(row, communes):
        return Problem(number, problem)
    if (first := seen.setdefault(_mark(row), number)) != number:
        return Problem(number, f"stands here twice, first in line {first}")
    return Someone(number, _person(row)) if row["what"] == "person" else _village(number, row)


def _mark(row: Mapping[str, str]) -> bytes:
    """What may stand in a roster once: a person in a role of a commune, a village of a commune."""
    of_village = row["what"] == "village"
    rest = (fold(row["village"]),) if of_village else (row["role"], fold(row["name"]))
    whole = "\x1f".join((row["what"], row["commune"], *rest))
    return blake2b(whole.encode(), digest_size=16).digest()


def _problem(row: Mapping[str, str], communes: Mapping[str, str]) -> str:
    """What is wrong with a line, "" when nothing is."""
    if row["what"] not in ("person", "village"):
        return "what must be person or village"
    if long := next((name for name, most in _LONGEST.items() if len(row[name]) > most), ""):
        return f"{long} is longer than {_LONGEST[long]} characters"
    if row["commune"] not in communes and not (row["what"] == "person" and row["role"] in _CITY):
        return f"no commune has the code {row['commune'] or '(empty)'}"
    if row["what"] == "village":
        return "" if fold(row["village"]) else "a village needs its name"
    if row["role"] not in {role.value for role in Role}:
        return f"role must be one of {', '.join(role.value for role in Role)}"
    return "" if fold(row["name"]) else "a person needs a name"


def _person(row: Mapping[str, str]) -> Invite:
    role = Role(row["role"])
    commune = "" if ROLES[role].city else row["commune"]
    return Invite(role, commune, _list(row["village"]), row["name"])


def _village(number: int, row: Mapping[str, str]) -> Village:
    commune, name = row["commune"], row["village"]
    area = AreaRow(
        village_code(commune, name), "village", name, commune, aliases=_list(row["aliases"]),
        landmark=row["landmark"], source="roster",
    )  # fmt: skip
    return Village(number, area, Owners(row["collaborator"], row["substitute"]))


def _list(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())
