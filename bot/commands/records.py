"""cases: what is stored, without a word about a person."""

import argparse
import json
from datetime import datetime
from typing import Any

from bot.app import open_store
from bot.commands.command import Command
from bot.config import Config
from cases.model import Case, Status
from storage.unit_of_work import UnitOfWork


def _cases_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--commune", default=None)


async def _cases(config: Config, options: argparse.Namespace) -> int:
    store, _ = await open_store(config)
    try:
        async with store.reading("cases") as work:
            found = await work.cases.standing(options.commune)
            if options.open:
                found = [case for case in found if case.status is not Status.CLOSED]
            rows = [await _row(work, case) for case in found]
    finally:
        await store.close()
    if options.json:
        print(json.dumps(rows))
        return 0
    for row in rows:
        print(
            f"{row['code']}  {row['level']:<8} {row['status']:<13} {row['kind']:<16} {row['commune']}"
        )
    return 0


async def _row(work: UnitOfWork, case: Case) -> dict[str, Any]:
    armed = await work.timers.armed(f"case:{case.id}")
    return {
        "code": case.code, "level": case.level.value, "status": case.status.value,
        "kind": case.kind, "commune": case.commune, "received_at": _iso(case.received_at),
        "acked_at": _iso(case.acked_at), "acked_by_role": case.acked_by_role,
        "closed_at": _iso(case.closed_at),
        "next_due_at": _iso(armed[0].due_at) if armed else None,
        "next_due_rule": armed[0].kind if armed else None,
    }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


CASES = Command("cases", "the cases, metadata only", _cases, _cases_arguments)
