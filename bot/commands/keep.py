"""audit, migrate: keeping the database honest and in shape."""

import argparse
import json

from bot.app import make_room, open_store
from bot.commands.command import Command, Failed
from bot.company import engine_schema
from bot.config import Config
from cases.anchors import Anchor, read_anchor
from storage import migrate


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


async def _migrate(config: Config, options: argparse.Namespace) -> int:
    make_room(config)
    migrate.upgrade(config.database_url, engine_schema(config))
    print("The database has the newest schema.")
    return 0


AUDIT = Command("audit", "check the audit chain", _audit, _audit_arguments)
MIGRATE = Command("migrate", "bring the database to the newest schema", _migrate)
