"""audit, migrate: keeping the database honest and in shape."""

import argparse
import json
from functools import partial

from bot.app import make_room, open_store
from bot.chance import SystemChance
from bot.clock import SystemClock
from bot.commands.command import Command, Failed
from bot.company import engine_schema
from bot.config import Config
from cases.anchors import Anchor, read_anchor
from storage import migrate
from storage.keys import KeyRing
from storage.moving import Chain, move
from storage.roles import make_roles


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    verify = sub.add_parser("verify", help="check the chain")
    verify.add_argument("--json", action="store_true")
    verify.add_argument(
        "--anchor", action="append", default=[], metavar="TEXT",
        help="what somebody was sent of a day, to hold the chain against: row and groups",
    )  # fmt: skip


def _typed(texts: list[str]) -> list[Anchor]:
    """What people were sent, as they type it. Raises Failed."""
    found = [read_anchor(text) for text in texts]
    if None in found:
        raise Failed("Give the anchor as it was sent: the row and the five groups of four.")
    return [one for one in found if one is not None]


async def _audit(config: Config, options: argparse.Namespace) -> int:
    kept = _typed(options.anchor)
    store, _ = await open_store(config)
    try:
        async with store.reading("audit") as work:
            bad, rows = await work.audit.verify(kept), await work.audit.count()
    finally:
        await store.close()
    if options.json:
        first = {"row": bad[0][0], "why": bad[0][1]} if bad else None
        print(json.dumps({"ok": not bad, "rows": rows, "first_bad": first}))
    elif bad:
        print(f"The chain is broken at row {bad[0][0]}: {bad[0][1]}.")
    else:
        print(f"The chain of {rows} rows is whole.")
    return 1 if bad else 0


def _migrate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="URL", help="copy everything into an empty PostgreSQL")
    parser.add_argument("--roles", action="store_true", help="make the roles of PostgreSQL")


async def _migrate(config: Config, options: argparse.Namespace) -> int:
    make_room(config)
    if options.to:
        return await _move(config, options.to)
    migrate.upgrade(config.database_url, engine_schema(config))
    print("The database has the newest schema.")
    if options.roles:
        if config.database_file is not None:
            raise Failed("A SQLite database has no roles: only who may read the file reads it.")
        make_roles(config.database_url)
        print("\n".join(_AFTER_ROLES))
    return 0


_AFTER_ROLES = (
    "Roles: annhi_migrate owns the tables, annhi_app works with them, annhi_watch only reads.",
    "Give each a password: ALTER ROLE annhi_app PASSWORD '…'",
    "Start the program as annhi_app; run `bot migrate` as annhi_migrate before a new version starts.",
)


async def _move(config: Config, to: str) -> int:
    proof = migrate.proof(config.database_url)
    if proof is None:
        raise Failed("There is nothing to move: set ANNHI_DATABASE_URL to the old database.")
    keys = KeyRing.load_or_create(config.key_file, SystemChance(), proof)
    chain = Chain(keys, SystemChance(), SystemClock().now())
    counts = await move(config.database_url, to, chain, partial(print, flush=True))
    rows = sum(n for _, n in counts)
    print(f"{rows} rows in {len(counts)} tables are in the new database; the audit chain is whole.")
    print(
        "Set ANNHI_DATABASE_URL to it and start the program. Key file and journal stay as they are."
    )
    assert config.database_file is not None
    mark = migrate.mark_of(config.database_file)
    print(f"The old database is kept; to go back to it, delete {mark}.")
    return 0


AUDIT = Command("audit", "check the audit chain", _audit, _audit_arguments)
MIGRATE = Command(
    "migrate", "bring the database to the newest schema, or into PostgreSQL", _migrate,
    _migrate_arguments,
)  # fmt: skip
