"""org import: the roster and the villages of a commune from one CSV file, all of it or nothing."""

import argparse
import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path

from bot.app import open_store
from bot.commands.command import Command, Failed
from bot.commands.doctor import bot_name
from bot.commands.setup import make_invitation, show, ways_in
from bot.config import Config
from cases.model import Role
from cases.roles import ROLES
from cases.roster import LONGEST_LANDMARK, LONGEST_NAME, LONGEST_PLACE, village_code
from cases.typed.fold import clean, fold
from storage.records.areas import AreaRow, Owners, known_communes
from storage.records.people import Invite
from storage.store import Store

HEADER = (
    "what", "commune", "role", "name", "village", "aliases", "landmark", "collaborator",
    "substitute",
)  # fmt: skip
MOST = 10_000  # lines: a whole city has fewer villages
_LONGEST = {
    "name": LONGEST_NAME, "village": LONGEST_PLACE, "aliases": 1_000, "landmark": LONGEST_LANDMARK,
    "collaborator": LONGEST_NAME, "substitute": LONGEST_NAME,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file says: people to invite and villages to know, with the lines that are wrong."""

    people: list[Invite]
    villages: list[tuple[AreaRow, Owners]]
    problems: list[str]


def read_roster(text: str, communes: Mapping[str, str]) -> Roster:
    """Every line checked; a problem names its line number, counted as an editor counts."""
    roster = Roster([], [], [])
    lines = csv.reader(StringIO(text, newline=""))
    seen: dict[tuple[str, ...], int] = {}
    try:
        header = [one.strip() for one in next(lines, [])]
        if tuple(header) != HEADER:
            roster.problems.append(_wrong_header(header))
            return roster
        for count, fields in enumerate(lines):
            if count == MOST:
                roster.problems.append(f"line {lines.line_num}: more than {MOST} lines")
                break
            # As names are kept everywhere: composed letters, one space, nothing invisible.
            kept = [" ".join(clean(one).split()) for one in fields]
            if any(kept):
                _line(roster, lines.line_num, kept, communes, seen)
    except csv.Error as error:
        roster.problems.append(f"line {lines.line_num}: {error}")
    return roster


def _wrong_header(header: list[str]) -> str:
    hint = "; separate the columns by commas" if ";" in "".join(header) else ""
    return f"line 1: the header must be {','.join(HEADER)}{hint}"


def _line(
    roster: Roster, number: int, fields: list[str], communes: Mapping[str, str],
    seen: dict[tuple[str, ...], int],
) -> None:  # fmt: skip
    if len(fields) != len(HEADER):
        roster.problems.append(f"line {number}: {len(fields)} fields instead of {len(HEADER)}")
        return
    row = dict(zip(HEADER, fields, strict=True))
    problem = _problem(row, communes)
    if not problem and (first := seen.setdefault(_key(row), number)) != number:
        problem = f"stands here twice, first in line {first}"
    if problem:
        roster.problems.append(f"line {number}: {problem}")
    elif row["what"] == "person":
        roster.people.append(_person(row))
    else:
        roster.villages.append(_village(row))


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    """What may stand in a roster once: a person in a role of a commune, a village of a commune."""
    if row["what"] == "village":
        return ("village", row["commune"], fold(row["village"]))
    return ("person", row["commune"], row["role"], fold(row["name"]))


def _problem(row: Mapping[str, str], communes: Mapping[str, str]) -> str:
    """What is wrong with a line, "" when nothing is."""
    city = row["role"] in {role.value for role, rights in ROLES.items() if rights.city}
    if row["what"] not in ("person", "village"):
        return "what must be person or village"
    if long := next((name for name, most in _LONGEST.items() if len(row[name]) > most), ""):
        return f"{long} is longer than {_LONGEST[long]} characters"
    if row["commune"] not in communes and not (row["what"] == "person" and city):
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


def _village(row: Mapping[str, str]) -> tuple[AreaRow, Owners]:
    commune, name = row["commune"], row["village"]
    area = AreaRow(
        village_code(commune, name), "village", name, commune, aliases=_list(row["aliases"]),
        landmark=row["landmark"], source="roster",
    )  # fmt: skip
    return area, Owners(row["collaborator"], row["substitute"])


def _list(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())


def _arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    load = sub.add_parser("import", help="a CSV file with people and villages")
    load.add_argument("file", type=Path)
    load.add_argument("--dry-run", action="store_true")


async def _org(config: Config, options: argparse.Namespace) -> int:
    text = _read(options.file)
    store, _ = await open_store(config)
    try:
        async with store.reading("areas") as work:
            communes = known_communes(await work.areas.rows(), await work.areas.country())
        roster = read_roster(text, communes)
        if roster.problems:
            raise Failed("Nothing was imported.\n" + "\n".join(roster.problems))
        working = await _working(store)
        new = [
            one for one in roster.people if (one.role, one.commune, fold(one.name)) not in working
        ]
        known = len(roster.people) - len(new)
        print(f"{len(roster.villages)} villages, {len(new)} people to invite, {known} known.")
        if not options.dry_run:
            await _save(store, config, roster, new)
    finally:
        await store.close()
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failed(f"{path} is not UTF-8: save it as CSV UTF-8.") from error
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from error


async def _working(store: Store) -> set[tuple[Role, str, str]]:
    async with store.reading("people") as work:
        people = await work.people.everybody()
    return {(one.role, one.commune, fold(one.name)) for one in people if one.active}


async def _save(store: Store, config: Config, roster: Roster, new: list[Invite]) -> None:
    async with store.transaction("import") as work:
        for area, owners in roster.villages:
            await work.areas.put([area])
            await work.areas.set_owners(area, owners)
        await work.audit.write("operator", "roster_imported")
        rows = [[asdict(area), asdict(owners)] for area, owners in roster.villages]
        await work.inbox.redo("villages", {"rows": rows})
    telegram = await bot_name(config)
    for invite in new:
        made = await make_invitation(store, invite)
        print(f"\n{invite.role.value} {invite.name}:")
        show(ways_in(config, made, telegram))


ORG = Command("org", "import the roster and the villages", _org, _arguments)
