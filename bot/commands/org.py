"""org import: the roster and the villages from one CSV file: checked as a whole, then imported in pieces.

In one transaction a whole country would keep every report waiting for its end. Imported again it
changes nothing that is right already, so that whoever was cut off runs the same command once more.
"""

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import TextIO, TypeVar

from bot.app import open_store
from bot.commands.command import Command, Failed
from bot.commands.doctor import bot_name
from bot.commands.roster_file import Found, Problem, Someone, Village, scan
from bot.commands.setup import Made, made_in, show, ways_in
from bot.config import Config
from cases.model import Role
from cases.typed.fold import fold
from storage.records.areas import known_communes
from storage.records.invites import Open
from storage.records.people import Invite
from storage.store import StorageBusy, Store
from storage.unit_of_work import UnitOfWork

PIECE = 200  # villages of one commit: some hundredths of a second of the one writer
_SHOWN = 1_000  # bad lines that are printed; the rest is counted
_TOLD = 5_000  # villages after which it says how far it is
_LARGEST = 50_000_000
_ONE = TypeVar("_ONE")
_Key = tuple[Role, str, str]


def _arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    load = sub.add_parser("import", help="a CSV file with people and villages")
    load.add_argument("file", type=Path)
    load.add_argument("--dry-run", action="store_true")
    load.add_argument(
        "--renew", action="store_true",
        help="new codes for people who were invited and have not come; the earlier codes end",
    )  # fmt: skip


@dataclass(slots=True)
class _Checked:
    """What a file holds; of its villages only how many."""

    villages: int = 0
    people: list[Invite] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    bad: int = 0

    @classmethod
    def of(cls, found: Iterable[Found]) -> "_Checked":
        checked = cls()
        for one in found:
            match one:
                case Problem():
                    checked.bad += 1
                    if checked.bad <= _SHOWN:
                        checked.problems.append(str(one))
                case Someone(invite=invite):
                    checked.people.append(invite)
                case Village():
                    checked.villages += 1
        return checked

    def raise_what_is_bad(self) -> None:
        if self.bad > _SHOWN:
            self.problems.append(f"and {self.bad - _SHOWN} more lines like these")
        if self.bad:
            raise Failed("Nothing was imported.\n" + "\n".join(self.problems))


async def _org(config: Config, options: argparse.Namespace) -> int:
    with _opened(options.file) as file:
        store, _ = await open_store(config)
        try:
            async with store.reading("areas") as work:
                communes = known_communes(await work.areas.rows(), await work.areas.country())
                working = await _working(work)
            checked = _Checked.of(_scanned(file, communes, options.file))
            checked.raise_what_is_bad()
            new = [one for one in checked.people if _key(one) not in working]
            print(
                f"{checked.villages} villages, {len(new)} people to invite, "
                f"{len(checked.people) - len(new)} known."
            )
            if not options.dry_run:
                await _villages(store, _scanned(file, communes, options.file), checked.villages)
                await _people(store, config, new, renew=options.renew)
        finally:
            await store.close()
    return 0


def _opened(path: Path) -> TextIO:
    """Read twice, never as a whole. Raises Failed."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from error
    about = os.fstat(file.fileno())
    if not S_ISREG(about.st_mode) or about.st_size > _LARGEST:
        file.close()
        raise Failed(f"{path} must be a file of at most {_LARGEST // 1_000_000} MB.")
    return file


def _scanned(file: TextIO, communes: Mapping[str, str], path: Path) -> Iterator[Found]:
    """From its beginning. Raises Failed where it is no text, or cannot be read any more."""
    try:
        file.seek(0)
        yield from scan(file, communes)
    except UnicodeDecodeError as error:
        raise Failed(f"{path} is not UTF-8: save it as CSV UTF-8.") from error
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from error


async def _working(work: UnitOfWork) -> set[_Key]:
    people = await work.people.everybody()
    return {(one.role, one.commune, fold(one.name)) for one in people if one.active}


def _key(one: Invite) -> _Key:
    return one.role, one.commune, fold(one.name)


async def _villages(store: Store, found: Iterator[Found], whole: int) -> None:
    """Piece by piece: between two of them everybody else has a turn."""
    done = 0
    for piece in _pieces((one for one in found if isinstance(one, Village)), PIECE):
        try:
            async with store.transaction("import") as work:
                await work.areas.put_owned([(one.row, one.owners) for one in piece])
                rows = [[asdict(one.row), asdict(one.owners)] for one in piece]
                lines = {"from": piece[0].line, "to": piece[-1].line}
                await work.audit.write("operator", "roster_imported", "", lines)
                await work.inbox.redo("villages", {"rows": rows})
                work.wake("areas")
        except StorageBusy as error:
            raise Failed(
                f"The database was busy: {done} of {whole} villages are imported. Run the same "
                "command again: nothing will be there twice."
            ) from error
        done += len(piece)
        if done % _TOLD == 0 and done < whole:
            print(f"{done} of {whole} villages are imported.", flush=True)


def _pieces(found: Iterator[_ONE], size: int) -> Iterator[list[_ONE]]:
    while piece := list(islice(found, size)):
        yield piece


async def _people(store: Store, config: Config, new: list[Invite], *, renew: bool) -> None:
    """Whoever was invited and has not come keeps that invitation, unless it says something else now."""
    telegram, waiting = await bot_name(config), list[str]()
    for invite in new:
        found = await _invited(store, invite, renew=renew)
        if isinstance(found, Open):
            waiting.append(f"  {_named(invite)}, until {found.expires_at.isoformat()[:16]} UTC")
            continue
        made, ended = found
        print(f"\n{_named(invite)}:")
        if ended:
            print("The earlier invitation has ended: only this one works.")
        show(ways_in(config, made, telegram))
    if waiting:
        print(f"\n{len(waiting)} people were invited before; what they were given still works:")
        print("\n".join(waiting))
        print("Whoever has lost it: run this once more with --renew, which ends the earlier codes.")


def _named(invite: Invite) -> str:
    return f"{invite.role.value} {invite.name}"


async def _invited(store: Store, invite: Invite, *, renew: bool) -> Open | tuple[Made, bool]:
    """The invitation that is there already, or a new one and whether it took the place of others."""
    async with store.transaction("invite") as work:
        before = [one for one in await work.invites.all_open() if _key(one.invite) == _key(invite)]
        same = [one for one in before if one.invite.villages == invite.villages]
        if same and not renew:
            return same[-1]
        for one in before:
            await work.invites.end(one.id)
            await work.audit.write("operator", "invite_ended", "", {"invite": one.id})
            await work.inbox.redo("uninvite", {"invite": one.id})
        return await made_in(work, store.chance, invite), bool(before)


ORG = Command("org", "import the roster and the villages", _org, _arguments)
