"""areas: find a place, import boundaries, load the communes of the country."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.app import Geography, open_store
from bot.commands.command import Command, Failed
from bot.config import Config
from cases.areas.found import Found
from cases.areas.geojson import check
from storage.records.areas import known_communes
from storage.seed.country import load_country
from storage.store import Store

_LARGEST = 50_000_000  # bytes of a file of boundaries


def _arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", required=True)
    find = sub.add_parser("find", help="resolve typed words to a commune")
    find.add_argument("text")
    find.add_argument("--json", action="store_true")
    load = sub.add_parser("import", help="boundaries of communes from a GeoJSON file")
    load.add_argument("file", type=Path)
    country = sub.add_parser("load", help="make all communes of the country known")
    country.add_argument("--country", action="store_true", required=True)


async def _areas(config: Config, options: argparse.Namespace) -> int:
    if options.what == "find":
        return await _find(config, options)
    store, _ = await open_store(config)
    try:
        if options.what == "load":
            await _load(store)
        else:
            await _import(store, options.file)
    finally:
        await store.close()
    return 0


async def _find(config: Config, options: argparse.Namespace) -> int:
    store, _ = await open_store(config)
    try:
        geography = Geography(store)
        await geography.fresh()
    finally:
        await store.close()
    for text in lines(options.text):
        found = geography.places.find(text)
        if options.json or options.text == "-":
            print(json.dumps(found_json(found), ensure_ascii=False))
        else:
            print(_shown(found))
    return 0


def lines(text: str) -> Iterator[str]:
    """The text itself; `-` = every line of standard input."""
    yield from (line.rstrip("\n") for line in sys.stdin) if text == "-" else (text,)


def _shown(found: Found) -> str:
    names = [f"{one.elsewhere or one.name} ({one.via}, {one.score})" for one in found.candidates]
    return f"{found.match}: {', '.join(names) or '-'} [{found.reason}]"


def found_json(found: Found) -> dict[str, Any]:
    """As INTERFACES.md has it."""
    candidates = [
        {"code": one.code, "name": one.name, "via": one.via, "score": one.score}
        for one in found.candidates
    ]
    return {"text": found.text, "match": found.match, "candidates": candidates}


async def _load(store: Store) -> None:
    """All of it anew: communes served, their villages and owners stay as they are."""
    async with store.transaction("areas load") as work:
        await work.inbox.redo("country", {})
        file = await load_country(work)
        await work.audit.write("operator", "country_loaded")
    print(f"{len(file.units)} communes and {len(file.old)} old units: {file.source}.")


async def _import(store: Store, path: Path) -> None:
    async with store.reading("areas") as work:
        known = known_communes(await work.areas.rows(), await work.areas.country())
    checked = check(_read(path), known)
    if checked.problems:
        raise Failed("Nothing was imported.\n" + "\n".join(checked.problems))
    async with store.transaction("areas import") as work:
        await work.boundaries.put(checked.boundaries)
        await work.audit.write("operator", "boundaries_imported")
    names = ", ".join(f"{one.code} {one.name}" for one in checked.boundaries[:20])
    print(f"{len(checked.boundaries)} boundaries: {names}.")


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST:
            raise Failed(f"{path} is larger than {_LARGEST // 1_000_000} MB: simplify the borders.")
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Failed(f"{path} is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise Failed(
            f"{path}, line {error.lineno}: this is no JSON. Nothing was imported."
        ) from error
    except ValueError as error:
        raise Failed(
            f"{path} holds a number of thousands of digits. Nothing was imported."
        ) from error
    except RecursionError as error:
        raise Failed(f"{path} is nested too deeply. Nothing was imported.") from error
    except OSError as error:
        raise Failed(f"{path} cannot be read: {error.strerror}.") from error


AREAS = Command("areas", "find a place; boundaries; the whole country", _areas, _arguments)
