"""understand: what a first message would pre-fill, and which words led there. Nothing is stored."""

import argparse
import json
from datetime import datetime
from typing import Any

from bot.app import Geography, open_store
from bot.clock import SystemClock
from bot.commands.areas import found_json, lines
from bot.commands.command import Command, Failed
from bot.config import Config
from cases.times.calendar import ZONE, local
from cases.times.phrases import When
from cases.understanding import Understood, understand


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="the message; - reads lines from standard input")
    parser.add_argument("--now", metavar="ISO", help="as if it were said then, else now")
    parser.add_argument("--json", action="store_true")


async def _understand(config: Config, options: argparse.Namespace) -> int:
    now = _now(options.now)
    store, _ = await open_store(config)
    try:
        geography = Geography(store)
        await geography.fresh()
    finally:
        await store.close()
    for text in lines(options.text):
        seen = understand(text, geography.places, now)
        if options.json or options.text == "-":
            print(json.dumps(_json(seen), ensure_ascii=False))
        else:
            print(_shown(seen))
    return 0


def _now(typed: str | None) -> datetime:
    """A time without a zone is meant in Viet Nam."""
    if typed is None:
        return SystemClock().now()
    try:
        said = datetime.fromisoformat(typed)
    except ValueError as error:
        raise Failed(f"{typed} is no time such as 2026-11-23T10:30.") from error
    return said.replace(tzinfo=ZONE) if said.tzinfo is None else said


def _json(seen: Understood) -> dict[str, Any]:
    return {
        "text": seen.text, "kinds": list(seen.kinds), "level": str(seen.level), "danger": seen.danger,
        "place": found_json(seen.place), "time": _time(seen.time),
        "reasons": [one.stored() for one in seen.reasons],
    }  # fmt: skip


def _time(time: When | None) -> dict[str, str] | None:
    if time is None:
        return None
    return {
        "from": local(time.start).isoformat(), "to": local(time.end).isoformat(),
        "confidence": time.confidence, "raw": time.raw,
    }  # fmt: skip


def _shown(seen: Understood) -> str:
    heard = [f"{one.about} {one.code} ({one.words})" for one in seen.reasons]
    return f"{seen.level}{', danger' * seen.danger}: {'; '.join(heard) or '-'}"


UNDERSTAND = Command("understand", "what a first message would pre-fill", _understand, _arguments)
