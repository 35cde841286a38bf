"""audit, migrate: keeping the database honest and in shape."""

import argparse
import json

from bot.app import make_room, open_store
from bot.commands.command import Command
from bot.company import engine_schema
from bot.config import Config
from storage import migrate


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    verify = sub.add_parser("verify", help="check the chain")
    verify.add_argument("--json", action="store_true")


async def _audit(config: Config, options: argparse.Namespace) -> int:
    store, _ = await open_store(config)
    try:
        async with store.reading("audit") as work:
            bad, rows = await work.audit.verify(), await work.audit.count()
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


async def _migrate(config: Config, options: argparse.Namespace) -> int:
    make_room(config)
    migrate.upgrade(config.database_url, engine_schema(config))
    print("The database has the newest schema.")
    return 0


AUDIT = Command("audit", "check the audit chain", _audit, _audit_arguments)
MIGRATE = Command("migrate", "bring the database to the newest schema", _migrate)
